import { type JsonObject, jsonObjectsIn } from '../../json-object.js';
import * as v2 from '../../resources/v2/index.js';
import * as v3 from '../../resources/v3/index.js';
import { STATUS, SYSTEM_STATUSES, type SystemStatus } from '../families/order-statuses.js';
import { ORDER_DEFAULTS } from '../families/orders.js';
import type { Params } from '../resource-rows.js';
import type { DemoProduct } from './catalog.js';
import {
  BUYERS,
  COUPON,
  FEE,
  FIRST_ID,
  isShipped,
  nameOf,
  PARTIALLY_REFUNDED,
  PICKED_UP,
  paymentOf,
  REFUNDED,
  SHIPPING,
  shippedCount,
  statusOf,
} from './order-facts.js';
import { addressOf, fee, line, messageOf, shipment, shippingAddress, taxOf, transaction } from './order-parts.js';
import { type DemoRows, rows } from './rows.js';
import { money, type NonEmpty, onDay, pick } from './values.js';

/** Returns the orders of the store, and all that belongs to them. */
export function orders(count: number, products: NonEmpty<DemoProduct>): DemoRows[] {
  const all = Array.from({ length: count }, (_, index) => order(index, products));
  const paid = [...all.entries()].filter(([index]) => paymentOf(index) !== '');
  return [
    rows(v2.OrderStatus, [...SYSTEM_STATUSES.slice(1), ...SYSTEM_STATUSES.slice(0, 1)].map(statusRow)),
    rows(v2.Order, all),
    ...paid.map(([index, row]) => rows(v3.OrderTransaction, [transaction(index, row)], parentsOf(index))),
    ...[PARTIALLY_REFUNDED, REFUNDED].map((index, at) => rows(v3.OrderRefund, [refund(at + 1, index, all[index] ?? {})], parentsOf(index))),
    ...PICKED_UP.map((index) => rows(v2.OrderConsignments, [{ pickups: [pickupOf(index)] }], parentsOf(index))),
    rows(v3.OrderPickup, PICKED_UP.map(collection)),
    rows(v3.OrderMetafield, [metafield(1, 'number', 'A-100'), metafield(2, 'warehouse', 'north')], parentsOf(0)),
    ...QUOTED.flatMap((index) => [
      rows(v2.OrderShippingQuote, [quote(index)], { ...parentsOf(index), shipping_address_id: String(FIRST_ID + index) }),
      rows(v2.ConsignmentShippingQuote, [quote(index)], { ...parentsOf(index), shipping_consignment_id: String(FIRST_ID + index) }),
    ]),
  ];
}

/** Returns an order of two products by one of the demo customers. */
function order(index: number, products: NonEmpty<DemoProduct>): JsonObject {
  const id = FIRST_ID + index;
  const buyer = index % BUYERS;
  const status = statusOf(index);
  const isPickedUp = PICKED_UP.includes(index);
  const lines = [pick(products, index), pick(products, index + 7)].map((product, at) => line(product, index, at));
  const fees = index % 4 === 3 ? [fee(id)] : [];
  const shipping = index % 2 === 1 && !isPickedUp ? SHIPPING : 0;
  const coupons = index % 10 === 0 ? [{ id, coupon_id: 1, code: 'WELCOME', amount: money(COUPON), type: 2, discount: COUPON }] : [];
  const subtotal = lines.reduce((sum, { total_inc_tax }) => sum + Number(total_inc_tax), 0);
  const total = money(subtotal + shipping + FEE * fees.length - COUPON * coupons.length);
  const payment_status = paymentOf(index);
  const address = addressOf(buyer);
  return {
    ...ORDER_DEFAULTS,
    id,
    customer_id: buyer + 1,
    status_id: status,
    status: nameOf(status),
    custom_status: nameOf(status),
    date_created: onDay(60 + index),
    date_modified: onDay(61 + index),
    date_shipped: isShipped(index) ? onDay(61 + index) : '',
    subtotal_ex_tax: money(subtotal),
    subtotal_inc_tax: money(subtotal),
    subtotal_tax: money(0),
    ...costs(shipping),
    coupon_discount: money(COUPON * coupons.length),
    discount_amount: money(0),
    total_ex_tax: total,
    total_inc_tax: total,
    total_tax: money(0),
    items_total: 3,
    items_shipped: shippedCount(index),
    payment_method: payment_status === '' ? 'Manual' : 'Test Payment Gateway',
    payment_status,
    currency_id: 1,
    currency_code: 'USD',
    default_currency_id: 1,
    default_currency_code: 'USD',
    store_default_currency_code: 'USD',
    order_source: payment_status === '' ? 'manual' : 'www',
    order_is_digital: false,
    shipping_address_count: isPickedUp ? 0 : 1,
    billing_address: { ...address, form_fields: [] },
    products: lines,
    shipping_addresses: isPickedUp ? [] : [shippingAddress(index, address, shipping)],
    shipments: shippedCount(index) > 0 ? [shipment(index, lines, address)] : [],
    taxes: [taxOf(id)],
    coupons,
    messages: index % 8 === 0 ? [messageOf(id, buyer + 1)] : [],
    fees,
  };
}

