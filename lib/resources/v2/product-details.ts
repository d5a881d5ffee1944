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
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) product_id!: number;
  @Attribute({ readOnly: true }) name!: string;
  @Attribute({ readOnly: true }) type!: string;
  @Attribute({ readOnly: true }) allowed_file_types!: string;
  @Attribute({ readOnly: true }) max_size!: number;
  @Attribute({ readOnly: true }) select_options!: string;
  @Attribute({ readOnly: true }) is_required!: boolean;
  @Attribute({ readOnly: true }) sort_order!: number;
}

const productCustomFieldFilters = {} as const;

/** A name and a text that a shop shows with a product. */
@Resource('/products/:product_id/custom_fields', {
  version: 'v2',
  filters: productCustomFieldFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
})
export class ProductCustomField extends Model<ProductCustomField, typeof productCustomFieldFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) product_id!: number;
  @Attribute({ required: true }) name!: string;
  @Attribute({ required: true }) text!: string;
}

const productDiscountRuleFilters = {} as const;

/** A lower price from some quantity on. */
@Resource('/products/:product_id/discount_rules', {
  version: 'v2',
  filters: productDiscountRuleFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
})
export class ProductDiscountRule extends Model<ProductDiscountRule, typeof productDiscountRuleFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) product_id!: number;
  @Attribute({ required: true }) min!: number;
  @Attribute() max!: number;
  @Attribute({ required: true }) type!: 'price' | 'percent' | 'fixed';
  @Attribute({ required: true, decimals: 4 }) type_value!: string;
}

const productReviewFilters = {} as const;

/** What a customer says of a product. */
@Resource('/products/:product_id/reviews', {
  version: 'v2',
  filters: productReviewFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
})
export class ProductReview extends Model<ProductReview, typeof productReviewFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) product_id!: number;
  @Attribute({ required: true }) author!: string;
  @Attribute(() => Date) date_created!: Date | null;
  @Attribute({ required: true }) rating!: number;
  @Attribute({ required: true }) review!: string;
  @Attribute({ required: true }) title!: string;
  @Attribute() status!: number;
}

const productRuleFilters = {} as const;

/** What a choice of options changes about a product. */
@Resource('/products/:product_id/rules', {
  version: 'v2',
  filters: productRuleFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
})
export class ProductRule extends Model<ProductRule, typeof productRuleFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) product_id!: number;
  @Attribute() sort_order!: number;
  @Attribute() is_enabled!: boolean;
  @Attribute() is_stop!: boolean;
  @Attribute({ decimals: { adjuster_value: 4 } }) price_adjuster!: Record<string, unknown>;
  @Attribute() weight_adjuster!: Record<string, unknown>;
  @Attribute() is_purchasing_disabled!: boolean;
  @Attribute() purchasing_disabled_message!: string;
  @Attribute() is_purchasing_hidden!: boolean;
  @Attribute() image_file!: string;
  @Attribute() conditions!: Record<string, unknown>[];
}

const productSkuFilters = { sku: String, upc: String } as const;

/** A buyable form of a product with a stock code of its own. */
@Resource('/products/:product_id/skus', {
  version: 'v2',
  filters: productSkuFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
})
export class ProductSku extends Model<ProductSku, typeof productSkuFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) product_id!: number;
  @Attribute({ required: true, unique: true }) sku!: string;
  @Attribute({ decimals: 4 }) cost_price!: string;
  @Attribute() upc!: string;
  @Attribute() inventory_level!: number;
  @Attribute() inventory_warning_level!: number;
  @Attribute() bin_picking_number!: string;
  @Attribute() is_purchasing_disabled!: boolean;
  @Attribute() purchasing_disabled_message!: string;
  @Attribute() image_file!: string;
  @Attribute({ decimals: 4 }) price!: string;
  @Attribute() weight!: string;
  @Attribute() options!: Record<string, unknown>[];
}

const productVideoFilters = {} as const;

/** A video that is shown with a product. */
@Resource('/products/:product_id/videos', {
  version: 'v2',
  filters: productVideoFilters,
  operations: ['list', 'get', 'create', 'delete', 'deleteAll', 'count'],
})
export class ProductVideo extends Model<ProductVideo, typeof productVideoFilters> {
  @Attribute({ required: true }) id!: string;
  @Attribute({ readOnly: true }) product_id!: number;
  @Attribute() sort_order!: number;
  @Attribute({ readOnly: true }) name!: string;
}

const googleProductSearchMappingFilters = {} as const;

/** How a product is told to Google. */
@Resource('/products/:product_id/googleproductsearch', {
  version: 'v2',
  filters: googleProductSearchMappingFilters,
  key: 'product_id',
  operations: ['list', 'get'],
})
export class GoogleProductSearchMapping extends Model<GoogleProductSearchMapping, typeof googleProductSearchMappingFilters> {
  @Attribute({ readOnly: true }) enabled!: boolean;
  @Attribute({ readOnly: true }) product_id!: string;
  @Attribute({ readOnly: true }) product_name!: string;
  @Attribute({ readOnly: true }) category_id!: string;
  @Attribute({ readOnly: true }) category_path!: string;
  @Attribute({ readOnly: true }) custom_item!: boolean;
  @Attribute({ readOnly: true }) global_trade_item_number!: string;
  @Attribute({ readOnly: true }) manufacturer_part_number!: string;
  @Attribute({ readOnly: true }) gender!: string;
  @Attribute({ readOnly: true }) age_group!: string;
  @Attribute({ readOnly: true }) color!: string;
  @Attribute({ readOnly: true }) size!: string;
  @Attribute({ readOnly: true }) material!: string;
  @Attribute({ readOnly: true }) pattern!: string;
  @Attribute({ readOnly: true }) item_group_id!: string;
}
