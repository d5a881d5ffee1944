import { act, sessionFor } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import type { PriceListTier } from './catalog-values.js';

/** Who gets the prices of a list. */
export interface PriceListTarget {
  /** The customer group. */
  customer_group_id: number;
  /** The channel where the group gets them. */
  channel_id: number;
}

/** An assignment of a price list, as `assignTo` returns it. */
export interface AssignedPriceList extends PriceListTarget {
  /** The key of the assignment. */
  readonly id: number;
  /** The price list. */
  readonly price_list_id: number;
}

/** The price of a variant, by its key or SKU, in a currency on any price list. */
export type PriceListPrice = PriceListPriceFields & ({ variant_id: number } | { sku: string });

/** What the price of a variant on a price list has. */
export interface PriceListPriceFields {
  /** The price list. */
  price_list_id: number;
  /** The variant; this or `sku` is required. */
  variant_id?: number;
  /** The variant by its SKU; this or `variant_id` is required. */
  sku?: string;
  /** Code of three letters: `usd`. */
  currency: string;
  /** Replaces the price of the catalog. */
  price?: number;
  /** Replaces the sale price; empty for none. */
  sale_price?: number;
  /** Replaces the recommended price; empty for none. */
  retail_price?: number;
  /** Replaces the minimum advertised price; empty for none. */
  map_price?: number;
  /** Prices by quantity. */
  bulk_pricing_tiers?: PriceListTier[];
}

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
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** When it was created. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** When it was last changed. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  /** Shown in the control panel; unique. Required, also in each update. */
  @Attribute(() => String, { unique: true }) name!: string;
  /** Whether its prices apply. Default: `true`. */
  @Attribute(() => Boolean) active!: boolean;
  /** Its prices. */
  @HasMany(() => PriceListRecord) records!: HasMany<PriceListRecord>;

  /** Assigns the list to a customer group on a channel, in place of the one that they have. The store takes 25 such requests at a time. */
  async assignTo(assignment: PriceListTarget, options?: CallOptions): Promise<AssignedPriceList> {
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

// By the text of POST (price_lists.v3.yml, POST /pricelists/{price_list_id}/records).
const priceListRecordRequired = ['currency', ['variant_id', 'sku']] as const;

const priceListRecordIncludes = ['bulk_pricing_tiers', 'sku'] as const;

/** The price of a variant in one currency on a price list. A variant has one record per currency. */
@Resource('/pricelists/:price_list_id/records', {
  version: 'v3',
  filters: priceListRecordFilters,
  key: 'variant_id',
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  identity: ['currency'],
  // With the status 422, some records of a batch may have been created (price_lists.v3.yml, POST /pricelists/{price_list_id}/records).
  // POST takes 100 records, PUT 1000 (their texts).
  batch: { create: 100, update: 1000, upsert: 1000, partialCreate: true },
  cursor: true,
  includes: priceListRecordIncludes,
  deleteFilters: ['currency', 'variant_id:in', 'sku:in'],
  omitsListRows: true,
  required: priceListRecordRequired,
})
export class PriceListRecord extends Model<
  PriceListRecord,
  typeof priceListRecordFilters,
  (typeof priceListRecordIncludes)[number],
  typeof priceListRecordRequired
> {
  /** `sale_price` if there is one, else `price`. */
  @Attribute(() => Number, { readOnly: true, setBy: 'price' }) readonly calculated_price!: number;
  /** When it was created. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** When it was last changed. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  /** The product of the variant. */
  @Attribute(() => Number, { readOnly: true, setBy: 'variant_id' }) readonly product_id!: number;
  /** The list that it is on. */
  @Attribute(() => Number, { readOnly: true }) readonly price_list_id!: number;
  /** The variant. Required without a `sku`. */
  @Attribute(() => Number) variant_id!: number;
  /** The variant by its SKU; present only if it was included. Required without a `variant_id`. */
  @Attribute(() => String) sku!: string;
  /** Code of three letters: `usd`. Required. */
  @Attribute(() => String) currency!: string;
  /** Replaces the price of the catalog; four decimal places. */
  @Attribute(() => Number, { decimals: 4 }) price!: number;
  /** Replaces the sale price; `null` for none. */
  @Attribute(() => Number, { decimals: 4 }) sale_price!: number | null;
  /** Replaces the recommended price; `null` for none. */
  @Attribute(() => Number, { decimals: 4 }) retail_price!: number | null;
  /** Replaces the minimum advertised price; `null` for none. */
  @Attribute(() => Number, { decimals: 4 }) map_price!: number | null;
  /** Prices by quantity; present only if they were included. */
  @Attribute(() => Array, { decimals: { amount: 4 } }) bulk_pricing_tiers!: PriceListTier[];

  /** Creates or updates records of several lists at once, at most 100. The store takes one such request at a time. */
  static async upsertAcross(records: readonly PriceListPrice[], options?: CallOptions): Promise<void> {
    await sessionFor(this).put('/pricelists/records', { body: records, ...options });
  }

  /** Creates records of several lists at once, at most 100; if one exists, all fail. The store takes 10 such requests at a time. */
  static async createAcross(records: readonly PriceListPrice[], options?: CallOptions): Promise<void> {
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
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The price list. Required. */
  @Attribute(() => Number) price_list_id!: number;
  /** The customer group that gets its prices. */
  @Attribute(() => Number) customer_group_id!: number;
  /** The channel where they apply. */
  @Attribute(() => Number) channel_id!: number;
}
