import type { JsonObject } from '../../json-object.js';
import * as v2 from '../../resources/v2/index.js';
import * as v3 from '../../resources/v3/index.js';
import { type DemoRows, rows } from './rows.js';
import { CITIES, onDay, personOf, pick } from './values.js';

function customer(index: number): JsonObject {
  const { first, last, email } = personOf(index);
  const city = pick(CITIES, index);
  return {
    id: index + 1,
    first_name: first,
    last_name: last,
    email,
    company: index % 3 === 0 ? `${last} & Co` : '',
    phone: `555-01${String(index).padStart(2, '0')}`,
    store_credit: '0.0000',
    customer_group_id: index % 4,
    registration_ip_address: '203.0.113.7',
    notes: '',
    date_created: onDay(index * 2),
    date_modified: onDay(index * 2 + 5),
    addresses: [
      {
        id: index + 1,
        first_name: first,
        last_name: last,
        company: '',
        street_1: `${index + 1} Main Street`,
        street_2: '',
        city,
        state: 'Texas',
        zip: String(78_700 + index),
        country: 'United States',
        country_iso2: 'US',
        address1: `${index + 1} Main Street`,
        address2: '',
        state_or_province: 'Texas',
        postal_code: String(78_700 + index),
        country_code: 'US',
        customer_id: index + 1,
        phone: '555-0100',
        address_type: 'residential',
      },
    ],
  };
}

const PROFILES = [
  '5c1d7c1e-0000-4000-8000-000000000001',
  '5c1d7c1e-0000-4000-8000-000000000002',
  '5c1d7c1e-0000-4000-8000-000000000003',
] as const;
const SEGMENTS = ['5e6e7700-0000-4000-8000-000000000001', '5e6e7700-0000-4000-8000-000000000002'] as const;
const COUNT = 30;

/** The customers of the store with their groups, attributes and segments; their newsletters, wishlists and stored instruments. */
export function customers(): DemoRows[] {
  return [
    rows(v2.CustomerGroup, groups()),
    rows(
      v2.Customer,
      Array.from({ length: COUNT }, (_, index) => customer(index)),
    ),
    ...details(),
    ...segments(),
    rows(v3.Subscriber, [subscriber(1, 0, 'order'), subscriber(2, 5, 'storefront')]),
    rows(v3.Wishlist, [wishlist(1, 1, 'Kitchen', [3, 8]), wishlist(2, 2, 'Birthday', [12])]),
  ];
}

const groups = (): JsonObject[] =>
  ['Wholesale', 'Members', 'Staff'].map((name, index) => ({
    id: index + 1,
    name,
    is_default: false,
    is_group_for_guests: false,
    category_access: { type: 'all' },
    discount_rules: [],
    date_created: onDay(0),
    date_modified: onDay(index),
  }));

/** What single customers have: attributes, form fields, consent, metafields and stored instruments. */
function details(): DemoRows[] {
  const dates = { date_created: onDay(3), date_modified: onDay(3) };
  const attributeValue = (id: number, attribute_id: number, customer_id: number, value: string): JsonObject => ({
    ...{ id, attribute_id, customer_id, value, attribute_value: value },
    ...dates,
  });
  return [
    rows(v3.CustomerAttribute, [
      { id: 1, name: 'Shoe size', type: 'number', ...dates },
      { id: 2, name: 'Birthday', type: 'date', ...dates },
    ]),
    rows(v3.CustomerAttributeValue, [attributeValue(1, 1, 1, '42'), attributeValue(2, 2, 1, '1990-02-01'), attributeValue(3, 1, 2, '38')]),
    rows(v3.CustomerFormFieldValue, [
      { name: 'How did you hear of us?', value: 'A friend', customer_id: 1 },
      { name: 'How did you hear of us?', value: 'Search', customer_id: 2 },
    ]),
    ...['1', '2'].flatMap((customer_id) => [
      rows(v3.CustomerConsent, [{ allow: ['essential', 'functional'], deny: ['targeting'], updated_at: onDay(4) }], { customer_id }),
      rows(v3.CustomerMetafield, [metafield(Number(customer_id))], { customer_id }),
      rows(v3.StoredInstrument, [card(Number(customer_id))], { customer_id }),
    ]),
  ];
}

const metafield = (id: number): JsonObject => ({
  id,
  key: 'tier',
  value: id === 1 ? 'gold' : 'silver',
  namespace: 'loyalty',
  permission_set: 'read',
  description: 'Tier of the loyalty programme',
  date_created: onDay(5),
  date_modified: onDay(5),
  owner_client_id: 'sandbox-client-id',
});

function card(customer: number): JsonObject {
  const { first, last, email } = personOf(customer - 1);
  return {
    type: 'stored_card',
    token: `card-${customer}`,
    is_default: true,
    brand: 'VISA',
    expiry_month: 12,
    expiry_year: 2030,
    issuer_identification_number: '411111',
    last_4: '1111',
    billing_address: {
      ...{ first_name: first, last_name: last, email, company: '', address1: `${customer} Main Street`, address2: '' },
      ...{ city: pick(CITIES, customer - 1), postal_code: String(78_699 + customer), state_or_province: 'Texas' },
      ...{ state_or_province_code: 'TX', country_code: 'US', phone: '555-0100' },
    },
  };
}

/** Two segments: one with two customers, one with a third. */
function segments(): DemoRows[] {
  const dates = { created_at: onDay(6), updated_at: onDay(6) };
  const profiles = PROFILES.map((id, index) => ({ id, customer_id: index + 21, ...dates }));
  const all = SEGMENTS.map((id, index) => ({ id, name: ['Big spenders', 'New customers'][index], description: '', ...dates }));
  const members = [[0, 1], [2]];
  return [
    rows(v3.Segment, all),
    rows(v3.ShopperProfile, profiles),
    ...SEGMENTS.flatMap((segment_id, at) =>
      (members[at] ?? []).flatMap((index) => [
        rows(v3.SegmentShopperProfile, profiles.slice(index, index + 1), { segment_id }),
        rows(v3.ShopperProfileSegment, all.slice(at, at + 1), { shopper_profile_id: PROFILES[index] ?? '' }),
      ]),
    ),
  ];
}

function subscriber(id: number, person: number, source: string): JsonObject {
  const { first, last, email } = personOf(person);
  return {
    ...{ id, email, first_name: first, last_name: last, source, order_id: source === 'order' ? 100 : null, channel_id: 1 },
    ...{ consents: ['marketing_newsletter'], date_created: onDay(7), date_modified: onDay(7) },
  };
}

const wishlist = (id: number, customer_id: number, name: string, products: readonly number[]): JsonObject => ({
  id,
  customer_id,
  name,
  is_public: id === 1,
  token: `3f0c2a1e-0000-4000-8000-00000000000${id}`,
  items: products.map((product_id, at) => ({ id: at + 1, product_id })),
});
