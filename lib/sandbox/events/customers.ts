import { type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { ABANDONED } from '../cart-ages.js';
import type { StoreChange } from '../changes.js';
import type { Entry } from '../tables.js';
import { channelIn, type Events, type EventsOf, hasChanged, idOf, objectsWithin, parentOf, plain, type StoreEvent } from './event.js';

const customerEvents: EventsOf = (change) => {
  const { entry } = change;
  const data = { customer_id: idOf(entry), channel_ids: entry.values['channel_ids'] };
  return [
    ...plain('customer', 'customer')(change),
    ...(hasChanged(change, 'channel_ids') ? [{ scope: 'store/customer/channel/login/access/updated', data }] : []),
  ];
};

/** The type is that of the owner, the id that of the address. */
const addressEvents = plain('customer/address', 'customer', ({ entry }) => ({
  address: { customer_id: parentOf(entry, 'customer_id') },
}));

/** Returns an event of a cart, for the store and for the channel of the cart. */
const ofCart = ({ key, values }: Entry, what: string, more: object = {}): StoreEvent[] => [
  { scope: `store/cart/${what}`, data: { type: 'cart', id: key, ...more }, isAlwaysTold: true },
  { scope: `store/channel/${channelIn(values)}/cart/${what}`, data: { cart_id: key }, isAlwaysTold: true },
];

/** Returns the order that a request has made of a cart. */
const orderOf = ({ key }: Entry, request: readonly StoreChange[]): Entry | undefined =>
  request.find(({ action, resource, entry }) => action === 'created' && resource.path === '/orders' && entry.values['cart_id'] === key)
    ?.entry;

const cartEvents: EventsOf = (change, { request }) => {
  const { action, entry } = change;
  if (action === 'deleted') {
    const order = orderOf(entry, request);
    return order === undefined ? ofCart(entry, 'deleted') : ofCart(entry, 'converted', { orderId: idOf(order) });
  }
  if (hasChanged(change, ABANDONED)) return ofCart(entry, 'abandoned');
  const coupons = newIn(change.before?.['coupons'], entry.values['coupons']);
  return [
    ...(action === 'created' ? ofCart(entry, 'created') : []),
    // A new cart counts as an update too.
    ...ofCart(entry, 'updated'),
    ...itemEvents(change),
    ...coupons.flatMap(({ id, coupon_id }) => ofCart(entry, 'couponApplied', { couponId: id ?? coupon_id })),
  ];
};

/** Returns the objects of a list that an earlier one does not have. */
const newIn = (before: unknown, now: unknown): JsonObject[] => {
  const known = new Set(jsonObjectsIn(before).map(nameOf));
  return jsonObjectsIn(now).filter((each) => !known.has(nameOf(each)));
};

const nameOf = ({ id, code }: JsonObject): string => String(code ?? id);

/** Returns the events of the items that were added, changed and removed. */
function itemEvents({ before, entry }: StoreChange): StoreEvent[] {
  const earlier = new Map(objectsWithin(before?.['line_items']).map((item) => [String(item['id']), item]));
  const now = new Map(objectsWithin(entry.values['line_items']).map((item) => [String(item['id']), item]));
  const channel = channelIn(entry.values);
  const ofItem = (id: string, what: string): StoreEvent[] => [
    { scope: `store/cart/lineItem/${what}`, data: { type: 'cart_line_item', id, cartId: entry.key } },
    { scope: `store/channel/${channel}/cart/lineItem/${what}`, data: { cart_id: entry.key, cart_item_id: id } },
  ];
  const kept = [...now].flatMap(([id, item]) => {
    const old = earlier.get(id);
    if (old === undefined) return ofItem(id, 'created');
    return JSON.stringify(old) === JSON.stringify(item) ? [] : ofItem(id, 'updated');
  });
  return [...kept, ...[...earlier.keys()].filter((id) => !now.has(id)).flatMap((id) => ofItem(id, 'deleted'))];
}

/** The events of customers, subscribers and carts (integrations/webhooks/events). */
export const CUSTOMER_EVENTS: Events = {
  customers: customerEvents,
  'customers/addresses': addressEvents,
  'customers/subscribers': plain('subscriber', 'subscriber'),
  carts: cartEvents,
  checkouts: cartEvents,
};
