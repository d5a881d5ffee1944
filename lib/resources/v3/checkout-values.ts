import type { Open } from '../../schema/types.js';
import type {
  AppliedDiscount,
  CartCurrency,
  CartCustomItem,
  CartGiftCertificate,
  CartGiftWrapping,
  CartItem,
  CartItemCoupon,
  PromotionBanner,
} from './cart-values.js';

/** A coupon on a checkout. */
export interface CheckoutCoupon {
  /** Code that the shopper entered. */
  readonly code: string;
  /** Id of the coupon. */
  readonly id: number;
  /** Kind of discount, such as `percentage_discount`. */
  readonly coupon_type: string;
  /** Name that shoppers see. */
  readonly display_name: string;
  /** Amount that it takes off. */
  readonly discounted_amount: number;
}

/** What physical and digital items of a checkout have in common: what those of a cart have, but for a few. */
export interface CheckoutItem extends Omit<CartItem, 'parent_id' | 'taxable' | 'coupons'> {
  /** UUID of the line, which consignments and discounts take. */
  readonly id: string;
  /** Id of the line that this one is bundled with; null for a line of its own. */
  readonly parent_id: number | null;
  /** Whether tax is charged. */
  readonly is_taxable: boolean;
  /** Coupons on this line, or the amount that they take off; responses may lack it. */
  readonly coupons?: number | CartItemCoupon[];
  /** Sum of the discounts on this line. */
  readonly discount_amount: number;
  /** Price of one that is shown struck through. */
  readonly comparison_price: number;
  /** `comparison_price` times `quantity`. */
  readonly extended_comparison_price: number;
}

/** How an item of a checkout is wrapped as a gift. */
export interface CheckoutGiftWrapping extends CartGiftWrapping {
  /** `amount` without a decimal point: 1050 for 10.50. */
  readonly amount_as_integer: number;
}

/** A physical product in a checkout. */
export interface CheckoutPhysicalItem extends CheckoutItem {
  /** How it is wrapped as a gift; null if it is not. */
  readonly gift_wrapping: CheckoutGiftWrapping | null;
}

/** The items of a checkout, by kind. */
export interface CheckoutLineItems {
  /** Products that are shipped. */
  readonly physical_items: CheckoutPhysicalItem[];
  /** Products that are downloaded. */
  readonly digital_items: CheckoutItem[];
  /** Gift certificates that the cart buys. */
  readonly gift_certificates: CartGiftCertificate[];
  /** Items that are not in the catalog. */
  readonly custom_items: CartCustomItem[];
}

/** The cart of a checkout. Amounts are in its currency. */
export interface CheckoutCart {
  /** UUID; the same as that of the checkout. */
  readonly id: string;
  /** Customer whose cart it is; 0 for a guest. */
  readonly customer_id: number;
  /** Channel that the cart belongs to. */
  readonly channel_id: number;
  /** Email address of the customer or of the billing address. */
  readonly email: string;
  /** Currency of all amounts. */
  readonly currency: CartCurrency;
  /** Whether prices include tax. */
  readonly tax_included: boolean;
  /** Sum of the items before discounts, coupons and tax. */
  readonly base_amount: number;
  /** Automatic promotions on the order and discounts by hand; neither coupons nor discounts on products. */
  readonly discount_amount: number;
  /** Sum of the items less discounts and coupons, with tax. */
  readonly cart_amount_inc_tax: number;
  /** Sum of the items less discounts and coupons, without tax. */
  readonly cart_amount_ex_tax: number;
  /** Coupons on the cart. */
  readonly coupons: CheckoutCoupon[];
  /** Discounts on the cart. */
  readonly discounts: AppliedDiscount[];
  /** The items by kind. */
  readonly line_items: CheckoutLineItems;
  /** When it was created, ISO 8601. */
  readonly created_time: string;
  /** When it was last changed, ISO 8601. */
  readonly updated_time: string;
}

/** The value of a form field of an address. */
export interface CheckoutFormField {
  /** Id of the form field. */
  field_id: string;
  /** What the shopper entered; several for check boxes. */
  field_value?: string | string[];
}

