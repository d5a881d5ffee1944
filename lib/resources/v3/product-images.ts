import { createFrom, formOf, type Upload } from '../../model/action.js';
import { Model, type Parent } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { withParent } from '../../persistence/with-parent.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import { noFilters } from '../no-filters.js';

// By the text of POST: one of both (products_catalog.v3.yml). A file is sent as a form, by `upload`.
const productImageRequired = [['image_url', 'image_file']] as const;

/** An image of a product, given by its URL (`image_url`). A file is sent with {@link ProductImage.upload}. */
@Resource('/catalog/products/:product_id/images', {
  version: 'v3',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  // products_catalog.v3.yml: POST and PUT of a product, productImage_Full.
  through: withParent({ create: true, update: 'merge' }),
  required: productImageRequired,
})
export class ProductImage extends Model<ProductImage, typeof noFilters, unknown, typeof productImageRequired> {
  /** Whether it stands for the product in lists; at most one does. */
  @Attribute(() => Boolean) is_thumbnail!: boolean;
  /** Position on the product page, the lowest first; -2,147,483,648 to 2,147,483,647. Those at the new position and after it move on. */
  @Attribute(() => Number) sort_order!: number;
  /** Text shown in place of the image. */
  @Attribute(() => String) description!: string;
  /** When it was last changed. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The product that it belongs to. */
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  /** Address to fetch it from, with its protocol, up to 255 characters; files up to 8 MB. Required, unless a file is uploaded. */
  @Attribute(() => String) image_url!: string;
  /** Address of the size for zooming, at most 1280 x 1280 pixels. */
  @Attribute(() => String, { readOnly: true, setBy: 'image_url' }) readonly url_zoom!: string;
  /** Address of the size for product pages. */
  @Attribute(() => String, { readOnly: true, setBy: 'image_url' }) readonly url_standard!: string;
  /** Address of the size for category pages and side panels. */
  @Attribute(() => String, { readOnly: true, setBy: 'image_url' }) readonly url_thumbnail!: string;
  /** Address of the size for thumbnails below the product image. */
  @Attribute(() => String, { readOnly: true, setBy: 'image_url' }) readonly url_tiny!: string;
  /** Path of the original file in the store. A file is sent as a form, by `upload`. */
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
