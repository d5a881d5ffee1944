import { asJsonObject, type JsonObject, propertyOf } from '../json-object.js';
import type { Dialect, Operator, Totals } from './dialect.js';

const SUFFIXES: Record<Operator, string> = {
  in: 'in',
  notIn: 'not_in',
  min: 'min',
  max: 'max',
  greater: 'greater',
  less: 'less',
  like: 'like',
};

/** The dialect of V3: an envelope of `data` and `meta`, `name:operator`, ISO 8601 dates (start/about/common-query-params). */
export const v3: Dialect = {
  version: 'v3',
  ordering: 'direction',
  announcesTotals: true,
  selectsFields: true,
  writesJsonDates: true,
  pathOfAllParents: () => undefined,
  /** Some writes are documented to respond without the envelope; their whole body is the value. */
  unwrap(body) {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
    if ('data' in body) return body.data;
    return Object.keys(body).some((name) => name !== 'meta') ? body : 'meta' in body ? undefined : body;
  },
  totals(body): Totals {
    const meta = propertyOf(body, 'meta');
    const { total, total_pages } = asJsonObject(propertyOf(meta, 'pagination'));
    return {
      ...count('total', total),
      ...count('totalPages', total_pages),
      ...cursor(asJsonObject(propertyOf(meta, 'cursor_pagination'))),
    };
  },
  parameter: (name, operator) => `${name}:${SUFFIXES[operator]}`,
  parse(parameter) {
    const colon = parameter.lastIndexOf(':');
    return colon < 0 ? { name: parameter, operator: undefined } : { name: parameter.slice(0, colon), operator: parameter.slice(colon + 1) };
  },
  join: (name, operator) => `${name}:${operator}`,
  generalOperators: true,
  writeDate: (date) => date.toISOString(),
  count: { subpath: '', query: { limit: 1 } },
  readCount: (body) => v3.totals(body).total,
};

const count = (name: keyof Totals, value: unknown): Totals =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? { [name]: Number(value) } : {};

/** Returns the cursor of the next page. The last page has a cursor too, but no link to a next page. */
function cursor({ end_cursor, links }: JsonObject): Totals {
  if (typeof end_cursor !== 'string') return {};
  const isLast = end_cursor === '' || (typeof links === 'object' && typeof propertyOf(links, 'next') !== 'string');
  return { endCursor: isLast ? null : end_cursor };
}
