import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import type { Entry, Tables } from '../tables.js';
import { isBlank } from '../values.js';
import type { Change, Families, Family, Refusal, Scope } from './family.js';
import { DEFAULT_LOCATION, identityOf, LOCATIONS, levelAt, removeStockAt, type StockItem, stockItems } from './stock.js';

const METHODS = '/pickup/methods';

/** The most locations that may be in use (locations.v3.yml). */
const MOST_ACTIVE = 100;

/** What the address of a location needs (locations.v3.yml, LocationsCreateRequest). */
const ADDRESS = ['address1', 'city', 'state', 'zip', 'email', 'geo_coordinates', 'country_code'];

function refusalOfLocation({ body, entry, tables }: Change): Refusal | undefined {
  const { address, enabled } = body;
  const given = asJsonObject(address);
  const missing = address === undefined ? [] : ADDRESS.filter((name) => isBlank(given[name]));
  if (missing.length > 0) return { fields: Object.fromEntries(missing.map((name) => [`address.${name}`, 'is required'])) };
  const active = tables
    .of(LOCATIONS)
    .list()
    .filter((each) => each !== entry && each.values['enabled'] !== false);
  const isActive = enabled ?? entry?.values['enabled'] ?? true;
  return isActive === true && active.length >= MOST_ACTIVE
    ? { fields: { enabled: `is true for ${MOST_ACTIVE} locations already` } }
    : undefined;
}

/** Locations. The first one is where the store ships from: it stays (locations.v3.yml, DELETE /inventory/locations). */
const LOCATION: Family = {
  refusalOf: refusalOfLocation,
  complete({ entry }) {
    const { values, key } = entry;
    Object.assign(values, { ...DEFAULTS, ...values }, isBlank(values['code']) ? { code: `BC-LOCATION-${key}` } : {});
  },
  filterValues: ({ key, values }) => ({ is_default: key === DEFAULT_LOCATION, is_active: values['enabled'] !== false }),
  refusalOfRemoval: ({ entry }) =>
    entry.key === DEFAULT_LOCATION
      ? { status: 422, fields: { location_id: 'is that of the default location, which cannot be deleted' } }
      : undefined,
  removed: ({ entry, tables }) => removeStockAt(entry.key, tables),
};

const DEFAULTS: JsonObject = { description: '', enabled: true, storefront_visibility: true, special_hours: [], operating_hours: {} };

/** The locations of a store. It has the default one even if nothing is known of it. */
function locationsOf(tables: Tables): JsonObject[] {
  const known = tables.of(LOCATIONS).list();
  return known.length > 0 ? known.map(({ values }) => values) : [{ id: 1, code: 'BC-LOCATION-1', label: 'Default location' }];
}

/** Returns an entry for each item that stock is kept of, but for those that a test has stored. */
function entriesOf(path: string, { parents, tables }: Scope, valuesOf: (item: StockItem) => JsonObject): Entry[] {
  const stored = tables.of(path).list(parents);
  const known = new Set(stored.map(({ values }) => keyOf(asJsonObject(values['identity']))));
  const entries = stockItems(tables).map((item): Entry => {
    const identity = identityOf(item, tables);
    return { key: keyOf(identity), parents, values: { identity, ...valuesOf(item) } };
  });
  return [...stored, ...entries.filter(({ key }) => !known.has(key))];
}

const keyOf = ({ variant_id, product_id }: JsonObject): string => `${String(product_id)}-${String(variant_id)}`;

const ITEMS = '/inventory/items';

const ITEM: Family = {
  derived: (scope) =>
    entriesOf(ITEMS, scope, (item) => ({
      locations: locationsOf(scope.tables).map(({ id, code, label, enabled }) => {
        const { onhand, available, settings } = levelAt(String(id), item, scope.tables);
        return {
          location_id: id,
          location_code: code,
          location_name: label,
          available_to_sell: available,
          total_inventory_onhand: onhand,
          location_enabled: enabled !== false,
          settings,
        };
      }),
    })),
  /** Shows the locations that the query asks for. The identity has the SKU of the V2 catalogue too. */
  show({ row, query, tables }) {
    const identity = asJsonObject(row['identity']);
    row['identity'] = { ...identity, sku_id: skuIdOf(identity, tables) };
    for (const [filter, name] of [
      ['location_id:in', 'location_id'],
      ['location_code:in', 'location_code'],
    ] as const) {
      const wanted = query[filter]?.split(',');
      if (wanted !== undefined) row['locations'] = jsonObjectsIn(row['locations']).filter((each) => wanted.includes(String(each[name])));
    }
  },
};

/** Returns the key of a variant in the V2 catalogue; null for a base variant. */
function skuIdOf({ variant_id }: JsonObject, tables: Tables): unknown {
  const variant = tables.of('/products/:product_id/variants').get(String(variant_id), {})?.values;
  return jsonObjectsIn(variant?.['option_values']).length === 0 ? null : (variant?.['sku_id'] ?? variant_id);
}

const LOCATION_ITEMS = `${LOCATIONS}/:location_id/items`;

const LOCATION_ITEM: Family = {
  derived: (scope) =>
    entriesOf(LOCATION_ITEMS, scope, (item) => {
      const { onhand, available, settings } = levelAt(scope.parents['location_id'] ?? DEFAULT_LOCATION, item, scope.tables);
      return { available_to_sell: available, total_inventory_onhand: onhand, settings };
    }),
};

/** The most characters of what shoppers see of a pickup method (pickup_methods.v3.yml). */
const MOST_CHARACTERS = 250;
const TEXTS = ['display_name', 'collection_instructions', 'collection_time_description'];

const METHOD: Family = {
  refusalOf({ body, entry, tables }) {
    const tooLong = TEXTS.filter((name) => String(body[name] ?? '').length > MOST_CHARACTERS);
    const fields = Object.fromEntries(tooLong.map((name) => [name, `may have at most ${MOST_CHARACTERS} characters`]));
    const location = body['location_id'] ?? entry?.values['location_id'];
    const isKnown = location === undefined || tables.of(LOCATIONS).get(String(location), {}) !== undefined;
    const all = isKnown ? fields : { ...fields, location_id: `location ${String(location)} does not exist` };
    return Object.keys(all).length === 0 ? undefined : { fields: all };
  },
  stored: ({ body, entry }) => (entry === undefined ? Object.fromEntries(TEXTS.map((name) => [name, body[name] ?? ''])) : {}),
};

/** The rules of locations, of what is in stock there, and of how it is picked up. */
export const INVENTORY_FAMILIES: Families = {
  [`v3 ${LOCATIONS}`]: LOCATION,
  [`v3 ${ITEMS}`]: ITEM,
  [`v3 ${LOCATION_ITEMS}`]: LOCATION_ITEM,
  [`v3 ${METHODS}`]: METHOD,
};
