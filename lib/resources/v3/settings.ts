import { act, formOf, sessionFor, type Upload } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';

/** How carts work, unless a channel says otherwise. */
@Resource('/carts/settings', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class CartSettings extends Model<CartSettings> {
  @Attribute(() => Boolean) allow_purchasing!: boolean;
}

/** How carts work on one channel. */
@Resource('/carts/settings/channels/:channel_id', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class CartChannelSettings extends Model<CartChannelSettings> {
  @Attribute(() => Boolean) allow_purchasing!: boolean;
}

/** How the checkout works, unless a channel says otherwise. */
@Resource('/checkouts/settings', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class CheckoutSettings extends Model<CheckoutSettings> {
  @Attribute(() => String) custom_checkout_script_url!: string;
  @Attribute(() => Boolean) order_confirmation_use_custom_checkout_script!: boolean;
  @Attribute(() => String) custom_order_confirmation_script_url!: string;
  @Attribute(() => Boolean) custom_checkout_supports_uco_settings!: boolean;
  @Attribute(() => String) custom_checkout_sri_hash!: string;
  @Attribute(() => String) custom_order_confirmation_sri_hash!: string;
}

/** How the checkout works on one channel. */
@Resource('/checkouts/settings/channels/:channel_id', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class CheckoutChannelSettings extends Model<CheckoutChannelSettings> {
  @Attribute(() => String) checkout_type!: string;
  @Attribute(() => String) guest_checkout_type!: string;
  @Attribute(() => String) guest_checkout_for_existing_accounts!: string;
  @Attribute(() => String) policy_consent!: string;
  @Attribute(() => String) order_confirmation_contact_email!: string;
  @Attribute(() => Boolean) is_order_terms_and_conditions_enabled!: boolean;
  @Attribute(() => String) order_terms_and_conditions_type!: string;
  @Attribute(() => String) order_terms_and_conditions_link!: string;
  @Attribute(() => String) order_terms_and_conditions_textarea!: string;
  @Attribute(() => Boolean) should_redirect_to_storefront_for_auth!: boolean;
  @Attribute(() => String) custom_checkout_script_url!: string;
  @Attribute(() => Boolean) order_confirmation_use_custom_checkout_script!: boolean;
  @Attribute(() => String) custom_order_confirmation_script_url!: string;
  @Attribute(() => Boolean) custom_checkout_supports_uco_settings!: boolean;
  @Attribute(() => String) custom_checkout_sri_hash!: string;
  @Attribute(() => String) custom_order_confirmation_sri_hash!: string;
}

/** What customers may do and must agree to. */
@Resource('/customers/settings', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class CustomerSettings extends Model<CustomerSettings> {
  @Attribute(() => Object) privacy_settings!: Record<string, unknown>;
  @Attribute(() => Object) customer_group_settings!: Record<string, unknown>;
}

/** What customers may do and must agree to on one channel. */
@Resource('/customers/settings/channels/:channel_id', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class CustomerChannelSettings extends Model<CustomerChannelSettings> {
  @Attribute(() => Object) privacy_settings!: Record<string, unknown>;
  @Attribute(() => Object) customer_group_settings!: Record<string, unknown>;
  @Attribute(() => Boolean) allow_global_logins!: boolean;
}

/** Who is told of orders. */
@Resource('/orders/settings', { version: 'v3', addressing: 'single', operations: ['get', 'update'], noEnvelope: true })
export class OrderSettings extends Model<OrderSettings> {
  @Attribute(() => Object) notifications!: Record<string, unknown>;
}

/** Who is told of orders on one channel. */
@Resource('/orders/settings/channels/:channel_id', { version: 'v3', addressing: 'single', operations: ['get', 'update'], noEnvelope: true })
export class OrderChannelSettings extends Model<OrderChannelSettings> {
  @Attribute(() => Object) notifications!: Record<string, unknown>;
}

/** Whether carts that were left are remembered. */
@Resource('/abandoned-carts/settings', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class AbandonedCartSettings extends Model<AbandonedCartSettings> {
  @Attribute(() => Boolean) enable_notification!: boolean;
  @Attribute(() => Boolean) email_customer_until_cart_is_recovered!: boolean;
  @Attribute(() => Boolean) marketing_emails_require_customer_consent!: boolean;
  @Attribute(() => Boolean) email_merchant_when_cart_is_converted!: boolean;
  @Attribute(() => Boolean) email_merchant_when_cart_is_abandoned!: boolean;
  @Attribute(() => String) merchant_email_address!: string;
  @Attribute(() => String) merchant_abandoned_cart_email_frequency_type!: 'digest' | 'individual';
  @Attribute(() => Number) merchant_abandoned_cart_digest_email_frequency!: number;
}

/** Whether carts that were left on one channel are remembered. */
@Resource('/abandoned-carts/settings/channels/:channel_id', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class AbandonedCartChannelSettings extends Model<AbandonedCartChannelSettings> {
  @Attribute(() => Boolean) enable_notification!: boolean;
  @Attribute(() => Boolean) email_customer_until_cart_is_recovered!: boolean;
  @Attribute(() => Boolean) marketing_emails_require_customer_consent!: boolean;
  @Attribute(() => Boolean) email_merchant_when_cart_is_converted!: boolean;
  @Attribute(() => Boolean) email_merchant_when_cart_is_abandoned!: boolean;
  @Attribute(() => String) merchant_email_address!: string;
  @Attribute(() => String) merchant_abandoned_cart_email_frequency_type!: 'digest' | 'individual';
  @Attribute(() => Number) merchant_abandoned_cart_digest_email_frequency!: number;
}

/** Whether mails about carts that were left are sent. */
@Resource('/marketing/abandoned-cart-emails/settings', {
  version: 'v3',
  addressing: 'single',
  operations: ['get', 'update'],
  alwaysSend: ['use_global'],
  noEnvelope: true,
})
export class AbandonedCartEmailSettings extends Model<AbandonedCartEmailSettings> {
  @Attribute(() => Boolean) use_global!: boolean;
}

/** How the catalog is shown. */
@Resource('/settings/catalog', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class CatalogSettings extends Model<CatalogSettings> {
  @Attribute(() => Boolean) auto_approve_reviews!: boolean;
  @Attribute(() => Boolean) enable_product_comparisons!: boolean;
}

/** Which mails are sent. */
@Resource('/settings/email-statuses', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class EmailStatusSettings extends Model<EmailStatusSettings> {
  @Attribute(() => Boolean) abandoned_cart_email!: boolean;
  @Attribute(() => Boolean) account_details_changed_email!: boolean;
  @Attribute(() => Boolean) combined_order_status_email!: boolean;
  @Attribute(() => Boolean) create_account_email!: boolean;
  @Attribute(() => Boolean) create_guest_account_email!: boolean;
  @Attribute(() => Boolean) gift_certificate_email!: boolean;
  @Attribute(() => Boolean) invoice_email!: boolean;
  @Attribute(() => Boolean) order_message_notification_email!: boolean;
  @Attribute(() => Boolean) product_review_email!: boolean;
  @Attribute(() => Boolean) return_confirmation_email!: boolean;
  @Attribute(() => Boolean) return_statuschange_email!: boolean;
}

/** How stock is counted. */
@Resource('/settings/inventory', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class InventorySettings extends Model<InventorySettings> {
  @Attribute(() => String) product_out_of_stock_behavior!:
    | 'do_nothing'
    | 'hide_product'
    | 'hide_product_and_accessible'
    | 'hide_product_and_redirect';
  @Attribute(() => String) option_out_of_stock_behavior!: 'do_nothing' | 'hide_option' | 'label_option';
  @Attribute(() => String) update_stock_behavior!: 'order_placed' | 'order_completed_or_shipped';
  @Attribute(() => Boolean) edit_order_stock_adjustment!: boolean;
  @Attribute(() => Boolean) refund_order_stock_adjustment!: boolean;
  @Attribute(() => String) stock_level_display!: 'dont_show' | 'show' | 'show_when_low';
  @Attribute(() => String) default_out_of_stock_message!: string;
  @Attribute(() => Boolean) hide_in_product_filtering!: boolean;
  @Attribute(() => Boolean) show_pre_order_stock_levels!: boolean;
  @Attribute(() => Boolean) show_out_of_stock_message!: boolean;
}

/** Who is told of low stock. */
@Resource('/settings/inventory/notifications', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class InventoryNotificationSettings extends Model<InventoryNotificationSettings> {
  @Attribute(() => Array) low_stock_notification_address!: string[];
  @Attribute(() => Array) out_of_stock_notification_address!: string[];
}

/** The language of the store. */
@Resource('/settings/store/locale', {
  version: 'v3',
  addressing: 'single',
  operations: ['get', 'update'],
  alwaysSend: ['default_shopper_language'],
})
export class LocaleSettings extends Model<LocaleSettings> {
  @Attribute(() => String) default_shopper_language!: string;
  @Attribute(() => String) shopper_language_selection_method!: 'browser' | 'default_shopper_language';
  @Attribute(() => String) store_country!: string;
}

/** The name and address of the store. */
@Resource('/settings/store/profile', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class StoreProfileSettings extends Model<StoreProfileSettings> {
  @Attribute(() => String) store_address!: string;
  @Attribute(() => String) store_address_type!: 'Home Office' | 'Commercial Office' | 'Retail' | 'Warehouse';
  @Attribute(() => String) store_email!: string;
  @Attribute(() => String) store_name!: string;
  @Attribute(() => String) store_phone!: string;
}

/** In which units the store measures. */
@Resource('/settings/store/units-of-measurement', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class MeasurementSettings extends Model<MeasurementSettings> {
  @Attribute(() => String) weight_measurement!: 'LBS' | 'Ounces' | 'KGS' | 'Grams' | 'Tonnes';
  @Attribute(() => String) length_measurement!: 'Inches' | 'Centimeters';
  @Attribute(() => String) decimal_token!: string;
  @Attribute(() => String) thousands_token!: string;
  @Attribute(() => Number) decimal_places!: number;
  @Attribute(() => String) factoring_dimension!: 'depth' | 'height' | 'width';
}

/** How categories are shown. */
@Resource('/settings/storefront/category', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class StorefrontCategorySettings extends Model<StorefrontCategorySettings> {
  @Attribute(() => Number) category_tree_depth!: number;
  @Attribute(() => String) default_product_sort!:
    | 'featured'
    | 'bestselling'
    | 'newest'
    | 'alphaasc'
    | 'alphadesc'
    | 'pricedesc'
    | 'priceasc'
    | 'avgcustomerreview'
    | 'relevance';
  @Attribute(() => String) listing_mode!: 'current_category_only' | 'child_categories' | 'child_categories_if_category_empty';
}

/** How products are shown. */
@Resource('/settings/storefront/product', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class StorefrontProductSettings extends Model<StorefrontProductSettings> {
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

/** What search engines may read. */
@Resource('/settings/storefront/robotstxt', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class RobotsTxtSettings extends Model<RobotsTxtSettings> {
  @Attribute(() => String) robots_txt_ssl!: string;
}

/** How the search works. */
@Resource('/settings/storefront/search', {
  version: 'v3',
  addressing: 'single',
  operations: ['get', 'update'],
  alwaysSend: ['content_product_sort', 'default_product_sort', 'product_filtering_enabled', 'search_suggest'],
})
export class StorefrontSearchSettings extends Model<StorefrontSearchSettings> {
  @Attribute(() => String) content_product_sort!: 'relevance' | 'alphaasc' | 'alphadesc';
  @Attribute(() => String) default_product_sort!:
    | 'featured'
    | 'bestselling'
    | 'newest'
    | 'alphaasc'
    | 'alphadesc'
    | 'pricedesc'
    | 'priceasc'
    | 'avgcustomerreview'
    | 'relevance';
  @Attribute(() => Boolean) product_filtering_enabled!: boolean;
  @Attribute(() => Boolean) search_suggest!: boolean;
}

/** How the storefront is protected. */
@Resource('/settings/storefront/security', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class StorefrontSecuritySettings extends Model<StorefrontSecuritySettings> {
  @Attribute(() => Object) csp_header!: Record<string, unknown>;
  @Attribute(() => Object) hsts!: Record<string, unknown>;
  @Attribute(() => Boolean) sitewide_https_enabled!: boolean;
  @Attribute(() => Object) x_frame_options_header!: Record<string, unknown>;
}

/** What search engines are told. */
@Resource('/settings/storefront/seo', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class StorefrontSeoSettings extends Model<StorefrontSeoSettings> {
  @Attribute(() => String) meta_description!: string;
  @Attribute(() => String) meta_keywords!: string;
  @Attribute(() => String) page_title!: string;
  @Attribute(() => String) www_redirect!: 'www' | 'no-www' | 'none';
}

/** Whether the storefront is open. */
@Resource('/settings/storefront/status', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class StorefrontStatusSettings extends Model<StorefrontStatusSettings> {
  @Attribute(() => String) down_for_maintenance_message!: string;
  @Attribute(() => String) prelaunch_message!: string;
  @Attribute(() => String) prelaunch_password!: string;
}

/** How shipping works, unless a channel says otherwise. */
@Resource('/shipping/settings', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class ShippingSettings extends Model<ShippingSettings> {
  @Attribute(() => Object) checkout!: Record<string, unknown>;
}

/** How shipping works on one channel. */
@Resource('/shipping/settings/channels/:channel_id', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class ShippingChannelSettings extends Model<ShippingChannelSettings> {
  @Attribute(() => Object) checkout!: Record<string, unknown>;
}

/** How taxes are shown and computed. */
@Resource('/tax/settings', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class TaxSettings extends Model<TaxSettings> {
  @Attribute(() => Boolean) tax_entered_with_prices!: boolean;
  @Attribute(() => Object) price_display_settings!: Record<string, unknown>;
  @Attribute(() => String) fallback_strategy!: 'FIXED' | 'BASIC' | 'DISABLE';
  @Attribute(() => Boolean) should_subtract_store_tax!: boolean;
  @Attribute(() => Boolean) should_use_geolocation_to_determine_guest_shopper_tax_zone!: boolean;
  @Attribute(() => Number) guest_shopper_tax_zone_id!: number;
  @Attribute(() => Number) store_tax_zone_id!: number;
  @Attribute(() => String) document_submission_strategy!: 'ON_PAYMENT_CAPTURE' | 'ON_ORDER_CREATION';
  @Attribute(() => String) rounding_strategy!: 'NO_ROUNDING' | 'RATE_ROUNDING';
}

/** The logo of a storefront. */
@Resource('/settings/logo', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class LogoSettings extends Model<LogoSettings> {
  @Attribute(() => String, { readOnly: true, setBy: 'uploadFavicon()' }) favicon_url!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'upload()' }) logo_image_url!: string;
  @Attribute(() => String) logo_text!: string;
  @Attribute(() => String) type!: 'image' | 'text';

  /** Uploads the logo. */
  static async upload(file: Upload, options?: CallOptions): Promise<unknown> {
    return act(sessionFor(this), 'POST', '/settings/logo/image', { body: formOf('LogoFile', file), ...options });
  }

  /** Uploads the little picture in the tab of a browser. */
  static async uploadFavicon(file: Upload, options?: CallOptions): Promise<unknown> {
    return act(sessionFor(this), 'POST', '/settings/favicon/image', { body: formOf('FaviconFile', file), ...options });
  }
}

const analyticsProviderFilters = { channel_id: Number } as const;

/** A service that counts visitors. */
@Resource('/settings/analytics', { version: 'v3', filters: analyticsProviderFilters, operations: ['list', 'get', 'update', 'count'] })
export class AnalyticsProvider extends Model<AnalyticsProvider, typeof analyticsProviderFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => Number, { readOnly: true }) channel_id!: number;
  @Attribute(() => String) name!: string;
  @Attribute(() => String) code!: string;
  @Attribute(() => Boolean) enabled!: boolean;
  @Attribute(() => Boolean) data_tag_enabled!: boolean;
  @Attribute(() => Number) version!: number;
  @Attribute(() => String, { readOnly: true }) api_secret!: string;
  @Attribute(() => Object) is_oauth_connected!: unknown;
}

const searchFilterFilters = {} as const;

/** A filter that shoppers can use. */
@Resource('/settings/search/filters', {
  version: 'v3',
  filters: searchFilterFilters,
  addressing: 'filter',
  operations: ['list', 'update', 'count'],
  batch: { update: 10 },
})
export class SearchFilter extends Model<SearchFilter, typeof searchFilterFilters> {
  @Attribute(() => Boolean) collapsed_by_default!: boolean;
  @Attribute(() => String) display_name!: string;
  @Attribute(() => Boolean) display_product_count!: boolean;
  @Attribute(() => String, { readOnly: true }) id!: string;
  @Attribute(() => Boolean) is_enabled!: boolean;
  @Attribute(() => Number) items_to_show!: number;
  @Attribute(() => String) sort_by!: 'alpha' | 'item_count';
  @Attribute(() => String) type!: 'other';
  @Attribute(() => Boolean) show_free_shipping_filter!: boolean;
  @Attribute(() => Boolean) show_in_stock_filter!: boolean;
  @Attribute(() => Boolean) show_is_featured_filter!: boolean;
  @Attribute(() => Boolean) show_product_count!: boolean;
}

const availableSearchFilterFilters = { channel_id: Number, category_id: Number } as const;

/** A filter that could be offered. */
@Resource('/settings/search/filters/available', { version: 'v3', filters: availableSearchFilterFilters, operations: ['list', 'count'] })
export class AvailableSearchFilter extends Model<AvailableSearchFilter, typeof availableSearchFilterFilters> {
  @Attribute(() => String, { readOnly: true }) id!: string;
  @Attribute(() => String, { readOnly: true }) name!: string;
  @Attribute(() => Number, { readOnly: true }) product_count!: number;
  @Attribute(() => String, { readOnly: true }) type!: 'other';
  @Attribute(() => Number, { readOnly: true }) price_range_max!: number;
  @Attribute(() => Number, { readOnly: true }) price_range_min!: number;
}

const searchFilterContextFilters = { channel_id: Number, category_id: Number } as const;

/** Filters of one channel or category. */
@Resource('/settings/search/filters/contexts', {
  version: 'v3',
  filters: searchFilterContextFilters,
  key: 'channel_id',
  addressing: 'filter',
  operations: ['list', 'create', 'update', 'count'],
  batch: { update: 10, upsert: 10 },
})
export class SearchFilterContext extends Model<SearchFilterContext, typeof searchFilterContextFilters> {
  @Attribute(() => Object) context!: Record<string, unknown>;
  @Attribute(() => Array) data!: Record<string, unknown>[];
}
