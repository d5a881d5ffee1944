import type { StoreSession } from '../session/session.js';

/** Gives the session of each store: a `SessionRegistry` is one. */
export interface StoreSessions {
  /** Returns the session of a store, given by its hash. */
  session(store: string): StoreSession | Promise<StoreSession>;
}
