import { isThenable } from './thenable.js';

/** Whether a value gives something by the names of its properties. A Map, for example, does not: its content would be ignored silently. */
export function givesProperties(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (value instanceof Map || value instanceof Set || value instanceof Date) return false;
  return !isThenable(value); // a promise or a query must be awaited first
}
