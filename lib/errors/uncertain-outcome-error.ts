import { NetworkError, type NetworkErrorInit } from './network-error.js';

/** What an {@link UncertainOutcomeError} is made of: of an answer that came and tells nothing, also its status and body. */
export interface UncertainOutcomeInit extends NetworkErrorInit {
  status?: number | undefined;
  body?: unknown;
}

/**
 * A POST left this machine and its answer was lost, or says success and does not tell what was made: the record may exist
 * now. It is not sent again by itself, since the API has no idempotency keys; look for the record before you repeat the call.
 */
export class UncertainOutcomeError extends NetworkError {
  /** Of an answer that came and could not be used; `undefined` where none came. `cause` says what is wrong with it. */
  readonly status: number | undefined;
  /** The beginning of that answer, where it is text. */
  readonly body: unknown;

  constructor(message: string, init: UncertainOutcomeInit) {
    super(message, init);
    this.status = init.status;
    this.body = init.body;
  }
}

/** The outcome of a POST whose answer came and cannot be used: what is wrong with it, and that the POST may have been carried out. */
export function uncertainAfter(cause: {
  message: string;
  method: string;
  path: string;
  status: number;
  body: unknown;
  requestId: string | undefined;
}): UncertainOutcomeError {
  const { message, method, path, status, body, requestId } = cause;
  return new UncertainOutcomeError(`${message} What it makes may exist all the same: look before you repeat it.`, {
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
