import { act, formOf, type Upload } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { withParent } from '../../persistence/with-parent.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import type { CallOptions } from '../../transport/request.js';
import { noFilters } from '../no-filters.js';
import type { Adjuster, ImageAddress, ModifierAdjusters, OptionConfig, OptionValueData, ProductRuleCondition } from './catalog-values.js';

// By the text of POST and not by its schema: "Required Fields: video_id" (products_catalog.v3.yml).
const productVideoRequired = ['video_id'] as const;

/** A video shown with a product. */
@Resource('/catalog/products/:product_id/videos', {
  version: 'v3',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  // products_catalog.v3.yml: POST and PUT of a product, productVideo_Full.
  through: withParent({ create: true, update: 'merge' }),
  required: productVideoRequired,
})
export class ProductVideo extends Model<ProductVideo, typeof noFilters, unknown, typeof productVideoRequired> {
  /** Up to 255 characters. Default: the title on the host. */
  @Attribute(() => String) title!: string;
  /** Text beside the video. Default: the description on the host. */
  @Attribute(() => String) description!: string;
  /** Position among the videos, the lowest first; -2,147,483,648 to 2,147,483,647. Those at the new position and after it move on. */
  @Attribute(() => Number) sort_order!: number;
  /** The host. */
  @Attribute(() => String) type!: Open<'youtube'>;
  /** Key of the video on the host, up to 25 characters. Required. */
  @Attribute(() => String) video_id!: string;
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The product that it belongs to. */
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  /** Running time, as the host tells it: `01:12`. */
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
  /** Headline, up to 255 characters. Required, also in each update. */
  @Attribute(() => String) title!: string;
  /** What the customer wrote. */
  @Attribute(() => String) text!: string;
  /** Whether shoppers see it. */
  @Attribute(() => String) status!: Open<'approved' | 'disapproved' | 'pending'>;
  /** Stars, 0 to 5. */
  @Attribute(() => Number) rating!: number;
  /** Address of the reviewer; valid, or empty. */
  @Attribute(() => String) email!: string;
  /** Reviewer, up to 255 characters. */
  @Attribute(() => String) name!: string;
  /** When the customer wrote it. Required, also in each update. */
  @Attribute(() => Date) date_reviewed!: Date | null;
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** When it was created in the store. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** When it was last changed. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
}

// By the text of POST, and the 422 of a rule without them (docs/store-operations/catalog).
const productComplexRuleRequired = ['conditions'] as const;

/** A rule that changes a product when modifiers are chosen. */
@Resource('/catalog/products/:product_id/complex-rules', {
  version: 'v3',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  required: productComplexRuleRequired,
})
export class ProductComplexRule extends Model<ProductComplexRule, typeof noFilters, unknown, typeof productComplexRuleRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The product that it belongs to. */
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number | null;
  /** The rules are applied in this order; -2,147,483,648 to 2,147,483,647. */
  @Attribute(() => Number) sort_order!: number;
  /** Whether the rule is applied. */
  @Attribute(() => Boolean) enabled!: boolean;
  /** Whether no rule after this one is applied. */
  @Attribute(() => Boolean) stop!: boolean;
  /** Whether the product cannot be bought then. */
  @Attribute(() => Boolean) purchasing_disabled!: boolean;
  /** What shoppers read if it cannot be bought; up to 255 characters. */
  @Attribute(() => String) purchasing_disabled_message!: string;
  /** Whether the button to buy it is hidden then. */
  @Attribute(() => Boolean) purchasing_hidden!: boolean;
  /** Address of the image shown then; files up to 8 MB. */
  @Attribute(() => String) image_url!: string;
  /** Change of the price; `null` for none. */
  @Attribute(() => Object, { decimals: { adjuster_value: 4 } }) price_adjuster!: Adjuster | null;
  /** Change of the weight; `null` for none. */
  @Attribute(() => Object) weight_adjuster!: Adjuster | null;
  /** When the rule applies: at least two, values of different modifiers, or a value and a variant. Required. */
  @Attribute(() => Array) conditions!: ProductRuleCondition[];
}

const productBulkPricingRuleRequired = ['quantity_min', 'quantity_max', 'type', 'amount'] as const;

