import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import { noFilters } from '../no-filters.js';
import type { CategoryBranch, CategoryProductSort, TreeCategoryUrl } from './catalog-values.js';

/** A summary of the catalog. */
@Resource('/catalog/summary', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get'] })
export class CatalogSummary extends Model<CatalogSummary, typeof noFilters> {
  /** Pieces in stock, of all variants. */
  @Attribute(() => Number, { readOnly: true }) readonly inventory_count!: number;
  /** Value of the stock, in the currency of the store. */
  @Attribute(() => Number, { readOnly: true }) readonly inventory_value!: number;
  /** The category with the most products. */
  @Attribute(() => Number, { readOnly: true }) readonly primary_category_id!: number;
  /** The name of that category. */
  @Attribute(() => String, { readOnly: true }) readonly primary_category_name!: string;
  /** How many variants there are. */
  @Attribute(() => Number, { readOnly: true }) readonly variant_count!: number;
  /** In the currency of the store. */
  @Attribute(() => Number, { readOnly: true }) readonly highest_variant_price!: number;
  /** In the currency of the store, not rounded. */
  @Attribute(() => Number, { readOnly: true }) readonly average_variant_price!: number;
  /** A string, unlike the other prices. */
  @Attribute(() => String, { readOnly: true }) readonly lowest_variant_price!: string;
  /** When the first variant was created. */
  @Attribute(() => Date, { readOnly: true }) readonly oldest_variant_date!: Date | null;
  /** When the last variant was created. */
  @Attribute(() => Date, { readOnly: true }) readonly newest_variant_date!: Date | null;
}

const categoryTreeFilters = { 'id:in': Number, 'channel_id:in': Number } as const;

// By the text of PUT, which creates as well: the name and the channel "required to create" (category-trees_catalog.v3.yml).
const categoryTreeRequired = ['name', 'channels'] as const;

/** A tree of categories, shown on a channel. */
@Resource('/catalog/trees', {
  version: 'v3',
  filters: categoryTreeFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  // The limit is in the text of PUT (category-trees_catalog.v3.yml, PUT /catalog/trees).
  batch: { update: 50, upsert: 50 },
  deleteFilters: ['id:in'],
  required: categoryTreeRequired,
})
export class CategoryTree extends Model<CategoryTree, typeof categoryTreeFilters, unknown, typeof categoryTreeRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** 1 to 255 characters. Required. */
  @Attribute(() => String) name!: string;
  /** The one channel that shows it. Required; fixed once it is created: an update must not have it. */
  @Attribute(() => Array) channels!: number[];
  /** Its top categories, with those below them. */
  @HasMany(() => CategoryNode) categories!: HasMany<CategoryNode>;
}

const categoryNodeFilters = { depth: Number } as const;

/** A category with its subcategories, as a tree. */
@Resource('/catalog/trees/:tree_id/categories', { version: 'v3', filters: categoryNodeFilters, operations: ['list', 'count'] })
export class CategoryNode extends Model<CategoryNode, typeof categoryNodeFilters> {
  /** The key of the category. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The category above it; 0 for a top category. */
  @Attribute(() => Number, { readOnly: true }) readonly parent_id!: number;
  /** How many levels it is below the root. As a filter: how many levels to read. */
  @Attribute(() => Number, { readOnly: true }) readonly depth!: number;
  /** The keys of the categories from the root to this one. */
  @Attribute(() => Array, { readOnly: true }) readonly path!: readonly number[];
  /** Shown to shoppers. */
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  /** Whether shoppers see it. */
  @Attribute(() => Boolean, { readOnly: true }) readonly is_visible!: boolean;
  /** The categories below it. */
  @Attribute(() => Array, { readOnly: true }) readonly children!: readonly CategoryBranch[];
  /** The path of its page, 1 to 255 characters. */
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

// By the text of POST (category-trees_catalog.v3.yml, POST /catalog/trees/categories).
const treeCategoryRequired = ['name', ['tree_id', 'parent_id']] as const;

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
  required: treeCategoryRequired,
  responses: { update: 'none' },
})
export class TreeCategory extends Model<TreeCategory, typeof treeCategoryFilters, unknown, typeof treeCategoryRequired> {
  /** Shown to shoppers, 1 to 50 characters; unique below its parent. A store has at most 16,000 categories. Required. */
  @Attribute(() => String) name!: string;
  /** Assigned by the store; the same as the `id` of a Category. */
  @Attribute(() => Number, { readOnly: true }) readonly category_id!: number;
  /** Assigned by the store as well. */
  @Attribute(() => String, { readOnly: true }) readonly category_uuid!: string;
  /** The tree that it is in. Required for a top category. */
  @Attribute(() => Number) tree_id!: number;
  /** The category above it; 0 for a top category. At most 8 levels. Required without a `tree_id`. */
  @Attribute(() => Number) parent_id!: number;
  /** Text of its page; may be HTML; up to 65,535 characters. */
  @Attribute(() => String) description!: string;
  /** How often it was viewed; writable. */
  @Attribute(() => Number) views!: number;
  /** Position in menus and pages, the lowest first; -2,147,483,648 to 2,147,483,647. */
  @Attribute(() => Number) sort_order!: number;
  /** Title of its page, up to 255 characters. Default: `name`. */
  @Attribute(() => String) page_title!: string;
  /** Keywords in the head of the page. Default: those of the store. */
  @Attribute(() => Array) meta_keywords!: string[];
  /** Description in the head of the page, up to 65,535 characters. Default: that of the store. */
  @Attribute(() => String) meta_description!: string;
  /** Template of its page: `category.html`; writable with a Blueprint theme only. For Stencil there is CustomTemplateAssociation. */
  @Attribute(() => String) layout_file!: string;
  /** Address of its image, with its protocol; empty for none. */
  @Attribute(() => String) image_url!: string;
  /** Whether shoppers see it. */
  @Attribute(() => Boolean) is_visible!: boolean;
  /** Words that find it in the search of the store, separated by commas; up to 255 characters. */
  @Attribute(() => String) search_keywords!: string;
  /** Order of its products, until the shopper chooses another. */
  @Attribute(() => String) default_product_sort!: CategoryProductSort;
  /** Where it is shown. Default: made from `name`. */
  @Attribute(() => Object) url!: TreeCategoryUrl;
}
