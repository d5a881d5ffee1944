import { redact } from './redact.js';

/** Errors within errors are kept so deep. */
const MAX_DEPTH = 3;

/**
 * What an error of the network says, for the `cause` of ours: its name, message, code, errno, syscall and stack, masked. The
 * error itself is let go, since got's holds the request with its headers.
 */
export function causeOf(error: unknown, secrets: readonly string[], depth = 0): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  // Several addresses of one host were tried, and none of them answered: the first failure says most.
  if (error instanceof AggregateError && error.message === '' && depth < MAX_DEPTH) return causeOf(error.errors[0], secrets, depth + 1);
  const { code, errno, syscall } = error as NodeJS.ErrnoException;
  const inner = depth < MAX_DEPTH && error.cause !== error ? causeOf(error.cause, secrets, depth + 1) : undefined;
  const safe = new Error(redact(error.message, secrets), inner === undefined ? undefined : { cause: inner });
  Object.defineProperty(safe, 'name', { value: error.name, enumerable: false });
  Object.defineProperty(safe, 'stack', { value: redact(error.stack ?? '', secrets), enumerable: false });
  return Object.assign(safe, plain({ code, errno, syscall }));
}

const plain = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'string' || typeof value === 'number'));
