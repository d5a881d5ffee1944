import { randomUUID } from 'node:crypto';
import { type ExpressionBuilder, sql } from 'kysely';
import type { Database } from '../database/open.js';
import type { PriceRowTable, Tables } from '../database/tables.js';
import {
  ChangeRunningError,
  type ChangeState,
  type FailedPrice,
  type PlannedPrice,
  type PriceOrder,
  type Progress,
} from './price-changes.js';

type RowState = PriceRowTable['state'];

/** How many rows one statement inserts: SQLite takes a limited number of values. */
const INSERTED_AT_ONCE = 500;
/** How long changes are kept: 90 days. */
const KEPT_MS = 90 * 86_400_000;

/** What bulk changes have done, in the database. It is written before the store is, so that an old price is never lost. */
export class Journal {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Notes a change with all of its prices. @throws ChangeRunningError */
  create({ storeHash, startedBy, description, prices }: PriceOrder): Promise<string> {
    const id = randomUUID();
    const change = { id, store_hash: storeHash, started_by: startedBy, description, started_at: Date.now(), error: null };
    return this.#db.transaction().execute(async (transaction) => {
      await assertNoneRuns(transaction, storeHash);
      await transaction
        .insertInto('price_changes')
        .values({ ...change, state: 'running' })
        .execute();
      for (let from = 0; from < prices.length; from += INSERTED_AT_ONCE) {
        const rows = prices
          .slice(from, from + INSERTED_AT_ONCE)
          .map(({ productId, ...price }) => ({ change_id: id, product_id: productId, ...price, state: 'pending' as const, error: null }));
        await transaction.insertInto('price_rows').values(rows).execute();
      }
      return id;
    });
  }

  /** Notes that a change is being reverted. Returns whether it was interrupted before. @throws ChangeRunningError */
  beginRevert(storeHash: string, id: string): Promise<boolean> {
    return this.#db.transaction().execute(async (transaction) => {
      await assertNoneRuns(transaction, storeHash);
      const { state } = await transaction.selectFrom('price_changes').select('state').where('id', '=', id).executeTakeFirstOrThrow();
      await transaction.updateTable('price_changes').set({ state: 'reverting', error: null }).where('id', '=', id).execute();
      return state === 'interrupted';
    });
  }

  async end(id: string, state: ChangeState, error: string | null = null): Promise<void> {
    await this.#db.updateTable('price_changes').set({ state, error }).where('id', '=', id).execute();
  }

  /** Notes that a process has ended in the middle of its changes. */
  async interruptAll(): Promise<void> {
    const error = 'The app was stopped while it ran.';
    await this.#db
      .updateTable('price_changes')
      .set({ state: 'interrupted', error })
      .where('state', 'in', ['running', 'reverting'])
      .execute();
  }

  /** The changes that run, of all stores or of one. */
  running(storeHash?: string): Promise<{ id: string; state: ChangeState }[]> {
    const running = this.#db.selectFrom('price_changes').select(['id', 'state']).where('state', 'in', ['running', 'reverting']);
    return (storeHash === undefined ? running : running.where('store_hash', '=', storeHash)).execute();
  }

  /** Prices of a change, by the ids of their products. */
  async prices(id: string, productIds: readonly number[]): Promise<PlannedPrice[]> {
    if (productIds.length === 0) return [];
    return this.#db
      .selectFrom('price_rows')
      .select(['product_id as productId', 'name', 'sku', 'before', 'after'])
      .where('change_id', '=', id)
      .where('product_id', 'in', [...productIds])
      .orderBy('product_id')
      .execute();
  }

  /** Deletes changes that nobody will revert any more. */
  async clean(): Promise<void> {
    await this.#db
      .deleteFrom('price_changes')
      .where('started_at', '<', Date.now() - KEPT_MS)
      .execute();
  }

  /** The next rows in one of these states, by the ids of their products. */
  rows(id: string, states: readonly RowState[], after: number, limit: number): Promise<PriceRowTable[]> {
    return this.#db
      .selectFrom('price_rows')
      .selectAll()
      .where('change_id', '=', id)
      .where('state', 'in', [...states])
      .where('product_id', '>', after)
      .orderBy('product_id')
      .limit(limit)
      .execute();
  }

  async settle(id: string, productId: number, state: RowState, error: string | null): Promise<void> {
    await this.#db
      .updateTable('price_rows')
      .set({ state, error })
      .where('change_id', '=', id)
      .where('product_id', '=', productId)
      .execute();
  }

  async progress(storeHash: string, id: string): Promise<Progress | undefined> {
    return (await this.#progress(storeHash, 1, id))[0];
  }

  latest(storeHash: string, limit: number): Promise<Progress[]> {
    return this.#progress(storeHash, limit);
  }

  async failures(storeHash: string, id: string, limit: number): Promise<FailedPrice[]> {
    const rows = await this.#db
      .selectFrom('price_rows')
      .innerJoin('price_changes', 'price_changes.id', 'price_rows.change_id')
      .selectAll('price_rows')
      .where('price_changes.store_hash', '=', storeHash)
      .where('change_id', '=', id)
      .where('price_rows.state', 'in', ['failed', 'kept'])
      .orderBy('product_id')
      .limit(limit)
      .execute();
    return rows.map(({ product_id: productId, name, sku, before, after, state, error }) => ({
      ...{ productId, name, sku, before, after },
      state: state === 'kept' ? 'kept' : 'failed',
      reason: error ?? '',
    }));
  }

  #progress(storeHash: string, limit: number, id?: string): Promise<Progress[]> {
    const rows = this.#db
      .selectFrom('price_changes')
      .leftJoin('price_rows', 'price_rows.change_id', 'price_changes.id')
      .select(['id', 'price_changes.state', 'description', 'started_by as startedBy', 'started_at as startedAt', 'price_changes.error'])
      .select((row) => row.fn.count<number>('product_id').as('total'))
      .select((row) => (['written', 'failed', 'reverted', 'kept'] as const).map((state) => countOf(row, state).as(state)))
      .where('store_hash', '=', storeHash)
      .groupBy('id')
      .orderBy('started_at', 'desc')
      .limit(limit);
    return (id === undefined ? rows : rows.where('id', '=', id)).execute();
  }
}

const countOf = (_row: ExpressionBuilder<Tables, 'price_rows'>, state: RowState) =>
  sql<number>`count(case when ${sql.ref('price_rows.state')} = ${state} then 1 end)`;

async function assertNoneRuns(db: Pick<Database, 'selectFrom'>, storeHash: string): Promise<void> {
  const running = await db
    .selectFrom('price_changes')
    .select('id')
    .where('store_hash', '=', storeHash)
    .where('state', 'in', ['running', 'reverting'])
    .executeTakeFirst();
  if (running !== undefined)
    throw new ChangeRunningError('Prices of this store are being changed already: wait for the end, or cancel it.');
}
