import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { complete, reason, refuse } from './checks.js';
import type { Change, Families, Family } from './family.js';
import { notAmong, type Reasons } from './rules.js';

/** What each location of a zone must have, by the type of the zone (shipping.v2.yml). A global zone has none. */
const LOCATION_PARTS: Readonly<Record<string, readonly string[]>> = {
  zip: ['zip', 'country_iso2'],
  country: ['country_iso2'],
  state: ['state_iso2', 'country_iso2'],
  global: [],
};

const NO_FEES = { fixed_surcharge: '0', display_separately: false };

function wrongLocations({ body, entry }: Change): Reasons {
  const type = String(body['type'] ?? entry?.values['type']);
  const locations = jsonObjectsIn(body['locations']);
  const needed = LOCATION_PARTS[type] ?? [];
  const missing = needed.filter((part) => locations.some((location) => location[part] === undefined));
  return {
    ...reason(type === 'global' && locations.length > 0, 'locations', 'are not for a zone of the type global'),
    ...reason(missing.length > 0, 'locations', `need ${missing.join(' and ')} for a zone of the type ${type}`),
  };
}

const ZONE: Family = {
  refusalOf: (change) => refuse(notAmong(change.body, { type: Object.keys(LOCATION_PARTS) }), wrongLocations(change)),
  complete({ entry }) {
    const free_shipping = { enabled: false, minimum_sub_total: '0.0000', exclude_fixed_shipping_products: false };
    complete({ entry }, { locations: [], free_shipping, handling_fees: { ...NO_FEES }, enabled: true });
    entry.values['locations'] = jsonObjectsIn(entry.values['locations']).map((location, at): JsonObject => ({ id: at + 1, ...location }));
  },
};

/** Methods that a merchant sets up; carriers have others, such as `auspost` and `fedex`. */
const METHOD: Family = {
  complete({ entry, body, tables }) {
    const settings = asJsonObject(body['settings']);
    const channel_ids = tables
      .of('/channels')
      .list()
      .map(({ values }) => values['id']);
    complete({ entry }, { settings, enabled: true, handling_fees: { ...NO_FEES }, is_fallback: false, channel_ids });
  },
};

const CUSTOMS: Family = {
  complete({ entry, tables }) {
    complete({ entry }, { created_at: tables.clock.iso(), updated_at: tables.clock.iso() });
  },
};

/** The rules of shipping zones and customs. */
export const SHIPPING_FAMILIES: Families = {
  'v2 /shipping/zones': ZONE,
  'v2 /shipping/zones/:zone_id/methods': METHOD,
  'v3 /shipping/products/customs-information': CUSTOMS,
};
