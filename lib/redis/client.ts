import { createRequire } from 'node:module';

/** Loads ioredis when it is first used: it is an optional peer. For bundlers the build substitutes `client-static.ts`. */
export const ioredis = (): typeof import('ioredis') => createRequire(import.meta.url)('ioredis');
