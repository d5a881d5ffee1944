import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { BelongsTo } from '../../relations/belongs-to.js';
import { HasMany } from '../../relations/has-many.js';
import { Attribute } from '../../schema/attribute.js';
import { Product } from './products.js';

const filters = { min_id: Number, max_id: Number, name: String, parent_id: Number, is_visible: Boolean } as const;

/** A place in the catalog tree. */
@Resource('/categories', { version: 'v2', filters })
export class Category extends Model<Category, typeof filters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() parent_id!: number;
  @Attribute({ required: true }) name!: string;
  @Attribute() description!: string;
  @Attribute() sort_order!: number;
  @Attribute() page_title!: string;
  @Attribute() meta_keywords!: string;
  @Attribute() meta_description!: string;
  @Attribute() layout_file!: string;
  @Attribute({ readOnly: true, setBy: 'parent_id' }) parent_category_list!: number[];
  @Attribute() image_file!: string;
  @Attribute() is_visible!: boolean;
  @Attribute() search_keywords!: string;
  @Attribute() url!: string;
  @BelongsTo(() => Category, { key: 'parent_id' }) parent!: BelongsTo<Category>;
  @HasMany(() => Product, { by: 'category' }) products!: HasMany<Product>;
}
