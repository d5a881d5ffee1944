import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import type { Tables } from '../tables.js';
import { data, type Handler, invalid } from './action.js';

const PRODUCTS = '/catalog/products';
const VARIANTS = `${PRODUCTS}/:product_id/variants`;

/** Whose prices are asked for. */
interface Shopper {
  readonly channel: unknown;
  readonly group: unknown;
  readonly currency: string;
}

/** A price of a store without taxes. */
const untaxed = (amount: number): JsonObject => ({
  as_entered: amount,
  entered_inclusive: false,
  tax_exclusive: amount,
  tax_inclusive: amount,
});

const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== 0;

/** Returns the first of some prices that is set. */
const firstSet = (...prices: readonly unknown[]): number | undefined => {
  const found = prices.find(isSet);
  return found === undefined ? undefined : Number(found);
};

/** Returns what the price lists of a shopper say of a variant. */
function listedPrice({ channel, group, currency }: Shopper, variant: unknown, tables: Tables): JsonObject {
  const isFor = (given: unknown, of: unknown): boolean => given === undefined || given === null || given === of;
  const lists = tables
    .of('/pricelists/assignments')
    .list()
    .filter(({ values }) => isFor(values['channel_id'], channel) && isFor(values['customer_group_id'], group))
    .map(({ values }) => String(values['price_list_id']));
  const records = lists.flatMap((list) => tables.of('/pricelists/:price_list_id/records').list({ price_list_id: list }));
  return asJsonObject(
    records.find(({ values }) => values['variant_id'] === variant && String(values['currency']).toLowerCase() === currency)?.values,
  );
}

/** Returns the prices of a variant, or of the product itself. A price list replaces those of the catalog. */
function pricesOf(product: JsonObject, variant: JsonObject, shopper: Shopper, tables: Tables) {
  const listed = listedPrice(shopper, variant['id'] ?? product['base_variant_id'], tables);
  const price = firstSet(listed['price'], variant['price'], product['price']) ?? 0;
  const sale = isSet(listed['price'])
    ? firstSet(listed['sale_price'])
    : firstSet(listed['sale_price'], variant['sale_price'], product['sale_price']);
  const retail = firstSet(listed['retail_price'], variant['retail_price'], product['retail_price']);
  return { price, sale, retail, calculated: sale ?? price };
}

/** Calculates prices by variant, customer group and price list. Chosen options change nothing, and there are no taxes. */
export const productPrices: Handler = ({ body, tables }) => {
  const missing = ['channel_id', 'currency_code', 'items'].filter((name) => body[name] === undefined);
  if (missing.length > 0)
    return invalid('Some values are missing.', Object.fromEntries(missing.map((name) => [name, `${name} is required`])));
  const shopper = {
    channel: body['channel_id'],
    group: body['customer_group_id'],
    currency: String(body['currency_code']).toLowerCase(),
  };
  const rows: JsonObject[] = [];
  for (const item of jsonObjectsIn(body['items'])) {
    const id = String(item['product_id']);
    const product = tables.of(PRODUCTS).get(id, {})?.values;
    const variants = tables.of(VARIANTS).list({ product_id: id });
    const variant = variants.find(({ values }) => values['id'] === item['variant_id'])?.values;
    if (product === undefined || (item['variant_id'] !== undefined && variant === undefined))
      return invalid('An item is unknown.', { items: `product ${id} or its variant is unknown` });
    rows.push({ ...item, reference_request: item, ...priceRow(product, variant, variants, shopper, tables) });
  }
  return data(rows);
};

function priceRow(
  product: JsonObject,
  variant: JsonObject | undefined,
  variants: readonly { readonly values: JsonObject }[],
  shopper: Shopper,
  tables: Tables,
): JsonObject {
  const own = pricesOf(product, variant ?? {}, shopper, tables);
  const all = variants.map(({ values }) => pricesOf(product, values, shopper, tables).calculated);
  return {
    price: untaxed(own.price),
    calculated_price: untaxed(own.calculated),
    ...(own.sale === undefined ? {} : { sale_price: untaxed(own.sale) }),
    ...(own.retail === undefined ? {} : { retail_price: untaxed(own.retail) }),
    ...(variant === undefined && all.length > 1
      ? { price_range: { minimum: untaxed(Math.min(...all)), maximum: untaxed(Math.max(...all)) } }
      : {}),
    bulk_pricing: [],
  };
}
