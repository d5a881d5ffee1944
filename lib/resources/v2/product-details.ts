import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';

const productConfigurableFieldFilters = {} as const;

/** A field that customers fill in for a product. */
@Resource('/products/:product_id/configurable_fields', {
  version: 'v2',
  filters: productConfigurableFieldFilters,
  operations: ['list', 'get', 'delete', 'deleteAll', 'count'],
})
export class ProductConfigurableField extends Model<ProductConfigurableField, typeof productConfigurableFieldFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => Number, { readOnly: true }) product_id!: number;
  @Attribute(() => String, { readOnly: true }) name!: string;
  @Attribute(() => String, { readOnly: true }) type!: string;
  @Attribute(() => String, { readOnly: true }) allowed_file_types!: string;
  @Attribute(() => Number, { readOnly: true }) max_size!: number;
  @Attribute(() => String, { readOnly: true }) select_options!: string;
  @Attribute(() => Boolean, { readOnly: true }) is_required!: boolean;
  @Attribute(() => Number, { readOnly: true }) sort_order!: number;
}

const productCustomFieldFilters = {} as const;

/** A custom field of a product: a name and a string. */
@Resource('/products/:product_id/custom_fields', {
  version: 'v2',
  filters: productCustomFieldFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
})
export class ProductCustomField extends Model<ProductCustomField, typeof productCustomFieldFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => Number, { readOnly: true }) product_id!: number;
  @Attribute(() => String, { required: true }) name!: string;
  @Attribute(() => String, { required: true }) text!: string;
}

const productDiscountRuleFilters = {} as const;

/** A bulk discount: a lower price from a certain quantity. */
@Resource('/products/:product_id/discount_rules', {
  version: 'v2',
  filters: productDiscountRuleFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
})
export class ProductDiscountRule extends Model<ProductDiscountRule, typeof productDiscountRuleFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => Number, { readOnly: true }) product_id!: number;
  @Attribute(() => Number, { required: true }) min!: number;
  @Attribute(() => Number) max!: number;
  @Attribute(() => String, { required: true }) type!: 'price' | 'percent' | 'fixed';
  @Attribute(() => String, { required: true, decimals: 4 }) type_value!: string;
}

const productReviewFilters = {} as const;

/** A customer's review of a product. */
@Resource('/products/:product_id/reviews', {
  version: 'v2',
  filters: productReviewFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
})
export class ProductReview extends Model<ProductReview, typeof productReviewFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => Number, { readOnly: true }) product_id!: number;
  @Attribute(() => String, { required: true }) author!: string;
  @Attribute(() => Date) date_created!: Date | null;
  @Attribute(() => Number, { required: true }) rating!: number;
  @Attribute(() => String, { required: true }) review!: string;
  @Attribute(() => String, { required: true }) title!: string;
  @Attribute(() => Number) status!: number;
}

const productRuleFilters = {} as const;

/** A rule that changes a product when options are chosen. */
@Resource('/products/:product_id/rules', {
  version: 'v2',
  filters: productRuleFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
})
export class ProductRule extends Model<ProductRule, typeof productRuleFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => Number, { readOnly: true }) product_id!: number;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => Boolean) is_enabled!: boolean;
  @Attribute(() => Boolean) is_stop!: boolean;
  @Attribute(() => Object, { decimals: { adjuster_value: 4 } }) price_adjuster!: Record<string, unknown> | null;
  @Attribute(() => Object) weight_adjuster!: Record<string, unknown> | null;
  @Attribute(() => Boolean) is_purchasing_disabled!: boolean;
  @Attribute(() => String) purchasing_disabled_message!: string;
  @Attribute(() => Boolean) is_purchasing_hidden!: boolean;
  @Attribute(() => String) image_file!: string;
  @Attribute(() => Array) conditions!: Record<string, unknown>[];
}

const productSkuFilters = { sku: String, upc: String } as const;

/** A SKU of a product. */
@Resource('/products/:product_id/skus', {
  version: 'v2',
  filters: productSkuFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
})
export class ProductSku extends Model<ProductSku, typeof productSkuFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => Number, { readOnly: true }) product_id!: number;
  @Attribute(() => String, { required: true, unique: true }) sku!: string;
  @Attribute(() => String, { decimals: 4 }) cost_price!: string;
  @Attribute(() => String) upc!: string;
  @Attribute(() => Number) inventory_level!: number;
  @Attribute(() => Number) inventory_warning_level!: number;
  @Attribute(() => String) bin_picking_number!: string;
  @Attribute(() => Boolean) is_purchasing_disabled!: boolean;
  @Attribute(() => String) purchasing_disabled_message!: string;
  @Attribute(() => String) image_file!: string;
  /** `null`: that of the product. */
  @Attribute(() => String, { decimals: 4 }) price!: string | null;
  /** The price with the rules of its options; read-only. */
  @Attribute(() => String, { readOnly: true, setBy: 'price' }) adjusted_price!: string;
  /** `null`: that of the product. */
  @Attribute(() => String) weight!: string | null;
  /** The weight with the rules of its options; read-only. */
  @Attribute(() => String, { readOnly: true, setBy: 'weight' }) adjusted_weight!: string;
  @Attribute(() => Array) options!: Record<string, unknown>[];
}

const productVideoFilters = {} as const;

/** A video shown with a product. */
@Resource('/products/:product_id/videos', {
  version: 'v2',
  filters: productVideoFilters,
  operations: ['list', 'get', 'create', 'delete', 'deleteAll', 'count'],
})
export class ProductVideo extends Model<ProductVideo, typeof productVideoFilters> {
  @Attribute(() => String, { required: true }) id!: string;
  @Attribute(() => Number, { readOnly: true }) product_id!: number;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => String, { readOnly: true }) name!: string;
}

const googleProductSearchMappingFilters = {} as const;

/** The mapping of a product to Google Product Search. */
@Resource('/products/:product_id/googleproductsearch', {
  version: 'v2',
  filters: googleProductSearchMappingFilters,
  key: 'product_id',
  operations: ['list', 'get'],
})
export class GoogleProductSearchMapping extends Model<GoogleProductSearchMapping, typeof googleProductSearchMappingFilters> {
  @Attribute(() => Boolean, { readOnly: true }) enabled!: boolean;
  @Attribute(() => String, { readOnly: true }) product_id!: string;
  @Attribute(() => String, { readOnly: true }) product_name!: string;
  @Attribute(() => String, { readOnly: true }) category_id!: string;
  @Attribute(() => String, { readOnly: true }) category_path!: string;
  @Attribute(() => Boolean, { readOnly: true }) custom_item!: boolean;
  @Attribute(() => String, { readOnly: true }) global_trade_item_number!: string;
  @Attribute(() => String, { readOnly: true }) manufacturer_part_number!: string;
  @Attribute(() => String, { readOnly: true }) gender!: string;
  @Attribute(() => String, { readOnly: true }) age_group!: string;
  @Attribute(() => String, { readOnly: true }) color!: string;
  @Attribute(() => String, { readOnly: true }) size!: string;
  @Attribute(() => String, { readOnly: true }) material!: string;
  @Attribute(() => String, { readOnly: true }) pattern!: string;
  @Attribute(() => String, { readOnly: true }) item_group_id!: string;
}
