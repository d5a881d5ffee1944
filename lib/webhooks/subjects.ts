import { jsonObjectsIn } from '../json-object.js';
import type { Model, ModelClass } from '../model/model.js';
import * as v2 from '../resources/v2/index.js';
import * as v3 from '../resources/v3/index.js';
import {
  channelOf,
  findAssignment,
  findMetafield,
  findPriceLists,
  findPrices,
  findTransaction,
  findVariantMetafield,
  firstProduct,
  sharedOption,
  unknownOwner,
} from './lookups.js';
import { about, find, type Subject } from './subject.js';

/** Data of most events: the kind of record, and its id. */
interface Typed<Type extends string, Id = number> {
  readonly type: Type;
  readonly id: Id;
}

/** Data of a metafield: `resource_id` is the id of its owner. */
interface MetafieldData {
  readonly metafield_id: number;
  readonly resource_id: string;
  readonly namespace?: string;
}

interface Inventory {
  readonly product_id: number;
  /** `absolute` for changes by the API or the control panel, `relative` for those by an order. */
  readonly method: 'absolute' | 'relative';
  readonly value: number;
}

/** Where an override was edited. */
interface Context {
  readonly channel_id: number;
  readonly locale: string;
}

interface OptionData<Kind extends string> extends Typed<`local_${Kind}` | `shared_${Kind}`> {
  readonly affected_product_ids: readonly number[];
  readonly context: Context;
}

/** Identifies a price: `currency` in the guide, `currency_code` in the schemas. */
interface PriceData {
  readonly price_list_id: number;
  readonly variant_id: number;
  readonly currency?: string;
  readonly currency_code?: string;
}

interface TransactionData {
  readonly type: 'transaction';
  readonly order_id: string;
  /** The id that the payment provider gave it: `gateway_transaction_id` of the record. */
  readonly transaction_id: string;
  readonly transaction_status: string;
  readonly transaction_type: string;
  readonly result: { readonly code: string; readonly message: string; readonly type: string };
  readonly platform_transaction_id: string;
  readonly provider_transaction_id: string;
}

/** Data that the documentation does not describe, or that is empty. */
type NoData = Readonly<Record<string, unknown>>;

/** Settings that the API keeps per channel below a path of their own. */
const channelSettings = <M extends Model>(model: ModelClass<M>): Subject<NoData, M> =>
  about<NoData>().found([], (_, place) => model.using(place.session).of(channelOf(place)).get(place.call));

/** Settings that take the channel as a parameter. */
const settings = <M extends Model, Data = NoData>(model: ModelClass<M>): Subject<Data, M> =>
  about<Data>().found([], (_, place) => model.using(place.session).param('channel_id', channelOf(place)).get(place.call));

const metafield = <M extends Model>(model: ModelClass<M>): Subject<MetafieldData, M> =>
  about<MetafieldData>().record(model, 'metafield_id', 'resource_id');

const B2B = 'B2B Edition keeps it, which has an API of its own';
const b2b = <Data>(): Subject<Data, never> => about<Data>().none(B2B);

const localOption = <Kind extends string, M extends Model>(model: ModelClass<M>): Subject<OptionData<Kind>, M> =>
  about<OptionData<Kind>>().found(
    ['id'],
    (key, place) => find(model, key('id'), [firstProduct(place)], place.session, place.call),
    sharedOption,
  );

