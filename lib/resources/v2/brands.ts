import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import { Product } from './products.js';

const filters = { min_id: Number, max_id: Number, name: String } as const;

const brandRequired = ['name'] as const;

/** A brand of products. */
@Resource('/brands', { version: 'v2', filters, required: brandRequired })
export class Brand extends Model<Brand, V2Filters<typeof filters>, unknown, typeof brandRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String, { unique: true }) name!: string;
  @Attribute(() => String) page_title!: string;
  @Attribute(() => String) meta_keywords!: string | null;
  @Attribute(() => String) meta_description!: string | null;
  @Attribute(() => String) image_file!: string;
  @Attribute(() => String) search_keywords!: string;
  @HasMany(() => Product, { by: 'brand_id' }) products!: HasMany<Product>;
}
