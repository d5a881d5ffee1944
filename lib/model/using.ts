import { foreign } from '../copies.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { bindToSession, metadataOf } from '../record/metadata-storage.js';
import type { Class } from '../schema/declaration.js';
import { runWith } from '../session/current-storage.js';
import { StoreSession } from '../session/session.js';

const made = new WeakMap<object, WeakMap<StoreSession, object>>();

/**
 * The same model on a session of its own: a stand-in through which the statics and `new` of the class work as ever. Its
 * records are records of the class itself, so that `instanceof` holds on both sides.
 */
export function onSession<C extends Class>(model: C, session: StoreSession): C {
  if (!(session instanceof StoreSession)) {
    const what = foreign(session);
    throw new ConfigurationError(`using() takes a StoreSession${what === undefined ? '.' : `; what it was given is one, and ${what}`}`);
  }
  const base = metadataOf(model).model as C;
  let perSession = made.get(base);
  if (perSession === undefined) made.set(base, (perSession = new WeakMap()));
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
