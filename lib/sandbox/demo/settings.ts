import type { JsonObject } from '../../json-object.js';
import * as v2 from '../../resources/v2/index.js';
import { channels } from './channels.js';
import { content } from './content.js';
import { geography } from './geography.js';
import { type DemoRows, rows } from './rows.js';
import { search } from './search.js';
import { shipping } from './shipping.js';
import { taxes } from './taxes.js';
import { onDay } from './values.js';

/** Rows that only the platform itself creates: countries, payment and shipping methods. */
export function settings(): DemoRows[] {
  return [
    ...geography(),
    ...channels(),
    ...content(),
    ...taxes(),
    ...shipping(),
    ...search(),
    rows(v2.PaymentMethod, [paymentMethod('cheque', 'Check'), paymentMethod('cod', 'Cash on Delivery')]),
    ...storeInformation(),
  ];
}

const paymentMethod = (code: string, name: string): JsonObject => ({
  id: code,
  code,
  name,
  test_mode: false,
  type: 'card',
  stored_instruments: [],
  supported_instruments: [],
});

const currency = (id: number, currency_code: string, country_iso2: string, more: JsonObject): JsonObject => ({
  id,
  currency_code,
  country_iso2,
  default_for_country_codes: [],
  is_default: false,
  is_transactional: false,
  enabled: true,
  auto_update: false,
  use_default_name: true,
  currency_exchange_rate: '1.0000000000',
  token_location: 'left',
  decimal_token: '.',
  thousands_token: ',',
  decimal_places: 2,
  last_updated: onDay(0),
  ...more,
});

/** How the store writes amounts and sizes. */
const FORMATS: JsonObject = {
  currency: 'USD',
  currency_symbol: '$',
  currency_symbol_location: 'left',
  decimal_separator: '.',
  thousands_separator: ',',
  decimal_places: 2,
  weight_units: 'KGS',
  dimension_units: 'Centimeters',
  dimension_decimal_places: 2,
  dimension_decimal_token: '.',
  dimension_thousands_token: ',',
};

/** The store itself and its currencies. */
function storeInformation(): DemoRows[] {
  return [
    rows(v2.Currency, [
      currency(1, 'USD', 'US', { name: 'US Dollar', token: '$', is_default: true, is_transactional: true }),
      currency(2, 'GBP', 'GB', { name: 'Pound Sterling', token: '£', currency_exchange_rate: '0.7900000000' }),
    ]),
    rows(v2.Store, [
      {
        id: 'sandbox',
        account_uuid: '00000000-0000-4000-8000-000000000001',
        store_id: 1000,
        name: 'Sandbox store',
        domain: 'sandbox.example.com',
        secure_url: 'https://sandbox.example.com',
        control_panel_base_url: 'https://store-sandbox.example.com',
        favicon_url: '',
        logo: [],
        status: 'live',
        first_name: 'Olivia',
        last_name: 'Owner',
        address: '1 Main Street, Austin, Texas 78701, United States',
        country: 'United States',
        country_code: 'US',
        infrastructure_region: 'us-central1',
        phone: '555-0100',
        admin_email: 'owner@example.com',
        order_email: 'owner@example.com',
        industry: 'Home & Garden',
        plan_name: 'Standard',
        plan_level: 'STND',
        plan_is_trial: false,
        language: 'en',
        ...FORMATS,
        timezone: {
          name: 'America/Chicago',
          raw_offset: -21600,
          dst_offset: -18000,
          dst_correction: true,
          date_format: { display: 'M jS Y', export: 'M jS Y', extended_display: 'M jS Y @ g:i A' },
        },
        features: { stencil_enabled: true, checkout_type: 'optimized', multi_storefront_enabled: true },
        is_price_entered_with_tax: false,
        default_channel_id: 1,
        default_site_id: 1000,
        active_comparison_modules: [],
      },
    ]),
  ];
}
