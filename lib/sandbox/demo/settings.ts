import * as v2 from '../../resources/v2/index.js';
import * as v3 from '../../resources/v3/index.js';
import { type DemoRows, rows } from './rows.js';
import { ORDER_STATUSES } from './values.js';

/** Rows that only the platform itself creates: countries, order statuses, payment and shipping methods. */
export function settings(): DemoRows[] {
  return [
    rows(v2.Country, [
      {
        id: 226,
        country: 'United States',
        country_iso2: 'US',
        country_iso3: 'USA',
        states: [
          { id: 1, state: 'Texas', state_abbreviation: 'TX' },
          { id: 2, state: 'Oregon', state_abbreviation: 'OR' },
        ],
      },
      {
        id: 13,
        country: 'Australia',
        country_iso2: 'AU',
        country_iso3: 'AUS',
        states: [{ id: 3, state: 'New South Wales', state_abbreviation: 'NSW' }],
      },
    ]),
    rows(
      v2.OrderStatus,
      ORDER_STATUSES.map(({ id, name }, order) => ({ id, name, system_label: name, custom_label: name, system_description: name, order })),
    ),
    rows(v2.PaymentMethod, [{ id: 'cheque', code: 'cheque', name: 'Check', test_mode: false }]),
    rows(v2.ShippingMethod, [{ id: 1, name: 'Flat rate', method_name: 'shipping_flatrate' }]),
    rows(v2.TaxClass, [
      { id: 1, name: 'Default' },
      { id: 2, name: 'Non-taxable products' },
    ]),
    rows(v2.CustomerGroup, [{ id: 1, name: 'Wholesale' }]),
    rows(v3.Channel, [{ id: 1, name: 'Storefront', type: 'storefront', platform: 'bigcommerce', status: 'active' }]),
    rows(v3.Theme, [
      { uuid: '11111111-1111-4111-8111-111111111111', name: 'Cornerstone', is_active: true, is_private: false, variations: [] },
    ]),
    ...storeInformation(),
    ...marketing(),
  ];
}

/** The store itself, its currency and its tax zone. */
function storeInformation(): DemoRows[] {
  return [
    rows(v2.Currency, [
      {
        id: 1,
        currency_code: 'USD',
        country_iso2: 'US',
        name: 'US Dollar',
        is_default: true,
        is_transactional: true,
        enabled: true,
        currency_exchange_rate: '1.0000000000',
        token: '$',
        token_location: 'left',
        decimal_token: '.',
        thousands_token: ',',
        decimal_places: 2,
      },
    ]),
    rows(v2.Store, [
      {
        id: 'sandbox',
        name: 'Sandbox store',
        domain: 'sandbox.example.com',
        secure_url: 'https://sandbox.example.com',
        status: 'live',
        currency: 'USD',
        plan_name: 'Standard',
        weight_units: 'KGS',
        decimal_places: 2,
        logo: [],
        timezone: {
          name: 'America/Chicago',
          raw_offset: -21600,
          dst_offset: -18000,
          dst_correction: true,
          date_format: { display: 'M jS Y', export: 'M jS Y', extended_display: 'M jS Y @ g:i A' },
        },
        features: { stencil_enabled: true, checkout_type: 'optimized', multi_storefront_enabled: true },
        default_channel_id: 1,
      },
    ]),
    rows(v3.TaxZone, [
      {
        id: 1,
        name: 'Default Tax Zone',
        enabled: true,
        price_display_settings: { show_inclusive: false, show_both_on_detail_view: false, show_both_on_list_view: false },
        shopper_target_settings: { locations: [], customer_groups: [] },
      },
    ]),
  ];
}

/** The coupon of the store. */
function marketing(): DemoRows[] {
  return [
    rows(v2.Coupon, [
      {
        id: 1,
        name: 'Welcome',
        code: 'WELCOME',
        type: 'per_total_discount',
        amount: '5.0000',
        min_purchase: '0.0000',
        enabled: true,
        applies_to: { entity: 'categories', ids: [0] },
        restricted_to: [],
        shipping_methods: [],
        expires: '',
        num_uses: 0,
        max_uses: 0,
        max_uses_per_customer: 0,
      },
    ]),
  ];
}
