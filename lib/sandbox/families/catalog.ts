import type { Families, Family } from './family.js';

/** The id of a video is that of the site that shows it. */
const VIDEOS: Family = {
  stored({ body }) {
    const id = /[?&]v=([\w-]+)/.exec(String(body['url']))?.[1];
    return id === undefined ? {} : { id };
  },
};

/** The rules of the catalogue. */
export const CATALOG_FAMILIES: Families = { 'v2 /products/:product_id/videos': VIDEOS, 'v3 /catalog/products/:product_id/videos': VIDEOS };
