import type { WebhookEvent } from './event.js';
import type { HandlerOptions } from './handler-options.js';
import { reasonOf } from './queue.js';
import type { EventFailure } from './worker.js';

/** Reports the failure of an event. Never throws. */
export type Reporter = (error: unknown, event: WebhookEvent, failure: EventFailure) => void;

export const warn = (message: string): void => process.emitWarning(`bigrecord: ${message}`);

/** Reports to `onError`; without it, warns. */
export const reporterTo = (onError: HandlerOptions['onError']): Reporter =>
  onError === undefined ? warningReporter() : callbackReporter(onError);

/**
 * Warns of each event that is given up, and of the first failure of each scope, so that a broken `onEvent` is noticed while its events
 * can still succeed. Retries fail often; a warning for each would flood the log.
 */
function warningReporter(): Reporter {
  const failing = new Set<string>();
  return (error, { scope }, { attempts, willRetry }) => {
    if (!willRetry) {
      failing.delete(scope);
      warn(`an event (${scope}) could not be ${attempts === 0 ? 'stored' : 'processed, and is not retried'}: ${reasonOf(error)}`);
    } else if (!failing.has(scope)) {
      failing.add(scope);
      warn(
        `an event (${scope}) could not be processed and will be retried: ${reasonOf(error)}.` +
          ' Later failures of this scope are not reported until an event is given up; the option onError reports each one.',
      );
    }
  };
}

const callbackReporter =
  (onError: NonNullable<HandlerOptions['onError']>): Reporter =>
  (error, event, failure) => {
    const failed = (ownError: unknown): void => warn(`onError failed: ${reasonOf(ownError)}; it was called for: ${reasonOf(error)}`);
    try {
      Promise.resolve(onError(error, event, failure)).catch(failed);
    } catch (ownError) {
      failed(ownError);
    }
  };
