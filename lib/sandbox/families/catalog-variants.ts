import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { money } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';
import { VARIANT_DEFAULTS } from './catalog-defaults.js';
import { type Names, underBothNames } from './catalog-forms.js';
import { addOption, addValue, findOption, findValue } from './catalog-option-rows.js';
import { PRODUCTS, VARIANTS } from './catalog-paths.js';
import { catalogPrices, catalogWeight, roundedAmounts } from './catalog-prices.js';
import type { Change, Families, Family, Refusal, Removal, Shown, StoredChange } from './family.js';
import { conflicting, defaultsFor, isSet, outOfRange, type Reasons, refusing, tooLong } from './rules.js';
import { rollUp } from './stock.js';

const TEXTS = { sku: 255, upc: 14, gtin: 14, bin_picking_number: 255, purchasing_disabled_message: 255 };
const SIZE = [0, Number.MAX_SAFE_INTEGER] as const;
const NUMBERS = {
  width: SIZE,
  height: SIZE,
  depth: SIZE,
  inventory_level: [0, 2_147_483_647],
  inventory_warning_level: [0, 2_147_483_647],
} as const;
const AMOUNTS = ['price', 'sale_price', 'retail_price', 'map_price', 'cost_price', 'fixed_cost_shipping_price'];
const MOST_VARIANTS = 600;

const isBase = ({ values }: Entry): boolean => values['sku_id'] === null;

const variantsOf = (tables: Tables, product: string): Entry[] => tables.of(VARIANTS).list({ product_id: product });

/**
 * Returns the product or variant that has a SKU: each is there once among both, whatever the case of its letters. A product and its base
 * variant share theirs.
 */
export function skuOwner(
  tables: Tables,
  sku: unknown,
  self: { product?: string | undefined; variant?: string | undefined },
): Entry | undefined {
  const product = tables.of(PRODUCTS).having('sku', sku);
  const variant = tables.of(VARIANTS).having('sku', sku);
  const isOwnBase = variant !== undefined && isBase(variant) && variant.parents['product_id'] === self.product;
  if (variant !== undefined && variant.key !== self.variant && !isOwnBase) return variant;
  return product !== undefined && product.key !== self.product ? product : undefined;
}

/** Checks a variant that is sent with a new product: its options need not exist. */
export const reasonsForNewVariant = (row: JsonObject): Reasons => ({ ...tooLong(row, TEXTS), ...outOfRange(row, NUMBERS) });

function refusalOf(change: Change): Refusal | undefined {
  const { body, entry, resource, tables } = change;
  const parents = entry?.parents ?? change.parents;
  const product = parents['product_id'] ?? '';
  const fields: Record<string, string> = { ...tooLong(body, TEXTS), ...outOfRange(body, NUMBERS) };
  const chosen = chosenIn(body);
  // V2 takes keys as they are.
  if (chosen !== undefined && resource.version === 'v3') Object.assign(fields, reasonsForChoice(chosen, product, tables));
  if (entry === undefined && variantsOf(tables, product).length >= MOST_VARIANTS) fields['variants'] = `at most ${MOST_VARIANTS} variants`;
  const refused = refusing(fields);
  if (refused !== undefined) return refused;
  return conflicting({ ...takenSku(change, product), ...takenChoice(change, chosen ?? [], product) });
}

function takenSku({ body: { sku }, entry, tables }: Change, product: string): Reasons {
  const self = { product: entry !== undefined && isBase(entry) ? product : undefined, variant: entry?.key };
  return isSet(sku) && skuOwner(tables, sku, self) !== undefined ? { sku: `sku ${String(sku)} is already in use` } : {};
}

/** Each variant of a product has other option values. */
function takenChoice({ entry, tables }: Change, chosen: readonly JsonObject[], product: string): Reasons {
  const isTwin = (variant: Entry): boolean =>
    variant.key !== entry?.key && sameChoice(jsonObjectsIn(variant.values['option_values']), chosen, product, tables);
  return chosen.length > 0 && variantsOf(tables, product).some(isTwin)
    ? { option_values: 'another variant of the product has these option values' }
    : {};
}

