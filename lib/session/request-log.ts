import type { BigRecordError } from '../errors/bigrecord-error.js';
import { addressOf, type RequestDescription } from '../transport/request.js';
import type { Events, SessionEvents } from './events.js';
import type { Logger } from './options.js';
import { REFUSED } from './retry-decision.js';
import { callSafely } from './safe-call.js';

/** Writes a line to a logger for each request, each retry and each call that failed for good. Never a body, never a header. */
export class RequestLog {
  readonly #logger: Logger;

  constructor(logger: Logger, events: Events) {
    this.#logger = logger;
    events.on('response', ({ method, path, status, ms }) => this.#write('debug', `${method} ${path} ${status} ${Math.round(ms)} ms`));
    events.on('retry', (event) => this.#writeRetry(event));
    events.on('throttle', (event) => event.reason === REFUSED && this.#writeRetry(event));
    events.on('error', ({ method, path, error, attempt }) =>
      this.#write('error', `${method} ${path} failed: ${labelOf(error)}${attempt > 1 ? ` (try ${attempt})` : ''}`),
    );
  }

  /** Logs a response from the cache. */
  cached(request: RequestDescription): void {
    this.#write('debug', `${request.method} ${addressOf(request)} cached`);
  }

  #writeRetry({ method, path, reason, waitMs }: SessionEvents['retry']): void {
    this.#write('warn', `${method} ${path}: ${reason}, trying again in ${Math.round(waitMs)} ms`);
  }

  #write(level: keyof Logger, line: string): void {
    const logger = this.#logger;
    const call = (): unknown => (level === 'error' && logger.error === undefined ? logger.warn(line) : logger[level]?.(line));
    callSafely(`the logger's ${level}()`, call, logger);
  }
}

/** Names an error in a log; its message may hold parts of a body. */
function labelOf(error: BigRecordError): string {
  const requestId: unknown = 'requestId' in error ? error.requestId : undefined;
  const details = [
    'status' in error ? error.status : undefined,
    'code' in error ? error.code : undefined,
    requestId === undefined ? undefined : `request ${requestId}`,
  ].filter((each) => each !== undefined);
  return `${error.name}${details.length === 0 ? '' : ` (${details.join(', ')})`}`;
}
