export type { WebhookScope, WebhookTopic } from '../webhook-scopes.js';
export { CategoryAssignment, CategoryProductOrder, ChannelAssignment } from './assignments.js';
export { Brand } from './brands.js';
export { AbandonedCart, Cart, Checkout, Wishlist } from './carts.js';
export { Category } from './categories.js';
export {
  Channel,
  ChannelActiveTheme,
  type ChannelApp,
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
export { AbandonedCartEmail, EmailTemplate, type EmailTemplateType, type EmailTranslation, SystemLog } from './marketing.js';
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
export { PriceList, PriceListAssignment, PriceListRecord } from './price-lists.js';
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
export { ProductVariant } from './product-variants.js';
export { Product } from './products.js';
export type {
  AndCondition,
  AndItemMatcher,
  BrandsItemMatcher,
  CartCondition,
  CartItemsAction,
  CartValueAction,
  CategoriesItemMatcher,
  FixedDiscount,
  FixedPriceSetAction,
  GiftItemAction,
  NotItemMatcher,
  OrCondition,
  OrItemMatcher,
  PercentageDiscount,
  ProductCustomFieldItemMatcher,
  ProductOptionItemMatcher,
  ProductsItemMatcher,
  PromotionAction,
  PromotionCondition,
  PromotionDiscount,
  PromotionItemMatcher,
  PromotionRule,
  PromotionStrategy,
  ShippingAction,
  VariantsItemMatcher,
} from './promotion-rules.js';
export type {
  AndPromotionSegments,
  CountryAddressMatcher,
  GeneratedPromotionCodes,
  NotAddressMatcher,
  NotPromotionSegments,
  OrPromotionSegments,
  PromotionAddressMatcher,
  PromotionChannel,
  PromotionCodeBatch,
  PromotionCouponCode,
  PromotionCustomer,
  PromotionMultipleCodes,
  PromotionNotification,
  PromotionSchedule,
  PromotionSegmentIds,
  PromotionSegments,
} from './promotion-values.js';
export { CouponCode, Promotion, PromotionCode, PromotionSettings } from './promotions.js';
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
  type TaxPriceDisplay,
  type TaxPriceDisplayStrategy,
  TaxSettings,
} from './sales-settings.js';
export {
  AvailableSearchFilter,
  SearchFilter,
  SearchFilterContext,
} from './search-filters.js';
export { CustomsInformation } from './shipping.js';
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
  LogoSettings,
  RobotsTxtSettings,
  StorefrontCategorySettings,
  StorefrontProductSettings,
  StorefrontSearchSettings,
  StorefrontSecuritySettings,
  StorefrontSeoSettings,
  StorefrontStatusSettings,
} from './storefront-settings.js';
export { ProductTaxProperty, TaxClass, TaxCustomer, TaxProperty, TaxProviderConnection, TaxRate, TaxZone } from './tax.js';
export type {
  TaxClassRate,
  TaxPropertyValues,
  TaxProviderTarget,
  TaxZoneAddress,
  TaxZoneLocation,
  TaxZonePriceDisplay,
  TaxZoneTarget,
} from './tax-values.js';
export { Theme, ThemeConfiguration, ThemeCustomTemplates, ThemeJob } from './themes.js';
export { CatalogSummary, CategoryNode, CategoryTree, TreeCategory } from './trees.js';
export { type SyncedHooks, type SyncOptions, Webhook, WebhookAdmin } from './webhooks.js';
