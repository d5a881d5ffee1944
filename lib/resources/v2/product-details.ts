import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';

const productConfigurableFieldFilters = {} as const;

/** A field that customers fill in for a product. */
@Resource('/products/:product_id/configurable_fields', {
  version: 'v2',
  filters: productConfigurableFieldFilters,
  operations: ['list', 'get', 'delete', 'deleteAll', 'count'],
})
export class ProductConfigurableField extends Model<ProductConfigurableField, V2Filters<typeof productConfigurableFieldFilters>> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  @Attribute(() => String, { readOnly: true }) readonly type!: string;
  @Attribute(() => String, { readOnly: true }) readonly allowed_file_types!: string;
  @Attribute(() => Number, { readOnly: true }) readonly max_size!: number;
  @Attribute(() => String, { readOnly: true }) readonly select_options!: string;
  @Attribute(() => Boolean, { readOnly: true }) readonly is_required!: boolean;
  @Attribute(() => Number, { readOnly: true }) readonly sort_order!: number;
}

const productCustomFieldFilters = {} as const;

const productCustomFieldRequired = ['name', 'text'] as const;

/** A custom field of a product: a name and a string. */
@Resource('/products/:product_id/custom_fields', {
  version: 'v2',
  filters: productCustomFieldFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  required: productCustomFieldRequired,
})
export class ProductCustomField extends Model<
  ProductCustomField,
  V2Filters<typeof productCustomFieldFilters>,
  unknown,
  typeof productCustomFieldRequired
> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  @Attribute(() => String) name!: string;
  @Attribute(() => String) text!: string;
}

const productDiscountRuleFilters = {} as const;

const productDiscountRuleRequired = ['min', 'type', 'type_value'] as const;

/** A bulk discount: a lower price from a certain quantity. */
@Resource('/products/:product_id/discount_rules', {
  version: 'v2',
  filters: productDiscountRuleFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  required: productDiscountRuleRequired,
})
export class ProductDiscountRule extends Model<
  ProductDiscountRule,
  V2Filters<typeof productDiscountRuleFilters>,
  unknown,
  typeof productDiscountRuleRequired
> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  @Attribute(() => Number) min!: number;
  @Attribute(() => Number) max!: number;
  @Attribute(() => String) type!: 'price' | 'percent' | 'fixed';
  @Attribute(() => String, { decimals: 4 }) type_value!: string;
}

const productReviewFilters = {} as const;

const productReviewRequired = ['author', 'rating', 'review', 'title'] as const;

/** A customer's review of a product. */
@Resource('/products/:product_id/reviews', {
  version: 'v2',
  filters: productReviewFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  required: productReviewRequired,
})
export class ProductReview extends Model<ProductReview, V2Filters<typeof productReviewFilters>, unknown, typeof productReviewRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  @Attribute(() => String) author!: string;
  @Attribute(() => Date) date_created!: Date | null;
  @Attribute(() => Number) rating!: number;
  @Attribute(() => String) review!: string;
  @Attribute(() => String) title!: string;
  @Attribute(() => Number) status!: number;
}

const productRuleFilters = {} as const;

/** A rule that changes a product when options are chosen. */
@Resource('/products/:product_id/rules', {
  version: 'v2',
  filters: productRuleFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
})
export class ProductRule extends Model<ProductRule, V2Filters<typeof productRuleFilters>> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
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

const productSkuRequired = ['sku'] as const;

/** A SKU of a product. */
@Resource('/products/:product_id/skus', {
  version: 'v2',
  filters: productSkuFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  required: productSkuRequired,
})
export class ProductSku extends Model<ProductSku, V2Filters<typeof productSkuFilters>, unknown, typeof productSkuRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  @Attribute(() => String, { unique: true }) sku!: string;
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
  @Attribute(() => String, { readOnly: true, setBy: 'price' }) readonly adjusted_price!: string;
  /** `null`: that of the product. */
  @Attribute(() => String) weight!: string | null;
  /** The weight with the rules of its options; read-only. */
  @Attribute(() => String, { readOnly: true, setBy: 'weight' }) readonly adjusted_weight!: string;
  @Attribute(() => Array) options!: Record<string, unknown>[];
}

const productVideoFilters = {} as const;

const productVideoRequired = ['id'] as const;

/** A video shown with a product. */
@Resource('/products/:product_id/videos', {
  version: 'v2',
  filters: productVideoFilters,
  operations: ['list', 'get', 'create', 'delete', 'deleteAll', 'count'],
  required: productVideoRequired,
})
export class ProductVideo extends Model<ProductVideo, V2Filters<typeof productVideoFilters>, unknown, typeof productVideoRequired> {
  @Attribute(() => String) id!: string;
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
}

const googleProductSearchMappingFilters = {} as const;

/** The mapping of a product to Google Product Search. */
@Resource('/products/:product_id/googleproductsearch', {
  version: 'v2',
  filters: googleProductSearchMappingFilters,
  key: 'product_id',
  operations: ['list', 'get'],
})
export class GoogleProductSearchMapping extends Model<GoogleProductSearchMapping, V2Filters<typeof googleProductSearchMappingFilters>> {
  @Attribute(() => Boolean, { readOnly: true }) readonly enabled!: boolean;
  @Attribute(() => String, { readOnly: true }) readonly product_id!: string;
  @Attribute(() => String, { readOnly: true }) readonly product_name!: string;
  @Attribute(() => String, { readOnly: true }) readonly category_id!: string;
  @Attribute(() => String, { readOnly: true }) readonly category_path!: string;
  @Attribute(() => Boolean, { readOnly: true }) readonly custom_item!: boolean;
  @Attribute(() => String, { readOnly: true }) readonly global_trade_item_number!: string;
  @Attribute(() => String, { readOnly: true }) readonly manufacturer_part_number!: string;
  @Attribute(() => String, { readOnly: true }) readonly gender!: string;
  @Attribute(() => String, { readOnly: true }) readonly age_group!: string;
  @Attribute(() => String, { readOnly: true }) readonly color!: string;
  @Attribute(() => String, { readOnly: true }) readonly size!: string;
  @Attribute(() => String, { readOnly: true }) readonly material!: string;
  @Attribute(() => String, { readOnly: true }) readonly pattern!: string;
  @Attribute(() => String, { readOnly: true }) readonly item_group_id!: string;
}
