import { ArgumentError } from '../errors/argument-error.js';
import { KeySet, numericKey } from '../query/key-set.js';
import { storedValue } from '../record/attribute-values.js';
import { assertNoDeadlock } from '../record/operation-queue.js';
import { identityKey, sessionOfRecord } from '../record/record-address.js';
import type { RecordContext } from '../record/record-context.js';
import type { StoreSession } from '../session/session.js';

/** Detects when two objects stand for the same record of the store. Keeps no records in memory. */
export class DistinctRecords {
  readonly #seen = new WeakSet<RecordContext>();
  readonly #keys = new Map<StoreSession, Map<object, KeySet>>();

  /** Returns why a record cannot be written together with the earlier ones; `undefined` if it can. */
  refusalOf(context: RecordContext): ArgumentError | undefined {
    if (this.#seen.has(context)) return undefined;
    this.#seen.add(context);
    const key = keyFor(context);
    if (key === undefined) return undefined;
    const session = context.session ?? sessionOfRecord(context);
    const ofStore = this.#keys.get(session) ?? this.#ofStore(session);
    const keys = ofStore.get(context.metadata) ?? new KeySet();
    ofStore.set(context.metadata, keys);
    return keys.add(key) ? undefined : duplicate(context);
  }

  #ofStore(session: StoreSession): Map<object, KeySet> {
    const other = [...this.#keys].find(([each]) => each.isSameStore(session));
    const ofStore = other?.[1] ?? new Map<object, KeySet>();
    this.#keys.set(session, ofStore);
    return ofStore;
  }
}

/** Returns what identifies a record: if possible a plain number, of which a {@link KeySet} takes little memory. */
function keyFor(context: RecordContext): unknown {
  const { resource, placeNames } = context.metadata;
  if (placeNames.length + resource.identity.length > 0 || resource.addressing === 'single') return identityKey(context);
  return numericKey(storedValue(context, resource.key)) ?? undefined;
}

/**
 * Checks records that are known in advance, before any of them is written.
 *
 * @throws ArgumentError if two objects stand for one record; DeadlockError if a hook of one of them is running
 */
export function assertWritableTogether(contexts: Iterable<RecordContext>, distinct: DistinctRecords | undefined): void {
  const records: object[] = [];
  for (const { record } of contexts) records.push(record);
  assertNoDeadlock(records);
  if (distinct === undefined) return;
  for (const context of contexts) {
    const refusal = distinct.refusalOf(context);
    if (refusal !== undefined) throw refusal;
  }
}

function duplicate(context: RecordContext): ArgumentError {
  const { name, key, addressing } = context.metadata.resource;
  const which = addressing === 'single' ? `one ${name}` : `the ${name} with ${key} ${String(storedValue(context, key))}`;
  return new ArgumentError(`Two different objects stand for ${which}. Pass one object per record. It was not sent.`);
}
