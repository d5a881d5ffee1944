import { AsyncLocalStorage } from 'node:async_hooks';
import { sharedByCopies } from '../copies.js';

/** Where the current session is kept. `Session` is the type of sessions, which are defined further up. */
export interface CurrentStorage<Session extends object> {
  /** The session of the surrounding `session.run()`. */
  readonly storage: AsyncLocalStorage<Session>;
  /** The default session. */
  fallback: Session | undefined;
}

export const CURRENT_SESSION = 'session';

/** Shared by the copies of this version in a process, so that a session of one is the session of the other. */
const shared = sharedByCopies<CurrentStorage<object>>(CURRENT_SESSION, () => ({ storage: new AsyncLocalStorage(), fallback: undefined }));

/** The storage, for those who know which sessions are in it. */
export const currentStorage = <Session extends object>(): CurrentStorage<Session> => shared as CurrentStorage<Session>;

/** Calls `work` with this session as the current one, through every `await` in it. */
export const runWith = <T>(session: object, work: () => T): T => shared.storage.run(session, work);
