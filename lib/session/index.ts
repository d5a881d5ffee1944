export {
  type BulkOptions,
  type BulkOutcome,
  type BulkProgress,
  BulkResult,
  BulkRun,
  type Source,
  type UpdateManyOptions,
} from './bulk-run.js';
export type { CacheOptions, CacheStore } from './cache-store.js';
export type { CircuitBreakerOptions } from './circuit-breaker.js';
export type { SessionEventName, SessionEvents } from './events.js';
export type { Middleware, Next } from './middleware.js';
export type { BasicAuth, Logger, RequestOptions, SessionOptions, TokenFunction } from './options.js';
export type { Priority } from './priority-queue.js';
export type { AttemptResult } from './quota.js';
export type { OnWait, RateBudget, RateLimitState } from './rate-budget.js';
export type { RequestMethods } from './request-methods.js';
export type { StoreSession } from './session.js';
