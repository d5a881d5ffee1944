/** What all filters of a context have. */
interface ContextualFilterBase {
  /** As `SearchFilter` and `AvailableSearchFilter` have it: base64, not a number. */
  id: string;
  /** The title above the filter. */
  display_name: string;
  /** Whether shoppers see it closed at first. */
  collapsed_by_default: boolean;
  /** Whether shoppers see it at all. */
  is_enabled: boolean;
}

/** What filters with a list of values have. */
interface CountedFilterBase extends ContextualFilterBase {
  /** Whether the number of products stands after each value. */
  display_product_count: boolean;
  /** How many values are shown at first. */
  items_to_show: 5 | 10 | 15;
}

/** A filter by an option or a custom field of products. */
export interface ContextualProductFilter extends CountedFilterBase {
  /** Tells this kind from the others. */
  type: 'product';
  /** The order of the values. */
  sort_by: 'alpha' | 'option_values' | 'item_count';
}

/** A filter by price: the shopper enters a range. */
export interface ContextualPriceFilter extends ContextualFilterBase {
  /** Tells this kind from the others. */
  type: 'price';
}

/** A filter by category. */
export interface ContextualCategoryFilter extends CountedFilterBase {
  /** Tells this kind from the others. */
  type: 'category';
}

/** A filter by brand. */
export interface ContextualBrandFilter extends CountedFilterBase {
  /** Tells this kind from the others. */
  type: 'brand';
  /** The order of the brands. */
  sort_by: 'alpha' | 'item_count';
}

/** A filter by the rating of the reviews. */
export interface ContextualRatingFilter extends ContextualFilterBase {
  /** Tells this kind from the others. */
  type: 'rating';
}

/** The filters for properties of products that are shown as one group. */
export interface ContextualOtherFilter extends ContextualFilterBase {
  /** Tells this kind from the others. */
  type: 'other';
  /** Whether the number of products stands after each value. */
  display_product_count: boolean;
  /** Whether shoppers can ask for products with free shipping. */
  show_free_shipping_filter: boolean;
  /** Whether shoppers can ask for products in stock. */
  show_in_stock_filter: boolean;
  /** Whether shoppers can ask for featured products. */
  show_is_featured_filter: boolean;
  /** Whether the number of products is shown. */
  show_product_count: boolean;
}

/** A filter of a channel or category; `type` tells which fields it has. */
export type ContextualFilter =
  | ContextualProductFilter
  | ContextualPriceFilter
  | ContextualCategoryFilter
  | ContextualBrandFilter
  | ContextualRatingFilter
  | ContextualOtherFilter;

/** What a set of filters is for. */
export interface SearchContext {
  /** The channel; the guide says that only the first one, 1, is supported. */
  channel_id: number;
  /** Left out for all pages of the channel. */
  category_id?: number;
}
