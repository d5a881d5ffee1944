import { act, formOf, queryOf, sessionFor, type Upload } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { ActionOptions } from '../../query/params.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import { channelFilters, channelParams, channelSettings } from './channel-scope.js';

/** The order in which products are shown, unless the shopper chooses another. */
export type ProductSort = Open<
  'featured' | 'bestselling' | 'newest' | 'alphaasc' | 'alphadesc' | 'pricedesc' | 'priceasc' | 'avgcustomerreview' | 'relevance'
>;

/** The header `Content-Security-Policy` of the storefront. */
export interface ContentSecurityPolicy {
  /** Whether it is sent. */
  enabled: boolean;
  /** The whole policy. */
  header_value: string;
}

/** The header `Strict-Transport-Security` of the storefront. */
export interface StrictTransportSecurity {
  /** Whether it is sent. */
  enabled: boolean;
  /** Whether browsers may have the domain in the list that they are delivered with. */
  include_preload: boolean;
  /** Whether it is also valid below the domain. */
  include_subdomains: boolean;
  /** How long browsers keep to HTTPS. */
  max_age: Open<'zero_seconds' | 'five_minutes' | 'one_year'>;
}

/** The header `X-Frame-Options` of the storefront: who may show its pages in a frame. */
export interface FrameOptions {
  /** Whether it is sent. */
  enabled: boolean;
  /** Which pages may do it. */
  setting: Open<'deny' | 'same_origin' | 'allow_from_url'>;
  /** For `allow_from_url`. */
  allowed_url: string;
}

/** The pages of categories. In the settings of a channel, `null` stands for a value that it takes from the store. */
@Resource('/settings/storefront/category', channelSettings)
export class StorefrontCategorySettings extends Model<
  StorefrontCategorySettings,
  typeof channelFilters,
  unknown,
  unknown,
  typeof channelParams
> {
  /** How many levels of subcategories the menu shows; 1 to 8. A channel may read 0. */
  @Attribute(() => Number) category_tree_depth!: number | null;
  /** Unless the shopper chooses another order. Default `bestselling`. */
  @Attribute(() => String) default_product_sort!: ProductSort | null;
  /** Whether a category also lists the products of its subcategories. */
  @Attribute(() => String) listing_mode!: Open<'current_category_only' | 'child_categories' | 'child_categories_if_category_empty'> | null;
}

/** The pages of products. In the settings of a channel, `null` stands for a value that it takes from the store. */
@Resource('/settings/storefront/product', channelSettings)
export class StorefrontProductSettings extends Model<
  StorefrontProductSettings,
  typeof channelFilters,
  unknown,
  unknown,
  typeof channelParams
> {
  /** The price. */
  @Attribute(() => Boolean) show_product_price!: boolean | null;
  /** The SKU. */
  @Attribute(() => Boolean) show_product_sku!: boolean | null;
  /** The weight. */
  @Attribute(() => Boolean) show_product_weight!: boolean | null;
  /** The brand, with a link. */
  @Attribute(() => Boolean) show_product_brand!: boolean | null;
  /** The cost of shipping. */
  @Attribute(() => Boolean) show_product_shipping!: boolean | null;
  /** The average of the reviews. */
  @Attribute(() => Boolean) show_product_rating!: boolean | null;
  /** The button that puts the product into the cart. */
  @Attribute(() => Boolean) show_add_to_cart_link!: boolean | null;
  /** For products that can be ordered in advance and have no message of their own. */
  @Attribute(() => String) default_preorder_message!: string | null;
  /** Whether the path of one category is shown above the product. */
  @Attribute(() => String) show_breadcrumbs_product_pages!: Open<'show_one' | 'show_none'> | null;
  /** The field for the quantity. */
  @Attribute(() => Boolean) show_add_to_cart_qty_box!: boolean | null;
  /** The button that puts the product on a wishlist. */
  @Attribute(() => Boolean) show_add_to_wishlist!: boolean | null;
  /** Whether prices are shown only after login. */
  @Attribute(() => Boolean) hide_price_from_guests!: boolean | null;
}

/** The file robots.txt. In the settings of a channel, `null` stands for a value that it takes from the store. */
@Resource('/settings/storefront/robotstxt', channelSettings)
export class RobotsTxtSettings extends Model<RobotsTxtSettings, typeof channelFilters, unknown, unknown, typeof channelParams> {
  /** The whole file, as it is served over HTTPS. */
  @Attribute(() => String) robots_txt_ssl!: string | null;
}

/**
 * The search of the storefront. A change sends all four. In the settings of a channel, `null` stands for a value that it takes from the
 * store.
 */
@Resource('/settings/storefront/search', {
  ...channelSettings,
  alwaysSend: ['content_product_sort', 'default_product_sort', 'product_filtering_enabled', 'search_suggest'],
})
export class StorefrontSearchSettings extends Model<
  StorefrontSearchSettings,
  typeof channelFilters,
  unknown,
  unknown,
  typeof channelParams
