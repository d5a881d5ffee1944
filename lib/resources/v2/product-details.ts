import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import type { Money, Open } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';

/** A field that shoppers fill in for a product. The API reads and deletes them only. */
@Resource('/products/:product_id/configurable_fields', {
  version: 'v2',
  filters: noFilters,
  operations: ['list', 'get', 'delete', 'deleteAll', 'count'],
})
export class ProductConfigurableField extends Model<ProductConfigurableField, V2Filters<typeof noFilters>> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The product it is filled in for. */
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  /** Shown to shoppers. */
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  /** What is filled in: `T` is a text; no document lists the others. */
  @Attribute(() => String, { readOnly: true }) readonly type!: Open<'T'>;
  /** For a file upload; empty for other types. */
  @Attribute(() => String, { readOnly: true }) readonly allowed_file_types!: string;
  /** For a file upload; 0 for other types. */
  @Attribute(() => Number, { readOnly: true }) readonly max_size!: number;
  /** For a select box; empty for other types. */
  @Attribute(() => String, { readOnly: true }) readonly select_options!: string;
  /** Whether a shopper must fill it in before buying. */
  @Attribute(() => Boolean, { readOnly: true }) readonly is_required!: boolean;
  /** Place on the product's page; lower comes first. */
  @Attribute(() => Number, { readOnly: true }) readonly sort_order!: number;
}

const productCustomFieldRequired = ['name', 'text'] as const;

/** A custom field of a product: a name and a text, whose pair is unique within the product. A product has up to 200. */
@Resource('/products/:product_id/custom_fields', {
  version: 'v2',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  alwaysSend: ['name', 'text'],
  required: productCustomFieldRequired,
})
export class ProductCustomField extends Model<ProductCustomField, V2Filters<typeof noFilters>, unknown, typeof productCustomFieldRequired> {
  /** Assigned by the store, counting up. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The product it describes. */
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  /** Shown on the storefront and in orders; 1 to 250 characters. Sent with every update, which requires it. */
  @Attribute(() => String) name!: string;
  /** The value; 1 to 250 characters. Sent with every update, which requires it. */
  @Attribute(() => String) text!: string;
}

const productDiscountRuleRequired = ['type', 'type_value'] as const;

/** A bulk discount: a lower price from a certain quantity. The quantities of the rules of a product must not overlap. */
@Resource('/products/:product_id/discount_rules', {
  version: 'v2',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  alwaysSend: ['type', 'type_value'],
  required: productDiscountRuleRequired,
})
export class ProductDiscountRule extends Model<
  ProductDiscountRule,
  V2Filters<typeof noFilters>,
  unknown,
  typeof productDiscountRuleRequired
> {
  /** Assigned by the store. A string, unlike the keys of other resources: so in the documentation's table and in all its samples. */
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  /** The product whose price it lowers. */
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  /** The least quantity, inclusive; not negative; 0: no lower bound. Unchanged if an update has neither `min` nor `max`. */
  @Attribute(() => Number) min!: number;
  /** The greatest quantity, inclusive; above `min`, or 0: no upper bound. */
  @Attribute(() => Number) max!: number;
  /** `price` takes an amount off, `percent` a percentage, `fixed` is the new price. Sent with every update, which requires it. */
  @Attribute(() => String) type!: Open<'price' | 'percent' | 'fixed'>;
  /** The amount, the percentage, or the price; all samples have a number. Sent with every update, which requires it. */
  @Attribute(() => String, { decimals: 4 }) type_value!: Money | number;
}

const productReviewRequired = ['author', 'rating', 'review', 'title'] as const;

/** A review of a product by a shopper. */
@Resource('/products/:product_id/reviews', {
  version: 'v2',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  required: productReviewRequired,
})
export class ProductReview extends Model<ProductReview, V2Filters<typeof noFilters>, unknown, typeof productReviewRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The product that is reviewed. */
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  /** Shown to shoppers. */
  @Attribute(() => String) author!: string;
  /** When it was written; default: now. */
  @Attribute(() => Date) date_created!: Date | null;
  /** Stars: 1 to 5, a whole number. */
  @Attribute(() => Number) rating!: number;
  /** The text, shown to shoppers. */
  @Attribute(() => String) review!: string;
  /** Shown to shoppers, above the text. */
  @Attribute(() => String) title!: string;
  /** 0 waits for approval, 1 is approved, 2 is disapproved; default 0. */
  @Attribute(() => Number) status!: 0 | 1 | 2;
}

const productVideoRequired = ['url'] as const;

/** A YouTube video shown with a product. */
@Resource('/products/:product_id/videos', {
  version: 'v2',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  required: productVideoRequired,
})
export class ProductVideo extends Model<ProductVideo, V2Filters<typeof noFilters>, unknown, typeof productVideoRequired> {
  /** YouTube's key of the video, from the URL: `4wZ3ZG_Wams`. Another `url` gives it another key. */
  @Attribute(() => String, { readOnly: true, setBy: 'url' }) readonly id!: string;
  /** The product it is shown with. */
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  /** Place on the product's page; lower comes first. */
  @Attribute(() => Number) sort_order!: number;
  /** Title shown with it; set in an update. */
  @Attribute(() => String) name!: string;
  /** The whole address on YouTube: `https://www.youtube.com/watch?v=4wZ3ZG_Wams`. Absent in the documented lists. */
  @Attribute(() => String) url!: string;
}

/** What Google Shopping is told about a product. Its attributes are those of the documentation of 2015 and of the official Ruby client. */
@Resource('/products/:product_id/googleproductsearch', {
  version: 'v2',
  filters: noFilters,
  key: 'product_id',
  operations: ['list', 'get'],
})
export class GoogleProductSearchMapping extends Model<GoogleProductSearchMapping, V2Filters<typeof noFilters>> {
  /** Whether Google is told about the product at all. */
  @Attribute(() => Boolean, { readOnly: true }) readonly enabled!: boolean;
  /** The product. */
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  /** Key of the category in Google's taxonomy. */
  @Attribute(() => Number, { readOnly: true }) readonly category_id!: number;
  /** The category in Google's taxonomy, with those above it. */
  @Attribute(() => String, { readOnly: true }) readonly google_shopping_product_category_path!: string;
  /** Whether it is a custom item. */
  @Attribute(() => Boolean, { readOnly: true }) readonly custom_item!: boolean;
  /** GTIN: the number on the bar code. */
  @Attribute(() => String, { readOnly: true }) readonly global_trade_item_number!: string;
  /** MPN: the number that the manufacturer gave it. */
  @Attribute(() => String, { readOnly: true }) readonly manufacturer_part_number!: string;
  /** For clothes: whom they are for. */
  @Attribute(() => String, { readOnly: true }) readonly gender!: string;
  /** For clothes: how old their wearer is. */
  @Attribute(() => String, { readOnly: true }) readonly age_group!: string;
  /** For clothes. */
  @Attribute(() => String, { readOnly: true }) readonly color!: string;
  /** For clothes. */
  @Attribute(() => String, { readOnly: true }) readonly size!: string;
  /** For clothes. */
  @Attribute(() => String, { readOnly: true }) readonly material!: string;
  /** For clothes. */
  @Attribute(() => String, { readOnly: true }) readonly pattern!: string;
}
