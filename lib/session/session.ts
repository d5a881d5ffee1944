import { inspect } from 'node:util';
import { COPY, copyOf, THIS_COPY, VERSION } from '../copies.js';
import { ArgumentError } from '../errors/argument-error.js';
import { BigRecordError } from '../errors/bigrecord-error.js';
import { addCallSite, fromHere } from '../errors/call-site.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { errorFromStatus } from '../errors/from-status.js';
import { GraphQLError, type GraphQLErrorEntry } from '../errors/graphql-error.js';
import { HttpError } from '../errors/http-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { NetworkError } from '../errors/network-error.js';
import { ParseError } from '../errors/parse-error.js';
import { UncertainOutcomeError, uncertainAfter } from '../errors/uncertain-outcome-error.js';
import { eitherOf, sleep } from '../transport/abort.js';
import { checkBody } from '../transport/json-body.js';
import { checkPath } from '../transport/path.js';
import {
  type ApiResponse,
  addressOf,
  type CallOptions,
  callOf,
  checkCall,
  isCreating,
  type Method,
  type RequestDescription,
} from '../transport/request.js';
import { type Reply, type TimedRequest, Transport } from '../transport/transport.js';
import { AccessToken } from './access-token.js';
import { budgetOf, NoBudget, type OnWait, type RateBudget, type RateLimitState } from './budget.js';
import { BULK_OPTIONS, type BulkOptions, type BulkRun, type Source } from './bulk-run.js';
import { storeChanged } from './cache-generation.js';
import { type CircuitBreaker, circuitBreakerOf, type Report } from './circuit-breaker.js';
import { type Gates, gatesOf } from './concurrency-limits.js';
import { checkHeaders, endpointOf, headerValue } from './credentials.js';
import { currentSession, runWith, setDefaultSession } from './current.js';
import { warnOfUnstarted } from './deferred-writes.js';
import { Events, type SessionEventName, type SessionEvents } from './events.js';
import { chain, type Middleware, type Next } from './middleware.js';
import { saveMixed } from './mixed.js';
import { type Logger, REQUEST_OPTIONS, type RequestOptions, SESSION_OPTIONS, type SessionOptions } from './options.js';
import { type Policy, policyOf, positive } from './policy.js';
import type { Priority } from './priority-queue.js';
import type { AttemptResult } from './quota.js';
import { AnswerCache, mayChange } from './response-cache.js';
import { final, mayBeDone, nextTry, type Outcome, REFUSED } from './retry.js';
import { type RetryBudget, retryBudgetOf } from './retry-budget.js';
import { harmlessly, isThenable, reasonOf } from './safe-call.js';
import { Semaphore } from './semaphore.js';
import { isTraced, trace } from './trace.js';

const MEBIBYTE = 1024 * 1024;

/**
 * A way to one store: its credentials, its connections, its policies.
 *
 * Credentials live in private fields: no session, record or error shows them when it is printed or serialised.
 *
 * @example
 * Session.configure({ storeHash: 'abc123', accessToken: '…' });
 * const other = new Session({ storeHash: 'def456', accessToken: '…' });
 * await other.run(async () => (await Product.find(1)).name);
 */
export class Session {
  /** The store's hash; `undefined` on a legacy session. */
  readonly storeHash: string | undefined;
  /** Requests under way at once, at the most. */
  readonly concurrency: number;
  /** What awaiting a relation does; see {@link SessionOptions.preload}. */
  readonly preload: 'auto' | 'lazy' | 'strict';
  readonly #root: string;
  readonly #transport: Transport;
  readonly #events = new Events();
  readonly #middleware: Middleware[] = [];
  readonly #policy: Policy;
  readonly #logger: Logger | undefined;
  readonly #budget: RateBudget;
  readonly #cache: AnswerCache | undefined;
  /** Where `accessToken` is a function. */
  readonly #token: AccessToken | undefined;
  readonly #gates: Gates;
  readonly #retries: RetryBudget;
  readonly #breaker: CircuitBreaker | undefined;
  /** Where requests wait for one of the connections: the transport sends at once what it is given. */
  readonly #connections: Semaphore;
  #underWay = 0;
  /** Called when nothing is under way any more. */
  #idle: (() => void)[] = [];
  #isClosed = false;
  readonly #abort = new AbortController();
  readonly #closing = new AbortController();
  #next: Next;

