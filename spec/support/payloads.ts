import type { ModelClass } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';

/** A payload of the documentation, and what its event leads to. */
export interface Payload {
  readonly scope: string;
  readonly data: object;
  /** The record's model, with a row of the store and the keys of its parents. */
  readonly record?: readonly [model: ModelClass, row: Record<string, unknown>, parents?: Record<string, number | string>];
  /** The parent of the record, where the store must have it. */
  readonly owner?: readonly [model: ModelClass, row: Record<string, unknown>];
  /** Requests that find it. */
  readonly requests?: readonly string[];
  /** Why there is no record. */
  readonly reason?: string;
}

const CART = '41696c19-486f-40a8-ae2a-389d5d24e0c9';
const CHANNEL = 'store/channel/1';
const THEME = { theme_id: 'e3d82ce0-9bae-0133-0de7-525400970412', configuration_id: '2dc1c3f0-b2cf-013a-a341-2aac1278f99c' };
const B2B = 'B2B Edition';
const NONE = { requests: [] };
const PRICES = [
  { price_list_id: 1, variant_id: 179, currency: 'USD' },
  { price_list_id: 2, variant_id: 180, currency: 'USD' },
];

const metafield = (
  scope: string,
  model: ModelClass,
  [metafield_id, resource_id]: [number, string],
  [path, parent]: [string, string],
  data: object = {},
): Payload => ({
  scope,
  data: { metafield_id, resource_id, ...data },
  record: [model, { id: metafield_id, key: 'k', namespace: 'n' }, { [parent]: resource_id }],
  requests: [`GET /v3/${path}/${resource_id}/metafields/${metafield_id}`],
});

