import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import { noFilters } from '../no-filters.js';

const productImageRequired = ['image_file'] as const;

/** An image of a product, given by its URL (`image_file`). */
@Resource('/products/:product_id/images', { version: 'v2', filters: noFilters, required: productImageRequired })
export class ProductImage extends Model<ProductImage, V2Filters<typeof noFilters>, unknown, typeof productImageRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The product it shows. */
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  /** Set to a URL, or to a path in the folder `import` of WebDAV; read as the path where the store keeps it. */
  @Attribute(() => String) image_file!: string;
  /** URL of the large size; absent in the response to a write. */
  @Attribute(() => String, { readOnly: true, setBy: 'image_file' }) readonly zoom_url!: string;
  /** URL of the size for lists of products; absent in the response to a write. */
  @Attribute(() => String, { readOnly: true, setBy: 'image_file' }) readonly thumbnail_url!: string;
  /** URL of the size for the product's page; absent in the response to a write. */
  @Attribute(() => String, { readOnly: true, setBy: 'image_file' }) readonly standard_url!: string;
  /** URL of the smallest size; absent in the response to a write. */
  @Attribute(() => String, { readOnly: true, setBy: 'image_file' }) readonly tiny_url!: string;
  /** Whether it is the `primary_image` of the product, which lists show. */
  @Attribute(() => Boolean) is_thumbnail!: boolean;
  /** Place on the product's page; lower comes first. A change moves the images at and after the new place. */
  @Attribute(() => Number) sort_order!: number;
  /** What it shows. */
  @Attribute(() => String) description!: string | null;
  /** When it was added. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
}