  /** @internal */
  get [COPY](): typeof THIS_COPY {
    return THIS_COPY;
  }

  /** A session of another copy of this version is a session too. */
  static [Symbol.hasInstance](value: unknown): boolean {
    return (
      Function.prototype[Symbol.hasInstance].call(this, value) ||
      (copyOf(value)?.version === VERSION && (value as object).constructor.name === this.name)
    );
  }

  /** @throws ConfigurationError when an option is missing or wrong; the message names the option, never its value */
  constructor(options: SessionOptions) {
    if (typeof options !== 'object' || options === null)
      throw new ConfigurationError('A session needs options: { storeHash, accessToken }.');
    assertKnownOptions(options, SESSION_OPTIONS, 'A session', ConfigurationError);
    const endpoint = endpointOf(options);
    this.#policy = policyOf(options);
    this.storeHash = endpoint.storeHash;
    this.#root = endpoint.root;
    this.#logger = options.logger;
    this.concurrency = Math.ceil(positive('concurrency', options.concurrency ?? 8));
    this.preload = oneOf('preload', options.preload ?? 'auto', ['auto', 'lazy', 'strict']);
    this.#transport = new Transport(endpoint, {
      timeout: this.#policy.timeout,
      concurrency: this.concurrency,
      maxResponseBytes: positive('maxResponseBytes', options.maxResponseBytes ?? 50 * MEBIBYTE),
      network: options,
    });
    this.#connections = new Semaphore(this.concurrency);
    this.#breaker = circuitBreakerOf(endpoint.root, options.circuitBreaker);
    const { accessToken } = options;
    if (typeof accessToken === 'function') this.#token = new AccessToken(accessToken, (token) => this.#authenticate(token));
    this.#budget = budgetFor(endpoint.root, options.rateLimit);
    this.#cache = options.cache ? new AnswerCache(options.cache, endpoint.root, endpoint.headers) : undefined;
    this.#gates = gatesOf(endpoint.root);
    this.#retries = retryBudgetOf(endpoint.root);
    this.#next = this.#link();
    if (isTraced()) trace(this.#events);
  }

  /** Makes the session that everything uses which has no other, and returns it. A second call replaces it; records keep theirs. */
  static configure(options: SessionOptions): Session {
    const session = new Session(options);
    setDefaultSession(session);
    return session;
  }

  /**
   * Configures the shared session from the environment: `BIGCOMMERCE_STORE_HASH`, `BIGCOMMERCE_ACCESS_TOKEN`,
   * `BIGCOMMERCE_CLIENT_ID`, `BIGCOMMERCE_API_URL`; `options` win over it.
   */
  static fromEnv(options: SessionOptions = {}, env: Readonly<Record<string, string | undefined>> = process.env): Session {
    return Session.configure({
      storeHash: env['BIGCOMMERCE_STORE_HASH'] || undefined,
      accessToken: env['BIGCOMMERCE_ACCESS_TOKEN'] || undefined,
      clientId: env['BIGCOMMERCE_CLIENT_ID'] || undefined,
      baseUrl: env['BIGCOMMERCE_API_URL'] || undefined,
      ...options,
    });
  }

  /**
   * The session that is in force here: that of the surrounding `run()`, else the configured one.
   *
   * @throws ConfigurationError when there is none
   */
  static get default(): Session {
    return currentSession();
  }

  /** Runs `work` with this session in force, through all its awaits, timers and callbacks (AsyncLocalStorage). */
  run<T>(work: () => T): T {
    return runWith(this, work);
  }

  /** Adds a link to the chain that every request goes down and every answer comes up. The first added is the outermost. */
  use(middleware: Middleware): this {
    this.#middleware.push(middleware);
    this.#next = this.#link();
    return this;
  }

  /** Whether both lead to the same store, with whatever credentials. */
  isSameStore(other: Session): boolean {
    return this.#root === other.#root;
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
   * Saves records of any models, in as few requests as the API allows: parents before children.
   *
   * @example
   * const { failed } = await session.saveAll([product, image, customer]);
   */
  saveAll<T extends object>(records: Source<T>, options: BulkOptions = {}): BulkRun<T> {
    checkCall('saveAll()', options, BULK_OPTIONS);
    return this.run(() => saveMixed(records, options));
  }

  /** `GET` a path for which there is no model. @example await session.get('/catalog/summary') */
  get(path: string, options?: RequestOptions): Promise<ApiResponse> {
    return this.request('GET', path, options);
  }

  post(path: string, options?: RequestOptions): Promise<ApiResponse> {
    return this.request('POST', path, options);
  }

  put(path: string, options?: RequestOptions): Promise<ApiResponse> {
    return this.request('PUT', path, options);
  }

  patch(path: string, options?: RequestOptions): Promise<ApiResponse> {
    return this.request('PATCH', path, options);
  }

  delete(path: string, options?: RequestOptions): Promise<ApiResponse> {
    return this.request('DELETE', path, options);
  }

  /**
   * Asks the GraphQL Admin API, and gives the `data` of its answer.
   *
   * @throws GraphQLError when the answer holds errors, which come with status 200; the partial data is on the error
   * @example
   * const { store } = await session.graphql<{ store: { name: string } }>('query { store { name } }');
   */
  async graphql<T = unknown>(query: string, variables: Readonly<Record<string, unknown>> = {}, options: CallOptions = {}): Promise<T> {
    checkCall('graphql()', options);
    const request: RequestDescription = {
      method: 'POST',
      version: undefined,
      path: '/graphql',
      query: {},
      body: { query, variables: checkBody(variables, 'variables') },
      ...callOf(options),
    };
    const { status, headers, body } = await fromHere(() => this.send(request));
    const { data, errors } = (body ?? {}) as { data?: unknown; errors?: GraphQLErrorEntry[] };
    if (data === undefined && errors === undefined && isCreating(request)) {
      const error = nothingTold(status, headers);
      this.#tell(request, error);
      throw error;
    }
    if (Array.isArray(errors) && errors.length > 0) throw new GraphQLError(errors, data);
    return data as T;
  }

  /**
   * Sends a request to a path below the version, `/catalog/summary`, and gives the answer as it came, envelope and all.
   *
   * @throws ArgumentError for a path that holds a query or would lead elsewhere; HttpError for a status other than 2xx
   */
  async request(method: Method, path: string, options: RequestOptions = {}): Promise<ApiResponse> {
    checkCall(`${method} ${String(path).slice(0, 100)}`, options, REQUEST_OPTIONS);
    const { version = 'v3', query = {}, body, headers, ...call } = options;
    const sent = body instanceof FormData ? body : checkBody(body, 'body');
    return fromHere(() =>
      this.send({ method, version, path: checkPath(path), query, body: sent, headers: checkHeaders(headers), ...callOf(call) }),
    );
  }

  /**
   * Sends a described request: through the middleware, with repetitions where they are safe.
   *
   * @throws HttpError for a status other than 2xx; NetworkError, TimeoutError, UncertainOutcomeError, ParseError
   */
  send(request: RequestDescription): Promise<ApiResponse> {
    return this.#carry(request, async () => {
      const answer = await this.#next(request);
      if (isSuccess(answer)) return answer;
      throw refusal(request, answer);
    });
  }

  /**
   * Sends before the time at which the answer is wanted, and gives what parses it then: in bytes it takes less memory.
   * Middleware sees answers when they come.
   *
   * @internal
   */
  async sendAhead(request: RequestDescription): Promise<() => ApiResponse> {
    if (this.#middleware.length > 0 || this.#cache !== undefined) {
      const answer = await this.send(request);
      return () => answer;
    }
    const reply = await this.#carry(request, async () => {
      const answer = await this.#repeat(request);
      if (isSuccess(answer)) return answer;
      throw refusal(request, answer.read());
    });
    return () => {
      try {
        return reply.read();
      } catch (error) {
        this.#tell(request, error);
        throw error;
      }
    };
  }

  /**
   * Goes on with another access token, when the store has issued a new one: requests that still wait are sent with it.
   *
   * @throws ConfigurationError on a legacy session, and for a text that is no token
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

  /** Forgets all answers that are kept of this store: where others have changed it, as a webhook tells. */
  async clearCache(): Promise<void> {
    await storeChanged(this.#root);
  }

  /** What is known of the store's quota. */
  get rateLimit(): RateLimitState {
    return this.#budget.state;
  }

  /**
   * Ends the session: nothing new is sent, and its connections are closed once all that is under way has been answered.
   * With `{ abort: true }` what is under way is ended at once.
   *
   * @example
   * process.once('SIGTERM', () => session.close());
   */
  async close(options: { abort?: boolean } = {}): Promise<void> {
    // A listener may be called with the name of a signal: closing must not fail for that.
    if (typeof options === 'object') checkCall('close()', options, { abort: 1 });
    const { abort = false } = options;
    this.#isClosed = true;
    warnOfUnstarted(this);
    this.#closing.abort(
      new ConfigurationError('The session was closed while the store was left alone after its failures. Nothing was sent.'),
    );
    if (abort) {
      this.#abort.abort(new ConfigurationError('The session was closed.'));
      this.#transport.close();
    }
    if (this.#underWay > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
    this.#transport.close();
  }

  /** `await using session = new Session(…)` closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** What may be shown: the store, nothing of its credentials. */
  toJSON(): { storeHash: string | undefined } {
    return { storeHash: this.storeHash };
  }

  [inspect.custom](): string {
    return `Session { storeHash: ${inspect(this.storeHash)} }`;
  }

  #link(): Next {
    const cache = this.#cache;
    const send: Next = async (request) => (await this.#repeat(request)).read();
    if (cache === undefined) return chain(this.#middleware, send);
    return chain(this.#middleware, (request) =>
      cache.pass(request, send, () => this.#log('debug', () => `${request.method} ${addressOf(request)} kept`)),
    );
  }

  /** Does the work of one call: the session is not idle meanwhile, and its failure is told. */
  async #carry<T>(request: RequestDescription, work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new ConfigurationError('The session is closed: make a new one. Nothing was sent.');
    try {
      return await this.#busy(async () => {
        if (this.#token !== undefined && this.#token.current === undefined) await this.#token.ready();
        return work();
      });
    } catch (error) {
      this.#tell(request, addCallSite(error));
      throw error;
    }
  }

  async #busy<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay++;
    try {
      return await work();
    } finally {
      if (--this.#underWay === 0) for (const call of this.#idle.splice(0)) call();
    }
  }

  #tell(request: RequestDescription, error: unknown): void {
    if (!(error instanceof BigRecordError)) return;
    const attempts = 'attempts' in error ? Number(error.attempts) : 1;
    this.#events.emit('error', () => ({ ...this.#exchange(request, attempts), error }));
    this.#log(
      'error',
      () => `${request.method} ${addressOf(request)} failed: ${labelOf(error)}${attempts > 1 ? ` (try ${attempts})` : ''}`,
    );
  }

  /** Sends until it is answered for good; busy until then, whether or not a middleware waits for it. */
  #repeat(request: RequestDescription): Promise<Reply> {
    return this.#busy(async () => {
      try {
        return await this.#tryOften(request);
      } finally {
        if (mayChange(request)) await storeChanged(this.#root);
      }
    });
  }

  async #tryOften(request: RequestDescription): Promise<Reply> {
    const policy = policyOf(request, this.#policy, ArgumentError);
    const { signal, release } = eitherOf(request.signal, this.#abort.signal);
    const { method, priority = 'interactive' } = request;
    let outcome: Outcome = {};
    let wasTried = false;
    // Of the operation's time: waiting for quota, at a gate or for a connection does not count.
    let spentMs = 0;
    try {
      for (let number = 1; ; number++) {
        const left = { ...policy.timeout, total: policy.timeout.total - spentMs };
        const timed = { ...request, signal, timeout: number === 1 && request.timeout === undefined ? undefined : left };
        let admission: Admission;
        try {
          admission = await this.#admit(timed, number);
        } catch (error) {
          if (number === 1 || signal.aborted) throw error;
          return final(method, outcome, number - 1, wasTried);
        }
        const begun = performance.now();
        outcome = await this.#try(timed, number, admission);
        const next = signal.aborted ? undefined : nextTry(method, outcome, number, policy.retry);
        spentMs += performance.now() - begun + (next?.waitMs ?? 0);
        const isHeld = priority === 'interactive' && this.#breaker?.isHolding;
        if (next === undefined || isHeld || spentMs >= policy.timeout.total || !this.#mayRepeat(next.reason))
          return final(method, outcome, number, wasTried);
        wasTried ||= mayBeDone(outcome);
        const { reason, waitMs } = next;
        this.#events.emit(reason === REFUSED ? 'throttle' : 'retry', () => ({ ...this.#exchange(request, number), waitMs, reason }));
        this.#log('warn', () => `${method} ${addressOf(request)}: ${reason}, trying again in ${Math.round(waitMs)} ms`);
        await sleep(waitMs, signal);
      }
    } finally {
      release();
    }
  }

  /** Waiting for quota is no failure of the store; what else is repeated costs the store's budget of repetitions. */
  #mayRepeat(reason: string): boolean {
    return reason === REFUSED || this.#retries.take();
  }

  /**
   * Waits until the store may be asked at all, then at the gate of the operation, for the store's quota, and for a connection:
   * what is let go is sent at once.
   */
  async #admit(request: TimedRequest & { readonly signal: AbortSignal }, attempt: number): Promise<Admission> {
    const { method, signal, priority = 'interactive' } = request;
    const throttled = (waitMs: number, reason: string): void => {
      if (attempt > 1 && reason === 'pause') return; // this request's own answer asked for the pause, and that was told
      this.#events.emit('throttle', () => ({ ...this.#exchange(request, attempt), waitMs, reason }));
    };
    for (;;) {
      signal.throwIfAborted();
      await this.#passBreaker(request, priority, signal);
      const undo: (() => void)[] = [];
      try {
        const gate = await this.#gates.enter(method, addressOf(request), priority, signal, throttled);
        if (gate !== undefined) undo.push(gate);
        await this.#acquire(priority, signal, throttled);
        undo.push(() => this.#spend({ isSent: false }));
        const freeConnection = await this.#connections.enter(priority, signal, throttled);
        undo.push(freeConnection);
        const report = this.#breaker === undefined ? () => {} : this.#breaker.begin();
        if (report !== undefined) {
          undo.length = 0;
          return {
            report,
            leave: () => {
              freeConnection();
              gate?.();
            },
          };
        }
      } finally {
        for (const each of undo) each();
      }
    }
  }

  async #passBreaker(request: RequestDescription, priority: Priority, signal: AbortSignal): Promise<void> {
    if (!this.#breaker?.isHolding) return;
    // A session that is closed waits for what is under way, not for a store that is down.
    const either = eitherOf(signal, this.#closing.signal);
    try {
      await this.#breaker.pass(`${request.method} ${addressOf(request)}`, priority, either.signal);
    } finally {
      either.release();
    }
  }

  /** A budget of the user's that fails is done without. */
  async #acquire(priority: Priority, signal: AbortSignal, throttled: OnWait): Promise<void> {
    try {
      const turn = this.#budget.acquire(priority, signal, throttled);
      if (turn !== undefined) await turn;
    } catch (error) {
      if (signal.aborted || error instanceof BigRecordError) throw error;
      const fail = (): never => {
        throw error;
      };
      harmlessly('acquire() of rateLimit', fail, this.#budget);
    }
  }

  #spend(spent: AttemptResult): void {
    harmlessly('release() of rateLimit', () => this.#budget.release(spent), this.#budget);
  }

  /** Sends once. */
  async #try(request: TimedRequest, attempt: number, { report, leave }: Admission): Promise<Outcome> {
    const begun = performance.now();
    const elapsed = (): number => performance.now() - begun;
    this.#events.emit('request', () => this.#exchange(request, attempt));
    try {
      const answer = await this.#sendAs(request);
      const { status, headers, requestId } = answer;
      const ms = elapsed();
      this.#spend({ status, headers, ms });
      report(status < 500);
      if (status < 400) this.#retries.succeeded();
      this.#events.emit('response', () => ({ ...this.#exchange(request, attempt), status, ms, requestId }));
      this.#log('debug', () => `${request.method} ${addressOf(request)} ${status} ${Math.round(ms)} ms`);
      return { answer };
    } catch (error) {
      this.#spend({ ms: elapsed(), isSent: !(error instanceof NetworkError && error.sent === 'no') });
      report(worksAfter(error, request.signal));
      return { error };
    } finally {
      leave();
    }
  }

  /** Sends, and once more with another token where the function that gives it has one after a 401. */
  async #sendAs(request: TimedRequest): Promise<Reply> {
    const token = this.#token;
    const used = token?.current;
    const reply = await this.#transport.send(request);
    return reply.status === 401 && token !== undefined && (await token.renewed(used)) ? this.#transport.send(request) : reply;
  }

  #log(level: keyof Logger, line: () => string): void {
    const logger = this.#logger;
    if (logger === undefined) return;
    const call = (): unknown => (level === 'error' && logger.error === undefined ? logger.warn(line()) : logger[level]?.(line()));
    harmlessly(`the logger's ${level}()`, call, logger);
  }

  #exchange(request: RequestDescription, attempt: number): SessionEvents['request'] {
    return { store: this.storeHash, method: request.method, path: addressOf(request), query: request.query, attempt };
  }
}

