import { NetworkError } from './network-error.js';

/**
 * A POST left this machine and its answer was lost: the record may exist now. It is not sent again by itself,
 * since the API has no idempotency keys; look for the record before you repeat the call.
 */
export class UncertainOutcomeError extends NetworkError {}
