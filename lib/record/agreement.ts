import type { Row } from '../query/scope.js';

/**
 * Whether a row of the store can be what became of a body that was sent: every value that the row has too is the same, as far
 * as the store may spell it in its own way: `'10.00'` for 10, an email in lower case, a date of another format. What the row
 * has besides (defaults, keys) and what it leaves out (a password) tells nothing.
 */
export function agreesWith(sent: Row, row: Row): boolean {
  return Object.keys(sent).every((name) => row[name] === undefined || isSameValue(sent[name], row[name]));
}

function isSameValue(sent: unknown, there: unknown): boolean {
  if (isEmpty(sent) || isEmpty(there)) return isEmpty(sent) ? isEmpty(there) || Number(there) === 0 : Number(sent) === 0;
  if (Array.isArray(sent)) return Array.isArray(there) && isSameList(sent, there);
  if (typeof sent === 'object') return typeof there === 'object' && agreesWith(sent as Row, there as Row);
  if (typeof there === 'object') return false;
  return isSamePlain(sent, there);
}

/** `null`, `''`, `[]` and what is not there all say "none". */
const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** The order is the store's. Of records that were sent inside another it may have made more: a base variant. */
function isSameList(sent: readonly unknown[], there: readonly unknown[]): boolean {
  if (typeof sent[0] !== 'object' && sent.length !== there.length) return false;
  const left = [...there];
  return sent.every((entry) => {
    const place = left.findIndex((other) => isSameValue(entry, other));
    if (place >= 0) left.splice(place, 1);
    return place >= 0;
  });
}

function isSamePlain(a: unknown, b: unknown): boolean {
  if (typeof a === 'boolean' || typeof b === 'boolean') return truth(a) === truth(b);
  const [x, y] = [String(a).trim(), String(b).trim()];
  if (x === y || (x.includes('@') && x.toLowerCase() === y.toLowerCase())) return true;
  if (x !== '' && y !== '' && Number(x) === Number(y)) return true;
  return isDate(x) && isDate(y) && Math.trunc(Date.parse(x) / 1000) === Math.trunc(Date.parse(y) / 1000);
}

const truth = (value: unknown): boolean => value === true || value === 1 || value === '1' || String(value).toLowerCase() === 'true';

/** RFC 2822 or ISO 8601: a text that merely begins with a number is none. */
const isDate = (text: string): boolean =>
  /^(\d{4}-\d{2}-\d{2}|[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4})/.test(text) && !Number.isNaN(Date.parse(text));
