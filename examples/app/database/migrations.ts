import type { Kysely, Migration } from 'kysely';

/** Creates the tables. Never change a migration that has run somewhere: add another one. */
const createTables: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('stores')
      .addColumn('hash', 'text', (column) => column.primaryKey())
      .addColumn('access_token', 'text', (column) => column.notNull())
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('currency', 'text', (column) => column.notNull())
      .addColumn('decimal_places', 'integer', (column) => column.notNull())
      .addColumn('installed_at', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('users')
      .addColumn('store_hash', 'text', (column) => column.notNull().references('stores.hash').onDelete('cascade'))
      .addColumn('id', 'integer', (column) => column.notNull())
      .addColumn('email', 'text', (column) => column.notNull())
      .addColumn('is_owner', 'integer', (column) => column.notNull())
      .addColumn('seen_at', 'integer', (column) => column.notNull())
      .addColumn('removed_at', 'integer')
      .addPrimaryKeyConstraint('users_key', ['store_hash', 'id'])
      .execute();
    await db.schema
      .createTable('price_changes')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('store_hash', 'text', (column) => column.notNull().references('stores.hash').onDelete('cascade'))
      .addColumn('started_by', 'text', (column) => column.notNull())
      .addColumn('description', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('error', 'text')
      .addColumn('started_at', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('price_rows')
      .addColumn('change_id', 'text', (column) => column.notNull().references('price_changes.id').onDelete('cascade'))
      .addColumn('product_id', 'integer', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('sku', 'text', (column) => column.notNull())
      .addColumn('before', 'real', (column) => column.notNull())
      .addColumn('after', 'real', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('error', 'text')
      .addPrimaryKeyConstraint('price_rows_key', ['change_id', 'product_id'])
      .execute();
    await db.schema
      .createTable('events')
      .addColumn('hash', 'text', (column) => column.primaryKey())
      .addColumn('store_hash', 'text', (column) => column.notNull().references('stores.hash').onDelete('cascade'))
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('received_at', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('deliveries')
      .addColumn('hash', 'text', (column) => column.primaryKey())
      .addColumn('received_at', 'integer', (column) => column.notNull())
      .execute();
  },
};

/** All migrations, by names that sort in their order. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = { '2026-11-30-create-tables': createTables };
