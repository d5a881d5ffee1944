import { NetworkError, type NetworkErrorInit } from './network-error.js';

/** The parts of an {@link UncertainOutcomeError}; with status and body if there was an unusable response. */
export interface UncertainOutcomeInit extends NetworkErrorInit {
  status?: number | undefined;
  body?: unknown;
}

/**
 * A POST was sent, but its response was lost or does not contain the new record: it may exist now. The request is not retried
 * automatically, since the API has no idempotency keys. Look for the record before you repeat the call.
 */
export class UncertainOutcomeError extends NetworkError {
  /** The status of an unusable response; `undefined` if there was none. `cause` states what is wrong with it. */
  readonly status: number | undefined;
  /** The beginning of that response, if it is a string. */
  readonly body: unknown;

  constructor(message: string, init: UncertainOutcomeInit) {
    super(message, init);
    this.status = init.status;
    this.body = init.body;
  }
}

/** Creates the error of a POST with an unusable response: states what is wrong with it, and that the record may exist. */
export function uncertainAfter(cause: {
  message: string;
  method: string;
  path: string;
  status: number;
  body: unknown;
  requestId: string | undefined;
}): UncertainOutcomeError {
  const { message, method, path, status, body, requestId } = cause;
  return new UncertainOutcomeError(`${message} The record may exist nevertheless: look before you repeat it.`, {
    method,
    path,
    status,
    body,
    requestId,
    sent: 'yes',
    phase: 'body',
    cause,
  });
}
