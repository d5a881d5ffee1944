import { type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';
import { ADDRESSES, below, FEES, LINES, REFUNDS } from './order-paths.js';

/** What something that is refunded comes to. */
interface Part {
  /** With tax. */
  readonly amount: number;
  readonly tax: number;
  /** Without tax, or as it was asked for. */
  readonly requested: number;
}

/** What a refund comes to, or why it is refused. */
export interface Refundable {
  readonly total: number;
  readonly tax: number;
  /** The part that is refunded at the level of the order. */
  readonly orderLevel: number;
  /** What each item comes to, in order. */
  readonly requested: readonly number[];
  readonly reasons: Readonly<Record<string, string>>;
}

const CENTS = 100;

/** Refunds are exact to two decimals. */
export const cents = (amount: number): number => Math.round(amount * CENTS) / CENTS;

/** An order, and what was refunded of it before. */
interface Context {
  readonly order: Entry;
  readonly tables: Tables;
  readonly before: readonly JsonObject[];
}

/** Computes a refund from the lines, costs and fees of an order (guide: order refunds). */
export function refundOf(order: Entry, request: JsonObject, tables: Tables): Refundable {
  const refunds = below(REFUNDS, order, tables).map(({ values }) => values);
  const before = refunds.flatMap(({ items }) => jsonObjectsIn(items));
  const reasons: Record<string, string> = {};
  const parts: Part[] = [];
  // Two items of a request may be about the same line.
  const context = { order, tables, before: [...before] };
  for (const [place, item] of jsonObjectsIn(request['items']).entries()) {
    const part = PARTS[String(item['item_type'])]?.(item, context) ?? 'is not a kind of item that can be refunded';
    if (typeof part === 'string') reasons[`items.${place}`] = part;
    else {
      parts.push(part);
      context.before.push({ ...item, requested_amount: part.requested });
    }
  }
  const taxAlone = cents(amountOf(request['tax_adjustment_amount']));
  const total = cents(parts.reduce((sum, { amount }) => sum + amount, taxAlone));
  const tax = cents(parts.reduce((sum, part) => sum + part.tax, taxAlone));
  const left = leftOf(order, refunds);
  if (total > left) reasons['items'] = `come to ${total}, but only ${left} can be refunded`;
  const orderLevel = jsonObjectsIn(request['items']).filter(({ item_type }) => item_type === 'ORDER');
  return {
    total,
    tax,
    orderLevel: cents(orderLevel.reduce((sum, { amount }) => sum + amountOf(amount), 0)),
    requested: parts.map(({ requested }) => requested),
    reasons,
  };
}

/** Returns how much of an order is not refunded yet. */
export const leftOf = ({ values }: Entry, refunds: readonly JsonObject[]): number =>
  cents(amountOf(values['total_inc_tax']) - refunds.reduce((sum, { total_amount }) => sum + amountOf(total_amount), 0));

type PartOf = (item: JsonObject, context: Context) => Part | string;

const isAmount = (value: unknown): boolean => value !== undefined && Number(value) >= 0;

/** Returns a part of which an amount without tax is refunded, with its share of the tax. */
function ofCost(item: JsonObject, { before, order }: Context, cost: { exTax: unknown; incTax: unknown }): Part | string {
  const { item_type, item_id, amount } = item;
  if (!isAmount(amount)) return 'needs an amount that is not negative';
  const [exTax, incTax] = [amountOf(cost.exTax), amountOf(cost.incTax)];
  const most = order.values['is_tax_inclusive_pricing'] === true ? incTax : exTax;
  const same = before.filter((each) => each['item_type'] === item_type && String(each['item_id']) === String(item_id));
  const left = cents(most - same.reduce((sum, each) => sum + amountOf(each['requested_amount']), 0));
  const requested = cents(amountOf(amount));
  if (requested > left) return `asks for ${requested}, but only ${left} is left`;
  const share = most === 0 ? 0 : requested / most;
  const tax = cents((incTax - exTax) * share);
  return { amount: cents(incTax * share), tax, requested };
}

/** Returns a part of which a number of items is refunded. */
function ofQuantity(
  item: JsonObject,
  { before, order, tables }: Context,
  price: (line: JsonObject) => Omit<Part, 'requested'>,
): Part | string {
  const { item_type, item_id, quantity } = item;
  const line = below(LINES, order, tables).find(({ key }) => key === String(item_id))?.values;
  if (line === undefined) return 'is not a product of this order';
  if (!Number.isInteger(quantity) || amountOf(quantity) < 1) return 'needs a quantity of at least 1';
  const same = before.filter((each) => each['item_type'] === item_type && String(each['item_id']) === String(item_id));
  const left = amountOf(line['quantity']) - same.reduce((sum, each) => sum + amountOf(each['quantity']), 0);
  if (amountOf(quantity) > left) return `asks for ${String(quantity)}, but only ${left} are left`;
  const each = price(line);
  const adjustment = jsonObjectsIn(item['adjustments']).reduce((sum, { amount }) => sum + amountOf(amount), 0);
  const amount = cents(each.amount * amountOf(quantity) + adjustment);
  const tax = cents(each.tax * amountOf(quantity));
  return { amount, tax, requested: cents(amount - tax) };
}

/** The price of one of a line, less the discounts of the line. */
const priceOf = (line: JsonObject): Omit<Part, 'requested'> => {
  const quantity = amountOf(line['quantity']);
  const discount = jsonObjectsIn(line['applied_discounts']).reduce((sum, { amount }) => sum + amountOf(amount), 0) / quantity;
  return { amount: amountOf(line['price_inc_tax']) - discount, tax: amountOf(line['price_inc_tax']) - amountOf(line['price_ex_tax']) };
};

/** The price of the gift wrapping of one. */
const wrappingOf = (line: JsonObject): Omit<Part, 'requested'> => {
  const quantity = amountOf(line['quantity']);
  const incTax = amountOf(line['wrapping_cost_inc_tax']);
  return { amount: incTax / quantity, tax: (incTax - amountOf(line['wrapping_cost_ex_tax'])) / quantity };
};

/** Returns a cost of an address; an order with one address has it itself. */
function ofAddress(item: JsonObject, context: Context, cost: 'shipping' | 'handling'): Part | string {
  const { order, tables } = context;
  const addresses = below(ADDRESSES, order, tables);
  const address = addresses.find(({ key }) => key === String(item['item_id']))?.values;
  if (address === undefined) return 'is not an address of this order';
  const name = cost === 'shipping' ? 'cost' : 'handling_cost';
  const own = { exTax: address[`${name}_ex_tax`], incTax: address[`${name}_inc_tax`] };
  const ofOrder = { exTax: order.values[`${cost}_cost_ex_tax`], incTax: order.values[`${cost}_cost_inc_tax`] };
  return ofCost(item, context, addresses.length === 1 ? ofOrder : own);
}

/** How much is refunded, by kind of item. */
const PARTS: Readonly<Record<string, PartOf>> = {
  PRODUCT: (item, context) => ofQuantity(item, context, priceOf),
  GIFT_WRAPPING: (item, context) => ofQuantity(item, context, wrappingOf),
  SHIPPING: (item, context) => ofAddress(item, context, 'shipping'),
  HANDLING: (item, context) => ofAddress(item, context, 'handling'),
  FEE(item, context) {
    const fee = below(FEES, context.order, context.tables).find(({ key }) => key === String(item['item_id']))?.values;
    return fee === undefined
      ? 'is not a fee of this order'
      : ofCost(item, context, { exTax: fee['cost_ex_tax'], incTax: fee['cost_inc_tax'] });
  },
  /** An amount of the whole order has no tax. */
  ORDER(item, { order }) {
    if (String(item['item_id']) !== order.key) return 'is not this order';
    const requested = cents(amountOf(item['amount']));
    return isAmount(item['amount']) ? { amount: requested, tax: 0, requested } : 'needs an amount that is not negative';
  },
  TAX(item) {
    const requested = cents(amountOf(item['amount']));
    return isAmount(item['amount']) ? { amount: requested, tax: requested, requested } : 'needs an amount that is not negative';
  },
};
