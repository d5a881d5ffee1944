import { type JsonObject, jsonObjectsIn } from '../../json-object.js';
import type { Entry, Tables } from '../tables.js';
import { type Actions, bare, data, done, type Handler, on } from './action.js';
import { countOrders } from './order-counts.js';

const ORDERS = '/orders';

const quoteRefund = on(ORDERS, (order, { body, tables }) => data(quoteOf(order, body, tables), 201));

/** Quotes the amounts that are asked for, and the price of the products. */
function quoteOf({ key: order_id, values }: Entry, request: JsonObject, tables: Tables): JsonObject {
  const lines = tables
    .of(`${ORDERS}/:order_id/products`)
    .list({ order_id })
    .map((line) => line.values);
  const total = jsonObjectsIn(request['items']).reduce((sum, { amount, item_id, quantity }) => {
    const line = amount === undefined ? lines.find(({ id }) => id === item_id) : undefined;
    return sum + Number(line === undefined ? (amount ?? 0) : Number(line['price_inc_tax']) * Number(quantity));
  }, 0);
  const offline = { offline: true, offline_provider: true, offline_reason: 'The provider does not refund.' };
  return {
    order_id: values['id'],
    total_refund_amount: total,
    total_refund_tax_amount: 0,
    order_level_refund_amount: 0,
    rounding: 0,
    adjustment: 0,
    tax_inclusive: false,
    refund_methods: [[{ provider_id: 'custom', provider_description: 'Custom', amount: total, ...offline }]],
  };
}

/** Quotes refunds of several orders; orders that do not exist are among the errors, and the status is then 422. */
const quoteRefunds: Handler = ({ incoming, tables }) => {
  const requests = jsonObjectsIn(incoming.body);
  const found = requests.map((request) => ({ request, order: tables.of(ORDERS).get(String(request['order_id']), {}) }));
  const quotes = found.flatMap(({ request, order }) => (order === undefined ? [] : [quoteOf(order, request, tables)]));
  const errors = found
    .filter(({ order }) => order === undefined)
    .map(({ request }) => ({ order_id: request['order_id'], status: 404, error: 'The order does not exist.' }));
  const meta = { total: requests.length, success: quotes.length, failure: errors.length };
  return bare({ data: quotes, errors, meta }, errors.length === 0 ? 201 : 422);
};

const setStatus = (id: number, name: string): Handler =>
  on(ORDERS, (entry) => {
    Object.assign(entry.values, { status_id: id, status: name });
    return bare({}, 201);
  });

export const ORDER_ACTIONS: Actions = {
  'GET /v2/orders/count': countOrders,
  'POST /v3/orders/:$key/payment_actions/capture': setStatus(11, 'Awaiting Fulfillment'),
  'POST /v3/orders/:$key/payment_actions/void': setStatus(5, 'Cancelled'),
  'POST /v3/orders/:$key/payment_actions/refund_quotes': quoteRefund,
  'POST /v3/orders/payment_actions/refund_quotes': quoteRefunds,
  'POST /v2/shipping/carrier/connection': () => bare({}),
  'PUT /v2/shipping/carrier/connection': () => bare({}),
  'DELETE /v2/shipping/carrier/connection': done,
};
