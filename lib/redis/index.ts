export { type RedisBudgetOptions, redisBudget } from './budget.js';
export { type RedisCacheOptions, redisCache } from './cache.js';
export type { RedisClient } from './connection.js';
