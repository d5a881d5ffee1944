import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf, roundedAmount } from '../amounts.js';
import type { Tables } from '../tables.js';
import { type Fulfilment, fulfilmentOf, matchesItem, type PricedLine, type Unit, unitsOf } from './promotion-items.js';

/** What the discounts of a cart are, so far. */
export interface Discounts {
  /** Takes an amount off a line. At most what it still costs is taken off. Returns that. */
  ofLine(priced: PricedLine, id: unknown, amount: number): number;
  /** Takes an amount off the cart as a whole. Returns what was taken off. */
  ofCart(id: unknown, amount: number): number;
  /** What the lines cost with the discounts so far. */
  subtotal(): number;
  /** Offers free shipping to zones. */
  freeShipping(zones: unknown): void;
  /** Puts a gift into the cart. */
  gift(id: unknown, gift: JsonObject): void;
}

interface Context {
  readonly id: unknown;
  readonly lines: readonly PricedLine[];
  readonly discounts: Discounts;
  readonly tables: Tables;
}

/** Applies an action as often as its condition is met. Returns the amount that it took off; more than 0 for what is free. */
type Apply = (action: JsonObject, fulfilment: Fulfilment, context: Context) => number;

/** The actions of rules, by their key. */
const ACTIONS: Readonly<Record<string, Apply>> = {
  cart_value: discountCart,
  cart_items: discountItems,
  fixed_price_set: priceSet,
  gift_item: (gift, { times }, { discounts, id }) => {
    discounts.gift(id, { ...gift, quantity: amountOf(gift['quantity']) * times });
    return 1;
  },
  shipping: ({ zone_ids }, _, { discounts }) => {
    discounts.freeShipping(zone_ids);
    return 1;
  },
};

/**
 * Applies the rules of a promotion in their order. A rule that applied ends them if its `stop` is true (store-operations/promotions, "Stop"). Returns the amount that was taken off, more than 0 for what is free.
 */
export function applyRules(promotion: JsonObject, lines: readonly PricedLine[], discounts: Discounts, tables: Tables): number {
  let total = 0;
  for (const { action, condition, apply_once, stop } of jsonObjectsIn(promotion['rules'])) {
    const met = fulfilmentOf(condition, lines, tables);
    if (met.times === 0) continue;
    const fulfilment = { ...met, times: apply_once === false ? met.times : 1 };
    const context = { id: promotion['id'], lines, discounts, tables };
    const [name = '', details] = Object.entries(asJsonObject(action))[0] ?? [];
    const amount = ACTIONS[name]?.(asJsonObject(details), fulfilment, context) ?? 0;
    total += amount;
    if (amount > 0 && stop === true) break;
  }
  return total;
}

/** The most that an action may take off. */
const limitOf = ({ maximum_allowed_discount_amount }: JsonObject): number => amountOf(maximum_allowed_discount_amount) || Infinity;

function discountCart(action: JsonObject, { times }: Fulfilment, { id, discounts }: Context): number {
  const { fixed_amount, percentage_amount } = asJsonObject(action['discount']);
  const amount = fixed_amount === undefined ? (discounts.subtotal() * amountOf(percentage_amount)) / 100 : amountOf(fixed_amount) * times;
  return discounts.ofCart(id, roundedAmount(Math.min(amount, limitOf(action))));
}

/** The pieces that an action may discount, in the order of its strategy, without those that are taken. */
function eligibleUnits(action: JsonObject, taken: readonly Unit[], { lines, tables }: Context): Unit[] {
  const isWanted = (priced: PricedLine): boolean =>
    priced.isEligible && !(action['exclude_items_on_sale'] === true && priced.isOnSale) && matchesItem(priced, action['items'], tables);
  const left = new Map<PricedLine, number>();
  for (const { priced } of taken) left.set(priced, (left.get(priced) ?? 0) + 1);
  return unitsOf(lines.filter(isWanted), action['strategy']).filter(({ priced }) => {
    const count = left.get(priced) ?? 0;
    left.set(priced, count - 1);
    return count <= 0;
  });
}

/**
 * The pieces that get the discount of an action. Those that meet the condition get none unless the action says so, which limits how often
 * it can apply: of four pieces of "buy one, get one" two are discounted.
 */
function discountedUnits(action: JsonObject, { times, usedBy }: Fulfilment, context: Context): Unit[] {
  const { quantity, include_items_considered_by_condition } = action;
  const most = (count: number): number => (quantity === undefined ? Infinity : amountOf(quantity) * count);
  const includesUsed = include_items_considered_by_condition === true;
  if (includesUsed || quantity === undefined) return eligibleUnits(action, includesUsed ? [] : usedBy(1), context).slice(0, most(times));
  const choices = Array.from({ length: times }, (_, at) => eligibleUnits(action, usedBy(at + 1), context).slice(0, most(at + 1)));
  return choices.reduce((best, each) => (each.length > best.length ? each : best), []);
}

function discountItems(action: JsonObject, fulfilment: Fulfilment, context: Context): number {
  const units = discountedUnits(action, fulfilment, context);
  const { fixed_amount, percentage_amount } = asJsonObject(action['discount']);
  const total = units.reduce((sum, { price }) => sum + price, 0);
  // As a total, the pieces share the amount by their prices; otherwise each gets all of it.
  const shareOf = (price: number): number => (total === 0 ? 0 : (amountOf(fixed_amount) * fulfilment.times * price) / total);
  const fixed = (price: number): number => (action['as_total'] === true ? shareOf(price) : amountOf(fixed_amount));
  const off = (price: number): number => (fixed_amount === undefined ? (price * amountOf(percentage_amount)) / 100 : fixed(price));
  return takeOff(
    units.map((unit) => ({ unit, amount: Math.min(off(unit.price), unit.price) })),
    limitOf(action),
    context,
  );
}

function priceSet(action: JsonObject, fulfilment: Fulfilment, context: Context): number {
  const size = amountOf(action['quantity']);
  const taken = action['include_items_considered_by_condition'] === false ? fulfilment.usedBy(1) : [];
  const units = eligibleUnits(action, taken, context);
  const sets = Math.min(size > 0 ? Math.floor(units.length / size) : 0, fulfilment.times);
  const inSets = units.slice(0, sets * size);
  const total = inSets.reduce((sum, { price }) => sum + price, 0);
  const saved = Math.max(0, total - amountOf(action['fixed_price']) * sets);
  return takeOff(
    inSets.map((unit) => ({ unit, amount: total === 0 ? 0 : (saved * unit.price) / total })),
    Infinity,
    context,
  );
}

/** Takes amounts off pieces, the first ones first, until a limit is reached. Amounts of one line are rounded together. */
function takeOff(parts: readonly { unit: Unit; amount: number }[], limit: number, { id, discounts }: Context): number {
  const sums = new Map<PricedLine, number>();
  let left = limit;
  for (const { unit, amount } of parts) {
    const taken = Math.min(amount, left);
    left -= taken;
    sums.set(unit.priced, (sums.get(unit.priced) ?? 0) + taken);
  }
  return [...sums].reduce((sum, [priced, amount]) => sum + discounts.ofLine(priced, id, roundedAmount(amount)), 0);
}
