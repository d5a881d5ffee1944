import { asJsonObject, isJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import type { Reply } from '../dialect.js';
import type { Entry } from '../tables.js';
import { type Action, type Actions, data, type Handler, notFound, on, shown, withId } from './action.js';

const CARTS = '/carts';
const CART = '/v3/carts/:$key';
/** A checkout is the cart with the same id. */
const CHECKOUT = '/v3/checkouts/:$key';

/** Creates an action on a cart. What changes a cart gives it the next version. */
const onCart = (work: (entry: Entry, action: Action) => Reply): Handler =>
  on(CARTS, (entry, action) => {
    const reply = work(entry, action);
    if (reply.status === 200 && asJsonObject(asJsonObject(reply.body)['data']) === entry.values)
      entry.values['version'] = Number(entry.values['version'] ?? 1) + 1;
    return reply;
  });

/** Returns the line items of a cart by kind. An array, which a new cart may have, counts as physical items. */
function lineItemsOf({ values }: Entry): Record<string, JsonObject[]> {
  const given = values['line_items'];
  const kinds = Array.isArray(given) ? { physical_items: given.map((item) => withId(asJsonObject(item))) } : asJsonObject(given);
  const items = Object.fromEntries(Object.entries(kinds).map(([kind, rows]) => [kind, jsonObjectsIn(rows)]));
  values['line_items'] = items;
  return items;
}

const addItems = onCart((entry, { body }) => {
  const items = lineItemsOf(entry);
  items['physical_items'] = [...(items['physical_items'] ?? []), ...jsonObjectsIn(body['line_items']).map(withId)];
  items['custom_items'] = [...(items['custom_items'] ?? []), ...jsonObjectsIn(body['custom_items']).map(withId)];
  return shown(entry);
});

const updateItem = onCart((entry, { body, incoming }) => {
  const item = (lineItemsOf(entry)['physical_items'] ?? []).find(({ id }) => id === incoming.params['$item']);
  if (item === undefined) return notFound();
  Object.assign(item, isJsonObject(body['line_item']) ? body['line_item'] : body);
  return shown(entry);
});

/** Removes a line item, and the cart if it is empty then. */
const removeItem = onCart((entry, { incoming, tables }) => {
  const items = lineItemsOf(entry);
  for (const [kind, all] of Object.entries(items)) items[kind] = all.filter(({ id }) => id !== incoming.params['$item']);
  if (Object.values(items).some((all) => all.length > 0)) return shown(entry);
  tables.remove(CARTS, entry);
  return { status: 204 };
});

/** Adds rows to a list of the checkout. */
const addTo = (list: string, rowsOf: (action: Action) => JsonObject[]): Handler =>
  onCart((entry, action) => {
    entry.values[list] = [...jsonObjectsIn(entry.values[list]), ...rowsOf(action).map(withId)];
    return shown(entry);
  });

/** Changes a row in a list of the checkout. */
const changeIn = (list: string): Handler =>
  onCart((entry, { body, incoming }) => {
    const found = jsonObjectsIn(entry.values[list]).find(({ id }) => id === incoming.params['$item']);
    if (found === undefined) return notFound();
    Object.assign(found, body);
    return shown(entry);
  });

/** Removes rows from a list of the checkout: those with the ids in the body, or the one in the path. */
const removeFrom = (list: string, name = 'id'): Handler =>
  onCart((entry, { body, incoming }) => {
    const removed: unknown[] = Array.isArray(body['ids']) ? body['ids'] : [incoming.params['$item']];
    entry.values[list] = jsonObjectsIn(entry.values[list]).filter((row) => !removed.includes(row[name]));
    return shown(entry);
  });

const updateFees = onCart((entry, { body }) => {
  const fees = jsonObjectsIn(entry.values['fees']);
  for (const fee of jsonObjectsIn(body['fees'])) Object.assign(fees.find(({ id }) => id === fee['id']) ?? {}, fee);
  return shown(entry);
});

const setBillingAddress = onCart((entry, { body, incoming }) => {
  const { $item } = incoming.params;
  entry.values['billing_address'] = $item === undefined ? withId(body) : { ...body, id: $item };
  return shown(entry);
});

const convertToOrder = onCart((entry, { tables }) => {
  const row = { cart_id: entry.key, status_id: 1, status: 'Pending', date_created: tables.clock.iso() };
  return data({ id: tables.of('/orders').insert('id', row, {}).values['id'] });
});

const redirectUrls = onCart(({ key }) => {
  const names = ['cart_url', 'checkout_url', 'embedded_checkout_url'];
  return data(Object.fromEntries(names.map((name) => [name, `https://sandbox.example.com/${name}?token=${key}`])));
});

export const CART_ACTIONS: Actions = {
  [`POST ${CART}/items`]: addItems,
  [`PUT ${CART}/items/:$item`]: updateItem,
  [`DELETE ${CART}/items/:$item`]: removeItem,
  [`POST ${CART}/redirect_urls`]: redirectUrls,
  [`POST ${CHECKOUT}/billing-address`]: setBillingAddress,
  [`PUT ${CHECKOUT}/billing-address/:$item`]: setBillingAddress,
  [`POST ${CHECKOUT}/consignments`]: addTo('consignments', ({ incoming }) => jsonObjectsIn(incoming.body)),
  [`PUT ${CHECKOUT}/consignments/:$item`]: changeIn('consignments'),
  [`DELETE ${CHECKOUT}/consignments/:$item`]: removeFrom('consignments'),
  [`POST ${CHECKOUT}/coupons`]: addTo('coupons', ({ body }) => [{ code: body['coupon_code'] }]),
  [`DELETE ${CHECKOUT}/coupons/:$item`]: removeFrom('coupons', 'code'),
  [`POST ${CHECKOUT}/discounts`]: addTo('discounts', ({ body }) => [body]),
  [`POST ${CHECKOUT}/fees`]: addTo('fees', ({ body }) => jsonObjectsIn(body['fees'])),
  [`PUT ${CHECKOUT}/fees`]: updateFees,
  [`DELETE ${CHECKOUT}/fees`]: removeFrom('fees'),
  [`POST ${CHECKOUT}/orders`]: convertToOrder,
  [`POST ${CHECKOUT}/token`]: onCart(({ key }) => data({ checkoutToken: key })),
  'POST /v3/wishlists/:$key/items': on('/wishlists', (entry, { body }) => {
    const items = jsonObjectsIn(entry.values['items']);
    entry.values['items'] = [...items, ...jsonObjectsIn(body['items']).map((item, at) => ({ id: items.length + at + 1, ...item }))];
    return shown(entry);
  }),
  'DELETE /v3/wishlists/:$key/items/:$item': on('/wishlists', (entry, { incoming }) => {
    entry.values['items'] = jsonObjectsIn(entry.values['items']).filter(({ id }) => String(id) !== incoming.params['$item']);
    return shown(entry);
  }),
};
