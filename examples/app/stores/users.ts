import type { Database } from '../database/open.js';
import type { UserTable } from '../database/tables.js';

/** A member of a store's staff. */
export interface User {
  readonly id: number;
  readonly email: string;
}

/** The users of each store. With "Multiple Users" on, a store's owner lets others of the staff open the app. */
export class Users {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Adds a user, or notes that the user has opened the app again. */
  async see(storeHash: string, { id, email }: User, isOwner: boolean): Promise<void> {
    const row = { email, is_owner: isOwner ? 1 : 0, seen_at: Date.now(), removed_at: null };
    await this.#db
      .insertInto('users')
      .values({ store_hash: storeHash, id, ...row })
      .onConflict((conflict) => conflict.columns(['store_hash', 'id']).doUpdateSet(row))
      .execute();
  }

  async find(storeHash: string, id: number): Promise<UserTable | undefined> {
    const user = await this.#row(storeHash, id);
    return user?.removed_at === null ? user : undefined;
  }

  /** Forgets a user, except for the time: a signed payload is valid for a day, and must not let the user in again. */
  async remove(storeHash: string, id: number): Promise<void> {
    const row = { email: '', removed_at: Date.now() };
    await this.#db.updateTable('users').set(row).where('store_hash', '=', storeHash).where('id', '=', id).execute();
  }

  /** Whether a user was removed after a time, in seconds since 1970. */
  async wasRemovedAfter(storeHash: string, id: number, seconds: number): Promise<boolean> {
    const removedAt = (await this.#row(storeHash, id))?.removed_at ?? 0;
    return seconds < Math.floor(removedAt / 1000);
  }

  #row(storeHash: string, id: number): Promise<UserTable | undefined> {
    return this.#db.selectFrom('users').selectAll().where('store_hash', '=', storeHash).where('id', '=', id).executeTakeFirst();
  }
}
