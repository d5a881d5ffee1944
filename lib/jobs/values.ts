import type { Key } from '../transport/path.js';

/** Returns a value that can be the key of a record; `undefined` for any other. */
export const keyIn = (value: unknown): Key | undefined => (typeof value === 'number' || typeof value === 'string' ? value : undefined);

/** Returns a number; `undefined` for anything else. */
export const numberIn = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
