import { asJsonObject, type JsonObject } from '../../json-object.js';
import { Order } from '../../resources/v2/orders.js';
import { amountOf } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';
import { below, TRANSACTIONS } from './order-paths.js';

/** How long a provider takes to carry out what the store has asked for. */
const PROVIDER_MS = 1000;

/** What becomes of the payment of an order, and when. It is kept with the order, out of sight of clients. */
const EXPECTED = '$payment';

/** Returns the status of the payment of an order: a pending one is settled after a while. */
export function paymentStatusOf({ values }: Entry, tables: Tables): unknown {
  const { status, at } = asJsonObject(values[EXPECTED]);
  if (status !== undefined && tables.clock.now() >= amountOf(at)) Object.assign(values, { payment_status: status, [EXPECTED]: undefined });
  return values['payment_status'];
}

/** Starts something that the provider does later. */
export function expectPayment(order: Entry, pending: string, status: string, tables: Tables): void {
  changeOrder(order, { payment_status: pending, [EXPECTED]: { status, at: tables.clock.now() + PROVIDER_MS } }, tables);
}

/** Changes an order because of something else that a client has done. */
export function changeOrder(order: Entry, values: JsonObject, tables: Tables): void {
  const before = { ...order.values };
  Object.assign(order.values, values, { date_modified: tables.clock.iso() });
  tables.changes.emit({ action: 'updated', resource: Order.resource, entry: order, before });
}

/** Returns the payment that an order was made with, if the store knows of one. */
export const paymentOf = (order: Entry, tables: Tables): JsonObject | undefined =>
  below(TRANSACTIONS, order, tables).find(({ values }) => ['purchase', 'authorization', 'capture'].includes(String(values['event'])))
    ?.values;

/** Adds a transaction that acts on the payment of an order. */
export function addTransaction(order: Entry, payment: JsonObject, own: JsonObject, tables: Tables): JsonObject {
  const { id, ...same } = payment;
  const row = { ...same, reference_transaction_id: id, status: 'ok', date_created: tables.clock.iso(), ...own };
  return tables.of(TRANSACTIONS).insert('id', row, { order_id: order.key }).values;
}
