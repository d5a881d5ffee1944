import type { JsonObject } from '../../json-object.js';
import type { DemoProduct } from './catalog.js';
import { CITIES, money, type NonEmpty, ORDER_STATUSES, onDay, personOf, pick } from './values.js';

const BUYERS = 30;

/** Returns an order of two products by one of the demo customers. */
export function order(index: number, products: NonEmpty<DemoProduct>): JsonObject {
  const id = 100 + index;
  const buyer = index % BUYERS;
  const status = pick(ORDER_STATUSES, index);
  const lines = [pick(products, index), pick(products, index + 7)].map((product, at) => line(product, index * 2 + at + 1, at + 1));
  const total = money(lines.reduce((sum, { total_inc_tax }) => sum + Number(total_inc_tax), 0));
  return {
    id,
    customer_id: buyer + 1,
    status_id: status.id,
    status: status.name,
    date_created: onDay(60 + index),
    date_modified: onDay(61 + index),
    date_shipped: '',
    subtotal_ex_tax: total,
    subtotal_inc_tax: total,
    total_ex_tax: total,
    total_inc_tax: total,
    total_tax: money(0),
    items_total: 3,
    items_shipped: 0,
    payment_method: 'Manual',
    payment_status: '',
    currency_code: 'USD',
    default_currency_code: 'USD',
    channel_id: 1,
    is_deleted: false,
    email: personOf(buyer).email,
    billing_address: { ...addressOf(buyer), zip: '78701', email: personOf(buyer).email },
    products: lines,
    shipping_addresses: [{ id, ...addressOf(buyer), zip: '78701', items_total: 3, shipping_method: 'Flat rate' }],
    taxes: [taxOf(id)],
    coupons: index % 10 === 0 ? [{ id, coupon_id: 1, code: 'WELCOME', amount: '5.0000', type: 2, discount: 5 }] : [],
    messages: index % 8 === 0 ? [messageOf(id, buyer + 1)] : [],
    fees: [],
  };
}

function line({ id: product_id, name, sku, price }: DemoProduct, id: number, quantity: number): JsonObject {
  return {
    id,
    product_id,
    name,
    sku,
    type: 'physical',
    quantity,
    base_price: money(price),
    price_ex_tax: money(price),
    price_inc_tax: money(price),
    total_inc_tax: money(price * quantity),
    total_ex_tax: money(price * quantity),
    product_options: [],
    applied_discounts: [],
  };
}

function addressOf(buyer: number): JsonObject {
  const { first, last } = personOf(buyer);
  return {
    first_name: first,
    last_name: last,
    street_1: `${buyer + 1} Main Street`,
    city: pick(CITIES, buyer),
    state: 'Texas',
    country: 'United States',
    country_iso2: 'US',
  };
}

const taxOf = (id: number): JsonObject => ({
  id,
  order_address_id: id,
  tax_class_id: 1,
  name: 'Sales tax',
  class: 'Default',
  rate: '0.0000',
  priority: 1,
  priority_amount: '0.0000',
  line_amount: '0.0000',
});

const messageOf = (id: number, customer_id: number): JsonObject => ({
  id,
  staff_id: 0,
  customer_id,
  type: 'customer',
  subject: 'Question',
  message: 'When will it come?',
  status: 'unread',
  is_flagged: false,
});
