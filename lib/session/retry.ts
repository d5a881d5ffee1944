import { NetworkError } from '../errors/network-error.js';
import { askedWaitMs, retryAfterMs } from '../errors/retry-after.js';
import type { Method, RetryOptions } from '../transport/request.js';
import type { Reply } from '../transport/transport.js';

const SAFE: ReadonlySet<Method> = new Set<Method>(['GET', 'PUT', 'DELETE']);
/** Passing failures: of the store, of a gateway that lost patience, of the CDN in front of both. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 499, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529]);
/** Without a header that says how long, a 429 means an overloaded platform (api-rate-limits): never sooner than this. */
const OVERLOADED_MS = 1000;

/** A deletion that was repeated after a lost answer, and found nothing any more: it was done. */
const GONE: Reply = { status: 204, headers: {}, read: () => ({ status: 204, headers: {}, body: undefined }) };

/** What one try came to: an answer or an error. */
export interface Outcome {
  answer?: Reply;
  error?: unknown;
}

/** The reason of a repetition that waits for quota. */
export const REFUSED = 'status 429';

/**
 * Why an outcome is worth another try, or `undefined`. A POST or PATCH is repeated only where the store certainly did not act: it
 * was never connected, or answered 429. A 503 is no refusal, whatever its headers say: a gateway may answer it that has passed the
 * request on.
 */
function reasonToRetry(method: Method, outcome: Outcome, number: number): string | undefined {
  if (outcome.answer !== undefined) {
    const { status } = outcome.answer;
    if (status === 429) return REFUSED;
    return SAFE.has(method) && PASSING.has(status) ? `status ${status}` : undefined;
  }
  const { error } = outcome;
  if (!(error instanceof NetworkError) || (error.code !== undefined && /CERT|TLS|SIGNED|ERR_PROXY_4/.test(error.code))) return undefined;
  // An unknown name is most often a mistyped one.
  if (error.code === 'ENOTFOUND' && number > 1) return undefined;
  return SAFE.has(method) || error.sent === 'no' ? (error.code ?? error.name) : undefined;
}

/** Milliseconds to wait before repetition `attempt` (1, 2, …), or `undefined` where waiting would take too long. */
function waitMs(attempt: number, outcome: Outcome, options: Required<RetryOptions>, random = Math.random): number | undefined {
  const backOff = Math.min(options.maxMs, options.baseMs * 2 ** (attempt - 1)) * (0.5 + random() / 2);
  if (outcome.answer === undefined) return backOff;
  const { status, headers } = outcome.answer;
  const asked = status === 429 ? retryAfterMs(headers) : askedWaitMs(headers);
  if (asked !== undefined) {
    return asked > options.maxMs ? undefined : Math.max(asked * (1 + random() / 10), options.baseMs);
  }
  return status === 429 ? Math.max(OVERLOADED_MS * 2 ** (attempt - 1), backOff) : backOff;
}

/** Why and in how many milliseconds a request is worth another try after try `number`; `undefined`: it is not. */
export function nextTry(
  method: Method,
  outcome: Outcome,
  number: number,
  options: Required<RetryOptions>,
): { reason: string; waitMs: number } | undefined {
  const reason = number > options.limit ? undefined : reasonToRetry(method, outcome, number);
  const wait = reason === undefined ? undefined : waitMs(number, outcome, options);
  return reason === undefined || wait === undefined ? undefined : { reason, waitMs: wait };
}

/** Whether a try may have been carried out, whatever came of it: not where it was refused for want of quota, or never sent. */
export function mayBeDone({ answer, error }: Outcome): boolean {
  if (answer !== undefined) return answer.status !== 429;
  return error instanceof NetworkError && error.sent !== 'no';
}

/**
 * What the last of several tries came to.
 *
 * @param wasTried whether an earlier one may have been carried out: a deletion that then finds nothing is done
 * @throws the error that it ended in, with the number of tries
 */
export function final(method: Method, outcome: Outcome, number: number, wasTried: boolean): Reply {
  if (outcome.answer !== undefined) return wasTried && method === 'DELETE' && outcome.answer.status === 404 ? GONE : outcome.answer;
  if (outcome.error instanceof NetworkError) outcome.error.attempts = number;
  throw outcome.error;
}
