import { otherCopy, sharedByOtherVersions } from '../copies.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { CURRENT_SESSION, type CurrentStorage, currentStorage } from './current-storage.js';
import type { StoreSession } from './session.js';

const current = currentStorage<StoreSession>();

/** Returns the session of the surrounding `session.run()`, if there is one. */
export const runningSession = (): StoreSession | undefined => current.storage.getStore();

export const setDefaultSession = (session: StoreSession): void => void (current.fallback = session);

/** Returns the session that a call without its own would use, if there is one. */
export const knownSession = (): StoreSession | undefined => current.storage.getStore() ?? current.fallback;

/**
 * Returns the session that a call without its own uses.
 *
 * @throws ConfigurationError if there is none
 */
export function currentSession(): StoreSession {
  const session = current.storage.getStore() ?? current.fallback;
  if (session !== undefined) return session;
  for (const { version, storage, fallback } of sharedByOtherVersions<CurrentStorage<StoreSession>>(CURRENT_SESSION)) {
    if ((storage.getStore() ?? fallback) !== undefined) throw new ConfigurationError(`There is a session, and ${otherCopy(version)}`);
  }
  throw new ConfigurationError(
    'There is no session yet: call Session.configure({ storeHash, accessToken }) or Session.fromEnv() first,' +
      ' use Model.using(session), or work inside session.run(). Nothing was sent.',
  );
}
