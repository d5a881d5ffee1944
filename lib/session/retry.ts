import { NetworkError } from '../errors/network-error.js';
import { askedWaitMs, retryAfterMs } from '../errors/retry-after.js';
import { sleep } from '../transport/abort.js';
import type { Answer, Method, RetryOptions } from '../transport/request.js';

const SAFE: ReadonlySet<Method> = new Set<Method>(['GET', 'PUT', 'DELETE']);
const PASSING: ReadonlySet<number> = new Set([500, 502, 503, 504]);
/** Without a header that says how long, a 429 means an overloaded platform (api-rate-limits): never sooner than this. */
const OVERLOADED_MS = 1000;

/** A deletion that was repeated after a lost answer, and found nothing any more: it was done. */
const GONE: Answer = { status: 204, headers: {}, body: undefined };

/** What one try came to. */
type Outcome = { answer: Answer } | { error: unknown };

/** Why an outcome is worth another try, or `undefined`. A POST is repeated only where the store certainly did not act. */
function reasonToRetry(method: Method, outcome: Outcome, number: number): string | undefined {
  if ('answer' in outcome) {
    const { status, headers } = outcome.answer;
    if (status === 429) return 'status 429';
    // A store that says when to come back has refused the request, not carried it out.
    if (status === 503 && askedWaitMs(headers) !== undefined) return 'status 503';
    return SAFE.has(method) && PASSING.has(status) ? `status ${status}` : undefined;
  }
  const { error } = outcome;
  if (!(error instanceof NetworkError) || (error.code !== undefined && /CERT|TLS|SIGNED/.test(error.code))) return undefined;
  // An unknown name is most often a mistyped one.
  if (error.code === 'ENOTFOUND' && number > 1) return undefined;
  return SAFE.has(method) || error.sent === 'no' ? (error.code ?? error.name) : undefined;
}

/** Milliseconds to wait before repetition `attempt` (1, 2, …), or `undefined` where waiting would take too long. */
function waitMs(attempt: number, outcome: Outcome, options: Required<RetryOptions>, random = Math.random): number | undefined {
  const backOff = Math.min(options.maxMs, options.baseMs * 2 ** (attempt - 1)) * (0.5 + random() / 2);
  if (!('answer' in outcome)) return backOff;
  const { status, headers } = outcome.answer;
  const asked = status === 429 ? retryAfterMs(headers) : askedWaitMs(headers);
  if (asked !== undefined) {
    return asked > options.maxMs ? undefined : Math.max(asked * (1 + random() / 10), options.baseMs);
  }
  return status === 429 ? Math.max(OVERLOADED_MS * 2 ** (attempt - 1), backOff) : backOff;
}

export interface RetryRun {
  method: Method;
  options: Required<RetryOptions>;
  /** `performance.now()` after which no new try begins; asked after each try, since waiting for quota does not count. */
  deadline: () => number;
  signal: AbortSignal | undefined;
  attempt: (number: number) => Promise<Answer>;
  onWait: (attempt: number, waitMs: number, reason: string) => void;
  /** Whether the store may be asked once more, after all that failed of late. */
  mayRepeat: (reason: string) => boolean;
}

/** Tries until an outcome is not worth another try, the limit is reached or the time is up. */
export async function withRetries({ method, options, deadline, signal, attempt, onWait, mayRepeat }: RetryRun): Promise<Answer> {
  for (let number = 1; ; number++) {
    const outcome: Outcome = await attempt(number).then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error }),
    );
    const reason = signal?.aborted || number > options.limit ? undefined : reasonToRetry(method, outcome, number);
    const wait = reason === undefined ? undefined : waitMs(number, outcome, options);
    if (reason === undefined || wait === undefined || performance.now() + wait > deadline() || !mayRepeat(reason)) {
      if ('answer' in outcome) return number > 1 && method === 'DELETE' && outcome.answer.status === 404 ? GONE : outcome.answer;
      if (outcome.error instanceof NetworkError) outcome.error.attempts = number;
      throw outcome.error;
    }
    onWait(number, wait, reason);
    await sleep(wait, signal);
  }
}
