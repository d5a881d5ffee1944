import { BelongsTo } from '../../associations/belongs-to.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import { Product } from './products.js';

const filters = { min_id: Number, max_id: Number, name: String, parent_id: Number, is_visible: Boolean } as const;

const categoryRequired = ['name'] as const;

/**
 * A category of the catalog. A store holds 16,000, each with up to seven above it; more are refused with 403. All can be deleted at once
 * only in a store without products. Deprecated: V3 has categories in trees.
 */
@Resource('/categories', { version: 'v2', filters, required: categoryRequired })
export class Category extends Model<Category, V2Filters<typeof filters>, unknown, typeof categoryRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The category above; 0 at the top. */
  @Attribute(() => Number) parent_id!: number;
  /** Shown to shoppers; unique. */
  @Attribute(() => String) name!: string;
  /** Shown on the category's page. */
  @Attribute(() => String) description!: string;
  /** Place among its siblings; lower comes first. */
  @Attribute(() => Number) sort_order!: number;
  /** Title of the category's page in the browser. */
  @Attribute(() => String) page_title!: string;
  /** For search engines, with commas between them. */
  @Attribute(() => String) meta_keywords!: string | null;
  /** For search engines. */
  @Attribute(() => String) meta_description!: string | null;
  /** Template of the page. Deprecated, and written for Blueprint themes only. */
  @Attribute(() => String) layout_file!: string;
  /** Ids from the top down to the category itself, which is the last. */
  @Attribute(() => Array, { readOnly: true, setBy: 'parent_id' }) readonly parent_category_list!: readonly number[];
  /** Set to the URL of an image; read as the path where the store keeps it, empty for none. */
  @Attribute(() => String) image_file!: string;
  /** Whether shoppers see it. */
  @Attribute(() => Boolean) is_visible!: boolean;
  /** What the store's own search finds it by, with commas between them. */
  @Attribute(() => String) search_keywords!: string;
  /** Path below the storefront: `/shop-mac/`. */
  @Attribute(() => String) url!: string;
  /** The category above; `null` at the top. */
  @BelongsTo(() => Category, { key: 'parent_id' }) parent!: BelongsTo<Category>;
  /** Those with this category among their `categories`. */
  @HasMany(() => Product, { by: 'category' }) products!: HasMany<Product>;
}
