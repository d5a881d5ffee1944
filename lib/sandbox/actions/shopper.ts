import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf } from '../amounts.js';
import { PRICE_ASSIGNMENTS, PRICE_LISTS, PRICE_RECORDS } from '../families/catalog-paths.js';
import { isSet } from '../families/rules.js';
import type { Tables } from '../tables.js';

/** The currency of a shopper: how many of it the default currency is worth, and how its amounts are rounded. */
interface ShopperCurrency {
  readonly code: string;
  readonly rate: number;
  round(amount: number): number;
}

/** Whose prices are asked for. */
export interface Shopper {
  readonly channel: unknown;
  /** The customer group; `undefined` for guests. */
  readonly group: JsonObject | undefined;
  readonly currency: ShopperCurrency;
}

const DECIMALS = 2;

function currencyOf(code: string, tables: Tables): ShopperCurrency {
  const row = asJsonObject(
    tables
      .of('/currencies')
      .list()
      .find(({ values }) => String(values['currency_code']).toLowerCase() === code)?.values,
  );
  const decimals = isSet(row['decimal_places']) ? amountOf(row['decimal_places']) : DECIMALS;
  const rate = row['is_default'] === true ? 1 : amountOf(row['currency_exchange_rate']) || 1;
  return { code, rate, round: (amount) => Number(amount.toFixed(decimals)) };
}

/** Returns the shopper of a request for prices. The group of a customer is his own, unless the request names one. */
export function shopperOf({ channel_id, customer_group_id, customer_id, currency_code }: JsonObject, tables: Tables): Shopper {
  const customer = tables.of('/customers').get(String(customer_id ?? ''), {})?.values;
  const group = customer_group_id ?? customer?.['customer_group_id'];
  return {
    channel: channel_id,
    group: isSet(group) ? { id: group, ...tables.of('/customer_groups').get(String(group), {})?.values } : undefined,
    currency: currencyOf(String(currency_code).toLowerCase(), tables),
  };
}

/** Returns the keys of the price lists for a shopper. Lists for the group on the channel come first, those for everybody last. */
function listsFor({ channel, group }: Shopper, tables: Tables): string[] {
  const isFor = (given: unknown, of: unknown): boolean => !isSet(given) || given === of;
  const precision = ({ customer_group_id, channel_id }: JsonObject): number =>
    (isSet(customer_group_id) ? 2 : 0) + (isSet(channel_id) ? 1 : 0);
  const assigned = tables
    .of(PRICE_ASSIGNMENTS)
    .list()
    .map(({ values }) => values)
    .filter(({ channel_id, customer_group_id }) => isFor(channel_id, channel) && isFor(customer_group_id, group?.['id']))
    .sort((a, b) => precision(b) - precision(a));
  const ofGroup = jsonObjectsIn(group?.['discount_rules']).filter(({ type }) => type === 'price_list');
  return [...assigned, ...ofGroup]
    .map(({ price_list_id }) => String(price_list_id))
    .filter((list) => tables.of(PRICE_LISTS).get(list, {})?.values['active'] !== false);
}

/** Returns what the price lists of a shopper say of a variant. */
export function listedPrice(shopper: Shopper, variant: unknown, tables: Tables): JsonObject {
  const records = listsFor(shopper, tables).flatMap((list) => tables.of(PRICE_RECORDS).list({ price_list_id: list }));
  const isOfVariant = (values: JsonObject): boolean =>
    values['variant_id'] === variant && String(values['currency']).toLowerCase() === shopper.currency.code;
  return asJsonObject(records.find(({ values }) => isOfVariant(values))?.values);
}

/** Returns a price with the discount of a group. */
export type GroupDiscount = (price: number) => number;

/** How closely a discount rule fits: one for a product goes before one for a category, and this before one for all. */
const KINDS = ['product', 'category', 'all'];

/** Returns the discount that the group of a shopper has on a product: that of the rule that fits most closely. */
export function groupDiscount({ group }: Shopper, product: JsonObject): GroupDiscount {
  const categories = Array.isArray(product['categories']) ? product['categories'] : [];
  const isFor = (rule: JsonObject): boolean =>
    rule['type'] === 'all' ||
    (rule['type'] === 'product' && String(rule['product_id']) === String(product['id'])) ||
    (rule['type'] === 'category' && categories.some((id) => String(id) === String(rule['category_id'])));
  const [rule] = jsonObjectsIn(group?.['discount_rules'])
    .filter(isFor)
    .sort((a, b) => KINDS.indexOf(String(a['type'])) - KINDS.indexOf(String(b['type'])));
  const amount = amountOf(rule?.['amount']);
  const methods: Readonly<Record<string, GroupDiscount>> = {
    percent: (price) => price * (1 - amount / 100),
    price: (price) => Math.max(0, price - amount),
    fixed: () => amount,
  };
  return methods[String(rule?.['method'])] ?? ((price) => price);
}
