export { Brand } from './brands.js';
export { Option, OptionSet, OptionSetOption, OptionValue } from './catalog-options.js';
export { Category } from './categories.js';
export { Banner, BlogPost, BlogTag, Page, Redirect } from './content.js';
export { Customer, CustomerAddress } from './customers.js';
export { Country, CountryState } from './geography.js';
export { Coupon, type CouponRestriction, type CouponTarget, type CouponType, CustomerGroup, GiftCertificate } from './marketing.js';
export {
  ConsignmentShippingQuote,
  OrderConsignments,
  OrderCoupon,
  OrderFee,
  OrderMessage,
  OrderShipment,
  OrderShippingAddress,
  OrderShippingQuote,
  OrderStatus,
  OrderTax,
} from './order-details.js';
export { Order, OrderProduct } from './orders.js';
export {
  GoogleProductSearchMapping,
  ProductConfigurableField,
  ProductCustomField,
  ProductDiscountRule,
  ProductReview,
  ProductRule,
  ProductSku,
  ProductVideo,
} from './product-details.js';
export { ProductImage } from './product-images.js';
export { ProductOption } from './product-options.js';
export { type PrimaryImage, Product } from './products.js';
export { ShippingZone, ShippingZoneMethod } from './shipping-zones.js';
export { Currency, PaymentMethod, ShippingMethod, Store, TaxClass, Time, Webhook } from './store.js';
export type {
  StoreDateFormats,
  StoreFeatures,
  StorefrontLimits,
  StoreLogo,
  StoreTimezone,
} from './store-values.js';
