import { ConfigurationError } from '../errors/configuration-error.js';
import { headerValue } from './credentials.js';
import type { TokenFunction } from './options.js';

/**
 * The token of a function: asked for when the first request needs it, kept, and asked for again when the store has refused it.
 * Requests that are refused at once ask once.
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

  /** @throws ConfigurationError where the function throws, or gives no token */
  async ready(): Promise<void> {
    if (this.#token === undefined) await this.#fetch();
  }

  /** Asks again, unless that has been done since `refused` was used; whether there is another token now. */
  async renewed(refused: string | undefined): Promise<boolean> {
    if (this.#token === refused) await this.#fetch();
    return this.#token !== refused;
  }

  /** Takes a token that was not asked for. */
  replace(token: string): void {
    this.#token = token;
  }

  #fetch(): Promise<string> {
    this.#asking ??= this.#asked().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #asked(): Promise<string> {
    let token: string;
    try {
      token = await this.#ask();
    } catch (cause) {
      throw new ConfigurationError('accessToken is a function, and it failed: see `cause`. The request was not carried out.', { cause });
    }
    this.#adopt(headerValue('The token that accessToken() gives', token));
    this.#token = token;
    return token;
  }
}
