import type { InstalledStore } from '../stores/stores.js';
import { type Html, html } from './html.js';

/** Writes an amount of money. */
export function money(amount: number | string, { currency, decimal_places }: Pick<InstalledStore, 'currency' | 'decimal_places'>): string {
  const digits = { minimumFractionDigits: decimal_places, maximumFractionDigits: Math.max(decimal_places, 4) };
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency, ...digits }).format(Number(amount));
  } catch {
    // A store may have a currency of its own.
    return `${new Intl.NumberFormat('en', digits).format(Number(amount))} ${currency}`;
  }
}

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** Writes a time in UTC; nothing if there is none. */
export const time = (at: Date | number | null): Html =>
  at === null ? html`` : html`<time datetime="${new Date(at).toISOString()}">${DATE.format(at)} UTC</time>`;

/** Writes a number with its noun: `1 product`, `1,200 products`. */
export const count = (number: number, noun: string): string => `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
