import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';
import type { ContextualFilter, SearchContext } from './search-filter-values.js';

/** A filter of products that shoppers can use everywhere but in contexts that have their own: `SearchFilterContext`. */
@Resource('/settings/search/filters', {
  version: 'v3',
  filters: noFilters,
  addressing: 'filter',
  operations: ['list', 'update', 'count'],
  batch: { update: 10 },
})
export class SearchFilter extends Model<SearchFilter, typeof noFilters> {
  /** Whether shoppers see it closed at first. */
  @Attribute(() => Boolean) collapsed_by_default!: boolean;
  /** The title above the filter. */
  @Attribute(() => String) display_name!: string;
  /** Whether the number of products stands after each value. Not for prices and ratings. */
  @Attribute(() => Boolean) display_product_count!: boolean;
  /** Base64, not a number. */
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  /** Whether shoppers see it at all. */
  @Attribute(() => Boolean) is_enabled!: boolean;
  /** How many values are shown at first. For products, categories and brands. */
  @Attribute(() => Number) items_to_show!: 5 | 10 | 15;
  /** The order of the values. For products and brands; `option_values` for products only. */
  @Attribute(() => String) sort_by!: Open<'alpha' | 'option_values' | 'item_count'>;
  /** `product` filters by an option or a custom field, `other` is a group of properties. */
  @Attribute(() => String) type!: Open<'product' | 'price' | 'category' | 'brand' | 'rating' | 'other'>;
  /** Whether shoppers can ask for products with free shipping. For the type `other`. */
  @Attribute(() => Boolean) show_free_shipping_filter!: boolean;
  /** Whether shoppers can ask for products in stock. For the type `other`. */
  @Attribute(() => Boolean) show_in_stock_filter!: boolean;
  /** Whether shoppers can ask for featured products. For the type `other`. */
  @Attribute(() => Boolean) show_is_featured_filter!: boolean;
  /** Whether the number of products is shown. For the type `other`. */
  @Attribute(() => Boolean) show_product_count!: boolean;
}

const availableSearchFilterFilters = { channel_id: Number, category_id: Number } as const;

/** A search filter that can be enabled: the options, custom fields and other properties that products have. */
@Resource('/settings/search/filters/available', { version: 'v3', filters: availableSearchFilterFilters, operations: ['list', 'count'] })
export class AvailableSearchFilter extends Model<AvailableSearchFilter, typeof availableSearchFilterFilters> {
  /** Base64, not a number; the `id` of the filter once it is enabled. */
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  /** The name of the option, of the custom field, or of the property. */
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  /** How many products have such a value. Not for `price` and `other`. */
  @Attribute(() => Number, { readOnly: true }) readonly product_count!: number;
  /** `product` filters by an option or a custom field, `other` is a group of properties. */
  @Attribute(() => String, { readOnly: true }) readonly type!: Open<'category' | 'brand' | 'rating' | 'product' | 'price' | 'other'>;
  /** The highest price. For the type `price`. */
  @Attribute(() => Number, { readOnly: true }) readonly price_range_max!: number;
  /** The lowest price. For the type `price`. */
  @Attribute(() => Number, { readOnly: true }) readonly price_range_min!: number;
}

const searchFilterContextFilters = { channel_id: Number, category_id: Number } as const;

/** The search filters of one channel or category. */
@Resource('/settings/search/filters/contexts', {
  version: 'v3',
  filters: searchFilterContextFilters,
  key: 'channel_id',
  addressing: 'filter',
  operations: ['list', 'create', 'update', 'count'],
  batch: { update: 10, upsert: 10 },
})
export class SearchFilterContext extends Model<SearchFilterContext, typeof searchFilterContextFilters> {
  /** The channel and the category that have these filters. */
  @Attribute(() => Object) context!: SearchContext;
  /** In the order in which they are shown. Those that are left out are not shown. */
  @Attribute(() => Array) data!: ContextualFilter[];
}
