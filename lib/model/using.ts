import { fromOtherCopy } from '../copies.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { bindToSession, metadataOf } from '../record/metadata-storage.js';
import type { Class } from '../schema/declaration.js';
import { runWith } from '../session/current-storage.js';
import { StoreSession } from '../session/session.js';

const standIns = new WeakMap<object, WeakMap<StoreSession, object>>();

/**
 * Returns the model bound to a session: a stand-in through which the statics and `new` of the class work as usual. Its records are
 * instances of the class itself, so `instanceof` works for both.
 */
export function onSession<C extends Class>(model: C, session: StoreSession): C {
  if (!(session instanceof StoreSession)) {
    const what = fromOtherCopy(session);
    throw new ConfigurationError(`using() takes a StoreSession${what === undefined ? '.' : `; it got one, but ${what}`}`);
  }
  const base = metadataOf(model).model as C;
  let perSession = standIns.get(base);
  if (perSession === undefined) standIns.set(base, (perSession = new WeakMap()));
  const known = perSession.get(session) as C | undefined;
  if (known !== undefined) return known;
  const standIn: C = new Proxy(base, {
    construct: (target, args, newTarget) =>
      runWith(session, () => Reflect.construct(target, args, newTarget === standIn ? target : newTarget) as object),
  });
  bindToSession(standIn, base, session);
  perSession.set(session, standIn);
  return standIn;
}
