import { agreesWith } from '../../record/agreement.js';
import type { Key } from '../../transport/path.js';
import { failureOf, type NewFailure } from './failure.js';
import type { IntentRow, RecordBefore } from './intent.js';
import type { Written } from './writer.js';

/** What has become of the rows of a batch of creates so far, by their places in it. */
export class CreateBatch {
  readonly rows: readonly IntentRow[];
  /** The places of the rows that are not done. */
  readonly open: Set<number>;
  /** The places of rows that may have been created, since the responses were lost. */
  readonly unclear = new Set<number>();
  requests = 0;
  readonly #attempt: number;
  readonly #failures: NewFailure[] = [];
  readonly #not: number[] = [];
  readonly #ids: (Key | null)[];
  readonly #was: Record<number, RecordBefore> = {};
  readonly #unsure: number[] = [];
  readonly #refused = new Set<number>();
  #found = 0;

  constructor(rows: readonly IntentRow[], attempt: number) {
    this.rows = rows;
    this.open = new Set(rows.keys());
    this.#ids = rows.map(() => null);
    this.#attempt = attempt;
  }

  succeed(place: number, id: Key | null, isFound: boolean): void {
    this.open.delete(place);
    this.#ids[place] = id;
    if (isFound) this.#found++;
  }

  /**
   * Takes a record as done that was found with the same values. A revert deletes it only if the run has created it.
   *
   * @param mayBeOurs whether the batch was begun by a process that was killed
   * @param mayBeOlder whether a record that was there before the run is no reason to fail
   */
  adopt(place: number, id: Key | null, { mayBeOurs, mayBeOlder }: { mayBeOurs: boolean; mayBeOlder: boolean }): void {
    const isOurs = this.unclear.has(place);
    this.succeed(place, isOurs || mayBeOurs ? id : null, true);
    if (!isOurs && mayBeOurs && mayBeOlder) this.#unsure.push(place);
  }

  /** Takes a record as done that was updated, and keeps how it was. */
  update(place: number, { k, a = {}, b = {} }: IntentRow): void {
    const changed = Object.entries(b).filter(([name, value]) => !agreesWith({ [name]: a[name] }, { [name]: value }));
    this.#was[place] = { k, b: Object.fromEntries(changed) };
    this.succeed(place, null, false);
  }

  fail(place: number, error: unknown, stage: NewFailure['stage']): void {
    const row = this.rows[place];
    if (row !== undefined) this.failAs(place, failureOf(error, { key: row.k, row: { ...row.a }, stage, attempt: this.#attempt }));
  }

  failAs(place: number, failure: NewFailure | undefined): void {
    this.open.delete(place);
    this.#not.push(place);
    if (failure !== undefined) this.#failures.push({ ...failure, key: this.rows[place]?.k ?? failure.key });
  }

  /** Whether the store refuses this row for the first time. */
  isFirstRefusal(place: number): boolean {
    const isFirst = !this.#refused.has(place);
    this.#refused.add(place);
    return isFirst;
  }

  written(): Written {
    const was = Object.keys(this.#was).length > 0 ? this.#was : undefined;
    const unsure = this.#unsure.length > 0 ? this.#unsure : undefined;
    const applied = { not: this.#not, ids: this.#ids, was, unsure };
    return { failures: this.#failures, found: this.#found, requests: this.requests, applied };
  }
}
