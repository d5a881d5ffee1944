import type { Services } from '../services.js';

/** Forgets a store: its token, its users, its journal. A bulk change that runs there is stopped first. */
export async function uninstall(storeHash: string, { stores, changes }: Pick<Services, 'stores' | 'changes'>): Promise<void> {
  await changes.stop(storeHash);
  await stores.forget(storeHash);
}
