import { isRow, type Row } from '../guides/samples.js';
import { rowsWithin } from './fill.js';
import { modelAt } from './places.js';
import type { Seeds } from './seeds.js';

/** Names that hold the key of a row, or the keys of several, and the paths of these rows. */
const PATHS: Readonly<Record<string, string>> = {
  customer_id: '/customers',
  channel_id: '/channels',
  brand_id: '/catalog/brands',
  brands: '/catalog/brands',
  category_id: '/catalog/categories',
  categories: '/catalog/categories',
  location_id: '/inventory/locations',
  price_list_id: '/pricelists',
  customer_group_id: '/customer_groups',
  group_ids: '/customer_groups',
  promotion_id: '/promotions',
  widget_uuid: '/content/widgets',
  widget_template_uuid: '/content/widget-templates',
  site_id: '/sites',
  tax_zone_id: '/tax/zones',
  option_set_id: '/option_sets',
  pickup_method_id: '/pickup/methods',
  attribute_id: '/customers/attributes',
  tree_id: '/catalog/trees',
  products: '/catalog/products',
  product_id: '/catalog/products',
  order_id: '/orders',
  related_products: '/catalog/products',
};

/** Names that hold another attribute than the key. */
const BY_ATTRIBUTE: Readonly<Record<string, readonly [path: string, attribute: string]>> = {
  coupon_code: ['/coupons', 'code'],
  currency_code: ['/currencies', 'currency_code'],
  default_currency: ['/currencies', 'currency_code'],
  enabled_currencies: ['/currencies', 'currency_code'],
};

/** Adds the rows that a part of a request refers to. @param told what the response says about the same rows */
export function addReferences(value: unknown, seeds: Seeds, told: unknown): void {
  for (const row of rowsWithin(value)) {
    for (const [name, each] of Object.entries(row)) addNamed(name, each, seeds);
    addProduct(row, seeds, told);
    if (isRow(row['order']) && row['order']['id'] !== undefined) seeds.add('/orders', { id: row['order']['id'] });
    if (isRow(row['currency']) && typeof row['currency']['code'] === 'string')
      seeds.add('/currencies', { id: codeNumber(row['currency']['code']), currency_code: row['currency']['code'].toUpperCase() });
  }
}

/** Adds the rows whose keys a name holds. Zero, and what is no key, refers to nothing. */
export function addNamed(name: string, value: unknown, seeds: Seeds): void {
  const path = PATHS[name];
  const each = (Array.isArray(value) ? value : [value]).filter(isKey);
  if (path !== undefined) {
    const key = modelAt(path)?.resource.key ?? 'id';
    for (const id of each) seeds.add(path, { [key]: keyOf(id) });
  }
  const [by, attribute] = BY_ATTRIBUTE[name] ?? [];
  if (by !== undefined && attribute !== undefined) for (const id of each) seeds.add(by, { id: codeNumber(String(id)), [attribute]: id });
}

/** A product that a row names, with its variant and options, and what the response calls it. */
function addProduct(row: Row, seeds: Seeds, told: unknown): void {
  const { product_id, variant_id, sku } = row;
  if (!isKey(product_id)) {
    if (isKey(variant_id)) addVariant(seeds, keyOf(variant_id), variant_id, sku);
    else if (isKey(sku) && isKey(row['location_id'])) addVariant(seeds, codeNumber(String(sku)), undefined, sku);
    return;
  }
  const facts = rowsWithin(told).find((each) => String(each['product_id']) === String(product_id)) ?? {};
  const price = facts['original_price'] ?? facts['base_price'] ?? facts['price_ex_tax'] ?? facts['list_price'] ?? row['list_price'];
  seeds.add('/catalog/products', {
    id: keyOf(product_id),
    ...pick({ name: facts['name'] ?? row['name'], sku: facts['sku'] ?? row['sku'], price: price === undefined ? undefined : Number(price) }),
  });
  addVariant(seeds, keyOf(product_id), variant_id ?? facts['variant_id'], facts['sku'] ?? sku);
  for (const option of selectionsOf(row)) addOption(option, seeds, String(product_id));
}

/** A variant of a product; without a key, its base variant. */
function addVariant(seeds: Seeds, product: number | string, variant: unknown, sku: unknown): void {
  const id = isKey(variant) ? keyOf(variant) : Number(product) + 500_000;
  seeds.add('/catalog/products', { id: product, ...pick({ base_variant_id: id }) });
  seeds.add('/catalog/products/:product_id/variants', { id, product_id: product, sku: sku ?? `SKU-${String(id)}`, option_values: [] }, { product_id: String(product) });
}

const selectionsOf = (row: Row): Row[] => ['option_selections', 'product_options', 'options'].flatMap((name) => rowsIn(row[name]));

/** An option that a line selects a value of; a text is entered into a modifier. */
function addOption(row: Row, seeds: Seeds, product_id: string): void {
  const id = row['option_id'] ?? row['product_option_id'] ?? row['id'];
  const value = row['option_value'] ?? row['value_id'] ?? row['value'];
  if (!isKey(id)) return;
  const parents = { product_id };
  const isChoice = isKey(value) && /^\d+$/.test(String(value));
  const facts = pick({ display_name: row['name'] ?? row['display_name'] });
  if (!isChoice) seeds.add('/catalog/products/:product_id/modifiers', { id: keyOf(id), type: 'text', required: false, config: {}, ...facts }, parents);
  else {
    const values = [{ id: keyOf(value), label: row['value'] ?? `Value ${String(value)}`, sort_order: 0, is_default: false }];
    seeds.add('/catalog/products/:product_id/options', { id: keyOf(id), type: 'dropdown', option_values: values, ...facts }, parents);
  }
}

const rowsIn = (value: unknown): Row[] => (Array.isArray(value) ? value.filter(isRow) : []);

const isKey = (value: unknown): value is number | string => (typeof value === 'number' && value > 0) || (typeof value === 'string' && value !== '' && value !== '0');

/** A key as the store has it: a number if it is one. */
export const keyOf = (value: number | string): number | string => (/^\d+$/.test(String(value)) ? Number(value) : value);

/** A number that stands for a code. */
const codeNumber = (code: string): number => 900_000 + [...code].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 90_000, 7);

const pick = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
