import { GUIDES, ONE_FOR_MANY, REFERENCE } from './sources.js';

const ORDERS_V2 = `${REFERENCE}/orders.v2.oas2.yml`;
const ORDERS_V3 = `${REFERENCE}/orders.v3.yml`;
const SHIPPING_V2 = `${REFERENCE}/shipping.v2.yml`;
const PYTHON_CLIENT = 'https://github.com/bigcommerce/bigcommerce-api-python/tree/main/bigcommerce/resources';
const LIST_AND_GET = 'The official Python client reads one by its key as well as the list:';
const SHOWN = 'Examples and guides show it; no schema has it.';
const NULL_IN_PROSE = 'The prose says when it is null; the schema does not.';
const REQUIRED_IN_PROSE = 'Required by the prose of the operation, not by its schema.';

/** Orders, shipments, refunds, transactions, payments; shipping and inventory. */
export const ORDERS = [
  {
    operation: 'GET /v2/orders/{}/fees',
    kind: 'response-shape',
    reason: `${ONE_FOR_MANY} The order itself embeds a list of fees.`,
    link: ORDERS_V2,
  },
  {
    operation: 'GET /v2/orders',
    field: 'query.is_deleted',
    reason: 'Known from the legacy documentation of V2: archived orders are only listed with it.',
    link: 'https://github.com/bigcommerce/bigcommerce-api-python',
  },
  { operation: 'GET /v2/orders', kind: 'undescribed-field', reason: SHOWN, link: ORDERS_V2 },
  {
    operation: 'GET /v2/orders',
    field: 'row.payment_provider_id',
    reason: 'Null in recorded responses for orders that no provider was paid for; the description shows an empty string.',
    link: 'https://github.com/bigcommerce/bigcommerce-api-php',
  },
  { operation: 'GET /v2/orders/{}/*/{}', kind: 'undescribed-operation', reason: `${LIST_AND_GET} coupons, messages, taxes.`, link: PYTHON_CLIENT },
  { operation: 'GET /v2/payments/methods/{}', kind: 'undescribed-operation', reason: `${LIST_AND_GET} payment methods.`, link: PYTHON_CLIENT },
  { operation: 'POST /v2/orders*', kind: 'required', reason: REQUIRED_IN_PROSE, link: ORDERS_V2 },
  {
    operation: 'POST /v2/orders',
    field: 'row.is_deleted',
    reason: 'The prose of the response says what a PUT with it does; the body of the PUT leaves it out.',
    link: ORDERS_V2,
  },
  {
    operation: 'PUT /v2/orders/{}',
    field: 'body.products[].product_options[]*',
    reason: 'Prices of a line, by mistake in the options of a line that is removed.',
    link: ORDERS_V2,
  },
  {
    operation: 'PUT /v2/orders/{}',
    field: 'body.shipping_addresses[].id',
    reason: 'An address is changed by its own PUT, which the store has as well.',
    link: ORDERS_V2,
  },
  { operation: 'GET /v2/orders/{}/taxes', field: 'row.order_product_id', reason: NULL_IN_PROSE, link: ORDERS_V2 },
  { operation: '* /v2/shipping/carrier/connection', kind: 'required', reason: REQUIRED_IN_PROSE, link: SHIPPING_V2 },
  {
    operation: 'GET /v2/shipping/zones/{}/methods',
    field: 'row.settings.*',
    reason: 'The schema shows a flat rate only; the prose lists the settings of ranges and carriers.',
    link: SHIPPING_V2,
  },
  {
    operation: 'GET /v2/shipping/zones/{}/methods',
    field: 'row.handling_fees.*',
    reason: 'The schema says number; its example and a guide send and show a string.',
    link: `${GUIDES}/store-operations/shipping/msf-international-enhancements.mdx`,
  },
  {
    operation: 'GET /v2/shipping/zones/{}/methods',
    field: 'row.type',
    reason: 'The prose describes methods of `zoom2u`; the enumeration leaves them out.',
    link: SHIPPING_V2,
  },
  {
    operation: 'POST /v3/orders/payment_actions/refund_quotes',
    kind: 'undescribed-operation',
    reason: 'Its path is missing; the schemas of its request and response are there (PostRefundQuotesRequest, RefundQuotesBATCH_Resp).',
    link: ORDERS_V3,
  },
  {
    operation: 'POST /v3/orders/{}/payment_actions/refunds',
    field: 'body.items[]*',
    reason: 'An attribute is read and written: its items have the fields of both. `Order.refund` takes one type for each alternative.',
    link: ORDERS_V3,
  },
  {
    operation: 'GET /v3/orders/*payment_actions/refunds*',
    field: '*.items[].requested_amount',
    reason: 'A number in lists, null in the example of a single refund, whose schema says string.',
    link: ORDERS_V3,
  },
  {
    operation: 'GET /v3/payments/methods',
    field: 'row.*_instruments[].*',
    reason: 'A guide shows stored PayPal accounts; the schema knows cards only.',
    link: `${GUIDES}/store-operations/payments/index.mdx`,
  },
  { operation: 'GET /v3/inventory/items', field: 'row.identity.sku_id', reason: NULL_IN_PROSE, link: `${REFERENCE}/inventory.v3.yml` },
  {
    operation: 'POST /v3/inventory/locations',
    kind: 'required',
    reason: 'The list of required names is on the array in place of its items.',
    link: `${REFERENCE}/locations.v3.yml`,
  },
  {
    operation: 'PUT /v3/inventory/locations',
    field: 'body[].address.country_code',
    kind: 'enum',
    reason: 'The only value is the example: any country code is accepted when a location is created.',
    link: `${REFERENCE}/locations.v3.yml`,
  },
];
