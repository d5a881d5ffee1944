import { ArgumentError } from '../errors/argument-error.js';
import { RecordStateError } from '../errors/record-state-error.js';
import type { Identity } from '../query/deletions.js';
import type { BoundScope } from '../query/scope.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
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

/** Returns the path parameters and the scope of a record: those it was given, and its own attributes with such names. */
export function paramsOf(context: RecordContext): PathParams {
  const { record, metadata, params: own } = context;
  if (metadata.placeNames.length === 0) return own;
  const params: Record<string, Key> = {};
  const owner = metadata.resource.batch.parent;
  const last = owner === undefined ? undefined : metadata.pathNames.at(-1);
  for (const name of metadata.pathNames) {
    // A row of a list over all owners names its owner by another attribute.
    const named = name === last && owner !== undefined ? record[metadata.propertyOf(owner)] : undefined;
    const value = own[name] ?? record[metadata.propertyOf(name)] ?? named;
    if (value !== undefined && value !== null) params[name] = value as Key;
  }
  for (const name of metadata.resource.scope) {
    const value = own[name] ?? scopeInRow(context, name);
    if (value !== undefined) params[name] = value;
  }
  return params;
}

/** Returns the value of a record's scope that its row says. 0 and the empty string say none. */
function scopeInRow(context: RecordContext, name: string): Key | undefined {
  const value = context.isNew ? context.record[context.metadata.propertyOf(name)] : storedValue(context, name);
  return (typeof value === 'number' || typeof value === 'string') && !isEmptyKey(value) ? value : undefined;
}

/** Returns the scope of a record for the records of another resource that has the same scope. */
export function scopeFor(context: RecordContext, { scope }: ResourceDeclaration): PathParams {
  if (scope.length === 0) return {};
  const params = paramsOf(context);
  return Object.fromEntries(scope.flatMap((name) => (params[name] === undefined ? [] : [[name, params[name]]])));
}

/** Returns the parameters of a path below a record, from the record's own path and key. */
export function paramsBelow(context: RecordContext, path: string): PathParams {
  const names = pathNames(path);
  if (names.length === 0) return context.metadata.resource.scope.length === 0 ? context.params : paramsOf(context);
  const known: Record<string, Key> = { ...paramsOf(context) };
  const last = names.filter((name) => known[name] === undefined).at(-1);
  const key = keyOf(context);
  if (last !== undefined && key !== undefined && key !== null) known[last] = key as Key;
  return known;
}

/** Returns the scope of a record's own requests. */
export function scopeOfRecord(context: RecordContext): ModelScope<object> & BoundScope {
  const { metadata } = context;
  const params = metadata.placeNames.length === 0 ? context.params : paramsOf(context);
  return { metadata, resource: metadata.resource, params, session: context.session ?? sessionOfRecord(context) };
}

/** Returns the key on the store, even if the program has changed the attribute since. @throws ArgumentError */
export function savedKey(context: RecordContext): Key {
  const { metadata, shape, original, isNew } = context;
  const place = isNew ? undefined : shape?.places.get(metadata.keyProperty);
  const known = place === undefined || shape?.attributes[place]?.cast !== undefined ? undefined : original[place];
  const { key, name, zeroKey } = metadata.resource;
  if (typeof known === 'number' && Number.isSafeInteger(known) && (known > 0 || (known === 0 && zeroKey))) return known;
  if (context.rare.isKeyUnknown) throw keyUnknown(context);
  return checkKey(storedValue(context, key) ?? keyOf(context), `The ${key} of this ${name}`);
}

/** Creates the error for a saved record whose key is needed, and which the store never told. */
export function keyUnknown({ metadata }: RecordContext): RecordStateError {
  const { name, key } = metadata.resource;
  return new RecordStateError(
    `The ${key} of this ${name} is unknown: it was created, but the response did not contain its ${key}, and no filter finds it.` +
      ` Read it from the store, with ${name}.where(…) or find(…), and use that record. Nothing was sent.`,
  );
}

/** Returns what the address of a saved record ends in: its key; nothing for the only record of a resource. @throws ArgumentError */
export const addressKey = (context: RecordContext): Key => (context.metadata.resource.addressing === 'single' ? '' : savedKey(context));

/** Returns the key by which other records refer to this one. @throws ArgumentError if it has none yet */
export function referenceKey(context: RecordContext): unknown {
  const key = keyOf(context);
  if (key !== undefined && key !== null) return key;
  if (context.rare.isKeyUnknown) throw keyUnknown(context);
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
  const place = metadata.placeNames.map((name) => params[name]);
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
