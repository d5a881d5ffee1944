import { propertyOf } from '../json-object.js';
import type { Dialect, Operator } from './dialect.js';

const PREFIXES: Partial<Record<Operator, string>> = { min: 'min_', max: 'max_' };

/** The dialect of V2: no envelope, `/count`, `min_x` and `max_x`, RFC 2822 dates. */
export const v2: Dialect = {
  version: 'v2',
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
    const count = propertyOf(body, 'count');
    return typeof count === 'number' || (typeof count === 'string' && /^\d+$/.test(count)) ? Number(count) : undefined;
  },
};
