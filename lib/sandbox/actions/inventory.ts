import { randomUUID } from 'node:crypto';
import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf } from '../amounts.js';
import type { Reply } from '../dialect.js';
import {
  configureAt,
  DEFAULT_LOCATION,
  isTrackedByVariant,
  LOCATIONS,
  levelAt,
  PRODUCTS,
  type StockItem,
  setOnhand,
  VARIANTS,
  variantsOf,
} from '../families/stock.js';
import type { Entry, Tables } from '../tables.js';
import { type Actions, bare, type Handler, invalid } from './action.js';

/** The most items of a request, and the most of an item that a location can have (guide: inventory adjustments). */
const MOST_ITEMS = 2000;
const MOST_STOCK = 2_147_483_647;

/** A stock level to set. */
interface Planned {
  readonly location: string;
  readonly item: StockItem;
  readonly onhand: number;
}

/** Sets stock levels, or changes them by a difference. If one of them is refused, none is changed. */
const adjust =
  (isAbsolute: boolean): Handler =>
  ({ body, tables }) => {
    const rows = jsonObjectsIn(body['items']);
    const size = refusalOfSize('items', rows);
    if (size !== undefined) return size;
    const planned = new Map<string, Planned>();
    const mistakes: string[] = [];
    for (const row of rows) {
      const found = itemFor(row, tables);
      const location = String(row['location_id']);
      const mistake =
        typeof found === 'string' ? found : (mistakeIn(row, tables) ?? plan(planned, { row, location, item: found, isAbsolute }, tables));
      if (mistake !== undefined) mistakes.push(mistake);
    }
    if (mistakes.length > 0) return invalid(`[${mistakes.join(', ')}]`, {});
    for (const { location, item, onhand } of planned.values()) setOnhand(location, item, onhand, tables);
    return accepted();
  };

const accepted = (): Reply => bare({ transaction_id: randomUUID() });

function refusalOfSize(name: string, rows: readonly JsonObject[]): Reply | undefined {
  if (rows.length === 0) return invalid('Some values are missing.', { [name]: `${name} is required` });
  return rows.length > MOST_ITEMS ? invalid('The request is too long.', { [name]: `at most ${MOST_ITEMS} are accepted` }) : undefined;
}

/** Returns what is wrong with the location or the quantity of an adjustment. */
function mistakeIn({ location_id, quantity }: JsonObject, tables: Tables): string | undefined {
  if (!Number.isInteger(quantity)) return 'quantity must be a whole number';
  return mistakeInLocation(String(location_id), tables);
}

/** Stock can be changed at locations that are in use (guide: locations). */
function mistakeInLocation(location: string, tables: Tables): string | undefined {
  const known = tables.of(LOCATIONS).get(location, {});
  if (known === undefined) return location === DEFAULT_LOCATION ? undefined : `Location with location_id ${location} is not found`;
  return known.values['enabled'] === false ? `Location with location_id ${location} is disabled` : undefined;
}

/** Adds an adjustment to those that are planned. Returns why it cannot be made. */
function plan(
  planned: Map<string, Planned>,
  { row, location, item, isAbsolute }: { row: JsonObject; location: string; item: StockItem; isAbsolute: boolean },
  tables: Tables,
): string | undefined {
  const name = `${location} ${item.product.key} ${item.variant?.key ?? ''}`;
  const { onhand: stored, settings } = levelAt(location, item, tables);
  const current = planned.get(name)?.onhand ?? stored;
  const quantity = amountOf(row['quantity']);
  const onhand = isAbsolute ? quantity : current + quantity;
  // What is held back from sale cannot be taken either.
  const least = isAbsolute || quantity >= 0 ? 0 : settings.safety_stock;
  if (onhand < least) return `${describe(row)} has ${current} in stock, which is not enough`;
  if (onhand > MOST_STOCK) return `${describe(row)} may have at most ${MOST_STOCK} in stock`;
  planned.set(name, { location, item, onhand });
  return undefined;
}

const describe = (row: JsonObject): string => {
  const name = ['variant_id', 'product_id', 'sku'].find((each) => row[each] !== undefined) ?? 'sku';
  return `Item with ${name} ${String(row[name])}`;
};

/** Finds an item by its variant, product or SKU. Returns why there is none. */
function itemFor(row: JsonObject, tables: Tables): StockItem | string {
  const given = ['variant_id', 'product_id', 'sku'].filter((name) => row[name] !== undefined);
  if (given.length !== 1) return 'One of sku, product_id and variant_id is required to identify the item';
  const found =
    row['sku'] === undefined ? byKey(row, tables) : (bySku(VARIANTS, row['sku'], tables) ?? bySku(PRODUCTS, row['sku'], tables));
  if (found === undefined) return `${describe(row)} is not found`;
  const { product, variant } = found;
  if (isTrackedByVariant(product)) {
    const only = variantsOf(product, tables);
    const meant = variant ?? (only.length === 1 ? only[0] : undefined);
    return meant === undefined ? `${describe(row)} is tracked by variant, please update stock by variant id` : { product, variant: meant };
  }
  if (row['variant_id'] !== undefined) return `${describe(row)} is tracked by product, please update stock by product id`;
  return { product };
}

