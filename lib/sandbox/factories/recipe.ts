import type { JsonObject } from '../../json-object.js';
import type { ModelClass } from '../../model/model.js';
import type { Key } from '../../transport/path.js';
import type { Params } from '../resource-rows.js';

/** What a recipe may use. */
export interface Draft {
  /** Which record of its kind this is: 1, 2, … */
  readonly n: number;
  /** The keys of the parents in the path. */
  readonly parents: Params;
  /** Returns the key of a row: the first one of the store, or a new one if there is none. */
  some(model: ModelClass): Key;
  /** Returns the key of a new row. */
  fresh(model: ModelClass): Key;
  /** Returns the values of the rows of a model, below parents. */
  rows(model: ModelClass, parents?: Params): readonly JsonObject[];
  /** Seconds since 1970, so many from now. */
  secondsFromNow(seconds: number): number;
}

/** The least attributes with which the store accepts a new record. A function is called if a test does not give the attribute. */
export type Recipe = (draft: Draft) => Readonly<Record<string, unknown>>;

/** The recipes of several resources, by version and path: `v3 /catalog/products`. */
export type Recipes = Readonly<Record<string, Recipe>>;
