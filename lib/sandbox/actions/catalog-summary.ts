import { asJsonObject, type JsonObject } from '../../json-object.js';
import { amountOf } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';
import { data, type Handler } from './action.js';

const PRODUCTS = '/catalog/products';

/** What can be sold: a variant, or a product that has none, which a real store gives a base variant. */
interface Sellable {
  readonly price: number;
  readonly level: number;
  readonly created: string;
}

/** Inventory is tracked for the product or for its variants, not for both. V2 calls them `simple` and `sku`. */
function sellablesOf({ key, values: product }: Entry, tables: Tables): Sellable[] {
  const variants = tables.of(`${PRODUCTS}/:product_id/variants`).list({ product_id: key });
  const tracking = String(product['inventory_tracking'] ?? 'none');
  const areVariantsTracked = tracking === 'variant' || tracking === 'sku';
  const productLevel = areVariantsTracked || tracking === 'none' ? 0 : amountOf(product['inventory_level']);
  const rows: readonly JsonObject[] = variants.length > 0 ? variants.map(({ values }) => values) : [{}];
  return rows.map((row, index) => ({
    price: amountOf(row['price'] ?? product['price']),
    level: areVariantsTracked ? amountOf(row['inventory_level']) : index === 0 ? productLevel : 0,
    created: String(row['date_created'] ?? product['date_created'] ?? ''),
  }));
}

/** Returns the key of the category that most products are in; the first one of several. */
function primaryCategory(products: readonly Entry[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { values } of products)
    for (const id of Array.isArray(values['categories']) ? values['categories'] : [])
      counts.set(String(id), (counts.get(String(id)) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts.keys()].find((key) => counts.get(key) === most);
}

const inDays = (date: string | undefined): string => (date === undefined ? '' : `${date.slice(0, 10)}T00:00:00+00:00`);

/**
 * Computes the summary from the rows of the store. The lowest price is a string, the highest a number, as documented
 * (products_catalog.v3.yml, `/catalog/summary`).
 */
export const catalogSummary: Handler = ({ tables }) => {
  const products = tables.of(PRODUCTS).list();
  const all = products.flatMap((product) => sellablesOf(product, tables));
  const prices = all.map(({ price }) => price).sort((a, b) => a - b);
  const dates = all.flatMap(({ created }) => (Number.isNaN(Date.parse(created)) ? [] : [new Date(created).toISOString()])).sort();
  const key = primaryCategory(products);
  const category = key === undefined ? {} : asJsonObject(tables.of('/catalog/categories').get(key, {})?.values);
  const average = prices.reduce((sum, price) => sum + price, 0) / Math.max(1, prices.length);
  return data({
    inventory_count: all.reduce((sum, { level }) => sum + level, 0),
    variant_count: all.length,
    inventory_value: Number(all.reduce((sum, { level, price }) => sum + level * price, 0).toFixed(4)),
    highest_variant_price: prices.at(-1) ?? 0,
    average_variant_price: Number(average.toFixed(8)),
    lowest_variant_price: String(prices[0] ?? 0),
    oldest_variant_date: inDays(dates[0]),
    newest_variant_date: inDays(dates.at(-1)),
    primary_category_id: amountOf(key),
    primary_category_name: String(category['name'] ?? ''),
  });
};
