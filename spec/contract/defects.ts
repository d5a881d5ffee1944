/** A violation that is the description's own doing, and the reason. */
export interface Defect {
  readonly pattern: RegExp;
  readonly reason: string;
}

/** Violations that are the description's own doing, one by one, each with the reason. */
export const DEFECTS: readonly Defect[] = [
  // What is sent.
  {
    pattern: /^in POST \/v2\/customer_groups 200: .*discount_rules/,
    reason: 'its own example of discount rules fits none of its alternatives',
  },
  {
    pattern: /^in POST \/v3\/catalog\/products 200: .*(bulk_pricing_rules|variants)\.N must have required property '(id|product_id)'/,
    reason: 'demands keys of records that are only being created',
  },
  {
    pattern: /^in POST \/v3\/catalog\/products\/\{product_id\}\/complex-rules 200: .*conditions\.N must match exactly one/,
    reason: 'its own example of a condition fits several of its alternatives',
  },
  {
    pattern: /^in (GET|DELETE) \/v3\/marketing\/.*required property 'channel_id'/,
    reason: 'demands a channel that the platform takes from the store: param("channel_id", …) gives one',
  },
  {
    pattern: /^(in|out) GET \/v3\/hooks\/\{webhook_id\} 200: (Request path parameter webhook_id must be integer|.*data must be object)/,
    reason: 'leaves out the list of missed events, GET /hooks/events, whose path looks like that of a hook',
  },
  {
    pattern: /^in PUT \/v3\/catalog\/categories\/\{category_id\} 200: .*required property 'parent_id'/,
    reason: 'demands the parent in each change, and says in its text that a change may have any field',
  },
  {
    pattern: /^in PUT \/v3\/customers\/\{customerId\}\/metafields\/\{metafieldId\} 200: .*required property 'id'/,
    reason: 'demands the id, which the path has, and which those of other owners do not have',
  },
  {
    pattern: /^in PUT \/v3\/promotions\/\{id\} 200: Request body must match exactly one schema in oneOf$/,
    reason: 'a change of a coupon promotion fits the alternative for automatic ones as well, which excludes nothing',
  },
  // What is answered.
  {
    pattern: /^out DELETE .* 204: (Response body must be object|The received media type "" )/,
    reason: 'describes a body of 204 No Content, which has none',
  },
  {
    pattern: /^out GET \/v2\/(blog\/tags|orders\/\{order_id\}\/(coupons|fees|messages|shipping_addresses|.*shipping_quotes)) 204/,
    reason: 'leaves out that an empty list of V2 is 204',
  },
  {
    pattern: /^out (GET|POST|PUT) \/v2\/(currencies|tax_classes).* must match format "date-time"/,
    reason: 'V2 writes dates by RFC 2822, as its own examples do, not by ISO 8601',
  },
  {
    pattern: /^out (GET|POST|PUT) \/v2\/customer_groups.*discount_rules must match exactly one/,
    reason: 'its own example of discount rules fits none of its alternatives',
  },
  {
    pattern: /^out (GET|POST|PUT) \/v2\/orders.*consignments must match exactly one/,
    reason: 'a link fits both of its alternatives, since neither excludes other properties',
  },
  {
    pattern: /^out GET \/v2\/orders\/\{order_id\}\/fees 200: Response body must be object/,
    reason: 'describes one fee where the order itself says a list of them',
  },
  {
    pattern: /^out (POST|PUT) \/v2\/blog\/posts.* 200: .*published_date\.date must match format "date-time"/,
    reason: 'the date has a blank between day and time, as in its own examples of the list',
  },
  { pattern: /^out (GET|PUT) \/v2\/redirects(\/\{id\})? 200: .*forward\.ref must be integer/, reason: 'its own example holds a text' },
  {
    pattern: /^out DELETE \/v3\/channels\/\{channel_id\}\/(channel-menus|currency-assignments) 200: .*data must be integer/,
    reason: 'describes a number without saying of what',
  },
  {
    pattern: /^out POST \/v3\/content\/pages 201: .*data must (be object|match a schema in anyOf)/,
    reason: 'describes one page in the answer where a list of pages was sent',
  },
  {
    pattern: /^out GET \/v2\/orders\/\{order_id\}\/products.* 200: .*event_date must match format "date"/,
    reason: 'dates of V2 have a time and the form of RFC 2822 elsewhere',
  },
  {
    pattern: /^out (GET|POST|PUT) \/v3\/channels\/\{channel_id\}\/metafields.* resource_type must be equal to one of the allowed values/,
    reason: 'lists the owners of the catalog for the metafield of a channel',
  },
  {
    pattern: /^out (GET|POST|PUT) \/v2\/blog\/posts.*\bpublished_date\.date must match format "date-time"/,
    reason: 'its own examples have `2018-05-18 08:26:42.000000`',
  },
  {
    pattern: /^out (GET|POST|PUT) \/v3\/catalog\/products.*\boption_set_id must be integer/,
    reason: 'the examples of orders have null for a product without an option set',
  },
  {
    pattern: /^out (GET|POST|PUT) \/v3\/catalog\/products.*\/(options|modifiers).*\bconfig must be object/,
    reason: 'its own example has an empty list where there is nothing to configure',
  },
  { pattern: /must match format "url"/, reason: 'format `url` is none of JSON Schema' },
  {
    pattern:
      /^out GET \/v3\/(carts\/\{cart_id\}\/metafields|catalog\/products\/\{product_id\}\/bulk-pricing-rules|content\/page-widgets) 200: .*data must be object/,
    reason: 'describes a list as one object',
  },
  {
    pattern: /^out (GET|POST|PUT) \/v3\/(carts|store)\/.*metafields.*(data|N)\.(resource_)?id must be string/,
    reason: 'ids of metafields are whole numbers everywhere else, and in its own examples',
  },
  {
    pattern: /^out POST \/v3\/customers\/\{customerId\}\/metafields 200: .*data must be array/,
    reason: 'describes a list where one metafield is created',
  },
  {
    pattern: /^out GET \/v3\/inventory\/items 200: .*identity\.sku_id must be integer/,
    reason: 'says itself that it is null for a base variant',
  },
  {
    pattern: /^out GET \/v3\/orders\/payment_actions\/refunds(\/\{refund_id\})? 200: .*requested_amount must be (number|string)/,
    reason: 'is a number in one description and a text in the other',
  },
  {
    pattern: /^out POST \/v3\/catalog\/products\/\{product_id\}\/images 200: .*data must match exactly one/,
    reason: 'both of its alternatives are the same image',
  },
  {
    pattern: /^out (POST|PUT) \/v3\/catalog\/products.* 200: .*data\.(base_variant_id|option_set_id) must be integer/,
    reason: 'the guides show null of a product with variants and of one without an option set',
  },
  {
    pattern: /^out (POST|PUT) \/v3\/catalog\/products\/\{product_id\}\/options.* 200: .*config must be object/,
    reason: 'the guides show an empty list of an option without a configuration (store-operations/catalog)',
  },
  {
    pattern: /^out (POST|PUT) \/v3\/carts.* 201: .*physical_items\.N\.(parent_id must be string|gift_wrapping must be object)/,
    reason:
      'the guides show null of a line without a parent (headless/cart-checkout/abandoned-carts) and without a wrapping (rest-storefront)',
  },
];

