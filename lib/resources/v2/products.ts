import { BelongsTo } from '../../associations/belongs-to.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import type { Money, Open } from '../../schema/types.js';
import { Brand } from './brands.js';
import { OptionSet } from './catalog-options.js';
import {
  GoogleProductSearchMapping,
  ProductConfigurableField,
  ProductCustomField,
  ProductDiscountRule,
  ProductReview,
  ProductVideo,
} from './product-details.js';
import { ProductImage } from './product-images.js';
import { ProductOption } from './product-options.js';
import { ProductRule } from './product-rules.js';
import { ProductSku } from './product-skus.js';
import { TaxClass } from './store.js';

const filters = {
  min_id: Number,
  max_id: Number,
  name: String,
  sku: String,
  description: String,
  condition: String,
  availability: String,
  price: Number,
  min_price: Number,
  max_price: Number,
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
  min_date_last_imported: Date,
  max_date_last_imported: Date,
  include_sku: Boolean,
  product_tax_code: String,
  keyword_filter: String,
} as const;

const productRequired = ['name', 'type', 'price', 'weight', 'categories', 'availability'] as const;

/** The image of a product that lists show. */
export interface PrimaryImage {
  /** Key of the `ProductImage`; 0 or `null` for a product without images. */
  readonly id: number | null;
  /** URL of the large size: the original, or smaller if the store limits it. */
  readonly zoom_url: string | null;
  /** URL of the size for lists of products. */
  readonly thumbnail_url: string | null;
  /** URL of the size for the product's page. */
  readonly standard_url: string | null;
  /** URL of the size below that image. */
  readonly tiny_url: string | null;
}

/**
 * A product of the catalog. Prices are decimal strings (`"199.9000"`) and are never turned into floats. A write whose stock could not be
 * saved gets status 207. Deprecated: `Product` of V3 has variants.
 */
