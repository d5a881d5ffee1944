export type { OpenObject } from '../open-object.js';
export type { WebhookScope, WebhookTopic } from '../webhook-scopes.js';
export { CategoryAssignment, CategoryProductOrder, ChannelAssignment } from './assignments.js';
export { Brand } from './brands.js';
export { AbandonedCart, Cart, Checkout, Wishlist } from './carts.js';
export type {
  Adjuster,
  BrandUrl,
  CategoryBranch,
  CategoryProductSort,
  CategoryUrl,
  ImageAddress,
  ModifierAdjusters,
  ModifierPurchasing,
  OptionConfig,
  OptionValueData,
  PriceListTier,
  ProductParentRelation,
  ProductPrimaryImage,
  ProductRuleCondition,
  ProductUrl,
  TreeCategoryUrl,
  VariantOptionValue,
} from './catalog-values.js';
export { Category } from './categories.js';
export type * from './channel-values.js';
export {
  Channel,
  ChannelActiveTheme,
  ChannelCheckoutUrl,
  ChannelCurrencyAssignment,
  ChannelListing,
  ChannelMenus,
  ChannelSite,
  CurrencyAssignment,
} from './channels.js';
export { Page, PageWidget, Placement, Region, Script, Widget, WidgetTemplate } from './content.js';
export {
  CustomerAddress,
  CustomerAttribute,
  CustomerAttributeValue,
  CustomerConsent,
  CustomerFormFieldValue,
  Segment,
  SegmentShopperProfile,
  ShopperProfile,
  ShopperProfileSegment,
  StoredInstrument,
  Subscriber,
} from './customer-details.js';
export { Customer } from './customers.js';
export { InventoryItem, Location, LocationItem, PickupMethod } from './inventory.js';
export { AbandonedCartEmail, EmailTemplate, SystemLog } from './marketing.js';
export type { Metafield } from './metafield.js';
export {
  BrandMetafield,
  CartMetafield,
  CategoryMetafield,
  ChannelMetafield,
  CustomerMetafield,
  LocationMetafield,
  OrderMetafield,
  ProductMetafield,
  StoreMetafield,
  VariantMetafield,
} from './metafields.js';
export { OrderPickup, OrderRefund, OrderTransaction, Refund } from './order-details.js';
export { PaymentAccessToken, PaymentMethod } from './payments.js';
export {
  type AssignedPriceList,
  PriceList,
  PriceListAssignment,
  type PriceListPrice,
  type PriceListPriceFields,
  PriceListRecord,
  type PriceListTarget,
} from './price-lists.js';
export { ProductCustomField } from './product-custom-fields.js';
export {
  ProductBulkPricingRule,
  ProductComplexRule,
  ProductModifier,
  ProductModifierValue,
  ProductReview,
  ProductVideo,
} from './product-details.js';
export { ProductImage } from './product-images.js';
export { ProductOption, ProductOptionValue } from './product-options.js';
export type {
  BulkPrice,
  PriceOption,
  PriceRequest,
  PriceRequestItem,
  ProductPrice,
  TaxedPrice,
  TaxedPriceRange,
} from './product-prices.js';
export { ProductVariant } from './product-variants.js';
export { Product } from './products.js';
export { CouponCode, Promotion, PromotionCode, PromotionSettings } from './promotions.js';
export type * from './redirect-values.js';
export {
  AbandonedCartChannelSettings,
  AbandonedCartEmailSettings,
  AbandonedCartSettings,
  CartChannelSettings,
  CartSettings,
  CheckoutChannelSettings,
  CheckoutSettings,
  CustomerChannelSettings,
  CustomerSettings,
  OrderChannelSettings,
  OrderSettings,
  ShippingChannelSettings,
  ShippingSettings,
  TaxSettings,
} from './sales-settings.js';
export type * from './search-filter-values.js';
export {
  AvailableSearchFilter,
  SearchFilter,
  SearchFilterContext,
} from './search-filters.js';
export { CustomsInformation } from './shipping.js';
export type * from './site-values.js';
export { Certificate, Site, SiteCertificate, SiteRoute } from './sites.js';
export {
  AnalyticsProvider,
  CatalogSettings,
  EmailStatusSettings,
  InventoryNotificationSettings,
  InventorySettings,
  LocaleSettings,
  MeasurementSettings,
  StoreProfileSettings,
} from './store-settings.js';
export {
  CustomerImpersonationToken,
  CustomTemplateAssociation,
  PrivateStorefrontToken,
  Redirect,
  RedirectJob,
  StorefrontToken,
} from './storefront.js';
export {
  type ContentSecurityPolicy,
  type FrameOptions,
  LogoSettings,
  type ProductSort,
  RobotsTxtSettings,
  StorefrontCategorySettings,
  StorefrontProductSettings,
  StorefrontSearchSettings,
  StorefrontSecuritySettings,
  StorefrontSeoSettings,
  StorefrontStatusSettings,
  type StrictTransportSecurity,
} from './storefront-settings.js';
export { ProductTaxProperty, TaxClass, TaxCustomer, TaxProperty, TaxProviderConnection, TaxRate, TaxZone } from './tax.js';
export type * from './theme-values.js';
export { Theme, ThemeConfiguration, ThemeCustomTemplates, ThemeJob } from './themes.js';
export { CatalogSummary, CategoryNode, CategoryTree, TreeCategory } from './trees.js';
export type * from './webhook-values.js';
export { MissedWebhookEvent, type SyncedHooks, type SyncOptions, Webhook, WebhookAdmin } from './webhooks.js';
export type * from './widget-values.js';
