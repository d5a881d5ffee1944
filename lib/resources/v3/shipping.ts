import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';

/** Codes by country: `{ CA: '508313', ALL: '501000' }`. The names are open, since each country may have one. */
export interface HarmonizedSystemCodes {
  [country: string]: string;
}

const customsInformationFilters = { 'product_id:in': Number } as const;

const customsInformationRequired = [
  'product_id',
  'country_of_origin',
  'commodity_description',
  'international_shipping',
  'hs_codes',
] as const;

/** What customs have to know of a product. One request creates and updates: all attributes are required. */
@Resource('/shipping/products/customs-information', {
  version: 'v3',
  filters: customsInformationFilters,
  key: 'product_id',
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { update: 50, upsert: 50 },
  deleteFilters: ['product_id:in'],
  required: customsInformationRequired,
  alwaysSend: customsInformationRequired,
})
export class CustomsInformation extends Model<
  CustomsInformation,
  typeof customsInformationFilters,
  unknown,
  typeof customsInformationRequired
> {
  /** The product that it is of; its key. */
  @Attribute(() => Number) product_id!: number;
  /** Two-letter code of the country that the product comes from, ISO 3166-1 alpha-2. */
  @Attribute(() => String) country_of_origin!: string;
  /** What is in the parcel, for customs; up to 100 characters. */
  @Attribute(() => String) commodity_description!: string;
  /** Whether the product is sent abroad. */
  @Attribute(() => Boolean) international_shipping!: boolean;
  /** Harmonized System codes by two-letter country code, `ALL` for all others: 6 to 14 letters and digits each. */
  @Attribute(() => Object) hs_codes!: HarmonizedSystemCodes;
  /** When it was created. */
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  /** When it was last changed. */
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
}
