import { ONE_FOR_MANY, REFERENCE } from './sources.js';

const RECORDS = '/v3/pricelists/{}/records/{}';
const BY_LIST = {
  kind: 'operation',
  reason: 'A record is reached through the list of its price list, by variant_id and currency, with the same result in one request.',
  link: `${REFERENCE}/price_lists.v3.yml`,
};

const EMPTY = 'The response has the envelope with an empty object: nothing is read from it.';

/** Products, variants, options, brands, categories, price lists, inventory. */
export const CATALOG = [
  { operation: `GET ${RECORDS}*`, ...BY_LIST },
  { operation: `PUT ${RECORDS}/{}`, ...BY_LIST },
  { operation: `DELETE ${RECORDS}/{}`, ...BY_LIST },
  {
    operation: 'GET /v3/catalog/products/{}/bulk-pricing-rules',
    kind: 'response-shape',
    reason: ONE_FOR_MANY,
    link: `${REFERENCE}/catalog/products_catalog.v3.yml`,
  },
  ...['POST /v3/pricelists/', 'PUT /v3/pricelists/'].flatMap((operation) => [
    { operation: `${operation}records`, kind: 'response-shape', reason: EMPTY, link: `${REFERENCE}/price_lists.v3.yml` },
    { operation: `${operation}{}/records`, kind: 'response-shape', reason: EMPTY, link: `${REFERENCE}/price_lists.v3.yml` },
  ]),
];
