import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';

const filters = {} as const;

/** An option of a product, from its option set. To change it, change the option set. */
@Resource('/products/:product_id/options', { version: 'v2', filters, operations: ['list', 'get'] })
export class ProductOption extends Model<ProductOption, V2Filters<typeof filters>> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number) option_id!: number;
  @Attribute(() => String) display_name!: string;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => Boolean) is_required!: boolean;
}
