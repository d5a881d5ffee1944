import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';
import type { OptionConfig, OptionValueData } from './catalog-values.js';

// By the text of POST and not by its schema: "Required Fields: display_name, type, option_values" (product-variant-options_catalog.v3.yml).
const productOptionRequired = ['display_name', 'type', 'option_values'] as const;

/** An option that defines variants of a product, such as the colour. */
@Resource('/catalog/products/:product_id/options', {
  version: 'v3',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  required: productOptionRequired,
})
export class ProductOption extends Model<ProductOption, typeof noFilters, unknown, typeof productOptionRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The product that it belongs to. */
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  /** Shown to shoppers, 1 to 255 characters. Required. */
  @Attribute(() => String) display_name!: string;
  /** How shoppers choose a value. Required. */
  @Attribute(() => String) type!: Open<
    'radio_buttons' | 'rectangles' | 'dropdown' | 'product_list' | 'product_list_with_images' | 'swatch'
  >;
  /** Behaviour, by type. */
  @Attribute(() => Object) config!: OptionConfig;
  /** Position on the product page, the lowest first. */
  @Attribute(() => Number) sort_order!: number;
  /** Made from `display_name`, the time and the product; unique. */
  @Attribute(() => String, { readOnly: true, setBy: 'display_name' }) readonly name!: string;
  /** Address of a public image. */
  @Attribute(() => String) image_url!: string;
  /** Values to choose from, at most 250. Required. */
  @HasMany(() => ProductOptionValue, { inline: true }) option_values!: HasMany<ProductOptionValue>;
}

const productOptionValueRequired = ['label', 'sort_order'] as const;

/** A value of an option. */
@Resource('/catalog/products/:product_id/options/:option_id/values', {
  version: 'v3',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  // By the body of PUT, like the values of modifiers.
  alwaysSend: ['label', 'sort_order'],
  required: productOptionValueRequired,
})
export class ProductOptionValue extends Model<ProductOptionValue, typeof noFilters, unknown, typeof productOptionValueRequired> {
  /** Whether it is chosen at first; not for a `swatch`. */
  @Attribute(() => Boolean) is_default!: boolean;
  /** Shown to shoppers. Required. */
  @Attribute(() => String) label!: string;
  /** Position among the values, the lowest first; -2,147,483,648 to 2,147,483,647. Required. */
  @Attribute(() => Number) sort_order!: number;
  /** What it stands for: colours of a `swatch`, a product of a list; `null` for other types. */
  @Attribute(() => Object) value_data!: OptionValueData | null;
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
}
