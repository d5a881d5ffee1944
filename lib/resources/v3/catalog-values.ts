import type { Open } from '../../schema/types.js';

/** Where a product is shown on the storefront. */
export interface ProductUrl {
  /** The path, 1 to 255 characters; made from the name of the product unless given. */
  url: string;
  /** Whether the path differs from the one made from the name. */
  is_customized?: boolean;
  /** Given with a new `url`, `true` adds a 301 redirect from the old one and points older redirects to the new one. */
  create_redirect?: boolean;
}

/** Where a brand is shown on the storefront. */
export interface BrandUrl {
  /** The path, 1 to 1024 characters: segments of 1 to 256 letters, digits, `.`, `-` and `_`, each after a `/`. */
  url: string;
  /** Whether the path differs from the one made from the name. */
  is_customized?: boolean;
}

/** Where a category is shown on the storefront. */
export interface CategoryUrl {
  /** The path, 1 to 255 characters; made from the name of the category unless given. */
  url: string;
  /** Whether the path differs from the one made from the name. */
  is_customized?: boolean;
}

/** Where a category of a tree is shown on the storefront. */
export interface TreeCategoryUrl {
  /** The path, 1 to 255 characters, `/bath/`; made from the name of the category unless given. */
  path: string;
  /** Whether the path differs from the one made from the name. */
  is_customized?: boolean;
}

/** Where an uploaded image can be seen. */
export interface ImageAddress {
  /** Its address. */
  readonly image_url: string;
}

/** The order of the products of a category, until the shopper chooses another. */
export type CategoryProductSort = Open<
  | 'use_store_settings'
  | 'featured'
  | 'newest'
  | 'best_selling'
  | 'alpha_asc'
  | 'alpha_desc'
  | 'avg_customer_review'
  | 'price_asc'
  | 'price_desc'
>;

/** The image of a product that is its thumbnail. Its files are written through the product's images. */
export interface ProductPrimaryImage {
  /** The key of the image. */
  readonly id: number;
  /** The product that it shows. */
  readonly product_id: number;
  /** `true`: it is the thumbnail. */
  readonly is_thumbnail: boolean;
  /** Its position among the images, the lowest first. */
  readonly sort_order: number;
  /** The text shown in place of the image. */
  readonly description: string;
  /** The path of the original file in the store. */
  readonly image_file: string;
  /** The address of the size for zooming, at most 1280 x 1280 pixels. */
  readonly url_zoom: string;
  /** The address of the size for product pages. */
  readonly url_standard: string;
  /** The address of the size for category pages and side panels. */
  readonly url_thumbnail: string;
  /** The address of the size for thumbnails below the product image. */
  readonly url_tiny: string;
  /** The time of the last change, ISO 8601. */
  readonly date_modified: string;
}

/** A product that has this one in a product list, as an option value. */
export interface ProductParentRelation {
  /** What kind of list it is. */
  readonly type: Open<'variant_option' | 'modifier'>;
  /** The product that has the list. */
  readonly product_id: number;
  /** The key of the variant option or modifier that is the list. */
  readonly attribute_id: number;
}

/** A value of an option, as one of those that define a variant. A new variant takes `id` and `option_id`, or the two names. */
export interface VariantOptionValue {
  /** The key of the option's value. */
  id: number;
  /** The value as shoppers see it; 1 to 255 characters. */
  label: string;
  /** The key of the option. */
  option_id: number;
  /** The option as shoppers see it; 1 to 255 characters. */
  option_display_name: string;
}

