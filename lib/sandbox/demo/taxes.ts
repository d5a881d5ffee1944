import * as v2 from '../../resources/v2/index.js';
import * as v3 from '../../resources/v3/index.js';
import { type DemoRows, rows } from './rows.js';
import { onDay } from './values.js';

const PRICE_DISPLAY = { show_inclusive: false, show_both_on_detail_view: false, show_both_on_list_view: false };

/** Tax classes, zones, rates and properties. Prices are without taxes, and the rates of the default zone are 0. */
export function taxes(): DemoRows[] {
  const at = { created_at: onDay(0), updated_at: onDay(0) };
  return [
    rows(v2.TaxClass, [
      { id: 1, name: 'Default', ...at },
      { id: 2, name: 'Non-taxable products', ...at },
    ]),
    rows(v3.TaxZone, [
      {
        id: 1,
        name: 'Default Tax Zone',
        enabled: true,
        price_display_settings: PRICE_DISPLAY,
        shopper_target_settings: { locations: [], customer_groups: [] },
      },
      {
        id: 2,
        name: 'Ontario',
        enabled: true,
        price_display_settings: { ...PRICE_DISPLAY, show_inclusive: true },
        shopper_target_settings: {
          locations: [{ country_code: 'CA', subdivision_codes: ['ON'], postal_codes: [] }],
          customer_groups: [],
        },
      },
    ]),
    rows(
      v3.TaxRate,
      [1, 2].map((id) => ({
        id,
        name: id === 1 ? 'No tax' : 'HST',
        tax_zone_id: id,
        priority: 1,
        enabled: true,
        class_rates: [
          { tax_class_id: 1, rate: id === 1 ? 0 : 13 },
          { tax_class_id: 2, rate: 0 },
        ],
      })),
    ),
    rows(
      v3.TaxProperty,
      ['PRODUCT', 'PRODUCT', 'CUSTOMER'].map((type, index) => ({
        id: index + 1,
        code: ['origin', 'contents', 'exemption'][index],
        display_name: ['Origin', 'Contents', 'Exemption'][index],
        description: '',
        type,
        ...at,
      })),
    ),
    rows(
      v3.ProductTaxProperty,
      [1, 2].map((product_id) => ({ product_id, tax_properties: { origin: 'US' } })),
    ),
    rows(
      v3.TaxCustomer,
      [1, 2].map((customer_id) => ({ customer_id, tax_properties: { exemption: 'none' } })),
    ),
  ];
}
