import { HttpError } from '../errors/http-error.js';
import type { CallOptions, QueryParams, RequestDescription } from '../transport/request.js';
import { callOf } from '../transport/request.js';
import { canWalkKeys, keyRange } from './key-order.js';
import { pageRequest } from './page-requests.js';
import { readPlanOf } from './page-strategies.js';
import { rowsOf } from './parse-rows.js';
import type { QueryState } from './query-state.js';
import { type Scope, sessionOf } from './scope.js';

/** A range of keys: from the first to the last that belong to it. */
export interface KeyRange {
  readonly from: number;
  /** `undefined`: the range has no end. */
  readonly to: number | undefined;
  /** The number of records when the ranges were made; `undefined` if the API cannot count them. */
  readonly rows: number | undefined;
}

/** Counts the records of a query with further filters. */
export type Count = (filters: QueryParams) => Promise<number>;

/**
 * Divides the keys of a query into ranges with like numbers of records: by asking which key has a rank, or, where the store does not
 * say so, by counting how many records there are up to a key. One range holds everything if the store allows neither.
 */
export async function keyRanges(scope: Scope, state: QueryState, most: number, count: Count, options: CallOptions): Promise<KeyRange[]> {
  const { resource } = scope;
  if (!resource.operations.includes('count')) return [{ from: 0, to: undefined, rows: undefined }];
  const total = await count({});
  const parts = Math.min(most, total);
  const isSplit = readPlanOf(resource, { ...state, isStable: true }).parts.all.length > 1;
  if (parts < 2 || isSplit || keyRange(resource, 0, 0) === undefined || !canWalkKeys(resource)) return rangesOf([], total);
  const ranks = Array.from({ length: parts - 1 }, (_, at) => Math.floor(((at + 1) * total) / parts));
  const keys = await keysAtRanks(scope, state, ranks, options);
  if (keys !== undefined)
    return rangesOf(
      ranks.map((rank, at) => [Number(keys[at]) - 1, rank]),
      total,
    );
  const upTo = async (key: number): Promise<number> => count({ ...keyRange(resource, undefined, key) });
  return rangesOf(await cutsByCounts(ranks, total, upTo), total);
}

/** The last key of a range, and how many records there are up to it. */
type Cut = readonly [key: number, rows: number];

function rangesOf(cuts: readonly Cut[], total: number): KeyRange[] {
  return [...cuts, undefined].map((cut, at) => {
    const [before, rows] = cuts[at - 1] ?? [-1, 0];
    return { from: before + 1, to: cut?.[0], rows: (cut?.[1] ?? total) - rows };
  });
}

/** Returns the keys at ranks from 0, in one round of requests; `undefined` if the store refuses, or does not list in the order of keys. */
async function keysAtRanks(scope: Scope, state: QueryState, ranks: readonly number[], options: CallOptions): Promise<number[] | undefined> {
  const { resource } = scope;
  const session = sessionOf(scope);
  const { include: _, ...params } = state.params;
  const probed = { ...state, params, isStable: true };
  const probes = ranks.map(async (rank): Promise<unknown> => {
    const request: RequestDescription = { ...pageRequest(scope, probed, rank + 1, 1), ...callOf(options), cache: false };
    return rowsOf(request, await session.send(request), resource)[0]?.[resource.key];
  });
  let last = -1;
  const keys: number[] = [];
  try {
    for (const key of await Promise.all(probes)) {
      if (typeof key !== 'number' || key <= last) return undefined;
      keys.push((last = key));
    }
  } catch (error) {
    if (error instanceof HttpError) return undefined;
    throw error;
  }
  return keys;
}

/** Keys that are asked for at first: ids of a store are small, or in blocks far apart. */
const LANDMARKS = [10, 13, 16, 19, 22, 25, 28, 31, 40, 53].map((power) => 2 ** power - 1);

/** Enough to halve a distance of 2 ** 40 down to neighbours. */
const MAX_ROUNDS = 40;

/** Returns cuts near these ranks, within a tenth of a range where the keys allow it: all ranks are sought at once, round by round. */
async function cutsByCounts(ranks: readonly number[], total: number, upTo: (key: number) => Promise<number>): Promise<Cut[]> {
  const slack = Math.floor(total / (ranks.length + 1) / 10);
  const known = new Map<number, number>([[-1, 0]]);
  let asked: Iterable<number> = LANDMARKS;
  let cuts: Cut[] = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    await Promise.all([...asked].map(async (key) => known.set(key, await upTo(key))));
    const sorted = [...known].sort(([a], [b]) => a - b);
    const next = new Set<number>();
    cuts = ranks.flatMap((rank) => {
      const at = sorted.findIndex(([, rows]) => rows >= rank);
      const [low, high] = [sorted[at - 1], sorted[at]];
      if (low === undefined || high === undefined) return [];
      const best = rank - low[1] < high[1] - rank ? low : high;
      const width = high[0] - low[0];
      if (Math.abs(best[1] - rank) > slack && width > 1) {
        const share = round % 2 === 0 ? (rank - low[1]) / (high[1] - low[1]) : 0.5;
        next.add(low[0] + Math.min(width - 1, Math.max(1, Math.round(width * share))));
      }
      return [best];
    });
    asked = next;
    if (next.size === 0) break;
  }
  return [...new Map(cuts.filter(([, rows]) => rows > 0 && rows < total)).entries()].sort(([a], [b]) => a - b);
}
