import { ConfigurationError } from '../errors/configuration-error.js';
import { headerValue } from './credentials.js';
import type { TokenFunction } from './options.js';

/**
 * Gets the access token from a function: when the first request needs it, and again after the store has refused it. Requests that
 * are refused at the same time ask once.
 */
export class AccessToken {
  readonly #ask: TokenFunction;
  readonly #adopt: (token: string) => void;
  #token: string | undefined;
  #asking: Promise<string> | undefined;

  constructor(ask: TokenFunction, adopt: (token: string) => void) {
    this.#ask = ask;
    this.#adopt = adopt;
  }

  get current(): string | undefined {
    return this.#token;
  }

  /** Gets the first token. @throws ConfigurationError if the function throws, or gives no token */
  async ready(): Promise<void> {
    if (this.#token === undefined) await this.#fetch();
  }

  /** Asks again, unless that has been done since `refused` was used, and returns whether there is another token now. */
  async renewed(refused: string | undefined): Promise<boolean> {
    if (this.#token === refused) await this.#fetch();
    return this.#token !== refused;
  }

  /** Uses a token that was not asked for. */
  replace(token: string): void {
    this.#token = token;
  }

  #fetch(): Promise<string> {
    this.#asking ??= this.#fetchOnce().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #fetchOnce(): Promise<string> {
    let token: string;
    try {
      token = await this.#ask();
    } catch (cause) {
      throw new ConfigurationError('accessToken() failed: see `cause`. The request was not carried out.', { cause });
    }
    this.#adopt(headerValue('The token returned by accessToken()', token));
    this.#token = token;
    return token;
  }
}
