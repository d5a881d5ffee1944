import { AsyncLocalStorage } from 'node:async_hooks';
import type { Session } from 'bigrecord';

const counters = new AsyncLocalStorage<{ sent: number }>();

/** Lets `counting` count the requests of a session. */
export function countRequests(session: Session): void {
  session.use((request, next) => {
    const counter = counters.getStore();
    if (counter !== undefined) counter.sent++;
    return next(request);
  });
}

/** Runs a function, and tells how many requests to the store it has sent. */
export async function counting<T>(run: () => Promise<T>): Promise<{ readonly result: T; readonly requests: number }> {
  const counter = { sent: 0 };
  const result = await counters.run(counter, run);
  return { result, requests: counter.sent };
}
