import { asJsonObject, isJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf, money } from '../amounts.js';
import { includedIn, isAsked } from '../selection.js';
import type { Entry, Tables } from '../tables.js';
import { BRAND_DEFAULTS, PRODUCT_DEFAULTS, V2_PRODUCT_DEFAULTS } from './catalog-defaults.js';
import { reasonsForBulkPrice, reasonsForCustomField } from './catalog-details.js';
import { type Forms, fromV2, IDS, type Names, showIn, TRACKING, URL_OBJECT, underBothNames, WORDS } from './catalog-forms.js';
import { chooseThumbnail, hasImages, primaryImage } from './catalog-images.js';
import { applyOptionSet } from './catalog-option-sets.js';
import { BRANDS, CATEGORIES, MODIFIER_VALUES, OPTION_VALUES, PRICE_RECORDS, PRODUCTS, VARIANTS } from './catalog-paths.js';
import { catalogPrices, roundedAmounts } from './catalog-prices.js';
import { fitBaseVariant, reasonsForNewVariant, skuOwner } from './catalog-variants.js';
import type { Change, Families, Family, Refusal, Removal, Shown, StoredChange } from './family.js';
import {
  conflicting,
  defaultsFor,
  inEach,
  isSet,
  notAmong,
  outOfRange,
  pathFor,
  type Reasons,
  refusing,
  tooLong,
  unknownKey,
} from './rules.js';
import { isTrackedByVariant, levelOf } from './stock.js';

const TEXTS = {
  name: 250,
  sku: 255,
  product_tax_code: 255,
  warranty: 65_535,
  bin_picking_number: 255,
  layout_file: 500,
  upc: 14,
  search_keywords: 65_535,
  availability_description: 255,
  page_title: 255,
  meta_description: 65_535,
  preorder_message: 255,
  price_hidden_label: 200,
  gtin: 14,
};

const SIZE = [0, 9_999_999_999] as const;
const COUNT = [0, 1_000_000_000] as const;
const NUMBERS = {
  weight: SIZE,
  width: SIZE,
  depth: SIZE,
  height: SIZE,
  tax_class_id: [0, 255],
  order_quantity_minimum: COUNT,
  order_quantity_maximum: COUNT,
  view_count: COUNT,
  sort_order: [-2_147_483_648, 2_147_483_647],
} as const;

const CHOICES = {
  type: ['physical', 'digital'],
  availability: ['available', 'disabled', 'preorder'],
  condition: ['New', 'Used', 'Refurbished'],
  gift_wrapping_options_type: ['any', 'none', 'list'],
  open_graph_type: ['product', 'album', 'book', 'drink', 'food', 'game', 'movie', 'song', 'tv_show'],
};
const TRACKING_CHOICES = { v2: ['none', 'simple', 'sku'], v3: ['none', 'product', 'variant'] };

const MOST_CATEGORIES = 1000;
/** Stock that is higher is cut to this (products_catalog.v3.yml, `inventory_level`). */
const MOST_STOCK = 2_147_483_647;
const AMOUNTS = ['price', 'cost_price', 'retail_price', 'sale_price', 'map_price', 'fixed_cost_shipping_price'];
/** The storefront that each store has from the start. New products are on it. */
const DEFAULT_CHANNEL = 1;

const FORMS: Forms = { related_products: IDS, meta_keywords: WORDS, custom_url: URL_OBJECT, inventory_tracking: TRACKING };
const NAMES: Names = {
  rating_total: 'reviews_rating_sum',
  rating_count: 'reviews_count',
  is_open_graph_thumbnail: 'open_graph_use_image',
  avalara_product_tax_code: 'product_tax_code',
};

function refusalOf(change: Change): Refusal | undefined {
  const { body, resource } = change;
  const isV2 = resource.version === 'v2';
  const fields = {
    ...tooLong(body, TEXTS),
    ...outOfRange(body, NUMBERS),
    ...notAmong(body, { ...CHOICES, inventory_tracking: TRACKING_CHOICES[resource.version] }),
    ...(Array.isArray(body['categories']) && body['categories'].length > MOST_CATEGORIES
      ? { categories: `a product may be in at most ${MOST_CATEGORIES} categories` }
      : {}),
    ...reasonsForChildren(change),
  };
  const missing = missingReferences(change);
  if (isV2) return refusing({ ...fields, ...missing }) ?? conflicting(conflicts(change));
  return refusing(fields) ?? conflicting({ ...missing, ...conflicts(change) }, 'The product is in conflict with other rows of the store.');
}

/** Checks the rows that a V3 product brings along. */
function reasonsForChildren({ body, entry, resource, tables }: Change): Reasons {
  if (resource.version === 'v2') return {};
  const parents = entry === undefined ? undefined : { product_id: entry.key };
  return {
    ...inEach(body, 'custom_fields', (row, place) =>
      reasonsForCustomField(row, { parents, tables, others: jsonObjectsIn(body['custom_fields']).slice(0, place) }),
    ),
    ...inEach(body, 'bulk_pricing_rules', (row) => reasonsForBulkPrice(row)),
    ...(entry === undefined ? inEach(body, 'variants', reasonsForNewVariant) : {}),
  };
}

