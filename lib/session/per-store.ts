/** What is kept of a store outlives its last session by this long: a new one may follow at once. */
const KEPT_MS = 30_000;

const forgetting: ((store: string) => void)[] = [];
const sessions = new Map<string, number>();

/**
 * Keeps one object for each store in a process, however many sessions there are; made when it is first asked for, and forgotten some
 * time after the last session of the store was closed.
 */
export function perStore<T>(make: (store: string) => T): (store: string) => T {
  const all = new Map<string, T>();
  forgetting.push((store) => all.delete(store));
  return (store) => {
    let found = all.get(store);
    if (found === undefined) all.set(store, (found = make(store)));
    return found;
  };
}

/** Counts a session of a store, by 1 when it begins and by -1 when it is closed. */
export function countSession(store: string, by: 1 | -1): void {
  const count = (sessions.get(store) ?? 0) + by;
  sessions.set(store, count);
  if (count > 0) return;
  sessions.delete(store);
  setTimeout(() => {
    if (!sessions.has(store)) for (const forget of forgetting) forget(store);
  }, KEPT_MS).unref();
}
