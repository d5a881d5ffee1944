import { type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { v3 } from '../dialect-v3.js';
import { ORDERS } from '../families/order-paths.js';
import { addTransaction, changeOrder, expectPayment, paymentOf, paymentStatusOf } from '../families/order-payments.js';
import { refundMethods, refusalOfOrder } from '../families/order-refunds.js';
import { STATUS, statusValues } from '../families/order-statuses.js';
import { followStock } from '../families/order-stock.js';
import { refundOf } from '../families/refund-amounts.js';
import type { Entry, Tables } from '../tables.js';
import { type Actions, bare, data, type Handler, invalid, on } from './action.js';
import { countOrders } from './order-counts.js';

/** A quote, or why there is none. */
type Quoted =
  | { readonly quote: JsonObject; readonly failure?: undefined }
  | { readonly failure: { readonly error: string; readonly reasons: Readonly<Record<string, string>> } };

const REFUSED = 422;

const quoteRefund = on(ORDERS, (order, { body, tables }) => {
  const quoted = quoteOf(order, body, tables);
  return quoted.failure === undefined ? data(quoted.quote, 201) : v3.error(REFUSED, quoted.failure.error, quoted.failure.reasons);
});

/** Quotes a refund: how much it comes to, and by which payments it could be returned. */
function quoteOf(order: Entry, request: JsonObject, tables: Tables): Quoted {
  const { total, tax, orderLevel, reasons } = refundOf(order, request, tables);
  const error = refusalOfOrder(order) ?? (Object.keys(reasons).length > 0 ? 'Some items cannot be refunded.' : undefined);
  if (error !== undefined) return { failure: { error, reasons } };
  const isTaxInclusive = order.values['is_tax_inclusive_pricing'] === true;
  const quote = {
    order_id: order.values['id'],
    total_refund_amount: total,
    total_refund_tax_amount: tax,
    order_level_refund_amount: orderLevel,
    rounding: 0,
    adjustment: 0,
    // Its name in orders.v3.yml, and the one in the guide to refunds.
    tax_inclusive: isTaxInclusive,
    is_tax_included: isTaxInclusive,
    refund_methods: refundMethods(order, total, tables),
  };
  return { quote };
}

/** Quotes refunds of several orders. Orders without a quote are among the errors, and the status is then 422. */
const quoteRefunds: Handler = ({ incoming, tables }) => {
  const requests = jsonObjectsIn(incoming.body);
  const quotes: JsonObject[] = [];
  const errors: JsonObject[] = [];
  for (const request of requests) {
    const { order_id } = request;
    const order = tables.of(ORDERS).get(String(order_id), {});
    const quoted = order === undefined ? undefined : quoteOf(order, request, tables);
    if (quoted === undefined) errors.push({ order_id, status: 404, error: 'The order does not exist.' });
    else if (quoted.failure !== undefined) errors.push({ order_id, status: REFUSED, error: quoted.failure.error });
    else quotes.push(quoted.quote);
  }
  const meta = { total: requests.length, success: quotes.length, failure: errors.length };
  return bare({ data: quotes, errors, meta }, errors.length === 0 ? 201 : REFUSED);
};

/** What the store asks of a provider: the payments that it is too late for, and what becomes of the others and of the order. */
interface PaymentAction {
  readonly tooLate: ReadonlySet<unknown>;
  readonly pending: string;
  readonly settled: string;
  readonly event: 'capture' | 'void';
  readonly status: number;
}

const CAPTURE: PaymentAction = {
  tooLate: new Set(['captured', 'capture pending', 'void', 'void pending', 'refunded', 'declined']),
  pending: 'capture pending',
  settled: 'captured',
  event: 'capture',
  status: STATUS.awaitingFulfillment,
};

const VOID: PaymentAction = {
  tooLate: new Set(['captured', 'void', 'void pending', 'refunded', 'declined']),
  pending: 'void pending',
  settled: 'void',
  event: 'void',
  status: STATUS.cancelled,
};

/** Asks the provider for something. It does so after the response (orders.v3.yml, payment_actions). */
const askProvider = ({ tooLate, pending, settled, event, status }: PaymentAction): Handler =>
  on(ORDERS, (order, { tables }) => {
    const current = paymentStatusOf(order, tables);
    if (tooLate.has(current)) return invalid(`The payment is ${String(current)}: there is nothing to ${event}.`, {});
    const payment = paymentOf(order, tables);
    if (payment !== undefined) addTransaction(order, payment, { event }, tables);
    const was = order.values['status_id'];
    expectPayment(order, pending, settled, tables);
    changeOrder(order, statusValues(status, order.values, tables), tables);
    followStock(order, was, false, tables);
    return bare({}, 201);
  });

export const ORDER_ACTIONS: Actions = {
  'GET /v2/orders/count': countOrders,
  'POST /v3/orders/:$key/payment_actions/capture': askProvider(CAPTURE),
  'POST /v3/orders/:$key/payment_actions/void': askProvider(VOID),
  'POST /v3/orders/:$key/payment_actions/refund_quotes': quoteRefund,
  'POST /v3/orders/payment_actions/refund_quotes': quoteRefunds,
};
