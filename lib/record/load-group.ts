import { NPlusOneError } from '../errors/n-plus-one-error.js';

/**
 * Records that came in one response. What is loaded for one of them is likely to be wanted for the others, and one request can
 * often bring it for all. A group lives as long as one of its records is held.
 */
export class LoadGroup<Member> {
  readonly #findMembers: () => readonly Member[];
  #members: readonly Member[] | undefined;
  readonly #underWay = new Map<string, Promise<unknown>>();
  readonly #loadedAlone = new Map<string, number>();

  /** @param members or a function that finds them, where they are not made yet */
  constructor(members: readonly Member[] | (() => readonly Member[])) {
    this.#findMembers = typeof members === 'function' ? members : () => members;
  }

  get members(): readonly Member[] {
    this.#members ??= this.#findMembers();
    return this.#members;
  }

  /** Does something once for all, however many ask at the same time. A failure is forgotten: the next one to ask tries again. */
  once<T>(what: string, load: () => Promise<T>): Promise<T> {
    const known = this.#underWay.get(what) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const loading = load();
    this.#underWay.set(what, loading);
    loading.then(undefined, () => this.#underWay.delete(what));
    return loading;
  }

  /** Forgets what was done, so that it can be done again. */
  forget(what: string): void {
    this.#underWay.delete(what);
  }

  /** Counts a relation that is loaded by itself. @throws NPlusOneError for the second one */
  assertFirst(model: string, property: string): void {
    const times = (this.#loadedAlone.get(property) ?? 0) + 1;
    this.#loadedAlone.set(property, times);
    if (times > 1) throw new NPlusOneError(model, property, this.members.length);
  }
}

/** Makes records that came in one response known to each other. */
export function group<Member extends { group: LoadGroup<Member> | undefined }>(members: readonly Member[]): void {
  if (members.length < 2) return;
  const together = new LoadGroup<Member>(members);
  for (const member of members) member.group = together;
}