/** Those that only the rows of the demo store show. */
export const DEFECTS_OF_DEMO: readonly Defect[] = [
  {
    pattern: /^out GET \/v3\/catalog\/categories\/\{category_id\}\/products\/sort-order 200: .*sort_order must be integer/,
    reason: 'says itself that it is null for a product without an order of its own',
  },
  {
    pattern: /^out (GET|POST|PUT) \/v3\/catalog\/products.*\/(modifiers|complex-rules).*(weight|price)(_adjuster)? must be object/,
    reason: 'has null for the parts of an adjuster that does not adjust, and no word for one that is absent',
  },
  {
    pattern: /^out (GET|PUT) \/v3\/catalog\/products.*\/complex-rules.*conditions\.N\.variant_id must be integer/,
    reason: 'a condition is about a modifier or about a variant; the other key is null',
  },
  {
    pattern: /^out GET \/v3\/orders\/\{order_id\}\/transactions 200: .*reference_transaction_id must be integer/,
    reason: 'the first transaction of an order acts upon no other one',
  },
  {
    pattern: /^out GET \/v3\/pricelists\/assignments 200: .*customer_group_id must be integer/,
    reason: 'an assignment may be to a channel alone, which it describes itself',
  },
  {
    pattern: /^out GET \/v2\/pages 200: .*type must be equal to one of the allowed values/,
    reason: 'leaves out the pages that V3 creates with the type `blog`, which are pages of V2 as well',
  },
  {
    pattern: /^out GET \/v2\/blog\/tags 200: .*N must be array/,
    reason: 'describes a list of lists by its nesting, and one tag as an object',
  },
  {
    pattern: /^out GET \/v2\/coupons 200: Response body property N\.restricted_to must be object$/,
    reason: 'stores have an empty list where nothing is restricted (bigcommerce/dev-docs#354), as its own text on promotions shows',
  },
  { pattern: /^out (POST|PUT) \/v3\/carts.*image_url must match format "uri"/, reason: 'a product may have no image' },
];
