export { type RedisBudgetOptions, redisBudget } from './budget.js';
export type { RedisClient } from './connection.js';
