import type { WebhookEvent } from './event.js';
import type { HandlerOptions } from './handler-options.js';
import { reasonOf } from './queue.js';
import type { EventFailure } from './worker.js';

/** Reports the failure of an event. Never throws. */
export type Reporter = (error: unknown, event: WebhookEvent, failure: EventFailure) => void;

export const warn = (message: string): void => process.emitWarning(`bigrecord: ${message}`);

/** Reports to `onError`; without it, warns of events that are given up. */
export const reporterTo =
  (onError: HandlerOptions['onError']): Reporter =>
  (error, event, failure) => {
    if (onError === undefined) {
      if (!failure.willRetry) warn(`an event (${event.scope}) could not be processed: ${reasonOf(error)}`);
      return;
    }
    const failed = (ownError: unknown): void => warn(`onError failed: ${reasonOf(ownError)}; it was called for: ${reasonOf(error)}`);
    try {
      Promise.resolve(onError(error, event, failure)).catch(failed);
    } catch (ownError) {
      failed(ownError);
    }
  };
