import { BigRecordError } from '../errors/bigrecord-error.js';
import { UncertainOutcomeError } from '../errors/uncertain-outcome-error.js';
import { reasonOf } from '../session/safe-call.js';
import type { StoreSession } from '../session/session.js';
import { type ApiResponse, addressOf, callOf, isOnce, type RequestDescription } from '../transport/request.js';
import type { BulkOptions } from './bulk-run.js';

type Request = Omit<RequestDescription, 'signal'>;

/**
 * Sends a batch of a bulk write.
 *
 * @throws UncertainOutcomeError if the store may have processed it: it was aborted while running, or the response to a POST is unreadable
 */
export async function sendBatch(session: StoreSession, request: Request, options: BulkOptions, sent: () => void): Promise<ApiResponse> {
  const { signal } = options;
  if (signal?.aborted) throw notSent(signal.reason);
  sent();
  try {
    return await session.send({ ...request, ...callOf(options), priority: 'bulk' });
  } catch (error) {
    if (signal?.aborted !== true || error !== signal.reason) throw error;
    // If such a request may have been sent, the transport reports that with an error of its own; so this one was not sent.
    throw isOnce(request) ? notSent(error) : endedUnderWay(request, error);
  }
}

/** Returns the error of a record that was not sent before the run ended. */
export const notSent = (reason: unknown): BigRecordError =>
  new BigRecordError(`This record was not sent: the run ended before its turn (${reasonOf(reason)}). Nothing was stored.`, {
    cause: reason,
  });

function endedUnderWay(request: Request, cause: unknown): UncertainOutcomeError {
  const { method } = request;
  const path = addressOf(request);
  const done = method === 'DELETE' ? 'deleted' : 'changed';
  return new UncertainOutcomeError(
    `${method} ${path} was aborted while running (${reasonOf(cause)}): the record may have been ${done}; look before you repeat it.`,
    { method, path, sent: 'maybe', phase: 'response', cause },
  );
}
