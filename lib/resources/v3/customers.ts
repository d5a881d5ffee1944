import { HasOne } from '../../associations/has-one.js';
import { act, sessionFor } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import { CustomerAddress, CustomerAttributeValue, CustomerConsent, StoredInstrument } from './customer-details.js';
import { CustomerMetafield } from './metafields.js';

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
  @Attribute(() => String, { unique: true }) email!: string;
  @Attribute(() => String) first_name!: string;
  @Attribute(() => String) last_name!: string;
  @Attribute(() => String) company!: string;
  @Attribute(() => String) phone!: string;
  @Attribute(() => String, { readOnly: true }) readonly registration_ip_address!: string;
  @Attribute(() => String) notes!: string;
  @Attribute(() => String) tax_exempt_category!: string;
  @Attribute(() => Number) customer_group_id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => Number, { readOnly: true }) readonly address_count!: number;
  @Attribute(() => Number, { readOnly: true }) readonly attribute_count!: number;
  @Attribute(() => Object) authentication!: Record<string, unknown>;
  /** At most ten, even if `attribute_count` is greater; `attribute_values` returns all of them. */
  @Attribute(() => Array) attributes!: Record<string, unknown>[];
  @Attribute(() => Array) form_fields!: Record<string, unknown>[];
  @Attribute(() => Array, { decimals: { amount: 4 } }) store_credit_amounts!: Record<string, unknown>[];
  @Attribute(() => Boolean) accepts_product_review_abandoned_cart_emails!: boolean;
  @Attribute(() => Boolean) trigger_account_created_notification!: boolean;
  @Attribute(() => Number) origin_channel_id!: number;
  @Attribute(() => Array) channel_ids!: number[];
  @Attribute(() => String, { readOnly: true }) readonly shopper_profile_id!: string;
  @Attribute(() => Array, { readOnly: true }) readonly segment_ids!: string[];
  @HasMany(() => CustomerAddress, { by: 'customer_id', inline: true, maxEmbedded: 10, countedBy: 'address_count' })
  addresses!: HasMany<CustomerAddress>;
  @HasMany(() => CustomerAttributeValue, { by: 'customer_id' }) attribute_values!: HasMany<CustomerAttributeValue>;
  @HasMany(() => CustomerMetafield) metafields!: HasMany<CustomerMetafield>;
  @HasMany(() => StoredInstrument) stored_instruments!: HasMany<StoredInstrument>;
  @HasOne(() => CustomerConsent) consent!: HasOne<CustomerConsent>;

  /** Checks an email and a password, and returns the customer that they belong to. */
  static async validateCredentials(
    credentials: { email: string; password: string; channel_id?: number },
    options?: CallOptions,
  ): Promise<{ is_valid: boolean; customer_id: number | null }> {
    return act(sessionFor(this), 'POST', '/customers/validate-credentials', { body: credentials, ...options });
  }
}
