import { ArgumentError } from '../errors/argument-error.js';
import { operatorParameter } from '../query/filters.js';
import { Query } from '../query/query.js';
import { read } from '../query/reading.js';
import { saidOf } from '../query/said.js';
import { type Scope, sessionOf } from '../query/scope.js';
import { assignsKeys } from '../query/settable.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import { propertyName } from '../schema/names.js';
import type { BulkOptions, Source } from '../session/bulk-run.js';
import { describe } from '../transport/path.js';
import { freshCallOf } from '../transport/request.js';
import { assign } from './assignment.js';
import { isRecord, tracked } from './internals.js';
import { standForKey } from './readonly.js';
import { refuseCopies } from './record.js';
import { isEmptyKey } from './related.js';

/** Entries that are looked up together. */
const LOOKED_UP_AT_ONCE = 250;

interface Given {
  readonly entry: object;
  /** An attribute that no two records share, with its value: what the record is known by where it has no key. */
  readonly known: { readonly name: string; readonly value: string } | undefined;
}

/**
 * Turns entries into records to be saved: with a key, a handle that is updated; without one, the record that has the same
 * unique attribute (`sku`, `email`), found in as few requests as the API allows, or a new one.
 */
export async function* upsertable<M extends object>(
  scope: Scope<M>,
  entries: Source<object>,
  options: BulkOptions,
): AsyncGenerator<M, void, undefined> {
  let waiting: Given[] = [];
  for await (const entry of entries) {
    waiting.push({ entry, known: isUpsertedByStore(scope) ? undefined : knownBy(scope, entry) });
    if (waiting.length < LOOKED_UP_AT_ONCE) continue;
    yield* await recordsOf(scope, waiting, options);
    waiting = [];
  }
  yield* await recordsOf(scope, waiting, options);
}

const isUpsertedByStore = ({ resource }: Scope<object>): boolean => resource.batch.upsert !== undefined;

export function checkAttributes({ resource }: Scope<object>, entry: object): object {
  refuseCopies(entry);
  if (typeof entry === 'object' && entry !== null && !Array.isArray(entry)) return entry;
  throw new ArgumentError(`${resource.name}: each entry is an object of attributes or a record, got ${describe(entry)}.`);
}

function knownBy(scope: Scope<object>, entry: object): Given['known'] {
  const { resource } = scope;
  const given = checkAttributes(scope, entry) as Record<string, unknown>;
  if (isRecord(entry)) return undefined;
  if (givenFor(resource, given, resource.key) !== undefined) return undefined;
  const unique = Object.values(resource.attributes).filter(({ unique: isUnique, name }) => {
    const value = givenFor(resource, given, name);
    return isUnique && typeof value === 'string' && value !== '';
  });
  const isListed = (name: string): boolean => resource.filters !== undefined && Object.hasOwn(resource.filters, `${name}:in`);
  const first = unique.find(({ name }) => isListed(name)) ?? unique[0];
  return first === undefined ? undefined : { name: first.name, value: String(givenFor(resource, given, first.name)) };
}

/** What an entry gives for an attribute, by its property or by the API's name; `undefined` for nothing. */
const givenFor = (resource: ResourceDeclaration, given: Readonly<Record<string, unknown>>, name: string): unknown =>
  given[propertyName(resource, name)] ?? given[name] ?? undefined;

async function recordsOf<M extends object>(scope: Scope<M>, all: readonly Given[], options: BulkOptions): Promise<M[]> {
  const found = await lookUp(scope, all, options);
  return all.map(({ entry, known }) => {
    if (isRecord(entry)) {
      standForKey(tracked(entry));
      return entry as M;
    }
    const { resource } = scope;
    const given = entry as Record<string, unknown>;
    const key = givenFor(resource, given, resource.key);
    const there = known === undefined ? undefined : found.get(`${known.name} ${known.value.toLowerCase()}`);
    if (there !== undefined) return withAttributes(there, entry);
    const isKeyless = key === undefined || (isUpsertedByStore(scope) && isEmptyKey(key));
    if (isKeyless || (isUpsertedByStore(scope) && !assignsKeys(resource))) return scope.build(entry, scope.session, scope.params);
    const { [resource.key]: _, [propertyName(resource, resource.key)]: __, ...attributes } = given;
    return withAttributes(handleOf(scope, key), attributes);
  });
}

/** A record that is known by its key, without asking the store for it. */
export const handleOf = <M extends object>(scope: Scope<M>, key: unknown): M =>
  scope.load({ [scope.resource.key]: key }, sessionOf(scope), scope.params);

export function withAttributes<M extends object>(record: M, attributes: object): M {
  const { state, plan } = tracked(record);
  assign(record, state, plan, attributes);
  return record;
}

/** The records that have these values of unique attributes: by one list an attribute, or one by one where the API has no lists. */
async function lookUp<M extends object>(scope: Scope<M>, all: readonly Given[], options: BulkOptions): Promise<Map<string, M>> {
  const byName = new Map<string, string[]>();
  for (const { known } of all) {
    if (known === undefined) continue;
    const values = byName.get(known.name);
    if (values === undefined) byName.set(known.name, [known.value]);
    else values.push(known.value);
  }
  const found = new Map<string, M>();
  await Promise.all(
    [...byName].map(async ([name, values]) => {
      const parameter = listParameter(scope, name);
      if (parameter === undefined) {
        await Promise.all(
          values.map(async (value) => {
            const record = await new Query(scope).where({ [name]: value } as never).first(freshCallOf(options));
            if (record !== null) found.set(`${name} ${value.toLowerCase()}`, record);
          }),
        );
        return;
      }
      const said = { ...saidOf(scope), filters: { ...saidOf(scope).filters, [parameter]: values } };
      for await (const { rows } of read(scope, said, { ...freshCallOf(options), isEager: true }))
        for (const row of rows) found.set(`${name} ${String(row[name]).toLowerCase()}`, scope.load(row, sessionOf(scope), scope.params));
    }),
  );
  return found;
}

function listParameter({ resource }: Scope<object>, name: string): string | undefined {
  const dialect = dialectOf(resource.version);
  if (dialect.parameter(name, 'in') === undefined) return undefined;
  try {
    return operatorParameter(resource, dialect, name, 'in');
  } catch {
    return undefined;
  }
}
