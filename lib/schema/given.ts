/** Whether a value can give attributes by name: an object, and none whose content is not in its properties, which would give nothing in silence. */
export function givesAttributes(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (value instanceof Map || value instanceof Set || value instanceof Date) return false;
  return typeof (value as { then?: unknown }).then !== 'function'; // a Promise, a query: to be awaited first
}
