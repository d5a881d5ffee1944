import { BigRecordError } from '../errors/bigrecord-error.js';

/** A signed payload cannot be trusted: it is forged, expired, or for another app or purpose. Respond with 401. */
export class SignedPayloadError extends BigRecordError {
  /** The reason, such as `ERR_JWT_EXPIRED` or `ERR_SIGNATURE`; never contains a part of the payload. */
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}
