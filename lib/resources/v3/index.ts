export type { OpenObject } from '../open-object.js';
export type * from '../refund-values.js';
export type { WebhookScope, WebhookTopic } from '../webhook-scopes.js';
export {
  AbandonedCart,
  AbandonedCartChannelSettings,
  type AbandonedCartDelay,
  AbandonedCartEmail,
  AbandonedCartEmailSettings,
  AbandonedCartSettings,
  type AbandonedCartTemplate,
  type TemplateTranslation,
  type TemplateWords,
} from './abandoned-carts.js';
export { CategoryAssignment, CategoryProductOrder, ChannelAssignment } from './assignments.js';
export { Brand } from './brands.js';
export type {
  CartCustomItemInput,
  CartGiftCertificateInput,
  CartItemChange,
  CartItemsInput,
  CartLineItemInput,
  CartModifierInput,
  CartRedirectInput,
  CartVariantInput,
  ExpectedCartVersion,
  GiftWrappingDetails,
  GiftWrappingInput,
  OptionDate,
  OptionSelectionInput,
} from './cart-inputs.js';
export type {
  AppliedDiscount,
  CartCoupon,
  CartCurrency,
  CartCustomItem,
  CartDigitalItem,
  CartGiftCertificate,
  CartGiftWrapping,
  CartItem,
  CartItemCoupon,
  CartItemOption,
  CartLineItems,
  CartPhysicalItem,
  CartPromotions,
  CartRedirectUrls,
  GiftCertificateContact,
  GiftCertificateTheme,
  PromotionBanner,
} from './cart-values.js';
export { Cart } from './carts.js';
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
export type {
  BillingAddressInput,
  CartDiscountInput,
  CartDiscountsInput,
  CheckoutFeeChange,
  CheckoutFeeInput,
  CheckoutOrder,
  CheckoutToken,
  CheckoutTokenInput,
  ConsignmentChange,
  ConsignmentInput,
  ConsignmentItem,
  CustomShipping,
  DiscountsInput,
  FeesChange,
  FeesInput,
  ItemDiscountInput,
} from './checkout-inputs.js';
export { CartChannelSettings, CartSettings, CheckoutChannelSettings, CheckoutSettings } from './checkout-settings.js';
export type {
  CheckoutAddress,
  CheckoutAddressInput,
  CheckoutCart,
  CheckoutConsignment,
  CheckoutCoupon,
  CheckoutFee,
  CheckoutFormField,
  CheckoutGiftWrapping,
  CheckoutItem,
  CheckoutLineItems,
  CheckoutPhysicalItem,
  CheckoutPickupOption,
  CheckoutPromotions,
  CheckoutShippingOption,
  CheckoutTax,
  ConsignmentCouponDiscount,
  ConsignmentDiscount,
} from './checkout-values.js';
export { Checkout } from './checkouts.js';
export { Page, PageWidget, Placement, Region, Script, Widget, WidgetTemplate } from './content.js';
export { CustomerAddress } from './customer-addresses.js';
export {
  type ConsentCategory,
  CustomerAttribute,
  CustomerAttributeValue,
  CustomerConsent,
  CustomerFormFieldValue,
} from './customer-details.js';
export {
  type ChannelGroupSettings,
  type ChannelPrivacySettings,
  CustomerChannelSettings,
  type CustomerGroupSettings,
  type CustomerPrivacySettings,
  CustomerSettings,
} from './customer-settings.js';
export type {
  AddressFormField,
  CredentialsCheck,
  CustomerAttributeEntry,
  CustomerAuthentication,
  CustomerCredentials,
  CustomerFormField,
  FormFieldContent,
  FormFieldInput,
  StoreCredit,
} from './customer-values.js';
export { Customer } from './customers.js';
export { InventoryItem, Location, LocationItem, PickupMethod } from './inventory.js';
export type * from './inventory-values.js';
export { EmailTemplate, type EmailTemplateType, SystemLog } from './marketing.js';
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
export type * from './order-values.js';
export {
  PaymentAccessToken,
  type PaymentInstrument,
  PaymentMethod,
  type PaymentOrder,
  type PaymentStoredAccount,
  type PaymentStoredCard,
  type PaymentStoredInstrument,
} from './payments.js';
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
export type * from './promotion-rules.js';
export type * from './promotion-values.js';
export { CouponCode, Promotion, PromotionCode, PromotionSettings } from './promotions.js';
export type * from './redirect-values.js';
export {
  type OrderChannelEmailAddresses,
  type OrderChannelNotifications,
  OrderChannelSettings,
  type OrderEmailAddresses,
  type OrderNotifications,
  OrderSettings,
  type ShippingChannelCheckoutSettings,
  ShippingChannelSettings,
  type ShippingCheckoutSettings,
  ShippingSettings,
  type TaxPriceDisplaySettings,
  TaxSettings,
} from './sales-settings.js';
export type * from './search-filter-values.js';
export {
  AvailableSearchFilter,
  SearchFilter,
  SearchFilterContext,
} from './search-filters.js';
export { Segment, SegmentShopperProfile, ShopperProfile, ShopperProfileSegment } from './segments.js';
export { CustomsInformation, type HarmonizedSystemCodes } from './shipping.js';
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
export { type InstrumentBillingAddress, StoredInstrument } from './stored-instruments.js';
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
export { Subscriber } from './subscribers.js';
export { ProductTaxProperty, TaxClass, TaxCustomer, TaxProperty, TaxProviderConnection, TaxRate, TaxZone } from './tax.js';
export type * from './tax-values.js';
export type * from './theme-values.js';
export { Theme, ThemeConfiguration, ThemeCustomTemplates, ThemeJob } from './themes.js';
export { CatalogSummary, CategoryNode, CategoryTree, TreeCategory } from './trees.js';
export type * from './webhook-values.js';
export { MissedWebhookEvent, type SyncedHooks, type SyncOptions, Webhook, WebhookAdmin } from './webhooks.js';
export type * from './widget-values.js';
export { Wishlist, type WishlistItem, type WishlistItemInput } from './wishlists.js';
