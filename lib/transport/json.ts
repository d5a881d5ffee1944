import { type Literal, longIntegers } from './long-integers.js';

/**
 * Parses JSON and keeps the digits of integers that a double cannot hold: these become strings, so that an id above 2^53 stays
 * exact and makes the right address. Fractions and exponents are parsed as JSON.parse does. Keys `__proto__` and a byte order
 * mark are dropped.
 *
 * Linear in the length of the text, whatever is in it.
 */
export function parseJson(given: string): unknown {
  const text = given.startsWith('\uFEFF') ? given.slice(1) : given;
  const literals = longIntegers(text);
  const value: unknown = JSON.parse(literals.length === 0 ? text : quoted(text, literals));
  // V8 searches for fewer than seven characters by the first of them, which is much faster than what it does for more.
  const isSuspicious = (text.includes('__prot') && text.includes('"__proto__"')) || (text.includes('\\u00') && ESCAPED.test(text));
  if (isSuspicious) dropPrototypes(value);
  return value;
}

/** Characters of `__proto__` as escapes: no encoder writes them so. */
const ESCAPED = /\\u00(5f|7[024]|6f)/i;

/** Writes these literals as strings. */
function quoted(text: string, literals: readonly Literal[]): string {
  let exact = '';
  let copied = 0;
  for (const { start, end } of literals) {
    exact += `${text.slice(copied, start)}"${text.slice(start, end)}"`;
    copied = end;
  }
  return exact + text.slice(copied);
}

/**
 * No attribute of the store is called `__proto__`; whoever copies such a key sets a prototype. A reviver would call itself, and
 * fail where values are nested deeply.
 */
function dropPrototypes(value: unknown): void {
  const left = [value];
  while (left.length > 0) {
    const each = left.pop();
    if (typeof each !== 'object' || each === null) continue;
    if (Object.hasOwn(each, '__proto__')) Reflect.deleteProperty(each, '__proto__');
    for (const nested of Object.values(each)) if (typeof nested === 'object') left.push(nested);
  }
}
