import type { EventsOf } from './event.js';
import { idOf } from './event.js';

/** What an owner of metafields is called in scopes and as `resource_type`, by the name of its table. */
const OWNERS: Readonly<Record<string, readonly [scope: string | undefined, type: string]>> = {
  products: ['product', 'product'],
  'products/variants': ['product/variant', 'variant'],
  categories: ['category', 'category'],
  brands: ['brand', 'brand'],
  orders: ['order', 'order'],
  carts: ['cart', 'cart'],
  channels: ['channel', 'channel'],
  'inventory/locations': ['inventory/location', 'location'],
  store: ['store', 'store'],
  customers: [undefined, 'customer'],
};

/** Returns the events of a metafield: one of its owner's kind, and one of all metafields (integrations/webhooks/events). */
export const metafieldEvents =
  (owner: string): EventsOf =>
  ({ action, entry }) => {
    const [scope, resource_type = owner] = OWNERS[owner] ?? [];
    const resource_id = String(Object.values(entry.parents).at(-1) ?? entry.values['resource_id'] ?? '');
    const data = { metafield_id: idOf(entry), resource_id };
    return [
      ...(scope === undefined ? [] : [{ scope: `store/${scope}/metafield/${action}`, data }]),
      { scope: `store/metafield/${action}`, data: { ...data, resource_type } },
    ];
  };
