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
