import { randomUUID } from 'node:crypto';
import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { Checkout } from '../../resources/v3/checkouts.js';
import { amountOf } from '../amounts.js';
import { refusalOfCoupon } from '../families/cart-coupons.js';
import { codesOf } from '../families/cart-discounts.js';
import { linesOf, lineWith } from '../families/cart-lines.js';
import { type Actions, notFound } from './action.js';
import { CHECKOUT, changing, refuse } from './cart.js';

const addCoupon = changing(Checkout, 200, (entry, { body, tables }) => {
  const code = body['coupon_code'];
  const refusal = refusalOfCoupon(code, entry, tables);
  if (refusal !== undefined) return refusal;
  const codes = codesOf(entry).filter((each) => !isSame(each, code));
  const most = amountOf(tables.of('/promotions/settings').list()[0]?.values['number_of_coupons_allowed_at_checkout']) || 1;
  // Another coupon than a checkout may have replaces the one that was applied first.
  entry.values['$codes'] = [...codes, code].slice(-most);
  return undefined;
});

const isSame = (a: unknown, b: unknown): boolean => String(a).toLowerCase() === String(b).toLowerCase();

const removeCoupon = changing(Checkout, 200, (entry, { incoming }) => {
  const codes = codesOf(entry);
  const kept = codes.filter((each) => !isSame(each, incoming.params['$item']));
  if (kept.length === codes.length) return notFound();
  entry.values['$codes'] = kept;
  return undefined;
});

const addDiscounts = changing(Checkout, 200, (entry, { body }) => {
  const { discounts, line_items } = asJsonObject(body['cart']);
  const lines = linesOf(entry);
  for (const { id } of jsonObjectsIn(line_items)) {
    const found = lineWith(id, lines);
    if (found === undefined) return refuse('The line is not in the cart.', { 'cart.line_items': `${String(id)} is not in the cart` });
    // What has a coupon or a promotion already takes no discount by hand (checkouts.v3.yml, Add Discount to Checkout).
    if (jsonObjectsIn(found.line['discounts']).some((discount) => discount['id'] !== 'manual-discount'))
      return refuse('The line has a discount already.', { 'cart.line_items': `${String(id)} has a coupon or an automatic promotion` });
  }
  entry.values['$discounts'] = jsonObjectsIn(discounts);
  entry.values['$item_discounts'] = jsonObjectsIn(line_items);
  return undefined;
});

const MOST_FEES = 5;
const TEXTS = { name: 50, display_name: 200, source: 50 } as const;

/** Returns what is wrong with fees, by field (checkouts.v3.yml, BaseFee). */
function mistakesInFees(fees: readonly JsonObject[]): Record<string, string> {
  const all = fees.flatMap((fee, at) => {
    const texts = Object.entries(TEXTS).filter(([name, most]) => {
      const { length } = String(fee[name] ?? '');
      return length < 1 || length > most;
    });
    const mistakes = texts.map(([name, most]) => [`fees.${at}.${name}`, `must have 1 to ${most} characters`]);
    if (fee['type'] !== 'custom_fee') mistakes.push([`fees.${at}.type`, 'must be custom_fee']);
    if (!Number.isFinite(fee['cost'])) mistakes.push([`fees.${at}.cost`, 'must be a number']);
    return mistakes;
  });
  return Object.fromEntries(all);
}

function shownFee({ type, name, display_name, cost, source, tax_class_id = null }: JsonObject, id: unknown): JsonObject {
  return { id, type, name, display_name, cost_inc_tax: cost, cost_ex_tax: cost, source, tax_class_id };
}

const addFees = changing(Checkout, 200, ({ values }, { body }) => {
  const given = jsonObjectsIn(body['fees']);
  const fees = jsonObjectsIn(values['fees']);
  const mistakes = mistakesInFees(given);
  if (given.length === 0) return refuse('Fees are required.', { fees: 'must have at least one fee' });
  if (Object.keys(mistakes).length > 0) return refuse('Some fees are wrong.', mistakes);
  if (fees.length + given.length > MOST_FEES) return refuse('There are too many fees.', { fees: `a checkout has at most ${MOST_FEES}` });
  values['fees'] = [...fees, ...given.map((fee) => shownFee(fee, randomUUID()))];
  return undefined;
});

/** Updates fees as a whole: what is left out is not kept. */
const updateFees = changing(Checkout, 200, ({ values }, { body }) => {
  const given = jsonObjectsIn(body['fees']);
  const fees = jsonObjectsIn(values['fees']);
  const mistakes = mistakesInFees(given);
  if (Object.keys(mistakes).length > 0) return refuse('Some fees are wrong.', mistakes);
  if (given.some((fee) => !fees.some(({ id }) => id === fee['id'])))
    return refuse('The fee does not exist.', { id: 'is not a fee of this checkout' });
  values['fees'] = fees.map((fee) => {
    const change = given.find(({ id }) => id === fee['id']);
    return change === undefined ? fee : shownFee(change, fee['id']);
  });
  return undefined;
});

const removeFees = changing(Checkout, 200, ({ values }, { body }) => {
  const ids: unknown[] = Array.isArray(body['ids']) ? body['ids'] : [];
  if (ids.length === 0) return refuse('ids is required.', { ids: 'must have the id of a fee' });
  values['fees'] = jsonObjectsIn(values['fees']).filter(({ id }) => !ids.includes(id));
  return undefined;
});

export const CHARGE_ACTIONS: Actions = {
  [`POST ${CHECKOUT}/coupons`]: addCoupon,
  [`DELETE ${CHECKOUT}/coupons/:$item`]: removeCoupon,
  [`POST ${CHECKOUT}/discounts`]: addDiscounts,
  [`POST ${CHECKOUT}/fees`]: addFees,
  [`PUT ${CHECKOUT}/fees`]: updateFees,
  [`DELETE ${CHECKOUT}/fees`]: removeFees,
};
