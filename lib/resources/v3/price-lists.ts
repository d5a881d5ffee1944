import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { HasMany } from '../../relations/has-many.js';
import { Attribute } from '../../schema/attribute.js';

const filters = {
  name: String,
  'name:like': String,
  'id:in': Number,
  date_created: Date,
  'date_created:max': Date,
  'date_created:min': Date,
  date_modified: Date,
  'date_modified:max': Date,
  'date_modified:min': Date,
} as const;

/** A list of prices for some customers or channels. */
@Resource('/pricelists', { version: 'v3', filters, cursor: true, deleteFilters: ['id:in', 'name'] })
export class PriceList extends Model<PriceList, typeof filters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute(() => Date, { readOnly: true }) date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) date_modified!: Date | null;
  @Attribute({ required: true, unique: true }) name!: string;
  @Attribute() active!: boolean;
  @HasMany(() => PriceListRecord) records!: HasMany<PriceListRecord>;
}

const recordFilters = {
  'variant_id:in': Number,
  'product_id:in': Number,
  currency: String,
  'currency:in': String,
  sku: String,
  'sku:in': String,
  price: Number,
  'price:max': Number,
  'price:min': Number,
  sale_price: Number,
  'sale_price:max': Number,
  'sale_price:min': Number,
  retail_price: Number,
  'retail_price:max': Number,
  'retail_price:min': Number,
  map_price: Number,
  'map_price:max': Number,
  'map_price:min': Number,
  calculated_price: Number,
  'calculated_price:max': Number,
  'calculated_price:min': Number,
  date_created: Date,
  'date_created:max': Date,
  'date_created:min': Date,
  date_modified: Date,
  'date_modified:max': Date,
  'date_modified:min': Date,
} as const;

/** The price of one variant in one currency on a list. A variant has one record a currency. */
@Resource('/pricelists/:price_list_id/records', {
  version: 'v3',
  filters: recordFilters,
  key: 'variant_id',
  identity: ['currency'],
  addressing: 'filter',
  cursor: true,
  batch: { create: 1000, update: 1000, upsert: 1000 },
  includes: ['bulk_pricing_tiers', 'sku'],
  deleteFilters: ['currency', 'variant_id:in', 'sku:in'],
})
export class PriceListRecord extends Model<PriceListRecord, typeof recordFilters> {
  @Attribute({ readOnly: true }) calculated_price!: number;
  @Attribute(() => Date, { readOnly: true }) date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) date_modified!: Date | null;
  @Attribute({ readOnly: true }) product_id!: number;
  @Attribute({ readOnly: true }) price_list_id!: number;
  @Attribute() variant_id!: number;
  @Attribute() sku!: string;
  @Attribute() currency!: string;
  @Attribute() price!: number;
  @Attribute() sale_price!: number;
  @Attribute() retail_price!: number;
  @Attribute() map_price!: number;
  @Attribute() bulk_pricing_tiers!: Record<string, unknown>[];
}
