import type { Tables } from './tables.js';

const NAMES = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Returns the name of a country by its two letters: that of the store, else the usual one. Unknown ones have none. */
export function countryName(code: unknown, tables: Tables): string {
  const found = tables.of('/countries').having('country_iso2', code)?.values['country'];
  if (typeof found === 'string') return found;
  return typeof code === 'string' && /^[A-Za-z]{2}$/.test(code) ? (NAMES.of(code.toUpperCase()) ?? '') : '';
}

/** The code that is in use now, of a country that had others before. */
const current = (code: string): string => new Intl.Locale(`und-${code}`).region ?? code;

let codes: ReadonlyMap<string, string> | undefined;

/** Returns the two letters of a country by its name; none if it is unknown. */
export function countryCode(name: unknown, tables: Tables): string {
  const found = tables.of('/countries').having('country', name)?.values['country_iso2'];
  if (typeof found === 'string') return found;
  codes ??= new Map(
    LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).map((code) => [NAMES.of(code) ?? '', current(code)]),
  );
  return codes.get(String(name)) ?? '';
}
