import { BelongsTo } from '../../associations/belongs-to.js';
import { act, formOf, type Upload } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import { CategoryProductOrder } from './assignments.js';
import { CategoryMetafield } from './metafields.js';

const filters = {
  id: Number,
  'id:in': Number,
  'id:not_in': Number,
  'id:min': Number,
  'id:max': Number,
  'id:greater': Number,
  'id:less': Number,
  name: String,
  'name:like': String,
  parent_id: Number,
  'parent_id:in': Number,
  'parent_id:min': Number,
  'parent_id:max': Number,
  'parent_id:greater': Number,
  'parent_id:less': Number,
  page_title: String,
  'page_title:like': String,
  keyword: String,
  is_visible: Boolean,
} as const;

const categoryRequired = ['parent_id', 'name'] as const;

/** A category of the catalog. */
@Resource('/catalog/categories', {
  version: 'v3',
  filters,
  deleteFilters: [
    'id',
    'id:in',
    'id:not_in',
    'id:min',
    'id:max',
    'id:greater',
    'id:less',
    'name',
    'parent_id',
    'page_title',
    'keyword',
    'is_visible',
    'name:like',
    'parent_id:in',
    'parent_id:min',
    'parent_id:max',
    'parent_id:greater',
    'parent_id:less',
    'page_title:like',
  ],
  required: categoryRequired,
})
export class Category extends Model<Category, typeof filters, unknown, typeof categoryRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number) parent_id!: number;
  @Attribute(() => String) name!: string;
  @Attribute(() => String) description!: string;
  /** Accepted by POST and PUT (categories_catalog.v3.yml). */
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
  @Attribute(() => Object) custom_url!: Record<string, unknown>;
  @BelongsTo(() => Category, { key: 'parent_id' }) parent!: BelongsTo<Category>;
  @HasMany(() => CategoryMetafield) metafields!: HasMany<CategoryMetafield>;
  @HasMany(() => CategoryProductOrder) product_order!: HasMany<CategoryProductOrder>;

  /** Uploads the image of this category. */
  async uploadImage(file: Upload, options?: CallOptions): Promise<{ image_url: string }> {
    return act(this, 'POST', 'image', { body: formOf('image_file', file), ...options });
  }

  /** Deletes the image. */
  async deleteImage(options?: CallOptions): Promise<void> {
    await this.request('DELETE', 'image', options);
  }
}
