import { ArgumentError } from './argument-error.js';

/**
 * A hook or validation of a record waits for an operation that cannot start before the hook returns: `save()`, `reload()` or
 * `destroy()` of the same record, or of one whose own hooks wait for it. Both would wait forever, so the inner call throws.
 */
export class DeadlockError extends ArgumentError {}
