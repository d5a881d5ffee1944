import { act, formOf, type Upload } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { throughParent } from '../../persistence/through-parent.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';

const productVideoFilters = {} as const;

/** A video shown with a product. */
@Resource('/catalog/products/:product_id/videos', {
  version: 'v3',
  filters: productVideoFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  // products_catalog.v3.yml: POST and PUT of a product, productVideo_Full.
  through: throughParent({ create: true, update: 'merge' }),
})
export class ProductVideo extends Model<ProductVideo, typeof productVideoFilters> {
  @Attribute(() => String) title!: string;
  @Attribute(() => String) description!: string;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => String) type!: 'youtube';
  @Attribute(() => String) video_id!: string;
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  @Attribute(() => String, { readOnly: true }) readonly length!: string;
}

const productReviewFilters = { status: Number } as const;

const productReviewRequired = ['title', 'date_reviewed'] as const;

/** A customer's review of a product. */
@Resource('/catalog/products/:product_id/reviews', {
  version: 'v3',
  filters: productReviewFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  alwaysSend: ['title', 'date_reviewed'],
  required: productReviewRequired,
})
export class ProductReview extends Model<ProductReview, typeof productReviewFilters, unknown, typeof productReviewRequired> {
  @Attribute(() => String) title!: string;
  @Attribute(() => String) text!: string;
  @Attribute(() => String) status!: string;
  @Attribute(() => Number) rating!: number;
  @Attribute(() => String) email!: string;
  @Attribute(() => String) name!: string;
  @Attribute(() => Date) date_reviewed!: Date | null;
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
}

const productComplexRuleFilters = {} as const;

/** A rule that changes a product when modifiers are chosen. */
@Resource('/catalog/products/:product_id/complex-rules', {
  version: 'v3',
  filters: productComplexRuleFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
})
export class ProductComplexRule extends Model<ProductComplexRule, typeof productComplexRuleFilters> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => Boolean) enabled!: boolean;
  @Attribute(() => Boolean) stop!: boolean;
  @Attribute(() => Boolean) purchasing_disabled!: boolean;
  @Attribute(() => String) purchasing_disabled_message!: string;
  @Attribute(() => Boolean) purchasing_hidden!: boolean;
  @Attribute(() => String) image_url!: string;
  @Attribute(() => Object, { decimals: { adjuster_value: 4 } }) price_adjuster!: Record<string, unknown>;
  @Attribute(() => Object) weight_adjuster!: Record<string, unknown>;
  @Attribute(() => Array) conditions!: Record<string, unknown>[];
}

const productBulkPricingRuleFilters = {} as const;

const productBulkPricingRuleRequired = ['quantity_min', 'quantity_max', 'type', 'amount'] as const;

/** A bulk discount: a lower price from a certain quantity. */
@Resource('/catalog/products/:product_id/bulk-pricing-rules', {
  version: 'v3',
  filters: productBulkPricingRuleFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  alwaysSend: ['quantity_min', 'quantity_max', 'type', 'amount'],
  // products_catalog.v3.yml: POST and PUT of a product, bulkPricingRule_Full with an id.
  through: throughParent({ create: true, update: 'merge' }),
  required: productBulkPricingRuleRequired,
})
export class ProductBulkPricingRule extends Model<
  ProductBulkPricingRule,
  typeof productBulkPricingRuleFilters,
  unknown,
  typeof productBulkPricingRuleRequired
> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number) quantity_min!: number;
  @Attribute(() => Number) quantity_max!: number;
  @Attribute(() => String) type!: 'price' | 'percent' | 'fixed';
  @Attribute(() => Number, { decimals: 4 }) amount!: string | number;
}

const productModifierFilters = {} as const;

const productModifierRequired = ['type', 'required', 'display_name'] as const;

/** A modifier: an option that changes a product without defining a variant. */
@Resource('/catalog/products/:product_id/modifiers', {
  version: 'v3',
  filters: productModifierFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  alwaysSend: ['type', 'required'],
  required: productModifierRequired,
})
export class ProductModifier extends Model<ProductModifier, typeof productModifierFilters, unknown, typeof productModifierRequired> {
  @Attribute(() => String) type!:
    | 'date'
    | 'checkbox'
    | 'file'
    | 'text'
    | 'multi_line_text'
    | 'numbers_only_text'
    | 'radio_buttons'
    | 'rectangles'
    | 'dropdown'
    | 'product_list'
    | 'product_list_with_images'
    | 'swatch';
  @Attribute(() => Boolean) required!: boolean;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => Object) config!: Record<string, unknown>;
  @Attribute(() => String) display_name!: string;
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  @Attribute(() => String, { readOnly: true, setBy: 'display_name' }) readonly name!: string;
  @HasMany(() => ProductModifierValue, { inline: true }) option_values!: HasMany<ProductModifierValue>;
}

const productModifierValueFilters = {} as const;

const productModifierValueRequired = ['label', 'sort_order'] as const;

/** A value of a modifier. */
@Resource('/catalog/products/:product_id/modifiers/:modifier_id/values', {
  version: 'v3',
  filters: productModifierValueFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  alwaysSend: ['label', 'sort_order'],
  required: productModifierValueRequired,
})
export class ProductModifierValue extends Model<
  ProductModifierValue,
  typeof productModifierValueFilters,
  unknown,
  typeof productModifierValueRequired
> {
  @Attribute(() => Boolean) is_default!: boolean;
  @Attribute(() => String) label!: string;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => Object) value_data!: Record<string, unknown>;
  @Attribute(() => Object, { decimals: { adjuster_value: 4 } }) adjusters!: Record<string, unknown>;
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly option_id!: number;

  /** Uploads the image of this value. */
  async uploadImage(file: Upload, options?: CallOptions): Promise<{ image_url: string }> {
    return act(this, 'POST', 'image', { body: formOf('image_file', file), ...options });
  }
}
