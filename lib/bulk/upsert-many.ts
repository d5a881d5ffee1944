import { ArgumentError } from '../errors/argument-error.js';
import { givesProperties } from '../given.js';
import { type Row, type Scope, sessionOf } from '../query/scope.js';
import { assignsKeys } from '../query/settable.js';
import { assignAttributes } from '../record/assign-attributes.js';
import { buildIn, handleOf, loadIn } from '../record/instantiate.js';
import type { ModelScope } from '../record/model-scope.js';
import { becomeHandle } from '../record/read-only.js';
import { isEmptyKey } from '../record/record-address.js';
import { contextOf, isRecord, refuseCopies } from '../record/record-base.js';
import type { RecordContext } from '../record/record-context.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { propertyName } from '../schema/names.js';
import { describe } from '../transport/path.js';
import type { Candidate } from './bulk-item.js';
import type { BulkOptions, Source } from './bulk-run.js';
import { type Known, knownName, lookUp } from './look-up.js';

/** How many entries are looked up together, and how many such look-ups run at once. */
const LOOKED_UP_AT_ONCE = 250;
const LOOK_UPS = 3;

interface Given {
  readonly entry: object;
  /** A unique attribute and its value, which identify a record without a key. */
  readonly known: Known | undefined;
}

/**
 * Turns entries into records to save. An entry with a key becomes a handle, which is updated. For an entry without one, the record with
 * the same unique attribute (`sku`, `email`) is looked up, in as few requests as the API allows; if there is none, it is a new record.
 */
export function upsertable(
  scope: ModelScope<object>,
  entries: Source<unknown>,
  options: BulkOptions,
  sent: () => void,
): AsyncGenerator<Candidate, void, undefined> {
  const given = (each: unknown): Given => {
    const entry = checkAttributes(scope, each);
    return { entry, known: isUpsertedByStore(scope) ? undefined : knownBy(scope, entry) };
  };
  return lookedUp(entries, given, (all) => recordsOf(scope, all, options, sent));
}

/** Turns entries into records, part by part. The next parts are looked up while the first one is being written. */
export async function* lookedUp<E, G, R>(
  entries: Source<E>,
  prepare: (entry: E, place: number) => G,
  lookUpPart: (part: readonly G[]) => Promise<readonly R[]>,
): AsyncGenerator<R, void, undefined> {
  const ahead: Promise<readonly R[]>[] = [];
  let part: G[] = [];
  let place = 0;
  const start = (): void => {
    const looking = lookUpPart(part);
    looking.catch(() => {}); // thrown where it is awaited
    ahead.push(looking);
    part = [];
  };
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const entry of entries) {
      part.push(prepare(entry, place++));
      if (part.length === LOOKED_UP_AT_ONCE) start();
      if (ahead.length === LOOK_UPS) yield* (await ahead.shift()) ?? [];
    }
  } catch (error) {
    failure = { error };
  }
  if (part.length > 0 && failure === undefined) start();
  for (const looking of ahead) yield* await looking;
  if (failure !== undefined) throw failure.error;
}

const isUpsertedByStore = ({ resource }: Scope): boolean => resource.batch.upsert !== undefined;

export function checkAttributes({ resource }: Scope, entry: unknown): object {
  refuseCopies(entry);
  if (givesProperties(entry)) return entry;
  throw new ArgumentError(`${resource.name}: each entry must be an object of attributes or a record, got ${describe(entry)}.`);
}

function knownBy(scope: Scope, entry: object): Known | undefined {
  const { resource } = scope;
  if (isRecord(entry)) return undefined;
  if (givenFor(resource, entry, resource.key) !== undefined) return undefined;
  const unique = Object.values(resource.attributes).filter(({ unique: isUnique, name }) => {
    const value = givenFor(resource, entry, name);
    return isUnique && typeof value === 'string' && value !== '';
  });
  const isListed = (name: string): boolean => resource.filters !== undefined && Object.hasOwn(resource.filters, `${name}:in`);
  const first = unique.find(({ name }) => isListed(name)) ?? unique[0];
  return first === undefined ? undefined : { name: first.name, value: String(givenFor(resource, entry, first.name)) };
}

/** Returns an entry's value for an attribute, by its property or API name; `undefined` if there is none. */
const givenFor = (resource: ResourceDeclaration, entry: object, name: string): unknown =>
  Reflect.get(entry, propertyName(resource, name)) ?? Reflect.get(entry, name) ?? undefined;

async function recordsOf(scope: ModelScope<object>, all: readonly Given[], options: BulkOptions, sent: () => void): Promise<Candidate[]> {
  const known = all.flatMap((each) => each.known ?? []);
  const { found, failed } = await lookUp(scope, known, options, sent);
  const loaded = new Map<Row, RecordContext>();
  const load = (row: Row): RecordContext => {
    const context = loaded.get(row) ?? loadIn(scope, row, sessionOf(scope));
    loaded.set(row, context);
    return context;
  };
  return all.map(({ entry, known: name }) => {
    if (isRecord(entry)) {
      const context = contextOf(entry);
      becomeHandle(context);
      return { context };
    }
    const failure = name && failed.get(knownName(name));
    if (failure !== undefined) return { context: contextOf(buildIn(scope, entry)), error: failure };
    const [existing] = (name && found.get(knownName(name))) ?? [];
    return { context: existing === undefined ? unknownRecord(scope, entry) : withAttributes(load(existing), entry) };
  });
}

/** Returns the record of an entry without a row from the store: a handle if it has a key, or a new record. */
function unknownRecord(scope: ModelScope<object>, entry: object): RecordContext {
  const { resource } = scope;
  const given: Readonly<Record<string, unknown>> = { ...entry };
  const key = givenFor(resource, given, resource.key);
  const isKeyless = key === undefined || (isUpsertedByStore(scope) && isEmptyKey(key));
  const mayBeNew = isUpsertedByStore(scope) && !assignsKeys(resource) && resource.operations.includes('create');
  if (isKeyless || mayBeNew) return contextOf(buildIn(scope, entry));
  const { [resource.key]: _, [propertyName(resource, resource.key)]: __, ...attributes } = given;
  return withAttributes(handleOf(scope, key), attributes);
}

export function withAttributes(context: RecordContext, attributes: object): RecordContext {
  assignAttributes(context, attributes);
  return context;
}
