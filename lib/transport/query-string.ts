import { ArgumentError } from '../errors/argument-error.js';
import { describe } from './path.js';
import type { QueryValue } from './request.js';
import { checkWellFormed } from './well-formed.js';

/** Writes `{ 'id:in': [1, 2], name: 'a b' }` as `id:in=1,2&name=a%20b`: colons and commas stay readable, the rest is encoded. */
export function queryString(query: Readonly<Record<string, QueryValue | null | undefined>>): string {
  const parts: string[] = [];
  for (const name of Object.keys(query)) {
    const value = query[name];
    if (value === undefined || value === null) continue;
    const what = `The query parameter \`${name.toWellFormed()}\``;
    const text = Array.isArray(value)
      ? value.map((entry) => encode(scalar(name, entry), what)).join(',')
      : encode(scalar(name, value), what);
    parts.push(`${encode(name, 'The name of a query parameter')}=${text}`);
  }
  return parts.join('&');
}

/** Writes one value of a query parameter. @throws ArgumentError for what is no text, number or boolean */
export function scalar(name: string, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return String(value);
  throw new ArgumentError(`The query parameter \`${name}\` cannot be ${describe(value)}. Nothing was sent.`);
}

function encode(text: string, what: string): string {
  return encodeURIComponent(checkWellFormed(text, what)).replaceAll('%3A', ':');
}

/** Writes the query part of an address: `?a=1`, or nothing. */
export function searchOf(query: Parameters<typeof queryString>[0]): string {
  const text = queryString(query);
  return text === '' ? '' : `?${text}`;
}
