import type { Client, InValue, Transaction } from '@libsql/client';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

/** Lets Kysely use a libSQL client: a file of SQLite, or a libSQL server. */
export class LibsqlDialect implements Dialect {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  createDriver = (): Driver => new LibsqlDriver(this.#client);
  createAdapter = () => new SqliteAdapter();
  createIntrospector = (db: Kysely<unknown>) => new SqliteIntrospector(db);
  createQueryCompiler = () => new SqliteQueryCompiler();
}

class LibsqlDriver implements Driver {
  readonly #client: Client;
  /** Resolves when the connection is free: SQLite has one writer at a time, so one connection is enough, and never busy. */
  #free: Promise<void> = Promise.resolve();

  constructor(client: Client) {
    this.#client = client;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<LibsqlConnection> {
    const before = this.#free;
    const connection = new LibsqlConnection(this.#client);
    this.#free = before.then(() => connection.released);
    await before;
    return connection;
  }

  async beginTransaction(connection: LibsqlConnection): Promise<void> {
    connection.transaction = await this.#client.transaction('write');
  }

  async commitTransaction(connection: LibsqlConnection): Promise<void> {
    await connection.transaction?.commit();
    connection.transaction = undefined;
  }

  async rollbackTransaction(connection: LibsqlConnection): Promise<void> {
    await connection.transaction?.rollback();
    connection.transaction = undefined;
  }

  async releaseConnection(connection: LibsqlConnection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {
    this.#client.close();
  }
}

class LibsqlConnection implements DatabaseConnection {
  transaction: Transaction | undefined;
  readonly released: Promise<void>;
  release: () => void = () => {};
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
    this.released = new Promise((resolve) => {
      this.release = resolve;
    });
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, rowsAffected, lastInsertRowid } = await (this.transaction ?? this.#client).execute({
      sql,
      args: parameters as InValue[],
    });
    return { rows: rows as Row[], numAffectedRows: BigInt(rowsAffected), insertId: lastInsertRowid };
  }

  // biome-ignore lint/correctness/useYield: it only refuses
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('The libSQL client cannot stream the rows of a query: read them in parts.');
  }
}
