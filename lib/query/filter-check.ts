import { BigRecordError } from '../errors/bigrecord-error.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import type { QueryValue } from '../transport/request.js';
import type { Row } from './scope.js';

type Filters = Readonly<Record<string, QueryValue>>;

/** A check that rows are what the filters asked for. */
export interface FilterCheck {
  /** What has to be in the rows. */
  readonly attributes: readonly string[];
  /** @throws BigRecordError for a row that a filter excludes */
  assert(row: Row): void;
}

/**
 * The store ignores a filter that it does not have. Where the filters of a resource are documented, none is sent that it does
 * not have; a model without such a list can be wrong, and what is found is about to be changed or deleted. So the rows
 * themselves are asked, as far as they can tell: equality, and lists of values.
 */
export function filterCheckOf(resource: ResourceDeclaration, filters: Filters): FilterCheck {
  if (resource.filters !== undefined) return { attributes: [], assert: () => {} };
  const dialect = dialectOf(resource.version);
  const tests = Object.entries(filters).flatMap(([parameter, asked]) => {
    if (Object.hasOwn(resource.attributes, parameter)) return [{ parameter, name: parameter, asked }];
    const { name, operator } = dialect.parse(parameter);
    return operator === 'in' && Object.hasOwn(resource.attributes, name) ? [{ parameter, name, asked }] : [];
  });
  return {
    attributes: tests.map(({ name }) => name),
    assert(row) {
      for (const { parameter, name, asked } of tests) {
        if (!isExcluded(row[name], Array.isArray(asked) ? (asked as readonly string[]) : [asked as string | number | boolean])) continue;
        throw new BigRecordError(
          `${resource.name}: the store ignores the filter \`${parameter}\`: it listed a record that the filter excludes.` +
            ` Nothing was changed. Filters that the API documents are declared in @Resource('…', { filters }).`,
        );
      }
    },
  };
}

/** Whether a row has a value of its own that is none of those asked for. What may be spelt in several ways is not judged. */
function isExcluded(value: unknown, asked: readonly (string | number | boolean)[]): boolean {
  if (typeof value === 'boolean') return !asked.some((each) => value === (each === true || each === 1 || each === 'true' || each === '1'));
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  return !asked.some((each) => isSame(value, each)) && !asked.some((each) => isSpelling(String(each)));
}

function isSame(value: string | number, asked: string | number | boolean): boolean {
  if (String(value).toLowerCase() === String(asked).toLowerCase()) return true;
  return String(value).trim() !== '' && Number(value) === Number(asked);
}

/** A date. */
const isSpelling = (asked: string): boolean => /\d{4}-\d\d-\d\d|\d\d:\d\d/.test(asked);
