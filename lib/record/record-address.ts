import { ArgumentError } from '../errors/argument-error.js';
import type { Identity } from '../query/deletions.js';
import type { BoundScope } from '../query/scope.js';
import { currentSession, knownSession } from '../session/current.js';
import type { StoreSession } from '../session/session.js';
import { checkKey, type Key, type PathParams, pathNames } from '../transport/path.js';
import { storedValue } from './attribute-values.js';
import type { ModelScope } from './model-scope.js';
import type { RecordContext } from './record-context.js';

/** Returns the key of a record, as the program sees it. */
export const keyOf = ({ record, metadata }: RecordContext): unknown => record[metadata.keyProperty];

/** Returns the name of a record in messages. Singletons have no key, and some keys are objects: those are left out. */
export function nameOf(context: RecordContext): string {
  const { name } = context.metadata.resource;
  const key = keyOf(context);
  if (context.isNew) return `${name} (new)`;
  return typeof key === 'number' || typeof key === 'string' ? `${name} ${key}` : name;
}

/** The store writes 0 or an empty string for "none". */
export const isEmptyKey = (key: unknown): boolean => key === undefined || key === null || key === 0 || key === '0' || key === '';

/** Returns the session of a record. A new record takes the current one and keeps it. @throws ConfigurationError */
export const sessionOfRecord = (context: RecordContext): StoreSession => (context.session ??= currentSession());

/** Returns the path parameters of a record: those of its parents, and its own attributes with such names. */
export function paramsOf({ record, metadata, params: own }: RecordContext): PathParams {
  if (metadata.pathNames.length === 0) return own;
  const params: Record<string, Key> = {};
  for (const name of metadata.pathNames) {
    const value = own[name] ?? record[metadata.propertyOf(name)];
    if (value !== undefined && value !== null) params[name] = value as Key;
  }
  return params;
}

/** Returns the parameters of a path below a record, from the record's own path and key. */
export function paramsBelow(context: RecordContext, path: string): PathParams {
  const names = pathNames(path);
  if (names.length === 0) return context.params;
  const known: Record<string, Key> = { ...paramsOf(context) };
  const last = names.filter((name) => known[name] === undefined).at(-1);
  const key = keyOf(context);
  if (last !== undefined && key !== undefined && key !== null) known[last] = key as Key;
  return known;
}

/** Returns the scope of a record's own requests. */
export function scopeOfRecord(context: RecordContext): ModelScope<object> & BoundScope {
  const { metadata } = context;
  const params = metadata.pathNames.length === 0 ? context.params : paramsOf(context);
  return { metadata, resource: metadata.resource, params, session: context.session ?? sessionOfRecord(context) };
}

/** Returns the key on the store, even if the program has changed the attribute since. @throws ArgumentError */
export function savedKey(context: RecordContext): Key {
  const { metadata, shape, original, isNew } = context;
  const place = isNew ? undefined : shape?.places.get(metadata.keyProperty);
  const known = place === undefined || shape?.attributes[place]?.cast !== undefined ? undefined : original[place];
  if (typeof known === 'number' && Number.isSafeInteger(known) && known > 0) return known;
  const { key, name } = metadata.resource;
  return checkKey(storedValue(context, key) ?? keyOf(context), `The ${key} of this ${name}`);
}

/** Returns the key by which other records refer to this one. @throws ArgumentError if it has none yet */
export function referenceKey(context: RecordContext): unknown {
  const key = keyOf(context);
  if (key !== undefined && key !== null) return key;
  throw new ArgumentError(
    `Save the ${context.metadata.resource.name} first: it has no key yet, so other records cannot refer to it. Nothing was sent.`,
  );
}

/** Returns the attributes that identify a record in addition to its key. */
export function identityOf(context: RecordContext): Identity {
  const { resource } = context.metadata;
  const identity: Record<string, string | number> = {};
  for (const name of resource.identity) {
    const value = storedValue(context, name) ?? context.record[context.metadata.propertyOf(name)];
    if (value !== undefined && value !== null) identity[name] = value as string | number;
  }
  return identity;
}

/** Returns a string that identifies a saved record among those of its class and store; `undefined` if that is not known. */
export function identityKey(context: RecordContext): string | undefined {
  if (context.isNew) return undefined;
  const { metadata } = context;
  const { resource } = metadata;
  const params = paramsOf(context);
  const place = metadata.pathNames.map((name) => params[name]);
  if (resource.addressing === 'single') return JSON.stringify(place.map(String));
  const key = storedValue(context, resource.key) ?? keyOf(context);
  const others = resource.identity.filter((name) => name !== resource.key).map((name) => storedValue(context, name) ?? undefined);
  if (key === undefined || key === null || (others.length > 0 && others.every((value) => value === undefined))) return undefined;
  return JSON.stringify([key, ...others, ...place].map(String));
}

/** Whether two records of one class are the same record of the same store, however they were obtained. */
export function isSameRecord(a: RecordContext, b: RecordContext): boolean {
  if (a.isNew || b.isNew) return false;
  const key = identityKey(a);
  return key !== undefined && key === identityKey(b) && isSameStore(a.session ?? knownSession(), b.session ?? knownSession());
}

/** Whether two sessions lead to the same store. */
export const isSameStore = (a: StoreSession | undefined, b: StoreSession | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.isSameStore(b));