function byKey({ variant_id, product_id }: JsonObject, tables: Tables): StockItem | undefined {
  return variant_id === undefined
    ? ofProduct(tables.of(PRODUCTS).get(String(product_id), {}))
    : ofVariant(tables.of(VARIANTS).get(String(variant_id), {}), tables);
}

function bySku(path: string, sku: unknown, tables: Tables): StockItem | undefined {
  const entry = sku === '' ? undefined : tables.of(path).having('sku', sku);
  return path === VARIANTS ? ofVariant(entry, tables) : ofProduct(entry);
}

const ofProduct = (product: Entry | undefined): StockItem | undefined => (product === undefined ? undefined : { product });

function ofVariant(variant: Entry | undefined, tables: Tables): StockItem | undefined {
  const product = variant === undefined ? undefined : tables.of(PRODUCTS).get(variant.parents['product_id'] ?? '', {});
  return product === undefined ? undefined : { product, variant };
}

const SETTINGS = ['safety_stock', 'is_in_stock', 'warning_level', 'bin_picking_number'];

/** Changes the settings of items at a location. If one of them is refused, none is changed. */
const configure: Handler = ({ body, incoming, tables }) => {
  const location = String(incoming.params['location_id']);
  const rows = jsonObjectsIn(body['settings']);
  const unknown = mistakeInLocation(location, tables);
  if (unknown !== undefined) return invalid(`[${unknown}]`, {});
  const size = refusalOfSize('settings', rows);
  if (size !== undefined) return size;
  const found = rows.map((row) => ({ row, item: itemFor(asJsonObject(row['identity']), tables) }));
  const mistakes = found.flatMap(({ row, item }) =>
    typeof item === 'string' ? [item] : amountOf(row['safety_stock']) < 0 ? ['safety_stock must not be negative'] : [],
  );
  if (mistakes.length > 0) return invalid(`[${mistakes.join(', ')}]`, {});
  for (const { row, item } of found)
    if (typeof item !== 'string')
      configureAt(location, item, Object.fromEntries(Object.entries(row).filter(([name]) => SETTINGS.includes(name))), tables);
  return accepted();
};

/** The most pickup options of a response (pickup_options.v3.yml). */
const MOST_OPTIONS = 10;

/** Finds the pickup methods of locations near a place that have all items. */
const pickupOptions: Handler = ({ body, tables }) => {
  const area = asJsonObject(body['search_area']);
  const items = jsonObjectsIn(body['items']);
  if (asJsonObject(area['radius'])['value'] === undefined)
    return invalid('Some values are missing.', { search_area: 'radius is required' });
  const methods = tables
    .of('/pickup/methods')
    .list()
    .filter(({ values }) => {
      const location = tables.of(LOCATIONS).get(String(values['location_id']), {});
      return location !== undefined && location.values['enabled'] !== false && isWithin(area, location) && hasAll(location, items, tables);
    });
  const pickup_options = methods.slice(0, MOST_OPTIONS).map(({ values }) => {
    const { id, location_id, display_name = '', collection_instructions = '', collection_time_description = '' } = values;
    return {
      pickup_method: { id, location_id, display_name, collection_instructions, collection_time_description },
      available_items: items.map(({ variant_id, quantity }) => ({ variant_id, quantity })),
    };
  });
  return bare({ results: pickup_options.length === 0 ? [] : [{ pickup_options }] });
};

/** Whether a location has as many of each item as are asked for. What is not tracked is always there. */
function hasAll(location: Entry, items: readonly JsonObject[], tables: Tables): boolean {
  return items.every(({ variant_id, quantity }) => {
    const found = ofVariant(tables.of(VARIANTS).get(String(variant_id), {}), tables);
    if (found === undefined) return false;
    if (found.product.values['inventory_tracking'] === 'none') return true;
    const item = isTrackedByVariant(found.product) ? found : { product: found.product };
    return levelAt(location.key, item, tables).available >= amountOf(quantity);
  });
}

const EARTH_RADIUS_KM = 6371;
const KM_PER_MILE = 1.609344;

/** Whether a location is in a search area. Without a middle, the area is everywhere. */
function isWithin({ coordinates, radius }: JsonObject, location: Entry): boolean {
  if (coordinates === undefined) return true;
  const { value, unit } = asJsonObject(radius);
  const there = asJsonObject(location.values['address'])['geo_coordinates'];
  const most = amountOf(value) * (unit === 'MI' ? KM_PER_MILE : 1);
  return there !== undefined && distanceKm(asJsonObject(coordinates), asJsonObject(there)) <= most;
}

/** Returns the distance on the great circle. */
function distanceKm(from: JsonObject, to: JsonObject): number {
  const radians = (degrees: unknown): number => (amountOf(degrees) * Math.PI) / 180;
  const [north, south] = [radians(from['latitude']), radians(to['latitude'])];
  const arc = (angle: number): number => Math.sin(angle / 2) ** 2;
  const east = radians(amountOf(to['longitude']) - amountOf(from['longitude']));
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(arc(south - north) + Math.cos(north) * Math.cos(south) * arc(east)));
}

export const INVENTORY_ACTIONS: Actions = {
  'PUT /v3/inventory/adjustments/absolute': adjust(true),
  'POST /v3/inventory/adjustments/relative': adjust(false),
  'PUT /v3/inventory/locations/:location_id/items': configure,
  'POST /v3/pickup/options': pickupOptions,
};
