import type { Open } from '../../schema/types.js';

/** Currency of a cart and of the checkout that it becomes. */
export interface CartCurrency {
  /** ISO 4217 code of a transactional currency: one that is only displayed is refused with 400. */
  code: string;
}

/** A discount on a cart or on one of its items. */
export interface AppliedDiscount {
  /** Id of the promotion; `coupon` for what a coupon took off, `manual-discount` for a discount given by hand. */
  readonly id: string | number;
  /** Amount taken off, in the currency of the cart. */
  readonly discounted_amount: number;
}

/** A coupon on a cart. */
export interface CartCoupon {
  /** Code that the shopper entered. */
  code: string;
  /** Id of the coupon. */
  readonly id: string;
  /** Kind of discount: 0 per item, 1 percentage, 2 per order, 3 shipping, 4 free shipping, 5 promotion. */
  readonly coupon_type: Open<'0' | '1' | '2' | '3' | '4' | '5'>;
  /** Amount that it takes off this cart. */
  readonly discounted_amount: number;
  /** Name that shoppers see. */
  display_name: string;
}

/** A coupon on one item of a cart. */
export interface CartItemCoupon {
  /** Id of the coupon. */
  readonly id: number;
  /** Code that the shopper entered. */
  readonly code: string;
  /** Name in the control panel. */
  readonly name: string;
  /** Kind of discount: 0 per item, 1 percentage, 2 per order, 3 shipping, 4 free shipping. */
  readonly discountType: 0 | 1 | 2 | 3 | 4 | (number & {});
  /** Value of the coupon: an amount or a percentage, by its kind. */
  readonly discountAmount: number;
  /** When it expires, in Unix seconds; 0 if it does not. */
  readonly expiresDate: number;
  /** Sum of the discounts on the whole cart. */
  readonly totalDiscount: number;
}

/** A choice that the shopper made for an item. It is there if `line_items.physical_items.options` or its digital twin is included. */
export interface CartItemOption {
  /** Name of the option. */
  readonly name: string;
  /** Id of the option. */
  readonly nameId: number;
  /** Label or text of the choice. */
  readonly value: string;
  /** Id of the chosen value. */
  readonly valueId: number;
}

/** What physical and digital items of a cart have in common. Amounts are in the currency of the cart. */
export interface CartItem {
  /** UUID of the line, which `updateItem` and `removeItem` take. */
  readonly id: string;
  /** Id of the line that this one is bundled with; null for a line of its own. */
  readonly parent_id: string | null;
  /** Id of the variant. */
  readonly variant_id: number;
  /** Id of the product. */
  readonly product_id: number;
  /** SKU of the variant. */
  readonly sku: string;
  /** Name of the product, or the one that the line was created with. */
  readonly name: string;
  /** Address of the product on the storefront. */
  readonly url: string;
  /** How many of it. */
  readonly quantity: number;
  /** Whether tax is charged. */
  readonly taxable: boolean;
  /** Address of the image of the variant or product. */
  readonly image_url: string;
  /** Discounts on this line. */
  readonly discounts: AppliedDiscount[];
  /** Coupons on this line, or the amount that they take off. */
  readonly coupons: number | CartItemCoupon[];
  /** Sum of the discounts on this line, coupons and discounts of the cart included. */
  readonly discount_amount: number;
  /** Sum of the coupons on this line. */
  readonly coupon_amount: number;
  /** Default price of the product. */
  readonly original_price: number;
  /** Price of one before discounts and coupons: the sale price of the product if it has one, or the price that was given. */
  readonly list_price: number;
  /** Price of one after all discounts, before tax. */
  readonly sale_price: number;
  /** `list_price` times `quantity`. */
  readonly extended_list_price: number;
  /** `sale_price` times `quantity`. */
  readonly extended_sale_price: number;
  /** Whether it is shipped. */
  readonly is_require_shipping: boolean;
  /** Whether it can be changed or removed; false for what a promotion added. */
  readonly is_mutable: boolean;
  /** Whether a promotion added it. */
  readonly added_by_promotion: boolean;
  /** Choices of the shopper; absent unless included. */
  readonly options?: CartItemOption[];
}

/** How an item is wrapped as a gift. */
export interface CartGiftWrapping {
  /** Name of the kind of wrapping. */
  readonly name: string;
  /** Text for the recipient. */
  readonly message: string;
  /** Price of the wrapping. */
  readonly amount: number;
}

/** A physical product in a cart. */
export interface CartPhysicalItem extends CartItem {
  /** How it is wrapped as a gift; absent or null if it is not. */
  readonly gift_wrapping?: CartGiftWrapping | null;
}

/** A downloadable product in a cart. */
export interface CartDigitalItem extends CartItem {
  /** Address of each file. */
  readonly download_file_urls: string[];
  /** Address of the page with all files. */
  readonly download_page_url: string;
  /** Size of the files, as text. */
  readonly download_size: string;
}

/** A sender or recipient of a gift certificate. */
export interface GiftCertificateContact {
  /** Full name. */
  name: string;
  /** Email address. */
  email: string;
}

/** Design of the email of a gift certificate. */
export type GiftCertificateTheme = Open<'Birthday' | 'Boy' | 'Celebration' | 'Christmas' | 'General' | 'Girl'>;

/** A gift certificate in a cart. */
export interface CartGiftCertificate {
  /** UUID of the line. */
  readonly id: string;
  /** Name in the control panel. */
  readonly name: string;
  /** Design of its email: a `GiftCertificateTheme`. */
  readonly theme: string;
  /** Value, from 1.00 to 1,000.00 in the store's default currency. */
  readonly amount: number;
  /** Whether tax is charged. */
  readonly taxable: boolean;
  /** Who gives it. */
  readonly sender: GiftCertificateContact;
  /** Who receives it. */
  readonly recipient: GiftCertificateContact;
  /** Text for the recipient, up to 200 characters. */
  readonly message: string;
}

/** An item of a cart that is not in the catalog. */
export interface CartCustomItem {
  /** UUID of the line. */
  readonly id: string;
  /** SKU, free of the catalog's. */
  readonly sku: string;
  /** Name that shoppers see. */
  readonly name: string;
  /** How many of it. */
  readonly quantity: number;
  /** Price of one, with or without tax as the store enters prices. */
  readonly list_price: number;
  /** `list_price` times `quantity`. */
  readonly extended_list_price: number;
  /** Address of its image. */
  readonly image_url: string;
}

/** The items of a cart, by kind. */
export interface CartLineItems {
  /** Products that are shipped. */
  readonly physical_items: CartPhysicalItem[];
  /** Products that are downloaded. */
  readonly digital_items: CartDigitalItem[];
  /** Gift certificates that the cart buys. */
  readonly gift_certificates: CartGiftCertificate[];
  /** Items that are not in the catalog. */
  readonly custom_items: CartCustomItem[];
}

/** A banner of a promotion. */
export interface PromotionBanner {
  /** Id of the promotion. */
  readonly id: string;
  /** When it is shown, such as `applied`. */
  readonly type: string;
  /** Pages where it is shown, such as `homepage` and `cartpage`. */
  readonly page: string[];
  /** Text of the banner. */
  readonly text: string;
}

/** Promotions that a cart may have. */
export interface CartPromotions {
  /** Banners for this cart. */
  readonly banners: PromotionBanner[];
}

/** Addresses that take a shopper to a cart. Each works once, within 30 days. */
export interface CartRedirectUrls {
  /** The page of the cart. */
  readonly cart_url: string;
  /** The page of the checkout. */
  readonly checkout_url: string;
  /** The checkout inside a frame of another site. */
  readonly embedded_checkout_url: string;
}
