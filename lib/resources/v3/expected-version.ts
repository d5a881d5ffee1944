import type { ExpectedCartVersion } from './cart-inputs.js';

/** The body of a request that is refused if the cart has another version; none if any version will do. */
export const expecting = (version: number | undefined): ExpectedCartVersion | undefined =>
  version === undefined ? undefined : { version };
