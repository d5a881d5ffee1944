import { isJsonObject } from '../json-object.js';

/** Messages by field. A message that belongs to no field is under `base`. */
export type FieldErrors = Record<string, string[]>;

const BASE = 'base';
const MAX_DEPTH = 8;
const MAX_MESSAGES = 1000;

/**
 * Reads the errors in the response to a refused request.
 * V3 sends `{ title, errors: { 'a.b': 'message' } }` where `errors` may also be nested, an array or a string, or `{ title, detail }`;
 * V2 sends `[{ status, message, details }]`; a gateway sends HTML. Never throws.
 */
export function fieldErrors(body: unknown): FieldErrors {
  const found: FieldErrors = Object.create(null);
  let left = MAX_MESSAGES;

  function add(path: string, message: string): void {
    if (message === '' || left-- <= 0) return;
    const field = path === '' ? BASE : path;
    const messages = (found[field] ??= []);
    if (!messages.includes(message)) messages.push(message);
  }

  function walk(value: unknown, path: string, depth: number): void {
    if (value === null || value === undefined || depth > MAX_DEPTH || left <= 0) return;
    if (Array.isArray(value)) {
      value.forEach((entry, index) => {
        walk(entry, typeof entry === 'object' && path !== '' ? `${path}.${index}` : path, depth + 1);
      });
    } else if (isJsonObject(value)) {
      if (typeof value['message'] === 'string') {
        const field = value['field'] ?? value['name'];
        add(typeof field === 'string' ? field : path, value['message']);
        walk(value['details'], path, depth + 1);
        return;
      }
      for (const [key, nested] of Object.entries(value)) walk(nested, path === '' ? key : `${path}.${key}`, depth + 1);
    } else {
      add(path, String(value));
    }
  }

  if (Array.isArray(body)) walk(body, '', 0);
  else if (isJsonObject(body)) {
    const { errors, title, message, detail } = body;
    walk(errors, '', 0);
    if (Object.keys(found).length === 0) for (const text of [title, message, detail]) if (typeof text === 'string') add('', text);
  }
  return { ...found };
}
