import { BelongsTo } from '../../associations/belongs-to.js';
import { act, sessionFor } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import type { CallOptions } from '../../transport/request.js';
import { Brand } from './brands.js';
import type { ProductParentRelation, ProductPrimaryImage, ProductUrl } from './catalog-values.js';
import { ProductMetafield } from './metafields.js';
import { ProductCustomField } from './product-custom-fields.js';
import { ProductBulkPricingRule, ProductComplexRule, ProductModifier, ProductReview, ProductVideo } from './product-details.js';
import { ProductImage } from './product-images.js';
import { ProductOption } from './product-options.js';
import type { PriceRequest, ProductPrice } from './product-prices.js';
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
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Shown to shoppers; 1 to 250 characters; unique. */
  @Attribute(() => String, { unique: true }) name!: string;
  /** What is sold: something to ship, or a download. */
  @Attribute(() => String) type!: Open<'physical' | 'digital'>;
  /** Stock keeping unit, up to 255 characters; unique among products and variants, whatever the case of its letters. */
  @Attribute(() => String, { unique: true }) sku!: string;
  /** Text of the product page; may be HTML. */
  @Attribute(() => String) description!: string;
  /** In the unit of the store, 0 to 9,999,999,999; counts for shipping. */
  @Attribute(() => Number) weight!: number;
  /** In the unit of the store, 0 to 9,999,999,999; counts for shipping. */
  @Attribute(() => Number) width!: number;
  /** In the unit of the store, 0 to 9,999,999,999; counts for shipping. */
  @Attribute(() => Number) depth!: number;
  /** In the unit of the store, 0 to 9,999,999,999; counts for shipping. */
  @Attribute(() => Number) height!: number;
  /** In the currency of the store, at least 0, four decimal places; with or without tax, as the store is set up. */
  @Attribute(() => Number, { decimals: 4 }) price!: number;
  /** What the merchant pays; for reference only, never shown. */
  @Attribute(() => Number, { decimals: 4 }) cost_price!: number;
  /** Recommended price, shown on the product page if it is set. */
  @Attribute(() => Number, { decimals: 4 }) retail_price!: number;
  /** Replaces `price` while it is set. */
  @Attribute(() => Number, { decimals: 4 }) sale_price!: number;
  /** Minimum advertised price. */
  @Attribute(() => Number, { decimals: 4 }) map_price!: number;
  /** 0 to 255; ignored if taxes are automatic. */
  @Attribute(() => Number) tax_class_id!: number;
  /** One code of the tax provider, up to 255 characters, case-sensitive; ignored without a provider. */
  @Attribute(() => String) product_tax_code!: string;
  /** Keys of categories, at most 1,000; a new array replaces all. Required if the store uses the new product experience. */
  @Attribute(() => Array) categories!: number[];
  /** The brand; give it or `brand_name`. */
  @Attribute(() => Number) brand_id!: number;
  /** Assigns a brand by its name, in any case, and creates it if there is none. Written only: no response has it. */
  @Attribute(() => String) brand_name!: string;
  /** Stock at the default location, 0 to 2,147,483,647, which a higher one is cut to; takes effect if `inventory_tracking` is `product`. */
  @Attribute(() => Number) inventory_level!: number;
  /** The owner is informed when the stock falls below it; 0 to 2,147,483,647. Takes effect if `inventory_tracking` is `product`. */
  @Attribute(() => Number) inventory_warning_level!: number;
  /** What stock is counted for: nothing, the product, or each variant. */
  @Attribute(() => String) inventory_tracking!: Open<'none' | 'product' | 'variant'>;
  /** Shipping costs this much, whatever the carrier; at least 0. */
  @Attribute(() => Number, { decimals: 4 }) fixed_cost_shipping_price!: number;
  /** Whether shipping costs nothing. */
  @Attribute(() => Boolean) is_free_shipping!: boolean;
  /** Whether shoppers see it on the storefront. */
  @Attribute(() => Boolean) is_visible!: boolean;
  /** Whether it is among the featured products of the store. */
  @Attribute(() => Boolean) is_featured!: boolean;
  /** Keys of products shown as related. */
  @Attribute(() => Array) related_products!: number[];
  /** Text about the warranty on the product page, up to 65,535 characters; may be HTML. */
  @Attribute(() => String) warranty!: string;
  /** Where it lies in the warehouse, up to 255 characters. */
  @Attribute(() => String) bin_picking_number!: string;
  /** Template of its page, up to 500 characters; writable with a Blueprint theme only. For Stencil there is CustomTemplateAssociation. */
  @Attribute(() => String) layout_file!: string;
  /** Universal product code, up to 14 characters; for price comparison and other channels. */
  @Attribute(() => String) upc!: string;
  /** Words that find it in the search of the store, separated by commas; up to 65,535 characters. */
  @Attribute(() => String) search_keywords!: string;
  /** How long it takes to ship, shown in the checkout; up to 255 characters. */
  @Attribute(() => String) availability_description!: string;
  /** Whether it can be bought, is only listed, or can be ordered before its release. */
  @Attribute(() => String) availability!: Open<'available' | 'disabled' | 'preorder'>;
  /** Which gift wrappings it may have: all of the store, none, or those in `gift_wrapping_options_list`. */
  @Attribute(() => String) gift_wrapping_options_type!: Open<'any' | 'none' | 'list'>;
  /** Keys of gift wrappings, if the type is `list`. */
  @Attribute(() => Array) gift_wrapping_options_list!: number[];
  /** Position in categories and search results, the lowest first; -2,147,483,648 to 2,147,483,647. */
  @Attribute(() => Number) sort_order!: number;
  /** Shown on the product page if `is_condition_shown`. */
  @Attribute(() => String) condition!: Open<'New' | 'Used' | 'Refurbished'>;
  /** Whether shoppers see `condition`. */
  @Attribute(() => Boolean) is_condition_shown!: boolean;
  /** Fewest pieces in an order, 0 to 1,000,000,000. */
  @Attribute(() => Number) order_quantity_minimum!: number;
  /** Most pieces in an order, 0 to 1,000,000,000. */
  @Attribute(() => Number) order_quantity_maximum!: number;
  /** Title of the product page, up to 255 characters. Default: `name`. */
  @Attribute(() => String) page_title!: string;
  /** Keywords in the head of the page. Default: those of the store. */
  @Attribute(() => Array) meta_keywords!: string[];
  /** Description in the head of the page, up to 65,535 characters. Default: that of the store. */
  @Attribute(() => String) meta_description!: string;
  /** How often it was viewed, 0 to 1,000,000,000. Deprecated by the platform; writable for imports. */
  @Attribute(() => Number) view_count!: number;
  /** When orders before the release end; `null` for no date. See `availability`. */
  @Attribute(() => Date) preorder_release_date!: Date | null;
  /** Shown with orders before the release, up to 255 characters; `%%DATE%%` stands for the date. Default: that of the store. */
  @Attribute(() => String) preorder_message!: string;
  /** Whether `availability` changes by itself on the date of the release. */
  @Attribute(() => Boolean) is_preorder_only!: boolean;
  /** Whether shoppers see no price; needs `availability` to be `disabled`. Default: `false`. */
  @Attribute(() => Boolean) is_price_hidden!: boolean;
  /** Shown in place of a hidden price, up to 200 characters; needs `availability` to be `disabled`. */
  @Attribute(() => String) price_hidden_label!: string;
  /** Where it is shown. Default: made from `name`. */
  @Attribute(() => Object) custom_url!: ProductUrl;
  /** Kind of thing, for social networks. Default: `product`. */
  @Attribute(() => String) open_graph_type!: Open<'product' | 'album' | 'book' | 'drink' | 'food' | 'game' | 'movie' | 'song' | 'tv_show'>;
  /** Title for social networks. Default: `name`. */
  @Attribute(() => String) open_graph_title!: string;
  /** Description for social networks. Default: `meta_description`. */
  @Attribute(() => String) open_graph_description!: string;
  /** Whether social networks show `meta_description` rather than the one for them. */
  @Attribute(() => Boolean) open_graph_use_meta_description!: boolean;
  /** Whether social networks show `name` rather than the title for them. */
  @Attribute(() => Boolean) open_graph_use_product_name!: boolean;
  /** Whether social networks show the image of the product. */
  @Attribute(() => Boolean) open_graph_use_image!: boolean;
  /** Global trade item number, up to 14 characters. */
  @Attribute(() => String) gtin!: string;
  /** Manufacturer's part number. */
  @Attribute(() => String) mpn!: string;
  /** When an import last wrote it. This and the next three are writable, for imports. */
  @Attribute(() => Date) date_last_imported!: Date | null;
  /** Sum of all ratings; divide it by `reviews_count`. */
  @Attribute(() => Number) reviews_rating_sum!: number;
  /** How many ratings there are. */
  @Attribute(() => Number) reviews_count!: number;
  /** How many pieces were sold. */
  @Attribute(() => Number) total_sold!: number;
  /** The thumbnail; present only if it was included. */
  @Attribute(() => Object, { readOnly: true }) readonly primary_image!: ProductPrimaryImage;
  /** Products that list this one as an option value; present only if they were included. */
  @Attribute(() => Array, { readOnly: true }) readonly parent_relations!: readonly ProductParentRelation[];
  /** When it was created. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** When it was last changed. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  /** Key of the variant that every simple product has; `null` if it has variants of its own. */
  @Attribute(() => Number, { readOnly: true }) readonly base_variant_id!: number | null;
  /** `sale_price` if there is one, else `price`; shoppers may see another for their group or channel. */
  @Attribute(() => Number, { readOnly: true, setBy: 'price' }) readonly calculated_price!: number;
  /** Option set of the V2 API, if it has one. */
  @Attribute(() => Number, { readOnly: true }) readonly option_set_id!: number;
  /** Where a V2 option set is shown: beside the image and description, or below. */
  @Attribute(() => String, { readOnly: true }) readonly option_set_display!: string;
  /** Keys of the channels that it is assigned to; present only if they were included. Written through ChannelAssignment. */
  @Attribute(() => Array, { readOnly: true }) readonly channels!: number[];
  /** At most 1,000; files up to 8 MB. */
  @HasMany(() => ProductImage) images!: HasMany<ProductImage>;
  /** What its variants differ in. */
  @HasMany(() => ProductOption) options!: HasMany<ProductOption>;
  /** At most 600; each has a SKU. */
  @HasMany(() => ProductVariant) variants!: HasMany<ProductVariant>;
  /** At most 200. */
  @HasMany(() => ProductCustomField) custom_fields!: HasMany<ProductCustomField>;
  /** Discounts by quantity. */
  @HasMany(() => ProductBulkPricingRule) bulk_pricing_rules!: HasMany<ProductBulkPricingRule>;
  /** Videos on YouTube. */
  @HasMany(() => ProductVideo) videos!: HasMany<ProductVideo>;
  /** What shoppers can change without choosing another variant. */
  @HasMany(() => ProductModifier) modifiers!: HasMany<ProductModifier>;
  /** What customers wrote. */
  @HasMany(() => ProductReview) reviews!: HasMany<ProductReview>;
  /** How chosen modifiers and variants change it. */
  @HasMany(() => ProductComplexRule) complex_rules!: HasMany<ProductComplexRule>;
  /** At most 250 for each app. */
  @HasMany(() => ProductMetafield) metafields!: HasMany<ProductMetafield>;
  /** The brand with the key `brand_id`. */
  @BelongsTo(() => Brand, { key: 'brand_id' }) brand!: BelongsTo<Brand>;

  /**
   * Calculates prices for a channel, a currency, and a customer or customer group, with taxes and discounts. Nothing is written. The
   * store takes up to 50 such requests at a time.
   *
   * @example
   * const [price] = await Product.prices({ channel_id: 1, currency_code: 'USD', customer_group_id: 2, items: [{ product_id: 77 }] });
   * // POST /v3/pricing/products
   * price.calculated_price?.tax_inclusive;
   */
  static async prices(request: PriceRequest, options?: CallOptions): Promise<ProductPrice[]> {
    return act(sessionFor(this), 'POST', '/pricing/products', { body: request, ...options });
  }
}
