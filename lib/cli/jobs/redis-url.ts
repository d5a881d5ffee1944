/** Returns the address of Redis: of the option, of the environment, or the usual one. */
export const redisUrl = (given: string | undefined): string => given ?? process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379';
