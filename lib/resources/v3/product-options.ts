import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';

const filters = {} as const;

/** An option that defines variants of a product, such as the colour. */
@Resource('/catalog/products/:product_id/options', {
  version: 'v3',
  filters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
})
export class ProductOption extends Model<ProductOption, typeof filters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => Number, { readOnly: true }) product_id!: number;
  @Attribute(() => String, { required: true }) display_name!: string;
  @Attribute(() => String, { required: true }) type!:
    | 'radio_buttons'
    | 'rectangles'
    | 'dropdown'
    | 'product_list'
    | 'product_list_with_images'
    | 'swatch';
  @Attribute(() => Object) config!: Record<string, unknown>;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => String) name!: string;
  @Attribute(() => String) image_url!: string;
  @HasMany(() => ProductOptionValue, { inline: true }) option_values!: HasMany<ProductOptionValue>;
}

/** A value of an option. */
@Resource('/catalog/products/:product_id/options/:option_id/values', {
  version: 'v3',
  filters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
})
export class ProductOptionValue extends Model<ProductOptionValue, typeof filters> {
  @Attribute(() => Boolean) is_default!: boolean;
  @Attribute(() => String, { required: true }) label!: string;
  @Attribute(() => Number, { required: true }) sort_order!: number;
  @Attribute(() => Object) value_data!: Record<string, unknown> | null;
  @Attribute(() => Number, { readOnly: true }) id!: number;
}
