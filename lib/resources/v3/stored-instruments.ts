import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';

/** Billing address of a stored card. */
export interface InstrumentBillingAddress {
  /** First name of the card holder. */
  readonly first_name: string;
  /** Last name of the card holder. */
  readonly last_name: string;
  /** Email address. */
  readonly email: string;
  /** Name of the company. */
  readonly company: string;
  /** Street and number. */
  readonly address1: string;
  /** Second line of the street address. */
  readonly address2: string;
  /** City or town. */
  readonly city: string;
  /** Postal code. */
  readonly postal_code: string;
  /** Full name of the state or province. */
  readonly state_or_province: string;
  /** Code of the state or province, such as `TX`. */
  readonly state_or_province_code: string;
  /** ISO 3166-1 alpha-2 code. */
  readonly country_code: string;
  /** Phone number. */
  readonly phone: string;
}

/** A payment instrument that a customer has stored. Which attributes it has depends on its type. */
@Resource('/customers/:customer_id/stored-instruments', {
  version: 'v3',
  filters: noFilters,
  key: 'token',
  operations: ['list'],
  noEnvelope: true,
})
export class StoredInstrument extends Model<StoredInstrument, typeof noFilters> {
  /** A card, a PayPal account or a bank account. */
  @Attribute(() => String, { readOnly: true }) readonly type!: Open<'stored_card' | 'stored_paypal_account' | 'stored_bank_account'>;
  /** Identifies the instrument when a payment is processed. */
  @Attribute(() => String, { readOnly: true }) readonly token!: string;
  /** Whether it is the one that the customer uses by default. */
  @Attribute(() => Boolean, { readOnly: true }) readonly is_default!: boolean;
  /** Of a card, such as `VISA`. */
  @Attribute(() => String, { readOnly: true }) readonly brand?: string;
  /** Of a card, 1 to 12. */
  @Attribute(() => Number, { readOnly: true }) readonly expiry_month?: number;
  /** Of a card, four digits. */
  @Attribute(() => Number, { readOnly: true }) readonly expiry_year?: number;
  /** First six digits of a card. */
  @Attribute(() => String, { readOnly: true }) readonly issuer_identification_number?: string;
  /** Last four digits of a card. */
  @Attribute(() => String, { readOnly: true }) readonly last_4?: string;
  /** Of a card. */
  @Attribute(() => Object, { readOnly: true }) readonly billing_address?: InstrumentBillingAddress;
  /** Of a PayPal account. */
  @Attribute(() => String, { readOnly: true }) readonly email?: string;
  /** Of a bank account: the number, partly hidden, such as `12XXX56`. */
  @Attribute(() => String, { readOnly: true }) readonly masked_account_number?: string;
  /** The bank of a bank account. */
  @Attribute(() => String, { readOnly: true }) readonly issuer?: string;
}
