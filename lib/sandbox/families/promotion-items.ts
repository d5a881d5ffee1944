import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf } from '../amounts.js';
import type { Tables } from '../tables.js';

/** A line of a cart, as discounts see it. */
export interface PricedLine {
  /** The line of the cart; custom items are lines of their own kind. */
  readonly line: JsonObject;
  readonly product: JsonObject;
  readonly quantity: number;
  /** The price of one, before discounts. */
  readonly price: number;
  /** Whether promotions of products may change its price. */
  readonly isEligible: boolean;
  readonly isOnSale: boolean;
}

const has = (list: unknown, value: unknown): boolean => Array.isArray(list) && list.some((each) => String(each) === String(value));

/** Whether one of the values of a named pair, such as an option or a custom field, is wanted. */
const hasPair = (pairs: readonly (readonly [unknown, unknown])[], wanted: unknown): boolean => {
  const { name, values } = asJsonObject(wanted);
  return pairs.some(([pairName, value]) => String(pairName) === String(name) && has(values, value));
};

const customFieldsOf = (product: JsonObject, tables: Tables): [unknown, unknown][] =>
  tables
    .of('/catalog/products/:product_id/custom-fields')
    .list({ product_id: String(product['id']) })
    .map(({ values }) => [values['name'], values['value']]);

/** Tests of a matcher, by its key (promotions.v3.yml, ItemMatcher). */
const TESTS: Readonly<Record<string, (priced: PricedLine, wanted: unknown, tables: Tables) => boolean>> = {
  brands: ({ product }, wanted) => has(wanted, product['brand_id']),
  categories: ({ product }, wanted) => Array.isArray(product['categories']) && product['categories'].some((id) => has(wanted, id)),
  products: ({ line }, wanted) => has(wanted, line['product_id']),
  variants: ({ line }, wanted) => has(wanted, line['variant_id']),
  product_option: ({ line }, wanted) =>
    hasPair(
      jsonObjectsIn(line['options']).map(({ name, value }) => [name, value]),
      wanted,
    ),
  product_custom_field: ({ product }, wanted, tables) => hasPair(customFieldsOf(product, tables), wanted),
  not: (priced, wanted, tables) => !matchesItem(priced, wanted, tables),
  and: (priced, wanted, tables) => jsonObjectsIn(wanted).every((each) => matchesItem(priced, each, tables)),
  or: (priced, wanted, tables) => jsonObjectsIn(wanted).some((each) => matchesItem(priced, each, tables)),
};

/** Whether a line is one of the items that a promotion considers. Without a matcher all are. */
export function matchesItem(priced: PricedLine, matcher: unknown, tables: Tables): boolean {
  return Object.entries(asJsonObject(matcher)).every(([name, wanted]) => TESTS[name]?.(priced, wanted, tables) ?? true);
}

/** One piece of a line. */
export interface Unit {
  readonly priced: PricedLine;
  readonly price: number;
}

/** Returns every piece of the lines, the cheapest or the most expensive first. */
export function unitsOf(lines: readonly PricedLine[], strategy: unknown): Unit[] {
  const units = lines.flatMap((priced) => Array.from({ length: priced.quantity }, () => ({ priced, price: priced.price })));
  const sign = String(strategy ?? 'LEAST_EXPENSIVE').startsWith('MOST') ? -1 : 1;
  units.sort((a, b) => sign * (a.price - b.price));
  const [first] = units;
  return String(strategy).endsWith('_ONLY') ? units.filter(({ price }) => price === first?.price) : units;
}

/** How often a condition is met, and by which pieces. */
export interface Fulfilment {
  readonly times: number;
  /** The pieces that meet the condition this many times. */
  usedBy(times: number): readonly Unit[];
}

const none = (): readonly Unit[] => [];
const UNCONDITIONAL: Fulfilment = { times: 1, usedBy: none };
const UNMET: Fulfilment = { times: 0, usedBy: none };

/** Returns how often a condition is met by a cart. Without a condition it is met once. */
export function fulfilmentOf(condition: unknown, lines: readonly PricedLine[], tables: Tables): Fulfilment {
  const { cart, and, or } = asJsonObject(condition);
  const allOf = (conditions: unknown): Fulfilment[] => jsonObjectsIn(conditions).map((each) => fulfilmentOf(each, lines, tables));
  if (or !== undefined) return allOf(or).find(({ times }) => times > 0) ?? UNMET;
  if (and === undefined) return cart === undefined ? UNCONDITIONAL : fulfilmentOfCart(asJsonObject(cart), lines, tables);
  const all = allOf(and);
  return { times: Math.min(...all.map(({ times }) => times)), usedBy: (times) => all.flatMap((each) => each.usedBy(times)) };
}

function fulfilmentOfCart(
  { items, minimum_quantity, minimum_spend }: JsonObject,
  lines: readonly PricedLine[],
  tables: Tables,
): Fulfilment {
  const matching = lines.filter((priced) => matchesItem(priced, items, tables));
  if (matching.length === 0) return UNMET;
  const spent = matching.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const quantity = matching.reduce((sum, each) => sum + each.quantity, 0);
  // The quantity has no effect without items (promotions.v3.yml).
  const least = items === undefined ? 0 : amountOf(minimum_quantity);
  const spend = amountOf(minimum_spend);
  const times = Math.min(least > 0 ? Math.floor(quantity / least) : Infinity, spend > 0 ? Math.floor(spent / spend) : Infinity);
  // The most expensive pieces meet the condition, so that the cheapest ones are left for the discount.
  const units = unitsOf(matching, 'MOST_EXPENSIVE');
  return { times: times === Infinity ? 1 : times, usedBy: (count) => units.slice(0, least * count) };
}
