const UNIX = /^(0|\d{7,11})$/;

/**
 * Returns the milliseconds of Unix seconds in a string, as V2 has the dates of banners and gift certificates: `"1522169082"`; `null` for
 * `"0"`, which is no date; `undefined` for anything else. Fewer digits are a year to `Date.parse`.
 */
export function unixMilliseconds(value: unknown): number | null | undefined {
  if (typeof value !== 'string' || value.length > 11 || !UNIX.test(value)) return undefined;
  return value === '0' ? null : Number(value) * 1000;
}

/** Writes a date as Unix seconds in a string, and none as `"0"`. Returns other values, and an invalid date, as they are. */
export function toUnixText(value: unknown): unknown {
  if (value === null) return '0';
  return value instanceof Date && !Number.isNaN(value.getTime()) ? String(Math.floor(value.getTime() / 1000)) : value;
}
