import { GUIDES, ONE_FOR_MANY, REFERENCE } from './sources.js';

const CARTS_V3 = `${REFERENCE}/carts.v3.yml`;
const CHECKOUTS_V3 = `${REFERENCE}/checkouts.v3.yml`;

/** Carts, checkouts, abandoned carts, wishlists. */
export const CARTS = [
  { operation: 'GET /v3/carts/{}/metafields', kind: 'response-shape', reason: ONE_FOR_MANY, link: CARTS_V3 },
  {
    operation: '* /v3/carts*',
    field: '*.line_items.custom_items[].*',
    kind: 'type',
    reason: 'Quantity and price of a custom item are described as text; the examples of the responses, and the schema of the checkout, have numbers.',
    link: CARTS_V3,
  },
  {
    operation: '* /v3/carts*',
    field: '*.promotions.banners',
    kind: 'type',
    reason: 'One banner is described; the parameter that includes them returns a list, as the checkout does.',
    link: CHECKOUTS_V3,
  },
  {
    operation: 'GET /v3/c*',
    field: '*discounts[].id',
    kind: 'type',
    reason: 'Ids of discounts are numbers, or text for coupons and discounts by hand, by the example in the description of the cart.',
    link: CARTS_V3,
  },
  {
    operation: 'GET /v3/carts/{}',
    kind: 'undescribed-field',
    reason: 'The parameter `include` adds the options of items and the addresses to redirect to; a guide shows a wrapped custom item.',
    link: `${GUIDES}/storefront/headless/cart-checkout/checkout.mdx`,
  },
  {
    operation: 'GET /v3/checkouts/{}',
    kind: 'undescribed-field',
    reason: 'The parameter `include` adds the options of items; guides show their coupons, the name of a country, and `shipping_address`.',
    link: `${GUIDES}/storefront/headless/end-to-end-guides/rest-management.mdx`,
  },
  {
    operation: 'GET /v3/carts/{}',
    kind: 'nullability',
    reason: 'A line that is neither bundled nor wrapped has null, as the same line does in the checkout.',
    link: CHECKOUTS_V3,
  },
  {
    operation: '* /v3/carts*',
    field: '*.option_selections[].option_value',
    kind: 'type',
    reason: 'A whole number is described; text fields take text, and dates an object, by the text and the examples of the operation.',
    link: CARTS_V3,
  },
  {
    operation: '* /v3/carts*',
    field: 'body.custom_items[].gift_wrapping',
    reason: 'A guide, and an example of the create, wrap a custom item as a product.',
    link: `${GUIDES}/storefront/headless/cart-checkout/carts.mdx`,
  },
  {
    operation: '* /v3/checkouts*',
    field: '*.consignments[].shippingAddress',
    reason: 'An object without fields, empty in every example, beside the documented `address`.',
    link: CHECKOUTS_V3,
  },
  {
    operation: '* /v3/checkouts*',
    field: '*.custom_fields[].field_value',
    kind: 'type',
    reason: 'The description of the field says that check boxes have an array.',
    link: CHECKOUTS_V3,
  },
  {
    operation: 'POST /v3/carts/{}/redirect_urls',
    field: 'body.query_params',
    kind: 'opaque',
    reason: '`key` and `value` stand for any names, as the example has it.',
    link: CARTS_V3,
  },
  {
    operation: 'POST /v3/checkouts/*',
    kind: 'required',
    reason: 'By the texts of the operations, an address needs an email and a country alone, and a coupon its code; discounts are below `cart`.',
    link: CHECKOUTS_V3,
  },
  {
    operation: 'POST /v3/wishlists*',
    kind: 'required',
    reason: 'The text of the create lists the name as required; a request that adds items has items.',
    link: `${REFERENCE}/wishlists.v3.yml`,
  },
  {
    operation: 'GET /v3/marketing/abandoned-cart-emails/default',
    field: 'response.translations[].keys',
    reason: 'The names are those of the template, as the schema of the other operations says; this one has those of an example.',
    link: `${REFERENCE}/abandoned_cart_emails.v3.yaml`,
  },
];
