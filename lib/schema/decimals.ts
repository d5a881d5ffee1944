/** Decimal places of a number, or of the numbers in a nested value, by their names at any depth. */
export type Decimals = number | Readonly<Record<string, number>>;

/** Beyond this a double has fewer than four decimal places: rounding would change nothing. */
const MAX_ROUNDED = 1e11;

/**
 * Rounds the numbers in a JSON value, halves away from zero, by their decimal form: `0.1 + 0.2` to `0.3`, `1.00005` to `1.0001`.
 * Strings stay as they are.
 */
export function rounded(value: unknown, decimals: Decimals): unknown {
  if (typeof decimals === 'number') return typeof value === 'number' ? round(value, decimals) : value;
  if (Array.isArray(value)) return value.map((entry) => rounded(entry, decimals));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => {
      const places = Object.hasOwn(decimals, name) ? decimals[name] : undefined;
      return [name, rounded(entry, places !== undefined && typeof entry === 'number' ? places : decimals)];
    }),
  );
}

function round(value: number, decimals: number): number {
  if (Number.isInteger(value) || Math.abs(value) >= MAX_ROUNDED) return value;
  const digits = String(Math.abs(value));
  // Less than 0.000001 is written with an exponent.
  const shifted = digits.includes('e') ? Math.abs(value) * 10 ** decimals : Number(`${digits}e${decimals}`);
  const size = Number(`${Math.round(shifted)}e-${decimals}`);
  return value < 0 && size > 0 ? -size : size;
}
