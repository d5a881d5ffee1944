import { act, formOf, type Upload } from '../../model/action.js';
import { Model, type Parent } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';

const filters = {} as const;

/** A picture of a product, given by its address (`image_url`). */
@Resource('/catalog/products/:product_id/images', {
  version: 'v3',
  filters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
})
export class ProductImage extends Model<ProductImage, typeof filters> {
  @Attribute() is_thumbnail!: boolean;
  @Attribute() sort_order!: number;
  @Attribute() description!: string;
  @Attribute(() => Date, { readOnly: true }) date_modified!: Date | null;
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) product_id!: number;
  @Attribute() image_url!: string;
  @Attribute({ readOnly: true, setBy: 'image_url' }) url_zoom!: string;
  @Attribute({ readOnly: true, setBy: 'image_url' }) url_standard!: string;
  @Attribute({ readOnly: true, setBy: 'image_url' }) url_thumbnail!: string;
  @Attribute({ readOnly: true, setBy: 'image_url' }) url_tiny!: string;
  @Attribute() image_file!: string;

  /** Uploads a picture of a product. */
  static async upload(
    product: Parent,
    file: Upload,
    fields: { description?: string; is_thumbnail?: boolean; sort_order?: number } = {},
    options?: CallOptions,
  ): Promise<ProductImage> {
    const images = this.of(product);
    const row = await act<object>(images, 'POST', '', { body: formOf('image_file', file, fields), ...options });
    return images.load(row);
  }
}
