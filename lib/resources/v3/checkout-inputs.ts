import type { Open } from '../../schema/types.js';
import type { ExpectedCartVersion } from './cart-inputs.js';
import type { CheckoutAddressInput, CheckoutPickupOption } from './checkout-values.js';

/** What `setBillingAddress` and `updateBillingAddress` take. */
export interface BillingAddressInput extends CheckoutAddressInput, ExpectedCartVersion {}

/** Items of a consignment. */
export interface ConsignmentItem {
  /** Id of the line in the cart. */
  item_id: string;
  /** How many of the line. */
  quantity: number;
}

/** A consignment to add: items, and the address they are shipped to or the way they are picked up. */
export interface ConsignmentInput extends ExpectedCartVersion {
  /** Where it is shipped. */
  address?: CheckoutAddressInput;
  /** Lines of the cart that belong to it. */
  line_items?: ConsignmentItem[];
  /** Where it is picked up, in place of an address; it then has no shipping option. */
  pickup_option?: CheckoutPickupOption;
}

/** A shipping price of the caller's own. */
export interface CustomShipping {
  /** Price of shipping. */
  price?: number;
  /** Name that shoppers see. */
  description?: string;
}

/** What `updateConsignment` takes. A shipping option needs a request of its own: a new address or new items may make it unavailable. */
export interface ConsignmentChange extends ConsignmentInput {
  /** Id of one of `available_shipping_options`. */
  shipping_option_id?: string;
  /** A shipping price of the caller's own, in place of a shipping option. */
  custom_shipping?: CustomShipping;
}

/** A discount by hand on the whole cart. */
export interface CartDiscountInput {
  /** Amount to take off, shared among the items by their value. */
  discounted_amount: number;
}

/** A discount by hand on one item. */
export interface ItemDiscountInput {
  /** Id of the line in the cart. */
  id: string;
  /** Amount to take off. Refused for an item that has a coupon or an automatic promotion. */
  discounted_amount: number;
}

/** Discounts by hand on a cart and its items. */
export interface CartDiscountsInput extends ExpectedCartVersion {
  /** Discounts on the whole cart. */
  discounts?: CartDiscountInput[];
  /** Discounts on single items. */
  line_items?: ItemDiscountInput[];
}

/** What `addDiscounts` takes. */
export interface DiscountsInput {
  /** The discounts. They replace all discounts that the items have. */
  cart: CartDiscountsInput;
}

/** A fee to add to a checkout. */
export interface CheckoutFeeInput {
  /** Kind of fee; `custom_fee` is the only one. */
  type: Open<'custom_fee'>;
  /** Name for the merchant; 1 to 50 characters. */
  name: string;
  /** Name that shoppers see; 1 to 200 characters. */
  display_name: string;
  /** Price, with or without tax as the store enters prices. */
  cost: number;
  /** App that adds it; 1 to 50 characters. */
  source: string;
  /** Tax class; by default the one in the control panel. */
  tax_class_id?: number;
}

/** What `addFees` takes. */
export interface FeesInput {
  /** The fees; a checkout has at most five. */
  fees: CheckoutFeeInput[];
}

/** A fee to change: all of its values, since those left out are not kept. */
export interface CheckoutFeeChange extends CheckoutFeeInput {
  /** Id of the fee. */
  id: string;
}

/** What `updateFees` takes. */
export interface FeesChange {
  /** The fees that change, each with all of its values. */
  fees: CheckoutFeeChange[];
}

/** What `createToken` takes. */
export interface CheckoutTokenInput {
  /** How often the token may be used. */
  maxUses?: number;
  /** How long it is valid, in seconds. */
  ttl?: number;
}

/** A token that lets a guest see the confirmation page of an order. */
export interface CheckoutToken {
  /** Append it to the address: `/order-confirmation/{orderId}?t={checkoutToken}`. */
  readonly checkoutToken: string;
}

/** An order that a checkout has become. */
export interface CheckoutOrder {
  /** Id of the order. */
  readonly id: number;
}
