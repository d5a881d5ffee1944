import { AsyncLocalStorage } from 'node:async_hooks';
import { ArgumentError } from '../../errors/argument-error.js';
import type { StoreSession } from '../../session/session.js';

/** A function that has to be pure writes: no row can be worked. */
export class ImpureError extends ArgumentError {}

/** The name of the function that runs and must not write. */
const running = new AsyncLocalStorage<string>();
const guarded = new WeakSet<StoreSession>();

/**
 * Runs a function of a definition that must not write by itself: it is not repeated after a kill, so what it wrote would be done twice,
 * or not be undone. It may read.
 *
 * @throws ImpureError from the call that writes
 */
export function purely<T>(name: string, session: StoreSession, work: () => T): T {
  if (!guarded.has(session)) {
    guarded.add(session);
    session.use((request, next) => {
      const writer = running.getStore();
      if (writer !== undefined && request.method !== 'GET' && request.version !== undefined)
        throw new ImpureError(
          `\`${writer}\` must not write (${request.method} ${request.path}): leave out save() and the like, since the engine writes what ` +
            `\`${writer}\` has changed or returned. To write by hand, use \`batch\`. Nothing was sent.`,
        );
      return next(request);
    });
  }
  return running.run(name, work);
}
