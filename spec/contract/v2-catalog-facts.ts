/**
 * What the documentation says about each resource of the V2 catalogue, which no OpenAPI description has. Facts only: names, kinds, what
 * is read-only, required, filtered. Sources: bigcommerce/docs, archive/store-operations/v2-catalog-products (one page a resource) and
 * archive/rest-catalog/{brands.v2.yaml,custom-fields.v2.yml}; where a resource says so, the documentation of 2015 (api_objects_v2_*,
 * api_stores_v2_*; a copy is in the public repository zmaniar/Api-sub) and the official clients.
 */
export interface DocumentedResource {
  /** The model's name. */
  readonly model: string;
  readonly path: string;
  /** The page of the archive, or the other source. */
  readonly source: string;
  /** Kinds of fields as the documents name them: `int`, `decimal`, `text`, `enum`, `resource` for a link to related records. */
  readonly fields: Readonly<Record<string, string>>;
  /** Fields that a write may not have; `*`: there are no writes. */
  readonly readOnly: readonly string[] | '*';
  /** Fields that a create must have; left out: none. */
  readonly required?: readonly string[];
  /** Fields that an update must have; left out: none. */
  readonly always?: readonly string[];
  /** Query parameters of the list besides `page` and `limit`; left out: none. */
  readonly filters?: Readonly<Record<string, string>>;
  /** Filters that only the filter tables of the legacy clients have. */
  readonly moreFilters?: Readonly<Record<string, string>>;
  /** L list, G get, C create, U update, D delete, A delete all, N count. */
  readonly operations: string;
  /** Documented fields that the model leaves out, with the reason. */
  readonly leftOut?: Readonly<Record<string, string>>;
}

const BRAND: DocumentedResource = {
  model: 'Brand',
  path: '/brands',
  source: 'v2-brands',
  fields: {
    id: 'int',
    name: 'string',
    page_title: 'string',
    meta_keywords: 'text',
    meta_description: 'text',
    image_file: 'string',
    search_keywords: 'string',
  },
  readOnly: ['id'],
  required: ['name'],
  filters: { name: 'string', min_id: 'int', max_id: 'int' },
  operations: 'LGCUDAN',
};

const CATEGORY: DocumentedResource = {
  model: 'Category',
  path: '/categories',
  source: 'v2-categories',
  fields: {
    id: 'int',
    parent_id: 'int',
    name: 'string',
    description: 'text',
    sort_order: 'int',
    page_title: 'string',
    meta_keywords: 'text',
    meta_description: 'text',
    layout_file: 'string',
    parent_category_list: 'array',
    image_file: 'string',
    is_visible: 'boolean',
    search_keywords: 'string',
    url: 'string',
  },
  readOnly: ['id', 'parent_category_list'],
  required: ['name'],
  filters: { parent_id: 'int', name: 'string', is_visible: 'boolean', min_id: 'int', max_id: 'int' },
  operations: 'LGCUDAN',
};

const OPTION_SET: DocumentedResource = {
  model: 'OptionSet',
  path: '/option_sets',
  source: 'v2-option-sets',
  fields: { id: 'int', name: 'string', options: 'resource', product_id: 'int' },
  readOnly: ['id', 'options', 'product_id'],
  required: ['name'],
  always: ['name'],
  filters: { name: 'string' },
  operations: 'LGCUDAN',
};

const OPTION_SET_OPTION: DocumentedResource = {
  model: 'OptionSetOption',
  path: '/option_sets/:option_set_id/options',
  source: 'v2-option-set-options',
  fields: {
    id: 'int',
    option_id: 'int',
    option_set_id: 'int',
    display_name: 'string',
    sort_order: 'int',
    is_required: 'boolean',
    option: 'resource',
    values: 'object_array',
  },
  readOnly: ['id', 'option_set_id', 'values', 'option'],
  required: ['option_id'],
  operations: 'LGCUDA',
};

