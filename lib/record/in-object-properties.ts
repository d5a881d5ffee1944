/**
 * What leans on the heuristics of V8, and on nothing else: without it all works, and costs more memory.
 *
 * V8 gives the objects of a class as many slots as the text of its constructors assigns, and gives back after the first eight
 * objects what none of these used. Attributes are not in the text of any constructor: they would lie outside of the object,
 * first in an array of their own, then in a dictionary, which takes twice to four times the memory and has no hidden class that
 * compiled code could count on. So {@link InObjectProperties} holds the text of 130 assignments that never run, and {@link reserveInObjectProperties}
 * makes eight objects as wide as the records will be. `spec/model/cost.spec.ts` notices when V8 does otherwise.
 */
/** A short name, since it is written so often below. */
const R = Symbol('room');

/** The eight objects, one of them to spare, after which V8 fixes the size of the objects of a class. */
const FIRST_OBJECTS = 8;

/** Names beyond those known, for which there is room in the object. */
const SPARE = 2;

/** As many attributes as objects have room for: the assignments below. */
export const MAX_IN_OBJECT = 130;

/** The base of all records, for the room that it gives them. */
export class InObjectProperties {
  declare private readonly [R]: never;

  constructor() {
    // Counted by the parser, run by nobody: `new.target` is always there. (A constant would be folded away by bundlers.)
    // biome-ignore format: ten a line
    if (new.target === undefined) {
      const none = undefined as never;
      this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = none;
      this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = none;
      this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = none;
      this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = none;
      this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = none;
      this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = none;
      this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = none;
      this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = none;
      this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = none;
      this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = none;
      this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = none;
      this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = none;
      this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = this[R] = none;
    }
  }
}

/** Makes V8 give all objects of a class room for so many properties. To be called before the first one is made. */
export function reserveInObjectProperties(make: () => object, properties: number): void {
  const names = Array.from({ length: Math.min(properties, MAX_IN_OBJECT) + SPARE }, (_, at) => `room_${at}`);
  for (let made = 0; made < FIRST_OBJECTS; made++) exemplar(make, names);
}

/**
 * An object with these properties, in this order. Kept, it keeps their hidden class alive: V8 forgets one that a full
 * collection finds no object of, and throws away the compiled code that counts on it; a job that keeps no record from one page
 * to the next would begin slowly after each. `null` first: a property that began as a number would change its kind later.
 */
export function exemplar(make: () => object, properties: Iterable<string>): object {
  const object = make() as Record<string, unknown>;
  for (const name of properties) object[name] = null;
  return object;
}
