/**
 * Options of every BullMQ job: whatever BullMQ or Redis fails with, it is tried again. The errors of rows and of stores never fail a BullMQ
 * job, and one that has failed for good would let its run stand still for ever.
 */
export const ENDLESS = {
  attempts: Number.MAX_SAFE_INTEGER,
  backoff: { type: 'fixed', delay: 1_000 },
  stackTraceLimit: 3,
  removeOnComplete: true,
} as const;
