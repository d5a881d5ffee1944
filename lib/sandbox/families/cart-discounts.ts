import { type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';
import { couponDiscounts, couponOf, isForShipping } from './cart-coupons.js';
import { CartLedger } from './cart-ledger.js';
import { type CartLines, productLinesOf } from './cart-lines.js';
import { isActive, isFor } from './promotion-eligibility.js';
import type { PricedLine } from './promotion-items.js';
import { applyRules } from './promotion-rules.js';

/** What a coupon took off a cart. */
interface AppliedCoupon {
  readonly code: unknown;
  readonly id: unknown;
  readonly type: string;
  readonly name: unknown;
  readonly amount: number;
}

/** The discounts of a cart, and its coupons. */
export interface CartDiscounts {
  readonly ledger: CartLedger;
  readonly coupons: readonly AppliedCoupon[];
  /** Ids of the promotions that applied. */
  readonly promotions: ReadonlySet<unknown>;
}

export const MANUAL = 'manual-discount';
export const COUPON = 'coupon';

/** Finds the discounts of a cart: automatic promotions in the order of their ids, coupons in the order of entry, those given by hand. */
export function discountsOf(cart: Entry, lines: CartLines, tables: Tables): CartDiscounts {
  const ledger = new CartLedger(pricedLinesOf(lines, tables));
  const promotions = new Set<unknown>();
  // Discounts by hand replace those on the items (checkouts.v3.yml, Add Discount to Checkout).
  const isManual = cart.values['$discounts'] !== undefined;
  if (!isManual) applyPromotions(cart, ledger, promotions, tables);
  const coupons = codesOf(cart).flatMap((code) => applyCoupon(code, cart, ledger, promotions, tables));
  applyManual(cart, ledger);
  return { ledger, coupons, promotions };
}

/** The codes of the coupons that were applied to a cart. */
export const codesOf = ({ values }: Entry): unknown[] => (Array.isArray(values['$codes']) ? values['$codes'] : []);

function pricedLinesOf(lines: CartLines, tables: Tables): PricedLine[] {
  const setting = tables.of('/promotions/settings').list()[0]?.values['promotions_apply_on_products_with_custom_product_price'];
  const ofProducts = productLinesOf(lines).map((line) => ({
    line,
    product: tables.of('/products').get(String(line['product_id']), {})?.values ?? {},
    quantity: amountOf(line['quantity']),
    price: amountOf(line['list_price']),
    // A price of the client's own takes a line out of the promotions of products (carts.v3.yml, Add Cart Line Items).
    isEligible: line['$isOverridden'] !== true || setting === true,
    isOnSale: line['$isOnSale'] === true,
  }));
  const custom = lines.custom_items.map((line) => ({
    line,
    product: {},
    quantity: amountOf(line['quantity']),
    price: amountOf(line['list_price']),
    isEligible: false,
    isOnSale: false,
  }));
  return [...ofProducts, ...custom];
}

function applyPromotions(cart: Entry, ledger: CartLedger, applied: Set<unknown>, tables: Tables): void {
  for (const { values } of tables.of('/promotions').list()) {
    if (values['redemption_type'] !== 'AUTOMATIC' || !isActive(values, tables) || !isFor(values, cart, tables)) continue;
    const isAlone = values['can_be_used_with_other_promotions'] === false;
    if (isAlone && !ledger.isEmpty) continue;
    if (applyRules(values, ledger.lines, ledger, tables) === 0) continue;
    applied.add(values['id']);
    if (isAlone || values['stop'] === true) return;
  }
}

function applyCoupon(code: unknown, cart: Entry, ledger: CartLedger, applied: Set<unknown>, tables: Tables): AppliedCoupon[] {
  const coupon = couponOf(code, tables);
  if (coupon === undefined) return [];
  const { values } = coupon.entry;
  if (coupon.kind === 'coupon') {
    if (!isForShipping(values, cart)) return [];
    const { ofLines, ofCart } = couponDiscounts(values, ledger.lines, ledger.subtotal());
    const onLines = ofLines.reduce((sum, [priced, amount]) => sum + ledger.ofLine(priced, COUPON, amount), 0);
    const amount = onLines + ledger.ofCart(COUPON, ofCart);
    return [{ code: values['code'], id: values['id'], type: String(values['type']), name: values['name'], amount }];
  }
  const before = ledger.subtotal();
  const isUsed =
    isActive(values, tables) && isFor(values, cart, tables) && applyRules({ ...values, id: COUPON }, ledger.lines, ledger, tables) > 0;
  if (isUsed) applied.add(values['id']);
  const name = values['display_name'] ?? values['name'];
  return [{ code: coupon.code.values['code'], id: coupon.code.values['id'], type: 'promotion', name, amount: before - ledger.subtotal() }];
}

function applyManual({ values }: Entry, ledger: CartLedger): void {
  for (const { id, discounted_amount } of jsonObjectsIn(values['$item_discounts'])) {
    const priced = ledger.lines.find(({ line }) => line['id'] === id);
    if (priced !== undefined) ledger.ofLine(priced, MANUAL, amountOf(discounted_amount));
  }
  ledger.ofCart(
    MANUAL,
    jsonObjectsIn(values['$discounts']).reduce((sum, row: JsonObject) => sum + amountOf(row['discounted_amount']), 0),
  );
}
