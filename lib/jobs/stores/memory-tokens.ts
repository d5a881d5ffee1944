import { inspect } from 'node:util';
import { checkedCredentials, checkedHash } from './stored-tokens.js';
import type { StoreCredentials, TokenStore } from './token-store.js';

/** Keeps credentials in a private field. */
class MemoryTokens implements TokenStore {
  readonly #credentials = new Map<string, StoreCredentials>();

  async get(storeHash: string): Promise<StoreCredentials | undefined> {
    return this.#credentials.get(checkedHash(storeHash));
  }

  async put(credentials: StoreCredentials): Promise<void> {
    const checked = checkedCredentials(credentials);
    this.#credentials.set(checked.storeHash, checked);
  }

  async remove(storeHash: string): Promise<boolean> {
    return this.#credentials.delete(checkedHash(storeHash));
  }

  async *all(): AsyncIterable<string> {
    yield* this.#credentials.keys();
  }

  toJSON(): object {
    return {};
  }

  [inspect.custom](): string {
    return `memoryTokenStore { stores: ${this.#credentials.size} }`;
  }
}

/**
 * Keeps the credentials of stores in the memory of the process: for tests, and for a few stores whose tokens are in the environment.
 *
 * @throws ConfigurationError for credentials that are none
 * @example
 * const stores = new SessionRegistry({ tokens: memoryTokenStore() });
 * await stores.put({ storeHash: 'abc123', accessToken: '…' });
 */
export function memoryTokenStore(): TokenStore {
  return new MemoryTokens();
}
