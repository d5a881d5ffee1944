/** How to reach one store: what the OAuth callback of an app gives, and `sandbox.credentials`. */
export interface StoreCredentials {
  /** The store's hash, as in `api.bigcommerce.com/stores/{hash}`. */
  readonly storeHash: string;
  readonly accessToken: string;
  /** OAuth client id; the platform no longer requires it. */
  readonly clientId?: string | undefined;
  /** Replaces `https://api.bigcommerce.com`: the sandbox, a proxy. */
  readonly baseUrl?: string | undefined;
}

/**
 * Keeps the credentials of stores: {@link memoryTokenStore}, {@link fileTokenStore}, {@link redisTokenStore}, {@link kyselyTokenStore},
 * or your own. Made for thousands of stores: one is read when it is asked for, and all are walked one after another.
 */
export interface TokenStore {
  /** Returns the credentials of a store; `undefined` if there are none. */
  get(storeHash: string): Promise<StoreCredentials | undefined>;
  /** Keeps the credentials of a store, in place of any that there were. */
  put(credentials: StoreCredentials): Promise<void>;
  /** Forgets a store. Returns whether it was known. */
  remove(storeHash: string): Promise<boolean>;
  /** Walks the hashes of all stores, in no particular order, without their tokens. A store that comes meanwhile may be left out. */
  all(): AsyncIterable<string>;
}
