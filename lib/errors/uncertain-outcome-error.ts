import { NetworkError, type NetworkErrorInit } from './network-error.js';

/** The parts of an {@link UncertainOutcomeError}; with status and body if a response came that cannot be used. */
export interface UncertainOutcomeInit extends NetworkErrorInit {
  status?: number | undefined;
  body?: unknown;
}

/**
 * A POST was sent, and its response was lost or does not say what was created: the record may exist now. It is not retried
 * automatically, since the API has no idempotency keys; look for the record before you repeat the call.
 */
export class UncertainOutcomeError extends NetworkError {
  /** Of a response that could not be used; `undefined` if none came. `cause` says what is wrong with it. */
  readonly status: number | undefined;
  /** The beginning of that response, if it is text. */
  readonly body: unknown;

  constructor(message: string, init: UncertainOutcomeInit) {
    super(message, init);
    this.status = init.status;
    this.body = init.body;
  }
}

/** Makes the error of a POST whose response cannot be used: what is wrong with it, and that the POST may have been carried out. */
export function uncertainAfter(cause: {
  message: string;
  method: string;
  path: string;
  status: number;
  body: unknown;
  requestId: string | undefined;
}): UncertainOutcomeError {
  const { message, method, path, status, body, requestId } = cause;
  return new UncertainOutcomeError(`${message} What it creates may exist nevertheless: look before you repeat it.`, {
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