/** A mutation was answered, and what became of it is not said. */
function nothingTold(status: number, headers: ApiResponse['headers']): UncertainOutcomeError {
  const requestId = headers['x-request-id'];
  const message = `POST /graphql answered ${status} without \`data\` or \`errors\`.`;
  const shown: Record<string, string> = requestId === undefined ? {} : { 'x-request-id': requestId };
  return uncertainAfter(new ParseError(message, { status, method: 'POST', path: '/graphql', body: undefined, headers: shown }));
}

/** What a log may say of an error: its message may hold parts of a body. */
function labelOf(error: BigRecordError): string {
  const { status, code, requestId } = error as Partial<Readonly<Record<'status' | 'code' | 'requestId', unknown>>>;
  const known = [status, code, requestId === undefined ? undefined : `request ${requestId}`].filter((each) => each !== undefined);
  return `${error.name}${known.length === 0 ? '' : ` (${known.join(', ')})`}`;
}

/** What a request needs that is let go: whom to tell how it ended, and how to make room for the next. */
interface Admission {
  readonly report: Report;
  leave(): void;
}

/** What an error tells of the store: a connection that comes to nothing, that it does not work; one that its caller ended, nothing. */
function worksAfter(error: unknown, signal: AbortSignal | undefined): boolean | undefined {
  if (error instanceof HttpError) return error.status < 500;
  if (error instanceof UncertainOutcomeError && error.status !== undefined) return error.status < 500;
  return error instanceof NetworkError && !signal?.aborted ? false : undefined;
}

