import { ArgumentError } from '../errors/argument-error.js';
import type { Row } from '../query/scope.js';
import { copyOf } from '../schema/snapshot.js';
import { transformer } from '../schema/transformer.js';
import { toWire } from '../schema/wire.js';
import { attributeAt } from './attribute-values.js';
import { metadataOf } from './metadata-storage.js';
import type { ModelAttribute } from './model-attribute.js';
import type { ModelMetadata } from './model-metadata.js';
import { writableAttributes } from './read-only.js';
import { contextIn } from './record-base.js';
import { RecordContext } from './record-context.js';
import { relationAt, relationCache } from './relations.js';
import { hasNames } from './row-shape.js';

/** Options of `toObject`. */
interface ToObjectOptions {
  /** Relations to add, if they are loaded. */
  readonly include?: readonly string[];
  /** Omits what only the store sets. */
  readonly writable?: boolean;
}

/** How to write a record. */
interface Writing {
  readonly finish: (value: unknown) => unknown;
  /** Writes only these properties, and nothing computed; `undefined` writes all. */
  readonly only?: ReadonlySet<string> | undefined;
}

/** Returns a copy of the attributes by API name, as class-transformer's decorators transform them. Dates stay dates. */
export function toObject(context: RecordContext, { include = [], writable = false }: ToObjectOptions): Row {
  const only = writable ? new Set([...writableAttributes(context)].map(({ property }) => property)) : undefined;
  const object = writeRecord(context, { finish: copyOf, only });
  for (const name of include) object[name] = relatedObjects(context, name, writable);
  return object;
}

function relatedObjects(context: RecordContext, name: string, writable: boolean): unknown {
  const { present } = relationCache(context, relationAt(context, name).property);
  if (Array.isArray(present)) return present.map((child) => toObject(child, { writable }));
  return present ? toObject(present, { writable }) : present;
}

/**
 * Returns what JSON.stringify is to write. JSON.stringify passes a key, and gets the record itself if that is its own JSON, without a
 * copy. The matchers of jest and vitest pass no key when they print a difference: they get a copy, because they would print the record
 * itself as circular. Copies and Proxies of a record are written by the rules of its class too.
 */
export function toJSON(record: object, key: string | undefined): object {
  const context = contextIn(record) ?? new RecordContext(record, metadataOf(record.constructor));
  const { shape, metadata } = context;
  const { isTooDeep } = context.rare;
  if (key !== undefined && shape?.isOwnJson === true && !isTooDeep && hasNames(record, shape.properties)) return record;
  const copy = key === undefined || isTooDeep ? copyOf : asIs;
  if (metadata.dialect.writesJsonDates) return writeRecord(context, { finish: copy });
  if (beingWritten.has(record))
    throw new ArgumentError(
      `This ${metadata.resource.name} refers to itself, so it cannot be written as JSON. Remove the circular reference.`,
    );
  beingWritten.add(record);
  try {
    return writeRecord(context, { finish: (value) => withWireDates(value, metadata, copy) });
  } finally {
    beingWritten.delete(record);
  }
}

/** Records that are being written, to detect circular references. */
const beingWritten = new Set<object>();

const asIs = (value: unknown): unknown => value;

/** Returns the attributes by API name; `finish` converts the nested values. */
function writeRecord(context: RecordContext, { finish, only }: Writing): Row {
  const { record, shape, metadata } = context;
  const isOfShape = shape !== undefined && hasNames(record, shape.properties);
  const isTransformed = isOfShape ? shape.isTransformed : metadata.isTransformed(Object.keys(record));
  const object = isTransformed ? transformedAttributes(context, only) : plainAttributes(context, only);
  for (const name in object) {
    const value = object[name];
    if (typeof value === 'object' && value !== null) object[name] = finish(value);
  }
  for (const [name, value] of Object.entries(context.rare.hidden?.current ?? {}))
    if (value !== undefined && only?.has(name) !== false) object[name] = copyOf(value);
  return object;
}

function plainAttributes(context: RecordContext, only: ReadonlySet<string> | undefined): Row {
  const object: Row = {};
  const attributes = context.record;
  for (const property in attributes) {
    const value = attributes[property];
    if (value === undefined || !Object.hasOwn(attributes, property)) continue;
    const attribute = attributeAt(context, property, value);
    if (attribute !== undefined && only?.has(property) !== false) object[attribute.name] = written(attribute, value, attributes);
  }
  return object;
}

/** Writes a value with its cast. If the cast throws, returns the value: printing a record must not fail, and a save reports the error. */
function written({ cast }: ModelAttribute, value: unknown, record: object): unknown {
  if (cast?.write === undefined || value === null) return value;
  try {
    return cast.write(value, record);
  } catch {
    return value;
  }
}

/** Returns the attributes as class-transformer writes them, with what `@Expose` adds. */
function transformedAttributes(context: RecordContext, only: ReadonlySet<string> | undefined): Row {
  const { metadata } = context;
  const attributes = context.record;
  const object: Row = {};
  const exposed = metadata.exposedNames();
  const propertyOf = new Map([...exposed].map(([property, name]) => [name, property]));
  for (const [name, value] of Object.entries(transformer().instanceToPlain(attributes))) {
    const property = propertyOf.get(name) ?? name;
    if (value === undefined || metadata.relations.has(property) || only?.has(property) === false) continue;
    const attribute = Object.hasOwn(attributes, property) ? attributeAt(context, property, attributes[property]) : undefined;
    if (attribute !== undefined) {
      const isFinal = metadata.hasOutputTransform(property) || value === null || attribute.cast?.write === undefined;
      object[name === property ? attribute.name : name] = isFinal ? value : written(attribute, attributes[property], attributes);
    } else if (exposed.has(property)) object[name] = value;
  }
  return object;
}

/** Writes dates as requests do. A value that cannot be sent is left to JSON.stringify: printing a record must not fail. */
function withWireDates(value: unknown, { dialect }: ModelMetadata, copy: (value: unknown) => unknown): unknown {
  try {
    return toWire(value, dialect, '');
  } catch {
    return copy(value);
  }
}
