/** The longest that a timer can wait: beyond it, Node fires at once (https://nodejs.org/api/timers.html#settimeoutcallback-delay-args). */
export const MAX_TIMER_MS = 2 ** 31 - 1;

const callbacks = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Returns what is called when the signal is aborted: add a callback, and delete it when nobody waits for it any more.
 * However many requests share a signal, it carries one listener, so that Node never warns of a leak.
 */
export function abortCallbacks(signal: AbortSignal): Set<() => void> {
  let waiting = callbacks.get(signal);
  if (waiting === undefined) {
    const all = new Set<() => void>();
    waiting = all;
    callbacks.set(signal, all);
    signal.addEventListener(
      'abort',
      () => {
        for (const call of [...all]) call();
      },
      { once: true },
    );
  }
  return waiting;
}

/** Calls back when the signal is aborted, until the returned function is called. */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
  if (signal === undefined) return () => {};
  const waiting = abortCallbacks(signal);
  waiting.add(callback);
  return () => void waiting.delete(callback);
}

/** A signal that is aborted as soon as either of two is, until `release` is called. Unlike `AbortSignal.any` it leaves nothing on a source that lives on. */
export function eitherOf(first: AbortSignal | undefined, second: AbortSignal): { signal: AbortSignal; release(): void } {
  if (first === undefined) return { signal: second, release: () => {} };
  const both = new AbortController();
  const stops = [first, second].map((source) => {
    if (source.aborted) both.abort(source.reason);
    return onAbort(source, () => both.abort(source.reason));
  });
  return {
    signal: both.signal,
    release: () => {
      for (const stop of stops) stop();
    },
  };
}

/** Waits, and rejects with the signal's reason as soon as it is aborted. The timer keeps the process alive. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const waiting = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(ms, MAX_TIMER_MS));
  });
  try {
    await untilAborted(waiting, signal);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits for a promise that others wait for too, and rejects with the signal's reason as soon as that is aborted. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const leave = onAbort(signal, () => reject(signal.reason));
    promise.then(resolve, reject).finally(leave);
  });
}