/** A bulk discount: a lower price from a certain quantity. */
@Resource('/catalog/products/:product_id/bulk-pricing-rules', {
  version: 'v3',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  alwaysSend: ['quantity_min', 'quantity_max', 'type', 'amount'],
  // products_catalog.v3.yml: POST and PUT of a product, bulkPricingRule_Full with an id.
  through: withParent({ create: true, update: 'merge' }),
  required: productBulkPricingRuleRequired,
})
export class ProductBulkPricingRule extends Model<
  ProductBulkPricingRule,
  typeof noFilters,
  unknown,
  typeof productBulkPricingRuleRequired
> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** From how many pieces the rule applies, at least 0; at least 2 if `type` is `fixed`. Required, also in each update. */
  @Attribute(() => Number) quantity_min!: number;
  /** Up to how many pieces it applies; above `quantity_min`, or 0 for no limit. Required, also in each update. */
  @Attribute(() => Number) quantity_max!: number;
  /** `price`: `amount` is taken off each; `percent`: that part of the price is; `fixed`: it is the price of each. Required, also in each update. */
  @Attribute(() => String) type!: Open<'price' | 'percent' | 'fixed'>;
  /** Number for `price` and `fixed`; for `percent` the hundredth part as a string: `".10"` for 10 %. Required, also in each update. */
  @Attribute(() => Number, { decimals: 4 }) amount!: string | number;
}

const productModifierRequired = ['type', 'required', 'display_name'] as const;

/** A modifier: an option that changes a product without defining a variant. */
@Resource('/catalog/products/:product_id/modifiers', {
  version: 'v3',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  alwaysSend: ['type', 'required'],
  required: productModifierRequired,
})
export class ProductModifier extends Model<ProductModifier, typeof noFilters, unknown, typeof productModifierRequired> {
  /** How shoppers give it: a field, or a choice of values. Required, also in each update. */
  @Attribute(() => String) type!: Open<
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
    | 'swatch'
  >;
  /** Whether shoppers have to give it. Required, also in each update. */
  @Attribute(() => Boolean) required!: boolean;
  /** Position on the product page, the lowest first. */
  @Attribute(() => Number) sort_order!: number;
  /** Behaviour, by type. Types that are a choice (`radio_buttons`, `rectangles`, `dropdown`, `swatch`) have none. */
  @Attribute(() => Object) config!: OptionConfig;
  /** Shown to shoppers. Required. */
  @Attribute(() => String) display_name!: string;
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The product that it belongs to. */
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  /** Made from `display_name`, the time and the product; unique. */
  @Attribute(() => String, { readOnly: true, setBy: 'display_name' }) readonly name!: string;
  /** Values to choose from. A `checkbox` takes none when it is created: update those that it gets. */
  @HasMany(() => ProductModifierValue, { inline: true }) option_values!: HasMany<ProductModifierValue>;
}

const productModifierValueRequired = ['label', 'sort_order'] as const;

/** A value of a modifier. */
@Resource('/catalog/products/:product_id/modifiers/:modifier_id/values', {
  version: 'v3',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  alwaysSend: ['label', 'sort_order'],
  required: productModifierValueRequired,
})
export class ProductModifierValue extends Model<ProductModifierValue, typeof noFilters, unknown, typeof productModifierValueRequired> {
  /** Whether it is chosen at first; not for a `swatch`. */
  @Attribute(() => Boolean) is_default!: boolean;
  /** Shown to shoppers. Required, also in each update. */
  @Attribute(() => String) label!: string;
  /** Position among the values, the lowest first; -2,147,483,648 to 2,147,483,647. Required, also in each update. */
  @Attribute(() => Number) sort_order!: number;
  /** What it stands for: colours, a product, a checked box; `null` for types that need nothing. */
  @Attribute(() => Object) value_data!: OptionValueData | null;
  /** What it changes of the product. */
  @Attribute(() => Object, { decimals: { adjuster_value: 4 } }) adjusters!: ModifierAdjusters;
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The modifier that it belongs to. */
  @Attribute(() => Number, { readOnly: true }) readonly option_id!: number;

  /** Uploads the image of this value. */
  async uploadImage(file: Upload, options?: CallOptions): Promise<ImageAddress> {
    return act(this, 'POST', 'image', { body: formOf('image_file', file), ...options });
  }
}
