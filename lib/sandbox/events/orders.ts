import type { StoreChange } from '../changes.js';
import type { Entry } from '../tables.js';
import { channelIn, type Events, type EventsOf, hasChanged, idOf, onCreation, parentOf, type StoreEvent, unlessDeleted } from './event.js';

const ORDERS = '/orders';

/** Returns an event of an order, for the store and for the channel of the order. */
const ofOrder = (what: string, order: Pick<Entry, 'key' | 'values'>, more: object = {}): StoreEvent[] => [
  { scope: `store/order/${what}`, data: { type: 'order', id: idOf(order), ...more } },
  { scope: `store/channel/${channelIn(order.values)}/order/${what}`, data: { order_id: idOf(order) } },
];

/** An order is archived when it is deleted, or when a change says that it is. */
const orderEvents: EventsOf = (change) => {
  const { action, entry } = change;
  const isArchived = action === 'deleted' || (hasChanged(change, 'is_deleted') && entry.values['is_deleted'] === true);
  if (isArchived) return ofOrder('archived', entry);
  return [...ofOrder(action, entry), ...(hasChanged(change, 'status_id') ? ofOrder('statusUpdated', entry, statusIn(change)) : [])];
};

const statusIn = ({ before, entry }: StoreChange): object => ({
  status: { previous_status_id: before?.['status_id'], new_status_id: entry.values['status_id'] },
});

/** Returns an event of the order that an entry belongs to, with something of the entry. */
const ofItsOrder =
  (what: string, more: (entry: Entry) => object = () => ({})): EventsOf =>
  ({ entry }, { tables }) => {
    const key = String(parentOf(entry, 'order_id'));
    return ofOrder(what, { key, values: tables.of(ORDERS).get(key, {})?.values ?? {} }, more(entry));
  };

const changesOrder = ofItsOrder('updated');

const refund = onCreation(ofItsOrder('refund/created', (entry) => ({ refund: { refund_id: idOf(entry) } })));

const transaction: EventsOf = ({ action, entry }) => {
  const { gateway_transaction_id, status, event, id } = entry.values;
  const transaction_id = String(gateway_transaction_id ?? id);
  const data = {
    type: 'transaction',
    order_id: String(parentOf(entry, 'order_id')),
    transaction_id,
    transaction_status: status ?? 'ok',
    transaction_type: event ?? 'purchase',
    result: { code: String(status ?? 'ok'), message: '', type: 'success' },
    platform_transaction_id: String(id ?? ''),
    provider_transaction_id: transaction_id,
  };
  return [{ scope: `store/order/transaction/${action}`, data }];
};

/** The events of orders and what is below them (integrations/webhooks/events). */
export const ORDER_EVENTS: Events = {
  orders: orderEvents,
  'orders/products': changesOrder,
  'orders/fees': changesOrder,
  'orders/shipping_addresses': changesOrder,
  'orders/consignments': changesOrder,
  'orders/coupons': changesOrder,
  'orders/messages': onCreation(ofItsOrder('message/created', (entry) => ({ message: { order_message_id: idOf(entry) } }))),
  'orders/payment_actions/refunds': refund,
  'orders/transactions': unlessDeleted(transaction),
  'orders/shipments': (change) => {
    const data = { type: 'shipment', id: idOf(change.entry), orderId: parentOf(change.entry, 'order_id') };
    return [{ scope: `store/shipment/${change.action}`, data }];
  },
};
