/**
 * Samples whose operation or part only a reader can tell. A hint is found by file and by the title or a piece of the sample; those that
 * fit nothing are reported.
 *
 *   as    body, response, or none: the sample shows something else, for the reason given
 *   of    method and path of the operation, if the text before the sample does not name it
 */
export const HINTS = [
  { file: 'docs/start/migration/orders/prepare-data.mdx', has: '"', as: 'body', of: 'POST /v2/orders' },
  {
    file: 'docs/store-operations/currencies/guide.mdx',
    has: '"country_iso2": "EU"',
    as: 'response',
    of: 'GET /v2/currencies/{currency_id}',
  },
  {
    file: 'docs/store-operations/currencies/guide.mdx',
    has: '"currency": "aud"',
    as: 'body',
    of: 'PUT /v3/pricelists/{price_list_id}/records',
  },
  {
    file: 'docs/store-operations/currencies/guide.mdx',
    has: '"price_list_id": 4',
    as: 'response',
    of: 'GET /v3/pricelists/{price_list_id}/records',
  },
  { file: 'docs/store-operations/currencies/guide.mdx', has: '"code": "GBP"', as: 'body', of: 'POST /v3/carts' },
  { file: 'docs/store-operations/currencies/guide.mdx', has: '"customerId"', as: 'none', reason: 'storefront API' },
  {
    file: 'docs/store-operations/currencies/guide.mdx',
    has: '"store_default_currency_code"',
    as: 'response',
    of: 'GET /v2/orders/{order_id}',
  },
  { file: 'docs/store-operations/currencies/guide.mdx', has: '"10R-6E3-AO4-RST"', as: 'body', of: 'POST /v2/gift_certificates' },
  {
    file: 'docs/store-operations/catalog/index.mdx',
    has: '"Size1533313432-134"',
    as: 'none',
    reason: 'a part of the response before it',
  },
  { file: 'docs/store-operations/pricing/price-lists.mdx', title: 'Price Record', as: 'none', reason: 'a part of a record' },
  {
    file: 'docs/store-operations/promotions/index.mdx',
    title: /schema|And operator|Cart condition/,
    as: 'none',
    reason: 'a part of a record',
  },
  { file: 'docs/store-operations/promotions/index.mdx', title: /get \$30 off/, as: 'body', of: 'POST /v3/promotions' },
  { file: 'docs/store-operations/promotions/index.mdx', has: '"redemption_type"', as: 'body', of: 'POST /v3/promotions' },
  { file: 'docs/storefront/widgets/index.mdx', title: /widget with(?:out a)? region/, as: 'body', of: 'POST /v3/content/placements' },
  { file: 'docs/storefront/headless/cart-checkout/carts.mdx', title: /existing customer/, as: 'body', of: 'POST /v3/carts' },
  { file: 'docs/storefront/cart-checkout/embedded-checkout/tutorial.mdx', has: '"customer_id": 42', as: 'body' },
  { file: 'docs/storefront/cart-checkout/guide/rest-management.mdx', has: '"lineItems"', as: 'none', reason: 'storefront API' },
  { file: 'archive/store-operations/v2-catalog-products/v2-products.mdx', has: '"option_set_id": 14\n}', as: 'body' },
  {
    file: 'archive/store-operations/v2-catalog-products/v2-products.mdx',
    has: /"Worn"|"number_sold": 99\s*\}\s*$/,
    as: 'none',
    reason: 'requests that are documented to fail',
  },
  {
    file: 'archive/store-operations/v2-products/v2-versus-v3.mdx',
    has: '"option_id": 88\n}',
    as: 'body',
    of: 'POST /v2/option_sets/{option_set_id}/options',
  },
  {
    file: 'archive/store-operations/v2-products/v2-versus-v3.mdx',
    has: '"id": 119,',
    as: 'response',
    of: 'GET /v2/option_sets/{option_set_id}/options/{id}',
  },
  { file: 'archive/store-operations/v2-products/v2-versus-v3.mdx', has: '"id": 89,', as: 'response', of: 'GET /v2/options/{id}' },
  {
    file: 'archive/store-operations/v2-products/v2-versus-v3.mdx',
    has: '"product_option_id": 89',
    as: 'body',
    of: 'POST /v2/products/{product_id}/rules',
  },
];

/** The hint for a sample, if there is one. */
export function hintFor(file, { title, text }) {
  const hint = HINTS.find((each) => each.file === file && fits(each.title, title) && fits(each.has, text));
  if (hint !== undefined) used.add(hint);
  return hint;
}

/** The hints that no sample has needed so far. */
export const unusedHints = () => HINTS.filter((each) => !used.has(each));

const used = new Set();

const fits = (wanted, text) => wanted === undefined || (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text));
