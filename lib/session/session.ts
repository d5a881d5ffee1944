import { inspect } from 'node:util';
import { COPY, copyOf, THIS_COPY, VERSION } from '../copies.js';
import { ArgumentError } from '../errors/argument-error.js';
import { addCallSite } from '../errors/call-site.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { errorFromStatus } from '../errors/from-status.js';
import type { RawResponse } from '../transport/raw-response.js';
import { type ApiResponse, addressOf, checkCall, type RequestDescription } from '../transport/request.js';
import { Transport } from '../transport/transport.js';
import { AccessToken } from './access-token.js';
import { BreakerGuard } from './breaker-guard.js';
import { BreakerMonitor } from './breaker-monitor.js';
import { changesOf, storeChanged } from './cache-generation.js';
import { CacheInvalidation } from './cache-invalidation.js';
import { circuitBreakerOf } from './circuit-breaker.js';
import { ConcurrencyLimits } from './concurrency-limits.js';
import { Connections } from './connections.js';
import { headerValue } from './credentials.js';
import { runWith } from './current-storage.js';
import { isTraced, trace } from './debug-trace.js';
import { deferredWrites } from './deferred-writes.js';
import { Events, type SessionEventName, type SessionEvents } from './events.js';
import { ExchangeEvents } from './exchange-events.js';
import { budgetFor } from './guarded-budget.js';
import { Lifetime } from './lifetime.js';
import { joinLinks, type Link, type Operation } from './link.js';
import { applyMiddleware, type Middleware } from './middleware.js';
import type { SessionOptions } from './options.js';
import { countSession } from './per-store.js';
import type { RateBudget, RateLimitState } from './rate-budget.js';
import { RateLimit } from './rate-limit.js';
import { callsByResponse } from './rejected-responses.js';
import { RequestLog } from './request-log.js';
import { RequestMethods } from './request-methods.js';
import { Cache, ResponseCache } from './response-cache.js';
import { Retry } from './retry.js';
import { retryBudgetOf } from './retry-budget.js';
import { type Settings, settingsOf } from './settings.js';
import { TokenRenewal } from './token-renewal.js';

/**
 * Connects to one store: its credentials, its connections, its policies. A `Session` is one; it can save records besides.
 *
 * Credentials live in private fields: no session, record or error shows them when it is printed or serialised.
 */
