import { expect } from 'chai';
import { seeded } from './fault-proxy.js';

/** Rounds of a differential spec: a few in the suite, always the same; as many as asked for by `DIFFERENTIAL_ROUNDS`, each time others. */
const ROUNDS = process.env['DIFFERENTIAL_ROUNDS'];
const SEED = Number(process.env['DIFFERENTIAL_SEED'] ?? (ROUNDS === undefined ? 1 : Math.floor(Math.random() * 1e9)));

/** Random choices that are the same for the same seed. */
export class Dice {
  readonly random: () => number;

  constructor(seed: number) {
    this.random = seeded(seed);
  }

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  /** A whole number, both ends included. */
  int(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)] as T;
  }

  shuffled<T>(list: readonly T[]): T[] {
    const copy = [...list];
    for (let at = copy.length - 1; at > 0; at--) {
      const other = this.int(0, at);
      [copy[at], copy[other]] = [copy[other] as T, copy[at] as T];
    }
    return copy;
  }

  some<T>(list: readonly T[], count: number): T[] {
    return this.shuffled(list).slice(0, count);
  }

  /** A lower-case word. */
  word(length: number): string {
    return Array.from({ length }, () => String.fromCharCode(97 + this.int(0, 25))).join('');
  }
}

/** What a round is about to do, for the message when it fails. */
export type Tell = (what: string) => void;

/**
 * Does something random many times over. A failure names the seed of its round:
 * `DIFFERENTIAL_SEED=… DIFFERENTIAL_ROUNDS=1 npx mocha …` repeats just that.
 */
export async function repeat(usual: number, round: (dice: Dice, tell: Tell) => Promise<void>): Promise<void> {
  const count = ROUNDS === undefined ? usual : Number(ROUNDS);
  for (let number = 0; number < count; number++) {
    const seed = SEED + number;
    const told: string[] = [];
    try {
      await round(new Dice(seed), (what) => void told.push(what));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(`DIFFERENTIAL_SEED=${seed} DIFFERENTIAL_ROUNDS=1\n  ${told.join('\n  ').slice(0, 4000)}\n${message}`, {
        cause: error,
      });
    }
  }
}

/** Time for a spec that repeats. */
export const timeFor = (usual: number): number => 20_000 + (ROUNDS === undefined ? usual : Number(ROUNDS)) * 1000;

/** A row of a table as the naive reader keeps it. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: number };

/** What a naive reader of whole tables would find. */
export interface Expectation {
  readonly matching: readonly Row[];
  /** The records are sorted by it. */
  readonly order?: { readonly name: string; readonly direction: 'asc' | 'desc' } | undefined;
  /** The records come in the order of these keys. */
  readonly asked?: readonly number[] | undefined;
  readonly limit: number;
}

type Scalar = string | number | boolean;

const compare = (a: unknown, b: unknown): number => ((a as Scalar) < (b as Scalar) ? -1 : (a as Scalar) > (b as Scalar) ? 1 : 0);

/** How many records the naive reader gives. */
export const sizeOf = ({ matching, limit }: Expectation): number => Math.min(limit, matching.length);

/** Checks records `from` on of a query: who they are, how many, and in which order as far as one is due. */
export function assertFound(found: readonly number[], expected: Expectation, from = 0, most = Number.POSITIVE_INFINITY): void {
  const { matching, order, asked } = expected;
  const rows = new Map(matching.map((row) => [row.id, row]));
  const to = Math.max(from, Math.min(sizeOf(expected), from + most));
  expect(new Set(found).size, 'no record twice').to.equal(found.length);
  expect(
    found.filter((id) => !rows.has(id)),
    'records that do not match',
  ).to.deep.equal([]);
  expect(found.length, 'number of records').to.equal(to - from);
  if (order !== undefined) {
    const sign = order.direction === 'desc' ? -1 : 1;
    const values = matching.map((row) => row[order.name]).sort((a, b) => sign * compare(a, b));
    expect(
      found.map((id) => rows.get(id)?.[order.name]),
      `values of ${order.name}`,
    ).to.deep.equal(values.slice(from, to));
  } else if (asked !== undefined) {
    const due = [...new Set(asked)].filter((id) => rows.has(id));
    expect(found, 'in the order asked').to.deep.equal(due.slice(from, to));
  }
}
