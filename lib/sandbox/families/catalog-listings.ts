import { type JsonObject, jsonObjectsIn } from '../../json-object.js';
import type { Tables } from '../tables.js';
import { PRODUCTS, VARIANTS } from './catalog-paths.js';
import type { Families, Family } from './family.js';
import { inEach, isSet, missing, notAmong, type Reasons, refusing } from './rules.js';

const LISTINGS = '/channels/:channel_id/listings';

const STATES = [
  'active',
  'disabled',
  'error',
  'pending',
  'pending_disable',
  'pending_delete',
  'partially_rejected',
  'queued',
  'rejected',
  'submitted',
  'deleted',
];

/** Checks a variant of a listing: it is one of the product that is listed. */
function reasonsForVariant(row: JsonObject, product: unknown, tables: Tables): Reasons {
  const variant = tables.of(VARIANTS).get(String(row['variant_id']), {});
  return {
    ...notAmong(row, { state: STATES }),
    ...(isSet(row['product_id']) && String(row['product_id']) !== String(product)
      ? { product_id: 'is not the product of the listing' }
      : {}),
    ...(isSet(row['variant_id']) && variant?.parents['product_id'] !== String(product)
      ? { variant_id: 'is not a variant of the product' }
      : {}),
    ...missing(row, 'product_id', 'variant_id', 'state'),
  };
}

/** Merges variants into those of a listing: those that are left out stay. */
function mergedVariants(kept: readonly JsonObject[], sent: readonly JsonObject[], channel: number, now: string): JsonObject[] {
  const variants = [...kept];
  for (const row of sent) {
    const place = variants.findIndex(({ variant_id }) => variant_id === row['variant_id']);
    const known = variants[place] ?? { channel_id: channel, date_created: now };
    variants.splice(place < 0 ? variants.length : place, 1, { ...known, ...row, date_modified: now });
  }
  return variants;
}

/** The rules of the listings of a channel (channels.v3.yml, /channels/{channel_id}/listings). */
const LISTING: Family = {
  // Get Channel Listings: a channel that is not found has none.
  listsBelowNothing: true,
  refusalOf({ body, entry, tables }) {
    const product = body['product_id'] ?? entry?.values['product_id'];
    return refusing({
      ...notAmong(body, { state: STATES }),
      ...(isSet(product) && tables.of(PRODUCTS).get(String(product), {}) === undefined ? { product_id: 'does not exist' } : {}),
      ...(entry !== undefined && String(product) !== String(entry.values['product_id']) ? { product_id: 'cannot be changed' } : {}),
      ...inEach(body, 'variants', (row) => reasonsForVariant(row, product, tables)),
    });
  },
  stored({ body, entry, parents, tables }) {
    const { channel_id } = entry?.parents ?? parents;
    if (entry !== undefined && body['variants'] === undefined) return {};
    const kept = jsonObjectsIn(entry?.values['variants']);
    return {
      ...(entry === undefined ? { listing_id: null, channel_id: Number(channel_id) } : {}),
      variants: mergedVariants(kept, jsonObjectsIn(body['variants']), Number(channel_id), tables.clock.iso()),
    };
  },
};

export const LISTING_FAMILIES: Families = { [`v3 ${LISTINGS}`]: LISTING };
