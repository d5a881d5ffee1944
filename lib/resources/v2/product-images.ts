import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';

const filters = {} as const;

/** An image of a product, given by its URL (`image_file`). */
@Resource('/products/:product_id/images', { version: 'v2', filters })
export class ProductImage extends Model<ProductImage, typeof filters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => Number, { readOnly: true }) product_id!: number;
  @Attribute(() => String, { required: true }) image_file!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'image_file' }) zoom_url!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'image_file' }) thumbnail_url!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'image_file' }) standard_url!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'image_file' }) tiny_url!: string;
  @Attribute(() => Boolean) is_thumbnail!: boolean;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => String) description!: string | null;
  @Attribute(() => Date, { readOnly: true }) date_created!: Date | null;
}
