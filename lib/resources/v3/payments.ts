import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';

/** A card that a customer has stored. */
export interface PaymentStoredCard {
  /** `VISA`, `MASTERCARD` and so on. */
  readonly brand: string;
  /** 1 to 12. */
  readonly expiry_month: number;
  /** Four digits. */
  readonly expiry_year: number;
  /** The first six digits, which name the issuer. */
  readonly issuer_identification_number: string;
  /** The last four digits. */
  readonly last_4: string;
  /** Pays with it: 64 characters. */
  readonly token: string;
  /** Whether the customer prefers it. */
  readonly is_default: boolean;
  readonly type: Open<'stored_card'>;
}

/** A PayPal account that a customer has stored. Shown in the guide to payments, not in the description. */
export interface PaymentStoredAccount {
  /** The account's address. */
  readonly email: string;
  /** Pays with it. */
  readonly token: string;
  /** Whether the customer prefers it. */
  readonly is_default: boolean;
  readonly type: Open<'stored_paypal_account'>;
}

/** Something that a customer has stored to pay with; `'email' in instrument` tells accounts from cards. */
export type PaymentStoredInstrument = PaymentStoredCard | PaymentStoredAccount;

/** A kind of card or account that a payment method takes. */
export interface PaymentInstrument {
  readonly instrument_type: Open<
    'VISA' | 'MASTERCARD' | 'DISCOVER' | 'AMEX' | 'DINERS_CLUB' | 'JCB' | 'DANKORT' | 'MAESTRO' | 'STORED_CARD' | 'STORED_PAYPAL_ACCOUNT'
  >;
  /** Whether the security code has to be given. */
  readonly verification_value_required?: boolean;
}

/** The order that a token pays. */
export interface PaymentOrder {
  id: number;
  /** Whether the payment is one of several, as for a subscription. Default: false. */
  is_recurring?: boolean;
}

const paymentMethodFilters = { order_id: Number, checkout_id: String } as const;

/** A payment method for an order or a checkout, which a filter has to name: `where({ order_id: 100 })`. */
@Resource('/payments/methods', { version: 'v3', filters: paymentMethodFilters, operations: ['list', 'count'] })
export class PaymentMethod extends Model<PaymentMethod, typeof paymentMethodFilters> {
  /** Provider and kind: `stripe.card`. */
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  /** Shown to shoppers. */
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  /** What the customer has stored. Only for orders and checkouts of a customer. */
  @Attribute(() => Array, { readOnly: true }) readonly stored_instruments!: PaymentStoredInstrument[];
  /** What can be paid with. */
  @Attribute(() => Array, { readOnly: true }) readonly supported_instruments!: PaymentInstrument[];
  /** Whether no money is moved. */
  @Attribute(() => Boolean, { readOnly: true }) readonly test_mode!: boolean;
  /** `card`, `gift_certificate`, `store_credit` and so on. */
  @Attribute(() => String, { readOnly: true }) readonly type!: Open<'card' | 'gift_certificate' | 'store_credit' | 'paypal'>;
}

const paymentAccessTokenRequired = ['order'] as const;

/** A token for the payment of one order. The status of the order has to be incomplete. */
@Resource('/payments/access_tokens', {
  version: 'v3',
  filters: noFilters,
  operations: ['create'],
  statuses: { create: 201 },
  required: paymentAccessTokenRequired,
})
export class PaymentAccessToken extends Model<PaymentAccessToken, typeof noFilters, unknown, typeof paymentAccessTokenRequired> {
  /** The order that it may pay. */
  @Attribute(() => Object) order!: PaymentOrder;
  /** The token itself, a JWT. */
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
}
