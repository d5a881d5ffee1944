import { ArgumentError } from './argument-error.js';

/**
 * A hook or check of a record waits for an operation that can only begin once the hook has returned: `save()`, `reload()` or
 * `destroy()` of the same record, or of one whose own hooks wait for it. Both would wait for ever; so the inner call throws.
 */
export class DeadlockError extends ArgumentError {}
