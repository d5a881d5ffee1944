import type { Open } from '../../schema/types.js';

/** How a transaction was paid. */
export type TransactionMethod =
  | 'credit_card'
  | 'electronic_wallet'
  | 'gift_certificate'
  | 'store_credit'
  | 'apple_pay_card'
  | 'bigpay_token'
  | 'apple_pay_token'
  | 'token'
  | 'custom'
  | 'offsite'
  | 'offline'
  | 'nonce';

/** The providers of payments that the description lists. */
export type TransactionGateway =
  | '2checkout'
  | 'adyen'
  | 'amazon'
  | 'authorizenet'
  | 'bankdeposit'
  | 'braintree'
  | 'cheque'
  | 'cod'
  | 'custom'
  | 'firstdatagge4'
  | 'giftcertificate'
  | 'hps'
  | 'instore'
  | 'klarna'
  | 'migs'
  | 'moneyorder'
  | 'nmi'
  | 'paypalexpress'
  | 'paypalpaymentsprous'
  | 'paypalpaymentsprouk'
  | 'plugnpay'
  | 'qbmsv2'
  | 'securenet'
  | 'square'
  | 'storecredit'
  | 'stripe'
  | 'testgateway'
  | 'usaepay';

/** A payment outside of the store, such as a cheque. */
export interface TransactionOffline {
  /** Its name for people. */
  readonly display_name: string;
}

/** A payment that was entered by hand. */
export interface TransactionCustom {
  /** What was entered in the control panel. */
  readonly payment_method: string;
}

/** The provider's check of the address (AVS). */
export interface TransactionAddressCheck {
  readonly code: string;
  readonly message: string;
  /** Code for the street. */
  readonly street_match: string;
  /** Code for the postal code. */
  readonly postal_match: string;
}

/** The provider's check of the card's security code (CVV). */
export interface TransactionCodeCheck {
  readonly code: string;
  readonly message: string;
}

/** The card that was used. Not every provider tells all of it. */
export interface TransactionCard {
  readonly card_type: Open<
    | 'alelo'
    | 'alia'
    | 'american_express'
    | 'cabal'
    | 'carnet'
    | 'dankort'
    | 'diners_club'
    | 'discover'
    | 'elo'
    | 'forbrugsforeningen'
    | 'jcb'
    | 'maestro'
    | 'master'
    | 'naranja'
    | 'sodexo'
    | 'unionpay'
    | 'visa'
    | 'vr'
  >;
  /** The first six digits, which name the issuer. */
  readonly card_iin: string;
  /** The last four digits. */
  readonly card_last4: string;
  /** 1 to 12. */
  readonly card_expiry_month: number;
  /** Four digits. */
  readonly card_expiry_year: number;
}

/** The gift certificate that was used. */
export interface TransactionGiftCertificate {
  readonly code: string;
  /** What it was bought for. */
  readonly original_balance: number;
  /** What was on it before the transaction. */
  readonly starting_balance: number;
  /** What is left. */
  readonly remaining_balance: number;
  readonly status: Open<'active' | 'pending' | 'disabled' | 'expired'>;
}

/** The customer's credit in the store. */
export interface TransactionStoreCredit {
  /** What is left. */
  readonly remaining_balance: number;
}

/** Further facts from the provider. */
export interface TransactionProviderResult {
  readonly receipt_number: string | null;
  readonly authorization_code: string | null;
  /** The provider's answer about fraud. */
  readonly fraud_response: string | null;
  readonly amount_received: number | null;
}

/** Items of a line that are picked up. */
export interface PickupItem {
  readonly id: number;
  /** The line of the order. Required. */
  order_product_id: number;
  /** How many; at least 1. Required. */
  quantity: number;
  readonly status: Open<'AWAITING_COLLECTION' | 'COLLECTED'>;
  /** When they were collected, ISO 8601; null until then. */
  readonly collected_at: string | null;
}
