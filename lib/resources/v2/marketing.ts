import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import type { Money, Open } from '../../schema/types.js';

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

/** What a coupon discounts: items, the total or shipping, by an amount or a percentage. */
export type CouponType = Open<
  'per_item_discount' | 'per_total_discount' | 'shipping_discount' | 'free_shipping' | 'percentage_discount' | 'promotion'
>;

/** What a coupon is for. */
export interface CouponTarget {
  entity: Open<'categories' | 'products'>;
  /** Keys of these categories or products; the category 0 stands for all. */
  ids: number[];
}

/** Where the orders that may use a coupon are shipped to. */
export interface CouponRestriction {
  /** A country: two letters, ISO 3166-1. */
  countries?: string;
}

/** A coupon of the legacy kind, for the store's default currency. Deleting the code of a promotion leaves the promotion. */
@Resource('/coupons', {
  version: 'v2',
  filters: couponFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  deleteFilters: ['id:in'],
  alwaysSend: ['name', 'type', 'amount', 'code', 'applies_to'],
  required: couponRequired,
})
export class Coupon extends Model<Coupon, V2Filters<typeof couponFilters>, unknown, typeof couponRequired> {
  /** Assigned by the store. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** When it was created. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** How often it was used. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly num_uses!: number;
  /** At most 100 characters; unique. Required. */
  @Attribute(() => String) name!: string;
  /** What `amount` is taken off. `promotion` is for the codes of promotions, whose other values are empty or 0. Required. */
  @Attribute(() => String) type!: CouponType;
  /** An amount in the default currency, or a percentage for `percentage_discount`. Required. */
  @Attribute(() => String, { decimals: 4 }) amount!: Money;
  /** What an order must cost at least. */
  @Attribute(() => String, { decimals: 4 }) min_purchase!: Money;
  /** When it ends; `null`: never. */
  @Attribute(() => Date) expires!: Date | null;
  /** Whether it can be used. */
  @Attribute(() => Boolean) enabled!: boolean;
  /** What shoppers enter: letters, digits, spaces, `_` and `-`; at most 50; unique. Required. */
  @Attribute(() => String, { unique: true }) code!: string;
  /** Categories or products it is for. Required. Each save sends it: an update without it would clear it. */
  @Attribute(() => Object) applies_to!: CouponTarget;
  /** How many orders may use it; 0: any number. */
  @Attribute(() => Number) max_uses!: number;
  /** How many orders of one customer may use it; 0: any number. */
  @Attribute(() => Number) max_uses_per_customer!: number;
  /** Where orders must be shipped to; empty: anywhere. */
  @Attribute(() => Object) restricted_to!: CouponRestriction | never[];
  /** Shipping methods that orders must have, by name, such as `shipping_endicia`; empty: any. `null` for the type `promotion`. */
  @Attribute(() => Array) shipping_methods!: string[] | null;
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

/** A gift certificate: a code that pays for orders until its balance is spent. */
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
  /** The recipient. Required. */
  @Attribute(() => String) to_name!: string;
  /** Of the recipient. A certificate that the API creates is not sent to it. Required. */
  @Attribute(() => String) to_email!: string;
  /** The customer who bought it. Required. */
  @Attribute(() => String) from_name!: string;
  /** Of the customer who bought it. Required. */
  @Attribute(() => String) from_email!: string;
  /** What it was worth at first. Required. */
  @Attribute(() => String, { decimals: 4 }) amount!: Money;
  /** Assigned by the store. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The customer who bought it; 0: none. */
  @Attribute(() => Number) customer_id!: number;
  /** The order that bought it; 0: none. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly order_id!: number;
  /** What it is still worth. Default: `amount`. */
  @Attribute(() => String, { decimals: 4 }) balance!: Money;
  /** When it was bought. Default: today. */
  @Attribute(() => Date) purchase_date!: Date | null;
  /** When it expires; `null`: never. */
  @Attribute(() => Date) expiry_date!: Date | null;
  /** Design of the email. */
  @Attribute(() => String) template!: Open<
    'birthday.html' | 'girl.html' | 'boy.html' | 'celebration.html' | 'christmas.html' | 'general.html'
  >;
  /** Text of the email, at most 250 characters. */
  @Attribute(() => String) message!: string;
  /** What shoppers enter; unique. Only the first 20 characters are kept. Default: generated. */
  @Attribute(() => String) code!: string;
  /** Only active ones can be used. */
  @Attribute(() => String) status!: Open<'active' | 'pending' | 'disabled' | 'expired'>;
  /** Currency of the store, ISO 4217; only carts in this currency can use it. Default: that of the store. */
  @Attribute(() => String) currency_code!: string;
}
