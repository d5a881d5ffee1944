import type { Kysely } from 'kysely';
import { ConfigurationError } from '../../errors/configuration-error.js';
import { assertKnownOptions } from '../../errors/known-options.js';
import { StoredTokens, type TextRows } from './stored-tokens.js';
import type { TokenKeyOptions } from './token-cipher.js';
import type { TokenStore } from './token-store.js';

/** Options of {@link kyselyTokenStore}. */
export interface KyselyTokenOptions extends TokenKeyOptions {
  /** `false` if your migrations create the table. Default: it is created when it is first used, unless it exists. */
  createTable?: boolean | undefined;
}

/** The table of {@link kyselyTokenStore}, for migrations of your own. All columns are text. */
export interface TokenTable {
  /** Primary key. */
  store_hash: string;
  /** Encrypted. */
  credentials: string;
  /** ISO 8601. */
  updated_at: string;
}

/**
 * An instance of Kysely. It is described by its methods, since the package has one class for `import` and another for `require`, and
 * TypeScript takes neither for the other.
 */
export interface KyselyInstance {
  selectFrom(...tables: never[]): unknown;
  insertInto(...tables: never[]): unknown;
  deleteFrom(...tables: never[]): unknown;
  readonly schema: object;
}

interface Tables {
  bigrecord_stores: TokenTable;
}

const TABLE = 'bigrecord_stores';
/** Rows that are walked with one query. */
const PAGE = 500;

/** One table. */
class TableRows implements TextRows {
  readonly #db: Kysely<Tables>;
  readonly #isOurs: boolean;
  #created: Promise<void> | undefined;

  constructor(db: Kysely<Tables>, isOurs: boolean) {
    this.#db = db;
    this.#isOurs = isOurs;
  }

  async read(storeHash: string): Promise<string | undefined> {
    await this.#ready();
    const row = await this.#db.selectFrom(TABLE).select('credentials').where('store_hash', '=', storeHash).executeTakeFirst();
    return row?.credentials;
  }

  async write(storeHash: string, text: string): Promise<void> {
    await this.#ready();
    const values = { credentials: text, updated_at: new Date().toISOString() };
    await this.#db
      .insertInto(TABLE)
      .values({ store_hash: storeHash, ...values })
      .onConflict((conflict) => conflict.column('store_hash').doUpdateSet(values))
      .execute();
  }

  async delete(storeHash: string): Promise<boolean> {
    await this.#ready();
    const { numDeletedRows } = await this.#db.deleteFrom(TABLE).where('store_hash', '=', storeHash).executeTakeFirst();
    return numDeletedRows > 0n;
  }

  async *hashes(): AsyncIterable<string> {
    await this.#ready();
    for (let last = ''; ; ) {
      const rows = await this.#db
        .selectFrom(TABLE)
        .select('store_hash')
        .where('store_hash', '>', last)
        .orderBy('store_hash')
        .limit(PAGE)
        .execute();
      for (const { store_hash } of rows) yield store_hash;
      const end = rows.at(-1);
      if (end === undefined || rows.length < PAGE) return;
      last = end.store_hash;
    }
  }

  #ready(): Promise<void> {
    if (!this.#isOurs) return Promise.resolve();
    this.#created ??= this.#create().catch((error: unknown) => {
      this.#created = undefined;
      throw error;
    });
    return this.#created;
  }

  async #create(): Promise<void> {
    await this.#db.schema
      .createTable(TABLE)
      .ifNotExists()
      .addColumn('store_hash', 'text', (column) => column.primaryKey())
      .addColumn('credentials', 'text', (column) => column.notNull())
      .addColumn('updated_at', 'text', (column) => column.notNull())
      .execute();
  }
}

/**
 * Keeps the encrypted credentials of stores in the table `bigrecord_stores` of a SQL database, by your instance of kysely: PostgreSQL,
 * SQLite and libsql. Columns: `store_hash` (primary key), `credentials`, `updated_at`, all text.
 *
 * @throws ConfigurationError without a key in production, or for what is no instance of Kysely
 * @example
 * const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
 * const stores = new SessionRegistry({ tokens: kyselyTokenStore(db), rateLimit: redisBudget(redis) });
 */
export function kyselyTokenStore(db: KyselyInstance, options: KyselyTokenOptions = {}): TokenStore {
  if (typeof db !== 'object' || db === null || typeof db.selectFrom !== 'function' || typeof db.insertInto !== 'function')
    throw new ConfigurationError('kyselyTokenStore() needs an instance of Kysely (0.28): new Kysely({ dialect }).');
  assertKnownOptions(
    options,
    { key: 1, createTable: 1 } satisfies Record<keyof KyselyTokenOptions, 1>,
    'kyselyTokenStore()',
    ConfigurationError,
  );
  const { createTable = true, ...keys } = options;
  return new StoredTokens('kyselyTokenStore', new TableRows(withOurTable(db), createTable), keys);
}

/** The database has our table besides those that the program declares. */
const withOurTable = (db: KyselyInstance): Kysely<Tables> => db as unknown as Kysely<Tables>;
