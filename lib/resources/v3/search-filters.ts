import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';

const searchFilterFilters = {} as const;

/** A search filter that shoppers can use. */
@Resource('/settings/search/filters', {
  version: 'v3',
  filters: searchFilterFilters,
  addressing: 'filter',
  operations: ['list', 'update', 'count'],
  batch: { update: 10 },
})
export class SearchFilter extends Model<SearchFilter, typeof searchFilterFilters> {
  @Attribute(() => Boolean) collapsed_by_default!: boolean;
  @Attribute(() => String) display_name!: string;
  @Attribute(() => Boolean) display_product_count!: boolean;
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  @Attribute(() => Boolean) is_enabled!: boolean;
  @Attribute(() => Number) items_to_show!: number;
  @Attribute(() => String) sort_by!: 'alpha' | 'item_count';
  @Attribute(() => String) type!: 'brand' | 'category' | 'price' | 'product' | 'rating' | 'other' | (string & {});
  @Attribute(() => Boolean) show_free_shipping_filter!: boolean;
  @Attribute(() => Boolean) show_in_stock_filter!: boolean;
  @Attribute(() => Boolean) show_is_featured_filter!: boolean;
  @Attribute(() => Boolean) show_product_count!: boolean;
}

const availableSearchFilterFilters = { channel_id: Number, category_id: Number } as const;

/** A search filter that can be enabled. */
@Resource('/settings/search/filters/available', { version: 'v3', filters: availableSearchFilterFilters, operations: ['list', 'count'] })
export class AvailableSearchFilter extends Model<AvailableSearchFilter, typeof availableSearchFilterFilters> {
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  @Attribute(() => Number, { readOnly: true }) readonly product_count!: number;
  @Attribute(() => String, { readOnly: true }) readonly type!:
    | 'brand'
    | 'category'
    | 'price'
    | 'product'
    | 'rating'
    | 'other'
    | (string & {});
  @Attribute(() => Number, { readOnly: true }) readonly price_range_max!: number;
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
  @Attribute(() => Object) context!: Record<string, unknown>;
  @Attribute(() => Array) data!: Record<string, unknown>[];
}