/** What the events of each subject carry, and how their record is found; see WEBHOOK_SCOPES for the scopes of a subject. */
export const SUBJECTS = {
  // Orders
  order: about<Typed<'order'>>().record(v2.Order, 'id'),
  orderStatus: about<Typed<'order'> & { status: { readonly previous_status_id: number; readonly new_status_id: number } }>().record(
    v2.Order,
    'id',
  ),
  orderMessage: about<Typed<'order'> & { message: { readonly order_message_id: number } }>().record(
    v2.OrderMessage,
    'message.order_message_id',
    'id',
  ),
  orderRefund: about<Typed<'order'> & { refund: { readonly refund_id: number } }>().record(v3.Refund, 'refund.refund_id'),
  orderTransaction: about<TransactionData>().found(['order_id', 'transaction_id'], findTransaction),
  orderMetafield: metafield(v3.OrderMetafield),
  shipment: about<Typed<'shipment'> & { readonly orderId: number }>().record(v2.OrderShipment, 'id', 'orderId'),

  // Products
  product: about<Typed<'product'> & { readonly properties?: readonly string[]; readonly context?: Context }>().record(v3.Product, 'id'),
  productInventory: about<Typed<'product'> & { inventory: Inventory }>().record(v3.Product, 'id'),
  productMetafield: metafield(v3.ProductMetafield),
  variantMetafield: about<MetafieldData>().found(['metafield_id', 'resource_id'], findVariantMetafield),
  sku: about<Typed<'sku'> & { sku: { readonly product_id: number; readonly variant_id: number } }>().record(
    v3.ProductVariant,
    'sku.variant_id',
    'sku.product_id',
  ),
  skuInventory: about<Typed<'sku'> & { inventory: Inventory & { readonly variant_id: number } }>().record(
    v3.ProductVariant,
    'inventory.variant_id',
    'inventory.product_id',
  ),
  option: localOption<'option', v3.ProductOption>(v3.ProductOption),
  modifier: localOption<'modifier', v3.ProductModifier>(v3.ProductModifier),

  // Catalog
  category: about<Typed<'category'>>().record(v3.Category, 'id'),
  categoryMetafield: metafield(v3.CategoryMetafield),
  brandMetafield: metafield(v3.BrandMetafield),

  // Price lists
  priceList: about<{ readonly price_list_id: number }>().record(v3.PriceList, 'price_list_id'),
  priceLists: about<{ readonly price_list_ids: readonly number[] }>().several(findPriceLists),
  priceListRecord: about<PriceData>().found(
    ['price_list_id', 'variant_id'],
    async (_, place) => (await findPrices([place.data], place))[0] ?? null,
  ),
  priceListRecords: about<readonly PriceData[]>().several((place) => findPrices(jsonObjectsIn(place.data), place)),
  priceListAssignment: about<{
    readonly price_list_id: number;
    readonly channel_id: number;
    readonly customer_group_id: number;
  }>().found(['price_list_id'], findAssignment),

  // Customers
  customer: about<Typed<'customer'> & { readonly origin_channel_id?: number; readonly channel_ids?: readonly number[] }>().record(
    v3.Customer,
    'id',
  ),
  customerAccess: about<{ readonly customer_id: number; readonly channel_ids: readonly number[] }>().record(v3.Customer, 'customer_id'),
  // The type says `customer`, but the id is that of the address.
  customerAddress: about<Typed<'customer'> & { address: { readonly customer_id: number } }>().record(v3.CustomerAddress, 'id'),
  subscriber: about<Typed<'subscriber'>>().record(v3.Subscriber, 'id'),

  // Carts
  cart: about<Typed<'cart', string>>().record(v3.Cart, 'id'),
  cartAbandoned: about<Typed<'cart', string> & { readonly token: string }>().record(v3.Cart, 'id'),
  // The cart is gone once it is an order.
  cartConverted: about<Typed<'cart', string> & { readonly orderId: number }>().record(v2.Order, 'orderId'),
  cartCoupon: about<Typed<'cart', string> & { readonly couponId: number }>().record(v3.Cart, 'id'),
  // A line item has no address of its own: the record is its cart.
  cartLineItem: about<Typed<'cart_line_item' | 'cart', string> & { readonly cartId: string }>().record(v3.Cart, 'cartId'),
  cartMetafield: metafield(v3.CartMetafield),

  // Inventory
  location: about<{ readonly location_id: number }>().record(v3.Location, 'location_id'),
  locationMetafield: metafield(v3.LocationMetafield),
  stock: about<{ readonly variant_id: number; readonly product_id: number; readonly location_id: number }>().found(
    ['location_id', 'variant_id'],
    (key, { session, call }) =>
      v3.LocationItem.using(session)
        .of(key('location_id'))
        .where({ 'variant_id:in': [Number(key('variant_id'))] })
        .first(call),
  ),

  // The store and its hooks
  app: about<{ readonly type: 'store' }>().none('the app is gone from the store, and its token with it'),
  storeInformation: about<{ readonly type: 'store' }>().found([], (_, { session, call }) => v2.Store.using(session).get(call)),
  storeMetafield: about<MetafieldData>().record(v3.StoreMetafield, 'metafield_id'),
  metafield: about<MetafieldData & { readonly resource_type: string }>().found(
    ['metafield_id', 'resource_id', 'resource_type'],
    findMetafield,
    unknownOwner,
  ),
  redirect: about<{
    readonly id: number;
    readonly site_id: number;
    readonly from_path: string;
    readonly to: { readonly type: string; readonly entity_id: number; readonly url: string };
  }>().record(v3.Redirect, 'id'),
  hook: about<Typed<'webhook'> & { readonly error_code: 90001 | 90002 | 90003; readonly message: string }>().record(v3.Webhook, 'id'),

  // Channels
  channel: about<Typed<'channel'>>().record(v3.Channel, 'id'),
  channelMetafield: metafield(v3.ChannelMetafield),
  channelCart: about<{ readonly cart_id: string }>().record(v3.Cart, 'cart_id'),
  channelCartItem: about<{ readonly cart_id: string; readonly cart_item_id: string }>().record(v3.Cart, 'cart_id'),
  channelCategory: about<{ readonly category_id: number; readonly tree_id: number }>().record(v3.TreeCategory, 'category_id'),
  channelProduct: about<{ readonly product_id: number }>().record(v3.Product, 'product_id'),
  categoryTree: about<{ readonly tree_id: number }>().record(v3.CategoryTree, 'tree_id'),
  channelOrder: about<{ readonly order_id: number }>().record(v2.Order, 'order_id'),
  page: about<{ readonly page_id: number }>().record(v3.Page, 'page_id'),
  script: about<{ readonly uuid: string }>().record(v3.Script, 'uuid'),
  emailTemplate: about<{ readonly template_kind: string }>().found(['template_kind'], (key, place) =>
    v3.EmailTemplate.using(place.session)
      .where({ channel_id: channelOf(place) })
      .find(key('template_kind'), place.call),
  ),
  abandonedCartNotification: channelSettings(v3.AbandonedCartChannelSettings),
  inventoryNotification: settings(v3.InventoryNotificationSettings),
  socialMediaLinks: about<NoData>().none('the API has no resource for social media links'),
  theme: about<{
    readonly theme_id: string;
    readonly variation_id: string;
    readonly version_id: string;
    readonly configuration_id: string;
  }>().found(['theme_id', 'configuration_id'], (key, { session, call }) =>
    v3.ThemeConfiguration.using(session)
      .of(key('theme_id'))
      .where({ 'uuid:in': [String(key('configuration_id'))] })
      .first(call),
  ),

  // Settings of one channel
  currencySettings: channelSettings(v3.ChannelCurrencyAssignment),
  profileSettings: settings(v3.StoreProfileSettings),
  localeSettings: settings(v3.LocaleSettings),
  logoSettings: settings(v3.LogoSettings),
  checkoutSettings: channelSettings(v3.CheckoutChannelSettings),
  seoSettings: settings(v3.StorefrontSeoSettings),
  robotsSettings: settings(v3.RobotsTxtSettings),
  categorySettings: settings(v3.StorefrontCategorySettings),
  productSettings: settings(v3.StorefrontProductSettings),
  catalogSettings: settings(v3.CatalogSettings),
  securitySettings: settings(v3.StorefrontSecuritySettings),
  searchFilters: about<{ readonly category_id: number }>().found(['category_id'], (key, place) =>
    v3.SearchFilterContext.using(place.session)
      .where({ channel_id: channelOf(place), category_id: Number(key('category_id')) })
      .first(place.call),
  ),
  customerSettings: channelSettings(v3.CustomerChannelSettings),
  emailStatus: settings<v3.EmailStatusSettings, { readonly template_kind: string }>(v3.EmailStatusSettings),
  // The event does not say which route changed: the record is the site, whose relation `routes` has them all.
  siteRoutes: about<{ readonly site_id: number }>().record(v3.Site, 'site_id'),
  site: about<{ readonly site_id: number }>().record(v3.Site, 'site_id'),

  // B2B Edition
  company: b2b<{ readonly company_id: number }>(),
  companyUser: b2b<{ readonly company_id: number; readonly user_id: number }>(),
  companyAddress: b2b<{ readonly company_id: number; readonly address_id: number }>(),
  superAdmin: b2b<{ readonly user_id: number }>(),
  quote: b2b<{ readonly quote_id: number; readonly quote_uuid: string }>(),
};
