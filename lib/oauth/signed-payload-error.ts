import { BigRecordError } from '../errors/bigrecord-error.js';

/** A signed payload that is not to be trusted: forged, expired, of another app or another kind. Answer the request with 401. */
export class SignedPayloadError extends BigRecordError {
  /** `ERR_JWT_EXPIRED`, `ERR_SIGNATURE` and the like; never a part of the payload. */
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}
