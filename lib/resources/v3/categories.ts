import { BelongsTo } from '../../associations/belongs-to.js';
import { act, formOf, type Upload } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import { CategoryProductOrder } from './assignments.js';
import type { CategoryProductSort, CategoryUrl, ImageAddress } from './catalog-values.js';
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
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The category above it; 0 for a top category. At most 8 levels. Required. */
  @Attribute(() => Number) parent_id!: number;
  /** Shown to shoppers, 1 to 50 characters; unique below its parent. A store has at most 16,000 categories. Required. */
  @Attribute(() => String) name!: string;
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
  /** Address of its image, with an extension such as `.jpg`. A file is sent with `uploadImage`. */
  @Attribute(() => String) image_url!: string;
  /** Whether shoppers see it. */
  @Attribute(() => Boolean) is_visible!: boolean;
  /** Words that find it in the search of the store, separated by commas; up to 255 characters. */
  @Attribute(() => String) search_keywords!: string;
  /** Order of its products, until the shopper chooses another. */
  @Attribute(() => String) default_product_sort!: CategoryProductSort;
  /** Where it is shown. Default: made from `name`. */
  @Attribute(() => Object) custom_url!: CategoryUrl;
  /** The category above it. */
  @BelongsTo(() => Category, { key: 'parent_id' }) parent!: BelongsTo<Category>;
  /** At most 250 for each app. */
  @HasMany(() => CategoryMetafield) metafields!: HasMany<CategoryMetafield>;
  /** Positions of its products. */
  @HasMany(() => CategoryProductOrder) product_order!: HasMany<CategoryProductOrder>;

  /** Uploads the image of this category. */
  async uploadImage(file: Upload, options?: CallOptions): Promise<ImageAddress> {
    return act(this, 'POST', 'image', { body: formOf('image_file', file), ...options });
  }

  /** Deletes the image. */
  async deleteImage(options?: CallOptions): Promise<void> {
    await this.request('DELETE', 'image', options);
  }
}
