import { Redis } from 'ioredis';
import type { ioredis as lazily } from './client.js';

/** Returns ioredis for bundlers: imported, so that it becomes part of the bundle. */
export const ioredis = (): Pick<ReturnType<typeof lazily>, 'Redis'> => ({ Redis });
