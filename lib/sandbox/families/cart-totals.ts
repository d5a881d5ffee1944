import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf, roundedAmount } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';
import { COUPON_TYPES, defaultCurrency } from './cart-coupons.js';
import { type CartDiscounts, COUPON, discountsOf, MANUAL } from './cart-discounts.js';
import { type CartLines, lineOf, linesOf, productLinesOf } from './cart-lines.js';
import { isTaxIncluded, type Tax, type Taxed, taxesOf } from './cart-taxes.js';
import type { PricedLine } from './promotion-items.js';

/** Computes the discounts, taxes and totals of a cart again. */
export function computeTotals(cart: Entry, tables: Tables): void {
  const lines = withoutGifts(linesOf(cart));
  // Promotions and coupons depend on it.
  cart.values['currency'] = { code: asJsonObject(cart.values['currency'])['code'] ?? defaultCurrency(tables) };
  const discounts = discountsOf(cart, lines, tables);
  const { ledger } = discounts;
  for (const priced of ledger.lines) completeLine(priced, discounts);
  const gifts = addGifts(cart, lines, discounts, tables);
  const certificates = lines.gift_certificates.reduce((sum, { amount }) => sum + amountOf(amount), 0);
  const subtotal = ledger.lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const taxes = taxesOf(taxedOf(discounts), addressOf(cart), tables);
  const tax = isTaxIncluded(tables) ? 0 : taxes.reduce((sum, { amount }) => sum + amount, 0);
  Object.assign(cart.values, {
    line_items: lines,
    email: emailOf(cart, tables),
    tax_included: isTaxIncluded(tables),
    base_amount: roundedAmount(subtotal + certificates + gifts),
    discount_amount: ledger.ofCartBy((id) => id !== COUPON),
    manual_discount_amount: ledger.ofCartBy((id) => id === MANUAL),
    cart_amount: roundedAmount(ledger.subtotal() + certificates + tax),
    coupons: discounts.coupons.map(({ code, id, type, name, amount }) => ({
      code,
      id: String(id),
      coupon_type: COUPON_TYPES[type] ?? '5',
      display_name: name,
      discounted_amount: roundedAmount(amount),
    })),
    discounts: ledger.all.map(shownDiscount),
    $taxes: taxes,
    $promotions: [...discounts.promotions],
    $free_zones: ledger.freeZones,
  });
}

const shownDiscount = ({ id, amount }: { id: unknown; amount: number }): JsonObject => ({ id, discounted_amount: amount });

const withoutGifts = (lines: CartLines): CartLines => ({
  ...lines,
  physical_items: lines.physical_items.filter((line) => line['added_by_promotion'] !== true),
  digital_items: lines.digital_items.filter((line) => line['added_by_promotion'] !== true),
});

/** Sets what a line costs with its discounts. */
function completeLine(priced: PricedLine, { ledger, coupons }: CartDiscounts): void {
  const { line, price, quantity } = priced;
  const extended = roundedAmount(price * quantity);
  if (line['product_id'] === undefined) {
    line['extended_list_price'] = extended;
    return;
  }
  const own = ledger.discountsOf(priced);
  const couponShare = ledger.shareOf(
    priced,
    ledger.cart.filter(({ id }) => id === COUPON),
  );
  const ofCoupons = own.filter(({ id }) => id === COUPON).reduce((sum, { amount }) => sum + amount, couponShare);
  const cost = roundedAmount(ledger.costOf(priced) - ledger.shareOf(priced));
  Object.assign(line, {
    discounts: own.map(shownDiscount),
    coupons: ofCoupons > 0 ? coupons.map(({ code, id, name, type, amount }) => itemCoupon(code, id, name, type, amount)) : [],
    discount_amount: roundedAmount(extended - cost),
    coupon_amount: roundedAmount(ofCoupons),
    sale_price: quantity === 0 ? price : roundedAmount(cost / quantity),
    extended_list_price: extended,
    extended_sale_price: cost,
  });
}

const itemCoupon = (code: unknown, id: unknown, name: unknown, type: string, totalDiscount: number): JsonObject => ({
  id,
  code,
  name,
  discountType: Number(COUPON_TYPES[type] ?? 5),
  discountAmount: totalDiscount,
  expiresDate: 0,
  totalDiscount,
});

/** Puts the gifts of promotions into a cart, for nothing. Returns what they would cost. */
function addGifts(cart: Entry, lines: CartLines, { ledger }: CartDiscounts, tables: Tables): number {
  let total = 0;
  const before = productLinesOf(linesOf(cart)).filter((line) => line['added_by_promotion'] === true);
  for (const { promotion, gift } of ledger.gifts) {
    const item = { product_id: productOfVariant(gift['variant_id'], tables), ...gift };
    const old = before.find(({ product_id }) => String(product_id) === String(item.product_id));
    const line = lineOf(item, cart, tables, old?.['id']);
    const extended = roundedAmount(amountOf(line['list_price']) * amountOf(gift['quantity']));
    total += extended;
    const kind = line['is_require_shipping'] === true ? lines.physical_items : lines.digital_items;
    kind.push({
      ...line,
      is_mutable: false,
      added_by_promotion: true,
      discounts: [{ id: promotion, discounted_amount: extended }],
      coupons: [],
      discount_amount: extended,
      coupon_amount: 0,
      sale_price: 0,
      extended_list_price: extended,
      extended_sale_price: 0,
    });
  }
  return total;
}

const productOfVariant = (variant: unknown, tables: Tables): string | undefined =>
  tables.of('/catalog/products/:product_id/variants').get(String(variant), {})?.parents['product_id'];

/** What a cart is taxed for: its lines with their discounts. */
const taxedOf = ({ ledger }: CartDiscounts): Taxed[] =>
  ledger.lines
    .filter(({ line }) => line['taxable'] !== false)
    .map((priced) => ({ amount: ledger.costOf(priced) - ledger.shareOf(priced), taxClass: priced.product['tax_class_id'] }));

/** The address that a cart is taxed for. */
export function addressOf({ values }: Entry): JsonObject {
  const [first] = jsonObjectsIn(values['consignments']);
  return asJsonObject(first?.['address'] ?? first?.['shipping_address'] ?? values['billing_address']);
}

/** The address of the customer, or else that of the billing address. */
function emailOf({ values }: Entry, tables: Tables): unknown {
  const customer = tables.of('/customers').get(String(values['customer_id']), {})?.values['email'];
  return customer ?? asJsonObject(values['billing_address'])['email'] ?? '';
}

/** The taxes of a cart, as they were computed last. */
export const storedTaxes = ({ values }: Entry): Tax[] =>
  jsonObjectsIn(values['$taxes']).map(({ name, amount }) => ({ name, amount: amountOf(amount) }));
