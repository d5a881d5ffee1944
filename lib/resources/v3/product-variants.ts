import { act, formOf, type Upload } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { throughParent } from '../../persistence/through-parent.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import type { ImageAddress, VariantOptionValue } from './catalog-values.js';
import { VariantMetafield } from './metafields.js';

const filters = { id: Number, sku: String, upc: String, 'product_id:in': Number } as const;

// By the text of POST and not by its schema: "Required Fields: sku, option_values" (product-variants_catalog.v3.yml).
const variantRequired = ['sku', 'option_values'] as const;

/** A variant of a product: one combination of its option values, with a SKU of its own. */
@Resource('/catalog/products/:product_id/variants', {
  version: 'v3',
  filters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  // products_catalog.v3.yml: POST of a product, productVariant_Full; PUT does not take variants.
  through: throughParent({ create: true }),
  batch: { update: 50, path: '/catalog/variants' },
  collectionPath: { path: '/catalog/variants', parent: 'product_id' },
  required: variantRequired,
})
export class ProductVariant extends Model<ProductVariant, typeof filters, unknown, typeof variantRequired> {
  /** What the merchant pays, at least 0; the control panel shows none for 0. Price lists do not change it. */
  @Attribute(() => Number, { decimals: 4 }) cost_price!: number | null;
  /** At least 0, four decimal places; a price list takes precedence. `null`: that of the product. */
  @Attribute(() => Number, { decimals: 4 }) price!: number | null;
  /** Replaces `price` while it is set; a price list takes precedence. `null`: that of the product. */
  @Attribute(() => Number, { decimals: 4 }) sale_price!: number | null;
  /** Recommended price; a price list takes precedence. `null`: that of the product. */
  @Attribute(() => Number, { decimals: 4 }) retail_price!: number | null;
  /** Minimum advertised price. Written with the product only, by its `variants` in POST (products_catalog.v3.yml); `null` for none. */
  @Attribute(() => Number, { decimals: 4 }) map_price!: number | null;
  /** In the unit of the store, at least 0. `null`: that of the product. */
  @Attribute(() => Number) weight!: number | null;
  /** In the unit of the store, at least 0. `null`: that of the product. */
  @Attribute(() => Number) width!: number | null;
  /** In the unit of the store, at least 0. `null`: that of the product. */
  @Attribute(() => Number) height!: number | null;
  /** In the unit of the store, at least 0. `null`: that of the product. */
  @Attribute(() => Number) depth!: number | null;
  /** Whether shipping costs nothing. */
  @Attribute(() => Boolean) is_free_shipping!: boolean;
  /** Shipping costs this much, at least 0; `null`: it is calculated. */
  @Attribute(() => Number, { decimals: 4 }) fixed_cost_shipping_price!: number | null;
  /** Whether it cannot be bought. */
  @Attribute(() => Boolean) purchasing_disabled!: boolean;
  /** What shoppers read if it cannot be bought; up to 255 characters. */
  @Attribute(() => String) purchasing_disabled_message!: string;
  /** Universal product code, up to 14 characters. */
  @Attribute(() => String) upc!: string | null;
  /** Address of its image, which replaces that of the product when it is chosen; files up to 8 MB. */
  @Attribute(() => String) image_url!: string;
  /** Stock at the default location, at most 2,147,483,647 for all variants together; counted if the product's `inventory_tracking` is `variant`. */
  @Attribute(() => Number) inventory_level!: number | null;
  /** Stock at or below it is low; at most 2,147,483,647. */
  @Attribute(() => Number) inventory_warning_level!: number | null;
  /** Where it lies in the warehouse, up to 255 characters. */
  @Attribute(() => String) bin_picking_number!: string | null;
  /** Manufacturer's part number. */
  @Attribute(() => String) mpn!: string | null;
  /** Global trade item number, up to 14 characters. */
  @Attribute(() => String) gtin!: string | null;
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The product that it belongs to. */
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  /** Stock keeping unit, 1 to 255 characters; unique among products and variants, whatever the case of its letters. Required. */
  @Attribute(() => String, { unique: true }) sku!: string;
  /** Key of the SKU in the V2 API; `null` for the base variant. */
  @Attribute(() => Number, { readOnly: true, setBy: 'sku' }) readonly sku_id!: number | null;
  /** One value for each option of the product; empty for the base variant. Required. */
  @Attribute(() => Array) option_values!: VariantOptionValue[];
  /** What shoppers see: after sale price and rules. */
  @Attribute(() => Number, { readOnly: true, setBy: 'price' }) readonly calculated_price!: number;
  /** In the unit of the store: its own or the product's, after rules. */
  @Attribute(() => Number, { readOnly: true, setBy: 'weight' }) readonly calculated_weight!: number;
  /** At most 250 for each app. */
  @HasMany(() => VariantMetafield) metafields!: HasMany<VariantMetafield>;

  /** Uploads the image of this variant. */
  async uploadImage(file: Upload, options?: CallOptions): Promise<ImageAddress> {
    return act(this, 'POST', 'image', { body: formOf('image_file', file), ...options });
  }
}
