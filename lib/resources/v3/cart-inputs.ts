import type { GiftCertificateContact, GiftCertificateTheme } from './cart-values.js';

/** A gift wrapping for one item, or for each of several. */
export interface GiftWrappingDetails {
  /** Id of the kind of wrapping. */
  id?: number;
  /** Text for the recipient. */
  message?: string;
}

/** How a new item is wrapped as a gift. */
export interface GiftWrappingInput {
  /** Whether all are wrapped in one; otherwise each has details of its own. */
  wrap_together?: boolean;
  /** One for all, or one for each. */
  wrap_details?: GiftWrappingDetails[];
}

/** A date that a shopper chose, as an option value. */
export interface OptionDate {
  /** Two digits. */
  day: string;
  /** Two digits. */
  month: string;
  /** Four digits. */
  year: string;
}

/** A choice for an option or modifier of a product. */
export interface OptionSelectionInput {
  /** Id of the option or modifier. */
  option_id?: number;
  /** Id of the chosen value; text for text fields, Unix seconds or day, month and year for dates. */
  option_value?: number | string | OptionDate;
  /** Shown in place of the name of the option. */
  name?: string;
  /** Shown in place of the label of the value. */
  value?: string;
  /** Id of the option whose name is replaced. */
  nameId?: number;
  /** Id of the value whose label is replaced. */
  valueId?: number;
}

interface ProductInput {
  /** How many; at least 1. */
  quantity: number;
  /** Id of the product. */
  product_id: number;
  /** Price of one in place of the catalog's. By default such a line has no part in product promotions. */
  list_price?: number;
  /** Name in place of the catalog's. */
  name?: string;
}

/** A product to put into a cart, by its variant. */
export interface CartVariantInput extends ProductInput {
  /** Id of the variant; required if the product has variants and no modifiers. */
  variant_id?: number;
  /** Texts in place of the names of the options of the variant. */
  option_selections?: OptionSelectionInput[];
  /** How it is wrapped as a gift. */
  gift_wrapping?: GiftWrappingInput;
}

/** A product to put into a cart, by the choices for its options and modifiers. */
export interface CartModifierInput extends ProductInput {
  /** One for each option and modifier; needed for products with modifiers, whose `variant_id` is left out. */
  option_selections?: OptionSelectionInput[];
}

/** A product to put into a cart. */
export type CartLineItemInput = CartVariantInput | CartModifierInput;

/** An item that is not in the catalog. */
export interface CartCustomItemInput {
  /** SKU, free of the catalog's. */
  sku?: string;
  /** Name that shoppers see; 1 to 250 characters. */
  name?: string;
  /** How many. */
  quantity?: number;
  /** Price of one, with or without tax as the store enters prices. */
  list_price?: number;
  /** Address of its image. */
  image_url?: string;
  /** How it is wrapped as a gift. */
  gift_wrapping?: GiftWrappingInput;
}

/** A gift certificate to put into a cart. */
export interface CartGiftCertificateInput {
  /** Name of the line. */
  name: string;
  /** Design of its email. */
  theme: GiftCertificateTheme;
  /** Value, from 1 to 1,000 in the store's default currency. */
  amount: number;
  /** How many; at least 1. */
  quantity: number;
  /** Who gives it. */
  sender: GiftCertificateContact;
  /** Who receives it. */
  recipient: GiftCertificateContact;
  /** Text for the recipient, up to 200 characters. */
  message?: string;
}

/** The version of a cart that a request expects. */
export interface ExpectedCartVersion {
  /** The `version` that was read: if another request has changed the cart since, this one is refused with 409. Left out: not checked. */
  version?: number;
}

/** What `addItems` takes: at least one item of any kind. */
export interface CartItemsInput extends ExpectedCartVersion {
  /** Products of the catalog. */
  line_items?: CartLineItemInput[];
  /** Gift certificates to buy. */
  gift_certificates?: CartGiftCertificateInput[];
  /** Items that are not in the catalog. */
  custom_items?: CartCustomItemInput[];
}

/** What `updateItem` takes. To change options or the variant, send the product's id as well. */
export interface CartItemChange extends ExpectedCartVersion {
  /** The new quantity, price or choices of a product. */
  line_item?: CartLineItemInput;
  /** The new values of a gift certificate. */
  gift_certificates?: CartGiftCertificateInput[];
  /** The new values of a custom item. */
  custom_items?: CartCustomItemInput[];
}

/** Parameters for the address of a cart. */
export interface CartRedirectInput {
  /** Added to each address as its query, by name. */
  // The names are the caller's own: they are passed on to the storefront (carts.v3.yml, createCartRedirectURL).
  query_params?: Readonly<Record<string, string>>;
}
