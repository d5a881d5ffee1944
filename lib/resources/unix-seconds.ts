import type { Cast } from '../schema/declaration.js';

/** Reads Unix seconds, as a number or a text of digits, and other dates; 0 and an empty text are no date. */
function read(value: unknown): Date | null {
  const isText = typeof value === 'string';
  if (value === 0 || value === '0' || (!isText && typeof value !== 'number')) return null;
  const date = new Date(isText && !/^\d+$/.test(value) ? value : Number(value) * 1000);
  return Number.isNaN(date.getTime()) ? null : date;
}

const secondsOf = (date: unknown): unknown => (date instanceof Date ? Math.floor(date.getTime() / 1000) : date);

/** The cast of a date that the API has in Unix seconds: `1885635176`. */
export const unixSeconds: Cast<Date | null> = { read, write: secondsOf };

/** The cast of a date that the API has in Unix seconds, in a text: `"1522169082"`; `"0"` is none. */
export const unixSecondsText: Cast<Date | null> = { read, write: (date) => String(secondsOf(date)) };
