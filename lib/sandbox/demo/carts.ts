import type { JsonObject } from '../../json-object.js';
import * as v3 from '../../resources/v3/index.js';
import { type DemoProduct, product } from './catalog.js';
import { type DemoRows, rows } from './rows.js';
import { COLOURS, onDay } from './values.js';

const CARTS = ['ca270000-0000-4000-8000-000000000001', 'ca270000-0000-4000-8000-000000000002'] as const;

/** Two carts of customers, which are abandoned. Their totals are computed when they are read first. */
export function carts(): DemoRows[] {
  return [
    rows(
      v3.Cart,
      CARTS.map((id, index) => cart(id, index + 1, [product(index * 2 + 2), product(index * 2 + 3)])),
    ),
    ...CARTS.map((cart_id, index) => rows(v3.CartMetafield, [metafield(index + 1)], { cart_id })),
    rows(
      v3.AbandonedCart,
      CARTS.map((cart_id, index) => ({ token: `abandoned-${index + 1}`, cart_id })),
    ),
  ];
}

const cart = (id: string, customer_id: number, products: readonly DemoProduct[]): JsonObject => ({
  id,
  customer_id,
  channel_id: 1,
  currency: { code: 'USD' },
  locale: 'en',
  version: 1,
  created_time: onDay(100),
  updated_time: onDay(100),
  line_items: {
    physical_items: products.map((each, at) => line(each, at + 1, customer_id)),
    digital_items: [],
    gift_certificates: [],
    custom_items: [],
  },
});

/** A line with the first colour of a product. */
const line = ({ id, name, sku, price, images }: DemoProduct, quantity: number, cart: number): JsonObject => ({
  id: `11e00000-0000-4000-8000-0000000000${cart}${quantity}`,
  parent_id: null,
  product_id: id,
  variant_id: (id - 1) * 3 + 1,
  sku: `${sku}-${COLOURS[0].toUpperCase()}`,
  name,
  url: `https://sandbox.example.com/${sku.toLowerCase()}/`,
  quantity,
  taxable: true,
  image_url: imageOf(images),
  original_price: price,
  list_price: price,
  is_require_shipping: true,
  is_mutable: true,
  added_by_promotion: false,
  gift_wrapping: null,
  options: [{ name: 'Colour', nameId: (id - 1) * 2 + 1, value: COLOURS[0], valueId: (id - 1) * 10 + 1 }],
});

const imageOf = (images: unknown): unknown => (Array.isArray(images) ? Object(images[0])['image_url'] : '');

const metafield = (id: number): JsonObject => ({
  id,
  key: 'salesperson',
  value: id === 1 ? 'Sam' : 'Kim',
  namespace: 'sales',
  permission_set: 'app_only',
  description: 'Who helped',
  date_created: onDay(100),
  date_modified: onDay(100),
  owner_client_id: 'sandbox-client-id',
});
