import type { JsonObject } from '../../json-object.js';
import * as v2 from '../../resources/v2/index.js';
import * as v3 from '../../resources/v3/index.js';
import { type DemoRows, rows } from './rows.js';
import { onDay } from './values.js';

const NO_FEES = { fixed_surcharge: '0', display_separately: false };

/** Shipping zones with their methods, and customs. */
export function shipping(): DemoRows[] {
  return [
    rows(v2.ShippingMethod, [
      { id: 1, name: 'Flat rate', method_name: 'shipping_flatrate' },
      { id: 2, name: 'Free shipping', method_name: 'shipping_freeshipping' },
    ]),
    rows(v2.ShippingZone, [
      zone(1, 'United States', 'country', [{ id: 1, country_iso2: 'US' }]),
      zone(2, 'Rest of the world', 'global', []),
    ]),
    ...[1, 2].map((id) =>
      rows(
        v2.ShippingZoneMethod,
        [
          method(id * 2 - 1, 'Flat rate', 'perorder', { rate: id * 5 }),
          method(id * 2, 'By weight', 'weight', { default_cost: 10, default_cost_type: 'fixed_amount', range: [] }),
        ],
        { zone_id: String(id) },
      ),
    ),
    rows(
      v3.CustomsInformation,
      [1, 2].map((product_id) => ({
        product_id,
        country_of_origin: 'US',
        commodity_description: 'Household goods',
        international_shipping: true,
        hs_codes: { ALL: '4419.90' },
        created_at: onDay(0),
        updated_at: onDay(0),
      })),
    ),
  ];
}

const zone = (id: number, name: string, type: string, locations: readonly JsonObject[]): JsonObject => ({
  id,
  name,
  type,
  locations,
  free_shipping: { enabled: false, minimum_sub_total: '0.0000', exclude_fixed_shipping_products: false },
  handling_fees: NO_FEES,
  enabled: true,
});

const method = (id: number, name: string, type: string, settings: JsonObject): JsonObject => ({
  id,
  name,
  type,
  settings,
  enabled: true,
  handling_fees: NO_FEES,
  is_fallback: false,
  channel_ids: [1, 2],
});
