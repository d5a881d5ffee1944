import type { JsonObject } from '../../json-object.js';
import { ProductVariant } from '../../resources/v3/product-variants.js';
import { Product } from '../../resources/v3/products.js';
import { amountOf } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';

export const PRODUCTS = '/products';
export const VARIANTS = '/products/:product_id/variants';
export const LOCATIONS = '/inventory/locations';
const LEVELS = '/inventory/levels';

/** The location that every store has. Its stock is in the catalogue. */
export const DEFAULT_LOCATION = '1';

/** What stock is kept of: a variant, or a product whose stock is that of all its variants. */
export interface StockItem {
  readonly product: Entry;
  readonly variant?: Entry | undefined;
}

/** The stock of an item at a location. */
export interface StockLevel {
  readonly onhand: number;
  /** Those on hand, less the safety stock. */
  readonly available: number;
  readonly settings: StockSettings;
}

interface StockSettings extends JsonObject {
  readonly safety_stock: number;
  readonly is_in_stock: boolean;
  readonly warning_level: number;
  readonly bin_picking_number: string;
}

/** V3 calls it `variant`, V2 `sku`. */
export const isTrackedByVariant = ({ values }: Entry): boolean => ['variant', 'sku'].includes(String(values['inventory_tracking']));

export const isTracked = ({ values }: Entry): boolean => !['none', 'undefined'].includes(String(values['inventory_tracking']));

export const variantsOf = (product: Entry, tables: Tables): Entry[] => tables.of(VARIANTS).list({ product_id: product.key });

/** Returns everything that stock is kept of. */
export const stockItems = (tables: Tables): StockItem[] =>
  tables
    .of(PRODUCTS)
    .list()
    .flatMap((product): StockItem[] =>
      isTrackedByVariant(product) ? variantsOf(product, tables).map((variant) => ({ product, variant })) : [{ product }],
    );

/** Returns how an item is identified. A product without variants has a base variant. */
export function identityOf({ product, variant }: StockItem, tables: Tables): JsonObject {
  const only = variantsOf(product, tables);
  const base = variant?.values['id'] ?? product.values['base_variant_id'] ?? (only.length === 1 ? only[0]?.values['id'] : undefined);
  return {
    sku: String((variant ?? product).values['sku'] ?? ''),
    ...(typeof base === 'number' ? { variant_id: base } : {}),
    product_id: product.values['id'],
  };
}

/**
 * Returns the stock of an item at a location. What can be sold at the default one is the level in the catalogue
 * (products_catalog.v3.yml, `inventory_level`); other locations have rows of their own.
 */
export function levelAt(location: string, item: StockItem, tables: Tables): StockLevel {
  const { values } = holderOf(item);
  const kept = rowAt(location, item, tables)?.values ?? {};
  const settings = settingsOf({ ...values, ...kept });
  const { safety_stock } = settings;
  if (location !== DEFAULT_LOCATION) {
    const onhand = amountOf(kept['onhand']);
    return { onhand, available: Math.max(0, onhand - safety_stock), settings };
  }
  const available = amountOf(values['inventory_level']);
  // The level is 0 however much of the safety stock is gone.
  const onhand = available > 0 ? available + safety_stock : Math.min(safety_stock, amountOf(kept['onhand'] ?? safety_stock));
  return { onhand, available, settings };
}

function settingsOf(values: JsonObject): StockSettings {
  return {
    safety_stock: amountOf(values['safety_stock']),
    is_in_stock: values['is_in_stock'] !== false,
    warning_level: amountOf(values['warning_level'] ?? values['inventory_warning_level']),
    bin_picking_number: String(values['bin_picking_number'] ?? ''),
  };
}

/** Sets how many of an item are at a location. What is held back from sale is not in the level of the catalogue. */
export function setOnhand(location: string, item: StockItem, onhand: number, tables: Tables): void {
  const { available, settings } = levelAt(location, item, tables);
  if (location !== DEFAULT_LOCATION || onhand < settings.safety_stock) keptAt(location, item, tables).values['onhand'] = onhand;
  if (location === DEFAULT_LOCATION) changeLevel(item, Math.max(0, onhand - settings.safety_stock) - available, tables);
}

/** Changes the settings of an item at a location. There are as many on hand as before. */
export function configureAt(location: string, item: StockItem, settings: JsonObject, tables: Tables): void {
  const { onhand } = levelAt(location, item, tables);
  Object.assign(keptAt(location, item, tables).values, settings);
  setOnhand(location, item, onhand, tables);
}

/** Removes all stock of a location that is deleted. */
export function removeStockAt(location: string, tables: Tables): void {
  const levels = tables.of(LEVELS);
  for (const row of levels.list()) if (row.values['location'] === location) levels.delete(row);
}

/** Changes the level of an item in the catalogue, and that of its product or base variant. Tells what has changed. */
function changeLevel({ product, variant }: StockItem, difference: number, tables: Tables): void {
  if (difference === 0) return;
  const level = Math.max(0, amountOf((variant ?? product).values['inventory_level']) + difference);
  const variants = variantsOf(product, tables);
  if (variant !== undefined) setLevel(ProductVariant, variant, level, tables);
  else if (variants.length === 1 && variants[0] !== undefined) setLevel(ProductVariant, variants[0], level, tables);
  if (variant === undefined) setLevel(Product, product, level, tables);
  else rollUp(product, tables);
}

/** Returns the level of a product: that of all its variants, if stock is kept of these. */
export function levelOf(product: Entry, tables: Tables): number {
  if (!isTrackedByVariant(product)) return amountOf(product.values['inventory_level']);
  return variantsOf(product, tables).reduce((sum, { values }) => sum + amountOf(values['inventory_level']), 0);
}

/** Makes the level of a product follow from its variants when one of them was changed, added or removed. Tells if it has changed. */
export function rollUp(product: Entry, tables: Tables): void {
  const level = levelOf(product, tables);
  if (level !== amountOf(product.values['inventory_level'])) setLevel(Product, product, level, tables);
}

function setLevel({ resource }: typeof Product | typeof ProductVariant, entry: Entry, level: number, tables: Tables): void {
  const before = { ...entry.values };
  entry.values['inventory_level'] = level;
  tables.changes.emit({ action: 'updated', resource, entry, before });
}

const holderOf = ({ product, variant }: StockItem): Entry => variant ?? product;

const nameOf = ({ product, variant }: StockItem): string => (variant === undefined ? `product ${product.key}` : `variant ${variant.key}`);

const rowsOf = (item: StockItem, tables: Tables): Entry[] => tables.of(LEVELS).list({ item: nameOf(item) });

const rowAt = (location: string, item: StockItem, tables: Tables): Entry | undefined =>
  rowsOf(item, tables).find(({ values }) => values['location'] === location);

/** Returns the row with what a location keeps of an item. It is created on first use. */
function keptAt(location: string, item: StockItem, tables: Tables): Entry {
  const name = nameOf(item);
  return rowAt(location, item, tables) ?? tables.of(LEVELS).insert('name', { name: `${name} at ${location}`, location }, { item: name });
}