/** A category, brand or tax class that does not exist is a conflict in V3 (products_catalog.v3.yml, 409 of POST and PUT). */
function missingReferences({ body, tables }: Change): Reasons {
  const categories = Array.isArray(body['categories']) ? body['categories'] : [];
  const unknown = categories.filter((id) => tables.of(CATEGORIES).get(String(id), {}) === undefined);
  return {
    ...(unknown.length > 0 ? { categories: `these categories do not exist: ${unknown.join(', ')}` } : {}),
    ...(amountOf(body['brand_id']) > 0 ? unknownKey(tables, BRANDS, 'brand_id', body['brand_id']) : {}),
    ...(amountOf(body['tax_class_id']) > 0 ? unknownKey(tables, '/tax_classes', 'tax_class_id', body['tax_class_id']) : {}),
  };
}

function conflicts({ body, entry, tables }: Change): Reasons {
  const reasons: Record<string, string> = {};
  const { sku, variants } = body;
  if (isSet(sku) && skuOwner(tables, sku, { product: entry?.key }) !== undefined) reasons['sku'] = `sku ${String(sku)} is already in use`;
  const { url } = givenUrl(body, entry);
  if (isSet(url) && hasUrl(tables, url, entry)) reasons['custom_url'] = `custom_url ${String(url)} is already in use`;
  if (entry !== undefined) return reasons;
  const skus = jsonObjectsIn(variants).map((row) => String(row['sku'] ?? '').toLowerCase());
  for (const [place, each] of skus.entries())
    if (each !== '' && (skus.indexOf(each) !== place || skuOwner(tables, each, {}) !== undefined))
      reasons[`variants.${place}.sku`] = `sku ${each} is already in use`;
  return reasons;
}

/** The attribute with the path of a product, for look-ups: its URL is an object. */
export const PATH = '$path';

const hasUrl = (tables: Tables, url: unknown, self?: Entry): boolean => {
  const owner = tables.of(PRODUCTS).having(PATH, url);
  return owner !== undefined && owner !== self;
};

/** Returns the URL that a client gives a product. That of a new one counts only if it is customized, such as not in a copy. */
function givenUrl({ custom_url }: JsonObject, entry: Entry | undefined): JsonObject {
  const { url, is_customized = true } = isJsonObject(custom_url) ? custom_url : { url: custom_url };
  return isSet(url) && (entry !== undefined || is_customized !== false) ? { url, is_customized } : {};
}

/** Returns the URL of a product, made from its name unless it was given. */
function urlOf({ body, entry, tables }: Change): JsonObject {
  const given = givenUrl(body, entry);
  if (given['url'] !== undefined) return { custom_url: given, [PATH]: given['url'] };
  if (entry !== undefined) return {};
  const path = pathFor(body['name']);
  let url = path;
  for (let number = 1; hasUrl(tables, url); number += 1) url = path.replace(/\/$/, `-${number}/`);
  return { custom_url: { url, is_customized: false }, [PATH]: url };
}

/** Returns the key of the brand with a name, which is created if there is none (`brand_name`, products_catalog.v3.yml). */
function brandNamed(name: unknown, tables: Tables): unknown {
  const brands = tables.of(BRANDS);
  const custom_url = { url: pathFor(name), is_customized: false };
  return (brands.having('name', name) ?? brands.insert('id', { ...BRAND_DEFAULTS, name, custom_url }, {})).values['id'];
}

function stored(change: Change): JsonObject {
  const { body, entry, tables, resource } = change;
  const given = resource.version === 'v2' ? fromV2(body, FORMS) : {};
  const isBuyable = (body['availability'] ?? entry?.values['availability']) !== 'disabled';
  return {
    ...(entry === undefined ? { ...defaultsFor(body, PRODUCT_DEFAULTS), ...V2_PRODUCT_DEFAULTS, channels: [DEFAULT_CHANNEL] } : {}),
    ...given,
    ...underBothNames(body, NAMES),
    ...roundedAmounts(body, AMOUNTS),
    ...urlOf(change),
    ...(Number(body['inventory_level']) > MOST_STOCK ? { inventory_level: MOST_STOCK } : {}),
    ...(isSet(body['brand_name']) ? { brand_id: brandNamed(body['brand_name'], tables) } : {}),
    // Written only: no response has it.
    brand_name: undefined,
    // A price can be hidden only where nothing can be bought.
    ...(isBuyable && body['is_price_hidden'] !== undefined ? { is_price_hidden: false } : {}),
    ...(isBuyable && body['price_hidden_label'] !== undefined ? { price_hidden_label: '' } : {}),
  };
}

function complete({ body, entry, tables }: StoredChange): void {
  if (body['option_set_id'] !== undefined) applyOptionSet(entry, tables);
  fitBaseVariant(entry, tables, body);
  fitLevels(entry, body, tables);
  if (body['images'] !== undefined) chooseThumbnail(tables, entry.key);
}

