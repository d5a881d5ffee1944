import { ArgumentError } from '../errors/argument-error.js';
import { HasManyRelation } from '../relations/has-many.js';
import { ToOneRelation } from '../relations/to-one.js';
import { copyOf } from '../schema/snapshot.js';
import { transformer } from '../schema/transformer.js';
import { toWire } from '../schema/wire.js';
import { attributeAt, type Tracked } from './changes.js';
import type { Properties } from './hydration.js';
import { tracked } from './internals.js';
import type { Plan } from './plan.js';
import { writableSlots } from './readonly.js';
import { stateIn } from './record.js';
import { registrationOf } from './registry.js';
import { relationOf } from './related.js';
import { hasNames } from './row-shape.js';
import type { Slot } from './slot.js';
import { RecordState } from './state.js';

/** What `toObject` gives besides, or leaves out. */
interface Shown {
  /** Relations to add, as far as they are loaded. */
  readonly include?: readonly string[];
  /** Without what only the store sets. */
  readonly writable?: boolean;
}

/** The attributes under the API's names, copied, and what class-transformer's decorators make of them. Dates stay dates. */
export function toObject(the: Tracked, { include = [], writable = false }: Shown): Row {
  const slots = writable ? new Set([...writableSlots(the)].map(({ property }) => property)) : undefined;
  const object = attributesOf(the, copyOf, slots);
  for (const name of include) object[name] = related(the, name, writable);
  return object;
}

type Row = Record<string, unknown>;

/**
 * What JSON.stringify is to write. It passes a key, and gets the record itself where that is its own JSON: no copy is made.
 * Matchers of jest and vitest ask without one, to print a difference: they get a copy, since they would print the record
 * itself as a circle. Copies and Proxies of a record are written too, by the rules of its class.
 */
export function toJSON(record: object, key: string | undefined): object {
  const state = stateIn(record) ?? NO_STATE;
  const { shape } = state;
  if (key !== undefined && shape?.isOwnJson === true && !state.isTooDeep && hasNames(record, shape.properties)) return record;
  const { plan } = registrationOf(record.constructor);
  const copy = key === undefined || state.isTooDeep ? copyOf : asIs;
  // V2 has a spelling of dates of its own; that of V3 is that of JSON.
  if (plan.dialect.writesJsonDates) return attributesOf({ record, state, plan }, copy);
  if (beingWritten.has(record)) throw new ArgumentError(`This ${plan.resource.name} refers to itself: it cannot be written as JSON.`);
  beingWritten.add(record);
  try {
    return attributesOf({ record, state, plan }, (value) => forJson(value, plan, copy));
  } finally {
    beingWritten.delete(record);
  }
}

/** Records whose attributes are being brought into the spelling of V2: one that meets itself on the way would never end. */
const beingWritten = new Set<object>();

const NO_STATE = new RecordState();
const asIs = (value: unknown): unknown => value;

/** The attributes under the API's names, each as `finish` makes it; `only`: of these properties, and nothing computed. */
function attributesOf({ record, state, plan }: Tracked, finish: (value: unknown) => unknown, only?: ReadonlySet<string>): Row {
  const attributes = record as Properties;
  const { shape, hidden } = state;
  let object: Row = {};
  const isOfShape = shape !== undefined && hasNames(record, shape.properties);
  if (isOfShape ? shape.isTransformed : plan.isTransformed(Object.keys(record))) object = transformed(attributes, state, plan, only);
  else
    for (const property in attributes) {
      const value = attributes[property];
      if (value === undefined || !Object.hasOwn(attributes, property)) continue;
      const slot = attributeAt(state, plan, property, value);
      if (slot !== undefined && only?.has(property) !== false) object[slot.name] = written(slot, value, record);
    }
  for (const name in object) {
    const value = object[name];
    if (typeof value === 'object' && value !== null) object[name] = finish(value);
  }
  if (hidden !== undefined)
    for (const [name, value] of Object.entries(hidden.current))
      if (value !== undefined && only?.has(name) !== false) object[name] = copyOf(value);
  return object;
}

/** A value as its cast writes it; as it is where the cast throws, which a save tells: printing a record must not fail. */
function written({ cast }: Slot, value: unknown, record: object): unknown {
  if (cast?.write === undefined || value === null) return value;
  try {
    return cast.write(value, record);
  } catch {
    return value;
  }
}

/** What class-transformer makes of the record: attributes, and what `@Expose` adds. */
function transformed(attributes: Properties, state: RecordState, plan: Plan, only?: ReadonlySet<string>): Row {
  const object: Row = {};
  const exposed = plan.exposedNames();
  const propertyOf = new Map([...exposed].map(([property, name]) => [name, property]));
  for (const [name, value] of Object.entries(transformer().instanceToPlain(attributes))) {
    const property = propertyOf.get(name) ?? name;
    if (value === undefined || plan.relations.has(property) || only?.has(property) === false) continue;
    const slot = Object.hasOwn(attributes, property) ? attributeAt(state, plan, property, attributes[property]) : undefined;
    if (slot !== undefined) {
      object[name === property ? slot.name : name] =
        plan.hasOutputTransform(property) || value === null || slot.cast?.write === undefined
          ? value
          : written(slot, attributes[property], attributes);
    } else if (exposed.has(property)) object[name] = value;
  }
  return object;
}

/** Dates in the spelling of requests; what cannot be sent is left to JSON.stringify, since printing a record must not fail. */
function forJson(value: unknown, { dialect }: Plan, copy: (value: unknown) => unknown): unknown {
  try {
    return toWire(value, dialect, '');
  } catch {
    return copy(value);
  }
}

function related(the: Tracked, property: string, writable: boolean): unknown {
  if (!the.plan.relations.has(property))
    throw new ArgumentError(
      `${the.plan.resource.name} has no relation \`${property}\`; it has ${[...the.plan.relations.keys()].join(', ') || 'none'}.`,
    );
  const relation = relationOf(the.record, property);
  if (relation instanceof HasManyRelation) return relation.loaded?.map((record) => toObject(tracked(record), { writable }));
  if (relation instanceof ToOneRelation && relation.loaded) return toObject(tracked(relation.loaded), { writable });
  return relation.loaded;
}
