import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf, money } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';
import type { Change, Family, Refusal, StoredChange } from './family.js';
import { below, LINES, orderOf, REFUNDS } from './order-paths.js';
import { addTransaction, changeOrder, paymentOf } from './order-payments.js';
import { STATUS, statusValues } from './order-statuses.js';
import { cents, leftOf, refundOf } from './refund-amounts.js';

/** Orders that are not paid cannot be refunded (guide: order refunds, troubleshooting). */
const UNPAID: ReadonlySet<unknown> = new Set([STATUS.incomplete, STATUS.declined, STATUS.awaitingPayment]);

/** Returns why nothing of an order can be refunded; `undefined` if it can. */
export const refusalOfOrder = ({ values }: Entry): string | undefined =>
  UNPAID.has(values['status_id']) ? 'The order must be paid before it can be refunded.' : undefined;

/** Returns the ways to return an amount: by the payment of the order, to a customer's store credit, or outside of the store. */
export function refundMethods(order: Entry, amount: number, tables: Tables): JsonObject[][] {
  const payment = paymentOf(order, tables);
  const offline = { offline: true, offline_provider: true, offline_reason: 'This is an offline payment provider.' };
  const online = { offline: false, offline_provider: false, offline_reason: '' };
  const method = (provider_id: string, provider_description: string, rest: JsonObject): JsonObject[] => [
    { provider_id, provider_description, amount, ...rest },
  ];
  return [
    ...(payment === undefined ? [] : [method(String(payment['gateway']), String(order.values['payment_method']), online)]),
    ...(amountOf(order.values['customer_id']) === 0 ? [] : [method(STORE_CREDIT, 'Store Credit', online)]),
    method('custom', 'Custom', offline),
  ];
}

const STORE_CREDIT = 'storecredit';

/** Returns the amounts of a refund: those of the client if it has its own, otherwise those that follow from the order. */
function amountsOf(order: Entry, body: JsonObject, tables: Tables) {
  const computed = refundOf(order, body, tables);
  const { total_amount, total_tax } = asJsonObject(body['merchant_calculated_override']);
  const isOverridden = total_amount !== undefined;
  return isOverridden
    ? { ...computed, isOverridden, total: cents(amountOf(total_amount)), tax: cents(amountOf(total_tax)) }
    : { ...computed, isOverridden };
}

function refusalOf({ body, parents, tables }: Change): Refusal | undefined {
  const order = orderOf(parents, tables);
  if (order === undefined) return undefined;
  const unpaid = refusalOfOrder(order);
  if (unpaid !== undefined) return { status: 422, message: unpaid };
  const { total, reasons, isOverridden } = amountsOf(order, body, tables);
  const left = leftOf(
    order,
    below(REFUNDS, order, tables).map(({ values }) => values),
  );
  const fields: Record<string, string> = { ...reasons };
  if (isOverridden && total <= left) delete fields['items'];
  else if (isOverridden) fields['merchant_calculated_override'] = `is more than the ${left} that can be refunded`;
  const payments = jsonObjectsIn(body['payments']);
  const paid = cents(payments.reduce((sum, { amount }) => sum + amountOf(amount), 0));
  if (payments.length > 0 && paid !== total) fields['payments'] = `add up to ${paid}, but the refund is ${total}`;
  const isGuest = amountOf(order.values['customer_id']) === 0;
  if (isGuest && payments.some(({ provider_id }) => provider_id === STORE_CREDIT))
    fields['payments'] = 'cannot be to the store credit of a guest';
  return Object.keys(fields).length === 0 ? undefined : { status: 422, fields };
}

/** Refunds of orders. They do not return items to the inventory (guide: order refunds). */
export const REFUND: Family = {
  refusalOf,
  stored({ body, parents, tables }) {
    const order = orderOf(parents, tables);
    if (order === undefined) return {};
    const { total, tax, requested, isOverridden } = amountsOf(order, body, tables);
    const items = jsonObjectsIn(body['items']);
    return {
      order_id: order.values['id'],
      user_id: 0,
      created: tables.clock.iso(),
      reason: String(items.find(({ reason }) => reason !== undefined)?.['reason'] ?? ''),
      total_amount: total,
      total_tax: tax,
      uses_merchant_override_values: isOverridden,
      items: items.map(({ amount: _, ...item }, at) => ({ reason: '', ...item, requested_amount: requested[at] ?? 0 })),
      payments: jsonObjectsIn(body['payments']).map((payment, at) => paymentWith(payment, at + 1, order, tables)),
      // These are only written.
      merchant_calculated_override: undefined,
      tax_adjustment_amount: undefined,
    };
  },
  complete,
};

/** Returns a payment of a refund with its transaction, unless it was only recorded. */
function paymentWith(payment: JsonObject, id: number, order: Entry, tables: Tables): JsonObject {
  const row = { id, provider_id: 'custom', amount: 0, offline: false, is_declined: false, declined_message: '', ...payment };
  const paid = paymentOf(order, tables);
  if (row.offline || paid === undefined || row.provider_id !== paid['gateway']) return row;
  const transaction = addTransaction(order, paid, { event: 'refund', amount: amountOf(row.amount) }, tables);
  return { ...row, transaction_id: String(transaction['id']) };
}

/** Counts what was refunded in the lines, the status of the order, and the credit of the customer. */
function complete({ entry, parents, tables }: StoredChange): void {
  const order = orderOf(parents, tables);
  if (order === undefined) return;
  const lines = below(LINES, order, tables);
  for (const { item_type, item_id, quantity } of jsonObjectsIn(entry.values['items'])) {
    const line = item_type === 'PRODUCT' ? lines.find(({ key }) => key === String(item_id)) : undefined;
    if (line === undefined) continue;
    const quantity_refunded = amountOf(line.values['quantity_refunded']) + amountOf(quantity);
    Object.assign(line.values, { quantity_refunded, is_refunded: quantity_refunded >= amountOf(line.values['quantity']) });
  }
  const credited = jsonObjectsIn(entry.values['payments']).filter(({ provider_id }) => provider_id === STORE_CREDIT);
  addCredit(
    order,
    credited.reduce((sum, { amount }) => sum + amountOf(amount), 0),
    tables,
  );
  const isAll =
    leftOf(
      order,
      below(REFUNDS, order, tables).map(({ values }) => values),
    ) <= 0;
  const status = isAll ? STATUS.refunded : STATUS.partiallyRefunded;
  const payment_status = isAll ? 'refunded' : 'partially refunded';
  changeOrder(order, { ...statusValues(status, order.values, tables), payment_status }, tables);
}

function addCredit(order: Entry, amount: number, tables: Tables): void {
  const customer = tables.of('/customers').get(String(order.values['customer_id']), {});
  if (customer === undefined || amount === 0) return;
  customer.values['store_credit'] = money(amountOf(customer.values['store_credit']) + amount);
}
