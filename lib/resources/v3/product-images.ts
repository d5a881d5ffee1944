import { createFrom, formOf, type Upload } from '../../model/action.js';
import { Model, type Parent } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { throughParent } from '../../persistence/through-parent.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';

const filters = {} as const;

/** An image of a product, given by its URL (`image_url`). */
@Resource('/catalog/products/:product_id/images', {
  version: 'v3',
  filters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  // products_catalog.v3.yml: POST and PUT of a product, productImage_Full.
  through: throughParent({ create: true, update: 'merge' }),
})
export class ProductImage extends Model<ProductImage, typeof filters> {
  @Attribute(() => Boolean) is_thumbnail!: boolean;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => String) description!: string;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  @Attribute(() => String) image_url!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'image_url' }) readonly url_zoom!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'image_url' }) readonly url_standard!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'image_url' }) readonly url_thumbnail!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'image_url' }) readonly url_tiny!: string;
  @Attribute(() => String) image_file!: string;

  /** Uploads an image of a product. */
  static async upload(
    product: Parent,
    file: Upload,
    fields: { description?: string; is_thumbnail?: boolean; sort_order?: number } = {},
    options?: CallOptions,
  ): Promise<ProductImage> {
    return createFrom(this.of(product), this.resource.key, formOf('image_file', file, fields), options);
  }
}
