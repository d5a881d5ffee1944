import { act } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import { noFilters } from '../no-filters.js';

const customerAddressFilters = { 'company:in': String, 'name:in': String, 'customer_id:in': Number, 'id:in': Number } as const;

const customerAddressIncludes = ['formfields'] as const;

const customerAddressRequired = [
  'address1',
  'city',
  'country_code',
  'customer_id',
  'first_name',
  'last_name',
  'postal_code',
  'state_or_province',
] as const;

/** An address of a customer. */
@Resource('/customers/addresses', {
  version: 'v3',
  filters: customerAddressFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10 },
  includes: customerAddressIncludes,
  deleteFilters: ['id:in'],
  required: customerAddressRequired,
})
export class CustomerAddress extends Model<
  CustomerAddress,
  typeof customerAddressFilters,
  (typeof customerAddressIncludes)[number],
  typeof customerAddressRequired
> {
  @Attribute(() => String) address1!: string;
  @Attribute(() => String) address2!: string;
  @Attribute(() => String) address_type!: 'residential' | 'commercial';
  @Attribute(() => String) city!: string;
  @Attribute(() => String) company!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'country_code' }) readonly country!: string;
  @Attribute(() => String) country_code!: string;
  @Attribute(() => Number) customer_id!: number;
  @Attribute(() => String) first_name!: string;
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String) last_name!: string;
  @Attribute(() => String) phone!: string;
  @Attribute(() => String) postal_code!: string;
  @Attribute(() => String) state_or_province!: string;
  @Attribute(() => Array) form_fields!: Record<string, unknown>[];
}

const customerAttributeFilters = {
  name: String,
  'name:like': String,
  type: String,
  date_created: Date,
  'date_created:max': Date,
  'date_created:min': Date,
  date_modified: Date,
  'date_modified:max': Date,
  'date_modified:min': Date,
} as const;

const customerAttributeRequired = ['name', 'type'] as const;

/** A custom attribute of customers. */
@Resource('/customers/attributes', {
  version: 'v3',
  filters: customerAttributeFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10 },
  deleteFilters: ['id:in'],
  required: customerAttributeRequired,
})
export class CustomerAttribute extends Model<
  CustomerAttribute,
  typeof customerAttributeFilters,
  unknown,
  typeof customerAttributeRequired
> {
  @Attribute(() => String) name!: string;
  @Attribute(() => String) type!: 'string' | 'number' | 'date';
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
}

const customerAttributeValueFilters = {
  'customer_id:in': Number,
  'attribute_id:in': Number,
  name: String,
  date_created: Date,
  'date_created:max': Date,
  'date_created:min': Date,
  date_modified: Date,
  'date_modified:max': Date,
  'date_modified:min': Date,
} as const;

/** The value of a customer attribute. */
@Resource('/customers/attribute-values', {
  version: 'v3',
  filters: customerAttributeValueFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { update: 10, upsert: 10 },
  deleteFilters: ['id:in'],
})
export class CustomerAttributeValue extends Model<CustomerAttributeValue, typeof customerAttributeValueFilters> {
  @Attribute(() => Number) attribute_id!: number;
  @Attribute(() => String, { readOnly: true, setBy: 'value' }) readonly attribute_value!: string;
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number) customer_id!: number;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => String) value!: string;
}

const customerFormFieldValueFilters = { customer_id: Number, address_id: Number, field_name: String, field_type: String } as const;

/** The value of a form field of a customer. */
@Resource('/customers/form-field-values', {
  version: 'v3',
  filters: customerFormFieldValueFilters,
  key: 'name',
  addressing: 'filter',
  operations: ['list', 'create', 'update', 'count'],
  identity: ['customer_id', 'address_id'],
  batch: { update: 10, upsert: 10 },
  cursor: true,
})
export class CustomerFormFieldValue extends Model<CustomerFormFieldValue, typeof customerFormFieldValueFilters> {
  @Attribute(() => String) name!: string;
  /** One of these, by the type of the field: several for checkboxes. */
  @Attribute(() => String) value!: string | number | string[];
  @Attribute(() => Number) customer_id!: number;
  @Attribute(() => Number) address_id!: number;
}

const subscriberFilters = {
  email: String,
  first_name: String,
  last_name: String,
  source: String,
  order_id: Number,
  date_created: Date,
  'date_created:min': Date,
  'date_created:max': Date,
  date_modified: Date,
  'date_modified:min': Date,
  'date_modified:max': Date,
  id: Number,
  'id:in': Number,
} as const;

/** A newsletter subscriber. */
@Resource('/customers/subscribers', {
  version: 'v3',
  filters: subscriberFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  deleteFilters: ['email', 'first_name', 'last_name', 'source', 'order_id', 'date_created', 'date_modified'],
})
export class Subscriber extends Model<Subscriber, typeof subscriberFilters> {
  @Attribute(() => String, { unique: true }) email!: string;
  @Attribute(() => String) first_name!: string;
  @Attribute(() => String) last_name!: string;
  @Attribute(() => String) source!: string;
  @Attribute(() => Number) order_id!: number;
  @Attribute(() => Number) channel_id!: number;
  @Attribute(() => Array) consents!: string[];
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
}

