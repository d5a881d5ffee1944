import { Redis } from 'ioredis';
import type { ioredis as lazily } from './client.js';

/** ioredis for bundlers: imported, so that it comes into the bundle. */
export const ioredis = (): Pick<ReturnType<typeof lazily>, 'Redis'> => ({ Redis });
