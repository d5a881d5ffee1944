import { createRequire } from 'node:module';

/** Loads BullMQ when it is first used: it is an optional peer. For bundlers the build substitutes `bullmq-static.ts`. */
export const bullmq = (): typeof import('bullmq') => createRequire(import.meta.url)('bullmq');
