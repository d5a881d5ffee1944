import { type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { LINE_DEFAULTS } from '../families/order-lines.js';
import type { DemoProduct } from './catalog.js';
import { BUYERS, FEE, FIRST_ID, PARTIALLY_REFUNDED, PICKED_UP, paymentOf, REFUNDED, shippedCount, shippedOf } from './order-facts.js';
import { CITIES, money, onDay, personOf, pick } from './values.js';

/** Returns a line of the first variant of a product: one of the first product of an order, two of the second. */
export function line(product: DemoProduct, index: number, at: number): JsonObject {
  const { id: product_id, name, sku, price } = product;
  const id = index * 2 + at + 1;
  const quantity = at + 1;
  const [variant] = jsonObjectsIn(product['variants']);
  const total = money(price * quantity);
  const isRefunded = index === REFUNDED || (index === PARTIALLY_REFUNDED && at === 0);
  const size = (each: string): string => money(Number(product[each] ?? 0));
  return {
    ...LINE_DEFAULTS,
    id,
    product_id,
    variant_id: variant?.['id'] ?? 0,
    order_address_id: PICKED_UP.includes(index) ? 0 : FIRST_ID + index,
    order_pickup_method_id: PICKED_UP.includes(index) ? 1 : 0,
    name,
    name_customer: name,
    name_merchant: name,
    sku,
    upc: '',
    brand: '',
    bin_picking_number: '',
    type: 'physical',
    quantity,
    quantity_shipped: shippedOf(index)[at === 0 ? 0 : 1],
    quantity_refunded: isRefunded ? quantity : 0,
    is_refunded: isRefunded,
    base_price: money(price),
    price_ex_tax: money(price),
    price_inc_tax: money(price),
    price_tax: money(0),
    base_total: total,
    total_inc_tax: total,
    total_ex_tax: total,
    total_tax: money(0),
    discounted_total_inc_tax: total,
    base_cost_price: size('cost_price'),
    cost_price_inc_tax: size('cost_price'),
    cost_price_ex_tax: size('cost_price'),
    cost_price_tax: money(0),
    weight: size('weight'),
    width: size('width'),
    height: size('height'),
    depth: size('depth'),
    fixed_shipping_cost: money(0),
    product_options: jsonObjectsIn(variant?.['option_values']).map((choice) => chosen(choice, id)),
  };
}

function chosen({ id: value, option_id, label, option_display_name }: JsonObject, order_product_id: number): JsonObject {
  return {
    id: order_product_id,
    option_id,
    order_product_id,
    product_option_id: option_id,
    name: option_display_name,
    display_name: option_display_name,
    display_name_customer: option_display_name,
    display_name_merchant: option_display_name,
    display_value: label,
    display_value_customer: label,
    display_value_merchant: label,
    value: String(value),
    type: 'Swatch',
    display_style: '',
  };
}

export function addressOf(buyer: number): JsonObject {
  const { first, last, email } = personOf(buyer);
  return {
    first_name: first,
    last_name: last,
    company: '',
    street_1: `${buyer + 1} Main Street`,
    street_2: '',
    city: pick(CITIES, buyer),
    state: 'Texas',
    zip: '78701',
    country: 'United States',
    country_iso2: 'US',
    phone: '555-0100',
    email,
  };
}

export const shippingAddress = (index: number, address: JsonObject, cost: number): JsonObject => ({
  id: FIRST_ID + index,
  ...address,
  items_total: 3,
  items_shipped: shippedCount(index),
  shipping_method: 'Flat rate',
  base_cost: money(cost),
  cost_ex_tax: money(cost),
  cost_inc_tax: money(cost),
  cost_tax: money(0),
  cost_tax_class_id: 0,
  base_handling_cost: money(0),
  handling_cost_ex_tax: money(0),
  handling_cost_inc_tax: money(0),
  handling_cost_tax: money(0),
  handling_cost_tax_class_id: 0,
  shipping_zone_id: 1,
  shipping_zone_name: 'United States',
  form_fields: [],
});

export const shipment = (index: number, lines: readonly JsonObject[], address: JsonObject): JsonObject => ({
  id: index,
  customer_id: (index % BUYERS) + 1,
  order_address_id: FIRST_ID + index,
  date_created: onDay(61 + index),
  tracking_number: `TRACK${FIRST_ID + index}`,
  merchant_shipping_cost: money(0),
  shipping_method: 'Flat rate',
  shipping_provider: '',
  tracking_carrier: '',
  tracking_link: '',
  comments: '',
  billing_address: address,
  shipping_address: address,
  items: lines
    .filter(({ quantity_shipped }) => quantity_shipped !== 0)
    .map(({ id, product_id, quantity_shipped }) => ({ order_product_id: id, product_id, quantity: quantity_shipped })),
  shipping_provider_display_name: '',
  generated_tracking_link: '',
});

export const fee = (id: number): JsonObject => ({
  id,
  type: 'custom_fee',
  display_name_customer: 'Gift box',
  display_name_merchant: 'Gift box',
  source: '',
  base_cost: money(FEE),
  cost_ex_tax: money(FEE),
  cost_inc_tax: money(FEE),
  cost_tax: money(0),
  tax_class_id: null,
});

export const taxOf = (id: number): JsonObject => ({
  id,
  order_address_id: id,
  tax_rate_id: 1,
  sales_tax_id: '',
  tax_class_id: 1,
  name: 'Sales tax',
  class: 'Default',
  rate: '0.0000',
  priority: 1,
  priority_amount: '0.0000',
  line_amount: '0.0000',
  order_pickup_method_id: 0,
});

export const messageOf = (id: number, customer_id: number): JsonObject => ({
  id,
  staff_id: 0,
  customer_id,
  type: 'customer',
  subject: 'Question',
  message: 'When will it come?',
  status: 'unread',
  is_flagged: false,
  date_created: onDay(id - FIRST_ID + 61),
});

/** Returns the payment by card of an order. */
export const transaction = (index: number, { total_inc_tax }: JsonObject): JsonObject => ({
  id: FIRST_ID + index,
  event: paymentOf(index) === 'authorized' ? 'authorization' : 'purchase',
  method: 'credit_card',
  amount: Number(total_inc_tax),
  currency: 'USD',
  gateway: 'testgateway',
  gateway_transaction_id: `test-${FIRST_ID + index}`,
  test: true,
  status: 'ok',
  fraud_review: false,
  reference_transaction_id: null,
  offline: null,
  custom: null,
  payment_method_id: 'testgateway.card',
  order_id: String(FIRST_ID + index),
  date_created: onDay(60 + index),
  payment_instrument_token: null,
  avs_result: { code: '', message: '', street_match: '', postal_match: '' },
  cvv_result: { code: '', message: '' },
  credit_card: { card_type: 'visa', card_iin: '411111', card_last4: '1111', card_expiry_month: 12, card_expiry_year: 2030 },
  gift_certificate: null,
  store_credit: null,
});
