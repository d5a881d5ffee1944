import { type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf } from '../amounts.js';
import type { Family } from './family.js';
import { ORDERS } from './order-paths.js';
import { isSet, refusing } from './rules.js';

/** Pickups of orders (pickup.v3.yml). An update says when the items were ready or collected, and nothing else. */
export const PICKUP: Family = {
  refusalOf({ body, entry, tables }) {
    const reasons: Record<string, string> = {};
    for (const name of ['ready_at', 'collected_at'])
      if (isSet(body[name]) && momentOf(body[name]) === undefined) reasons[name] = 'must be a moment in ISO 8601 or in Unix seconds';
    if (entry !== undefined) return refusing(reasons);
    if (tables.of(ORDERS).get(String(body['order_id']), {}) === undefined) reasons['order_id'] = 'is not an order of this store';
    if (tables.of('/pickup/methods').get(String(body['pickup_method_id']), {}) === undefined)
      reasons['pickup_method_id'] = 'is not a pickup method of this store';
    for (const [place, { order_product_id, quantity }] of jsonObjectsIn(body['pickup_items']).entries()) {
      if (amountOf(order_product_id) < 1) reasons[`pickup_items.${place}.order_product_id`] = 'is required';
      if (!(amountOf(quantity) >= 1)) reasons[`pickup_items.${place}.quantity`] = 'must be at least 1';
    }
    return refusing(reasons);
  },
  stored({ body, entry }) {
    const { order_id, pickup_method_id, pickup_items = body['pickup_items'] } = entry?.values ?? body;
    const ready = !isSet(body['ready_at']) ? {} : { ready_at: momentOf(body['ready_at']) };
    const items = jsonObjectsIn(pickup_items).map((item, at) => collected({ id: at + 1, ...item }, body['collected_at']));
    // These are only written.
    return { ...ready, order_id, pickup_method_id, pickup_items: items, collected_at: undefined, pickup_id: undefined };
  },
};

/** Adds to an item whether it was collected. */
function collected(item: JsonObject, collected_at: unknown): JsonObject {
  const before = { status: 'AWAITING_COLLECTION', collected_at: null, ...item };
  if (!isSet(collected_at)) return before;
  return { ...before, status: 'COLLECTED', collected_at: momentOf(collected_at) };
}

const MS = 1000;

/** A moment is given in Unix seconds or as ISO 8601; `undefined` if it is neither. */
function momentOf(value: unknown): string | undefined {
  const date = new Date(/^\d+$/.test(String(value)) ? Number(value) * MS : String(value));
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
