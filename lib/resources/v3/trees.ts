import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import { noFilters } from '../no-filters.js';

/** A summary of the catalog. */
@Resource('/catalog/summary', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get'] })
export class CatalogSummary extends Model<CatalogSummary, typeof noFilters> {
  @Attribute(() => Number, { readOnly: true }) readonly inventory_count!: number;
  @Attribute(() => Number, { readOnly: true }) readonly inventory_value!: number;
  @Attribute(() => Number, { readOnly: true }) readonly primary_category_id!: number;
  @Attribute(() => String, { readOnly: true }) readonly primary_category_name!: string;
  @Attribute(() => Number, { readOnly: true }) readonly variant_count!: number;
  @Attribute(() => Number, { readOnly: true }) readonly highest_variant_price!: number;
  @Attribute(() => Number, { readOnly: true }) readonly average_variant_price!: number;
  @Attribute(() => String, { readOnly: true }) readonly lowest_variant_price!: string;
  @Attribute(() => String, { readOnly: true }) readonly oldest_variant_date!: string;
  @Attribute(() => String, { readOnly: true }) readonly newest_variant_date!: string;
}

const categoryTreeFilters = { 'id:in': Number, 'channel_id:in': Number } as const;

/** A tree of categories, shown on some channels. */
@Resource('/catalog/trees', {
  version: 'v3',
  filters: categoryTreeFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { update: 10, upsert: 10 },
  deleteFilters: ['id:in'],
})
export class CategoryTree extends Model<CategoryTree, typeof categoryTreeFilters> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String) name!: string;
  @Attribute(() => Array) channels!: number[];
  @HasMany(() => CategoryNode) categories!: HasMany<CategoryNode>;
}

const categoryNodeFilters = { depth: Number } as const;

/** A category with its subcategories, as a tree. */
@Resource('/catalog/trees/:tree_id/categories', { version: 'v3', filters: categoryNodeFilters, operations: ['list', 'count'] })
export class CategoryNode extends Model<CategoryNode, typeof categoryNodeFilters> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly parent_id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly depth!: number;
  @Attribute(() => Array, { readOnly: true }) readonly path!: number[];
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  @Attribute(() => Boolean, { readOnly: true }) readonly is_visible!: boolean;
  @Attribute(() => Array, { readOnly: true }) readonly children!: Record<string, unknown>[];
  @Attribute(() => String, { readOnly: true }) readonly url!: string;
}

const treeCategoryFilters = {
  'category_uuid:in': String,
  'category_uuid:not_in': String,
  'category_id:in': Number,
  'category_id:not_in': Number,
  'tree_id:in': Number,
  'tree_id:not_in': Number,
  'parent_id:in': Number,
  'parent_id:not_in': Number,
  page_title: String,
  'page_title:like': String,
  name: String,
  'name:like': String,
  keyword: String,
  is_visible: Boolean,
} as const;

/** A category of any tree. */
@Resource('/catalog/trees/categories', {
  version: 'v3',
  filters: treeCategoryFilters,
  key: 'category_id',
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10 },
  deleteFilters: ['category_uuid:in', 'category_id:in', 'tree_id:in', 'parent_id:in'],
  statuses: { create: 201, delete: 202 },
  responses: { update: 'none' },
})
export class TreeCategory extends Model<TreeCategory, typeof treeCategoryFilters> {
  @Attribute(() => String) name!: string;
  @Attribute(() => Number, { readOnly: true }) readonly category_id!: number;
  @Attribute(() => String, { readOnly: true }) readonly category_uuid!: string;
  @Attribute(() => Number) tree_id!: number;
  @Attribute(() => Number) parent_id!: number;
  @Attribute(() => String) description!: string;
  @Attribute(() => Number) views!: number;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => String) page_title!: string;
  @Attribute(() => Array) meta_keywords!: string[];
  @Attribute(() => String) meta_description!: string;
  @Attribute(() => String) layout_file!: string;
  @Attribute(() => String) image_url!: string;
  @Attribute(() => Boolean) is_visible!: boolean;
  @Attribute(() => String) search_keywords!: string;
  @Attribute(() => String) default_product_sort!:
    | 'use_store_settings'
    | 'featured'
    | 'newest'
    | 'best_selling'
    | 'alpha_asc'
    | 'alpha_desc'
    | 'avg_customer_review'
    | 'price_asc'
    | 'price_desc';
  @Attribute(() => Object) url!: Record<string, unknown>;
}
