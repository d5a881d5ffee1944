import { setTimeout as delay } from 'node:timers/promises';
import { reasonOf } from './safe-call.js';

/** Time-out for optional backends, such as a cache in Redis. */
export const OPTIONAL_TIMEOUT_MS = 500;
/** After a failure the backend is left alone for this long. */
const PAUSE_MS = 5000;

/** Returns what the work gives. @throws Error when that takes longer than an optional backend may take */
export async function withTimeout<T>(work: () => T | Promise<T>): Promise<T> {
  const timer = new AbortController();
  const late = delay(OPTIONAL_TIMEOUT_MS, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`no answer within ${OPTIONAL_TIMEOUT_MS} ms`);
  });
  late.catch(() => {}); // once the work is done, nobody waits for it
  try {
    return await Promise.race([(async () => work())(), late]);
  } finally {
    timer.abort();
  }
}

/** Makes a function that warns of a failure the first time that it is called. @param message the warning, given the reason */
export function warnOnce(message: (reason: string) => string): (error: unknown) => void {
  let isDone = false;
  return (error) => {
    if (isDone) return;
    isDone = true;
    process.emitWarning(`bigrecord: ${message(reasonOf(error))}`);
  };
}

/** Remembers that an optional backend has failed, so that it is left alone for a while. */
export class BackendHealth {
  readonly #warn: (error: unknown) => void;
  #retryAt = 0;

  constructor(warn: (error: unknown) => void) {
    this.#warn = warn;
  }

  get isDown(): boolean {
    return performance.now() < this.#retryAt;
  }

  failed(error: unknown): void {
    this.#retryAt = performance.now() + PAUSE_MS;
    this.#warn(error);
  }
}
