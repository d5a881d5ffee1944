import { ParseError } from '../errors/parse-error.js';
import { type UncertainOutcomeError, uncertainAfter } from '../errors/uncertain-outcome-error.js';
import { isJsonObject } from '../json-object.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { DIALECTS, dialectOf } from '../schema/dialects.js';
import { reject } from '../session/rejected-responses.js';
import type { Key } from '../transport/path.js';
import { type ApiResponse, addressOf, isCreating, type QueryValue, type RequestDescription } from '../transport/request.js';
import type { Row } from './scope.js';

/**
 * Returns the rows of a list response. A 204 is an empty list; a 200 without a body is not: it may stand for any number of records.
 *
 * @param resource if given, each row must have its key
 * @throws ParseError
 */
export function rowsOf(request: RequestDescription, response: ApiResponse, resource?: ResourceDeclaration): Row[] {
  if (response.body === undefined && (response.status === 204 || request.method !== 'GET')) return [];
  const unwrapped = dialectOf(request.version).unwrap(response.body);
  const value = resource?.responses.list === 'row' && isJsonObject(unwrapped) ? [unwrapped] : unwrapped;
  if (!Array.isArray(value)) throw unexpected(request, response, 'an array', value);
  const key = resource === undefined ? undefined : requiredKey(resource, request);
  for (const row of value) {
    if (!isJsonObject(row)) throw unexpected(request, response, 'an array of objects', row);
    if (key !== undefined && !hasValidKey(row, key))
      throw unexpected(request, response, `an array of objects with \`${key}\``, row, 'one without it');
  }
  return value as Row[];
}

/** Returns the object of a response, or `undefined` if the response is empty. An array of one counts as its entry. @throws ParseError */
export function rowOf(request: RequestDescription, response: ApiResponse): Row | undefined {
  if (response.body === undefined) return undefined;
  const value = DIALECTS[request.version ?? 'v3'].unwrap(response.body);
  const row: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (!isJsonObject(row)) throw unexpected(request, response, 'an object', value);
  return row;
}

/** Returns the object of a response that may also be an array of at most one; `undefined` if there is none. @throws ParseError */
export function rowIfAny(request: RequestDescription, response: ApiResponse): Row | undefined {
  return Array.isArray(dialectOf(request.version).unwrap(response.body)) ? rowsOf(request, response)[0] : rowOf(request, response);
}

/**
 * Returns the name of the key that every row of a response must have; `undefined` if the resource does not declare it, or the
 * request excludes it.
 */
export function requiredKey(
  { key, attributes, addressing }: ResourceDeclaration,
  { query }: Pick<RequestDescription, 'query'> = { query: {} },
): string | undefined {
  if (addressing === 'single' || !Object.hasOwn(attributes, key)) return undefined;
  const { include_fields: included, exclude_fields: excluded } = query;
  if (included === undefined && excluded === undefined) return key;
  if (names(excluded).includes(key)) return undefined;
  const fields = names(included);
  return fields.length > 0 && !fields.includes(key) ? undefined : key;
}

const names = (value: QueryValue | undefined): readonly unknown[] =>
  Array.isArray(value)
    ? value
    : String(value ?? '')
        .split(',')
        .filter(Boolean);

/** Whether a row has a non-empty key. */
export const hasKey = (row: Row | undefined, key: string): boolean => row?.[key] !== undefined && row[key] !== null && row[key] !== '';

/** Whether a row's key is valid: a string, a whole number (some lists have a record with the key 0), or an object of several. */
export function hasValidKey(row: Row | undefined, key: string): boolean {
  const value = row?.[key];
  if (typeof value === 'string') return value !== '';
  return (
    Number.isSafeInteger(value) || (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0)
  );
}

/** Whether two keys name the same record: the store may return `1` as `"1"`, and a code in upper case. */
export const isSameKey = (a: unknown, b: unknown): boolean => a === b || keySpelling(a) === keySpelling(b);

/** Returns the canonical spelling of a key. */
export function keySpelling(key: unknown): string {
  const spelling = String(key).toLowerCase();
  return /^0+\d+$/.test(spelling) ? spelling.replace(/^0+(?=\d)/, '') : spelling;
}

/** Checks that a row is the record with this key, which it may spell in another way or leave out. @throws ParseError */
export function assertRowOf(resource: ResourceDeclaration, key: Key, request: RequestDescription, response: ApiResponse, row: Row): void {
  const name = requiredKey(resource, request);
  if (name !== undefined && !hasValidKey(row, name))
    throw unexpected(request, response, `an object with \`${name}\``, row, 'one without it');
  if (hasKey(row, resource.key) && resource.addressing !== 'single' && !isSameKey(row[resource.key], key))
    throw unexpected(request, response, `the ${resource.name} with ${resource.key} ${key}`, row, 'another one');
}

/** Returns the number of records, from V2's `/count` or V3's totals. @throws ParseError */
export function countOf(request: RequestDescription, response: ApiResponse): number {
  const count = dialectOf(request.version).readCount(response.body);
  if (count === undefined || !Number.isSafeInteger(count) || count < 0)
    throw unexpected(request, response, 'a count', response.body, 'none');
  return count;
}

/**
 * Rejects a response of the wrong shape and returns the error: after a POST, the outcome is uncertain. The response is removed from
 * the cache. The error contains nothing of the body, which, unlike the body of a failed request, is not redacted.
 */
export function unexpected(
  request: Pick<RequestDescription, 'method' | 'version' | 'path' | 'body' | 'isOnce'>,
  response: ApiResponse,
  expected: string,
  got: unknown,
  kind = kindOf(got),
): ParseError | UncertainOutcomeError {
  const { status, headers } = response;
  const path = addressOf(request);
  const isUncertain = isCreating(request);
  const done = request.method === 'GET' || isUncertain ? '' : ' It may have been carried out all the same: look before you repeat it.';
  const error = new ParseError(
    `${request.method} ${path} returned ${status}: expected ${expected}, got ${kind}. Check the model's path and version; session.get() shows the whole response.${done}`,
    {
      status,
      method: request.method,
      path,
      body: undefined,
      headers: headers['x-request-id'] === undefined ? {} : { 'x-request-id': headers['x-request-id'] },
    },
  );
  return reject(response, isUncertain ? uncertainAfter(error) : error);
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'an empty body';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return { string: 'a string', number: 'a number', boolean: 'a boolean' }[typeof value as string] ?? 'an object';
}
