import { BelongsTo } from '../../associations/belongs-to.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import { Product } from './products.js';

const filters = { min_id: Number, max_id: Number, name: String, parent_id: Number, is_visible: Boolean } as const;

const categoryRequired = ['name'] as const;

/** A category of the catalog. */
@Resource('/categories', { version: 'v2', filters, required: categoryRequired })
export class Category extends Model<Category, V2Filters<typeof filters>, unknown, typeof categoryRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number) parent_id!: number;
  @Attribute(() => String) name!: string;
  @Attribute(() => String) description!: string;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => String) page_title!: string;
  @Attribute(() => String) meta_keywords!: string | null;
  @Attribute(() => String) meta_description!: string | null;
  @Attribute(() => String) layout_file!: string;
  @Attribute(() => Array, { readOnly: true, setBy: 'parent_id' }) readonly parent_category_list!: number[];
  @Attribute(() => String) image_file!: string;
  @Attribute(() => Boolean) is_visible!: boolean;
  @Attribute(() => String) search_keywords!: string;
  @Attribute(() => String) url!: string;
  @BelongsTo(() => Category, { key: 'parent_id' }) parent!: BelongsTo<Category>;
  @HasMany(() => Product, { by: 'category' }) products!: HasMany<Product>;
}
