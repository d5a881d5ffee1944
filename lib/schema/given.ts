/** Whether a value has attributes as its properties. A Map, for example, has not: its content would be ignored silently. */
export function givesAttributes(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (value instanceof Map || value instanceof Set || value instanceof Date) return false;
  return !('then' in value && typeof value.then === 'function'); // a Promise or a query must be awaited first
}
