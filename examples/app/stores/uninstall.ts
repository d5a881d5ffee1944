import type { Services } from '../services.js';

/**
 * Forgets a store: its token, its users, its journal. A bulk change that runs there is stopped first. What was said before the store has
 * installed the app once more does not count: webhooks may be two days late.
 *
 * @param saidAt when the platform has said so, in seconds since 1970
 */
export async function uninstall(storeHash: string, saidAt: number, { stores, changes }: Services): Promise<void> {
  const store = await stores.find(storeHash);
  if (store === undefined || saidAt < Math.floor(store.installed_at / 1000)) return;
  await changes.stop(storeHash);
  await stores.forget(storeHash);
}
