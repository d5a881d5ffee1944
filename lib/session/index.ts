export {
  type BulkOptions,
  type BulkOutcome,
  type BulkProgress,
  BulkResult,
  BulkRun,
  type Source,
  type UpdateManyOptions,
} from '../bulk/bulk-run.js';
export type { OnWait, RateBudget, RateLimitState } from './budget.js';
export type { CacheOptions } from './cache.js';
export type { CacheStore } from './cache-store.js';
export type { Middleware, Next } from './chain.js';
export type { CircuitBreakerOptions } from './circuit-breaker.js';
export type { SessionEventName, SessionEvents } from './events.js';
export type { BasicAuth, Logger, RequestOptions, SessionOptions, TokenFunction } from './options.js';
export type { Spent } from './quota.js';
export { Session } from './session.js';
export type { Priority } from './waiting-line.js';
