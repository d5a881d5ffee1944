import type { JsonObject } from '../../json-object.js';
import { refuse } from './checks.js';
import type { Families, Family } from './family.js';
import { notAmong } from './rules.js';

/** What the store tells about itself is what its settings say. */
const STORE: Family = {
  show({ row, tables }) {
    row['id'] = tables.owner.storeHash;
    const [profile] = tables.of('/settings/store/profile').list();
    const { store_name, store_address, store_phone, store_email } = profile?.values ?? {};
    const told = { name: store_name, address: store_address, phone: store_phone, order_email: store_email };
    for (const [name, value] of Object.entries(told)) if (value !== undefined && value !== null) row[name] = value;
    const currencies = tables.of('/currencies').list();
    const usual = currencies.find(({ values }) => values['is_default'] === true)?.values;
    if (usual !== undefined) Object.assign(row, { currency: usual['currency_code'], currency_symbol: usual['token'] });
  },
};

/** Settings that a store has from the start, and what some of them may be. */
const settings = (initial: JsonObject, choices: Readonly<Record<string, readonly string[]>> = {}): Family => ({
  initial,
  refusalOf: ({ body }) => refuse(notAmong(body, choices)),
});

const SORTS = [
  ...['featured', 'bestselling', 'newest', 'alphaasc', 'alphadesc', 'pricedesc', 'priceasc', 'avgcustomerreview', 'relevance'],
];

const ORDER_NOTIFICATIONS: JsonObject = {
  notifications: {
    order_placed: { email_addresses: ['owner@example.com'] },
    forward_invoice: { email_addresses: [] },
  },
};

/**
 * The settings of the store: what each has from the start, and the values that it may have. These are the defaults of the descriptions
 * (settings.v3.yml, tax_settings.v3.yml, …); where they have none, those of a new store. Settings of carts, checkouts, customers,
 * promotions and emails about carts are with the rules of those.
 */
