import { ParseError } from '../errors/parse-error.js';
import { type UncertainOutcomeError, uncertainAfter } from '../errors/uncertain-outcome-error.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { DIALECTS, dialectOf } from '../schema/dialects.js';
import { reject } from '../session/rejected-responses.js';
import type { Key } from '../transport/path.js';
import { type ApiResponse, addressOf, isCreating, type QueryValue, type RequestDescription } from '../transport/request.js';
import { isRow, type Row } from './scope.js';

/**
 * The rows of a list; an empty answer is an empty list (V2 answers 204).
 *
 * @param resource where each row has to have a key
 * @throws ParseError
 */
export function rowsOf(request: RequestDescription, answer: ApiResponse, resource?: ResourceDeclaration): Row[] {
  if (answer.body === undefined) return [];
  const value = dialectOf(request.version).unwrap(answer.body);
  if (!Array.isArray(value)) throw unexpected(request, answer, 'a list', value);
  const key = resource === undefined ? undefined : keyDue(resource, request);
  for (const row of value) {
    if (!isRow(row)) throw unexpected(request, answer, 'a list of objects', row);
    if (key !== undefined && !hasValidKey(row, key))
      throw unexpected(request, answer, `a list of objects with \`${key}\``, row, 'one without');
  }
  return value as Row[];
}

/** The one object of an answer, or `undefined` where the answer is empty. A list of one is taken for its entry. @throws ParseError */
export function rowOf(request: RequestDescription, answer: ApiResponse): Row | undefined {
  if (answer.body === undefined) return undefined;
  const value = DIALECTS[request.version ?? 'v3'].unwrap(answer.body);
  const row: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (!isRow(row)) throw unexpected(request, answer, 'an object', value);
  return row;
}

/** The one object of an answer that may also be a list of at most one: `undefined` where there is none. @throws ParseError */
export function rowIfAny(request: RequestDescription, answer: ApiResponse): Row | undefined {
  return Array.isArray(dialectOf(request.version).unwrap(answer.body)) ? rowsOf(request, answer)[0] : rowOf(request, answer);
}

/**
 * The name of the key that every row of an answer has to have; `undefined` where the resource does not declare it, or the
 * request has left it out.
 */
export function keyDue(
  { key, attributes, addressing }: ResourceDeclaration,
  { query }: Pick<RequestDescription, 'query'> = { query: {} },
): string | undefined {
  if (addressing === 'single' || !Object.hasOwn(attributes, key)) return undefined;
  const { include_fields: included, exclude_fields: excluded } = query;
  if (included === undefined && excluded === undefined) return key;
  if (names(excluded).includes(key)) return undefined;
  const asked = names(included);
  return asked.length > 0 && !asked.includes(key) ? undefined : key;
}

const names = (value: QueryValue | undefined): readonly unknown[] =>
  Array.isArray(value)
    ? value
    : String(value ?? '')
        .split(',')
        .filter(Boolean);

/** Whether a row says anything at all of its key. */
export const hasKey = (row: Row | undefined, key: string): boolean => row?.[key] !== undefined && row[key] !== null && row[key] !== '';

/** Whether what a row has for a key can be one: text, a whole number (some lists hold a record with the key 0), or an object of several. */
export function hasValidKey(row: Row | undefined, key: string): boolean {
  const value = row?.[key];
  if (typeof value === 'string') return value !== '';
  return (
    Number.isSafeInteger(value) || (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0)
  );
}

/** Whether two keys name one record: the store may answer `1` as `"1"`, and a code in capitals. */
export const isSameKey = (a: unknown, b: unknown): boolean => a === b || keySpelling(a) === keySpelling(b);

/** The one spelling of all keys that name the same record. */
export function keySpelling(key: unknown): string {
  const text = String(key).toLowerCase();
  return /^0+\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : text;
}

/** Checks that a row is the record with this key, which it spells otherwise or does not carry. @throws ParseError */
export function assertRowOf(resource: ResourceDeclaration, key: Key, request: RequestDescription, answer: ApiResponse, row: Row): void {
  const name = keyDue(resource, request);
  if (name !== undefined && !hasValidKey(row, name)) throw unexpected(request, answer, `an object with \`${name}\``, row, 'one without');
  if (hasKey(row, resource.key) && resource.addressing !== 'single' && !isSameKey(row[resource.key], key))
    throw unexpected(request, answer, `the ${resource.name} with ${resource.key} ${key}`, row, 'another one');
}

/** How many there are, from V2's `/count` or V3's totals. @throws ParseError */
export function countOf(request: RequestDescription, answer: ApiResponse): number {
  const count = dialectOf(request.version).readCount(answer.body);
  if (count === undefined || !Number.isSafeInteger(count) || count < 0) throw unexpected(request, answer, 'a count', answer.body, 'none');
  return count;
}

/**
 * The error for an answer of the wrong shape; after a POST its outcome is uncertain. No cache keeps it. Neither message nor error holds anything
 * of it: unlike those of failures, it is not masked.
 */
export function unexpected(
  request: Pick<RequestDescription, 'method' | 'version' | 'path' | 'body'>,
  answer: ApiResponse,
  due: string,
  got: unknown,
  kind = kindOf(got),
): ParseError | UncertainOutcomeError {
  const { status, headers } = answer;
  const path = addressOf(request);
  const isUncertain = isCreating(request);
  const done = request.method === 'GET' || isUncertain ? '' : ' It may have been carried out all the same: look before you repeat it.';
  const error = new ParseError(
    `${request.method} ${path} answered ${status}: expected ${due}, got ${kind}. Check that the model's path and version are right; session.get() shows the whole answer.${done}`,
    {
      status,
      method: request.method,
      path,
      body: undefined,
      headers: headers['x-request-id'] === undefined ? {} : { 'x-request-id': headers['x-request-id'] },
    },
  );
  return reject(answer, isUncertain ? uncertainAfter(error) : error);
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'an empty body';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return { string: 'a text', number: 'a number', boolean: 'a boolean' }[typeof value as string] ?? 'an object';
}
