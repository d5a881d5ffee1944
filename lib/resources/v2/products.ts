import { BelongsTo } from '../../associations/belongs-to.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import { Brand } from './brands.js';
import { OptionSet } from './catalog-options.js';
import {
  GoogleProductSearchMapping,
  ProductConfigurableField,
  ProductCustomField,
  ProductDiscountRule,
  ProductReview,
  ProductRule,
  ProductSku,
  ProductVideo,
} from './product-details.js';
import { ProductImage } from './product-images.js';
import { ProductOption } from './product-options.js';
import { TaxClass } from './store.js';

const filters = {
  min_id: Number,
  max_id: Number,
  name: String,
  sku: String,
  description: String,
  condition: String,
  availability: String,
  price: String,
  min_price: String,
  max_price: String,
  brand_id: Number,
  category: Number,
  is_visible: Boolean,
  is_featured: Boolean,
  min_inventory_level: Number,
  max_inventory_level: Number,
  min_number_sold: Number,
  max_number_sold: Number,
  min_date_created: Date,
  max_date_created: Date,
  min_date_modified: Date,
  max_date_modified: Date,
  keyword_filter: String,
} as const;

const productRequired = ['name', 'type', 'price', 'weight', 'categories'] as const;

/** The image of a product that lists show, in four sizes; `null` for each of a product without images. */
export interface PrimaryImage {
  id: number | null;
  zoom_url: string | null;
  thumbnail_url: string | null;
  standard_url: string | null;
  tiny_url: string | null;
}

/** A product of the catalog. Prices are decimal strings (`"199.9000"`) and are never turned into floats. */
@Resource('/products', { version: 'v2', filters, required: productRequired })
export class Product extends Model<Product, V2Filters<typeof filters>, unknown, typeof productRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String, { unique: true }) name!: string;
  @Attribute(() => String) type!: 'physical' | 'digital';
  @Attribute(() => String, { unique: true }) sku!: string;
  @Attribute(() => String) description!: string;
  @Attribute(() => String) search_keywords!: string | null;
  @Attribute(() => String) availability_description!: string;
  @Attribute(() => String, { decimals: 4 }) price!: string;
  @Attribute(() => String, { decimals: 4 }) cost_price!: string;
  @Attribute(() => String, { decimals: 4 }) retail_price!: string;
  @Attribute(() => String, { decimals: 4 }) sale_price!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'price' }) readonly calculated_price!: string;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => Boolean) is_visible!: boolean;
  @Attribute(() => Boolean) is_featured!: boolean;
  @Attribute(() => String) related_products!: string;
  @Attribute(() => Number) inventory_level!: number;
  @Attribute(() => Number) inventory_warning_level!: number;
  @Attribute(() => String) inventory_tracking!: 'none' | 'simple' | 'sku';
  @Attribute(() => String) warranty!: string | null;
  @Attribute(() => String) weight!: string;
  @Attribute(() => String) width!: string;
  @Attribute(() => String) height!: string;
  @Attribute(() => String) depth!: string;
  @Attribute(() => String, { decimals: 4 }) fixed_cost_shipping_price!: string;
  @Attribute(() => Boolean) is_free_shipping!: boolean;
  @Attribute(() => Number, { readOnly: true }) readonly rating_total!: number;
  @Attribute(() => Number, { readOnly: true }) readonly rating_count!: number;
  @Attribute(() => Number, { readOnly: true }) readonly total_sold!: number;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_last_imported!: Date | null;
  @Attribute(() => Number) brand_id!: number;
  @Attribute(() => Number) view_count!: number;
  @Attribute(() => String) page_title!: string;
  @Attribute(() => String) meta_keywords!: string | null;
  @Attribute(() => String) meta_description!: string | null;
  @Attribute(() => String) layout_file!: string;
  @Attribute(() => Boolean) is_price_hidden!: boolean;
  @Attribute(() => String) price_hidden_label!: string;
  @Attribute(() => Array) categories!: number[];
  @Attribute(() => String) event_date_field_name!: string;
  @Attribute(() => String) event_date_type!: 'none' | 'range' | 'after' | 'before';
  @Attribute(() => String) event_date_start!: string | null;
  @Attribute(() => String) event_date_end!: string | null;
  @Attribute(() => String) myob_asset_account!: string;
  @Attribute(() => String) myob_income_account!: string;
  @Attribute(() => String) myob_expense_account!: string;
  @Attribute(() => String) peachtree_gl_account!: string;
  @Attribute(() => String) condition!: 'New' | 'Used' | 'Refurbished';
  @Attribute(() => Boolean) is_condition_shown!: boolean;
  @Attribute(() => String) preorder_release_date!: string;
  @Attribute(() => Boolean) is_preorder_only!: boolean;
  @Attribute(() => String) preorder_message!: string;
  @Attribute(() => Number) order_quantity_minimum!: number;
  @Attribute(() => Number) order_quantity_maximum!: number;
  @Attribute(() => String) open_graph_type!: string;
  @Attribute(() => String) open_graph_title!: string;
  @Attribute(() => String) open_graph_description!: string | null;
  @Attribute(() => Boolean) is_open_graph_thumbnail!: boolean;
  @Attribute(() => String) upc!: string | null;
  @Attribute(() => String) avalara_product_tax_code!: string;
  @Attribute(() => Number) option_set_id!: number | null;
  @Attribute(() => Number) tax_class_id!: number;
  @Attribute(() => String) option_set_display!: string;
  @Attribute(() => String) bin_picking_number!: string;
  @Attribute(() => String) custom_url!: string;
  /** Read-only; filled by the filter of this name. */
  @Attribute(() => String, { readOnly: true }) readonly keyword_filter!: string | null;
  /** The image that lists show; read-only, chosen by `is_thumbnail` of the image. */
  @Attribute(() => Object, { readOnly: true }) readonly primary_image!: PrimaryImage | null;
  @Attribute(() => String) availability!: 'available' | 'disabled' | 'preorder';
  @HasMany(() => ProductImage) images!: HasMany<ProductImage>;
  @HasMany(() => ProductOption) options!: HasMany<ProductOption>;
  @HasMany(() => ProductConfigurableField) configurable_fields!: HasMany<ProductConfigurableField>;
  @HasMany(() => ProductCustomField) custom_fields!: HasMany<ProductCustomField>;
  @HasMany(() => ProductDiscountRule) discount_rules!: HasMany<ProductDiscountRule>;
  @HasMany(() => ProductReview) reviews!: HasMany<ProductReview>;
  @HasMany(() => ProductRule) rules!: HasMany<ProductRule>;
  @HasMany(() => ProductSku) skus!: HasMany<ProductSku>;
  @HasMany(() => ProductVideo) videos!: HasMany<ProductVideo>;
  @HasMany(() => GoogleProductSearchMapping) googleproductsearch!: HasMany<GoogleProductSearchMapping>;
  @BelongsTo(() => Brand, { key: 'brand_id' }) brand!: BelongsTo<Brand>;
  @BelongsTo(() => OptionSet, { key: 'option_set_id' }) option_set!: BelongsTo<OptionSet>;
  @BelongsTo(() => TaxClass, { key: 'tax_class_id' }) tax_class!: BelongsTo<TaxClass>;
}
