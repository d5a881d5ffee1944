import { DelayedError, Queue, WaitingChildrenError, Worker } from 'bullmq';
import type { bullmq as lazily } from './bullmq.js';

/** Returns BullMQ, for bundlers: the import makes it part of the bundle. */
export const bullmq = (): Pick<ReturnType<typeof lazily>, 'DelayedError' | 'Queue' | 'WaitingChildrenError' | 'Worker'> => ({
  DelayedError,
  Queue,
  WaitingChildrenError,
  Worker,
});
