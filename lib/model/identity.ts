import { currentSession } from '../session/current.js';
import type { StoreSession } from '../session/session.js';
import { storedValue, type Tracked } from './changes.js';
import { keyOf, paramsOf } from './related.js';

/** Whether two records of one class are the same record of the same store, however they were come by. */
export function isSame(a: Tracked, b: Tracked): boolean {
  if (a.state.isNew || b.state.isNew) return false;
  const key = identityKey(a);
  return key !== undefined && key === identityKey(b) && isSameStore(sessionIfAny(a), sessionIfAny(b));
}

/** What tells a saved record from the others of its class in its store; `undefined` where that is not known. */
export function identityKey(the: Tracked): string | undefined {
  const { record, state, plan } = the;
  if (state.isNew) return undefined;
  const { resource } = plan;
  const params = paramsOf(record);
  const place = plan.pathNames.map((name) => params[name]);
  if (resource.addressing === 'single') return JSON.stringify(place.map(String));
  const key = storedValue(the, resource.key) ?? keyOf(record);
  const others = resource.identity.filter((name) => name !== resource.key).map((name) => storedValue(the, name) ?? undefined);
  if (key === undefined || key === null || (others.length > 0 && others.every((value) => value === undefined))) return undefined;
  return JSON.stringify([key, ...others, ...place].map(String));
}

function sessionIfAny({ state }: Tracked): StoreSession | undefined {
  if (state.session !== undefined) return state.session;
  try {
    return currentSession();
  } catch {
    return undefined;
  }
}

const isSameStore = (a: StoreSession | undefined, b: StoreSession | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.isSameStore(b));
