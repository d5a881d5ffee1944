/**
 * Every webhook scope of the documentation (docs/integrations/webhooks/events), with the subject of its events:
 * `lib/webhooks/subjects.ts` says for each subject what the event's `data` holds and how its record is found.
 */
export const WEBHOOK_SCOPES = {
  // Orders
  'store/order/created': 'order',
  'store/order/updated': 'order',
  'store/order/archived': 'order',
  'store/order/statusUpdated': 'orderStatus',
  'store/order/message/created': 'orderMessage',
  'store/order/refund/created': 'orderRefund',
  'store/order/transaction/created': 'orderTransaction',
  'store/order/transaction/updated': 'orderTransaction',
  'store/order/metafield/created': 'orderMetafield',
  'store/order/metafield/updated': 'orderMetafield',
  'store/order/metafield/deleted': 'orderMetafield',
  'store/shipment/created': 'shipment',
  'store/shipment/updated': 'shipment',
  'store/shipment/deleted': 'shipment',
  // Products
  'store/product/created': 'product',
  'store/product/updated': 'product',
  'store/product/deleted': 'product',
  'store/product/inventory/updated': 'productInventory',
  'store/product/inventory/order/updated': 'productInventory',
  'store/product/metafield/created': 'productMetafield',
  'store/product/metafield/updated': 'productMetafield',
  'store/product/metafield/deleted': 'productMetafield',
  'store/product/variant/metafield/created': 'variantMetafield',
  'store/product/variant/metafield/updated': 'variantMetafield',
  'store/product/variant/metafield/deleted': 'variantMetafield',
  'store/sku/created': 'sku',
  'store/sku/updated': 'sku',
  'store/sku/deleted': 'sku',
  'store/sku/inventory/updated': 'skuInventory',
  'store/sku/inventory/order/updated': 'skuInventory',
  'store/option/updated': 'option',
  'store/modifier/updated': 'modifier',
  // Catalog
  'store/category/created': 'category',
  'store/category/updated': 'category',
  'store/category/deleted': 'category',
  'store/category/metafield/created': 'categoryMetafield',
  'store/category/metafield/updated': 'categoryMetafield',
  'store/category/metafield/deleted': 'categoryMetafield',
  'store/brand/metafield/created': 'brandMetafield',
  'store/brand/metafield/updated': 'brandMetafield',
  'store/brand/metafield/deleted': 'brandMetafield',
  // Price lists
  'store/priceList/created': 'priceList',
  'store/priceList/updated': 'priceList',
  'store/priceList/activated': 'priceList',
  'store/priceList/deactivated': 'priceList',
  'store/priceList/deleted': 'priceList',
  'store/priceLists/deleted': 'priceLists',
  'store/priceList/record/created': 'priceListRecord',
  'store/priceList/record/updated': 'priceListRecord',
  'store/priceList/record/deleted': 'priceListRecord',
  'store/priceList/records/created': 'priceListRecords',
  'store/priceList/records/updated': 'priceListRecords',
  'store/priceList/records/deleted': 'priceListRecords',
  'store/priceList/assignment/updated': 'priceListAssignment',
  'store/priceList/assignment/deleted': 'priceListAssignment',
  // Customers
  'store/customer/created': 'customer',
  'store/customer/updated': 'customer',
  'store/customer/deleted': 'customer',
  'store/customer/payment/instrument/default/updated': 'customer',
  'store/customer/channel/login/access/updated': 'customerAccess',
  'store/customer/address/created': 'customerAddress',
  'store/customer/address/updated': 'customerAddress',
  'store/customer/address/deleted': 'customerAddress',
  'store/subscriber/created': 'subscriber',
  'store/subscriber/updated': 'subscriber',
  'store/subscriber/deleted': 'subscriber',
  // Carts
  'store/cart/created': 'cart',
  'store/cart/updated': 'cart',
  'store/cart/deleted': 'cart',
  'store/cart/abandoned': 'cartAbandoned',
  'store/cart/converted': 'cartConverted',
  'store/cart/couponApplied': 'cartCoupon',
  'store/cart/lineItem/created': 'cartLineItem',
  'store/cart/lineItem/updated': 'cartLineItem',
  'store/cart/lineItem/deleted': 'cartLineItem',
  'store/cart/metafield/created': 'cartMetafield',
  'store/cart/metafield/updated': 'cartMetafield',
  'store/cart/metafield/deleted': 'cartMetafield',
  // Inventory
  'store/inventory/location/created': 'location',
  'store/inventory/location/updated': 'location',
  'store/inventory/location/metafield/created': 'locationMetafield',
  'store/inventory/location/metafield/updated': 'locationMetafield',
  'store/inventory/location/metafield/deleted': 'locationMetafield',
  'store/channel/*/inventory/product/stock_changed': 'stock',
  'store/channel/*/inventory/product/low_stock_reached': 'stock',
  'store/channel/*/inventory/product/out_of_stock_reached': 'stock',
  'store/channel/*/inventory/product/settings_changed': 'stock',
  // The store and its hooks
  'store/app/uninstalled': 'app',
  'store/information/updated': 'storeInformation',
  'store/store/metafield/created': 'storeMetafield',
  'store/store/metafield/updated': 'storeMetafield',
  'store/store/metafield/deleted': 'storeMetafield',
  'store/metafield/created': 'metafield',
  'store/metafield/updated': 'metafield',
  'store/metafield/deleted': 'metafield',
  'store/redirects/updated': 'redirect',
  'store/hook/deliveryException': 'hook',
  // Channels
  'store/channel/created': 'channel',
  'store/channel/updated': 'channel',
  'store/channel/metafield/created': 'channelMetafield',
  'store/channel/metafield/updated': 'channelMetafield',
  'store/channel/metafield/deleted': 'channelMetafield',
  // One channel
  // The events page names `lineItem` in its table and `lineItems` in its example.
  'store/channel/{channel_id}/cart/created': 'channelCart',
  'store/channel/{channel_id}/cart/updated': 'channelCart',
  'store/channel/{channel_id}/cart/deleted': 'channelCart',
  'store/channel/{channel_id}/cart/couponApplied': 'channelCart',
  'store/channel/{channel_id}/cart/abandoned': 'channelCart',
  'store/channel/{channel_id}/cart/converted': 'channelCart',
  'store/channel/{channel_id}/cart/lineItem/created': 'channelCartItem',
  'store/channel/{channel_id}/cart/lineItem/updated': 'channelCartItem',
  'store/channel/{channel_id}/cart/lineItem/deleted': 'channelCartItem',
  'store/channel/{channel_id}/cart/lineItems/created': 'channelCartItem',
  'store/channel/{channel_id}/cart/lineItems/updated': 'channelCartItem',
  'store/channel/{channel_id}/cart/lineItems/deleted': 'channelCartItem',
  'store/channel/{channel_id}/category/created': 'channelCategory',
  'store/channel/{channel_id}/category/updated': 'channelCategory',
  'store/channel/{channel_id}/category/deleted': 'channelCategory',
  'store/channel/{channel_id}/category/product/assigned': 'channelProduct',
  'store/channel/{channel_id}/category/product/unassigned': 'channelProduct',
  'store/channel/{channel_id}/product/assigned': 'channelProduct',
  'store/channel/{channel_id}/product/unassigned': 'channelProduct',
  'store/channel/{channel_id}/categoryTree/updated': 'categoryTree',
  'store/channel/{channel_id}/order/created': 'channelOrder',
  'store/channel/{channel_id}/order/updated': 'channelOrder',
  'store/channel/{channel_id}/order/archived': 'channelOrder',
  'store/channel/{channel_id}/order/statusUpdated': 'channelOrder',
  'store/channel/{channel_id}/order/message/created': 'channelOrder',
  'store/channel/{channel_id}/order/refund/created': 'channelOrder',
  'store/channel/{channel_id}/page/created': 'page',
  'store/channel/{channel_id}/page/updated': 'page',
  'store/channel/{channel_id}/script/created': 'script',
  'store/channel/{channel_id}/script/updated': 'script',
  'store/channel/{channel_id}/email/templates/updated': 'emailTemplate',
  'store/channel/{channel_id}/email/templates/deleted': 'emailTemplate',
  'store/channel/{channel_id}/notifications/abandonedCart/updated': 'abandonedCartNotification',
  'store/channel/{channel_id}/notifications/inventory/updated': 'inventoryNotification',
  'store/channel/{channel_id}/socialMediaLinks/updated': 'socialMediaLinks',
  'store/channel/{channel_id}/theme/configuration/created': 'theme',
  'store/channel/{channel_id}/theme/configuration/activated': 'theme',
  // Settings of one channel
  'store/channel/{channel_id}/settings/currency/updated': 'currencySettings',
  'store/channel/{channel_id}/settings/profile/updated': 'profileSettings',
  'store/channel/{channel_id}/settings/locale/added': 'localeSettings',
  'store/channel/{channel_id}/settings/locale/updated': 'localeSettings',
  'store/channel/{channel_id}/settings/locale/deleted': 'localeSettings',
  'store/channel/{channel_id}/settings/logo/updated': 'logoSettings',
  'store/channel/{channel_id}/settings/logo/image/updated': 'logoSettings',
  'store/channel/{channel_id}/settings/favicon/image/updated': 'logoSettings',
  'store/channel/{channel_id}/settings/checkout/updated': 'checkoutSettings',
  'store/channel/{channel_id}/settings/SEO/updated': 'seoSettings',
  'store/channel/{channel_id}/settings/robots/updated': 'robotsSettings',
  'store/channel/{channel_id}/settings/category/updated': 'categorySettings',
  'store/channel/{channel_id}/settings/product/updated': 'productSettings',
  'store/channel/{channel_id}/settings/catalog/updated': 'catalogSettings',
  'store/channel/{channel_id}/settings/security/updated': 'securitySettings',
  'store/channel/{channel_id}/settings/searchContextFilters/updated': 'searchFilters',
  'store/channel/{channel_id}/settings/defaultCustomerGroup/updated': 'customerSettings',
  'store/channel/{channel_id}/settings/customerPrivacy/updated': 'customerSettings',
  'store/channel/{channel_id}/settings/emailStatus/updated': 'emailStatus',
  'store/channel/{channel_id}/settings/emailStatus/deleted': 'emailStatus',
  'store/channel/{channel_id}/settings/route/updated': 'siteRoutes',
  'store/channel/{channel_id}/settings/site/updated': 'site',
  'store/channel/{channel_id}/settings/site/checkoutUrl/updated': 'site',
  'store/channel/{channel_id}/settings/site/checkoutUrl/deleted': 'site',
  // B2B Edition
  'store/company/created': 'company',
  'store/company/updated': 'company',
  'store/company/deleted': 'company',
  'store/company/statusUpdated': 'company',
  'store/company/superadmin/assignmentUpdated': 'company',
  'store/company/user/created': 'companyUser',
  'store/company/user/updated': 'companyUser',
  'store/company/user/deleted': 'companyUser',
  'store/company/address/created': 'companyAddress',
  'store/company/address/updated': 'companyAddress',
  'store/company/address/deleted': 'companyAddress',
  'store/superadmin/created': 'superAdmin',
  'store/superadmin/updated': 'superAdmin',
  'store/superadmin/deleted': 'superAdmin',
  'store/superadmin/assignmentUpdated': 'superAdmin',
  'store/quote/created': 'quote',
  'store/quote/updated': 'quote',
  'store/quote/statusUpdated': 'quote',
  'store/quote/deleted': 'quote',
} as const;

