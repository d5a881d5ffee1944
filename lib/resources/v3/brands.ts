import { act, formOf, type Upload } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import type { BrandUrl, ImageAddress } from './catalog-values.js';
import { BrandMetafield } from './metafields.js';

const filters = {
  id: Number,
  'id:in': Number,
  'id:not_in': Number,
  'id:min': Number,
  'id:max': Number,
  'id:greater': Number,
  'id:less': Number,
  name: String,
  'name:like': String,
  page_title: String,
} as const;

const brandRequired = ['name'] as const;

/** A brand of products. */
@Resource('/catalog/brands', {
  version: 'v3',
  filters,
  deleteFilters: ['name', 'page_title'],
  required: brandRequired,
})
export class Brand extends Model<Brand, typeof filters, unknown, typeof brandRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Shown to shoppers, 1 to 255 characters; unique. A store has at most 30,000 brands. Required. */
  @Attribute(() => String, { unique: true }) name!: string;
  /** Title of its page, up to 255 characters. */
  @Attribute(() => String) page_title!: string;
  /** Keywords in the head of the page. */
  @Attribute(() => Array) meta_keywords!: string[];
  /** Description in the head of the page, up to 65,535 characters. */
  @Attribute(() => String) meta_description!: string;
  /** Words that find it, separated by commas; up to 65,535 characters. */
  @Attribute(() => String) search_keywords!: string;
  /** Address of its image. A file is sent with `uploadImage`. */
  @Attribute(() => String) image_url!: string;
  /** Where it is shown. Default: made from `name`. */
  @Attribute(() => Object) custom_url!: BrandUrl;
  /** At most 250 for each app. */
  @HasMany(() => BrandMetafield) metafields!: HasMany<BrandMetafield>;

  /** Uploads the image of this brand. */
  async uploadImage(file: Upload, options?: CallOptions): Promise<ImageAddress> {
    return act(this, 'POST', 'image', { body: formOf('image_file', file), ...options });
  }

  /** Deletes the image. */
  async deleteImage(options?: CallOptions): Promise<void> {
    await this.request('DELETE', 'image', options);
  }
}