/** A customer's consent to cookies and emails. */
@Resource('/customers/:customer_id/consent', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'update'],
  noEnvelope: true,
})
export class CustomerConsent extends Model<CustomerConsent, typeof noFilters> {
  @Attribute(() => Array) allow!: string[];
  @Attribute(() => Array) deny!: string[];
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
}

const storedInstrumentFilters = {} as const;

/** A payment instrument that a customer has stored. */
@Resource('/customers/:customer_id/stored-instruments', {
  version: 'v3',
  filters: storedInstrumentFilters,
  key: 'token',
  operations: ['list'],
  noEnvelope: true,
})
export class StoredInstrument extends Model<StoredInstrument, typeof storedInstrumentFilters> {
  @Attribute(() => String, { readOnly: true }) readonly type!: 'stored_bank_account';
  @Attribute(() => String, { readOnly: true }) readonly token!: string;
  @Attribute(() => Boolean, { readOnly: true }) readonly is_default!: boolean;
  @Attribute(() => String, { readOnly: true }) readonly brand!: string;
  @Attribute(() => Number, { readOnly: true }) readonly expiry_month!: number;
  @Attribute(() => Number, { readOnly: true }) readonly expiry_year!: number;
  @Attribute(() => String, { readOnly: true }) readonly issuer_identification_number!: string;
  @Attribute(() => String, { readOnly: true }) readonly last_4!: string;
  @Attribute(() => Object, { readOnly: true }) readonly billing_address!: Record<string, unknown>;
  @Attribute(() => String, { readOnly: true }) readonly email!: string;
  @Attribute(() => String, { readOnly: true }) readonly masked_account_number!: string;
  @Attribute(() => String, { readOnly: true }) readonly issuer!: string;
}

const segmentFilters = { 'id:in': Number } as const;

const segmentRequired = ['name'] as const;

/** A customer segment. */
@Resource('/segments', {
  version: 'v3',
  filters: segmentFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10 },
  deleteFilters: ['id:in'],
  statuses: { create: 201, update: 201 },
  required: segmentRequired,
})
export class Segment extends Model<Segment, typeof segmentFilters, unknown, typeof segmentRequired> {
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  @Attribute(() => String) name!: string;
  @Attribute(() => String) description!: string;
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
  @HasMany(() => SegmentShopperProfile) shopper_profiles!: HasMany<SegmentShopperProfile>;
}

const segmentShopperProfileFilters = {} as const;

/** A member of a segment. */
@Resource('/segments/:segment_id/shopper-profiles', {
  version: 'v3',
  filters: segmentShopperProfileFilters,
  addressing: 'filter',
  operations: ['list', 'delete', 'count'],
  deleteFilters: ['id:in'],
})
export class SegmentShopperProfile extends Model<SegmentShopperProfile, typeof segmentShopperProfileFilters> {
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  @Attribute(() => Number, { readOnly: true }) readonly customer_id!: number;
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;

  /** Adds profiles to a segment. */
  static async add(
    segment: Segment | string,
    profiles: readonly (ShopperProfile | string)[],
    options?: CallOptions,
  ): Promise<SegmentShopperProfile[]> {
    const ids = profiles.map((profile) => (typeof profile === 'string' ? profile : profile.id));
    const rows = await act<object[]>(SegmentShopperProfile.of(segment), 'POST', '', { body: ids, ...options });
    return rows.map((row) => SegmentShopperProfile.of(segment).load(row));
  }
}

const shopperProfileFilters = {} as const;

/** A shopper profile: represents a customer in segments. */
@Resource('/shopper-profiles', {
  version: 'v3',
  filters: shopperProfileFilters,
  addressing: 'filter',
  operations: ['list', 'create', 'delete', 'count'],
  batch: { create: 10 },
  deleteFilters: ['id:in'],
  statuses: { create: 201 },
})
export class ShopperProfile extends Model<ShopperProfile, typeof shopperProfileFilters> {
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  @Attribute(() => Number) customer_id!: number;
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
  @HasMany(() => ShopperProfileSegment) segments!: HasMany<ShopperProfileSegment>;
}

const shopperProfileSegmentFilters = {} as const;

/** A membership of a shopper profile in a segment. */
@Resource('/shopper-profiles/:shopper_profile_id/segments', {
  version: 'v3',
  filters: shopperProfileSegmentFilters,
  operations: ['list', 'count'],
})
export class ShopperProfileSegment extends Model<ShopperProfileSegment, typeof shopperProfileSegmentFilters> {
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  @Attribute(() => String, { readOnly: true }) readonly description!: string;
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
}
