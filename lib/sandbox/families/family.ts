import type { JsonObject } from '../../json-object.js';
import type { ResourceDeclaration } from '../../schema/declaration.js';
import type { Entry, Tables } from '../tables.js';

/** A change that a client asks for. */
export interface Change {
  readonly body: JsonObject;
  /** What is to be changed; `undefined` for a new row. */
  readonly entry: Entry | undefined;
  /** The keys of the parents in the path. */
  readonly parents: Readonly<Record<string, string>>;
  readonly resource: ResourceDeclaration;
  readonly tables: Tables;
}

/** A change that has been stored. */
export interface StoredChange extends Change {
  readonly entry: Entry;
}

/** Why the store refuses a change. */
export interface Refusal {
  /** Default: that for values which cannot be stored, 400 in V2 and 422 in V3. */
  readonly status?: number;
  readonly message?: string;
  /** The reason of each field that is wrong. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** The row of a response, and what it is made of. */
export interface Shown {
  /** May be added to. */
  readonly row: JsonObject;
  readonly entry: Entry;
  readonly query: Readonly<Record<string, string>>;
  readonly tables: Tables;
}

/** The rows that a request is about. */
export interface Scope {
  /** The keys of the parents in the path. */
  readonly parents: Readonly<Record<string, string>>;
  readonly tables: Tables;
}

/** The rules of one kind of resource, beyond its declaration. Each is optional. Rows that a test inserts are not subject to them. */
export interface Family {
  /** Computes the rows of a resource that follow from others, such as the assignments of products to categories. */
  derived?(scope: Scope): Entry[];
  /** Returns values that filters are about, but that rows do not have. */
  filterValues?(entry: Entry): JsonObject;
  /** Returns why a change cannot be stored; `undefined` if it can. */
  refusalOf?(change: Change): Refusal | undefined;
  /** Returns what is stored besides, or instead of, the values in the body: what the store assigns, or has in another form. */
  stored?(change: Change): JsonObject;
  /** Computes what follows from a change that was stored. */
  complete?(change: StoredChange): void;
  /** Adds to a response what follows from other rows. */
  show?(shown: Shown): void;
  /** Returns why a row cannot be deleted; `undefined` if it can. */
  refusalOfRemoval?(removal: Pick<Shown, 'entry' | 'tables'>): Refusal | undefined;
  /** Does what follows from a deletion. */
  removed?(removal: Pick<Shown, 'entry' | 'tables'>): void;
}

/** The rules of several resources, by version and path: `v2 /orders`. */
export type Families = Readonly<Record<string, Family>>;