/** An address for a checkout. An order demands names, `address1`, `city` and, in most countries, postal code and state. */
export interface CheckoutAddressInput {
  /** First name of the person. */
  first_name?: string;
  /** Last name of the person. */
  last_name?: string;
  /** Email address. */
  email: string;
  /** Name of the company. */
  company?: string;
  /** Street and number. */
  address1?: string;
  /** Second line of the street address. */
  address2?: string;
  /** City or town. */
  city?: string;
  /** Full name of the state or province. */
  state_or_province?: string;
  /** Code of the state or province, such as `TX`. */
  state_or_province_code?: string;
  /** ISO 3166-1 alpha-2 code. */
  country_code: string;
  /** Postal code. */
  postal_code?: string;
  /** Phone number: digits, at most 15, with an optional `+` and extension. */
  phone?: string;
  /** Values of the store's own form fields. */
  custom_fields?: CheckoutFormField[];
}

/** An address of a checkout. */
export interface CheckoutAddress extends CheckoutAddressInput {
  /** Id that `updateBillingAddress` takes. */
  readonly id: string;
  /** Name of the country; responses may lack it. */
  readonly country?: string;
}

/** A way to ship a consignment. */
export interface CheckoutShippingOption {
  /** Id that `updateConsignment` takes as `shipping_option_id`. */
  readonly id: string;
  /** Name that shoppers see. */
  readonly description: string;
  /** Kind of option, such as `shipping_byweight` or a carrier. */
  readonly type: string;
  /** Address of its image; empty if there is none. */
  readonly image_url: string;
  /** Price of shipping. */
  readonly cost: number;
  /** Estimated time until arrival, as text. */
  readonly transit_time: string;
  /** What a shipping provider app adds. */
  readonly additional_description: string;
}

/** A discount on the shipping of a consignment by a coupon. */
export interface ConsignmentCouponDiscount {
  /** Code of the coupon. */
  readonly code: string;
  /** Amount taken off. */
  readonly amount: number;
}

/** A discount on a consignment by a rule of the cart. */
export interface ConsignmentDiscount {
  /** Id of the rule. */
  readonly id: number;
}

/** Where a consignment is picked up. */
export interface CheckoutPickupOption {
  /** Id of the pickup method. */
  pickup_method_id: number;
}

/** Items of a checkout that go to one address, or are picked up. */
export interface CheckoutConsignment {
  /** Id that `updateConsignment` and `removeConsignment` take. */
  readonly id: string;
  /** Where it is shipped. */
  readonly address: CheckoutAddress;
  /** The same, under the name that some responses have. */
  readonly shipping_address?: CheckoutAddress;
  /** Ways to ship it; absent unless `consignments.available_shipping_options` is included. */
  readonly available_shipping_options?: CheckoutShippingOption[];
  /** The way that is selected; absent until one is. */
  readonly selected_shipping_option?: CheckoutShippingOption;
  /** The pickup that is selected; absent for what is shipped. */
  readonly selected_pickup_option?: CheckoutPickupOption;
  /** Discounts on its shipping by coupons. */
  readonly coupon_discounts: ConsignmentCouponDiscount[];
  /** Discounts by rules of the cart. */
  readonly discounts: ConsignmentDiscount[];
  /** Shipping with tax. */
  readonly shipping_cost_inc_tax: number;
  /** Shipping without tax. */
  readonly shipping_cost_ex_tax: number;
  /** Handling with tax. */
  readonly handling_cost_inc_tax: number;
  /** Handling without tax. */
  readonly handling_cost_ex_tax: number;
  /** Ids of its lines in the cart. */
  readonly line_item_ids: string[];
}

/** A tax of a checkout. */
export interface CheckoutTax {
  /** Name that shoppers see. */
  readonly name: string;
  /** Amount of the tax. */
  readonly amount: number;
}

/** A fee on a whole checkout. */
export interface CheckoutFee {
  /** UUID that `updateFees` and `removeFees` take. */
  readonly id: string;
  /** Kind of fee; `custom_fee` is the only one. */
  readonly type: Open<'custom_fee'>;
  /** Name for the merchant. */
  readonly name: string;
  /** Name that shoppers see. */
  readonly display_name: string;
  /** Price with tax. */
  readonly cost_inc_tax: number;
  /** Price without tax. */
  readonly cost_ex_tax: number;
  /** App that added it. */
  readonly source: string;
  /** Tax class; null for the one in the control panel. */
  readonly tax_class_id: number | null;
}

/** Promotions that a checkout may have. */
export interface CheckoutPromotions {
  /** Banners of a promotion. */
  readonly banners: PromotionBanner[];
}