const OPTION: DocumentedResource = {
  model: 'Option',
  path: '/options',
  source: 'v2-options (fields); documentation of 2015 (id, operations, filters)',
  fields: { id: 'int', name: 'string', display_name: 'string', type: 'string', values: 'resource', product_id: 'int' },
  readOnly: ['id', 'values', 'product_id'],
  required: ['name', 'type'],
  filters: { name: 'string', display_name: 'string', type: 'string' },
  operations: 'LGCUDAN',
};

const OPTION_VALUE: DocumentedResource = {
  model: 'OptionValue',
  path: '/options/:option_id/values',
  source: 'v2-option-values',
  fields: { id: 'int', option_id: 'int', label: 'string', sort_order: 'int', value: 'text', is_default: 'boolean' },
  readOnly: ['id', 'option_id'],
  required: ['label', 'value'],
  operations: 'LGCUDA',
};

const PRODUCT_OPTION: DocumentedResource = {
  model: 'ProductOption',
  path: '/products/:product_id/options',
  source: 'v2-product-options',
  fields: { id: 'int', option_id: 'int', display_name: 'string', sort_order: 'int', is_required: 'boolean' },
  readOnly: '*',
  operations: 'LG',
};

const PRODUCT_IMAGE: DocumentedResource = {
  model: 'ProductImage',
  path: '/products/:product_id/images',
  source: 'v2-product-images (the four URLs: its samples)',
  fields: {
    id: 'int',
    product_id: 'int',
    image_file: 'string',
    zoom_url: 'string',
    thumbnail_url: 'string',
    standard_url: 'string',
    tiny_url: 'string',
    is_thumbnail: 'boolean',
    sort_order: 'int',
    description: 'text',
    date_created: 'date',
    is_sample: 'boolean',
  },
  readOnly: ['id', 'product_id', 'date_created', 'zoom_url', 'thumbnail_url', 'standard_url', 'tiny_url'],
  required: ['image_file'],
  operations: 'LGCUDAN',
  leftOut: { is_sample: 'Only the Ruby client names it; no document says what it holds.' },
};

const CONFIGURABLE_FIELD: DocumentedResource = {
  model: 'ProductConfigurableField',
  path: '/products/:product_id/configurable_fields',
  source: 'documentation of 2015; Ruby client (ConfigurableField)',
  fields: {
    id: 'int',
    product_id: 'int',
    name: 'string',
    type: 'enum',
    allowed_file_types: 'string',
    max_size: 'int',
    select_options: 'text',
    is_required: 'boolean',
    sort_order: 'int',
  },
  readOnly: '*',
  operations: 'LGDAN',
};

/** What most resources below a product have in common. */
const OF_PRODUCT = { readOnly: ['id', 'product_id'], operations: 'LGCUDAN' } as const;

const CUSTOM_FIELD: DocumentedResource = {
  model: 'ProductCustomField',
  path: '/products/:product_id/custom_fields',
  source: 'v2-custom-fields',
  fields: { id: 'int', product_id: 'int', name: 'string', text: 'string' },
  required: ['name', 'text'],
  always: ['name', 'text'],
  ...OF_PRODUCT,
};

const DISCOUNT_RULE: DocumentedResource = {
  model: 'ProductDiscountRule',
  path: '/products/:product_id/discount_rules',
  source: 'v2-bulk-pricing',
  fields: { id: 'string', product_id: 'int', min: 'int', max: 'int', type: 'enum', type_value: 'decimal' },
  required: ['type', 'type_value'],
  always: ['type', 'type_value'],
  ...OF_PRODUCT,
};

const REVIEW: DocumentedResource = {
  model: 'ProductReview',
  path: '/products/:product_id/reviews',
  source: 'v2-product-reviews; Python client (count)',
  fields: {
    id: 'int',
    product_id: 'int',
    author: 'string',
    date_created: 'date',
    rating: 'int',
    title: 'string',
    review: 'text',
    status: 'int',
  },
  required: ['author', 'title', 'review', 'rating'],
  ...OF_PRODUCT,
};

