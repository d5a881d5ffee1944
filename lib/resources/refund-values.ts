import type { Open } from '../schema/types.js';

/** What an amount is changed by before it is refunded: a fee for restocking, for instance. */
export interface RefundAdjustment {
  /** Added to the amount; negative for a deduction. */
  amount?: number;
  /** Why. */
  description?: string;
}

/** Refunds products or their gift wrapping, by quantity. */
export interface RefundedProducts {
  item_type: 'PRODUCT' | 'GIFT_WRAPPING';
  /** The line of the order: a key of `OrderProduct`. */
  item_id: number;
  /** How many are refunded. The store computes the amount. */
  quantity: number;
  /** Products only. */
  adjustments?: RefundAdjustment[];
  /** Up to 1000 characters. */
  reason?: string;
}

/** Refunds an amount of shipping, handling, tax, the whole order or a fee. */
export interface RefundedAmount {
  item_type: 'ORDER' | 'SHIPPING' | 'HANDLING' | 'TAX' | 'FEE';
  /** The order's address for shipping and handling, the order itself, or the fee. */
  item_id: number;
  /** Not negative, two decimal places. */
  amount: number;
  /** Up to 1000 characters. */
  reason?: string;
}

/** Refunds an amount of the whole order, without any tax being computed again. */
export interface RefundedOrder extends RefundedAmount {
  item_type: 'ORDER';
  /** The order. */
  item_id: number;
}

/** Refunds an amount of a custom fee. */
export interface RefundedFee extends RefundedAmount {
  item_type: 'FEE';
  /** The fee: a key of `OrderFee`. */
  item_id: number;
}

/** Something to refund, told apart by `item_type`. */
export type RefundItem = RefundedProducts | RefundedAmount | RefundedOrder | RefundedFee;

/** What is to be refunded: items. */
export interface RefundOfItems {
  items: readonly RefundItem[];
  /** Tax that was charged in excess and is returned with the items. */
  tax_adjustment_amount?: number;
}

/** What is to be refunded: only tax that was charged in excess. */
export interface RefundOfTax {
  /** The excess, unless `merchant_calculated_override` says otherwise. Another amount is refused with 422. */
  tax_adjustment_amount: number;
}

/** What a quote is asked for. */
export type RefundQuoteRequest = RefundOfItems | RefundOfTax;

/** What a quote is asked for, and of which order. */
export type OrderRefundQuoteRequest = RefundQuoteRequest & { order_id: number };

/** A payment that the money goes back by. */
export interface RefundPaymentRequest {
  /** One of those that the quote lists. */
  provider_id?: string;
  /** The amount that the quote lists for it. */
  amount?: number;
  /** Whether the money is returned outside of the store, which only records it. */
  offline?: boolean;
}

/** Amounts of your own, in place of those that the store computes. The order's taxes are then left as they are. */
export interface RefundOverride {
  /** Not negative, two decimal places. The payments have to add up to it. */
  total_amount: number;
  /** The tax in it; 0 if tax is dealt with elsewhere. */
  total_tax: number;
}

/** A refund of items, with the payments that the money goes back by. */
export interface ItemsRefundRequest extends RefundOfItems {
  payments: readonly RefundPaymentRequest[];
  merchant_calculated_override?: RefundOverride;
}

/** A refund of tax that was charged in excess. */
export interface TaxRefundRequest extends RefundOfTax {
  payments?: readonly RefundPaymentRequest[];
  merchant_calculated_override?: RefundOverride;
}

/** What a refund is made of. */
export type RefundRequest = ItemsRefundRequest | TaxRefundRequest;

/** A payment that a refund could go back by. */
export interface RefundMethod {
  /** The key for `payments` of the refund. */
  readonly provider_id: string;
  /** Its name for people. */
  readonly provider_description: string;
  readonly amount: number;
  /** Whether it would only be recorded. */
  readonly offline: boolean;
  /** Whether the provider cannot return money online at all. */
  readonly offline_provider: boolean;
  /** Why it cannot; empty if it can. */
  readonly offline_reason: string;
}

/** What a refund would return, and by which payments. */
export interface RefundQuote {
  readonly order_id: number;
  readonly total_refund_amount: number;
  readonly total_refund_tax_amount: number;
  /** The part that is refunded at the level of the order. */
  readonly order_level_refund_amount: number;
  /** Added to the exact amount to make it payable. */
  readonly rounding: number;
  /** Difference between what was asked for and what can be refunded; negative if that is less. */
  readonly adjustment: number;
  /** Whether the amounts include tax. */
  readonly tax_inclusive: boolean;
  /** Ways to return the money: each is a combination of payments. */
  readonly refund_methods: readonly (readonly RefundMethod[])[];
}

/** Why there is no quote for an order. */
export interface RefundQuoteFailure {
  readonly order_id: number;
  /** HTTP status of this order. */
  readonly status: number;
  /** The reason, for people. */
  readonly error: string;
}

/** Quotes for several orders, and the orders that there are none for. */
export interface RefundQuotes {
  readonly quotes: readonly RefundQuote[];
  readonly errors: readonly RefundQuoteFailure[];
}

/** Something that was refunded. */
export interface RefundedItem {
  item_type: Open<'PRODUCT' | 'GIFT_WRAPPING' | 'SHIPPING' | 'HANDLING' | 'ORDER' | 'FEE'>;
  /** The order's line, address or fee, or the order itself, by `item_type`. */
  item_id: number;
  reason?: string;
  /** How many; products only. */
  quantity?: number;
  /** Products only. */
  adjustments?: RefundAdjustment[];
  /** The amount, two decimal places; null for products, whose amount follows from the quantity. */
  readonly requested_amount?: number | null;
}

/** Something to refund, in a record that is created: `quantity` for products and gift wrapping, `amount` for the others. */
export interface OrderRefundItem extends Omit<RefundedItem, 'item_type'> {
  item_type: Open<'PRODUCT' | 'GIFT_WRAPPING' | 'SHIPPING' | 'HANDLING' | 'ORDER' | 'TAX' | 'FEE'>;
  /** Not negative, two decimal places. Responses have `requested_amount` instead. */
  amount?: number;
}

/** A payment that money went back by. */
export interface RefundPayment {
  readonly id: number;
  provider_id: string;
  amount: number;
  /** Whether it was only recorded. */
  offline: boolean;
  /** Whether the provider declined it. */
  readonly is_declined: boolean;
  /** Why the provider declined it. */
  readonly declined_message: string;
  /** The transaction of the order; absent when a single refund is read. */
  readonly transaction_id?: string;
}

/** A refund that the store has accepted. The payments follow asynchronously. */
export interface CreatedRefund {
  readonly id: number;
  readonly order_id: number;
  /** The user who created it. */
  readonly user_id: number;
  /** ISO 8601. */
  readonly created: string;
  readonly reason: string;
  readonly total_amount: number;
  /** Negative if less was returned than the tax would have been. */
  readonly total_tax: number;
  /** Whether the amounts are yours: `merchant_calculated_override`. */
  readonly uses_merchant_override_values: boolean;
  /** Empty for a refund of tax alone. */
  readonly items: readonly RefundedItem[];
  readonly payments: readonly RefundPayment[];
}
