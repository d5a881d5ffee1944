import type { Session } from 'bigrecord';

/** Far more than anything takes on a busy machine, and far less than what must not be waited for. */
export const AT_ONCE_MS = 10_000;

/** Waits until something is so; fails when that takes too long. */
export async function until(isSo: () => unknown, what = 'it'): Promise<void> {
  const begun = performance.now();
  while (!(await isSo())) {
    if (performance.now() - begun > AT_ONCE_MS) throw new Error(`Waited ${AT_ONCE_MS} ms for ${what} in vain.`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** A count when it has stopped to grow: what was on its way has arrived. */
export async function settled(count: () => number): Promise<number> {
  for (let last = -1, same = 0; ; ) {
    const now = count();
    same = now === last ? same + 1 : 0;
    if (same === 5) return now;
    last = now;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The moment at which a session sends its next request: what it sends is fixed by then. */
export const nextRequest = (session: Session): Promise<void> =>
  new Promise((resolve) => {
    const listener = (): void => {
      session.off('request', listener);
      resolve();
    };
    session.on('request', listener);
  });
