import { act, sessionFor } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';

const priceListFilters = {
  name: String,
  date_created: Date,
  date_modified: Date,
  'id:in': Number,
  'name:like': String,
  'date_created:max': Date,
  'date_created:min': Date,
  'date_modified:max': Date,
  'date_modified:min': Date,
} as const;

const priceListRequired = ['name'] as const;

/** A list of prices for some customers or channels. */
@Resource('/pricelists', {
  version: 'v3',
  filters: priceListFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  cursor: true,
  deleteFilters: ['id:in', 'name'],
  alwaysSend: ['name'],
  required: priceListRequired,
})
export class PriceList extends Model<PriceList, typeof priceListFilters, unknown, typeof priceListRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  @Attribute(() => String, { unique: true }) name!: string;
  @Attribute(() => Boolean) active!: boolean;
  @HasMany(() => PriceListRecord) records!: HasMany<PriceListRecord>;

  /** Assigns the list to a customer group on a channel. */
  async assignTo(assignment: { customer_group_id: number; channel_id: number }, options?: CallOptions): Promise<Record<string, unknown>> {
    return act(this, 'PUT', 'assignments', { body: assignment, ...options });
  }
}

const priceListRecordFilters = {
  'variant_id:in': Number,
  'product_id:in': Number,
  currency: String,
  price: Number,
  sale_price: Number,
  retail_price: Number,
  map_price: Number,
  calculated_price: Number,
  date_created: Date,
  date_modified: Date,
  sku: String,
  'sku:in': String,
  'currency:in': String,
  'price:max': Number,
  'price:min': Number,
  'sale_price:max': Number,
  'sale_price:min': Number,
  'retail_price:max': Number,
  'retail_price:min': Number,
  'map_price:max': Number,
  'map_price:min': Number,
  'calculated_price:max': Number,
  'calculated_price:min': Number,
  'date_created:max': Date,
  'date_created:min': Date,
  'date_modified:max': Date,
  'date_modified:min': Date,
} as const;

const priceListRecordIncludes = ['bulk_pricing_tiers', 'sku'] as const;

/** The price of a variant in one currency on a price list. A variant has one record per currency. */
@Resource('/pricelists/:price_list_id/records', {
  version: 'v3',
  filters: priceListRecordFilters,
  key: 'variant_id',
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  identity: ['currency'],
  // 422 "may include errors during partial create" (price_lists.v3, POST /pricelists/{price_list_id}/records).
  batch: { create: 1000, update: 1000, upsert: 1000, partialCreate: true },
  cursor: true,
  includes: priceListRecordIncludes,
  deleteFilters: ['currency', 'variant_id:in', 'sku:in'],
  omitsListRows: true,
})
export class PriceListRecord extends Model<PriceListRecord, typeof priceListRecordFilters, (typeof priceListRecordIncludes)[number]> {
  @Attribute(() => Number, { readOnly: true, setBy: 'price' }) readonly calculated_price!: number;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  @Attribute(() => Number, { readOnly: true, setBy: 'variant_id' }) readonly product_id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly price_list_id!: number;
  @Attribute(() => Number) variant_id!: number;
  @Attribute(() => String) sku!: string;
  @Attribute(() => String) currency!: string;
  @Attribute(() => Number, { decimals: 4 }) price!: number;
  @Attribute(() => Number, { decimals: 4 }) sale_price!: number | null;
  @Attribute(() => Number, { decimals: 4 }) retail_price!: number | null;
  @Attribute(() => Number, { decimals: 4 }) map_price!: number | null;
  @Attribute(() => Array, { decimals: { amount: 4 } }) bulk_pricing_tiers!: Record<string, unknown>[];

  /** Creates or updates records of several lists at once, at most 100. Each has the id of its list as `price_list_id`. */
  static async upsertAcross(records: readonly Record<string, unknown>[], options?: CallOptions): Promise<void> {
    await sessionFor(this).put('/pricelists/records', { body: records, ...options });
  }

  /** Creates records of several lists at once, at most 100. Each has the id of its list as `price_list_id`. */
  static async createAcross(records: readonly Record<string, unknown>[], options?: CallOptions): Promise<void> {
    await sessionFor(this).post('/pricelists/records', { body: records, ...options });
  }
}

const priceListAssignmentFilters = {
  id: Number,
  price_list_id: Number,
  customer_group_id: Number,
  channel_id: Number,
  'id:in': Number,
  'customer_group_id:in': Number,
  'price_list_id:in': Number,
  'channel_id:in': Number,
} as const;

const priceListAssignmentRequired = ['price_list_id'] as const;

/** An assignment of a price list to a customer group or channel. */
@Resource('/pricelists/assignments', {
  version: 'v3',
  filters: priceListAssignmentFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'delete', 'count'],
  batch: { create: 25 },
  cursor: true,
  responses: { create: 'none' },
  naturalKey: { price_list_id: 'price_list_id', customer_group_id: 'customer_group_id', channel_id: 'channel_id' },
  deleteFilters: ['id', 'price_list_id', 'customer_group_id', 'channel_id', 'channel_id:in'],
  required: priceListAssignmentRequired,
})
export class PriceListAssignment extends Model<
  PriceListAssignment,
  typeof priceListAssignmentFilters,
  unknown,
  typeof priceListAssignmentRequired
> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number) price_list_id!: number;
  @Attribute(() => Number) customer_group_id!: number;
  @Attribute(() => Number) channel_id!: number;
}
