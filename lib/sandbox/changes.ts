import type { JsonObject } from '../json-object.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import type { Entry } from './entry.js';

/** A change that a client has made to a row. */
export interface StoreChange {
  readonly action: 'created' | 'updated' | 'deleted';
  readonly resource: ResourceDeclaration;
  readonly entry: Entry;
  /** The values before an update. */
  readonly before?: JsonObject;
  /** For settings: whose they are, such as those of one channel. */
  readonly scope?: Readonly<Record<string, string>>;
}

type Listener = (change: StoreChange) => void;

/** Tells whoever wants to know what clients have changed, such as the sender of webhooks. */
export class Changes {
  readonly #listeners: Listener[] = [];

  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  emit(change: StoreChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
