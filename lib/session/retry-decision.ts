import { NetworkError } from '../errors/network-error.js';
import { askedWaitMs, retryAfterMs } from '../errors/retry-after.js';
import type { RawResponse } from '../transport/raw-response.js';
import { isOnce, type Method, type RequestDescription, type RetryOptions } from '../transport/request.js';

/** Temporary failures: of the store, of a gateway that lost patience, of the CDN in front of both. */
const TEMPORARY: ReadonlySet<number> = new Set([408, 425, 499, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529]);
/** Without a header that says how long, a 429 means an overloaded platform (api-rate-limits): wait at least this long. */
const OVERLOADED_MS = 1000;

/** Response to a deletion that was repeated after a lost response and found nothing any more: it was done. */
const GONE: RawResponse = { status: 204, headers: {}, read: () => ({ status: 204, headers: {}, body: undefined }) };

/** How one attempt ended: with a response or an error. */
export interface Outcome {
  readonly response?: RawResponse;
  readonly error?: unknown;
}

/** The reason of a retry that waits for quota. */
export const REFUSED = 'status 429';

/**
 * Returns why an outcome is worth another attempt, or `undefined`. What must not be done twice is repeated only if the store certainly did
 * not act: it was never connected, or answered 429. A 503 is no refusal, whatever its headers say: a gateway that has passed the
 * request on may answer with it.
 */
function reasonToRetry(isSafe: boolean, outcome: Outcome, number: number): string | undefined {
  if (outcome.response !== undefined) {
    const { status } = outcome.response;
    if (status === 429) return REFUSED;
    return isSafe && TEMPORARY.has(status) ? `status ${status}` : undefined;
  }
  const { error } = outcome;
  if (!(error instanceof NetworkError) || (error.code !== undefined && /CERT|TLS|SIGNED|ERR_PROXY_4/.test(error.code))) return undefined;
  // An unknown host name is usually a mistyped one.
  if (error.code === 'ENOTFOUND' && number > 1) return undefined;
  return isSafe || error.sent === 'no' ? (error.code ?? error.name) : undefined;
}

/** Returns the milliseconds to wait before retry `attempt` (1, 2, …), or `undefined` if that would take too long. */
function waitMs(attempt: number, outcome: Outcome, options: Required<RetryOptions>, random = Math.random): number | undefined {
  const backOff = Math.min(options.maxMs, options.baseMs * 2 ** (attempt - 1)) * (0.5 + random() / 2);
  if (outcome.response === undefined) return backOff;
  const { status, headers } = outcome.response;
  const asked = status === 429 ? retryAfterMs(headers) : askedWaitMs(headers);
  if (asked !== undefined) {
    return asked > options.maxMs ? undefined : Math.max(asked * (1 + random() / 10), options.baseMs);
  }
  return status === 429 ? Math.max(OVERLOADED_MS * 2 ** (attempt - 1), backOff) : backOff;
}

/** Returns why and in how many milliseconds a request is worth another attempt after attempt `number`; `undefined` if it is not. */
export function nextAttempt(
  request: Pick<RequestDescription, 'method' | 'isOnce'>,
  outcome: Outcome,
  number: number,
  options: Required<RetryOptions>,
): { reason: string; waitMs: number } | undefined {
  const reason = number > options.limit ? undefined : reasonToRetry(!isOnce(request), outcome, number);
  const wait = reason === undefined ? undefined : waitMs(number, outcome, options);
  return reason === undefined || wait === undefined ? undefined : { reason, waitMs: wait };
}

/** Whether an attempt may have been carried out, however it ended: not if it was refused for want of quota, or never sent. */
export function mayHaveBeenDone({ response, error }: Outcome): boolean {
  if (response !== undefined) return response.status !== 429;
  return error instanceof NetworkError && error.sent !== 'no';
}

/**
 * Returns the response of the last of several attempts.
 *
 * @param isRepeated whether an earlier one may have been carried out: a deletion that then finds nothing has succeeded
 * @throws the error of the last attempt, with the number of attempts
 */
export function resolveOutcome(method: Method, { response, error }: Outcome, attempts: number, isRepeated: boolean): RawResponse {
  if (response !== undefined) return isRepeated && method === 'DELETE' && response.status === 404 ? GONE : response;
  if (error instanceof NetworkError) error.attempts = attempts;
  throw error;
}