const costs = (shipping: number): JsonObject => ({
  base_shipping_cost: money(shipping),
  shipping_cost_ex_tax: money(shipping),
  shipping_cost_inc_tax: money(shipping),
  ...Object.fromEntries(
    ['handling', 'wrapping'].flatMap((name) =>
      [`base_${name}_cost`, `${name}_cost_ex_tax`, `${name}_cost_inc_tax`].map((each) => [each, money(0)]),
    ),
  ),
});

const parentsOf = (index: number): Params => ({ order_id: String(FIRST_ID + index) });

const statusRow = ({ id, name, order, meaning }: SystemStatus): JsonObject => ({
  id,
  name,
  system_label: name,
  custom_label: name,
  system_description: meaning,
  order,
});

/** Orders from the storefront, where shipping was quoted. */
const QUOTED: readonly number[] = [1, 2];

const quote = (index: number): JsonObject => ({
  id: String(index),
  uuid: `11111111-1111-4111-8111-${String(index).padStart(12, '0')}`,
  timestamp: onDay(60 + index),
  shipping_provider_id: 'bcstatic',
  shipping_provider_quote: [],
  provider_code: 'shipping_flatrate',
  carrier_code: '',
  rate_code: '',
  rate_id: '',
  method_id: 1,
});

/** Returns the refund of an order: of its first line, or of all of it. */
function refund(id: number, index: number, { products, total_inc_tax }: JsonObject): JsonObject {
  const lines = jsonObjectsIn(products);
  const refunded = index === REFUNDED ? lines : lines.slice(0, 1);
  const sum = refunded.reduce((total, each) => total + Number(each['total_inc_tax']), 0);
  const amount = index === REFUNDED ? Number(total_inc_tax) : sum;
  return {
    id,
    order_id: FIRST_ID + index,
    user_id: 0,
    created: onDay(62 + index),
    reason: 'Damaged',
    total_amount: amount,
    total_tax: 0,
    uses_merchant_override_values: false,
    items: refunded.map((each) => ({
      item_type: 'PRODUCT',
      item_id: each['id'],
      reason: 'Damaged',
      quantity: each['quantity'],
      requested_amount: Number(each['total_inc_tax']),
    })),
    payments: [{ id, provider_id: 'testgateway', amount, offline: false, is_declined: false, declined_message: '' }],
  };
}

/** The pickup of an order at the default location. */
const pickupOf = (index: number): JsonObject => ({
  id: index,
  pickup_method_id: 1,
  pickup_method_display_name: 'Pick up in store',
  collection_instructions: 'Bring your ID',
  collection_time_description: 'Monday to Friday, 9 to 5',
  location: {
    id: 1,
    name: 'Default location',
    code: 'BC-LOCATION-1',
    address_line_1: '1 Congress Avenue',
    address_line_2: '',
    city: 'Austin',
    state: 'TX',
    postal_code: '78701',
    country_alpha2: 'US',
    email: 'shop@example.com',
    phone: '555-0100',
  },
});

/** When the items of an order were ready, and collected if the order is completed. */
function collection(index: number, at: number): JsonObject {
  const collected_at = statusOf(index) === STATUS.completed ? onDay(63 + index) : null;
  const status = collected_at === null ? 'AWAITING_COLLECTION' : 'COLLECTED';
  return {
    id: at + 1,
    pickup_method_id: 1,
    order_id: FIRST_ID + index,
    ready_at: onDay(62 + index),
    created_at: onDay(62 + index),
    updated_at: onDay(62 + index),
    pickup_items: [1, 2].map((quantity) => ({ id: quantity, order_product_id: index * 2 + quantity, quantity, status, collected_at })),
  };
}

const metafield = (id: number, key: string, value: string): JsonObject => ({
  id,
  permission_set: 'app_only',
  namespace: 'erp',
  key,
  value,
  description: '',
  resource_type: 'order',
  resource_id: FIRST_ID,
  owner_client_id: 'sandbox-client-id',
  date_created: onDay(61),
  date_modified: onDay(61),
});
