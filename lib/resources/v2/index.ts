export type * from '../refund-values.js';
export { Brand } from './brands.js';
export { Option, OptionSet, OptionSetOption, type OptionSetOptionValue, type OptionType, OptionValue } from './catalog-options.js';
export { Category } from './categories.js';
export { Banner, BlogPost, BlogTag, Page, Redirect, type RedirectForward } from './content.js';
export {
  type AllCategories,
  type CategoryAccess,
  CustomerGroup,
  type GroupCategoryRule,
  type GroupDiscountMethod,
  type GroupDiscountRule,
  type GroupPriceListRule,
  type GroupProductRule,
  type GroupStoreRule,
  type NoCategories,
  type SpecificCategories,
} from './customer-groups.js';
export { Customer, CustomerAddress, type CustomerFormField, type CustomerPassword } from './customers.js';
export { Country, CountryState } from './geography.js';
export { Coupon, type CouponRestriction, type CouponTarget, type CouponType, GiftCertificate } from './marketing.js';
export { OrderCoupon, OrderTax } from './order-charges.js';
export {
  ConsignmentShippingQuote,
  OrderConsignments,
  OrderFee,
  OrderMessage,
  OrderShipment,
  OrderShippingAddress,
  OrderShippingQuote,
  OrderStatus,
} from './order-details.js';
export { OrderProduct } from './order-products.js';
export type * from './order-values.js';
export { Order } from './orders.js';
export {
  GoogleProductSearchMapping,
  ProductConfigurableField,
  ProductCustomField,
  ProductDiscountRule,
  ProductReview,
  ProductVideo,
} from './product-details.js';
export { ProductImage } from './product-images.js';
export { ProductOption } from './product-options.js';
export {
  ProductRule,
  ProductRuleCondition,
  type RuleCondition,
  type RuleOptionCondition,
  type RulePriceAdjuster,
  type RuleSkuCondition,
  type RuleWeightAdjuster,
} from './product-rules.js';
export { ProductSku, ProductSkuOption, type SkuOption } from './product-skus.js';
export { type PrimaryImage, Product } from './products.js';
export type * from './shipping-values.js';
export { ShippingZone, ShippingZoneMethod } from './shipping-zones.js';
export { Currency, PaymentMethod, ShippingMethod, Store, TaxClass, Time, Webhook } from './store.js';
export type * from './store-values.js';