/** A scope as the documentation lists it: `{channel_id}` stands for any channel. */
export type WebhookTopic = keyof typeof WEBHOOK_SCOPES;

/** Scopes that stand for all events below them: hooks subscribe to them, events never carry them. */
type Wildcard =
  | 'store/brand/metafield/*'
  | 'store/cart/*'
  | 'store/cart/lineItem/*'
  | 'store/category/*'
  | 'store/channel/*'
  | 'store/channel/{channel_id}/cart/*'
  | 'store/channel/{channel_id}/cart/lineItem/*'
  | 'store/channel/{channel_id}/category/*'
  | 'store/channel/{channel_id}/order/*'
  | 'store/channel/{channel_id}/settings/*'
  | 'store/customer/*'
  | 'store/customer/address/*'
  | 'store/inventory/location/metafield/*'
  | 'store/metafield/*'
  | 'store/order/*'
  | 'store/priceList/records/*'
  | 'store/product/*'
  | 'store/product/metafield/*'
  | 'store/product/variant/metafield/*'
  | 'store/shipment/*'
  | 'store/sku/*'
  | 'store/subscriber/*';

/** A documented scope with the id of a channel in place of `{channel_id}`. */
export type ScopeOf<Topic extends string> = Topic extends `store/channel/{channel_id}/${infer Rest}`
  ? `store/channel/${number}/${Rest}`
  : Topic;

declare const unlisted: unique symbol;

/** A scope that the documentation does not list: see `Webhook.scope()`. */
export type UnlistedScope = string & { readonly [unlisted]: true };

/** A scope that an event may carry, as far as the documentation says. */
export type ListedScope = ScopeOf<WebhookTopic>;

/** A scope that a hook may subscribe to: a documented one, a wildcard, or what `Webhook.scope()` lets through. */
export type WebhookScope = ListedScope | ScopeOf<Wildcard> | UnlistedScope;