/** How an option or modifier behaves; which fields there are depends on its type. The store shows an empty array where there are none. */
export interface OptionConfig {
  /** What the field is filled with at first: text, or a date as ISO 8601 with its offset. For dates, texts and numbers. */
  default_value?: string;
  /** Whether a `checkbox` is checked at first. */
  checked_by_default?: boolean;
  /** The text beside a `checkbox`. */
  checkbox_label?: string;
  /** Whether a `date` has to lie within limits. */
  date_limited?: boolean;
  /** Which limits a `date` has. */
  date_limit_mode?: Open<'earliest' | 'range' | 'latest'>;
  /** The first `date` that can be chosen, ISO 8601 with its offset. */
  date_earliest_value?: string;
  /** The last `date` that can be chosen, ISO 8601 with its offset. */
  date_latest_value?: string;
  /** Whether a `file` may be of any type, or of `file_types_supported` only. */
  file_types_mode?: Open<'specific' | 'all'>;
  /** Groups of types for a `file`: `images`, `documents`, and `other` for those in `file_types_other`. */
  file_types_supported?: string[];
  /** Extensions that are allowed besides the groups: `pdf`. */
  file_types_other?: string[];
  /** The largest `file` in KB, at most 524,288. */
  file_max_size?: number;
  /** Whether the length of a `text` or `multi_line_text` is checked. */
  text_characters_limited?: boolean;
  /** The fewest characters of a text. */
  text_min_length?: number;
  /** The most characters of a text. */
  text_max_length?: number;
  /** Whether the lines of a `multi_line_text` are limited. */
  text_lines_limited?: boolean;
  /** The most lines of a `multi_line_text`. */
  text_max_lines?: number;
  /** Whether a number of `numbers_only_text` has to lie within limits. */
  number_limited?: boolean;
  /** Which limits a number has. */
  number_limit_mode?: Open<'lowest' | 'highest' | 'range'>;
  /** The lowest number, if `number_limited`. */
  number_lowest_value?: number;
  /** The highest number, if `number_limited`. */
  number_highest_value?: number;
  /** Whether a number has to be whole. */
  number_integers_only?: boolean;
  /** Whether a product chosen from a product list is taken from stock. */
  product_list_adjusts_inventory?: boolean;
  /** Whether the price of a product chosen from a product list is added. */
  product_list_adjusts_pricing?: boolean;
  /** What of a product chosen from a list counts for shipping: nothing, its weight, or its weight and size. */
  product_list_shipping_calc?: Open<'none' | 'weight' | 'package'>;
}

/** What an option's value stands for; which field there is depends on the type of the option. */
export interface OptionValueData {
  /** Up to three hexadecimal colours of a `swatch`: `['#123c91']`. */
  colors?: string[];
  /** The address of the pattern of a `swatch`, with its protocol, in place of colours. */
  image_url?: string;
  /** The product that a value of a product list stands for; required there. */
  product_id?: number;
  /** Whether this value of a `checkbox` means that it is checked; required there. */
  checked_value?: boolean;
}

/** By how much a modifier's value or a rule changes a price or a weight. */
export interface Adjuster {
  /** An amount to add, or a percentage of what there is; `null` for no change. */
  adjuster: Open<'relative' | 'percentage'> | null;
  /** The amount in the currency or unit of the store, or the percentage; negative to lower it; `null` with no `adjuster`. */
  adjuster_value: number | null;
}

/** What a modifier's value disables. */
export interface ModifierPurchasing {
  /** `true`: the product cannot be bought with this value. */
  status: boolean;
  /** What shoppers read instead. */
  message: string;
}

/** What a product becomes when shoppers choose a value of a modifier. */
export interface ModifierAdjusters {
  /** The change of the price; `null` for none. */
  price?: Adjuster | null;
  /** The change of the weight, for physical products; `null` for none. */
  weight?: Adjuster | null;
  /** The address of the image that is shown; files up to 8 MB. */
  image_url?: string;
  /** Whether the product can still be bought. */
  purchasing_disabled?: ModifierPurchasing;
}

/**
 * When a rule applies: a value of a modifier is chosen, or a variant. A new rule names several values, or a value and a variant. Rules of
 * the control panel and the V2 API may name other combinations.
 */
export interface ProductRuleCondition {
  /** The key of the condition. */
  readonly id: number | null;
  /** The key of the rule. */
  readonly rule_id: number | null;
  /** The modifier; `null` in the condition of a variant. */
  modifier_id: number | null;
  /** The value of the modifier, by its key; `null` in the condition of a variant. */
  modifier_value_id: number | null;
  /** The variant; `null` in the condition of a modifier. */
  variant_id: number | null;
  /** The key of the variant in the V2 API. */
  readonly combination_id: number;
}

/** A category below another, with those below it. */
export interface CategoryBranch {
  /** The key of the category. */
  readonly id: number;
  /** The category above it. */
  readonly parent_id: number;
  /** How many levels it is below the root. */
  readonly depth: number;
  /** The keys of the categories from the root to this one. */
  readonly path: readonly number[];
  /** The category as shoppers see it. */
  readonly name: string;
  /** Whether shoppers see it. */
  readonly is_visible: boolean;
  /** The categories below it; empty at the `depth` that was asked for. */
  readonly children: readonly CategoryBranch[];
  /** The path of its page, 1 to 255 characters. */
  readonly url: string;
}

/** A price that depends on the quantity of a variant in the cart. */
export interface PriceListTier {
  /** From how many items the tier applies. */
  quantity_min: number;
  /** Up to how many items it applies; `null` for no limit. */
  quantity_max: number | null;
  /** `price`: `amount` is taken off each; `percent`: so many per cent of it; `fixed`: `amount` is the price of each. */
  type: Open<'fixed' | 'price' | 'percent'>;
  /** What `type` says, in the currency of the record or per cent; four decimal places. */
  amount: number;
}
