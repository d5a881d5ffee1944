import { act, formOf, queryOf, sessionFor, type Upload } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { ActionOptions } from '../../query/params.js';
import { Attribute } from '../../schema/attribute.js';
import { channelFilters, channelParams, channelSettings } from './channel-scope.js';

/** The order in which products are shown, unless the shopper chooses another. */
type ProductSort =
  | 'featured'
  | 'bestselling'
  | 'newest'
  | 'alphaasc'
  | 'alphadesc'
  | 'pricedesc'
  | 'priceasc'
  | 'avgcustomerreview'
  | 'relevance';

/** Category page settings of the storefront. */
@Resource('/settings/storefront/category', channelSettings)
export class StorefrontCategorySettings extends Model<
  StorefrontCategorySettings,
  typeof channelFilters,
  unknown,
  unknown,
  typeof channelParams
> {
  @Attribute(() => Number) category_tree_depth!: number;
  @Attribute(() => String) default_product_sort!: ProductSort;
  @Attribute(() => String) listing_mode!: 'current_category_only' | 'child_categories' | 'child_categories_if_category_empty';
}

/** Product page settings of the storefront. */
@Resource('/settings/storefront/product', channelSettings)
export class StorefrontProductSettings extends Model<
  StorefrontProductSettings,
  typeof channelFilters,
  unknown,
  unknown,
  typeof channelParams
> {
  @Attribute(() => Boolean) show_product_price!: boolean;
  @Attribute(() => Boolean) show_product_sku!: boolean;
  @Attribute(() => Boolean) show_product_weight!: boolean;
  @Attribute(() => Boolean) show_product_brand!: boolean;
  @Attribute(() => Boolean) show_product_shipping!: boolean;
  @Attribute(() => Boolean) show_product_rating!: boolean;
  @Attribute(() => Boolean) show_add_to_cart_link!: boolean;
  @Attribute(() => String) default_preorder_message!: string;
  @Attribute(() => String) show_breadcrumbs_product_pages!: 'show_one' | 'show_none';
  @Attribute(() => Boolean) show_add_to_cart_qty_box!: boolean;
  @Attribute(() => Boolean) show_add_to_wishlist!: boolean;
  @Attribute(() => Boolean) hide_price_from_guests!: boolean;
}

/** The robots.txt file. */
@Resource('/settings/storefront/robotstxt', channelSettings)
export class RobotsTxtSettings extends Model<RobotsTxtSettings, typeof channelFilters, unknown, unknown, typeof channelParams> {
  @Attribute(() => String) robots_txt_ssl!: string;
}

/** Search settings of the storefront. */
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
  @Attribute(() => String) content_product_sort!: 'relevance' | 'alphaasc' | 'alphadesc';
  @Attribute(() => String) default_product_sort!: ProductSort;
  @Attribute(() => Boolean) product_filtering_enabled!: boolean;
  @Attribute(() => Boolean) search_suggest!: boolean;
}

/** Security settings of the storefront. */
@Resource('/settings/storefront/security', channelSettings)
export class StorefrontSecuritySettings extends Model<
  StorefrontSecuritySettings,
  typeof channelFilters,
  unknown,
  unknown,
  typeof channelParams
> {
  @Attribute(() => Object) csp_header!: Record<string, unknown>;
  @Attribute(() => Object) hsts!: Record<string, unknown>;
  @Attribute(() => Boolean) sitewide_https_enabled!: boolean;
  @Attribute(() => Object) x_frame_options_header!: Record<string, unknown>;
}

/** Titles and descriptions for search engines. */
@Resource('/settings/storefront/seo', channelSettings)
export class StorefrontSeoSettings extends Model<StorefrontSeoSettings, typeof channelFilters, unknown, unknown, typeof channelParams> {
  @Attribute(() => String) meta_description!: string;
  @Attribute(() => String) meta_keywords!: string;
  @Attribute(() => String) page_title!: string;
  @Attribute(() => String) www_redirect!: 'www' | 'no-www' | 'none';
}

/** Whether the storefront is open. */
@Resource('/settings/storefront/status', channelSettings)
export class StorefrontStatusSettings extends Model<
  StorefrontStatusSettings,
  typeof channelFilters,
  unknown,
  unknown,
  typeof channelParams
> {
  @Attribute(() => String) down_for_maintenance_message!: string;
  @Attribute(() => String) prelaunch_message!: string;
  @Attribute(() => String) prelaunch_password!: string;
}

const logoParams = { ...channelParams, upload: channelFilters, uploadFavicon: channelFilters } as const;

/** The logo of a storefront. */
@Resource('/settings/logo', { ...channelSettings, params: logoParams })
export class LogoSettings extends Model<LogoSettings, typeof channelFilters, unknown, unknown, typeof logoParams> {
  @Attribute(() => String, { readOnly: true, setBy: 'uploadFavicon()' }) readonly favicon_url!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'upload()' }) readonly logo_image_url!: string;
  @Attribute(() => String) logo_text!: string;
  @Attribute(() => String) type!: 'image' | 'text';

  /** Uploads the logo. */
  static async upload(file: Upload, options?: ActionOptions<typeof logoParams, 'upload'>): Promise<unknown> {
    return act(sessionFor(this), 'POST', '/settings/logo/image', { body: formOf('LogoFile', file), ...queryOf(this, 'upload', options) });
  }

  /** Uploads the favicon. */
  static async uploadFavicon(file: Upload, options?: ActionOptions<typeof logoParams, 'uploadFavicon'>): Promise<unknown> {
    const body = formOf('FaviconFile', file);
    return act(sessionFor(this), 'POST', '/settings/favicon/image', { body, ...queryOf(this, 'uploadFavicon', options) });
  }
}
