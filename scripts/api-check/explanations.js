/**
 * Differences from the descriptions that are right as they are: `operation` (one, or several that begin alike: `GET /v2/orders*`),
 * `field` and `kind` (left out: any), the reason, and a link to its source. One that explains nothing any more is reported.
 */
const REFERENCE = 'https://github.com/bigcommerce/docs/blob/main/reference';
const RECORDS = '/v3/pricelists/{}/records/{}';
const BY_LIST = {
  kind: 'operation',
  reason: 'A record is reached through the list of its price list, by variant_id and currency, with the same result in one request.',
  link: `${REFERENCE}/price_lists.v3.yml`,
};
const ONE_FOR_MANY = 'The description shows one object where the operation, by its summary, returns a list.';
const GUIDES = 'https://github.com/bigcommerce/docs/blob/main/docs';
const shownNull = (operation, names, guide) =>
  names.map((name) => ({
    operation,
    field: `row.${name}`,
    kind: 'nullability',
    reason: 'A guide shows null in a response.',
    link: `${GUIDES}/${guide}`,
  }));
const shownField = (operation, names, guide) =>
  names.map((name) => ({ operation, field: `row.${name}`, reason: 'A guide sends or shows it.', link: `${GUIDES}/${guide}` }));
const TEMPLATES = ['client_rerender', 'schema_translations'];
const NUMBER = 'The description shows a number and does not say of what; nothing is read from it.';

export const EXPLANATIONS = [
  { operation: `GET ${RECORDS}*`, ...BY_LIST },
  { operation: `PUT ${RECORDS}/{}`, ...BY_LIST },
  { operation: `DELETE ${RECORDS}/{}`, ...BY_LIST },
  {
    operation: 'GET /v2/orders/{}/fees',
    kind: 'response-shape',
    reason: `${ONE_FOR_MANY} The order itself embeds a list of fees.`,
    link: `${REFERENCE}/orders.v2.oas2.yml`,
  },
  { operation: 'GET /v3/carts/{}/metafields', kind: 'response-shape', reason: ONE_FOR_MANY, link: `${REFERENCE}/carts.v3.yml` },
  { operation: 'GET /v3/channels/{}/metafields', kind: 'response-shape', reason: ONE_FOR_MANY, link: `${REFERENCE}/channels.v3.yml` },
  {
    operation: 'GET /v3/catalog/products/{}/bulk-pricing-rules',
    kind: 'response-shape',
    reason: ONE_FOR_MANY,
    link: `${REFERENCE}/catalog/products_catalog.v3.yml`,
  },
  {
    operation: 'POST /v3/customers/{}/metafields',
    kind: 'response-shape',
    reason: 'The description shows a list where one metafield is created.',
    link: `${REFERENCE}/customers.v3.yml`,
  },
  {
    operation: 'DELETE /v3/channels/{}/channel-menus',
    kind: 'response-shape',
    reason: NUMBER,
    link: `${REFERENCE}/channels.v3.yml`,
  },
  {
    operation: 'DELETE /v3/channels/{}/currency-assignments',
    kind: 'response-shape',
    reason: NUMBER,
    link: `${REFERENCE}/channels.v3.yml`,
  },
  {
    operation: 'GET /v3/sites/{}/routes',
    field: 'row.type',
    kind: 'enum',
    reason: 'The text of the description and a guide have more types of routes than its schema.',
    link: `${REFERENCE}/sites.v3.yml`,
  },
  ...shownNull('GET /v3/promotions', ['end_date', 'max_uses', 'schedule', 'shipping_address'], 'store-operations/promotions/examples/brand.mdx'),
  ...shownNull('GET /v3/pricelists/{}/records', ['map_price', 'retail_price', 'sale_price'], 'store-operations/currencies/guide.mdx'),
  ...shownNull('GET /v3/store/systemlogs', ['message'], 'store-operations/settings/logs.mdx'),
  ...shownNull('GET /v3/catalog/products', ['base_variant_id'], 'store-operations/catalog/migration/guide.mdx'),
  ...shownField('GET /v2/order_statuses', ['order'], 'store-operations/orders/index.mdx'),
  ...shownField('GET /v3/sites/{}/routes', ['created_at', 'updated_at'], 'storefront/headless/cart-checkout/abandoned-carts.mdx'),
  ...shownField('GET /v3/content/widget-templates', [...TEMPLATES, 'template_engine'], 'storefront/widgets/guide/graphql-templates.mdx'),
  ...shownField('GET /v3/channels', ['app'], 'integrations/apps/guide/id.mdx'),
  ...shownField('POST /v3/channels', ['app'], 'integrations/apps/guide/id.mdx'),
  ...['GET response', 'POST response', 'POST body', 'PUT response', 'PUT body'].map((each) => ({
    operation: `${each.split(' ')[0]} /v2/shipping/zones/{}/methods*`,
    field: `${each.split(' ')[1]}.type`,
    kind: 'enum',
    reason: 'A carrier of an app has the type carrier_ with its number.',
    link: `${GUIDES}/integrations/shipping.mdx`,
  })),
  ...shownField('POST /v3/content/widget-templates', TEMPLATES, 'storefront/widgets/localization.mdx'),
];

/** Splits differences into those that an explanation covers and the others, and finds explanations that cover none. */
export function explain(differences, explanations) {
  const used = new Set();
  const isExplained = (difference) => {
    const found = explanations.filter((each) => covers(each, difference));
    for (const each of found) used.add(each);
    return found.length > 0;
  };
  const unexplained = differences.filter((each) => !isExplained(each));
  return {
    unexplained,
    explained: differences.length - unexplained.length,
    stale: explanations.filter((each) => !used.has(each)),
  };
}

function covers({ operation, field, kind }, difference) {
  const isPlace = operation.endsWith('*') ? difference.operation.startsWith(operation.slice(0, -1)) : operation === difference.operation;
  return isPlace && (field === undefined || field === difference.field) && (kind === undefined || kind === difference.kind);
}
