import { HasOne } from '../../associations/has-one.js';
import { act, sessionFor } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import { CustomerAddress } from './customer-addresses.js';
import { CustomerAttributeValue, CustomerConsent } from './customer-details.js';
import type {
  CredentialsCheck,
  CustomerAttributeEntry,
  CustomerAuthentication,
  CustomerCredentials,
  CustomerFormField,
  StoreCredit,
} from './customer-values.js';
import { CustomerMetafield } from './metafields.js';
import { StoredInstrument } from './stored-instruments.js';

const filters = {
  'id:in': Number,
  'company:in': String,
  'customer_group_id:in': Number,
  date_created: Date,
  'date_created:max': Date,
  'date_created:min': Date,
  date_modified: Date,
  'date_modified:min': Date,
  'date_modified:max': Date,
  'email:in': String,
  'name:in': String,
  'name:like': String,
  'phone:in': String,
  'registration_ip_address:in': String,
} as const;

const includes = ['addresses', 'storecredit', 'attributes', 'formfields', 'shopper_profile_id', 'segment_ids'] as const;

const customerRequired = ['email', 'first_name', 'last_name'] as const;

/** A customer. The API reads single customers by `id:in`, and writes in batches of up to ten. */
@Resource('/customers', {
  version: 'v3',
  filters,
  addressing: 'filter',
  ordering: 'suffix',
  cursor: true,
  batch: { create: 10, update: 10 },
  includes,
  deleteFilters: ['id:in'],
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  required: customerRequired,
})
export class Customer extends Model<Customer, typeof filters, (typeof includes)[number], typeof customerRequired> {
  /** Unique; 3 to 250 characters. Required. */
  @Attribute(() => String, { unique: true }) email!: string;
  /** Up to 100 characters. Required. */
  @Attribute(() => String) first_name!: string;
  /** Up to 100 characters. Required. */
  @Attribute(() => String) last_name!: string;
  /** Name of the company; empty if there is none. */
  @Attribute(() => String) company!: string;
  /** Phone number, in any form. */
  @Attribute(() => String) phone!: string;
  /** Address that the customer registered from; empty if an app created the customer. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly registration_ip_address!: string;
  /** Notes of the merchant. */
  @Attribute(() => String) notes!: string;
  /** Code that the tax provider exempts from tax; up to 255 characters. */
  @Attribute(() => String) tax_exempt_category!: string;
  /** Group that the customer belongs to; 0 for none. */
  @Attribute(() => Number) customer_group_id!: number;
  /** Assigned by the store. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** When the customer was last changed. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  /** When the customer was created. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** How many `addresses` there are, also if not all are embedded. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly address_count!: number;
  /** How many `attribute_values` there are, also if not all are in `attributes`. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly attribute_count!: number;
  /** Password to set, and whether it must be changed. A response has `force_password_reset` alone. */
  @Attribute(() => Object) authentication!: CustomerAuthentication;
  /**
   * At most ten, even if `attribute_count` is greater; `attribute_values` returns all of them. Absent unless included. Set by the create
   * alone: afterwards change `attribute_values`.
   */
  @Attribute(() => Array) attributes!: CustomerAttributeEntry[];
  /** What the customer has in the store's form fields; absent unless `formfields` is included. */
  @Attribute(() => Array) form_fields!: CustomerFormField[];
  /** Store credit, one entry; absent unless `storecredit` is included. */
  @Attribute(() => Array, { decimals: { amount: 4 } }) store_credit_amounts!: StoreCredit[];
  /** Whether emails that ask for product reviews, and about abandoned carts, are sent. */
  @Attribute(() => Boolean) accepts_product_review_abandoned_cart_emails!: boolean;
  /** Whether a create sends the email that welcomes the customer. Never in a response. */
  @Attribute(() => Boolean) trigger_account_created_notification!: boolean;
  /** Channel that the customer was created on. Set by the create alone. */
  @Attribute(() => Number) origin_channel_id!: number;
  /**
   * Channels that the customer can log in to: these and no others, at least one; null for all channels that allow global logins
   * (store-operations/customers/channel-specific-customers).
   */
  @Attribute(() => Array) channel_ids!: number[] | null;
  /** UUID of the shopper profile, which stands for the customer in segments; absent unless included. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly shopper_profile_id?: string;
  /** UUIDs of the customer's segments; absent unless included. Read-only. */
  @Attribute(() => Array, { readOnly: true }) readonly segment_ids?: string[];
  /** Embedded if `addresses` is included, ten at most. A create takes addresses as well; an update does not. */
  @HasMany(() => CustomerAddress, { by: 'customer_id', inline: true, maxEmbedded: 10, countedBy: 'address_count' })
  addresses!: HasMany<CustomerAddress>;
  /** Values of the customer's attributes. */
  @HasMany(() => CustomerAttributeValue, { by: 'customer_id' }) attribute_values!: HasMany<CustomerAttributeValue>;
  /** Values that apps store on the customer. */
  @HasMany(() => CustomerMetafield) metafields!: HasMany<CustomerMetafield>;
  /** Cards and accounts that the customer has stored; needs a scope of its own. */
  @HasMany(() => StoredInstrument) stored_instruments!: HasMany<StoredInstrument>;
  /** Consent to cookies and scripts. */
  @HasOne(() => CustomerConsent) consent!: HasOne<CustomerConsent>;

  /** Checks an email and a password, and returns the customer that they belong to. The store limits attempts. */
  static async validateCredentials(credentials: CustomerCredentials, options?: CallOptions): Promise<CredentialsCheck> {
    return act(sessionFor(this), 'POST', '/customers/validate-credentials', { body: credentials, ...options });
  }
}
