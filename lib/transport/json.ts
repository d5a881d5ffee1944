import { type Literal, longIntegers } from './long-integers.js';

/**
 * Parses JSON, keeping the digits of integers that a double cannot hold: these become strings, so that an id above 2^53 stays
 * exact and makes the right address. Fractions and exponents are parsed as JSON.parse does. Keys `__proto__` are dropped.
 *
 * Linear in the length of the text, whatever is in it.
 */
export function parseJson(text: string): unknown {
  const exact = quoted(text, longIntegers(text));
  const value: unknown = JSON.parse(exact);
  if (mayHoldPrototype(text)) dropPrototypes(value);
  return value;
}

/** The text with these literals as strings. */
function quoted(text: string, literals: readonly Literal[]): string {
  if (literals.length === 0) return text;
  let exact = '';
  let copied = 0;
  for (const { start, end } of literals) {
    exact += `${text.slice(copied, start)}"${text.slice(start, end)}"`;
    copied = end;
  }
  return exact + text.slice(copied);
}

/** Characters of `__proto__` as escapes: no encoder writes them so. */
const ESCAPED = /\\u00(5f|7[024]|6f)/i;

// V8 searches for less than seven characters by the first of them, which is much faster than what it does for more.
const mayHoldPrototype = (text: string): boolean =>
  (text.includes('__prot') && text.includes('"__proto__"')) || (text.includes('\\u00') && ESCAPED.test(text));

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
