/**
 * Differences from the descriptions that are right as they are, one file for each family of resources. An explanation has `operation`
 * (one, or several that begin alike: `GET /v2/orders*`), `field` and `kind` (left out: any), the reason, and a link to its source. One
 * that explains nothing any more is reported.
 */
import { CARTS } from './explanations/carts.js';
import { CATALOG } from './explanations/catalog.js';
import { CUSTOMERS } from './explanations/customers.js';
import { GUIDES } from './explanations/guides.js';
import { MARKETING } from './explanations/marketing.js';
import { ORDERS } from './explanations/orders.js';
import { SETTINGS } from './explanations/settings.js';

export const EXPLANATIONS = [...CARTS, ...CATALOG, ...CUSTOMERS, ...GUIDES, ...MARKETING, ...ORDERS, ...SETTINGS];

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
