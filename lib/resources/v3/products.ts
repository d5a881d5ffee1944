import { BelongsTo } from '../../associations/belongs-to.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import { Brand } from './brands.js';
import { ProductMetafield } from './metafields.js';
import { ProductCustomField } from './product-custom-fields.js';
import { ProductBulkPricingRule, ProductComplexRule, ProductModifier, ProductReview, ProductVideo } from './product-details.js';
import { ProductImage } from './product-images.js';
import { ProductOption } from './product-options.js';
import { ProductVariant } from './product-variants.js';

const filters = {
  id: Number,
  'id:in': Number,
  'channel_id:in': Number,
  'id:not_in': Number,
  'categories:in': Number,
  'id:min': Number,
  'id:max': Number,
  'id:greater': Number,
  'id:less': Number,
  name: String,
  mpn: String,
  upc: String,
  price: Number,
  weight: Number,
  condition: String,
  brand_id: Number,
  date_modified: Date,
  'date_modified:max': Date,
  'date_modified:min': Date,
  date_last_imported: Date,
  'date_last_imported:not': Date,
  'date_last_imported:max': Date,
  'date_last_imported:min': Date,
  is_visible: Boolean,
  is_featured: Number,
  is_free_shipping: Number,
  inventory_level: Number,
  'inventory_level:in': Number,
  'inventory_level:not_in': Number,
  'inventory_level:min': Number,
  'inventory_level:max': Number,
  'inventory_level:greater': Number,
  'inventory_level:less': Number,
  inventory_low: Number,
  out_of_stock: Number,
  total_sold: Number,
  type: String,
  categories: Number,
  keyword: String,
  keyword_context: String,
  availability: String,
  sku: String,
  'sku:in': String,
} as const;

const includes = [
  'bulk_pricing_rules',
  'channels',
  'custom_fields',
  'images',
  'modifiers',
  'options',
  'parent_relations',
  'primary_image',
  'reviews',
  'variants',
  'videos',
] as const;

const params = { create: { include_fields: String }, update: { include: includes, include_fields: String } } as const;

const productRequired = ['name', 'type', 'weight', 'price'] as const;