export class StoreSession extends RequestMethods {
  /** The store's hash; `undefined` on a legacy session. */
  readonly storeHash: string | undefined;
  /** Most requests in flight at once. */
  readonly concurrency: number;
  /** What awaiting a relation does; see {@link SessionOptions.preload}. */
  readonly preload: 'auto' | 'lazy' | 'strict';
  readonly #root: string;
  readonly #transport: Transport;
  readonly #events: Events;
  readonly #middleware: Middleware[] = [];
  readonly #budget: RateBudget;
  readonly #cache: Cache | undefined;
  /** Set if `accessToken` is a function. */
  readonly #token: AccessToken | undefined;
  readonly #chain: Link;
  /** @internal */
  readonly lifetime = new Lifetime((by) => {
    this.#transport.count(by);
    countSession(this.#root, by);
  });

  /** @internal */
  get [COPY](): typeof THIS_COPY {
    return THIS_COPY;
  }

  /** A session of another copy of this version is a session too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (Function.prototype[Symbol.hasInstance].call(this, value)) return true;
    if (copyOf(value)?.version !== VERSION) return false;
    for (let part = Object.getPrototypeOf(value); part !== null; part = Object.getPrototypeOf(part))
      if (part.constructor?.name === this.name) return true;
    return false;
  }

  /** @throws ConfigurationError if an option is missing or wrong; the message names the option, never its value */
  constructor(options: SessionOptions) {
    super();
    const settings = settingsOf(options);
    const { endpoint, policy, concurrency, maxResponseBytes } = settings;
    this.storeHash = endpoint.storeHash;
    this.concurrency = concurrency;
    this.preload = settings.preload;
    this.#root = endpoint.root;
    this.#transport = new Transport(endpoint, { timeout: policy.timeout, concurrency, maxResponseBytes, network: options });
    this.#events = new Events(endpoint.storeHash);
    this.#budget = budgetFor(endpoint.root, options.rateLimit);
    const { accessToken, cache } = options;
    if (typeof accessToken === 'function') this.#token = new AccessToken(accessToken, (token) => this.#authenticate(token));
    if (cache !== undefined && cache !== false) this.#cache = new Cache(cache, endpoint.root, endpoint.headers);
    this.#chain = this.#compose(settings, options);
    if (isTraced()) trace(this.#events);
  }

  /** Composes the chain, in the order in which a request meets its links. Middleware comes before all of them. */
  #compose({ policy, concurrency, logger }: Settings, options: SessionOptions): Link {
    const root = this.#root;
    const cache = this.#cache;
    const token = this.#token;
    const events = this.#events;
    const breaker = circuitBreakerOf(root, options.circuitBreaker);
    const log = logger && new RequestLog(logger, events);
    return joinLinks(
      [
        cache && ((next) => new ResponseCache(next, cache, (request) => log?.cached(request))),
        (next) => new CacheInvalidation(next, root),
        (next) => new Retry(next, policy, this.#budget.retries ?? retryBudgetOf(root), events, this.lifetime.abortSignal),
        breaker && ((next) => new BreakerGuard(next, breaker, this.lifetime.closingSignal)),
        // Before the rate limit: a request that waits for others of its kind must not hold quota meanwhile.
        (next) => new ConcurrencyLimits(next, root, this.#budget, events),
        (next) => new RateLimit(next, this.#budget, events),
        (next) => new Connections(next, concurrency),
        breaker && ((next) => new BreakerMonitor(next, breaker)),
        (next) => new ExchangeEvents(next, events),
        token && ((next) => new TokenRenewal(next, token)),
      ],
      this.#transport,
    );
  }

  /** Runs `work` with this session as the current one, through all its awaits, timers and callbacks (AsyncLocalStorage). */
  run<T>(work: () => T): T {
    return runWith(this, work);
  }

  /** Adds middleware, which sees every request on its way down and every response on its way up. The first added is the outermost. */
  use(middleware: Middleware): this {
    if (typeof middleware !== 'function') throw new ArgumentError('use() takes a function: async (request, next) => next(request).');
    this.#middleware.push(middleware);
    this.lifetime.saves = undefined;
    return this;
  }

  /** Whether both sessions connect to the same store, with whatever credentials. */
  isSameStore(other: StoreSession): boolean {
    return this.#root === other.#root;
  }

  /** What tells the store from others, the same in every process. @internal */
  get storeId(): string {
    return this.storeHash ?? this.#root;
  }

  /** Listens to an event. */
  on<E extends SessionEventName>(name: E, listener: (event: SessionEvents[E]) => void): this {
    this.#events.on(name, listener);
    return this;
  }

  /** Stops listening. */
  off<E extends SessionEventName>(name: E, listener: (event: SessionEvents[E]) => void): this {
    this.#events.off(name, listener);
    return this;
  }

  /** @internal */
  emit<E extends SessionEventName>(name: E, payload: () => SessionEvents[E]): void {
    this.#events.emit(name, payload);
  }

  /**
   * Sends a described request: through the middleware and the chain, with retries where they are safe.
   *
   * @throws HttpError for a status other than 2xx; NetworkError, TimeoutError, UncertainOutcomeError, ParseError
   */
  async send(request: RequestDescription): Promise<ApiResponse> {
    const operation = this.lifetime.begin();
    try {
      if (this.#token !== undefined) await this.#token.ready();
      const isDirect = this.#middleware.length === 0;
      const response = isDirect
        ? (await this.#chain.send(request, operation)).read()
        : await this.#sendThroughMiddleware(request, operation);
      if (response.status < 200 || response.status > 299) throw refusal(request, response);
      callsByResponse.set(response, { request, operation, events: this.#events });
      return response;
    } catch (error) {
      this.#events.failed(request, operation, addCallSite(error));
      throw error;
    } finally {
      this.lifetime.ended();
    }
  }

  /**
   * Sends before the response is wanted, and returns a function that parses it then: as text it takes less memory.
   * Middleware sees responses when they arrive.
   *
   * @internal
   */
  async sendAhead(request: RequestDescription): Promise<() => ApiResponse> {
    if (this.#middleware.length > 0) {
      const response = await this.send(request);
      return () => response;
    }
    const operation = this.lifetime.begin();
    try {
      if (this.#token !== undefined) await this.#token.ready();
      const raw = await this.#chain.send(request, operation);
      if (raw.status < 200 || raw.status > 299) throw refusal(request, raw.read());
      return () => this.#readAhead(request, operation, raw);
    } catch (error) {
      this.#events.failed(request, operation, addCallSite(error));
      throw error;
    } finally {
      this.lifetime.ended();
    }
  }

  #readAhead(request: RequestDescription, operation: Operation, raw: RawResponse): ApiResponse {
    try {
      const response = raw.read();
      callsByResponse.set(response, { request, operation, events: this.#events });
      return response;
    } catch (error) {
      this.#events.failed(request, operation, error);
      throw error;
    }
  }

  #sendThroughMiddleware(request: RequestDescription, operation: Operation): Promise<ApiResponse> {
    const next = applyMiddleware(this.#middleware, async (passed) => {
      const part = this.lifetime.beginPart(operation); // a middleware may return without waiting for its requests
      try {
        return (await this.#chain.send(passed, part)).read();
      } finally {
        this.lifetime.ended();
      }
    });
    return next(request);
  }

  /**
   * Uses another access token from now on, when the store has issued a new one. Queued requests use the new token.
   *
   * @throws ConfigurationError on a legacy session, and for a string that is no token
   */
  rotate(accessToken: string): void {
    if (this.storeHash === undefined) throw new ConfigurationError('A legacy session has no access token to rotate: make a new session.');
    this.#authenticate(headerValue('accessToken', accessToken));
    this.#token?.replace(accessToken);
  }

  #authenticate(accessToken: string): void {
    const headers = { 'x-auth-token': accessToken };
    this.#transport.authenticate(headers, accessToken);
    this.#cache?.identify(headers);
  }

  /** Forgets all cached responses of this store, for instance when a webhook says that others have changed it. */
  async clearCache(): Promise<void> {
    await storeChanged(changesOf(this.#root));
  }

  /** The store's quota, as far as it is known. */
  get rateLimit(): RateLimitState {
    return this.#budget.state;
  }

  /**
   * Closes the session: nothing new is sent, and its connections are closed once all operations under way have ended.
   * With `{ abort: true }` they are aborted.
   *
   * @example
   * process.once('SIGTERM', () => session.close());
   */
  async close(options: { abort?: boolean } = {}): Promise<void> {
    // A listener may be called with the name of a signal: closing must not fail because of that.
    if (typeof options === 'object') checkCall('close()', options, { abort: 1 });
    const { abort = false } = options;
    deferredWrites.closed(this);
    this.lifetime.close();
    if (abort) this.lifetime.abort();
    await this.lifetime.idle();
    this.lifetime.rest();
  }

  /** Closes the session at the end of a block: `await using session = new Session(…)`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Shows the store, and nothing of its credentials. */
  toJSON(): { storeHash: string | undefined } {
    return { storeHash: this.storeHash };
  }

  [inspect.custom](): string {
    return `Session { storeHash: ${inspect(this.storeHash)} }`;
  }
}

const refusal = (request: RequestDescription, { status, headers, body }: ApiResponse): Error =>
  errorFromStatus({ status, headers, body, method: request.method, path: addressOf(request), isOnce: request.isOnce });
