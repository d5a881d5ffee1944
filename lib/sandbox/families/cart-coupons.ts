import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf, roundedAmount } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';
import { type Coupon, isSpentBy } from './coupon-uses.js';
import type { Refusal } from './family.js';
import { isActive, isFor } from './promotion-eligibility.js';
import type { PricedLine } from './promotion-items.js';

/** The numbers of the kinds of coupons in a cart (carts.v3.yml). */
export const COUPON_TYPES: Readonly<Record<string, string>> = {
  per_item_discount: '0',
  percentage_discount: '1',
  per_total_discount: '2',
  shipping_discount: '3',
  free_shipping: '4',
  promotion: '5',
};

/** Returns what a code stands for, ignoring case; `undefined` if it is unknown. */
export function couponOf(code: unknown, tables: Tables): Coupon | undefined {
  const found = tables.of('/promotions/:promotion_id/codes').having('code', code);
  const promotion = found === undefined ? undefined : tables.of('/promotions').get(found.parents['promotion_id'] ?? '', {});
  if (found !== undefined && promotion !== undefined) return { kind: 'promotion', entry: promotion, code: found };
  const entry = tables.of('/coupons').having('code', code);
  return entry === undefined ? undefined : { kind: 'coupon', entry };
}

const refused = (message: string): Refusal => ({ status: 422, message, fields: { coupon_code: message } });

/** Returns why a code cannot be applied to a cart; `undefined` if it can. */
export function refusalOfCoupon(code: unknown, cart: Entry, tables: Tables): Refusal | undefined {
  if (typeof code !== 'string' || code === '') return refused('coupon_code is required.');
  // Coupon codes have a limit of 50 characters (checkouts.v3.yml).
  if (code.length > 50) return refused('coupon_code has more than 50 characters.');
  const coupon = couponOf(code, tables);
  if (coupon === undefined) return refused(`The coupon code ${code} does not exist.`);
  const { customer_id, currency } = cart.values;
  if (isSpentBy(coupon, customer_id, tables)) return refused(`The coupon code ${code} has reached its limit of uses.`);
  if (coupon.kind === 'promotion')
    return isActive(coupon.entry.values, tables) && isFor(coupon.entry.values, cart, tables)
      ? undefined
      : refused(`The promotion of the coupon code ${code} does not apply.`);
  const { enabled, expires, min_purchase } = coupon.entry.values;
  if (enabled === false) return refused(`The coupon code ${code} is not enabled.`);
  if (hasExpired(expires, tables)) return refused(`The coupon code ${code} has expired.`);
  // Legacy coupons (marketing.v2.yml, Create a New Coupon).
  if (asJsonObject(currency)['code'] !== defaultCurrency(tables)) return refused('Coupons only apply to default currency.');
  if (!isForShipping(coupon.entry.values, cart)) return refused(`The coupon code ${code} is not for where or how the cart is shipped.`);
  return amountOf(cart.values['base_amount']) < amountOf(min_purchase)
    ? refused(`The coupon code ${code} needs a purchase of ${String(min_purchase)}.`)
    : undefined;
}

/**
 * Whether a legacy coupon is for the country and the shipping method of each consignment (marketing.v2.yml, `restricted_to` and
 * `shipping_methods`). What the shopper has not chosen yet fits.
 */
export function isForShipping({ restricted_to, shipping_methods }: JsonObject, { values }: Entry): boolean {
  const countries = textsIn(asJsonObject(restricted_to)['countries']);
  const methods = textsIn(shipping_methods);
  const fits = (allowed: readonly string[], chosen: unknown): boolean =>
    allowed.length === 0 || typeof chosen !== 'string' || allowed.includes(chosen);
  return jsonObjectsIn(values['consignments']).every(
    ({ address, shipping_address, selected_shipping_option: option }) =>
      fits(countries, asJsonObject(address ?? shipping_address)['country_code']) && fits(methods, asJsonObject(option)['type']),
  );
}

/** `AU`, `AU,NZ` or an array. */
const textsIn = (value: unknown): string[] =>
  [value].flat().flatMap((each) => (typeof each === 'string' ? each.split(',').filter((text) => text !== '') : []));

const hasExpired = (expires: unknown, { clock }: Tables): boolean =>
  typeof expires === 'string' && expires !== '' && Date.parse(expires) <= clock.now();

/** The code of the default currency of the store. */
export const defaultCurrency = (tables: Tables): unknown =>
  tables
    .of('/currencies')
    .list()
    .find(({ values }) => values['is_default'] === true)?.values['currency_code'] ?? 'USD';

/** Whether a coupon is for a product: for all with the category 0. */
function appliesTo({ applies_to }: JsonObject, { product, line }: PricedLine): boolean {
  const { entity, ids } = asJsonObject(applies_to);
  if (!Array.isArray(ids) || ids.length === 0) return true;
  if (entity === 'products') return ids.some((id) => Number(id) === line['product_id']);
  const categories = Array.isArray(product['categories']) ? product['categories'] : [];
  return ids.some((id) => Number(id) === 0 || categories.includes(Number(id)));
}

/** Returns what a legacy coupon takes off each line, and off the cart as a whole. */
export function couponDiscounts(
  coupon: JsonObject,
  lines: readonly PricedLine[],
  subtotal: number,
): { readonly ofLines: readonly [PricedLine, number][]; readonly ofCart: number } {
  const amount = amountOf(coupon['amount']);
  const applicable = lines.filter((priced) => priced.line['product_id'] !== undefined && appliesTo(coupon, priced));
  const each = (off: (priced: PricedLine) => number): [PricedLine, number][] =>
    applicable.map((priced) => [priced, roundedAmount(off(priced))]);
  if (amountOf(coupon['min_purchase']) > subtotal || applicable.length === 0) return { ofLines: [], ofCart: 0 };
  switch (coupon['type']) {
    case 'per_item_discount':
      return { ofLines: each(({ price, quantity }) => Math.min(amount, price) * quantity), ofCart: 0 };
    case 'percentage_discount':
      return { ofLines: each(({ price, quantity }) => (price * quantity * amount) / 100), ofCart: 0 };
    case 'per_total_discount':
      return { ofLines: [], ofCart: amount };
    default:
      return { ofLines: [], ofCart: 0 };
  }
}

/** Returns what the shipping of a cart costs less by a legacy coupon. */
export function shippingDiscount({ type, amount }: JsonObject, cost: number): number {
  if (type === 'free_shipping') return cost;
  return type === 'shipping_discount' ? Math.min(amountOf(amount), cost) : 0;
}
