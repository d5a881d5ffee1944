import { BigRecordError } from '../errors/bigrecord-error.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import type { QueryValue } from '../transport/request.js';
import type { Row } from './scope.js';

type Filters = Readonly<Record<string, QueryValue>>;

/** Checks that rows match the filters that were sent. */
export interface FilterCheck {
  /** Attributes that the rows must contain for the check. */
  readonly attributes: readonly string[];
  /** @throws BigRecordError for a row that a filter excludes */
  assert(row: Row): void;
}

/**
 * Returns a check for rows that are about to be changed or deleted. The store ignores filters that it does not know. If a resource
 * documents its filters, an unknown one is never sent; a model without such documentation may be wrong, so the rows themselves are
 * checked, for equality and arrays of values.
 */
export function filterCheckOf(resource: ResourceDeclaration, filters: Filters): FilterCheck {
  if (resource.filters !== undefined) return { attributes: [], assert: () => {} };
  const dialect = dialectOf(resource.version);
  const tests = Object.entries(filters).flatMap(([parameter, expected]) => {
    if (Object.hasOwn(resource.attributes, parameter)) return [{ parameter, name: parameter, expected }];
    const { name, operator } = dialect.parse(parameter);
    return operator === 'in' && Object.hasOwn(resource.attributes, name) ? [{ parameter, name, expected }] : [];
  });
  return {
    attributes: tests.map(({ name }) => name),
    assert(row) {
      for (const { parameter, name, expected } of tests) {
        if (!isExcluded(row[name], Array.isArray(expected) ? (expected as readonly string[]) : [expected as string | number | boolean]))
          continue;
        throw new BigRecordError(
          `${resource.name}: the store ignored the filter \`${parameter}\`: it returned a record that the filter excludes.` +
            ` Nothing was changed. Declare the filters that the API documents in @Resource('…', { filters }).`,
        );
      }
    },
  };
}

/** Whether a row's value is none of the requested ones. Values that can be written in several ways, such as dates, are not checked. */
function isExcluded(value: unknown, expected: readonly (string | number | boolean)[]): boolean {
  if (typeof value === 'boolean')
    return !expected.some((each) => value === (each === true || each === 1 || each === 'true' || each === '1'));
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  return !expected.some((each) => isSame(value, each)) && !expected.some((each) => isDateLike(String(each)));
}

function isSame(value: string | number, expected: string | number | boolean): boolean {
  if (String(value).toLowerCase() === String(expected).toLowerCase()) return true;
  return String(value).trim() !== '' && Number(value) === Number(expected);
}

/** Whether a value looks like a date or a time. */
const isDateLike = (expected: string): boolean => /\d{4}-\d\d-\d\d|\d\d:\d\d/.test(expected);
