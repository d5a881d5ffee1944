import type { ModelClass } from '../model/model.js';
import * as v2 from '../resources/v2/index.js';
import * as v3 from '../resources/v3/index.js';

type Row = Record<string, unknown>;

const BRANDS = ['Alder & Ash', 'Blue Harbour', 'Common Clay', 'Driftline', 'Ember', 'Fieldnotes', 'Granite Peak', 'Hearthside'];
const CATEGORIES = ['Shop all', 'Kitchen', 'Garden', 'Bath', 'Clothing', 'Stationery', 'Lamps', 'Outdoor', 'Gifts', 'Sale'];
const MATERIALS = ['Oak', 'Linen', 'Copper', 'Stoneware', 'Wool', 'Bamboo'];
const THINGS = ['Bowl', 'Apron', 'Lantern', 'Notebook', 'Blanket', 'Planter', 'Kettle', 'Mug', 'Tray', 'Scarf'];
const COLOURS = ['Sand', 'Moss', 'Ink'];
const FIRST_NAMES = ['John', 'Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Ken', 'Margaret'];
const LAST_NAMES = ['Smith', 'Lovelace', 'Hopper'];
const CITIES = ['Austin', 'Portland', 'Boston', 'Chicago', 'Denver'];
const STATUSES: readonly (readonly [number, string])[] = [
  [1, 'Pending'],
  [2, 'Shipped'],
  [10, 'Completed'],
  [11, 'Awaiting Fulfillment'],
  [5, 'Cancelled'],
];

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2026, 0, 5, 9);
const onDay = (day: number): string => new Date(FIRST_DAY + day * DAY_MS).toISOString();

const rows = (model: unknown, all: Row[]): [ModelClass, Row[]] => [model as ModelClass, all];

const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

/** 60 products with images, options and variants, 8 brands, 10 categories, 30 customers with addresses, 40 orders. The same each time. */
export function demoStore(): [ModelClass, Row[], Record<string, number>?][] {
  const products = Array.from({ length: 60 }, (_, index) => product(index));
  return [
    rows(
      v3.Brand,
      BRANDS.map((name, index) => ({
        id: index + 1,
        name,
        page_title: name,
        custom_url: { url: `/${slug(name)}/`, is_customized: false },
      })),
    ),
    rows(
      v3.Category,
      CATEGORIES.map((name, index) => ({ id: index + 1, parent_id: index === 0 ? 0 : 1, name, sort_order: index, is_visible: true })),
    ),
    rows(v3.Product, products),
    [...rows(v2.ProductConfigurableField, [{ id: 1, name: 'Engraving', type: 'T', is_required: false }]), { product_id: 1 }],
    [...rows(v2.GoogleProductSearchMapping, [{ product_id: '1', enabled: true, product_name: 'Oak Bowl' }]), { product_id: 1 }],
    ...legacySettings(),
    rows(
      v2.Customer,
      Array.from({ length: 30 }, (_, index) => customer(index)),
    ),
    rows(
      v2.Order,
      Array.from({ length: 40 }, (_, index) => order(index, products)),
    ),
  ];
}

/** What only the platform itself sets up: countries, states of orders, ways to pay and ship. */
function legacySettings(): [ModelClass, Row[]][] {
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
      STATUSES.map(([id, name], order) => ({ id, name, system_label: name, custom_label: name, system_description: name, order })),
    ),
    rows(v2.PaymentMethod, [{ id: 'cheque', code: 'cheque', name: 'Check', test_mode: false }]),
    rows(v2.ShippingMethod, [{ id: 1, name: 'Flat rate', method_name: 'shipping_flatrate' }]),
    rows(v2.TaxClass, [
      { id: 1, name: 'Default' },
      { id: 2, name: 'Non-taxable products' },
    ]),
    rows(v2.Coupon, [{ id: 1, name: 'Welcome', code: 'WELCOME', type: 'per_total_discount', amount: '5.0000', enabled: true }]),
    rows(v2.CustomerGroup, [{ id: 1, name: 'Wholesale' }]),
    rows(v2.Currency, [
      { id: 1, currency_code: 'USD', name: 'US Dollar', is_default: true, enabled: true, currency_exchange_rate: '1.0000000000' },
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
      },
    ]),
    rows(v3.Channel, [{ id: 1, name: 'Storefront', type: 'storefront', platform: 'bigcommerce', status: 'active' }]),
    rows(v3.Location, [{ id: 1, code: 'BC-LOCATION-1', label: 'Default location', enabled: true, type_id: 'PHYSICAL' }]),
    rows(v3.Theme, [
      { uuid: '11111111-1111-4111-8111-111111111111', name: 'Cornerstone', is_active: true, is_private: false, variations: [] },
    ]),
  ];
}

