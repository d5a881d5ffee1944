import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';

const customsInformationFilters = { 'product_id:in': Number } as const;

/** Customs information of a product. */
@Resource('/shipping/products/customs-information', {
  version: 'v3',
  filters: customsInformationFilters,
  key: 'product_id',
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { update: 10, upsert: 10 },
  deleteFilters: ['product_id:in'],
})
export class CustomsInformation extends Model<CustomsInformation, typeof customsInformationFilters> {
  @Attribute(() => Number) product_id!: number;
  @Attribute(() => String) country_of_origin!: string;
  @Attribute(() => String) commodity_description!: string;
  @Attribute(() => Boolean) international_shipping!: boolean;
  @Attribute(() => Object) hs_codes!: Record<string, unknown>;
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
}
