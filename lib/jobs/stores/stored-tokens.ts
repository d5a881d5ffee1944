import { inspect } from 'node:util';
import { ConfigurationError } from '../../errors/configuration-error.js';
import { asJsonObject } from '../../json-object.js';
import { endpointOf } from '../../session/credentials.js';
import { TokenCipher, type TokenKeyOptions } from './token-cipher.js';
import type { StoreCredentials, TokenStore } from './token-store.js';

/** Texts by the hash of a store: a file, a table, a hash in Redis. */
export interface TextRows {
  read(storeHash: string): Promise<string | undefined>;
  write(storeHash: string, text: string): Promise<void>;
  /** Returns whether there was one. */
  delete(storeHash: string): Promise<boolean>;
  hashes(): AsyncIterable<string>;
}

/** Keeps credentials encrypted, wherever the texts are. */
export class StoredTokens implements TokenStore {
  readonly #rows: TextRows;
  readonly #cipher: TokenCipher;
  readonly #name: string;

  constructor(name: string, rows: TextRows, keys: TokenKeyOptions) {
    this.#name = name;
    this.#rows = rows;
    this.#cipher = new TokenCipher(keys);
  }

  /** Decrypts the credentials of a store. One that was encrypted with an old key is written again with the new one. */
  async get(storeHash: string): Promise<StoreCredentials | undefined> {
    const sealed = await this.#rows.read(checkedHash(storeHash));
    if (sealed === undefined) return undefined;
    const { text, isOutdated } = this.#cipher.open(storeHash, sealed);
    const credentials = credentialsIn(storeHash, text);
    if (isOutdated) await this.put(credentials);
    return credentials;
  }

  async put(credentials: StoreCredentials): Promise<void> {
    const { storeHash, ...rest } = checkedCredentials(credentials);
    await this.#rows.write(storeHash, this.#cipher.seal(storeHash, JSON.stringify(rest)));
  }

  async remove(storeHash: string): Promise<boolean> {
    return this.#rows.delete(checkedHash(storeHash));
  }

  all(): AsyncIterable<string> {
    return this.#rows.hashes();
  }

  toJSON(): object {
    return {};
  }

  [inspect.custom](): string {
    return `${this.#name} {}`;
  }
}

/** Returns the parts of credentials that are kept. @throws ConfigurationError that names what is missing or wrong, never its value */
export function checkedCredentials(given: StoreCredentials): StoreCredentials {
  if (typeof given !== 'object' || given === null)
    throw new ConfigurationError('The credentials of a store are an object: { storeHash, accessToken }.');
  const { storeHash, accessToken, clientId, baseUrl } = given;
  if (typeof accessToken !== 'string') throw new ConfigurationError('accessToken must be the string that the store has given to the app.');
  const credentials = {
    storeHash,
    accessToken,
    ...(clientId === undefined ? {} : { clientId }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
  };
  endpointOf(credentials);
  return credentials;
}

/** @throws ConfigurationError for what is no hash of a store */
export function checkedHash(storeHash: string): string {
  if (typeof storeHash === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(storeHash)) return storeHash;
  throw new ConfigurationError('A store is named by its bare hash: letters and digits, no slash, space or address.');
}

function credentialsIn(storeHash: string, text: string): StoreCredentials {
  const { accessToken, clientId, baseUrl } = asJsonObject(JSON.parse(text));
  if (typeof accessToken !== 'string')
    throw new ConfigurationError(`What is kept of the store ${storeHash} has no token. Put its credentials again.`);
  return {
    storeHash,
    accessToken,
    ...(typeof clientId === 'string' ? { clientId } : {}),
    ...(typeof baseUrl === 'string' ? { baseUrl } : {}),
  };
}
