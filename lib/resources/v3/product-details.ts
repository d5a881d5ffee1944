import { act, formOf, type Upload } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { HasMany } from '../../relations/has-many.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';

const productVideoFilters = {} as const;

/** A video that is shown with a product. */
@Resource('/catalog/products/:product_id/videos', {
  version: 'v3',
  filters: productVideoFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
})
export class ProductVideo extends Model<ProductVideo, typeof productVideoFilters> {
  @Attribute() title!: string;
  @Attribute() description!: string;
  @Attribute() sort_order!: number;
  @Attribute() type!: 'youtube';
  @Attribute() video_id!: string;
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) product_id!: number;
  @Attribute({ readOnly: true }) length!: string;
}

const productReviewFilters = { status: Number } as const;

/** What a customer says of a product. */
@Resource('/catalog/products/:product_id/reviews', {
  version: 'v3',
  filters: productReviewFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  updateDemands: ['title', 'date_reviewed'],
})
export class ProductReview extends Model<ProductReview, typeof productReviewFilters> {
  @Attribute({ required: true }) title!: string;
  @Attribute() text!: string;
  @Attribute() status!: string;
  @Attribute() rating!: number;
  @Attribute() email!: string;
  @Attribute() name!: string;
  @Attribute(() => Date, { required: true }) date_reviewed!: Date | null;
  @Attribute({ readOnly: true }) id!: number;
  @Attribute(() => Date, { readOnly: true }) date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) date_modified!: Date | null;
}

const productComplexRuleFilters = {} as const;

/** What a choice of modifiers changes about a product. */
@Resource('/catalog/products/:product_id/complex-rules', {
  version: 'v3',
  filters: productComplexRuleFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
})
export class ProductComplexRule extends Model<ProductComplexRule, typeof productComplexRuleFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) product_id!: number;
  @Attribute() sort_order!: number;
  @Attribute() enabled!: boolean;
  @Attribute() stop!: boolean;
  @Attribute() purchasing_disabled!: boolean;
  @Attribute() purchasing_disabled_message!: string;
  @Attribute() purchasing_hidden!: boolean;
  @Attribute() image_url!: string;
  @Attribute({ decimals: { adjuster_value: 4 } }) price_adjuster!: Record<string, unknown>;
  @Attribute() weight_adjuster!: Record<string, unknown>;
  @Attribute() conditions!: Record<string, unknown>[];
}

const productBulkPricingRuleFilters = {} as const;

/** A lower price from some quantity on. */
@Resource('/catalog/products/:product_id/bulk-pricing-rules', {
  version: 'v3',
  filters: productBulkPricingRuleFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  updateDemands: ['quantity_min', 'quantity_max', 'type', 'amount'],
})
export class ProductBulkPricingRule extends Model<ProductBulkPricingRule, typeof productBulkPricingRuleFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ required: true }) quantity_min!: number;
  @Attribute({ required: true }) quantity_max!: number;
  @Attribute({ required: true }) type!: 'price' | 'percent' | 'fixed';
  @Attribute({ required: true, decimals: 4 }) amount!: Record<string, unknown>;
}

const productModifierFilters = {} as const;

/** A choice that changes a product without making a variant of it. */
@Resource('/catalog/products/:product_id/modifiers', {
  version: 'v3',
  filters: productModifierFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  updateDemands: ['type', 'required'],
})
export class ProductModifier extends Model<ProductModifier, typeof productModifierFilters> {
  @Attribute({ required: true }) type!:
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
  @Attribute({ required: true }) required!: boolean;
  @Attribute() sort_order!: number;
  @Attribute() config!: Record<string, unknown>;
  @Attribute({ required: true }) display_name!: string;
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) product_id!: number;
  @Attribute({ readOnly: true, setBy: 'display_name' }) name!: string;
  @HasMany(() => ProductModifierValue, { inline: true }) option_values!: HasMany<ProductModifierValue>;
}

const productModifierValueFilters = {} as const;

/** One of the values of a modifier. */
@Resource('/catalog/products/:product_id/modifiers/:modifier_id/values', {
  version: 'v3',
  filters: productModifierValueFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  updateDemands: ['label', 'sort_order'],
})
export class ProductModifierValue extends Model<ProductModifierValue, typeof productModifierValueFilters> {
  @Attribute() is_default!: boolean;
  @Attribute({ required: true }) label!: string;
  @Attribute({ required: true }) sort_order!: number;
  @Attribute() value_data!: Record<string, unknown>;
  @Attribute({ decimals: { adjuster_value: 4 } }) adjusters!: Record<string, unknown>;
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) option_id!: number;

  /** Sets the picture of this value. */
  async uploadImage(file: Upload, options?: CallOptions): Promise<{ image_url: string }> {
    return act(this, 'POST', 'image', { body: formOf('image_file', file), ...options });
  }
}
