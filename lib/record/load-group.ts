import { NPlusOneError } from '../errors/n-plus-one-error.js';

/**
 * Records that came in one response. A relation that is loaded for one of them is likely to be needed for the others, and one
 * request can often load it for all. A group lives as long as one of its records.
 */
export class LoadGroup<Member> {
  readonly #findMembers: () => readonly Member[];
  #members: readonly Member[] | undefined;
  readonly #loads = new Map<string, Promise<unknown>>();
  readonly #loadedAlone = new Map<string, number>();

  /** @param members or a function that returns them, if they do not exist yet */
  constructor(members: readonly Member[] | (() => readonly Member[])) {
    this.#findMembers = typeof members === 'function' ? members : () => members;
  }

  get members(): readonly Member[] {
    this.#members ??= this.#findMembers();
    return this.#members;
  }

  /** Shares one load among all callers. A failed load is forgotten: the next caller tries again. */
  once<T>(name: string, load: () => Promise<T>): Promise<T> {
    const known = this.#loads.get(name) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const loading = load();
    this.#loads.set(name, loading);
    loading.then(undefined, () => this.#loads.delete(name));
    return loading;
  }

  /** Forgets a load, so that it can run again. */
  forget(name: string): void {
    this.#loads.delete(name);
  }

  /** Counts a relation that is loaded for a single record. @throws NPlusOneError for the second one */
  assertFirst(model: string, property: string): void {
    const times = (this.#loadedAlone.get(property) ?? 0) + 1;
    this.#loadedAlone.set(property, times);
    if (times > 1) throw new NPlusOneError(model, property, this.members.length);
  }
}

/** Puts records that came in one response into a group. */
export function group<Member extends { group: LoadGroup<Member> | undefined }>(members: readonly Member[]): void {
  if (members.length < 2) return;
  const together = new LoadGroup<Member>(members);
  for (const member of members) member.group = together;
}
