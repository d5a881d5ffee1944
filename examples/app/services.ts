import type { PriceChanges } from './prices/price-changes.js';
import type { Keys } from './security/keys.js';
import type { Settings } from './settings.js';
import type { Stores } from './stores/stores.js';
import type { Users } from './stores/users.js';
import type { Activity } from './webhooks/activity.js';

/** What the routes of the app work with. */
export interface Services {
  readonly settings: Settings;
  readonly keys: Keys;
  readonly stores: Stores;
  readonly users: Users;
  readonly changes: PriceChanges;
  readonly activity: Activity;
}
