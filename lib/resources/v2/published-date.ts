import { isJsonObject } from '../../json-object.js';
import type { Cast } from '../../schema/declaration.js';

/** Offsets, and names of UTC. Other names of zones cannot be told from the text. */
const OFFSET = /^[+-]\d\d:\d\d$/;
const UTC: ReadonlySet<unknown> = new Set(['UTC', 'GMT', 'Z', undefined, '']);

/** Returns the date as text with an offset: its own if it has one, else that of the field `timezone`. */
function textOf({ date, timezone }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof date !== 'string') return undefined;
  const text = date.trim().replace(' ', 'T');
  if (/(Z|[+-]\d\d:?\d\d)$/.test(text.slice(10))) return text;
  if (typeof timezone === 'string' && OFFSET.test(timezone)) return text + timezone;
  return UTC.has(timezone) ? `${text}Z` : undefined;
}

/**
 * The cast of the date of a blog post: read from `{ timezone_type, date: '2022-08-10 14:39:15.000000', timezone: '+00:00' }`, or from a
 * text; written as an RFC 2822 text. In a zone that is only named, it reads as `null`.
 */
export const publishedDate: Cast<Date | null> = {
  read(value) {
    const text = isJsonObject(value) ? textOf(value) : value;
    const date = new Date(typeof text === 'string' && text !== '' ? text : Number.NaN);
    return Number.isNaN(date.getTime()) ? null : date;
  },
};
