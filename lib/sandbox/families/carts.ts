import { randomUUID } from 'node:crypto';
import { isJsonObject, type JsonObject } from '../../json-object.js';
import type { Change, Families } from './family.js';

/** Line items are sent as an array, but returned by kind. */
function itemsByKind({ body }: Change): JsonObject {
  const { line_items } = body;
  if (!Array.isArray(line_items)) return {};
  const physical_items = line_items.map((item) => ({ id: randomUUID(), variant_id: 0, ...(isJsonObject(item) ? item : {}) }));
  return { line_items: { physical_items, digital_items: [], gift_certificates: [], custom_items: [] } };
}

/** The rules of carts. */
export const CART_FAMILIES: Families = { 'v3 /carts': { stored: itemsByKind } };
