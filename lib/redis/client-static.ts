import { Redis } from 'ioredis';
import type { ioredis as lazily } from './client.js';

/** Returns ioredis, for bundlers: the import makes it part of the bundle. */
export const ioredis = (): Pick<ReturnType<typeof lazily>, 'Redis'> => ({ Redis });
