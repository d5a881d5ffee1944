import { Cart } from '../resources/v3/carts.js';
import type { Tables } from './tables.js';

const HOUR_MS = 3_600_000;
/** A cart that nobody changes for this long is abandoned (integrations/webhooks/events, store/cart/abandoned). */
const ABANDONED_MS = HOUR_MS;
/** A cart is valid for 30 days from its last change (carts.v3.yml, Create a Cart). */
const VALID_MS = 30 * 24 * HOUR_MS;

/** Marks the change that tells hooks of an abandoned cart. Clients do not see it. */
export const ABANDONED = '$abandoned';

/** Lets carts grow old when the time of the store is moved forward: those that pass an age then are abandoned, or are gone. */
export function ageCarts(tables: Tables): void {
  const { resource } = Cart;
  const { clock, changes } = tables;
  clock.onAdvance((byMs) => {
    const carts = tables.of(resource.path);
    for (const entry of carts.list()) {
      const age = clock.now() - Date.parse(String(entry.values['updated_time'] ?? entry.values['created_time']));
      const passes = (limit: number): boolean => age >= limit && age - byMs < limit;
      if (passes(ABANDONED_MS)) {
        const before = { ...entry.values };
        entry.values[ABANDONED] = clock.iso();
        changes.emit({ action: 'updated', resource, entry, before });
      }
      if (passes(VALID_MS)) tables.remove(resource.path, entry);
    }
  });
}
