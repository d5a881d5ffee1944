/** Keeps one object for each store in a process, however many sessions there are; made when it is first asked for. */
export function perStore<T>(make: (store: string) => T): (store: string) => T {
  const all = new Map<string, T>();
  return (store) => {
    let found = all.get(store);
    if (found === undefined) all.set(store, (found = make(store)));
    return found;
  };
}