const RULE: DocumentedResource = {
  model: 'ProductRule',
  path: '/products/:product_id/rules',
  source: 'v2-product-rules',
  fields: {
    id: 'int',
    product_id: 'int',
    sort_order: 'int',
    is_enabled: 'boolean',
    is_stop: 'boolean',
    price_adjuster: 'object',
    weight_adjuster: 'object',
    is_purchasing_disabled: 'boolean',
    purchasing_disabled_message: 'string',
    is_purchasing_hidden: 'boolean',
    image_file: 'string',
    conditions: 'array',
  },
  required: ['conditions'],
  ...OF_PRODUCT,
};

const RULE_CONDITION: DocumentedResource = {
  model: 'ProductRuleCondition',
  path: '/products/:product_id/rules/:rule_id/conditions',
  source: 'PHP client (Rule::conditions, RuleCondition); fields of a condition: v2-product-rules',
  fields: { id: 'int', rule_id: 'int', product_option_id: 'int', option_value_id: 'int', sku_id: 'int' },
  readOnly: ['id', 'rule_id'],
  required: ['product_option_id|sku_id'],
  operations: 'LCU',
};

const SKU: DocumentedResource = {
  model: 'ProductSku',
  path: '/products/:product_id/skus',
  source: 'v2-product-sku',
  fields: {
    id: 'int',
    product_id: 'int',
    sku: 'string',
    price: 'decimal',
    adjusted_price: 'decimal',
    cost_price: 'decimal',
    upc: 'string',
    inventory_level: 'int',
    inventory_warning_level: 'int',
    bin_picking_number: 'string',
    weight: 'decimal',
    adjusted_weight: 'decimal',
    is_purchasing_disabled: 'boolean',
    purchasing_disabled_message: 'string',
    image_file: 'string',
    options: 'object_array',
  },
  readOnly: ['id', 'product_id', 'adjusted_price', 'adjusted_weight'],
  required: ['sku', 'options'],
  filters: {
    min_id: 'int',
    max_id: 'int',
    sku: 'string',
    upc: 'string',
    inventory_level: 'int',
    inventory_warning_level: 'int',
    bin_picking_number: 'string',
    min_inventory_level: 'int',
    max_inventory_level: 'int',
    is_low_inventory: 'boolean',
    product_hash: 'int',
  },
  operations: 'LGCUDAN',
};

const SKU_OPTION: DocumentedResource = {
  model: 'ProductSkuOption',
  path: '/products/:product_id/skus/:sku_id/options',
  source: 'PHP client (SkuOption); fields of an option: v2-product-sku',
  fields: { id: 'int', sku_id: 'int', product_option_id: 'int', option_value_id: 'int' },
  readOnly: ['id', 'sku_id'],
  required: ['product_option_id', 'option_value_id'],
  operations: 'CU',
};

const VIDEO: DocumentedResource = {
  model: 'ProductVideo',
  path: '/products/:product_id/videos',
  source: 'v2-product-videos (url: its requests)',
  fields: { id: 'string', product_id: 'int', sort_order: 'int', name: 'string', url: 'string' },
  required: ['url'],
  ...OF_PRODUCT,
};

const GOOGLE_MAPPING: DocumentedResource = {
  model: 'GoogleProductSearchMapping',
  path: '/products/:product_id/googleproductsearch',
  source: 'documentation of 2015; Ruby client (GoogleProductSearchMapping); Python client (get)',
  fields: {
    enabled: 'boolean',
    product_id: 'int',
    category_id: 'int',
    custom_item: 'boolean',
    global_trade_item_number: 'string',
    manufacturer_part_number: 'string',
    gender: 'string',
    age_group: 'string',
    color: 'string',
    size: 'string',
    material: 'string',
    pattern: 'string',
    google_shopping_product_category_path: 'string',
  },
  readOnly: '*',
  operations: 'LG',
};

