import { ConfigurationError } from '../../errors/configuration-error.js';
import { Session } from '../../model/session.js';
import type { SessionOptions } from '../../session/options.js';
import type { StoreCredentials, TokenStore } from './token-store.js';

/** A store that refuses its token so many times in a row, without another token to be had, was uninstalled. */
const MOST_REFUSALS = 3;

/** Options of the sessions of a registry: those of a session, without credentials. */
export type SharedOptions = Omit<SessionOptions, 'storeHash' | 'accessToken' | 'clientId' | 'host' | 'basicAuth'>;

/** What a registered session needs besides its credentials. */
export interface Registration {
  readonly tokens: TokenStore;
  readonly options: SharedOptions;
  /** Called when the store keeps refusing the token. */
  onRefused(accessToken: string): void;
}

/**
 * Creates the session of a store. Its token comes from the token store: the one that is given at first, and again when the store refuses
 * it, since another process may have put a new one.
 */
export function registeredSession(credentials: StoreCredentials, { tokens, options, onRefused }: Registration): Session {
  const { storeHash, accessToken, clientId, baseUrl = options.baseUrl } = credentials;
  let last: string | undefined;
  let refusals = 0;
  const token = async (): Promise<string> => {
    if (last === undefined) {
      last = accessToken;
      return last;
    }
    const now = await tokens.get(storeHash);
    if (now === undefined) {
      onRefused(last);
      throw new ConfigurationError(`The store ${storeHash} refuses its token, and the token store knows it no more: it was removed.`);
    }
    refusals = now.accessToken === last ? refusals + 1 : 0;
    last = now.accessToken;
    if (refusals >= MOST_REFUSALS) onRefused(last);
    return last;
  };
  const session = new Session({ ...options, storeHash, accessToken: token, clientId, baseUrl });
  session.on('response', ({ status }) => {
    if (status < 400) refusals = 0;
  });
  return session;
}
