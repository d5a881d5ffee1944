import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import { Product } from './products.js';

const filters = { min_id: Number, max_id: Number, name: String } as const;

const brandRequired = ['name'] as const;

/** A brand of products. A store holds 30,000; more are refused with 403. Deprecated: `Brand` of V3 has metafields. */
@Resource('/brands', { version: 'v2', filters, required: brandRequired })
export class Brand extends Model<Brand, V2Filters<typeof filters>, unknown, typeof brandRequired> {
  /** Assigned by the store, counting up. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Shown to shoppers; 1 to 255 characters; unique. */
  @Attribute(() => String, { unique: true }) name!: string;
  /** Title of the brand's page in the browser; up to 250 characters. */
  @Attribute(() => String) page_title!: string;
  /** For search engines, with commas between them; up to 65,535 characters. */
  @Attribute(() => String) meta_keywords!: string | null;
  /** For search engines; up to 65,535 characters. */
  @Attribute(() => String) meta_description!: string | null;
  /** Set to the URL of a JPEG, GIF or PNG of up to 8 MB; read as the path where the store keeps it, empty for none. */
  @Attribute(() => String) image_file!: string;
  /** What the store's own search finds it by, with commas between them; up to 65,535 characters. */
  @Attribute(() => String) search_keywords!: string;
  /** Those with this `brand_id`. */
  @HasMany(() => Product, { by: 'brand_id' }) products!: HasMany<Product>;
}
