import { COPY, fromOtherCopy, THIS_COPY } from '../copies.js';
import { giveStack } from './call-site.js';

/** The base class of all errors that this library throws: `catch (error) { if (error instanceof BigRecordError) … }`. */
export class BigRecordError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    giveStack(this);
  }

  /** @internal */
  get [COPY](): typeof THIS_COPY {
    return THIS_COPY;
  }

  /**
   * Makes `instanceof` work for the errors of other copies of this package in the process too, by the names of their classes: a
   * session that one bundle has configured may throw its errors in the code of another.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (super[Symbol.hasInstance](value)) return true;
    return fromOtherCopy(value) !== undefined && lineage(value).includes(this.name);
  }
}

function lineage(error: unknown): string[] {
  const names: string[] = [];
  for (let at: object | null = Object.getPrototypeOf(error); at !== null; at = Object.getPrototypeOf(at)) {
    const { name } = at.constructor;
    names.push(name);
    if (name === 'BigRecordError') return names;
  }
  return [];
}
