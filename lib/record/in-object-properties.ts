/**
 * An optimization for V8. Nothing depends on it: without it, records take more memory.
 *
 * V8 gives the objects of a class one slot per assignment in the source of its constructor and of the functions that this inherits
 * from. After the first eight objects it removes the slots that none of them used. No constructor assigns attributes in its source, so
 * they would be stored outside the object: first in an array, then in a dictionary, which takes two to four times the memory and has
 * no hidden class for compiled code to rely on. So {@link InObjectProperties} inherits from functions with 130 assignments that never
 * run, and {@link reserveInObjectProperties} creates eight objects with as many properties as the records will have.
 * `spec/model/cost.spec.ts` fails if V8 changes.
 */

/** How many functions are inherited from; each has ten assignments. */
const LAYERS = 13;

/** A short name, because it is repeated below. */
const R = Symbol('room');

/** V8 fixes the size of the objects of a class after this many; one of them is to spare. */
const FIRST_OBJECTS = 8;

/** Slots beyond the known properties. */
const SPARE = 2;

/** The maximum number of properties in the object: ten for each layer. */
export const MAX_IN_OBJECT = 10 * LAYERS;

/** Returns a new function with ten assignments in its source. A method has no `prototype`, so it is no ancestor of a class to anybody but V8. */
const layer = (): object =>
  ({
    assign(this: Record<symbol, unknown>) {
      this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = undefined;
    },
  }).assign;

/** The base of all records: reserves slots for their properties. */
export class InObjectProperties {
  static {
    let at: object = InObjectProperties;
    for (let count = 0; count < LAYERS; count++) {
      const next = layer();
      Object.setPrototypeOf(at, next);
      at = next;
    }
  }
}

/** Makes V8 reserve slots for this many properties in all objects of a class. Call it before the first object is created. */
export function reserveInObjectProperties(make: () => object, properties: number): void {
  const names = Array.from({ length: Math.min(properties, MAX_IN_OBJECT) + SPARE }, (_, at) => `room_${at}`);
  for (let made = 0; made < FIRST_OBJECTS; made++) exemplar(make, names);
}

/**
 * Creates an object with these properties, in this order. While it is referenced, their hidden class stays alive. V8 drops a hidden
 * class without objects at a full garbage collection, together with the compiled code for it: a job that keeps no record from one page
 * to the next would start slowly after each. The values are `null`, because a property that starts as a number would change its type later.
 */
export function exemplar(make: () => object, properties: Iterable<string>): object {
  const object = make() as Record<string, unknown>;
  for (const name of properties) object[name] = null;
  return object;
}
