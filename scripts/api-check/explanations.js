/**
 * Differences from the descriptions that are right as they are, one file for each family of resources. An explanation has `operation`
 * (one, or several: `GET /v2/orders*`), `field` (one, or several: `*.created_at`) and `kind` (left out: any), the reason, and a link to
 * its source. `*` stands for any characters. An explanation that explains nothing any more is reported.
 */
import { CARTS } from './explanations/carts.js';
import { CATALOG } from './explanations/catalog.js';
import { CUSTOMERS } from './explanations/customers.js';
import { GUIDES } from './explanations/guides.js';
import { MARKETING } from './explanations/marketing.js';
import { ORDERS } from './explanations/orders.js';
import { PARAMETERS } from './explanations/parameters.js';
import { SETTINGS } from './explanations/settings.js';

export const EXPLANATIONS = [...CARTS, ...CATALOG, ...CUSTOMERS, ...GUIDES, ...MARKETING, ...ORDERS, ...PARAMETERS, ...SETTINGS];

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
  return matches(operation, difference.operation) && matches(field, difference.field) && (kind === undefined || kind === difference.kind);
}

/** Whether a pattern, in which `*` stands for any characters, fits a text. */
function matches(pattern, text) {
  if (pattern === undefined || pattern === text) return true;
  const parts = pattern.split('*').map((part) => part.replace(/[.[\](){}+?^$|\\]/g, '\\$&'));
  return parts.length > 1 && new RegExp(`^${parts.join('.*')}$`).test(text);
}
