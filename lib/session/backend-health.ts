import { reasonOf } from './safe-call.js';

/** Time-out for optional backends, such as a cache in Redis. */
const OPTIONAL_TIMEOUT_MS = 500;
/** After a failure the backend is left alone for this long. */
const PAUSE_MS = 5000;

/** The time-out is counted in this many parts. */
const PARTS = 5;

/**
 * Returns what the work gives. A program that keeps the event loop busy for seconds is no failure of the backend: however late a timer
 * fires, it counts for its own part of the time, and responses that have arrived are read in between.
 *
 * @throws Error when that takes longer than an optional backend may take
 */
export async function withTimeout<T>(work: () => T | Promise<T>, ms = OPTIONAL_TIMEOUT_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const wait = (parts: number): void => {
      if (parts === 0) reject(new Error(`no answer within ${ms} ms`));
      else timer = setTimeout(wait, ms / PARTS, parts - 1);
    };
    wait(PARTS);
  });
  try {
    return await Promise.race([(async () => work())(), late]);
  } finally {
    clearTimeout(timer);
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
