import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';

const filters = {} as const;

const productImageRequired = ['image_file'] as const;

/** An image of a product, given by its URL (`image_file`). */
@Resource('/products/:product_id/images', { version: 'v2', filters, required: productImageRequired })
export class ProductImage extends Model<ProductImage, V2Filters<typeof filters>, unknown, typeof productImageRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  @Attribute(() => String) image_file!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'image_file' }) readonly zoom_url!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'image_file' }) readonly thumbnail_url!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'image_file' }) readonly standard_url!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'image_file' }) readonly tiny_url!: string;
  @Attribute(() => Boolean) is_thumbnail!: boolean;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => String) description!: string | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
}
