import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';

const couponFilters = {
  id: String,
  code: String,
  name: String,
  type: String,
  min_id: Number,
  max_id: Number,
  exclude_type: String,
} as const;

const couponRequired = ['name', 'type', 'amount', 'code', 'applies_to'] as const;

/** A coupon. */
@Resource('/coupons', {
  version: 'v2',
  filters: couponFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  deleteFilters: ['id:in'],
  alwaysSend: ['name', 'type', 'amount', 'code', 'applies_to'],
  required: couponRequired,
})
export class Coupon extends Model<Coupon, V2Filters<typeof couponFilters>, unknown, typeof couponRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => Number, { readOnly: true }) readonly num_uses!: number;
  @Attribute(() => String) name!: string;
  @Attribute(() => String) type!:
    | 'per_item_discount'
    | 'per_total_discount'
    | 'shipping_discount'
    | 'free_shipping'
    | 'percentage_discount'
    | 'promotion';
  @Attribute(() => String, { decimals: 4 }) amount!: string;
  @Attribute(() => String, { decimals: 4 }) min_purchase!: string;
  @Attribute(() => String) expires!: string;
  @Attribute(() => Boolean) enabled!: boolean;
  @Attribute(() => String, { unique: true }) code!: string;
  @Attribute(() => Object) applies_to!: Record<string, unknown>;
  @Attribute(() => Number) max_uses!: number;
  @Attribute(() => Number) max_uses_per_customer!: number;
  @Attribute(() => Object) restricted_to!: Record<string, unknown>;
  @Attribute(() => Array) shipping_methods!: string[];
}

const giftCertificateFilters = {
  min_id: Number,
  max_id: Number,
  code: String,
  order_id: Number,
  to_name: String,
  to_email: String,
  from_name: String,
  from_email: String,
} as const;

const giftCertificateRequired = ['to_name', 'to_email', 'from_name', 'from_email', 'amount'] as const;

/** A gift certificate. */
@Resource('/gift_certificates', {
  version: 'v2',
  filters: giftCertificateFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll'],
  alwaysSend: ['to_name', 'to_email', 'from_name', 'from_email', 'amount'],
  required: giftCertificateRequired,
})
export class GiftCertificate extends Model<
  GiftCertificate,
  V2Filters<typeof giftCertificateFilters>,
  unknown,
  typeof giftCertificateRequired
> {
  @Attribute(() => String) to_name!: string;
  @Attribute(() => String) to_email!: string;
  @Attribute(() => String) from_name!: string;
  @Attribute(() => String) from_email!: string;
  @Attribute(() => String, { decimals: 4 }) amount!: string;
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number) customer_id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly order_id!: number;
  @Attribute(() => String, { decimals: 4 }) balance!: string;
  @Attribute(() => Date) purchase_date!: Date | null;
  @Attribute(() => Date) expiry_date!: Date | null;
  @Attribute(() => String) template!: 'birthday.html' | 'girl.html' | 'boy.html' | 'celebration.html' | 'christmas.html' | 'general.html';
  @Attribute(() => String) message!: string;
  @Attribute(() => String) code!: string;
  @Attribute(() => String) status!: 'active' | 'pending' | 'disabled' | 'expired';
  @Attribute(() => String) currency_code!: string;
}

const customerGroupFilters = {
  name: String,
  'name:like': String,
  is_default: Boolean,
  date_created: Date,
  'date_created:max': Date,
  'date_created:min': Date,
  date_modified: Date,
  'date_modified:min': Date,
  'date_modified:max': Date,
  is_group_for_guests: Boolean,
} as const;

/** A customer group: customers with the same prices and accessible categories. */
@Resource('/customer_groups', {
  version: 'v2',
  filters: customerGroupFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  statuses: { create: 200 },
})
export class CustomerGroup extends Model<CustomerGroup, V2Filters<typeof customerGroupFilters>> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String) name!: string;
  @Attribute(() => Boolean) is_default!: boolean;
  @Attribute(() => Object) category_access!: Record<string, unknown>;
  @Attribute(() => Array) discount_rules!: Record<string, unknown>[];
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  @Attribute(() => Boolean) is_group_for_guests!: boolean;
}
