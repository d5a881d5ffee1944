import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { Kysely, Migrator } from 'kysely';
import { LibsqlDialect } from './libsql-dialect.js';
import { MIGRATIONS } from './migrations.js';
import type { Tables } from './tables.js';

export type Database = Kysely<Tables>;

/** Opens the database of a folder, and brings its tables up to date. For a libSQL server, give `createClient` its URL and token. */
export async function openDatabase(folder: string): Promise<Database> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const client = createClient({ url: pathToFileURL(join(resolve(folder), 'app.db')).href, concurrency: 1 });
  await client.execute('PRAGMA journal_mode = WAL');
  await client.execute('PRAGMA foreign_keys = ON');
  const db = new Kysely<Tables>({ dialect: new LibsqlDialect(client) });
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } }).migrateToLatest();
  if (error === undefined) return db;
  await db.destroy();
  throw error;
}
