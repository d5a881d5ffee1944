import { GUIDES, ONE_FOR_MANY, REFERENCE } from './sources.js';

const RECORDS = '/v3/pricelists/{}/records/{}';
const PRODUCT = '/v3/catalog/products/{}';
const products = `${REFERENCE}/catalog/products_catalog.v3.yml`;
const variants = `${REFERENCE}/catalog/product-variants_catalog.v3.yml`;
const modifiers = `${REFERENCE}/catalog/product-modifiers_catalog.v3.yml`;
const trees = `${REFERENCE}/catalog/category-trees_catalog.v3.yml`;
const priceLists = `${REFERENCE}/price_lists.v3.yml`;

const BY_LIST = {
  kind: 'operation',
  reason: 'A record is reached through the list of its price list, by variant_id and currency, with the same result in one request.',
  link: priceLists,
};
const OF_PATH = {
  field: 'body.product_id',
  kind: 'read-only',
  reason: 'It repeats the product that is in the path.',
  link: products,
};
const OF_STORE = {
  field: 'body.date_modified',
  kind: 'read-only',
  reason: 'The store sets the date of a change; the description shares one schema between body and response.',
  link: products,
};
const TIER = {
  field: 'body[].bulk_pricing_tiers[].quantity_max',
  kind: 'nullability',
  reason: 'A tier without an upper limit has null, as the response says; the body does not say how else it would be written.',
  link: priceLists,
};
const ADJUSTERS = 'The examples have empty adjusters, and a guide says that the value is null at first.';

const EMPTY = 'The response has the envelope with an empty object: nothing is read from it.';

/** Products, variants, options, brands, categories, price lists, inventory. */
export const CATALOG = [
  { operation: `GET ${RECORDS}*`, ...BY_LIST },
  { operation: `PUT ${RECORDS}/{}`, ...BY_LIST },
  { operation: `DELETE ${RECORDS}/{}`, ...BY_LIST },
  { operation: `GET ${PRODUCT}/bulk-pricing-rules`, kind: 'response-shape', reason: ONE_FOR_MANY, link: products },
  {
    operation: `GET ${PRODUCT}/complex-rules`,
    kind: 'nullability',
    reason: ADJUSTERS,
    link: `${GUIDES}/store-operations/catalog/index.mdx`,
  },
  {
    operation: `GET ${PRODUCT}/modifiers/{}/values`,
    kind: 'nullability',
    reason: ADJUSTERS,
    link: `${GUIDES}/store-operations/catalog/index.mdx`,
  },
  {
    operation: `GET ${PRODUCT}/variants`,
    field: 'row.map_price',
    kind: 'undescribed-field',
    reason: 'The variants of POST /v3/catalog/products have it, and the examples of this list.',
    link: variants,
  },
  {
    operation: `POST ${PRODUCT}/variants`,
    field: 'row.map_price',
    kind: 'read-only',
    reason: 'The variants of POST /v3/catalog/products take it.',
    link: products,
  },
  {
    operation: `POST ${PRODUCT}/*`,
    kind: 'required',
    reason: 'Required by the text of the operation (videos, complex rules, options, variants), though not by its schema.',
    link: products,
  },
  {
    operation: `POST ${PRODUCT}/complex-rules`,
    field: 'body.conditions[]',
    kind: 'branches',
    reason: 'Conditions are read with the fields of both kinds, null where one does not apply, so that both are one type.',
    link: products,
  },
  { operation: `POST ${PRODUCT}/*`, ...OF_PATH },
  { operation: `PUT ${PRODUCT}/*`, ...OF_PATH },
  { operation: `POST ${PRODUCT}/images`, ...OF_STORE },
  {
    operation: `POST ${PRODUCT}/images`,
    field: 'row.image_file',
    kind: 'read-only',
    reason: 'It is written as a form, by ProductImage.upload.',
    link: products,
  },
  { operation: `PUT ${PRODUCT}/images/{}`, ...OF_STORE },
  {
    operation: `POST ${PRODUCT}/modifiers`,
    field: 'response.items',
    kind: 'missing-field',
    reason: 'The keyword `items` of an array, written as a field of an object: the response is the modifier, as its example shows.',
    link: modifiers,
  },
  {
    operation: 'POST /v3/catalog/trees/categories',
    kind: 'required',
    reason: 'One of tree_id and parent_id is required, by the text of the operation; the model demands that.',
    link: trees,
  },
  {
    operation: 'PUT /v3/catalog/trees',
    kind: 'required',
    reason: 'Required in a new tree, by the text of the operation.',
    link: trees,
  },
  { operation: 'POST /v3/pricelists/records', ...TIER },
  { operation: 'PUT /v3/pricelists/records', ...TIER },
  {
    operation: 'POST /v3/pricing/products',
    kind: 'undescribed-operation',
    reason: 'Described with the storefront API, though it takes the token of the store.',
    link: `${REFERENCE}/pricing.sf.yml`,
  },
  {
    operation: 'DELETE /v3/carts/metafields',
    field: 'body[]',
    kind: 'type',
    reason: 'The body has numbers, but the metafields of carts have strings as keys.',
    link: `${REFERENCE}/carts.v3.yml`,
  },
  ...['POST /v3/pricelists/', 'PUT /v3/pricelists/'].flatMap((operation) => [
    { operation: `${operation}records`, kind: 'response-shape', reason: EMPTY, link: priceLists },
    { operation: `${operation}{}/records`, kind: 'response-shape', reason: EMPTY, link: priceLists },
  ]),
  {
    operation: 'DELETE /v3/*/metafields',
    field: 'response',
    kind: 'type',
    reason: 'The response lists the keys of the metafields that were deleted, by which they are matched.',
    link: products,
  },
  ...['variants', 'images', 'videos'].map((name) => ({
    operation: '* /v3/catalog/products*',
    field: `body*${name}[].*`,
    kind: 'read-only',
    reason: 'Assigned by the store, and marked so where the same value has an operation of its own.',
    link: products,
  })),
  {
    operation: '* /v3/catalog/products/{}/*',
    field: 'body.option_values[].id',
    kind: 'read-only',
    reason: 'Assigned by the store; a value that exists is changed by its own operation.',
    link: `${REFERENCE}/catalog/product-variant-options_catalog.v3.yml`,
  },
];
