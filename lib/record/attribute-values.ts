import type { Row } from '../query/scope.js';
import { rounded } from '../schema/decimals.js';
import { isSame, snapshotOf } from '../schema/snapshot.js';
import { toUnixText } from '../schema/unix-text.js';
import { toWire } from '../schema/wire.js';
import { baselineOf, valueOfBaseline } from './hydrator.js';
import type { ModelAttribute } from './model-attribute.js';
import type { RecordContext } from './record-context.js';

/** Yields all attributes of a record: the declared ones, then others that the store sent or the program set. */
export function* allAttributes(context: RecordContext): Generator<ModelAttribute> {
  const { record, metadata } = context;
  yield* metadata.attributes;
  for (const property of Object.keys(record)) {
    const attribute = attributeAt(context, property, record[property]);
    if (attribute !== undefined && !attribute.declared) yield attribute;
  }
  for (const name of Object.keys(context.rare.hidden?.current ?? {})) {
    const attribute = metadata.attribute(name);
    if (attribute !== null && !attribute.declared) yield attribute;
  }
}

/** Returns the attribute behind a property, if it is one: whatever the store has sent is an attribute, whatever its name. */
export function attributeAt({ shape, metadata }: RecordContext, property: string, value: unknown): ModelAttribute | undefined {
  const place = shape?.places.get(property);
  return place === undefined ? metadata.attributeAt(property, value) : shape?.attributes[place];
}

export const currentValue = ({ record, rare }: RecordContext, { isHidden, name, property }: ModelAttribute): unknown =>
  isHidden ? rare.hidden?.current[name] : record[property];

/** Returns the value as it is sent, rounded to the decimals of the attribute. */
export function wireValue(context: RecordContext, attribute: ModelAttribute, value = currentValue(context, attribute)): unknown {
  const wire = exactWireValue(context, attribute, value);
  return attribute.decimals === undefined ? wire : rounded(wire, attribute.decimals);
}

function exactWireValue(context: RecordContext, attribute: ModelAttribute, value: unknown): unknown {
  const { metadata, record } = context;
  const { cast, property } = attribute;
  if (cast === undefined && (typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value))) return value;
  if (cast?.isDate === true && typeof baselineAt(context, attribute) === 'string')
    return toWire(toUnixText(value), metadata.dialect, property);
  const written = value === null || value === undefined || cast?.write === undefined ? value : (cast.write(value, record) ?? null);
  return toWire(written, metadata.dialect, property);
}

/** Returns the baseline of an attribute. */
export function baselineAt({ shape, original, rare }: RecordContext, attribute: ModelAttribute): unknown {
  if (attribute.isHidden) return rare.hidden?.original[attribute.name];
  const place = shape?.places.get(attribute.property);
  return place === undefined ? undefined : original[place];
}

/** Returns what the store last sent for an attribute, in the format of requests; `undefined` if it sent nothing. */
export function storedValue(context: RecordContext, name: string): unknown {
  if (context.isNew) return undefined;
  const attribute = context.metadata.attribute(name);
  const baseline = attribute === null ? undefined : baselineAt(context, attribute);
  if (attribute === null || baseline === undefined || typeof baseline === 'string') return baseline;
  if (attribute.cast === undefined && typeof baseline === 'number') return baseline;
  return exactWireValue(context, attribute, valueOfBaseline(attribute, baseline));
}

/** Returns everything that the store last sent, in the format of requests. */
export function storedRow(context: RecordContext): Row {
  const row: Row = {};
  for (const name of context.shape?.sources ?? []) row[name] = storedValue(context, name);
  return Object.assign(row, snapshotOf(context.rare.hidden?.original ?? {}));
}

/** Returns those of the named attributes for which a row differs from the baseline. */
export function storedOtherwise(context: RecordContext, names: readonly string[], row: Row): string[] {
  return names.filter((name) => {
    const attribute = context.metadata.attribute(name);
    const baseline = attribute === null ? undefined : baselineAt(context, attribute);
    if (attribute === null || baseline === undefined) return false;
    if (row[name] === undefined) return true;
    const json = snapshotOf(row[name]);
    return !isSame(baseline, attribute.cast === undefined ? json : baselineOf(attribute, attribute.cast.read(row[name]), json));
  });
}
