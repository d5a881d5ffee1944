import type { JsonObject } from '../../json-object.js';
import type { Entry, Tables } from '../tables.js';

/** A change that a client asks for. */
export interface Change {
  readonly body: JsonObject;
  /** What is to be changed; `undefined` for a new row. */
  readonly entry: Entry | undefined;
  readonly tables: Tables;
}

/** The rules of one kind of resource, beyond its declaration. */
export interface Family {
  /** Returns why a change cannot be stored, by field; empty if it can. */
  refusalOf(change: Change): Readonly<Record<string, string>>;
  /** Computes what follows from a change that was stored. */
  complete(change: Change & { readonly entry: Entry }): void;
}
