/** A store that has installed the app. */
export interface StoreTable {
  hash: string;
  /** Encrypted: see security/keys.ts. */
  access_token: string;
  scope: string;
  name: string;
  currency: string;
  /** Digits behind the point in a price. */
  decimal_places: number;
  /** When it was installed, in milliseconds since 1970, as all times here. */
  installed_at: number;
}

/** A member of a store's staff who has opened the app. */
export interface UserTable {
  store_hash: string;
  id: number;
  email: string;
  /** 1 for the owner of the store. */
  is_owner: number;
  seen_at: number;
  /** When the user was removed. Payloads that were signed before let nobody in again. */
  removed_at: number | null;
}

/** A bulk change of prices. */
interface PriceChangeTable {
  id: string;
  store_hash: string;
  /** The e-mail address of the user who started it. */
  started_by: string;
  description: string;
  state: 'running' | 'done' | 'cancelled' | 'interrupted' | 'reverting' | 'reverted';
  /** Why it ended early. */
  error: string | null;
  started_at: number;
}

/** One price of a bulk change: its journal. It is written before the store is, so that it tells what was there before. */
export interface PriceRowTable {
  change_id: string;
  product_id: number;
  name: string;
  sku: string;
  before: number;
  after: number;
  state: 'pending' | 'written' | 'failed' | 'reverted' | 'kept';
  /** Why it failed, or was kept. */
  error: string | null;
}

/** An event that a webhook has delivered. */
export interface EventTable {
  hash: string;
  store_hash: string;
  text: string;
  received_at: number;
}

/** A delivery that was accepted, to recognise its duplicates. */
interface DeliveryTable {
  hash: string;
  received_at: number;
}

export interface Tables {
  stores: StoreTable;
  users: UserTable;
  price_changes: PriceChangeTable;
  price_rows: PriceRowTable;
  events: EventTable;
  deliveries: DeliveryTable;
}
