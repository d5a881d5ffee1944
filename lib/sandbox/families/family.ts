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
  /** How many rows of the same request go before this one. */
  readonly place?: number;
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
  /** The address of the store, for links. */
  readonly root: string;
  readonly tables: Tables;
}

/** A row that a filter may select, and the value of the filter. */
export interface Candidate {
  readonly entry: Entry;
  readonly expected: string;
  readonly tables: Tables;
}

/** A deletion that a client asks for. */
export interface Removal extends Pick<Shown, 'entry' | 'tables'> {
  /** Whether the row is one of all that a filter matches. */
  readonly isByFilter: boolean;
}

/** The rows that a request is about. */
export interface Scope {
  /** The keys of the parents in the path. */
  readonly parents: Readonly<Record<string, string>>;
  readonly tables: Tables;
}

/** The rules of one kind of resource, beyond its declaration. Each is optional. Rows that a test inserts are not subject to them. */
export interface Family {
  /** What a singleton has before anybody changes it. */
  readonly initial?: JsonObject;
  /** What it has in a scope, such as that of one channel, unless it is set there; otherwise null. */
  readonly inScope?: JsonObject;
  /** Filters of a list that are about something else than an attribute. */
  readonly filters?: Readonly<Record<string, (candidate: Candidate) => boolean>>;
  /** The order of a list for which the client asks none. */
  order?(a: Entry, b: Entry): number;
  /** Returns the row that one of a batch means, although it does not name its key. */
  identified?(asked: Pick<Change, 'body' | 'tables'>): Entry | undefined;
  /**
   * The attribute that identifies a row, if another resource has the same rows under another key: V3 numbers its videos, V2 identifies
   * them by their keys on YouTube. Rows where it is `null` do not belong to the resource.
   */
  readonly keyedBy?: string;
  /** Whether the body of a change may have the key that is in its path. V2 refuses keys otherwise. */
  readonly repeatsKey?: boolean;
  /** Returns the attributes that identify a row of a batch, such as the variant of a price that is given by its SKU. */
  identity?(row: JsonObject, tables: Tables): JsonObject;
  /** Computes the rows of a resource that follow from others, such as the assignments of products to categories. */
  derived?(scope: Scope): Entry[];
  /** Returns the required attributes that a new row may be without, such as the weight of a download. */
  optional?(change: Change): readonly string[];
  /** Returns values that filters are about, but that rows do not have. */
  filterValues?(entry: Entry): JsonObject;
  /** Whether lists have a row, however it fits the filters. Default: yes. */
  isListed?(entry: Entry, query: Readonly<Record<string, string>>): boolean;
  /** Whether a list below a parent that does not exist is empty. Default: it is not found. */
  readonly listsBelowNothing?: boolean;
  /** Whether the response to a batch has the pagination of a list. */
  readonly paginatesBatches?: boolean;
  /** Parameters among the filters that say what is shown, and select nothing. */
  readonly display?: readonly string[];
  /** Whether a singleton may have no value at all. The response is then 204. */
  readonly mayBeAbsent?: boolean;
  /** Returns why a change cannot be stored; `undefined` if it can. */
  refusalOf?(change: Change): Refusal | undefined;
  /** Returns what is stored besides, or instead of, the values in the body: what the store assigns, or has in another form. */
  stored?(change: Change): JsonObject;
  /** Computes what follows from a change that was stored. */
  complete?(change: StoredChange): void;
  /** Adds to a response what follows from other rows. */
  show?(shown: Shown): void;
  /** Returns why a row cannot be deleted; `undefined` if it can. */
  refusalOfRemoval?(removal: Removal): Refusal | undefined;
  /** Returns what a row is changed to where a deletion does not delete it. */
  archived?(removal: Pick<Shown, 'entry' | 'tables'>): JsonObject;
  /** Returns the keys of parents that a row is below although its path does not have them: the customer of a V3 address. */
  parentsOf?(body: JsonObject): Readonly<Record<string, string>>;
  /** Whether the store leaves a row of an array alone without refusing it: the response does not have it. */
  isIgnored?(change: Change): boolean;
  /** Returns what the response to a change includes besides what the query asks for. */
  included?(body: JsonObject): readonly string[];
  /** Whether what is below a row outlives it. */
  keepsBelow?(removal: Pick<Shown, 'entry' | 'tables'>): boolean;
  /** Does what follows from a deletion. */
  removed?(removal: Pick<Shown, 'entry' | 'tables'>): void;
}

/** The rules of several resources, by version and path: `v2 /orders`. */
export type Families = Readonly<Record<string, Family>>;

/** Returns all rules of several files. Two files must not have rules of the same resource: those of one would not apply. */
export function allFamilies(...files: readonly Families[]): Families {
  const all: Record<string, Family> = {};
  for (const [name, family] of files.flatMap(Object.entries<Family>)) {
    if (all[name] !== undefined) throw new Error(`Two files have rules of ${name}.`);
    all[name] = family;
  }
  return all;
}
