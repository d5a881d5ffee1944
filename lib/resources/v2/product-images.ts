import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';

const filters = {} as const;

/** A picture of a product, given by its address (`image_file`). */
@Resource('/products/:product_id/images', { version: 'v2', filters })
export class ProductImage extends Model<ProductImage, typeof filters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) product_id!: number;
  @Attribute({ required: true }) image_file!: string;
  @Attribute({ readOnly: true, setBy: 'image_file' }) zoom_url!: string;
  @Attribute({ readOnly: true, setBy: 'image_file' }) thumbnail_url!: string;
  @Attribute({ readOnly: true, setBy: 'image_file' }) standard_url!: string;
  @Attribute({ readOnly: true, setBy: 'image_file' }) tiny_url!: string;
  @Attribute() is_thumbnail!: boolean;
  @Attribute() sort_order!: number;
  @Attribute() description!: string;
  @Attribute(() => Date, { readOnly: true }) date_created!: Date | null;
}