const isSuccess = ({ status }: { readonly status: number }): boolean => status >= 200 && status < 300;

const refusal = (request: RequestDescription, { status, headers, body }: ApiResponse): Error =>
  errorFromStatus({ status, headers, body, method: request.method, path: addressOf(request) });

function budgetFor(store: string, given: SessionOptions['rateLimit']): RateBudget {
  if (given === undefined) return budgetOf(store);
  if (given === false) return new NoBudget();
  const budget: unknown = typeof given === 'function' ? made(store, given) : given;
  if (isBudget(budget)) return budget;
  if (isThenable(budget)) Promise.resolve(budget).catch(() => {}); // the error below tells of it
  throw new ConfigurationError(
    'rateLimit is false, a budget such as redisBudget() of bigrecord/redis, a function that returns one at once, or left out.',
  );
}

function made(store: string, make: (store: string) => RateBudget): unknown {
  try {
    return make(store);
  } catch (error) {
    throw new ConfigurationError(`The function of rateLimit threw: ${reasonOf(error)}`, { cause: error });
  }
}

const isBudget = (value: unknown): value is RateBudget =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Partial<RateBudget>).acquire === 'function' &&
  typeof (value as Partial<RateBudget>).release === 'function';

function oneOf<T extends string>(name: string, value: T, known: readonly T[]): T {
  if (known.includes(value)) return value;
  throw new ConfigurationError(`${name} must be one of ${known.map((each) => `'${each}'`).join(', ')}.`);
}