const PRODUCT: DocumentedResource = {
  model: 'Product',
  path: '/products',
  source: 'v2-products',
  fields: {
    id: 'int',
    keyword_filter: 'string',
    name: 'string',
    type: 'enum',
    sku: 'string',
    description: 'text',
    search_keywords: 'text',
    availability_description: 'string',
    price: 'decimal',
    cost_price: 'decimal',
    retail_price: 'decimal',
    sale_price: 'decimal',
    calculated_price: 'decimal',
    sort_order: 'int',
    is_visible: 'boolean',
    is_featured: 'boolean',
    related_products: 'string',
    inventory_level: 'int',
    inventory_warning_level: 'int',
    warranty: 'text',
    weight: 'decimal',
    width: 'decimal',
    height: 'decimal',
    depth: 'decimal',
    fixed_cost_shipping_price: 'decimal',
    is_free_shipping: 'boolean',
    inventory_tracking: 'enum',
    rating_total: 'int',
    rating_count: 'int',
    total_sold: 'int',
    date_created: 'date',
    brand_id: 'int',
    view_count: 'int',
    page_title: 'string',
    meta_keywords: 'text',
    meta_description: 'text',
    layout_file: 'string',
    is_price_hidden: 'boolean',
    price_hidden_label: 'string',
    categories: 'array',
    date_modified: 'date',
    event_date_field_name: 'string',
    event_date_type: 'enum',
    event_date_start: 'date',
    event_date_end: 'date',
    myob_asset_account: 'string',
    myob_income_account: 'string',
    myob_expense_account: 'string',
    peachtree_gl_account: 'string',
    condition: 'enum',
    is_condition_shown: 'boolean',
    preorder_release_date: 'date',
    is_preorder_only: 'boolean',
    preorder_message: 'string',
    order_quantity_minimum: 'int',
    order_quantity_maximum: 'int',
    open_graph_type: 'enum',
    open_graph_title: 'string',
    open_graph_description: 'text',
    is_open_graph_thumbnail: 'boolean',
    upc: 'string',
    date_last_imported: 'date',
    option_set_id: 'int',
    tax_class_id: 'int',
    option_set_display: 'enum',
    bin_picking_number: 'string',
    custom_url: 'string',
    primary_image: 'object',
    availability: 'enum',
    brand: 'resource',
    downloads: 'resource',
    images: 'resource',
    discount_rules: 'resource',
    configurable_fields: 'resource',
    custom_fields: 'resource',
    videos: 'resource',
    skus: 'resource',
    rules: 'resource',
    option_set: 'resource',
    options: 'resource',
    tax_class: 'resource',
    reviews: 'resource',
    avalara_product_tax_code: 'string',
  },
  readOnly: [
    'id',
    'rating_total',
    'rating_count',
    'total_sold',
    'date_created',
    'date_modified',
    'date_last_imported',
    'calculated_price',
    'keyword_filter',
    'primary_image',
  ],
  required: ['name', 'price', 'categories', 'type', 'availability', 'weight'],
  filters: {
    min_id: 'int',
    max_id: 'int',
    name: 'string',
    keyword_filter: 'string',
    description: 'string',
    sku: 'string',
    condition: 'string',
    availability: 'string',
    brand_id: 'int',
    min_date_created: 'date',
    max_date_created: 'date',
    min_date_modified: 'date',
    max_date_modified: 'date',
    min_date_last_imported: 'date',
    max_date_last_imported: 'date',
    min_price: 'number',
    max_price: 'number',
    min_number_sold: 'int',
    max_number_sold: 'int',
    is_visible: 'boolean',
    is_featured: 'boolean',
    min_inventory_level: 'int',
    max_inventory_level: 'int',
    include_sku: 'boolean',
    category: 'int',
    product_tax_code: 'string',
  },
  moreFilters: { price: 'number' },
  operations: 'LGCUDAN',
  leftOut: { downloads: 'A link to a resource that no document has a path or fields for.' },
};

export const V2_CATALOG: readonly DocumentedResource[] = [
  BRAND,
  CATEGORY,
  OPTION_SET,
  OPTION_SET_OPTION,
  OPTION,
  OPTION_VALUE,
  PRODUCT,
  PRODUCT_OPTION,
  PRODUCT_IMAGE,
  CONFIGURABLE_FIELD,
  CUSTOM_FIELD,
  DISCOUNT_RULE,
  REVIEW,
  RULE,
  RULE_CONDITION,
  SKU,
  SKU_OPTION,
  VIDEO,
  GOOGLE_MAPPING,
];
