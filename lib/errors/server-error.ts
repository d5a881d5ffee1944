import { HttpError } from './http-error.js';

const UNKNOWN = new Set([500, 502, 503, 504]);

/** Whether a request answered so may have been carried out all the same, and doing it again would do it twice. */
export function isUncertain({ method, status }: { readonly method: string; readonly status: number }): boolean {
  return (method === 'POST' || method === 'PATCH') && UNKNOWN.has(status);
}

/** The store, or a gateway before it, failed (status 5xx). */
export class ServerError extends HttpError {
  /** A POST that may have been carried out all the same: look for the record before you repeat the call. */
  get isUncertain(): boolean {
    return isUncertain(this);
  }
}