function product(index: number): Row {
  const id = index + 1;
  const name = `${pick(MATERIALS, index)} ${pick(THINGS, Math.floor(index / MATERIALS.length))}`;
  const price = 10 + ((index * 7) % 90) + 0.95;
  const sku = `${slug(name).toUpperCase()}`;
  return {
    id,
    name,
    sku,
    price,
    type: 'physical',
    description: `<p>${name} by ${pick(BRANDS, index)}.</p>`,
    weight: 0.5 + (index % 8) / 2,
    width: 10 + (index % 5),
    height: 8,
    depth: 6,
    cost_price: Math.round(price * 60) / 100,
    retail_price: Math.round(price * 120) / 100,
    sale_price: 0,
    calculated_price: price,
    categories: [1, 2 + (index % 9)],
    brand_id: 1 + (index % BRANDS.length),
    inventory_level: (index * 3) % 40,
    inventory_warning_level: 5,
    inventory_tracking: 'product',
    is_visible: index % 12 !== 11,
    is_featured: index % 10 === 0,
    is_free_shipping: false,
    availability: 'available',
    condition: 'New',
    sort_order: index,
    total_sold: (index * 5) % 23,
    custom_url: { url: `/${slug(name)}/`, is_customized: false },
    date_created: onDay(index),
    date_modified: onDay(index + 30),
    images: [1, 2].map((number) => ({
      id: index * 2 + number,
      image_file: `${slug(name)}-${number}.jpg`,
      image_url: `https://images.example.com/${slug(name)}-${number}.jpg`,
      description: `${name}, view ${number}`,
      is_thumbnail: number === 1,
      sort_order: number - 1,
      date_created: onDay(index),
      date_modified: onDay(index),
    })),
    options: [
      {
        id: index * 2 + 1,
        option_id: 1,
        display_name: 'Colour',
        name: `colour-${id}`,
        type: 'swatch',
        sort_order: 0,
        is_required: true,
        option_values: COLOURS.map((label, at) => ({ id: index * 10 + at + 1, label, sort_order: at, is_default: at === 0 })),
      },
      {
        id: index * 2 + 2,
        option_id: 2,
        display_name: 'Size',
        name: `size-${id}`,
        type: 'rectangles',
        sort_order: 1,
        is_required: false,
        option_values: ['Small', 'Large'].map((label, at) => ({ id: index * 10 + at + 6, label, sort_order: at, is_default: at === 0 })),
      },
    ],
    variants: COLOURS.map((label, at) => ({
      id: index * 3 + at + 1,
      sku: `${sku}-${label.toUpperCase()}`,
      sku_id: index * 3 + at + 1,
      price: null,
      calculated_price: price,
      inventory_level: at + 1,
      option_values: [{ id: index * 10 + at + 1, option_id: index * 2 + 1, label, option_display_name: 'Colour' }],
    })),
  };
}

function customer(index: number): Row {
  const [first, last] = [pick(FIRST_NAMES, index), pick(LAST_NAMES, Math.floor(index / FIRST_NAMES.length))];
  const city = pick(CITIES, index);
  return {
    id: index + 1,
    first_name: first,
    last_name: last,
    email: `${first}.${last}@example.com`.toLowerCase(),
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

function order(index: number, products: readonly Row[]): Row {
  const buyer = index % 30;
  const [first, last] = [pick(FIRST_NAMES, buyer), pick(LAST_NAMES, Math.floor(buyer / FIRST_NAMES.length))];
  const [statusId, status] = pick(STATUSES, index);
  const lines = [products[index], products[(index + 7) % products.length]].map((line, at) => ({
    id: index * 2 + at + 1,
    product_id: line?.['id'],
    name: line?.['name'],
    sku: line?.['sku'],
    type: 'physical',
    quantity: at + 1,
    base_price: money(line?.['price']),
    price_ex_tax: money(line?.['price']),
    price_inc_tax: money(line?.['price']),
    total_inc_tax: money(Number(line?.['price']) * (at + 1)),
    total_ex_tax: money(Number(line?.['price']) * (at + 1)),
    product_options: [],
    applied_discounts: [],
  }));
  const total = money(lines.reduce((sum, line) => sum + Number(line.total_inc_tax), 0));
  return {
    id: 100 + index,
    customer_id: buyer + 1,
    status_id: statusId,
    status,
    date_created: onDay(60 + index),
    date_modified: onDay(61 + index),
    date_shipped: '',
    subtotal_ex_tax: total,
    subtotal_inc_tax: total,
    total_ex_tax: total,
    total_inc_tax: total,
    total_tax: '0.0000',
    items_total: 3,
    items_shipped: 0,
    payment_method: 'Manual',
    payment_status: '',
    currency_code: 'USD',
    default_currency_code: 'USD',
    channel_id: 1,
    is_deleted: false,
    email: `${first}.${last}@example.com`.toLowerCase(),
    billing_address: {
      first_name: first,
      last_name: last,
      street_1: `${buyer + 1} Main Street`,
      city: pick(CITIES, buyer),
      state: 'Texas',
      zip: '78701',
      country: 'United States',
      country_iso2: 'US',
      email: `${first}.${last}@example.com`.toLowerCase(),
    },
    products: lines,
    shipping_addresses: [
      {
        id: 100 + index,
        first_name: first,
        last_name: last,
        street_1: `${buyer + 1} Main Street`,
        city: pick(CITIES, buyer),
        state: 'Texas',
        zip: '78701',
        country: 'United States',
        country_iso2: 'US',
        items_total: 3,
        shipping_method: 'Flat rate',
      },
    ],
    taxes: [
      {
        id: 100 + index,
        order_address_id: 100 + index,
        tax_class_id: 1,
        name: 'Sales tax',
        class: 'Default',
        rate: '0.0000',
        priority: 1,
        priority_amount: '0.0000',
        line_amount: '0.0000',
      },
    ],
    coupons: index % 10 === 0 ? [{ id: 100 + index, coupon_id: 1, code: 'WELCOME', amount: '5.0000', type: 2, discount: 5 }] : [],
    messages:
      index % 8 === 0
        ? [
            {
              id: 100 + index,
              staff_id: 0,
              customer_id: buyer + 1,
              type: 'customer',
              subject: 'Question',
              message: 'When will it come?',
              status: 'unread',
              is_flagged: false,
            },
          ]
        : [],
    fees: [],
  };
}

const money = (amount: unknown): string => Number(amount).toFixed(4);

const slug = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
