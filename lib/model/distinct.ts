import { ArgumentError } from '../errors/argument-error.js';
import { KeySet } from '../query/key-set.js';
import type { StoreSession } from '../session/session.js';
import { storedValue, type Tracked } from './changes.js';
import { identityKey } from './identity.js';
import { tracked } from './internals.js';
import { sessionOfRecord } from './saving.js';
import { assertNoDeadlock } from './turns.js';

/** Tells of records as they come whether another object stands for the same record of the store. It holds no records. */
export class DistinctRecords {
  readonly #records = new WeakSet<object>();
  readonly #keys = new Map<StoreSession, Map<object, KeySet>>();

  /** Why a record cannot be written with those before it; `undefined`: it can. */
  refusalOf(the: Tracked): ArgumentError | undefined {
    const { record, plan } = the;
    if (this.#records.has(record)) return undefined;
    this.#records.add(record);
    const key = keyFor(the);
    if (key === undefined) return undefined;
    const ofStore = this.#ofStore(sessionOfRecord(the));
    const keys = ofStore.get(plan) ?? new KeySet();
    ofStore.set(plan, keys);
    return keys.add(key) ? undefined : twoOf(the);
  }

  #ofStore(session: StoreSession): Map<object, KeySet> {
    const known = this.#keys.get(session);
    if (known !== undefined) return known;
    const other = [...this.#keys].find(([each]) => each.isSameStore(session));
    const ofStore = other?.[1] ?? new Map<object, KeySet>();
    this.#keys.set(session, ofStore);
    return ofStore;
  }
}

/** A plain number where that is all that tells a record from others: it takes a bit of memory. */
function keyFor(the: Tracked): unknown {
  const { plan } = the;
  const { key, identity, addressing } = plan.resource;
  if (plan.pathNames.length + identity.length > 0 || addressing === 'single') return identityKey(the);
  const value = storedValue(the, key);
  return typeof value === 'string' && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : (value ?? undefined);
}

/**
 * Checks records that are all at hand before any of them is written.
 *
 * @throws ArgumentError for two objects that stand for one record, DeadlockError in a hook of one of them
 */
export function assertWritableTogether(records: readonly object[], isEachOnce = true): void {
  assertNoDeadlock(records);
  if (!isEachOnce) return;
  const distinct = new DistinctRecords();
  for (const record of records) {
    const refusal = distinct.refusalOf(tracked(record));
    if (refusal !== undefined) throw refusal;
  }
}

function twoOf(the: Tracked): ArgumentError {
  const { name, key } = the.plan.resource;
  return new ArgumentError(
    `Two different objects stand for the ${name} with ${key} ${String(storedValue(the, key))}: which one is to be saved? Give one object for each record. It was not sent.`,
  );
}
