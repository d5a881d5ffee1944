import { act, formOf, type Upload } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { throughParent } from '../../persistence/through-parent.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import { VariantMetafield } from './metafields.js';

const filters = { id: Number, sku: String, upc: String, 'product_id:in': Number } as const;

/** A variant of a product: one combination of its option values, with a SKU of its own. */
@Resource('/catalog/products/:product_id/variants', {
  version: 'v3',
  filters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  // products_catalog.v3.yml: POST of a product, productVariant_Full; PUT does not take variants.
  through: throughParent({ create: true }),
  batch: { update: 50, path: '/catalog/variants' },
  collectionPath: { path: '/catalog/variants', parent: 'product_id' },
})
export class ProductVariant extends Model<ProductVariant, typeof filters> {
  @Attribute(() => Number, { decimals: 4 }) cost_price!: number;
  @Attribute(() => Number, { decimals: 4 }) price!: number;
  @Attribute(() => Number, { decimals: 4 }) sale_price!: number;
  @Attribute(() => Number, { decimals: 4 }) retail_price!: number;
  @Attribute(() => Number) weight!: number;
  @Attribute(() => Number) width!: number;
  @Attribute(() => Number) height!: number;
  @Attribute(() => Number) depth!: number;
  @Attribute(() => Boolean) is_free_shipping!: boolean;
  @Attribute(() => Number, { decimals: 4 }) fixed_cost_shipping_price!: number;
  @Attribute(() => Boolean) purchasing_disabled!: boolean;
  @Attribute(() => String) purchasing_disabled_message!: string;
  @Attribute(() => String) upc!: string;
  @Attribute(() => String) image_url!: string;
  @Attribute(() => Number) inventory_level!: number;
  @Attribute(() => Number) inventory_warning_level!: number;
  @Attribute(() => String) bin_picking_number!: string;
  @Attribute(() => String) mpn!: string;
  @Attribute(() => String) gtin!: string;
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  @Attribute(() => String, { unique: true }) sku!: string;
  @Attribute(() => Number, { readOnly: true, setBy: 'sku' }) readonly sku_id!: number;
  @Attribute(() => Array) option_values!: Record<string, unknown>[];
  @Attribute(() => Number, { readOnly: true, setBy: 'price' }) readonly calculated_price!: number;
  @Attribute(() => Number, { readOnly: true, setBy: 'weight' }) readonly calculated_weight!: number;
  @HasMany(() => VariantMetafield) metafields!: HasMany<VariantMetafield>;

  /** Uploads the image of this variant. */
  async uploadImage(file: Upload, options?: CallOptions): Promise<{ image_url: string }> {
    return act(this, 'POST', 'image', { body: formOf('image_file', file), ...options });
  }
}