/** A level that is set counts where stock is kept of the product (products_catalog.v3.yml, `inventory_level`): its base variant has it too. */
function fitLevels(product: Entry, { inventory_level }: JsonObject, tables: Tables): void {
  const { values } = product;
  if (isTrackedByVariant(product)) values['inventory_level'] = levelOf(product, tables);
  else if (inventory_level !== undefined && isSet(values['base_variant_id'])) {
    const base = tables.of(VARIANTS).get(String(values['base_variant_id']), { product_id: product.key });
    if (base !== undefined) base.values['inventory_level'] = values['inventory_level'];
  }
}

function show({ row, entry, query, tables }: Shown): void {
  const included = includedIn(query);
  showIn(row, FORMS, false);
  if (entry.values['price'] !== undefined && isAsked(query, 'calculated_price'))
    row['calculated_price'] = catalogPrices(entry.values, baseVariantOf(entry, tables)).calculated;
  if (!included.has('channels')) delete row['channels'];
  if (included.has('primary_image')) row['primary_image'] = primaryImage(tables, entry.key);
  if (included.has('parent_relations')) row['parent_relations'] = parentRelations(entry, tables);
}

/** The base variant of a simple product may have a price of its own, which then is that of the product. */
const baseVariantOf = ({ key, values }: Entry, tables: Tables): JsonObject =>
  asJsonObject(
    isSet(values['base_variant_id']) ? tables.of(VARIANTS).get(String(values['base_variant_id']), { product_id: key })?.values : {},
  );

/** Returns the lists of products, options and modifiers, that have a product as one of their values. */
function parentRelations({ values }: Entry, tables: Tables): JsonObject[] {
  const kinds = [
    { type: 'variant_option', path: OPTION_VALUES, parameter: 'option_id' },
    { type: 'modifier', path: MODIFIER_VALUES, parameter: 'modifier_id' },
  ];
  return kinds.flatMap(({ type, path, parameter }) =>
    tables
      .of(path)
      .list()
      .filter((value) => asJsonObject(value.values['value_data'])['product_id'] === values['id'])
      .map(({ parents }) => ({ type, product_id: Number(parents['product_id']), attribute_id: Number(parents[parameter]) })),
  );
}

function showInV2({ row, entry, query, root, tables }: Shown): void {
  showIn(row, FORMS, true);
  row['date_last_imported'] ??= '';
  row['option_set'] ??= null;
  const downloads = `/products/${entry.key}/downloads`;
  Object.assign(row, { metadata: [], downloads: { url: `${root}/v2${downloads}`, resource: downloads } });
  // The default tax class has no row of its own.
  row['tax_class'] ??= { url: `${root}/v2/tax_classes/0`, resource: '/tax_classes/0' };
  for (const [v2, v3] of Object.entries(NAMES)) row[v2] ??= entry.values[v3];
  if (entry.values['price'] !== undefined)
    row['calculated_price'] = money(catalogPrices(entry.values, baseVariantOf(entry, tables)).calculated);
  row['keyword_filter'] = null;
  if (!isSet(row['primary_image']) || hasImages(tables, entry.key)) row['primary_image'] = primaryImage(tables, entry.key, true);
  selectFields(row, query);
}

/** Fields that `include` and `exclude` of V2 cannot leave out (archive/…/v2-products, "Mandatory Fields"; responses have `metadata` too). */
const ALWAYS = ['id', 'name', 'date_modified', 'primary_image', 'metadata'];
const SUMMARY = [
  'availability',
  'calculated_price',
  'inventory_tracking',
  'sku',
  'inventory_level',
  'inventory_warning_level',
  'is_visible',
  'is_featured',
];

/** Applies the parameters of V2 that select fields. */
function selectFields(row: JsonObject, { include, exclude }: Readonly<Record<string, string>>): void {
  const wanted = include?.split(',').flatMap((name) => (name === '@summary' ? SUMMARY : [name]));
  const unwanted = exclude?.split(',');
  for (const name of Object.keys(row)) {
    const isLeftOut = (wanted !== undefined && !wanted.includes(name)) || unwanted?.includes(name);
    if (isLeftOut && !ALWAYS.includes(name)) delete row[name];
  }
}

/** Removes what refers to a product: it is no related product any more, and its variants have no prices on price lists. */
function removed({ entry, tables }: Omit<Removal, 'isByFilter'>): void {
  const id = entry.values['id'];
  for (const { values } of tables.of(PRODUCTS).list())
    if (Array.isArray(values['related_products'])) values['related_products'] = values['related_products'].filter((each) => each !== id);
  const records = tables.of(PRICE_RECORDS);
  for (const record of records.list()) if (record.values['product_id'] === id) records.delete(record);
}

/** Only what is shipped needs a weight (docs/store-operations/catalog, "Creating digital products"). */
const optional = ({ body }: Change): string[] => (body['type'] === 'digital' ? ['weight'] : []);

const SHARED: Family = { refusalOf, stored, complete, removed };

/** The rules of products (products_catalog.v3.yml; archive/store-operations/v2-catalog-products). */
export const PRODUCT_FAMILIES: Families = {
  'v3 /catalog/products': { ...SHARED, optional, show },
  'v2 /products': { ...SHARED, show: showInV2 },
};
