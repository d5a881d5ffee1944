import type { Database } from '../database/open.js';
import type { EventTable } from '../database/tables.js';

export type RecordedEvent = Pick<EventTable, 'text' | 'received_at'>;

const DAY_MS = 86_400_000;
/** The platform repeats deliveries for two days. */
const DELIVERIES_KEPT_MS = 7 * DAY_MS;
const EVENTS_KEPT_MS = 30 * DAY_MS;

/** What has happened in the stores, as webhooks tell, and which deliveries have been accepted. */
export class Activity {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Notes a delivery. Returns whether it is new: the platform sends some twice. */
  async add(hash: string): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#db
      .insertInto('deliveries')
      .values({ hash, received_at: Date.now() })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }

  /** Keeps an event. It may be processed twice if the app is stopped meanwhile, and is kept once. */
  async record(storeHash: string, hash: string, text: string): Promise<void> {
    await this.#db
      .insertInto('events')
      .values({ hash, store_hash: storeHash, text, received_at: Date.now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  latest(storeHash: string): Promise<RecordedEvent[]> {
    return this.#db
      .selectFrom('events')
      .select(['text', 'received_at'])
      .where('store_hash', '=', storeHash)
      .orderBy('received_at', 'desc')
      .limit(10)
      .execute();
  }

  /** Deletes what is no longer needed. */
  async clean(): Promise<void> {
    await this.#db
      .deleteFrom('deliveries')
      .where('received_at', '<', Date.now() - DELIVERIES_KEPT_MS)
      .execute();
    await this.#db
      .deleteFrom('events')
      .where('received_at', '<', Date.now() - EVENTS_KEPT_MS)
      .execute();
  }
}
