import { act, formOf, type Upload } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
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
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String, { unique: true }) name!: string;
  @Attribute(() => String) page_title!: string;
  @Attribute(() => Array) meta_keywords!: string[];
  @Attribute(() => String) meta_description!: string;
  @Attribute(() => String) search_keywords!: string;
  @Attribute(() => String) image_url!: string;
  @Attribute(() => Object) custom_url!: Record<string, unknown>;
  @HasMany(() => BrandMetafield) metafields!: HasMany<BrandMetafield>;

  /** Uploads the image of this brand. */
  async uploadImage(file: Upload, options?: CallOptions): Promise<{ image_url: string }> {
    return act(this, 'POST', 'image', { body: formOf('image_file', file), ...options });
  }

  /** Deletes the image. */
  async deleteImage(options?: CallOptions): Promise<void> {
    await this.request('DELETE', 'image', options);
  }
}
