import { ONE_FOR_MANY, REFERENCE } from './sources.js';

/** Carts, checkouts, abandoned carts, wishlists. */
export const CARTS = [
  { operation: 'GET /v3/carts/{}/metafields', kind: 'response-shape', reason: ONE_FOR_MANY, link: `${REFERENCE}/carts.v3.yml` },
];
