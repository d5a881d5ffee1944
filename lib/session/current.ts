import { AsyncLocalStorage } from 'node:async_hooks';
import { otherCopy, sharedByCopies, sharedByOtherVersions } from '../copies.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { StoreSession } from './session.js';

/** Shared by the copies of this version in a process, so that a session of one is the session of the other. */
interface Shared {
  storage: AsyncLocalStorage<StoreSession>;
  fallback: StoreSession | undefined;
}

const SESSION = 'session';
const shared = sharedByCopies<Shared>(SESSION, () => ({ storage: new AsyncLocalStorage<StoreSession>(), fallback: undefined }));

/** Returns the session of the surrounding `session.run()`, if there is one. */
export const runningSession = (): StoreSession | undefined => shared.storage.getStore();

/** Calls `work` with this session as the current one, through every `await` in it. */
export const runWith = <T>(session: StoreSession, work: () => T): T => shared.storage.run(session, work);

export const setDefaultSession = (session: StoreSession): void => void (shared.fallback = session);

/** Returns the session that a call without its own would use, if there is one. */
export const knownSession = (): StoreSession | undefined => shared.storage.getStore() ?? shared.fallback;

/**
 * Returns the session that a call without its own uses.
 *
 * @throws ConfigurationError if there is none
 */
export function currentSession(): StoreSession {
  const session = shared.storage.getStore() ?? shared.fallback;
  if (session !== undefined) return session;
  for (const { version, storage, fallback } of sharedByOtherVersions<Shared>(SESSION)) {
    if ((storage.getStore() ?? fallback) !== undefined) throw new ConfigurationError(`There is a session, and ${otherCopy(version)}`);
  }
  throw new ConfigurationError(
    'There is no session yet: call Session.configure({ storeHash, accessToken }) or Session.fromEnv() first,' +
      ' use Model.using(session), or work inside session.run(). Nothing was sent.',
  );
}
