import { REFERENCE } from './sources.js';

const NOT_OF_ONE = 'Pages and filters are described for an operation that has nothing to page or to filter; `where()` gives them to the list.';

/** Query parameters of single reads and writes, of all families. */
export const PARAMETERS = [
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
];
