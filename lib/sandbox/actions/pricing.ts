import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf } from '../amounts.js';
import { BULK_PRICING, MODIFIER_VALUES, PRODUCTS, VARIANTS } from '../families/catalog-paths.js';
import { catalogPrices } from '../families/catalog-prices.js';
import type { Entry, Tables } from '../tables.js';
import { data, type Handler, invalid } from './action.js';
import { type GroupDiscount, groupDiscount, listedPrice, type Shopper, shopperOf } from './shopper.js';

/** A price of a store without taxes. */
const untaxed = (amount: number): JsonObject => ({
  as_entered: amount,
  entered_inclusive: false,
  tax_exclusive: amount,
  tax_inclusive: amount,
});

/** Changes a price by an amount or by per cent of it. */
type Adjuster = (price: number) => number;

/** Returns what the chosen values of modifiers change of a price (docs/store-operations/pricing/calculations). */
function adjustersOf(item: JsonObject, tables: Tables): Adjuster[] {
  const product_id = String(item['product_id']);
  return jsonObjectsIn(item['options']).flatMap(({ option_id, value_id }) => {
    const value = tables.of(MODIFIER_VALUES).get(String(value_id), { product_id, modifier_id: String(option_id) });
    const { adjuster, adjuster_value } = asJsonObject(asJsonObject(value?.values['adjusters'])['price']);
    const amount = amountOf(adjuster_value);
    return amount === 0 ? [] : [(price) => price + (adjuster === 'percentage' ? (price * amount) / 100 : amount)];
  });
}

/** The prices of a product or variant for a shopper. */
interface Prices {
  readonly price: number;
  readonly sale: number | undefined;
  readonly retail: number | undefined;
  readonly map: number | undefined;
  readonly calculated: number;
  readonly bulk: readonly JsonObject[];
}

const positive = (amount: unknown): number | undefined => (amountOf(amount) > 0 ? amountOf(amount) : undefined);

/** What an item is, and for whom. */
interface Asked {
  readonly product: Entry;
  readonly variant: JsonObject;
  readonly shopper: Shopper;
  readonly adjusters: readonly Adjuster[];
  readonly tables: Tables;
}

/** Returns the prices of an item. A price list replaces those of the catalogue; discounts of the group do not apply to it. */
function pricesOf({ product, variant, shopper, adjusters, tables }: Asked): Prices {
  const listed = listedPrice(shopper, variant['id'] ?? product.values['base_variant_id'], tables);
  const isListed = positive(listed['price']) !== undefined;
  const { rate, round } = shopper.currency;
  const own = catalogPrices(product.values, variant);
  const discount: GroupDiscount = isListed ? (price) => price : groupDiscount(shopper, product.values);
  const price = positive(listed['price']) ?? own.price * rate;
  const inCurrency = (amount: number | undefined): number | undefined => (amount === undefined ? undefined : amount * rate);
  const sale = positive(listed['sale_price']) ?? (isListed ? undefined : inCurrency(own.salePrice));
  const calculated = adjusters.reduce((amount, adjust) => adjust(amount), discount(sale ?? price));
  const retail = positive(listed['retail_price']) ?? inCurrency(own.retailPrice);
  const map = positive(listed['map_price']) ?? inCurrency(positive(variant['map_price'] ?? product.values['map_price']));
  const rounded = (amount: number | undefined): number | undefined => (amount === undefined ? undefined : round(amount));
  return {
    price: round(price),
    sale: rounded(sale),
    retail: rounded(retail),
    map: rounded(map),
    calculated: round(calculated),
    bulk: isListed
      ? jsonObjectsIn(listed['bulk_pricing_tiers'])
      : tables
          .of(BULK_PRICING)
          .list({ product_id: product.key })
          .map(({ values }) => values),
  };
}

const bulkPrice = ({ quantity_min, quantity_max, type, amount }: JsonObject): JsonObject => ({
  minimum: amountOf(quantity_min),
  maximum: amountOf(quantity_max),
  discount_amount: amountOf(amount),
  discount_type: type,
  tax_discount_amount: untaxed(amountOf(amount)),
});

const rangeOf = (amounts: readonly number[]): JsonObject => ({
  minimum: untaxed(Math.min(...amounts)),
  maximum: untaxed(Math.max(...amounts)),
});

/** Finds the variant that an item names, by its key or by its options. */
function variantOf(item: JsonObject, variants: readonly Entry[]): Entry | undefined {
  if (item['variant_id'] !== undefined) return variants.find(({ values }) => values['id'] === item['variant_id']);
  const chosen = jsonObjectsIn(item['options']).map(({ option_id, value_id }) => `${String(option_id)}:${String(value_id)}`);
  return variants.find(({ values }) => {
    const own = jsonObjectsIn(values['option_values']).map(({ option_id, id }) => `${String(option_id)}:${String(id)}`);
    return own.length > 0 && own.every((value) => chosen.includes(value));
  });
}

/** Calculates prices by variant, options, customer group, channel, currency and price list. There are no taxes. */
export const productPrices: Handler = ({ body, tables }) => {
  const missing = ['channel_id', 'currency_code', 'items'].filter((name) => body[name] === undefined);
  if (missing.length > 0)
    return invalid('Some values are missing.', Object.fromEntries(missing.map((name) => [name, `${name} is required`])));
  const shopper = shopperOf(body, tables);
  const rows: JsonObject[] = [];
  for (const item of jsonObjectsIn(body['items'])) {
    const id = String(item['product_id']);
    const product = tables.of(PRODUCTS).get(id, {});
    const variants = tables.of(VARIANTS).list({ product_id: id });
    const variant = variantOf(item, variants);
    if (product === undefined || (item['variant_id'] !== undefined && variant === undefined))
      return invalid('An item is unknown.', { items: `product ${id} or its variant is unknown` });
    const adjusters = adjustersOf(item, tables);
    const of = (each: JsonObject): Prices => pricesOf({ product, variant: each, shopper, adjusters, tables });
    const all = variant === undefined ? variants.map(({ values }) => of(values)) : [];
    const [only] = variants.length === 1 ? variants : [];
    rows.push({ ...item, reference_request: item, ...priceRow(of(variant?.values ?? only?.values ?? {}), all) });
  }
  return data(rows);
};

/** @param all the prices of all variants, if none was chosen */
function priceRow(own: Prices, all: readonly Prices[]): JsonObject {
  const { price, calculated, sale, retail, map } = own;
  const retails = all.flatMap((each) => (each.retail === undefined ? [] : [each.retail]));
  return {
    price: untaxed(price),
    calculated_price: untaxed(calculated),
    ...(sale === undefined ? {} : { sale_price: untaxed(sale) }),
    ...(retail === undefined ? {} : { retail_price: untaxed(retail) }),
    ...(map === undefined ? {} : { minimum_advertised_price: untaxed(map) }),
    ...(retail !== undefined && retail > calculated ? { saved: untaxed(Number((retail - calculated).toFixed(4))) } : {}),
    ...(all.length > 1 ? { price_range: rangeOf(all.map((each) => each.calculated)) } : {}),
    ...(all.length > 1 && retails.length > 0 ? { retail_price_range: rangeOf(retails) } : {}),
    bulk_pricing: own.bulk.map(bulkPrice),
  };
}
