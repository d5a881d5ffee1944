import type { JsonObject } from '../json-object.js';

/** A stored object: its attributes, and the keys of the parents in its path. */
export interface Entry {
  readonly key: string;
  readonly parents: Readonly<Record<string, string>>;
  readonly values: JsonObject;
}
