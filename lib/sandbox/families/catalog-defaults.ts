import type { JsonObject } from '../../json-object.js';

/** The values of a new product for what its body leaves out (examples of products_catalog.v3.yml and of the archived pages about V2). */
export const PRODUCT_DEFAULTS: JsonObject = {
  type: 'physical',
  sku: '',
  description: '',
  weight: 0,
  width: 0,
  depth: 0,
  height: 0,
  price: 0,
  cost_price: 0,
  retail_price: 0,
  sale_price: 0,
  map_price: 0,
  tax_class_id: 0,
  product_tax_code: '',
  categories: [],
  brand_id: 0,
  option_set_id: null,
  option_set_display: 'right',
  inventory_level: 0,
  inventory_warning_level: 0,
  inventory_tracking: 'none',
  reviews_rating_sum: 0,
  reviews_count: 0,
  total_sold: 0,
  fixed_cost_shipping_price: 0,
  is_free_shipping: false,
  is_visible: true,
  is_featured: false,
  related_products: [-1],
  warranty: '',
  bin_picking_number: '',
  layout_file: 'product.html',
  upc: '',
  mpn: '',
  gtin: '',
  search_keywords: '',
  availability: 'available',
  availability_description: '',
  gift_wrapping_options_type: 'any',
  gift_wrapping_options_list: [],
  sort_order: 0,
  condition: 'New',
  is_condition_shown: false,
  order_quantity_minimum: 0,
  order_quantity_maximum: 0,
  page_title: '',
  meta_keywords: [],
  meta_description: '',
  view_count: 0,
  preorder_release_date: null,
  preorder_message: '',
  is_preorder_only: false,
  is_price_hidden: false,
  price_hidden_label: '',
  open_graph_type: 'product',
  open_graph_title: '',
  open_graph_description: '',
  open_graph_use_meta_description: true,
  open_graph_use_product_name: true,
  open_graph_use_image: true,
};

/** What only V2 knows of a product. */
export const V2_PRODUCT_DEFAULTS: JsonObject = {
  event_date_field_name: 'Delivery Date',
  event_date_type: 'none',
  event_date_start: null,
  event_date_end: null,
  myob_asset_account: '',
  myob_income_account: '',
  myob_expense_account: '',
  peachtree_gl_account: '',
};

/** What a variant takes from its product while it has none of its own. */
const INHERITED: readonly string[] = [
  'price',
  'sale_price',
  'retail_price',
  'map_price',
  'weight',
  'width',
  'height',
  'depth',
  'fixed_cost_shipping_price',
];

export const VARIANT_DEFAULTS: JsonObject = {
  ...Object.fromEntries(INHERITED.map((name) => [name, null])),
  is_free_shipping: false,
  purchasing_disabled: false,
  purchasing_disabled_message: '',
  image_url: '',
  cost_price: 0,
  upc: '',
  mpn: '',
  gtin: '',
  inventory_level: 0,
  inventory_warning_level: 0,
  bin_picking_number: '',
};

/** What brands and categories have in common. */
const PAGE_DEFAULTS: JsonObject = { page_title: '', meta_keywords: [], meta_description: '', search_keywords: '', image_url: '' };

export const BRAND_DEFAULTS: JsonObject = PAGE_DEFAULTS;

export const CATEGORY_DEFAULTS: JsonObject = {
  ...PAGE_DEFAULTS,
  parent_id: 0,
  description: '',
  views: 0,
  sort_order: 0,
  layout_file: 'category.html',
  is_visible: true,
  default_product_sort: 'use_store_settings',
};