/** Returns the option values in a body, in the form of V3. */
function chosenIn({ option_values, options }: JsonObject): JsonObject[] | undefined {
  if (option_values !== undefined) return jsonObjectsIn(option_values);
  if (options === undefined) return undefined;
  return jsonObjectsIn(options).map(({ product_option_id, option_value_id }) => ({ option_id: product_option_id, id: option_value_id }));
}

/** A variant that is added has values that its product offers, one of each option. */
function reasonsForChoice(chosen: readonly JsonObject[], product: string, tables: Tables): Reasons {
  const seen = new Set<string>();
  for (const each of chosen) {
    const option = findOption(tables, product, each);
    if (option === undefined || findValue(tables, product, option, each) === undefined)
      return { option_values: `the product has no option value ${JSON.stringify(each)}` };
    if (seen.has(option.key))
      return { option_values: `there is more than one value of the option ${String(option.values['display_name'])}` };
    seen.add(option.key);
  }
  return {};
}

function sameChoice(some: readonly JsonObject[], others: readonly JsonObject[], product: string, tables: Tables): boolean {
  const keysOf = (chosen: readonly JsonObject[]): string =>
    resolved(chosen, product, tables, false)
      .map(({ option_id, id }) => `${String(option_id)}:${String(id)}`)
      .sort()
      .join();
  return some.length === others.length && keysOf(some) === keysOf(others);
}

/** Returns option values with their keys and names. With `adds`, what the product does not have yet is added to it. */
function resolved(chosen: readonly JsonObject[], product: string, tables: Tables, adds = true): JsonObject[] {
  return chosen.map((each) => {
    const { option_display_name, label } = each;
    const isNamed = adds && isSet(option_display_name) && isSet(label);
    const option = findOption(tables, product, each) ?? (isNamed ? addOption(tables, product, option_display_name) : undefined);
    if (option === undefined) return each;
    const value = findValue(tables, product, option, each) ?? (isNamed ? addValue(tables, product, option, label) : undefined);
    if (value === undefined) return each;
    return {
      id: value.values['id'],
      label: value.values['label'],
      option_id: option.values['id'],
      option_display_name: option.values['display_name'],
    };
  });
}

const V2_NAMES: Names = {
  is_purchasing_disabled: 'purchasing_disabled',
  image_file: 'image_url',
};

function stored({ body, entry, parents, tables }: Change): JsonObject {
  const product = (entry?.parents ?? parents)['product_id'] ?? '';
  const chosen = chosenIn(body);
  return {
    ...(entry === undefined ? defaultsFor(body, VARIANT_DEFAULTS) : {}),
    ...underBothNames(body, V2_NAMES),
    ...roundedAmounts(body, AMOUNTS),
    ...(chosen === undefined ? {} : { option_values: resolved(chosen, product, tables) }),
  };
}

function complete({ body, entry, tables }: StoredChange): void {
  const { values } = entry;
  if (values['sku_id'] === undefined) values['sku_id'] = values['id'];
  const product = productOf(entry, tables);
  if (product === undefined) return;
  if (isBase(entry) && body['sku'] !== undefined) {
    product.values['sku'] = body['sku'];
    tables.of(PRODUCTS).changed(product);
  }
  fitToVariants(product, tables);
}

/** Makes a product follow from its variants when one of them was changed, added or removed. */
function fitToVariants(product: Entry, tables: Tables): void {
  fitBaseVariant(product, tables);
  rollUp(product, tables);
}

/** Gives a product without variants its base variant, and takes it from a product that has others. They share the SKU. */
export function fitBaseVariant(product: Entry, tables: Tables, change: JsonObject = {}): void {
  const table = tables.of(VARIANTS);
  const variants = variantsOf(tables, product.key);
  const base = variants.find(isBase);
  if (variants.length === 0) {
    const { sku = '', inventory_level = 0 } = product.values;
    const row = { ...VARIANT_DEFAULTS, sku, inventory_level, sku_id: null, option_values: [] };
    product.values['base_variant_id'] = table.insert('id', row, { product_id: product.key }).values['id'];
  } else if (base !== undefined && variants.length > 1) {
    table.delete(base);
    product.values['base_variant_id'] = null;
  } else if (base !== undefined && change['sku'] !== undefined) {
    base.values['sku'] = change['sku'];
    table.changed(base);
  } else if (base === undefined && product.values['base_variant_id'] === undefined) product.values['base_variant_id'] = null;
}

