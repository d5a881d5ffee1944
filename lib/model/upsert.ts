import { ArgumentError } from '../errors/argument-error.js';
import { type Row, type Scope, sessionOf } from '../query/scope.js';
import { assignsKeys } from '../query/settable.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { givesAttributes } from '../schema/given.js';
import { propertyName } from '../schema/names.js';
import type { BulkOptions, Source } from '../session/bulk-run.js';
import { describe } from '../transport/path.js';
import { assign } from './assignment.js';
import { isRecord, tracked } from './internals.js';
import { type Known, knownName, lookUp } from './look-up.js';
import { standForKey } from './readonly.js';
import { refuseCopies } from './record.js';
import { isEmptyKey } from './related.js';

/** Entries that are looked up together, and how many such look-ups are under way at once. */
const LOOKED_UP_AT_ONCE = 250;
const LOOK_UPS = 3;

/** A record that is to be written, or fails without being sent. */
export interface Candidate<M> {
  readonly record: M;
  readonly error?: Error | undefined;
}

interface Given {
  readonly entry: object;
  /** An attribute that no two records share, with its value: what the record is known by where it has no key. */
  readonly known: Known | undefined;
}

/**
 * Turns entries into records to be saved: with a key, a handle that is updated; without one, the record that has the same
 * unique attribute (`sku`, `email`), found in as few requests as the API allows, or a new one.
 */
export function upsertable<M extends object>(
  scope: Scope<M>,
  entries: Source<object>,
  options: BulkOptions,
  sent: () => void,
): AsyncGenerator<Candidate<M>, void, undefined> {
  const given = (entry: object): Given => ({ entry, known: isUpsertedByStore(scope) ? undefined : knownBy(scope, entry) });
  return lookedUp(entries, given, (all) => recordsOf(scope, all, options, sent));
}

/** Turns entries into records part by part; the look-ups of the next parts are under way while the first is being written. */
export async function* lookedUp<E, G, R>(
  entries: Source<E>,
  give: (entry: E, place: number) => G,
  look: (part: readonly G[]) => Promise<readonly R[]>,
): AsyncGenerator<R, void, undefined> {
  const ahead: Promise<readonly R[]>[] = [];
  let part: G[] = [];
  let place = 0;
  const start = (): void => {
    const looking = look(part);
    looking.catch(() => {}); // whoever takes it is told
    ahead.push(looking);
    part = [];
  };
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const entry of entries) {
      part.push(give(entry, place++));
      if (part.length === LOOKED_UP_AT_ONCE) start();
      if (ahead.length === LOOK_UPS) yield* (await ahead.shift()) as readonly R[];
    }
  } catch (error) {
    failure = { error };
  }
  if (part.length > 0 && failure === undefined) start();
  for (const looking of ahead) yield* await looking;
  if (failure !== undefined) throw failure.error;
}

const isUpsertedByStore = ({ resource }: Scope<object>): boolean => resource.batch.upsert !== undefined;

export function checkAttributes({ resource }: Scope<object>, entry: object): object {
  refuseCopies(entry);
  if (givesAttributes(entry)) return entry;
  throw new ArgumentError(`${resource.name}: each entry is an object of attributes or a record, got ${describe(entry)}.`);
}

function knownBy(scope: Scope<object>, entry: object): Known | undefined {
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

async function recordsOf<M extends object>(
  scope: Scope<M>,
  all: readonly Given[],
  options: BulkOptions,
  sent: () => void,
): Promise<Candidate<M>[]> {
  const { found, failed } = await lookUp(
    scope,
    all.flatMap(({ known }) => known ?? []),
    options,
    sent,
  );
  const loaded = new Map<Row, M>();
  const load = (row: Row): M => {
    const record = loaded.get(row) ?? scope.load(row, sessionOf(scope), scope.params);
    loaded.set(row, record);
    return record;
  };
  const recordOf = ({ entry, known }: Given): M => {
    if (isRecord(entry)) {
      standForKey(tracked(entry));
      return entry as M;
    }
    const { resource } = scope;
    const given = entry as Record<string, unknown>;
    const key = givenFor(resource, given, resource.key);
    const [there] = (known && found.get(knownName(known))) ?? [];
    if (there !== undefined) return withAttributes(load(there), entry);
    const isKeyless = key === undefined || (isUpsertedByStore(scope) && isEmptyKey(key));
    const mayBeNew = isUpsertedByStore(scope) && !assignsKeys(resource) && resource.operations.includes('create');
    if (isKeyless || mayBeNew) return scope.build(entry, scope.session, scope.params);
    const { [resource.key]: _, [propertyName(resource, resource.key)]: __, ...attributes } = given;
    return withAttributes(handleOf(scope, key), attributes);
  };
  return all.map((given) => {
    const error = given.known && failed.get(knownName(given.known));
    return error === undefined ? { record: recordOf(given) } : { record: scope.build(given.entry, scope.session, scope.params), error };
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
