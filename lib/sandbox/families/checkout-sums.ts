import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf, roundedAmount } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';
import { couponOf, isForShipping, shippingDiscount } from './cart-coupons.js';
import { codesOf } from './cart-discounts.js';
import { linesOf, lineWith, productLinesOf } from './cart-lines.js';
import { computeTotals, storedTaxes } from './cart-totals.js';
import { type ShippingOption, shippingOptionsOf } from './shipping-options.js';

/** The sums of a checkout. */
export interface CheckoutSums {
  readonly tax: number;
  readonly shipping: number;
  readonly handling: number;
  readonly shippingDiscount: number;
  readonly fees: number;
  readonly itemsIncTax: number;
  readonly itemsExTax: number;
  readonly subtotalIncTax: number;
  readonly subtotalExTax: number;
  readonly grandTotal: number;
}

/** Computes the sums of a checkout. Shipping, handling and fees are without tax. */
export function sumsOf(cart: Entry): CheckoutSums {
  const { values } = cart;
  const isIncluded = values['tax_included'] === true;
  const tax = roundedAmount(storedTaxes(cart).reduce((sum, { amount }) => sum + amount, 0));
  const consignments = jsonObjectsIn(values['consignments']);
  const sum = (rows: readonly JsonObject[], name: string): number =>
    roundedAmount(rows.reduce((total, row) => total + amountOf(row[name]), 0));
  const shipping = sum(consignments, '$shipping');
  const handling = sum(consignments, '$handling');
  const off = sum(
    consignments.flatMap(({ coupon_discounts }) => jsonObjectsIn(coupon_discounts)),
    'amount',
  );
  const fees = sum(jsonObjectsIn(values['fees']), 'cost_inc_tax');
  const base = amountOf(values['base_amount']);
  const itemsIncTax = amountOf(values['cart_amount']);
  return {
    tax,
    shipping,
    handling,
    shippingDiscount: off,
    fees,
    itemsIncTax,
    itemsExTax: roundedAmount(itemsIncTax - tax),
    subtotalIncTax: roundedAmount(isIncluded ? base : base + tax),
    subtotalExTax: roundedAmount(isIncluded ? base - tax : base),
    grandTotal: roundedAmount(itemsIncTax + shipping + handling + fees - off),
  };
}

/** Computes a checkout again after a change: the totals of the cart, and what shipping costs. */
export function computeCheckout(cart: Entry, tables: Tables): void {
  const { values } = cart;
  const lines = linesOf(cart);
  const isLeft = ({ item_id }: JsonObject): boolean => lineWith(item_id, lines) !== undefined;
  // What has been taken out of the cart is not shipped.
  for (const consignment of jsonObjectsIn(values['consignments'])) consignment['$items'] = itemsOf(consignment, cart).filter(isLeft);
  computeTotals(cart, tables);
  for (const consignment of jsonObjectsIn(values['consignments'])) priceConsignment(consignment, cart, tables);
}

/** The lines of a consignment with their quantities. A row that a test inserted has the ids of lines alone. */
function itemsOf({ $items, line_item_ids }: JsonObject, cart: Entry): JsonObject[] {
  if ($items !== undefined || !Array.isArray(line_item_ids)) return jsonObjectsIn($items);
  const lines = linesOf(cart);
  return line_item_ids.map((item_id) => ({ item_id, quantity: lineWith(item_id, lines)?.line['quantity'] ?? 1 }));
}

/** Where a consignment goes, under either of its names. */
export const addressOfConsignment = ({ address, shipping_address }: JsonObject): JsonObject => asJsonObject(address ?? shipping_address);

/** The ways to ship a consignment; none if it is picked up. A row that a test inserted may have some of its own. */
export function optionsOfConsignment(consignment: JsonObject, cart: Entry, tables: Tables): ShippingOption[] {
  const { id, selected_pickup_option, available_shipping_options } = consignment;
  if (selected_pickup_option !== undefined) return [];
  const lines = productLinesOf(linesOf(cart));
  const items = itemsOf(consignment, cart).flatMap(({ item_id, quantity }) => {
    const line = lines.find((each) => each['id'] === item_id);
    return line === undefined ? [] : [{ line, quantity: amountOf(quantity) }];
  });
  const { $free_zones } = cart.values;
  const own = jsonObjectsIn(available_shipping_options).map((shown) => ({ shown, handling: 0 }));
  const shipment = { items, address: addressOfConsignment(consignment) };
  return [...own, ...shippingOptionsOf(String(id), shipment, Array.isArray($free_zones) ? $free_zones : [], tables)];
}

/** Sets what shipping a consignment costs, by the option that is selected. One that is not available any more is not selected any more. */
function priceConsignment(consignment: JsonObject, cart: Entry, tables: Tables): void {
  const selected = asJsonObject(consignment['selected_shipping_option']);
  // A price of the client's own, and what a test inserted, is not among the options.
  const isOwn = selected['type'] === 'custom' || (consignment['$shipping'] === undefined && selected['id'] !== undefined);
  const option = isOwn
    ? { shown: selected, handling: 0 }
    : optionsOfConsignment(consignment, cart, tables).find(({ shown }) => shown['id'] === selected['id']);
  if (option === undefined) delete consignment['selected_shipping_option'];
  else consignment['selected_shipping_option'] = option.shown;
  const cost = amountOf(option?.shown['cost']);
  const handling = option?.handling ?? 0;
  Object.assign(consignment, {
    $shipping: cost,
    $handling: handling,
    shipping_cost_inc_tax: cost,
    shipping_cost_ex_tax: cost,
    handling_cost_inc_tax: handling,
    handling_cost_ex_tax: handling,
    coupon_discounts: shippingDiscountsOf(cart, cost, tables),
    discounts: [],
    line_item_ids: itemsOf(consignment, cart).map(({ item_id }) => item_id),
  });
}

function shippingDiscountsOf(cart: Entry, cost: number, tables: Tables): JsonObject[] {
  return codesOf(cart).flatMap((code) => {
    const coupon = couponOf(code, tables);
    const isApplied = coupon?.kind === 'coupon' && isForShipping(coupon.entry.values, cart);
    const amount = isApplied ? shippingDiscount(coupon.entry.values, cost) : 0;
    return amount > 0 ? [{ code: coupon?.entry.values['code'], amount }] : [];
  });
}
