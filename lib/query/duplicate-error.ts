import { ClientError } from '../errors/client-error.js';
import { ConflictError } from '../errors/conflict-error.js';
import { fieldErrors } from '../errors/field-errors.js';

const REFUSALS: ReadonlySet<number> = new Set([400, 422]);

const SAYS_TAKEN = /taken|duplicat|already|exists|unique|in use/i;

/** Whether the store refused a record because a unique value is already in use: 409, or an error message that says so. */
export function isDuplicateError(error: unknown): boolean {
  if (error instanceof ConflictError) return true;
  if (!(error instanceof ClientError) || !REFUSALS.has(error.status)) return false;
  const messages = typeof error.body === 'string' ? [error.body.slice(0, 2000)] : Object.values(fieldErrors(error.body)).flat();
  const { title, detail } = (error.body ?? {}) as { title?: unknown; detail?: unknown };
  return [...messages, title, detail].some((message) => typeof message === 'string' && SAYS_TAKEN.test(message));
}
