import { BigRecordError } from '../errors/bigrecord-error.js';
import type { Row } from '../query/scope.js';
import { copyJson } from '../schema/wire.js';
import type { Slot } from './slot.js';

/**
 * The attributes of one record: what the store last said, and over it what the program has set. The accessors of the model
 * read and write here, so that loading a record costs nothing but to keep its row, and an untouched one is known as such.
 */
export class Values {
  /** What the store last said, under the API's names; `null` for a new record. Never handed out. */
  said: Row | null = null;
  /** What the program has set, by the API's names. */
  set: Map<string, unknown> | undefined = undefined;
  /** Nested and converted values of the store's that the program was handed: copies, which it may change in place. */
  #handed: Map<string, unknown> | undefined;

  read(slot: Slot): unknown {
    const { name } = slot;
    if (this.set?.has(name)) return this.set.get(name);
    const said = this.said?.[name];
    if (said === undefined || typeof said === 'function') return undefined; // JSON has no functions: these are of a prototype
    if (slot.cast === undefined && (typeof said !== 'object' || said === null)) return said;
    return this.#hand(slot, said);
  }

  write({ name }: Slot, value: unknown): void {
    (this.set ??= new Map()).set(name, value);
    this.#handed?.delete(name);
  }

  /** Names of the attributes that may differ from what the store said. */
  *touched(): Generator<string> {
    if (this.set !== undefined) yield* this.set.keys();
    if (this.#handed !== undefined) yield* this.#handed.keys();
  }

  get isTouched(): boolean {
    return this.set !== undefined || this.#handed !== undefined;
  }

  /** Keeps a value that is what the store said, in the hands of the program. */
  settle(name: string): void {
    const value = this.set?.get(name);
    if (!this.set?.delete(name)) return;
    if (this.set.size === 0) this.set = undefined;
    if (typeof value === 'object' && value !== null) (this.#handed ??= new Map()).set(name, value);
  }

  /** Goes back to what the store said of one attribute. */
  forget(name: string): void {
    if (this.set?.delete(name) && this.set.size === 0) this.set = undefined;
    if (this.#handed?.delete(name) && this.#handed.size === 0) this.#handed = undefined;
  }

  /** Begins anew with a row, which must belong to the record alone. */
  begin(row: Row): void {
    this.said = row;
    this.set = undefined;
    this.#handed = undefined;
  }

  #hand(slot: Slot, said: unknown): unknown {
    const known = this.#handed?.get(slot.name);
    if (known !== undefined) return known;
    const value = slot.cast === undefined ? copyJson(said) : slot.cast.read(copyJson(said));
    if (typeof value === 'object' && value !== null) (this.#handed ??= new Map()).set(slot.name, value);
    return value;
  }
}

const VALUES = Symbol('bigrecord.values');

/** An own property, so that two records are the same for whoever compares objects when their attributes are. */
export function giveValues(record: object): Values {
  const values = new Values();
  (record as { [VALUES]?: Values })[VALUES] = values;
  return values;
}

const valuesAt = (record: object): Values | undefined => (record as { [VALUES]?: Values })[VALUES];

const accessors = new WeakSet<() => unknown>();

/** Whether a name leads to something else than an attribute: a method, or an accessor of the program's own. */
export function isTaken(prototype: object, name: string): boolean {
  for (let at: object | null = prototype; at !== null; at = Object.getPrototypeOf(at)) {
    const found = Object.getOwnPropertyDescriptor(at, name);
    if (found !== undefined) return found.get === undefined || !accessors.has(found.get);
  }
  return false;
}

/** Makes an attribute a property of all records of a class. What the class has of this name already stays. */
export function defineAccessor(prototype: object, slot: Slot): void {
  if (isTaken(prototype, slot.property)) return;
  function get(this: object): unknown {
    return valuesAt(this)?.read(slot);
  }
  accessors.add(get);
  Object.defineProperty(prototype, slot.property, {
    configurable: true,
    enumerable: true,
    get,
    set(this: object, value: unknown) {
      const values = valuesAt(this);
      if (values === undefined) throw new BigRecordError(`\`${slot.property}\` is an attribute: it can be set on a record only.`);
      values.write(slot, value);
    },
  });
}
