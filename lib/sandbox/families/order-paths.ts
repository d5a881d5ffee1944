import type { Entry, Tables } from '../tables.js';

/** The tables of an order. */
export const ORDERS = '/orders';
export const LINES = '/orders/:order_id/products';
export const FEES = '/orders/:order_id/fees';
export const ADDRESSES = '/orders/:order_id/shipping_addresses';
export const CONSIGNMENTS = '/orders/:order_id/consignments';
export const SHIPMENTS = '/orders/:order_id/shipments';
export const TAXES = '/orders/:order_id/taxes';
export const REFUNDS = '/orders/:order_id/payment_actions/refunds';
export const TRANSACTIONS = '/orders/:order_id/transactions';
export const PICKUPS = '/orders/pickups';

/** Returns the rows below an order. */
export const below = (path: string, order: Entry | undefined, tables: Tables): Entry[] =>
  order === undefined ? [] : tables.of(path).list({ order_id: order.key });

/** Returns the order that a row is below. */
export const orderOf = (parents: Entry['parents'], tables: Tables): Entry | undefined =>
  tables.of(ORDERS).get(parents['order_id'] ?? '', {});
