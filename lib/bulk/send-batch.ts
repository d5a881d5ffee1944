import { BigRecordError } from '../errors/bigrecord-error.js';
import { UncertainOutcomeError } from '../errors/uncertain-outcome-error.js';
import type { StoreSession } from '../session/session.js';
import { type ApiResponse, addressOf, callOf, type RequestDescription } from '../transport/request.js';
import type { BulkOptions } from './bulk-run.js';

type Request = Omit<RequestDescription, 'signal'>;

/**
 * Sends a list of a bulk write.
 *
 * @throws UncertainOutcomeError where the store may have carried it out: it was aborted under way, or a success to a POST cannot be read
 */
export async function sendBatch(session: StoreSession, request: Request, options: BulkOptions, sent: () => void): Promise<ApiResponse> {
  const { signal } = options;
  if (signal?.aborted) throw notSent(signal.reason);
  sent();
  try {
    return await session.send({ ...request, ...callOf(options), priority: 'bulk' });
  } catch (error) {
    if (signal?.aborted !== true || error !== signal.reason) throw error;
    // A POST that may have left is reported as such by the transport: this one has not.
    throw request.method === 'POST' ? notSent(error) : endedUnderWay(request, error);
  }
}

/** A record that was taken and did not get its turn before the run ended. */
export const notSent = (reason: unknown): BigRecordError =>
  new BigRecordError(`This record was not sent: the run was ended before its turn (${messageOf(reason)}). Nothing of it is stored.`, {
    cause: reason,
  });

function endedUnderWay(request: Request, cause: unknown): UncertainOutcomeError {
  const { method } = request;
  const path = addressOf(request);
  const done = method === 'DELETE' ? 'deleted' : 'changed';
  return new UncertainOutcomeError(
    `${method} ${path} was ended under way (${messageOf(cause)}): the record may have been ${done}; look before you repeat it.`,
    { method, path, sent: 'maybe', phase: 'response', cause },
  );
}

const messageOf = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason));
