import { randomBytes } from 'node:crypto';
import type { Reply } from '../dialect.js';
import { v3 } from '../dialect-v3.js';
import { computeCheckout } from '../families/checkout-sums.js';
import { refusalOfOrder } from '../families/checkouts.js';
import { replyTo } from '../refusals.js';
import { KEY } from '../resource-rows.js';
import type { Entry, Tables } from '../tables.js';
import { type Actions, bare, data, type Handler, notFound } from './action.js';
import { CHECKOUT, removeCart } from './cart.js';
import { CHARGE_ACTIONS } from './checkout-charges.js';
import { CONSIGNMENT_ACTIONS } from './checkout-consignments.js';
import { ORDERED_CARTS, orderFrom } from './checkout-order.js';

/** Finds the cart of a request, also one that has become an order which nobody has paid. */
const onOrdered =
  (work: (entry: Entry, tables: Tables) => Reply): Handler =>
  ({ incoming, tables }) => {
    const key = incoming.params[KEY] ?? '';
    const entry = tables.of('/carts').get(key, {}) ?? tables.of(ORDERED_CARTS).get(key, {});
    return entry === undefined ? notFound() : work(entry, tables);
  };

/**
 * Converts the checkout to an order, after which the cart is gone. Until an order of it is paid, more can be made of it (checkouts.v3.yml,
 * Create an Order).
 */
const createOrder = onOrdered((entry, tables) => {
  if (entry.values['$taxes'] === undefined) computeCheckout(entry, tables);
  const refusal = refusalOfOrder(entry);
  if (refusal !== undefined) return replyTo(refusal, v3);
  const order = orderFrom(entry, tables);
  if (tables.of('/carts').get(entry.key, {}) === entry) {
    removeCart(entry, tables);
    tables.of(ORDERED_CARTS).insert('id', entry.values, {});
  }
  return data({ id: order.values['id'] });
});

/** Deletes a cart for good: no more orders can be made of it. */
const deleteCart = onOrdered((entry, tables) => {
  if (tables.of('/carts').get(entry.key, {}) === entry) removeCart(entry, tables);
  else tables.of(ORDERED_CARTS).delete(entry);
  return { status: 204 };
});

export const CHECKOUT_ACTIONS: Actions = {
  ...CHARGE_ACTIONS,
  ...CONSIGNMENT_ACTIONS,
  'DELETE /v3/carts/:$key': deleteCart,
  [`POST ${CHECKOUT}/orders`]: createOrder,
  [`POST ${CHECKOUT}/token`]: onOrdered(() => bare({ checkoutToken: randomBytes(32).toString('hex'), meta: {} })),
};
