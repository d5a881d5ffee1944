import { act, formOf, sessionFor, type Upload } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';

/** How carts work, unless a channel says otherwise. */
@Resource('/carts/settings', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class CartSettings extends Model<CartSettings> {
  @Attribute() allow_purchasing!: boolean;
}

/** How carts work on one channel. */
@Resource('/carts/settings/channels/:channel_id', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class CartChannelSettings extends Model<CartChannelSettings> {
  @Attribute() allow_purchasing!: boolean;
}

/** How the checkout works, unless a channel says otherwise. */
@Resource('/checkouts/settings', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class CheckoutSettings extends Model<CheckoutSettings> {
  @Attribute() custom_checkout_script_url!: string;
  @Attribute() order_confirmation_use_custom_checkout_script!: boolean;
  @Attribute() custom_order_confirmation_script_url!: string;
  @Attribute() custom_checkout_supports_uco_settings!: boolean;
  @Attribute() custom_checkout_sri_hash!: string;
  @Attribute() custom_order_confirmation_sri_hash!: string;
}

/** How the checkout works on one channel. */
@Resource('/checkouts/settings/channels/:channel_id', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class CheckoutChannelSettings extends Model<CheckoutChannelSettings> {
  @Attribute() checkout_type!: string;
  @Attribute() guest_checkout_type!: string;
  @Attribute() guest_checkout_for_existing_accounts!: string;
  @Attribute() policy_consent!: string;
  @Attribute() order_confirmation_contact_email!: string;
  @Attribute() is_order_terms_and_conditions_enabled!: boolean;
  @Attribute() order_terms_and_conditions_type!: string;
  @Attribute() order_terms_and_conditions_link!: string;
  @Attribute() order_terms_and_conditions_textarea!: string;
  @Attribute() should_redirect_to_storefront_for_auth!: boolean;
  @Attribute() custom_checkout_script_url!: string;
  @Attribute() order_confirmation_use_custom_checkout_script!: boolean;
  @Attribute() custom_order_confirmation_script_url!: string;
  @Attribute() custom_checkout_supports_uco_settings!: boolean;
  @Attribute() custom_checkout_sri_hash!: string;
  @Attribute() custom_order_confirmation_sri_hash!: string;
}

/** What customers may do and must agree to. */
@Resource('/customers/settings', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class CustomerSettings extends Model<CustomerSettings> {
  @Attribute() privacy_settings!: Record<string, unknown>;
  @Attribute() customer_group_settings!: Record<string, unknown>;
}

/** What customers may do and must agree to on one channel. */
@Resource('/customers/settings/channels/:channel_id', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class CustomerChannelSettings extends Model<CustomerChannelSettings> {
  @Attribute() privacy_settings!: Record<string, unknown>;
  @Attribute() customer_group_settings!: Record<string, unknown>;
  @Attribute() allow_global_logins!: boolean;
}

/** Who is told of orders. */
@Resource('/orders/settings', { version: 'v3', addressing: 'single', operations: ['get', 'update'], bare: true })
export class OrderSettings extends Model<OrderSettings> {
  @Attribute() notifications!: Record<string, unknown>;
}

/** Who is told of orders on one channel. */
@Resource('/orders/settings/channels/:channel_id', { version: 'v3', addressing: 'single', operations: ['get', 'update'], bare: true })
export class OrderChannelSettings extends Model<OrderChannelSettings> {
  @Attribute() notifications!: Record<string, unknown>;
}

/** Whether carts that were left are remembered. */
@Resource('/abandoned-carts/settings', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class AbandonedCartSettings extends Model<AbandonedCartSettings> {
  @Attribute() enable_notification!: boolean;
  @Attribute() email_customer_until_cart_is_recovered!: boolean;
  @Attribute() marketing_emails_require_customer_consent!: boolean;
  @Attribute() email_merchant_when_cart_is_converted!: boolean;
  @Attribute() email_merchant_when_cart_is_abandoned!: boolean;
  @Attribute() merchant_email_address!: string;
  @Attribute() merchant_abandoned_cart_email_frequency_type!: 'digest' | 'individual';
  @Attribute() merchant_abandoned_cart_digest_email_frequency!: number;
}

/** Whether carts that were left on one channel are remembered. */
@Resource('/abandoned-carts/settings/channels/:channel_id', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class AbandonedCartChannelSettings extends Model<AbandonedCartChannelSettings> {
  @Attribute() enable_notification!: boolean;
  @Attribute() email_customer_until_cart_is_recovered!: boolean;
  @Attribute() marketing_emails_require_customer_consent!: boolean;
  @Attribute() email_merchant_when_cart_is_converted!: boolean;
  @Attribute() email_merchant_when_cart_is_abandoned!: boolean;
  @Attribute() merchant_email_address!: string;
  @Attribute() merchant_abandoned_cart_email_frequency_type!: 'digest' | 'individual';
  @Attribute() merchant_abandoned_cart_digest_email_frequency!: number;
}

/** Whether mails about carts that were left are sent. */
@Resource('/marketing/abandoned-cart-emails/settings', {
  version: 'v3',
  addressing: 'single',
  operations: ['get', 'update'],
  updateDemands: ['use_global'],
  bare: true,
})
export class AbandonedCartEmailSettings extends Model<AbandonedCartEmailSettings> {
  @Attribute() use_global!: boolean;
}

/** How the catalog is shown. */
@Resource('/settings/catalog', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class CatalogSettings extends Model<CatalogSettings> {
  @Attribute() auto_approve_reviews!: boolean;
  @Attribute() enable_product_comparisons!: boolean;
}

/** Which mails are sent. */
@Resource('/settings/email-statuses', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class EmailStatusSettings extends Model<EmailStatusSettings> {
  @Attribute() abandoned_cart_email!: boolean;
  @Attribute() account_details_changed_email!: boolean;
  @Attribute() combined_order_status_email!: boolean;
  @Attribute() create_account_email!: boolean;
  @Attribute() create_guest_account_email!: boolean;
  @Attribute() gift_certificate_email!: boolean;
  @Attribute() invoice_email!: boolean;
  @Attribute() order_message_notification_email!: boolean;
  @Attribute() product_review_email!: boolean;
  @Attribute() return_confirmation_email!: boolean;
  @Attribute() return_statuschange_email!: boolean;
}

/** How stock is counted. */
@Resource('/settings/inventory', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class InventorySettings extends Model<InventorySettings> {
  @Attribute() product_out_of_stock_behavior!: 'do_nothing' | 'hide_product' | 'hide_product_and_accessible' | 'hide_product_and_redirect';
  @Attribute() option_out_of_stock_behavior!: 'do_nothing' | 'hide_option' | 'label_option';
  @Attribute() update_stock_behavior!: 'order_placed' | 'order_completed_or_shipped';
  @Attribute() edit_order_stock_adjustment!: boolean;
  @Attribute() refund_order_stock_adjustment!: boolean;
  @Attribute() stock_level_display!: 'dont_show' | 'show' | 'show_when_low';
  @Attribute() default_out_of_stock_message!: string;
  @Attribute() hide_in_product_filtering!: boolean;
  @Attribute() show_pre_order_stock_levels!: boolean;
  @Attribute() show_out_of_stock_message!: boolean;
}

/** Who is told of low stock. */
@Resource('/settings/inventory/notifications', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class InventoryNotificationSettings extends Model<InventoryNotificationSettings> {
  @Attribute() low_stock_notification_address!: string[];
  @Attribute() out_of_stock_notification_address!: string[];
}

/** The language of the store. */
@Resource('/settings/store/locale', {
  version: 'v3',
  addressing: 'single',
  operations: ['get', 'update'],
  updateDemands: ['default_shopper_language'],
})
export class LocaleSettings extends Model<LocaleSettings> {
  @Attribute() default_shopper_language!: string;
  @Attribute() shopper_language_selection_method!: 'browser' | 'default_shopper_language';
  @Attribute() store_country!: string;
}

/** The name and address of the store. */
@Resource('/settings/store/profile', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class StoreProfileSettings extends Model<StoreProfileSettings> {
  @Attribute() store_address!: string;
  @Attribute() store_address_type!: 'Home Office' | 'Commercial Office' | 'Retail' | 'Warehouse';
  @Attribute() store_email!: string;
  @Attribute() store_name!: string;
  @Attribute() store_phone!: string;
}

/** In which units the store measures. */
@Resource('/settings/store/units-of-measurement', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class MeasurementSettings extends Model<MeasurementSettings> {
  @Attribute() weight_measurement!: 'LBS' | 'Ounces' | 'KGS' | 'Grams' | 'Tonnes';
  @Attribute() length_measurement!: 'Inches' | 'Centimeters';
  @Attribute() decimal_token!: string;
  @Attribute() thousands_token!: string;
  @Attribute() decimal_places!: number;
  @Attribute() factoring_dimension!: 'depth' | 'height' | 'width';
}

/** How categories are shown. */
@Resource('/settings/storefront/category', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class StorefrontCategorySettings extends Model<StorefrontCategorySettings> {
  @Attribute() category_tree_depth!: number;
  @Attribute() default_product_sort!:
    | 'featured'
    | 'bestselling'
    | 'newest'
    | 'alphaasc'
    | 'alphadesc'
    | 'pricedesc'
    | 'priceasc'
    | 'avgcustomerreview'
    | 'relevance';
  @Attribute() listing_mode!: 'current_category_only' | 'child_categories' | 'child_categories_if_category_empty';
}

/** How products are shown. */
@Resource('/settings/storefront/product', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class StorefrontProductSettings extends Model<StorefrontProductSettings> {
  @Attribute() show_product_price!: boolean;
  @Attribute() show_product_sku!: boolean;
  @Attribute() show_product_weight!: boolean;
  @Attribute() show_product_brand!: boolean;
  @Attribute() show_product_shipping!: boolean;
  @Attribute() show_product_rating!: boolean;
  @Attribute() show_add_to_cart_link!: boolean;
  @Attribute() default_preorder_message!: string;
  @Attribute() show_breadcrumbs_product_pages!: 'show_one' | 'show_none';
  @Attribute() show_add_to_cart_qty_box!: boolean;
  @Attribute() show_add_to_wishlist!: boolean;
  @Attribute() hide_price_from_guests!: boolean;
}

/** What search engines may read. */
@Resource('/settings/storefront/robotstxt', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class RobotsTxtSettings extends Model<RobotsTxtSettings> {
  @Attribute() robots_txt_ssl!: string;
}

/** How the search works. */
@Resource('/settings/storefront/search', {
  version: 'v3',
  addressing: 'single',
  operations: ['get', 'update'],
  updateDemands: ['content_product_sort', 'default_product_sort', 'product_filtering_enabled', 'search_suggest'],
})
export class StorefrontSearchSettings extends Model<StorefrontSearchSettings> {
  @Attribute() content_product_sort!: 'relevance' | 'alphaasc' | 'alphadesc';
  @Attribute() default_product_sort!:
    | 'featured'
    | 'bestselling'
    | 'newest'
    | 'alphaasc'
    | 'alphadesc'
    | 'pricedesc'
    | 'priceasc'
    | 'avgcustomerreview'
    | 'relevance';
  @Attribute() product_filtering_enabled!: boolean;
  @Attribute() search_suggest!: boolean;
}

/** How the storefront is protected. */
@Resource('/settings/storefront/security', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class StorefrontSecuritySettings extends Model<StorefrontSecuritySettings> {
  @Attribute() csp_header!: Record<string, unknown>;
  @Attribute() hsts!: Record<string, unknown>;
  @Attribute() sitewide_https_enabled!: boolean;
  @Attribute() x_frame_options_header!: Record<string, unknown>;
}

/** What search engines are told. */
@Resource('/settings/storefront/seo', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class StorefrontSeoSettings extends Model<StorefrontSeoSettings> {
  @Attribute() meta_description!: string;
  @Attribute() meta_keywords!: string;
  @Attribute() page_title!: string;
  @Attribute() www_redirect!: 'www' | 'no-www' | 'none';
}

/** Whether the storefront is open. */
@Resource('/settings/storefront/status', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class StorefrontStatusSettings extends Model<StorefrontStatusSettings> {
  @Attribute() down_for_maintenance_message!: string;
  @Attribute() prelaunch_message!: string;
  @Attribute() prelaunch_password!: string;
}

/** How shipping works, unless a channel says otherwise. */
@Resource('/shipping/settings', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class ShippingSettings extends Model<ShippingSettings> {
  @Attribute() checkout!: Record<string, unknown>;
}

/** How shipping works on one channel. */
@Resource('/shipping/settings/channels/:channel_id', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class ShippingChannelSettings extends Model<ShippingChannelSettings> {
  @Attribute() checkout!: Record<string, unknown>;
}

/** How taxes are shown and computed. */
@Resource('/tax/settings', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class TaxSettings extends Model<TaxSettings> {
  @Attribute() tax_entered_with_prices!: boolean;
  @Attribute() price_display_settings!: Record<string, unknown>;
  @Attribute() fallback_strategy!: 'FIXED' | 'BASIC' | 'DISABLE';
  @Attribute() should_subtract_store_tax!: boolean;
  @Attribute() should_use_geolocation_to_determine_guest_shopper_tax_zone!: boolean;
  @Attribute() guest_shopper_tax_zone_id!: number;
  @Attribute() store_tax_zone_id!: number;
  @Attribute() document_submission_strategy!: 'ON_PAYMENT_CAPTURE' | 'ON_ORDER_CREATION';
  @Attribute() rounding_strategy!: 'NO_ROUNDING' | 'RATE_ROUNDING';
}

/** The logo of a storefront. */
@Resource('/settings/logo', { version: 'v3', addressing: 'single', operations: ['get', 'update'] })
export class LogoSettings extends Model<LogoSettings> {
  @Attribute({ readOnly: true, setBy: 'uploadFavicon()' }) favicon_url!: string;
  @Attribute({ readOnly: true, setBy: 'upload()' }) logo_image_url!: string;
  @Attribute() logo_text!: string;
  @Attribute() type!: 'image' | 'text';

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
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) channel_id!: number;
  @Attribute() name!: string;
  @Attribute() code!: string;
  @Attribute() enabled!: boolean;
  @Attribute() data_tag_enabled!: boolean;
  @Attribute() version!: number;
  @Attribute({ readOnly: true }) api_secret!: string;
  @Attribute() is_oauth_connected!: unknown;
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
  @Attribute() collapsed_by_default!: boolean;
  @Attribute() display_name!: string;
  @Attribute() display_product_count!: boolean;
  @Attribute({ readOnly: true }) id!: string;
  @Attribute() is_enabled!: boolean;
  @Attribute() items_to_show!: number;
  @Attribute() sort_by!: 'alpha' | 'item_count';
  @Attribute() type!: 'other';
  @Attribute() show_free_shipping_filter!: boolean;
  @Attribute() show_in_stock_filter!: boolean;
  @Attribute() show_is_featured_filter!: boolean;
  @Attribute() show_product_count!: boolean;
}

const availableSearchFilterFilters = { channel_id: Number, category_id: Number } as const;

/** A filter that could be offered. */
@Resource('/settings/search/filters/available', { version: 'v3', filters: availableSearchFilterFilters, operations: ['list', 'count'] })
export class AvailableSearchFilter extends Model<AvailableSearchFilter, typeof availableSearchFilterFilters> {
  @Attribute({ readOnly: true }) id!: string;
  @Attribute({ readOnly: true }) name!: string;
  @Attribute({ readOnly: true }) product_count!: number;
  @Attribute({ readOnly: true }) type!: 'other';
  @Attribute({ readOnly: true }) price_range_max!: number;
  @Attribute({ readOnly: true }) price_range_min!: number;
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
  @Attribute() context!: Record<string, unknown>;
  @Attribute() data!: Record<string, unknown>[];
}
