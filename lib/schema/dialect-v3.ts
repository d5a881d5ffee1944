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

interface Meta {
  pagination?: { total?: unknown; total_pages?: unknown };
  cursor_pagination?: { end_cursor?: unknown; links?: { next?: unknown } | null };
}

/** An envelope of `data` and `meta`, `name:operator`, ISO 8601 dates (start/about/common-query-params). */
export const v3: Dialect = {
  version: 'v3',
  statuses: { create: 200, update: 200, delete: 204 },
  ordering: 'direction',
  announcesTotals: true,
  selectsFields: true,
  writesJsonDates: true,
  pathOfAllParents: () => undefined,
  /** Some writes answer without the envelope, by the published descriptions themselves; these are taken whole. */
  unwrap(body) {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
    if ('data' in body) return body.data;
    return Object.keys(body).some((name) => name !== 'meta') ? body : 'meta' in body ? undefined : body;
  },
  totals(body): Totals {
    const meta = (body as { meta?: Meta } | null | undefined)?.meta;
    return {
      ...count('total', meta?.pagination?.total),
      ...count('totalPages', meta?.pagination?.total_pages),
      ...cursor(meta?.cursor_pagination),
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

/** The last page has a cursor too, and no link to a next one. */
function cursor(pagination: Meta['cursor_pagination']): Totals {
  const end = pagination?.end_cursor;
  if (typeof end !== 'string') return {};
  const isLast = end === '' || (typeof pagination?.links === 'object' && typeof pagination.links?.next !== 'string');
  return { endCursor: isLast ? null : end };
}
