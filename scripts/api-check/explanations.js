/**
 * Differences from the descriptions that are right as they are, one file for each family of resources. An explanation has `operation`,
 * `field` and `kind` (left out: any), the reason, and a link to its source. In an operation and a field, `*` stands for any text:
 * `GET /v2/orders*`, `* /v3/carts/*`. One that explains nothing any more is reported.
 */
import { CARTS } from './explanations/carts.js';
import { CATALOG } from './explanations/catalog.js';
import { CUSTOMERS } from './explanations/customers.js';
import { SHOWN_IN_GUIDES } from './explanations/guides.js';
import { MARKETING } from './explanations/marketing.js';
import { ORDERS } from './explanations/orders.js';
import { PARAMETERS } from './explanations/parameters.js';
import { SETTINGS } from './explanations/settings.js';

export const EXPLANATIONS = [...CARTS, ...CATALOG, ...CUSTOMERS, ...SHOWN_IN_GUIDES, ...MARKETING, ...ORDERS, ...PARAMETERS, ...SETTINGS];

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
  const isField = field === undefined || matches(field, difference.field);
  return matches(operation, difference.operation) && isField && (kind === undefined || kind === difference.kind);
}

/** Whether a text is a pattern, in which `*` stands for any text. */
function matches(pattern, text) {
  const [start, ...others] = pattern.split('*');
  if (others.length === 0) return text === pattern;
  const end = others.pop();
  if (!text.startsWith(start) || !text.endsWith(end) || text.length < start.length + end.length) return false;
  let at = start.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found === -1 || found + part.length > text.length - end.length) return false;
    at = found + part.length;
  }
  return true;
}