@Resource('/products', { version: 'v2', filters, required: productRequired })
export class Product extends Model<Product, V2Filters<typeof filters>, unknown, typeof productRequired> {
  /** Assigned by the store, counting up. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Shown to shoppers; unique. */
  @Attribute(() => String, { unique: true }) name!: string;
  /** `physical` is shipped, `digital` is downloaded. */
  @Attribute(() => String) type!: Open<'physical' | 'digital'>;
  /** The stock keeping unit; unique. SKUs of choices are in `skus`. */
  @Attribute(() => String, { unique: true }) sku!: string;
  /** Shown on the product's page; may be HTML. */
  @Attribute(() => String) description!: string;
  /** What the store's own search finds it by, with commas between them. */
  @Attribute(() => String) search_keywords!: string | null;
  /** How long it takes to ship, as a text; shown at checkout. */
  @Attribute(() => String) availability_description!: string;
  /** With or without tax, as the store is set. */
  @Attribute(() => String, { decimals: 4 }) price!: Money;
  /** What one costs the merchant; shown to nobody. */
  @Attribute(() => String, { decimals: 4 }) cost_price!: Money;
  /** List price, shown on the product's page; 0 for none. */
  @Attribute(() => String, { decimals: 4 }) retail_price!: Money;
  /** Used in place of `price`; 0 for none. */
  @Attribute(() => String, { decimals: 4 }) sale_price!: Money;
  /** What guests see, after sales and rules; the cart may take off more. */
  @Attribute(() => String, { readOnly: true, setBy: 'price' }) readonly calculated_price!: Money;
  /** Place in categories and search results; lower comes first. */
  @Attribute(() => Number) sort_order!: number;
  /** Whether shoppers see it; default `false`. */
  @Attribute(() => Boolean) is_visible!: boolean;
  /** Whether it is among the featured products of the storefront. */
  @Attribute(() => Boolean) is_featured!: boolean;
  /** Ids with commas between them; default `-1`: the store chooses them. */
  @Attribute(() => String) related_products!: string;
  /** How many are in stock. Counts only for `inventory_tracking` `simple`. */
  @Attribute(() => Number) inventory_level!: number;
  /** The stock below which the merchant is warned. Counts only for `inventory_tracking` `simple`. */
  @Attribute(() => Number) inventory_warning_level!: number;
  /** `none`, `simple` for the stock of the product, or `sku` for that of each SKU. */
  @Attribute(() => String) inventory_tracking!: Open<'none' | 'simple' | 'sku'>;
  /** Shown on the product's page; may be HTML. */
  @Attribute(() => String) warranty!: string | null;
  /** For shipping, in the store's unit; a decimal string. */
  @Attribute(() => String) weight!: string;
  /** For shipping, in the store's unit; a decimal string. */
  @Attribute(() => String) width!: string;
  /** For shipping, in the store's unit; a decimal string. */
  @Attribute(() => String) height!: string;
  /** For shipping, in the store's unit; a decimal string. */
  @Attribute(() => String) depth!: string;
  /** What shipping costs, in place of what the store computes; 0 for none. */
  @Attribute(() => String, { decimals: 4 }) fixed_cost_shipping_price!: Money;
  /** Whether shipping costs nothing. */
  @Attribute(() => Boolean) is_free_shipping!: boolean;
  /** Sum of the stars of all ratings. */
  @Attribute(() => Number, { readOnly: true }) readonly rating_total!: number;
  /** Number of ratings. */
  @Attribute(() => Number, { readOnly: true }) readonly rating_count!: number;
  /** How many have been sold. */
  @Attribute(() => Number, { readOnly: true }) readonly total_sold!: number;
  /** When it was made. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** When it was changed last. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  /** When the bulk importer wrote it last; `null` if never. */
  @Attribute(() => Date, { readOnly: true }) readonly date_last_imported!: Date | null;
  /** The brand. */
  @Attribute(() => Number) brand_id!: number;
  /** How often its page was seen. */
  @Attribute(() => Number) view_count!: number;
  /** Title of its page in the browser; default: the name. */
  @Attribute(() => String) page_title!: string;
  /** For search engines, with commas between them; default: those of the store. */
  @Attribute(() => String) meta_keywords!: string | null;
  /** For search engines; default: that of the store. */
  @Attribute(() => String) meta_description!: string | null;
  /** Template of its page. Deprecated, and written for Blueprint themes only. */
  @Attribute(() => String) layout_file!: string;
  /** Whether no price is shown; default `false`. `true` only with `availability` `disabled`. */
  @Attribute(() => Boolean) is_price_hidden!: boolean;
  /** Shown in place of a hidden price; default empty. Set only with `availability` `disabled`. */
  @Attribute(() => String) price_hidden_label!: string;
  /** Ids of its categories, up to 1,000. An update replaces them all. */
  @Attribute(() => Array) categories!: number[];
  /** Label of the field in which a shopper chooses the date of an event or delivery. */
  @Attribute(() => String) event_date_field_name!: string;
  /**
   * Which dates a shopper may choose: from `event_date_start` on, up to `event_date_end`, or between both, inclusive; `none`: there is no
   * such field.
   */
  @Attribute(() => String) event_date_type!: Open<'none' | 'range' | 'after' | 'before'>;
  /** First date a shopper may choose, for `after` and `range`. */
  @Attribute(() => Date) event_date_start!: Date | null;
  /** Last date a shopper may choose, for `before` and `range`. */
  @Attribute(() => Date) event_date_end!: Date | null;
  /** Account for MYOB: assets. */
  @Attribute(() => String) myob_asset_account!: string;
  /** Account for MYOB: income. */
  @Attribute(() => String) myob_income_account!: string;
  /** Account for MYOB: expenses and cost of sales. */
  @Attribute(() => String) myob_expense_account!: string;
  /** Account in the general ledger of Peachtree. */
  @Attribute(() => String) peachtree_gl_account!: string;
  /** Shown on the product's page if `is_condition_shown`. Other values are refused with 400. */
  @Attribute(() => String) condition!: Open<'New' | 'Used' | 'Refurbished'>;
  /** Whether the condition is shown. */
  @Attribute(() => Boolean) is_condition_shown!: boolean;
  /** When it is released, for `availability` `preorder`. */
  @Attribute(() => Date) preorder_release_date!: Date | null;
  /** Whether `availability` turns from `preorder` to `available` on the release date. */
  @Attribute(() => Boolean) is_preorder_only!: boolean;
  /** Shown before the release, `%%DATE%%` standing for the date; default: that of the store. */
  @Attribute(() => String) preorder_message!: string;
  /** The least that an order may have of it; 0: no limit. */
  @Attribute(() => Number) order_quantity_minimum!: number;
  /** The most that an order may have of it; 0: no limit. */
  @Attribute(() => Number) order_quantity_maximum!: number;
  /** What it is, to social networks. */
  @Attribute(() => String) open_graph_type!: Open<'product' | 'album' | 'book' | 'drink' | 'food' | 'game' | 'movie' | 'song' | 'tv_show'>;
  /** Title for social networks; default: the name. */
  @Attribute(() => String) open_graph_title!: string;
  /** For social networks; default: `meta_description`. */
  @Attribute(() => String) open_graph_description!: string | null;
  /** Whether social networks get the `primary_image`. */
  @Attribute(() => Boolean) is_open_graph_thumbnail!: boolean;
  /** Universal product code, for feeds of price comparisons. */
  @Attribute(() => String) upc!: string | null;
  /** One code of AvaTax, in its own upper and lower case; ignored without Avalara Premium. */
  @Attribute(() => String) avalara_product_tax_code!: string;
  /** The option set; `null` for none, also to remove it. */
  @Attribute(() => Number) option_set_id!: number | null;
  /** The tax class; ignored if the store has automatic tax. */
  @Attribute(() => Number) tax_class_id!: number;
  /** Where options are shown on the product's page; `right` in all documents. */
  @Attribute(() => String) option_set_display!: Open<'right'>;
  /** Where it is in the warehouse. */
  @Attribute(() => String) bin_picking_number!: string;
  /** Path below the storefront, also if it is the default: `/plain-tshirt/`. */
  @Attribute(() => String) custom_url!: string;
  /** Deprecated: `null` in all documents. The filter of this name still searches. */
  @Attribute(() => String, { readOnly: true }) readonly keyword_filter!: string | null;
  /** The image that lists show: that with `is_thumbnail`. */
  @Attribute(() => Object, { readOnly: true }) readonly primary_image!: PrimaryImage | null;
  /** `available` can be bought, `preorder` can be ordered before its release, `disabled` is shown but cannot be bought. */
  @Attribute(() => String) availability!: Open<'available' | 'disabled' | 'preorder'>;
  /** All images; `primary_image` is one of them. */
  @HasMany(() => ProductImage) images!: HasMany<ProductImage>;
  /** Options of its option set. */
  @HasMany(() => ProductOption) options!: HasMany<ProductOption>;
  /** What shoppers fill in. */
  @HasMany(() => ProductConfigurableField) configurable_fields!: HasMany<ProductConfigurableField>;
  /** Names with texts, shown on the product's page. */
  @HasMany(() => ProductCustomField) custom_fields!: HasMany<ProductCustomField>;
  /** Prices by quantity. */
  @HasMany(() => ProductDiscountRule) discount_rules!: HasMany<ProductDiscountRule>;
  /** Reviews by shoppers, approved or not. */
  @HasMany(() => ProductReview) reviews!: HasMany<ProductReview>;
  /** What choices of options change. */
  @HasMany(() => ProductRule) rules!: HasMany<ProductRule>;
  /** Choices of options with a stock of their own. */
  @HasMany(() => ProductSku) skus!: HasMany<ProductSku>;
  /** Videos on YouTube. */
  @HasMany(() => ProductVideo) videos!: HasMany<ProductVideo>;
  /** What Google Shopping is told. */
  @HasMany(() => GoogleProductSearchMapping) googleproductsearch!: HasMany<GoogleProductSearchMapping>;
  /** The brand; `null` for none. */
  @BelongsTo(() => Brand, { key: 'brand_id' }) brand!: BelongsTo<Brand>;
  /** The option set; `null` for none. */
  @BelongsTo(() => OptionSet, { key: 'option_set_id' }) option_set!: BelongsTo<OptionSet>;
  /** The tax class, for a store that sets taxes itself. */
  @BelongsTo(() => TaxClass, { key: 'tax_class_id' }) tax_class!: BelongsTo<TaxClass>;
}