/** Removes the variants of a product that have an option, or one of its values. */
export function removeVariantsWith(tables: Tables, product: string, has: (value: JsonObject) => boolean): void {
  for (const variant of variantsOf(tables, product))
    if (jsonObjectsIn(variant.values['option_values']).some(has)) tables.of(VARIANTS).delete(variant);
  const entry = tables.of(PRODUCTS).get(product, {});
  if (entry !== undefined) fitToVariants(entry, tables);
}

/** Tells the variants of a product how an option, or one of its values, is called now. */
export function renameInVariants(tables: Tables, product: string, option: Entry, value?: Entry): void {
  for (const { values } of variantsOf(tables, product))
    for (const each of jsonObjectsIn(values['option_values'])) {
      if (each['option_id'] !== option.values['id']) continue;
      each['option_display_name'] = option.values['display_name'];
      if (value !== undefined && each['id'] === value.values['id']) each['label'] = value.values['label'];
    }
}

const productOf = ({ parents }: Entry, tables: Tables): Entry | undefined => tables.of(PRODUCTS).get(parents['product_id'] ?? '', {});

function show({ row, entry, tables }: Shown): void {
  const product = asJsonObject(productOf(entry, tables)?.values);
  row['sku_id'] ??= entry.values['sku_id'] === null ? null : entry.values['id'];
  row['option_values'] ??= [];
  if (product['price'] !== undefined || isSet(entry.values['price']))
    row['calculated_price'] = catalogPrices(product, entry.values).calculated;
  if (product['weight'] !== undefined || isSet(entry.values['weight'])) row['calculated_weight'] = catalogWeight(product, entry.values);
}

function showAsSku({ row, entry, tables }: Shown): void {
  const { values } = entry;
  const product = asJsonObject(productOf(entry, tables)?.values);
  row['id'] = values['sku_id'] ?? values['id'];
  for (const [v2, v3] of Object.entries(V2_NAMES)) row[v2] ??= values[v3];
  if (values['option_values'] !== undefined)
    row['options'] = jsonObjectsIn(values['option_values']).map(({ id, option_id }) => ({
      product_option_id: option_id,
      option_value_id: id,
    }));
  row['adjusted_price'] ??= money(catalogPrices(product, values).calculated);
  row['adjusted_weight'] ??= money(catalogWeight(product, values));
}

function removed({ entry, tables }: Omit<Removal, 'isByFilter'>): void {
  const product = productOf(entry, tables);
  if (product !== undefined) fitToVariants(product, tables);
}

/** The choices of a SKU have paths of their own in V2. */
const SKU_OPTIONS: Family = {
  complete({ entry: { parents, values }, tables }) {
    const sku = tables.of(VARIANTS).get(parents['sku_id'] ?? '', { product_id: parents['product_id'] ?? '' });
    if (sku === undefined) return;
    const [added] = resolved(
      [{ option_id: values['product_option_id'], id: values['option_value_id'] }],
      parents['product_id'] ?? '',
      tables,
    );
    const kept = jsonObjectsIn(sku.values['option_values']).filter(({ option_id }) => option_id !== added?.['option_id']);
    sku.values['option_values'] = [...kept, added];
  },
};

const SHARED: Family = { refusalOf, stored, complete, removed };

/** The rules of variants, which V2 calls SKUs (product-variants_catalog.v3.yml). */
export const VARIANT_FAMILIES: Families = {
  'v3 /catalog/products/:product_id/variants': { ...SHARED, show },
  // archive/store-operations/v2-products/v2-versus-v3.mdx changes the stock of a SKU with its id in the body.
  'v2 /products/:product_id/skus': { ...SHARED, keyedBy: 'sku_id', repeatsKey: true, show: showAsSku },
  'v2 /products/:product_id/skus/:sku_id/options': SKU_OPTIONS,
};