> {
  /** Of pages and blog posts that were found. Default `relevance`. */
  @Attribute(() => String) content_product_sort!: Open<'relevance' | 'alphaasc' | 'alphadesc'> | null;
  /** Of products that were found. Default `bestselling`. */
  @Attribute(() => String) default_product_sort!: ProductSort | null;
  /** Whether shoppers can narrow a list of products by filters. Of the store only, not of a channel. */
  @Attribute(() => Boolean) product_filtering_enabled!: boolean | null;
  /** Whether results are suggested while the shopper types. */
  @Attribute(() => Boolean) search_suggest!: boolean | null;
}

/** Headers that protect the storefront. In the settings of a channel, `null` stands for a value that it takes from the store. */
@Resource('/settings/storefront/security', channelSettings)
export class StorefrontSecuritySettings extends Model<
  StorefrontSecuritySettings,
  typeof channelFilters,
  unknown,
  unknown,
  typeof channelParams
> {
  /** Where the pages may load from. */
  @Attribute(() => Object) csp_header!: ContentSecurityPolicy | null;
  /** Whether browsers must come back by HTTPS. */
  @Attribute(() => Object) hsts!: StrictTransportSecurity | null;
  /** Whether all pages, not only the checkout, are served over HTTPS. */
  @Attribute(() => Boolean) sitewide_https_enabled!: boolean | null;
  /** Whether other pages may show the storefront in a frame. */
  @Attribute(() => Object) x_frame_options_header!: FrameOptions | null;
}

/** What search engines read. In the settings of a channel, `null` stands for a value that it takes from the store. */
@Resource('/settings/storefront/seo', channelSettings)
export class StorefrontSeoSettings extends Model<StorefrontSeoSettings, typeof channelFilters, unknown, unknown, typeof channelParams> {
  /** Of the home page. */
  @Attribute(() => String) meta_description!: string | null;
  /** Of the home page, with commas between them. */
  @Attribute(() => String) meta_keywords!: string | null;
  /** Of the home page. */
  @Attribute(() => String) page_title!: string | null;
  /** Whether the storefront redirects to the domain with `www`, without it, or not at all. */
  @Attribute(() => String) www_redirect!: Open<'www' | 'no-www' | 'none'> | null;
}

/** What shoppers see while the storefront is closed. In the settings of a channel, `null` stands for a value that it takes from the store. */
@Resource('/settings/storefront/status', channelSettings)
export class StorefrontStatusSettings extends Model<
  StorefrontStatusSettings,
  typeof channelFilters,
  unknown,
  unknown,
  typeof channelParams
> {
  /** Shown during maintenance. */
  @Attribute(() => String) down_for_maintenance_message!: string | null;
  /** Shown before the launch. */
  @Attribute(() => String) prelaunch_message!: string | null;
  /** Lets visitors in before the launch; the store generates it. */
  @Attribute(() => String, { readOnly: true }) readonly prelaunch_password!: string | null;
}

const logoParams = { ...channelParams, upload: channelFilters, uploadFavicon: channelFilters } as const;

/** The logo of a storefront. In the settings of a channel, `null` stands for a value that it takes from the store. */
@Resource('/settings/logo', { ...channelSettings, params: logoParams })
export class LogoSettings extends Model<LogoSettings, typeof channelFilters, unknown, unknown, typeof logoParams> {
  /** Where the favicon is. */
  @Attribute(() => String, { readOnly: true, setBy: 'uploadFavicon()' }) readonly favicon_url!: string | null;
  /** Where the image is. */
  @Attribute(() => String, { readOnly: true, setBy: 'upload()' }) readonly logo_image_url!: string | null;
  /** Shown in place of an image, for the type `text`. */
  @Attribute(() => String) logo_text!: string | null;
  /** Whether the logo is an image or a text. */
  @Attribute(() => String) type!: Open<'image' | 'text'> | null;

  /** Uploads the logo: a GIF, JPEG or PNG. */
  static async upload(file: Upload, options?: ActionOptions<typeof logoParams, 'upload'>): Promise<void> {
    await act(sessionFor(this), 'POST', '/settings/logo/image', { body: formOf('LogoFile', file), ...queryOf(this, 'upload', options) });
  }

  /** Uploads the favicon: a GIF, JPEG or PNG of at most 10 MB. */
  static async uploadFavicon(file: Upload, options?: ActionOptions<typeof logoParams, 'uploadFavicon'>): Promise<void> {
    const body = formOf('FaviconFile', file);
    await act(sessionFor(this), 'POST', '/settings/favicon/image', { body, ...queryOf(this, 'uploadFavicon', options) });
  }
}
