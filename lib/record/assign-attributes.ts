import { ArgumentError } from '../errors/argument-error.js';
import { BigRecordError } from '../errors/bigrecord-error.js';
import { givesProperties } from '../given.js';
import { copyOf, isPlain } from '../schema/snapshot.js';
import { describe, type Key } from '../transport/path.js';
import { dropUnsentAttributes } from './hydrator.js';
import type { ModelAttribute } from './model-attribute.js';
import { ownRareState, type RecordContext } from './record-context.js';
import { setRelated } from './relations.js';

/**
 * Sets attributes and relations by property or API name. Values are copied, so records never share them. Names that the class does
 * not declare become attributes too, unless the class has a setter for them. To protect the record, names that lead to prototypes are
 * ignored, and names that would hide a method are stored outside the record.
 *
 * @throws ArgumentError for anything but an object of attributes
 */
export function assignAttributes(context: RecordContext, attributes: object): void {
  if (!givesProperties(attributes)) throw new ArgumentError(`Pass attributes as an object, got ${describe(attributes)}. Nothing was sent.`);
  const { relations } = context.metadata;
  for (const [property, value] of Object.entries(attributes)) {
    if (relations.has(property)) setRelated(context, property, value);
    else assignAttribute(context, property, value);
  }
}

/** Restores the attributes of a new record to what it was created with. */
export function restoreInitialAttributes(context: RecordContext): void {
  dropUnsentAttributes(context);
  if (context.rare.hidden !== undefined) ownRareState(context).hidden = undefined;
  assignAttributes(context, context.rare.initialAttributes);
}

function assignAttribute(context: RecordContext, property: string, value: unknown): void {
  const { metadata, params } = context;
  const attribute = metadata.declaredAt(property) ?? metadata.attribute(property);
  if (attribute === null) return;
  // A saved record cannot be moved to another path: if it is tried, save() throws.
  const isMoved = !context.isNew && params[property] !== undefined && String(params[property]) !== String(value);
  if (!attribute.declared && metadata.pathNames.includes(property) && !isMoved) context.params = { ...params, [property]: value as Key };
  else if (!attribute.isHidden || metadata.hasSetter(attribute.property)) context.record[attribute.property] = copyFor(attribute, value);
  else assignHidden(context, attribute, value);
}

function assignHidden(context: RecordContext, { name }: ModelAttribute, value: unknown): void {
  const { hidden } = context.rare;
  ownRareState(context).hidden = { original: hidden?.original ?? {}, current: { ...hidden?.current, [name]: copyOf(value) } };
}

/** Copies an assigned value deeply. If it is nested too deeply to be copied, it is kept, and a save reports it. */
function copyFor({ cast }: ModelAttribute, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  try {
    if (cast === undefined || cast.isDate === true || value instanceof Date) return copyOf(value);
    if (cast.coerce !== undefined && (isPlain(value) || (Array.isArray(value) && value.every(isPlain)))) return cast.coerce(copyOf(value));
    return cast.read(copyOf(cast.write?.(value) ?? value));
  } catch (error) {
    if (error instanceof BigRecordError) return value;
    throw error;
  }
}
