import { BelongsTo } from '../../associations/belongs-to.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import { noFilters } from '../no-filters.js';
import { Option } from './catalog-options.js';

/** An option of a product, from its option set. To change it, change the option set. */
@Resource('/products/:product_id/options', { version: 'v2', filters: noFilters, operations: ['list', 'get'] })
export class ProductOption extends Model<ProductOption, V2Filters<typeof noFilters>> {
  /** Assigned by the store. SKUs and rules refer to it as `product_option_id`. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The option that the product offers. */
  @Attribute(() => Number, { readOnly: true }) readonly option_id!: number;
  /** Shown to shoppers. */
  @Attribute(() => String, { readOnly: true }) readonly display_name!: string;
  /** Place on the product's page; lower comes first. */
  @Attribute(() => Number, { readOnly: true }) readonly sort_order!: number;
  /** Whether a shopper must choose a value before buying. */
  @Attribute(() => Boolean, { readOnly: true }) readonly is_required!: boolean;
  /** The option that the product offers, with its values. */
  @BelongsTo(() => Option, { key: 'option_id' }) option!: BelongsTo<Option>;
}
