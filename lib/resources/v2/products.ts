import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { BelongsTo } from '../../relations/belongs-to.js';
import { HasMany } from '../../relations/has-many.js';
import { Attribute } from '../../schema/attribute.js';
import { Brand } from './brands.js';
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

/** A product of the catalog. Prices are decimal texts (`"199.9000"`) and are never turned into floats. */
@Resource('/products', { version: 'v2', filters })
export class Product extends Model<Product, typeof filters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ required: true, unique: true }) name!: string;
  @Attribute({ required: true }) type!: 'physical' | 'digital';
  @Attribute({ unique: true }) sku!: string;
  @Attribute() description!: string;
  @Attribute() search_keywords!: string;
  @Attribute() availability_description!: string;
  @Attribute({ required: true, decimals: 4 }) price!: string;
  @Attribute({ decimals: 4 }) cost_price!: string;
  @Attribute({ decimals: 4 }) retail_price!: string;
  @Attribute({ decimals: 4 }) sale_price!: string;
  @Attribute({ readOnly: true, setBy: 'price' }) calculated_price!: string;
  @Attribute() sort_order!: number;
  @Attribute() is_visible!: boolean;
  @Attribute() is_featured!: boolean;
  @Attribute() related_products!: string;
  @Attribute() inventory_level!: number;
  @Attribute() inventory_warning_level!: number;
  @Attribute() inventory_tracking!: 'none' | 'simple' | 'sku';
  @Attribute() warranty!: string;
  @Attribute({ required: true }) weight!: string;
  @Attribute() width!: string;
  @Attribute() height!: string;
  @Attribute() depth!: string;
  @Attribute({ decimals: 4 }) fixed_cost_shipping_price!: string;
  @Attribute() is_free_shipping!: boolean;
  @Attribute({ readOnly: true }) rating_total!: number;
  @Attribute({ readOnly: true }) rating_count!: number;
  @Attribute({ readOnly: true }) total_sold!: number;
  @Attribute(() => Date, { readOnly: true }) date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) date_modified!: Date | null;
  @Attribute(() => Date, { readOnly: true }) date_last_imported!: Date | null;
  @Attribute() brand_id!: number;
  @Attribute() view_count!: number;
  @Attribute() page_title!: string;
  @Attribute() meta_keywords!: string;
  @Attribute() meta_description!: string;
  @Attribute() layout_file!: string;
  @Attribute() is_price_hidden!: boolean;
  @Attribute() price_hidden_label!: string;
  @Attribute({ required: true }) categories!: number[];
  @Attribute() event_date_field_name!: string;
  @Attribute() event_date_type!: 'none' | 'range' | 'after' | 'before';
  @Attribute() event_date_start!: string;
  @Attribute() event_date_end!: string;
  @Attribute() myob_asset_account!: string;
  @Attribute() myob_income_account!: string;
  @Attribute() myob_expense_account!: string;
  @Attribute() peachtree_gl_account!: string;
  @Attribute() condition!: 'New' | 'Used' | 'Refurbished';
  @Attribute() is_condition_shown!: boolean;
  @Attribute() preorder_release_date!: string;
  @Attribute() is_preorder_only!: boolean;
  @Attribute() preorder_message!: string;
  @Attribute() order_quantity_minimum!: number;
  @Attribute() order_quantity_maximum!: number;
  @Attribute() open_graph_type!: string;
  @Attribute() open_graph_title!: string;
  @Attribute() open_graph_description!: string;
  @Attribute() is_open_graph_thumbnail!: boolean;
  @Attribute() upc!: string;
  @Attribute() avalara_product_tax_code!: string;
  @Attribute() option_set_id!: number | null;
  @Attribute() tax_class_id!: number;
  @Attribute() option_set_display!: string;
  @Attribute() bin_picking_number!: string;
  @Attribute() custom_url!: string;
  @Attribute() availability!: 'available' | 'disabled' | 'preorder';
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
}