/** A product of the catalog. Prices are numbers; updates merge, and up to ten products fit in one request. */
@Resource('/catalog/products', {
  version: 'v3',
  filters,
  batch: { update: 10 },
  includes,
  params,
  includePageSizes: { options: 10, modifiers: 10 },
  deleteFilters: [
    'name',
    'sku',
    'price',
    'weight',
    'condition',
    'brand_id',
    'date_modified',
    'date_last_imported',
    'is_visible',
    'is_featured',
    'id:in',
    'inventory_level',
    'total_sold',
    'type',
    'categories',
    'keyword',
  ],
  required: productRequired,
})
export class Product extends Model<Product, typeof filters, (typeof includes)[number], typeof productRequired, typeof params> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String, { unique: true }) name!: string;
  @Attribute(() => String) type!: 'physical' | 'digital';
  @Attribute(() => String, { unique: true }) sku!: string;
  @Attribute(() => String) description!: string;
  @Attribute(() => Number) weight!: number;
  @Attribute(() => Number) width!: number;
  @Attribute(() => Number) depth!: number;
  @Attribute(() => Number) height!: number;
  @Attribute(() => Number, { decimals: 4 }) price!: number;
  @Attribute(() => Number, { decimals: 4 }) cost_price!: number;
  @Attribute(() => Number, { decimals: 4 }) retail_price!: number;
  @Attribute(() => Number, { decimals: 4 }) sale_price!: number;
  @Attribute(() => Number, { decimals: 4 }) map_price!: number;
  @Attribute(() => Number) tax_class_id!: number;
  @Attribute(() => String) product_tax_code!: string;
  @Attribute(() => Array) categories!: number[];
  @Attribute(() => Number) brand_id!: number;
  @Attribute(() => String) brand_name!: string;
  @Attribute(() => Number) inventory_level!: number;
  @Attribute(() => Number) inventory_warning_level!: number;
  @Attribute(() => String) inventory_tracking!: 'none' | 'product' | 'variant';
  @Attribute(() => Number, { decimals: 4 }) fixed_cost_shipping_price!: number;
  @Attribute(() => Boolean) is_free_shipping!: boolean;
  @Attribute(() => Boolean) is_visible!: boolean;
  @Attribute(() => Boolean) is_featured!: boolean;
  @Attribute(() => Array) related_products!: number[];
  @Attribute(() => String) warranty!: string;
  @Attribute(() => String) bin_picking_number!: string;
  @Attribute(() => String) layout_file!: string;
  @Attribute(() => String) upc!: string;
  @Attribute(() => String) search_keywords!: string;
  @Attribute(() => String) availability_description!: string;
  @Attribute(() => String) availability!: 'available' | 'disabled' | 'preorder';
  @Attribute(() => String) gift_wrapping_options_type!: 'any' | 'none' | 'list';
  @Attribute(() => Array) gift_wrapping_options_list!: number[];
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => String) condition!: 'New' | 'Used' | 'Refurbished';
  @Attribute(() => Boolean) is_condition_shown!: boolean;
  @Attribute(() => Number) order_quantity_minimum!: number;
  @Attribute(() => Number) order_quantity_maximum!: number;
  @Attribute(() => String) page_title!: string;
  @Attribute(() => Array) meta_keywords!: string[];
  @Attribute(() => String) meta_description!: string;
  @Attribute(() => Number) view_count!: number;
  @Attribute(() => Date) preorder_release_date!: Date | null;
  @Attribute(() => String) preorder_message!: string;
  @Attribute(() => Boolean) is_preorder_only!: boolean;
  @Attribute(() => Boolean) is_price_hidden!: boolean;
  @Attribute(() => String) price_hidden_label!: string;
  @Attribute(() => Object) custom_url!: Record<string, unknown>;
  @Attribute(() => String) open_graph_type!: 'product' | 'album' | 'book' | 'drink' | 'food' | 'game' | 'movie' | 'song' | 'tv_show';
  @Attribute(() => String) open_graph_title!: string;
  @Attribute(() => String) open_graph_description!: string;
  @Attribute(() => Boolean) open_graph_use_meta_description!: boolean;
  @Attribute(() => Boolean) open_graph_use_product_name!: boolean;
  @Attribute(() => Boolean) open_graph_use_image!: boolean;
  @Attribute(() => String) gtin!: string;
  @Attribute(() => String) mpn!: string;
  // POST and PUT accept these four, for imports: the schemas and the example of PUT have them (products_catalog.v3.yml).
  @Attribute(() => String) date_last_imported!: string;
  @Attribute(() => Number) reviews_rating_sum!: number;
  @Attribute(() => Number) reviews_count!: number;
  @Attribute(() => Number) total_sold!: number;
  @Attribute(() => Object, { readOnly: true }) readonly primary_image!: Record<string, unknown>;
  @Attribute(() => Array, { readOnly: true }) readonly parent_relations!: Record<string, unknown>[];
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  @Attribute(() => Number, { readOnly: true }) readonly base_variant_id!: number | null;
  @Attribute(() => Number, { readOnly: true, setBy: 'price' }) readonly calculated_price!: number;
  @Attribute(() => Number, { readOnly: true }) readonly option_set_id!: number;
  @Attribute(() => String, { readOnly: true }) readonly option_set_display!: string;
  @Attribute(() => Array) channels!: number[];
  @HasMany(() => ProductImage) images!: HasMany<ProductImage>;
  @HasMany(() => ProductOption) options!: HasMany<ProductOption>;
  @HasMany(() => ProductVariant) variants!: HasMany<ProductVariant>;
  @HasMany(() => ProductCustomField) custom_fields!: HasMany<ProductCustomField>;
  @HasMany(() => ProductBulkPricingRule) bulk_pricing_rules!: HasMany<ProductBulkPricingRule>;
  @HasMany(() => ProductVideo) videos!: HasMany<ProductVideo>;
  @HasMany(() => ProductModifier) modifiers!: HasMany<ProductModifier>;
  @HasMany(() => ProductReview) reviews!: HasMany<ProductReview>;
  @HasMany(() => ProductComplexRule) complex_rules!: HasMany<ProductComplexRule>;
  @HasMany(() => ProductMetafield) metafields!: HasMany<ProductMetafield>;
  @BelongsTo(() => Brand, { key: 'brand_id' }) brand!: BelongsTo<Brand>;
}
