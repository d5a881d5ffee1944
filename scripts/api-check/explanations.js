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
const NUMBER = 'The description shows a number and does not say of what; nothing is read from it.';

const NOT_OF_ONE = 'Pages and filters are described for an operation that has nothing to page or to filter; `where()` gives them to the list.';
const EMPTY = 'The response has the envelope with an empty object: nothing is read from it.';

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
  ...[
    ['DELETE /v2/blog/posts', 'store_content.v2.yml'],
    ['DELETE /v2/orders', 'orders.v2.oas2.yml'],
    ['DELETE /v2/customers/{}/addresses', 'customers.v2.yml'],
    ['GET /v2/customers/{}/addresses/*', 'customers.v2.yml'],
    ['GET /v2/customer_groups/{}', 'customers.v2.yml'],
    ['GET /v3/abandoned-carts/settings', 'abandoned_carts.v3.yml'],
    ['GET /v3/carts/{}/metafields/{}', 'carts.v3.yml'],
    ['POST /v3/catalog/categories/{}/metafields', 'catalog/categories_catalog.v3.yml'],
    ['POST /v3/catalog/products/{}/metafields', 'catalog/products_catalog.v3.yml'],
    ['PUT /v3/catalog/categories/{}/products/sort-order', 'catalog/categories_catalog.v3.yml'],
  ].map(([operation, file]) => ({ operation, kind: 'parameter', reason: NOT_OF_ONE, link: `${REFERENCE}/${file}` })),
  {
    operation: 'PUT /v3/customers/{}/metafields/{}',
    field: 'query.metafieldId',
    reason: 'The key of the metafield is described as a query parameter; it is part of the path.',
    link: `${REFERENCE}/customers.v3.yml`,
  },
  {
    operation: 'POST /v3/content/pages',
    kind: 'response-shape',
    reason: 'The response to an array is an array, and to an object an object, by the description of the 201; its schema shows the latter.',
    link: `${REFERENCE}/pages.v3.yml`,
  },
  ...['POST /v3/pricelists/', 'PUT /v3/pricelists/'].flatMap((operation) => [
    { operation: `${operation}records`, kind: 'response-shape', reason: EMPTY, link: `${REFERENCE}/price_lists.v3.yml` },
    { operation: `${operation}{}/records`, kind: 'response-shape', reason: EMPTY, link: `${REFERENCE}/price_lists.v3.yml` },
  ]),
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
