import { ArgumentError } from '../errors/argument-error.js';
import { BigRecordError } from '../errors/bigrecord-error.js';
import { givesAttributes } from '../schema/given.js';
import { copyOf, isPlain } from '../schema/snapshot.js';
import { describe, type Key } from '../transport/path.js';
import { dropOthers } from './hydrator.js';
import type { ModelAttribute } from './model-attribute.js';
import { ownRareState, type RecordContext } from './record-context.js';
import { giveRelated } from './relations.js';

/**
 * Sets attributes and relations by name, the property's or the API's. Values are copied: two records never share one. Names
 * that the class does not declare become attributes too, unless a setter of the class takes their value; names that lead to
 * prototypes are passed over, and one that would hide a method is kept aside, so that nothing of a record can be replaced.
 *
 * @throws ArgumentError for anything but an object of attributes
 */
export function assignAttributes(context: RecordContext, attributes: object): void {
  if (!givesAttributes(attributes))
    throw new ArgumentError(`Attributes are given as an object, got ${describe(attributes)}. Nothing was sent.`);
  const { relations } = context.metadata;
  for (const [property, value] of Object.entries(attributes)) {
    if (relations.has(property)) giveRelated(context, property, value);
    else assignAttribute(context, property, value);
  }
}

/** Makes the attributes of a new record again what they were when it was made. */
export function restoreGiven(context: RecordContext): void {
  dropOthers(context);
  if (context.rare.hidden !== undefined) ownRareState(context).hidden = undefined;
  assignAttributes(context, context.rare.given);
}

function assignAttribute(context: RecordContext, property: string, value: unknown): void {
  const { metadata, params } = context;
  const attribute = metadata.declaredAt(property) ?? metadata.attribute(property);
  if (attribute === null) return;
  // Where a saved record lives cannot be changed: a save says so.
  const isMoved = !context.isNew && params[property] !== undefined && String(params[property]) !== String(value);
  if (!attribute.declared && metadata.pathNames.includes(property) && !isMoved) context.params = { ...params, [property]: value as Key };
  else if (!attribute.isHidden || metadata.hasSetter(attribute.property)) context.record[attribute.property] = copyFor(attribute, value);
  else assignHidden(context, attribute, value);
}

function assignHidden(context: RecordContext, { name }: ModelAttribute, value: unknown): void {
  const { hidden } = context.rare;
  ownRareState(context).hidden = { original: hidden?.original ?? {}, current: { ...hidden?.current, [name]: copyOf(value) } };
}

/** A copy that shares nothing, of what a record is given. What is nested too deeply to be copied is left to a save, which names it. */
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