/** Every callback of the four pages of events (docs/integrations/webhooks/events: index, channels, inventory-location, b2b-edition). */
export const PAYLOADS: readonly Payload[] = [
  // index
  { scope: 'store/order/created', data: { type: 'order', id: 250 }, record: [v2.Order, { id: 250 }], requests: ['GET /v2/orders/250'] },
  metafield('store/brand/metafield/created', v3.BrandMetafield, [16, '38'], ['catalog/brands', 'brand_id']),
  { scope: 'store/cart/created', data: { type: 'cart', id: CART }, record: [v3.Cart, { id: CART }], requests: [`GET /v3/carts/${CART}`] },
  {
    scope: 'store/cart/couponApplied',
    data: { type: 'cart', id: CART, couponId: 1 },
    record: [v3.Cart, { id: CART }],
    requests: [`GET /v3/carts/${CART}`],
  },
  {
    scope: 'store/cart/converted',
    data: { type: 'cart', id: CART, orderId: 252 },
    record: [v2.Order, { id: 252 }],
    requests: ['GET /v2/orders/252'],
  },
  metafield('store/cart/metafield/created', v3.CartMetafield, [20, CART], ['carts', 'cart_id']),
  {
    scope: 'store/cart/lineItem/created',
    data: { type: 'cart_line_item', id: '743bfd94-d5dd-47c5-9c19-6eec32ca6119', cartId: CART },
    record: [v3.Cart, { id: CART }],
    requests: [`GET /v3/carts/${CART}`],
  },
  {
    scope: 'store/category/created',
    data: { type: 'category', id: 42 },
    record: [v3.Category, { id: 42 }],
    requests: ['GET /v3/catalog/categories/42'],
  },
  metafield('store/category/metafield/created', v3.CategoryMetafield, [17, '24'], ['catalog/categories', 'category_id']),
  {
    scope: 'store/customer/created',
    data: { type: 'customer', id: 32 },
    record: [v3.Customer, { id: 32 }],
    requests: ['GET /v3/customers?id:in=32'],
  },
  {
    scope: 'store/customer/address/created',
    data: { type: 'customer', id: 60, address: { customer_id: 32 } },
    record: [v3.CustomerAddress, { id: 60, customer_id: 32 }],
    requests: ['GET /v3/customers/addresses?id:in=60'],
  },
  {
    scope: 'store/hook/deliveryException',
    data: { type: 'webhook', id: 123, error_code: 90001, message: 'Non-200 response received' },
    record: [v3.Webhook, { id: 123 }],
    requests: ['GET /v3/hooks/123'],
  },
  metafield('store/inventory/location/metafield/created', v3.LocationMetafield, [10, '1'], ['inventory/locations', 'location_id']),
  metafield('store/metafield/updated', v3.LocationMetafield, [10, '1'], ['inventory/locations', 'location_id'], {
    resource_type: 'location',
  }),
  {
    scope: 'store/modifier/updated',
    data: { type: 'shared_modifier', id: 205, affected_product_ids: [1, 2], context: { channel_id: 2, locale: 'fr' } },
    reason: 'shared options and modifiers',
    ...NONE,
  },
  {
    scope: 'store/option/updated',
    data: { type: 'local_option', id: 205, affected_product_ids: [1, 2], context: { channel_id: 2, locale: 'fr' } },
    record: [v3.ProductOption, { id: 205 }, { product_id: 1 }],
    requests: ['GET /v3/catalog/products/1/options/205'],
  },
  { scope: 'store/order/created', data: { type: 'order', id: 250 }, record: [v2.Order, { id: 250 }], requests: ['GET /v2/orders/250'] },
  {
    scope: 'store/order/statusUpdated',
    data: { type: 'order', id: 250, status: { previous_status_id: 0, new_status_id: 11 } },
    record: [v2.Order, { id: 250 }],
    requests: ['GET /v2/orders/250'],
  },
  {
    scope: 'store/order/message/created',
    data: { type: 'order', id: 250, message: { order_message_id: 3 } },
    record: [v2.OrderMessage, { id: 3 }, { order_id: 250 }],
    requests: ['GET /v2/orders/250/messages/3'],
  },
  {
    scope: 'store/order/refund/created',
    data: { type: 'order', id: 250, refund: { refund_id: 3 } },
    record: [v3.Refund, { id: 3, order_id: 250 }],
    requests: ['GET /v3/orders/payment_actions/refunds/3'],
  },
  {
    scope: 'store/order/transaction/created',
    data: {
      type: 'transaction',
      order_id: '250',
      transaction_id: '176342342',
      transaction_status: 'complete',
      transaction_type: 'capture',
      result: { code: 'captured', message: 'Captured', type: 'success' },
      platform_transaction_id: '964899682',
      provider_transaction_id: 'CK65FBPKR472P4V5',
    },
    record: [v3.OrderTransaction, { id: 7, gateway_transaction_id: '176342342' }, { order_id: 250 }],
    owner: [v2.Order, { id: 250 }],
    requests: ['GET /v3/orders/250/transactions'],
  },
  metafield('store/order/metafield/created', v3.OrderMetafield, [14, '270'], ['orders', 'order_id']),
  {
    scope: 'store/priceList/created',
    data: { price_list_id: 5 },
    record: [v3.PriceList, { id: 5, name: 'Five' }],
    requests: ['GET /v3/pricelists/5'],
  },
  { scope: 'store/priceLists/deleted', data: { price_list_ids: [5] }, reason: 'records()', ...NONE },
  {
    scope: 'store/priceList/record/created',
    data: PRICES[0] ?? {},
    record: [v3.PriceListRecord, { variant_id: 179, currency: 'USD' }, { price_list_id: 1 }],
    owner: [v3.PriceList, { id: 1, name: 'One' }],
    requests: ['GET /v3/pricelists/1/records?variant_id:in=179'],
  },
  { scope: 'store/priceList/records/created', data: PRICES, reason: 'records()', ...NONE },
  {
    scope: 'store/priceList/assignment/updated',
    data: { price_list_id: 2, channel_id: 1, customer_group_id: 3 },
    record: [v3.PriceListAssignment, { id: 9, price_list_id: 2, channel_id: 1, customer_group_id: 3 }],
    requests: ['GET /v3/pricelists/assignments?price_list_id=2'],
  },
  {
    scope: 'store/product/deleted',
    data: { type: 'product', id: 205 },
    record: [v3.Product, { id: 205 }],
    requests: ['GET /v3/catalog/products/205'],
  },
  {
    scope: 'store/product/updated',
    data: { type: 'product', id: 205, properties: ['warranty'], context: { channel_id: 2, locale: 'fr' } },
    record: [v3.Product, { id: 205 }],
    requests: ['GET /v3/catalog/products/205'],
  },
  {
    scope: 'store/product/inventory/updated',
    data: { type: 'product', id: 167, inventory: { product_id: 167, method: 'absolute', value: 100_000_000 } },
    record: [v3.Product, { id: 167 }],
    requests: ['GET /v3/catalog/products/167'],
  },
  metafield('store/metafield/created', v3.ProductMetafield, [12, '118'], ['catalog/products', 'product_id'], { resource_type: 'product' }),
  {
    scope: 'store/metafield/created',
    data: { metafield_id: 12, resource_id: '118', resource_type: 'variant' },
    record: [v3.VariantMetafield, { id: 12, key: 'k', namespace: 'n' }, { product_id: 77, variant_id: 118 }],
    requests: ['GET /v3/catalog/variants?id=118', 'GET /v3/catalog/products/77/variants/118/metafields/12'],
  },
  {
    scope: 'store/shipment/created',
    data: { type: 'shipment', id: 12, orderId: 251 },
    record: [v2.OrderShipment, { id: 12 }, { order_id: 251 }],
    requests: ['GET /v2/orders/251/shipments/12'],
  },
  {
    scope: 'store/sku/created',
    data: { type: 'sku', id: 461, sku: { product_id: 206, variant_id: 509 } },
    record: [v3.ProductVariant, { id: 509 }, { product_id: 206 }],
    requests: ['GET /v3/catalog/products/206/variants/509'],
  },
  {
    scope: 'store/sku/inventory/updated',
    data: { type: 'sku', id: 461, inventory: { product_id: 206, method: 'absolute', value: 5, variant_id: 509 } },
    record: [v3.ProductVariant, { id: 509 }, { product_id: 206 }],
    requests: ['GET /v3/catalog/products/206/variants/509'],
  },
  { scope: 'store/information/updated', data: { type: 'store' }, record: [v2.Store, { name: 'x' }], requests: ['GET /v2/store'] },
  {
    scope: 'store/subscriber/created',
    data: { type: 'subscriber', id: 5 },
    record: [v3.Subscriber, { id: 5 }],
    requests: ['GET /v3/customers/subscribers/5'],
  },

  // channels
  { scope: 'store/channel/created', data: { type: 'channel', id: 2 }, record: [v3.Channel, { id: 2 }], requests: ['GET /v3/channels/2'] },
  { scope: `${CHANNEL}/cart/created`, data: { cart_id: CART }, record: [v3.Cart, { id: CART }], requests: [`GET /v3/carts/${CART}`] },
  {
    scope: `${CHANNEL}/cart/lineItems/created`,
    data: { cart_id: CART, cart_item_id: 'af133539-0d83-464d-870d-776e2672e8f4' },
    record: [v3.Cart, { id: CART }],
    requests: [`GET /v3/carts/${CART}`],
  },
  {
    scope: `${CHANNEL}/category/created`,
    data: { category_id: 35, tree_id: 1 },
    record: [v3.TreeCategory, { category_id: 35, tree_id: 1 }],
    requests: ['GET /v3/catalog/trees/categories?category_id:in=35'],
  },
  {
    scope: `${CHANNEL}/categoryTree/updated`,
    data: { tree_id: 1 },
    record: [v3.CategoryTree, { id: 1 }],
    requests: ['GET /v3/catalog/trees?id:in=1'],
  },
  {
    scope: 'store/customer/channel/login/access/updated',
    data: { customer_id: 22, channel_ids: [1] },
    record: [v3.Customer, { id: 22 }],
    requests: ['GET /v3/customers?id:in=22'],
  },
  {
    scope: `${CHANNEL}/settings/emailStatus/updated`,
    data: { template_kind: 'product_review_email' },
    record: [v3.EmailStatusSettings, {}],
    requests: ['GET /v3/settings/email-statuses?channel_id=1'],
  },
  metafield('store/channel/metafield/created', v3.ChannelMetafield, [21, '1'], ['channels', 'channel_id']),
  {
    scope: `${CHANNEL}/notifications/abandonedCart/updated`,
    data: {},
    record: [v3.AbandonedCartChannelSettings, {}, { channel_id: 1 }],
    requests: ['GET /v3/abandoned-carts/settings/channels/1'],
  },
  { scope: `${CHANNEL}/order/updated`, data: { order_id: 127 }, record: [v2.Order, { id: 127 }], requests: ['GET /v2/orders/127'] },
  { scope: `${CHANNEL}/page/created`, data: { page_id: 11 }, record: [v3.Page, { id: 11 }], requests: ['GET /v3/content/pages/11'] },
  {
    scope: 'store/priceList/assignment/updated',
    data: { price_list_id: 2, channel_id: 1, customer_group_id: 3 },
    record: [v3.PriceListAssignment, { id: 9, price_list_id: 2, channel_id: 1, customer_group_id: 3 }],
    requests: ['GET /v3/pricelists/assignments?price_list_id=2'],
  },
  {
    scope: `${CHANNEL}/product/assigned`,
    data: { product_id: 127 },
    record: [v3.Product, { id: 127 }],
    requests: ['GET /v3/catalog/products/127'],
  },
  {
    scope: `${CHANNEL}/settings/route/updated`,
    data: { site_id: 1000 },
    record: [v3.Site, { id: 1000 }],
    requests: ['GET /v3/sites/1000'],
  },
  {
    scope: `${CHANNEL}/script/created`,
    data: { uuid: '0187cc6c-cebf-45f9-93b8-7dd0a2e09774' },
    record: [v3.Script, { uuid: '0187cc6c-cebf-45f9-93b8-7dd0a2e09774' }],
    requests: ['GET /v3/content/scripts/0187cc6c-cebf-45f9-93b8-7dd0a2e09774'],
  },
  {
    scope: `${CHANNEL}/settings/searchContextFilters/updated`,
    data: { category_id: 29 },
    record: [v3.SearchFilterContext, { context: { channel_id: 1, category_id: 29 } }],
    requests: ['GET /v3/settings/search/filters/contexts?channel_id=1&category_id=29&limit=1'],
  },
  {
    scope: `${CHANNEL}/settings/site/updated`,
    data: { site_id: 1001 },
    record: [v3.Site, { id: 1001 }],
    requests: ['GET /v3/sites/1001'],
  },
  { scope: `${CHANNEL}/socialMediaLinks/updated`, data: {}, reason: 'social media links', ...NONE },
  {
    scope: `${CHANNEL}/theme/configuration/created`,
    data: { ...THEME, variation_id: 'f49489c0-8678-013a-2933-5227bc3d7181', version_id: 'f4337c30-8678-013a-2933-5227bc3d7181' },
    record: [v3.ThemeConfiguration, { uuid: THEME.configuration_id }, { theme_uuid: THEME.theme_id }],
    owner: [v3.Theme, { uuid: THEME.theme_id }],
    requests: [`GET /v3/themes/${THEME.theme_id}/configurations?uuid:in=${THEME.configuration_id}`],
  },

  // inventory-location
  {
    scope: 'store/channel/*/inventory/product/stock_changed',
    data: { variant_id: 127, product_id: 113, location_id: 2 },
    record: [v3.LocationItem, { identity: { variant_id: 127, product_id: 113 } }, { location_id: 2 }],
    owner: [v3.Location, { id: 2, code: 'two' }],
    requests: ['GET /v3/inventory/locations/2/items?variant_id:in=127&limit=1'],
  },
  {
    scope: 'store/inventory/location/created',
    data: { location_id: 2 },
    record: [v3.Location, { id: 2, code: 'two' }],
    requests: ['GET /v3/inventory/locations?location_id:in=2'],
  },

  // b2b-edition
  { scope: 'store/company/created', data: { company_id: 1234 }, reason: B2B, ...NONE },
  { scope: 'store/company/user/created', data: { company_id: 123_456, user_id: 321 }, reason: B2B, ...NONE },
  { scope: 'store/company/address/created', data: { company_id: 123_456, address_id: 1234 }, reason: B2B, ...NONE },
  { scope: 'store/superadmin/created', data: { user_id: 1234 }, reason: B2B, ...NONE },
  { scope: 'store/quote/created', data: { quote_id: 1234, quote_uuid: '1a2b3c4d' }, reason: B2B, ...NONE },
];
