import { redact } from './redact.js';

/** Causes of causes are kept to this depth. */
const MAX_DEPTH = 3;

/**
 * Copies what an error of the network says, for the `cause` of ours: its name, message, code, errno, syscall and stack, masked.
 * The error itself is dropped, since got's holds the request with its headers.
 */
export function causeOf(error: unknown, secrets: readonly string[], depth = 0): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  // Several addresses of one host were tried, and none of them answered: the first failure says most.
  if (error instanceof AggregateError && error.message === '' && depth < MAX_DEPTH) return causeOf(error.errors[0], secrets, depth + 1);
  const inner = depth < MAX_DEPTH && error.cause !== error ? causeOf(error.cause, secrets, depth + 1) : undefined;
  const safe = new Error(redact(error.message, secrets), inner === undefined ? undefined : { cause: inner });
  Object.defineProperty(safe, 'name', { value: error.name, enumerable: false });
  Object.defineProperty(safe, 'stack', { value: redact(error.stack ?? '', secrets), enumerable: false });
  for (const name of ['code', 'errno', 'syscall']) {
    const value: unknown = Reflect.get(error, name);
    if (typeof value === 'string' || typeof value === 'number') Reflect.set(safe, name, value);
  }
  return safe;
}
