import type { Written } from './writer.js';

/** Nothing was written. */
export const NOTHING: Written = { failures: [], found: 0, requests: 0, applied: {} };

/** Returns what is kept of the outcome of a batch, as text; empty if all was written and no key is new. */
export function appliedText({ applied }: Written): string {
  const isPlain = (applied.not?.length ?? 0) === 0 && applied.ids === undefined;
  return isPlain ? '' : JSON.stringify(applied);
}

/** Returns a row as JSON, for a failure. */
export function plainRow(row: object): Record<string, unknown> {
  const plain: unknown = JSON.parse(JSON.stringify(row));
  return Object.fromEntries(Object.entries(Object(plain)));
}
