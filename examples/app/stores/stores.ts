import { Session } from 'bigrecord';
import { Store } from 'bigrecord/v2';
import type { Database } from '../database/open.js';
import type { StoreTable } from '../database/tables.js';
import { countRequests } from '../requests.js';
import type { Keys } from '../security/keys.js';
import type { Settings } from '../settings.js';

/** What the store's access token allows, and who it is from. */
export interface Installation {
  readonly storeHash: string;
  readonly accessToken: string;
  readonly scope: string;
}

/** A store as pages need it. */
export type InstalledStore = Omit<StoreTable, 'access_token'>;

/** The stores that have installed the app, with a session for each. */
export class Stores {
  readonly #db: Database;
  readonly #keys: Keys;
  readonly #settings: Settings;
  readonly #sessions = new Map<string, Session>();

  constructor(db: Database, keys: Keys, settings: Settings) {
    this.#db = db;
    this.#keys = keys;
    this.#settings = settings;
  }

  /** Keeps the token of a store, before anything else can go wrong: its code cannot be exchanged again. A later installation has a new one. */
  async install({ storeHash, accessToken, scope }: Installation): Promise<void> {
    const row = { access_token: this.#keys.encrypt(accessToken, storeHash), scope, installed_at: Date.now() };
    await this.#db
      .insertInto('stores')
      .values({ hash: storeHash, name: storeHash, currency: '', decimal_places: 2, ...row })
      .onConflict((conflict) => conflict.column('hash').doUpdateSet(row))
      .execute();
    this.#sessions.get(storeHash)?.rotate(accessToken);
  }

  /** Reads what pages say of a store: its name and its currency. */
  async refresh(hash: string): Promise<void> {
    const session = await this.session(hash);
    if (session === undefined) return;
    const { name, currency, decimal_places } = await Store.using(session).get();
    await this.#db.updateTable('stores').set({ name, currency, decimal_places }).where('hash', '=', hash).execute();
  }

  find(hash: string): Promise<InstalledStore | undefined> {
    return this.#db
      .selectFrom('stores')
      .select(['hash', 'scope', 'name', 'currency', 'decimal_places', 'installed_at'])
      .where('hash', '=', hash)
      .executeTakeFirst();
  }

  /** The session of a store; `undefined` if it has not installed the app. */
  async session(hash: string): Promise<Session | undefined> {
    const open = this.#sessions.get(hash);
    if (open !== undefined) return open;
    const row = await this.#db.selectFrom('stores').select('access_token').where('hash', '=', hash).executeTakeFirst();
    if (row === undefined) return undefined;
    const session = this.#sessions.get(hash) ?? this.#open(hash, this.#keys.decrypt(row.access_token, hash));
    this.#sessions.set(hash, session);
    return session;
  }

  /** Deletes a store with all that belongs to it. */
  async forget(hash: string): Promise<void> {
    await this.#db.deleteFrom('stores').where('hash', '=', hash).execute();
    await this.#close(hash);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions.keys()].map((hash) => this.#close(hash)));
  }

  #open(storeHash: string, accessToken: string): Session {
    const { clientId, apiUrl: baseUrl } = this.#settings;
    const session = new Session({ storeHash, accessToken, clientId, baseUrl });
    countRequests(session);
    return session;
  }

  async #close(hash: string): Promise<void> {
    const session = this.#sessions.get(hash);
    this.#sessions.delete(hash);
    await session?.close();
  }
}
