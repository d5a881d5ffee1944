import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';

const filters = {} as const;

const productOptionRequired = ['display_name', 'type'] as const;

/** An option that defines variants of a product, such as the colour. */
@Resource('/catalog/products/:product_id/options', {
  version: 'v3',
  filters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  required: productOptionRequired,
})
export class ProductOption extends Model<ProductOption, typeof filters, unknown, typeof productOptionRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  @Attribute(() => String) display_name!: string;
  @Attribute(() => String) type!: 'radio_buttons' | 'rectangles' | 'dropdown' | 'product_list' | 'product_list_with_images' | 'swatch';
  @Attribute(() => Object) config!: Record<string, unknown>;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => String) name!: string;
  @Attribute(() => String) image_url!: string;
  @HasMany(() => ProductOptionValue, { inline: true }) option_values!: HasMany<ProductOptionValue>;
}

const productOptionValueRequired = ['label', 'sort_order'] as const;

/** A value of an option. */
@Resource('/catalog/products/:product_id/options/:option_id/values', {
  version: 'v3',
  filters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  required: productOptionValueRequired,
})
export class ProductOptionValue extends Model<ProductOptionValue, typeof filters, unknown, typeof productOptionValueRequired> {
  @Attribute(() => Boolean) is_default!: boolean;
  @Attribute(() => String) label!: string;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => Object) value_data!: Record<string, unknown> | null;
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
}
