import { ParseError } from '../errors/parse-error.js';
import { dialectOf } from '../schema/dialects.js';
import { type Answer, addressOf, type RequestDescription } from '../transport/request.js';
import type { Row } from './scope.js';

/** The rows of a list; an empty answer is an empty list (V2 answers 204). @throws ParseError */
export function rowsOf(request: RequestDescription, answer: Answer): Row[] {
  if (answer.body === undefined) return [];
  const value = dialectOf(request.version).unwrap(answer.body);
  if (!Array.isArray(value)) throw unexpected(request, answer, 'a list', value);
  for (const row of value) if (!isRow(row)) throw unexpected(request, answer, 'a list of objects', row);
  return value as Row[];
}

/** The one object of an answer, or `undefined` where the answer is empty. A list of one is taken for its entry. @throws ParseError */
export function rowOf(request: RequestDescription, answer: Answer): Row | undefined {
  if (answer.body === undefined) return undefined;
  const value = dialectOf(request.version).unwrap(answer.body);
  const row: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (!isRow(row)) throw unexpected(request, answer, 'an object', value);
  return row;
}

/** The one object of an answer that may also be a list of at most one: `undefined` where there is none. @throws ParseError */
export function rowIfAny(request: RequestDescription, answer: Answer): Row | undefined {
  return Array.isArray(dialectOf(request.version).unwrap(answer.body)) ? rowsOf(request, answer)[0] : rowOf(request, answer);
}

/** How many there are, from V2's `/count` or V3's totals. @throws ParseError */
export function countOf(request: RequestDescription, answer: Answer): number {
  const count = dialectOf(request.version).readCount(answer.body);
  if (count === undefined || !Number.isFinite(count)) throw unexpected(request, answer, 'a count', answer.body);
  return count;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An answer of the wrong shape. Neither message nor error holds anything of it: unlike those of failures, it is not masked. */
export function unexpected(
  request: Pick<RequestDescription, 'method' | 'version' | 'path'>,
  { status }: Answer,
  due: string,
  got: unknown,
): ParseError {
  const path = addressOf(request);
  const done = request.method === 'GET' ? '' : ' It may have been carried out all the same: look before you repeat it.';
  return new ParseError(
    `${request.method} ${path} answered ${status}: expected ${due}, got ${kindOf(got)}. Check that the model's path and version are right; session.get() shows the whole answer.${done}`,
    { status, method: request.method, path, body: undefined, headers: {} },
  );
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'a list';
  return { string: 'a text', number: 'a number', boolean: 'a boolean' }[typeof value as string] ?? 'an object';
}