export const SETTINGS_FAMILIES: Families = {
  'v2 /store': STORE,
  'v3 /settings/catalog': settings({ auto_approve_reviews: false, enable_product_comparisons: true }),
  'v3 /settings/email-statuses': settings({
    abandoned_cart_email: true,
    account_details_changed_email: true,
    combined_order_status_email: true,
    create_account_email: true,
    create_guest_account_email: true,
    gift_certificate_email: true,
    invoice_email: true,
    order_message_notification_email: true,
    product_review_email: false,
    return_confirmation_email: true,
    return_statuschange_email: true,
  }),
  'v3 /settings/inventory': settings(
    {
      product_out_of_stock_behavior: 'do_nothing',
      option_out_of_stock_behavior: 'do_nothing',
      update_stock_behavior: 'order_placed',
      edit_order_stock_adjustment: true,
      refund_order_stock_adjustment: true,
      stock_level_display: 'dont_show',
      default_out_of_stock_message: 'Currently out of stock',
      hide_in_product_filtering: false,
      show_pre_order_stock_levels: false,
      show_out_of_stock_message: false,
    },
    {
      product_out_of_stock_behavior: ['do_nothing', 'hide_product', 'hide_product_and_accessible', 'hide_product_and_redirect'],
      option_out_of_stock_behavior: ['do_nothing', 'hide_option', 'label_option'],
      update_stock_behavior: ['order_placed', 'order_completed_or_shipped'],
      stock_level_display: ['dont_show', 'show', 'show_when_low'],
    },
  ),
  'v3 /settings/inventory/notifications': settings({
    low_stock_notification_address: ['owner@example.com'],
    out_of_stock_notification_address: ['owner@example.com'],
  }),
  'v3 /settings/logo': settings(
    { favicon_url: '', logo_image_url: '', logo_text: 'Sandbox store', type: 'text' },
    { type: ['image', 'text'] },
  ),
  'v3 /settings/store/locale': settings(
    { default_shopper_language: 'en', shopper_language_selection_method: 'default_shopper_language', store_country: 'United States' },
    { shopper_language_selection_method: ['browser', 'default_shopper_language'] },
  ),
  'v3 /settings/store/profile': settings(
    {
      store_address: '1 Main Street, Austin, Texas 78701, United States',
      store_address_type: 'Home Office',
      store_email: 'owner@example.com',
      store_name: 'Sandbox store',
      store_phone: '555-0100',
    },
    { store_address_type: ['Home Office', 'Commercial Office', 'Retail', 'Warehouse'] },
  ),
  'v3 /settings/store/units-of-measurement': settings(
    {
      weight_measurement: 'KGS',
      length_measurement: 'Centimeters',
      decimal_token: '.',
      thousands_token: ',',
      decimal_places: 2,
      factoring_dimension: 'depth',
    },
    {
      weight_measurement: ['LBS', 'Ounces', 'KGS', 'Grams', 'Tonnes'],
      length_measurement: ['Inches', 'Centimeters'],
      factoring_dimension: ['depth', 'height', 'width'],
    },
  ),
  'v3 /settings/storefront/category': settings(
    { category_tree_depth: 4, default_product_sort: 'bestselling', listing_mode: 'current_category_only' },
    { default_product_sort: SORTS, listing_mode: ['current_category_only', 'child_categories', 'child_categories_if_category_empty'] },
  ),
  'v3 /settings/storefront/product': settings(
    {
      show_product_price: true,
      show_product_sku: true,
      show_product_weight: false,
      show_product_brand: true,
      show_product_shipping: false,
      show_product_rating: true,
      show_add_to_cart_link: true,
      default_preorder_message: '',
      show_breadcrumbs_product_pages: 'show_one',
      show_add_to_cart_qty_box: true,
      show_add_to_wishlist: true,
      hide_price_from_guests: false,
    },
    { show_breadcrumbs_product_pages: ['show_one', 'show_none'] },
  ),
  'v3 /settings/storefront/robotstxt': settings({ robots_txt_ssl: 'User-agent: *\nDisallow: /account.php\nDisallow: /cart.php\n' }),
  'v3 /settings/storefront/search': settings(
    { content_product_sort: 'relevance', default_product_sort: 'bestselling', product_filtering_enabled: true, search_suggest: true },
    { content_product_sort: ['relevance', 'alphaasc', 'alphadesc'], default_product_sort: SORTS },
  ),
  'v3 /settings/storefront/security': settings({
    csp_header: { enabled: false, header_value: '' },
    hsts: { enabled: false, include_preload: false, include_subdomains: false, max_age: 'five_minutes' },
    sitewide_https_enabled: true,
    x_frame_options_header: { enabled: false, setting: 'deny', allowed_url: '' },
  }),
  'v3 /settings/storefront/seo': settings(
    { meta_description: '', meta_keywords: '', page_title: 'Sandbox store', www_redirect: 'none' },
    { www_redirect: ['www', 'no-www', 'none'] },
  ),
  'v3 /settings/storefront/status': settings({
    down_for_maintenance_message: 'Down for maintenance',
    prelaunch_message: 'Coming soon',
    prelaunch_password: 'mezt1f77gd',
  }),
  'v3 /orders/settings': settings(ORDER_NOTIFICATIONS),
  'v3 /orders/settings/channels/:channel_id': settings({
    // Each is null where the channel takes that of the store (orders.v3.yml, ChannelOrderSettingsReset).
    notifications: { order_placed: { email_addresses: null }, forward_invoice: { email_addresses: null } },
  }),
  'v3 /shipping/settings': settings({
    checkout: {
      country_list_strategy: 'DISPLAY_ALL_COUNTRIES',
      out_of_delivery_zone_message: "Unfortunately, one or more items in your cart can't be shipped to your location.",
    },
  }),
  'v3 /shipping/settings/channels/:channel_id': settings({ checkout: {} }),
  'v3 /tax/settings': settings(
    {
      tax_entered_with_prices: false,
      price_display_settings: { control_panel_price_display_strategy: 'ZONE', invoice_price_display_strategy: 'ZONE' },
      fallback_strategy: 'FIXED',
      should_subtract_store_tax: true,
      should_use_geolocation_to_determine_guest_shopper_tax_zone: false,
      guest_shopper_tax_zone_id: 1,
      store_tax_zone_id: 1,
      document_submission_strategy: 'ON_PAYMENT_CAPTURE',
      rounding_strategy: 'RATE_ROUNDING',
    },
    {
      fallback_strategy: ['FIXED', 'BASIC', 'DISABLE'],
      document_submission_strategy: ['ON_PAYMENT_CAPTURE', 'ON_ORDER_CREATION'],
      rounding_strategy: ['NO_ROUNDING', 'RATE_ROUNDING'],
    },
  ),
};
