import type { Dialect, Operator } from './dialect.js';

const PREFIXES: Partial<Record<Operator, string>> = { min: 'min_', max: 'max_' };

/** Bare values, `/count`, `min_x` and `max_x`, RFC 2822 dates. */
export const v2: Dialect = {
  version: 'v2',
  statuses: { create: 201, update: 200, delete: 204 },
  ordering: 'suffix',
  announcesTotals: false,
  selectsFields: false,
  writesJsonDates: false,
  pathOfAllParents: (path) => (path.split('/:').length === 2 ? path.replace(/\/:\w+/, '') : undefined),
  unwrap: (body) => body,
  totals: () => ({}),
  parameter: (name, operator) => (PREFIXES[operator] === undefined ? undefined : `${PREFIXES[operator]}${name}`),
  parse(parameter) {
    const [, prefix, name] = /^(min|max)_(.+)$/.exec(parameter) ?? [];
    return name === undefined ? { name: parameter, operator: undefined } : { name, operator: prefix };
  },
  join: (name, operator) => `${operator}_${name}`,
  generalOperators: false,
  writeDate: (date) => date.toUTCString().replace('GMT', '+0000'),
  count: { subpath: '/count', query: {} },
  readCount(body) {
    const count = typeof body === 'object' && body !== null && 'count' in body ? body.count : undefined;
    return typeof count === 'number' || (typeof count === 'string' && /^\d+$/.test(count)) ? Number(count) : undefined;
  },
};
