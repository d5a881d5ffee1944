import type { Model, ModelClass } from '../model/model.js';
import type { ListedScope, UnlistedScope } from '../resources/webhook-scopes.js';
import { duration } from '../transport/option-values.js';
import type { DataOf } from '../webhooks/event.js';
import { completePaidOrders } from './actions/checkout-order.js';
import { App, type Authorization, type StoreCredentials } from './app.js';
import { ageCarts } from './cart-ages.js';
import type { Clock } from './clock.js';
import { type DeliveryReport, deliver, type Sender } from './deliveries.js';
import { Factories, type Made } from './factories/factories.js';
import type { BuildAttributes, StoredAttributes } from './factories/factory.js';
import type { GivenParents } from './factories/given-parents.js';
import type { Fault } from './faults.js';
import { openInProcess } from './in-process.js';
import { INSIDE, type Inside } from './inside.js';
import { checkOptions, type SandboxOptions } from './options.js';
import { Outbox } from './outbox.js';
import { RateLimit } from './rate-limit.js';
import { ResourceRows } from './resource-rows.js';
import { type LoggedRequest, Responder } from './responder.js';
import { READY_MODELS, type Router, routerFor } from './router.js';
import { seedOf } from './seeds.js';
import { type Listening, listen } from './server.js';
import { readSnapshot, restoreTo, type Snapshot, snapshotAsJson } from './snapshot.js';
import { Tables } from './tables.js';

const STORE_HASH = 'sandbox';
const CLIENT_ID = 'sandbox-client-id';

/**
 * An embedded store that speaks V2 and V3 over real HTTP on 127.0.0.1, or without a socket: for examples, and for your own tests.
 *
 * @example
 * const store = await Sandbox.start();
 * Session.configure(store.credentials);
 * …
 * await store.stop();
 */
export class Sandbox {
  /** All requests so far, in order of arrival. May be emptied. */
  readonly requests: LoggedRequest[];
  /** The current quota; its `quota` and `windowMs` may be changed. */
  readonly rateLimit: RateLimit;
  /** The time of the store: of its stamps, its quota, its tokens. */
  readonly clock: Clock;
  /** The secret of the app that this store belongs to. */
  readonly clientSecret: string;
  /** Factor of the waits between the attempts of a delivery: 0.001, the default, makes the minute of the schedule 60 ms. May be changed. */
  deliveryTimeScale = 0.001;
  readonly #options: SandboxOptions;
  readonly #tables = new Tables();
  readonly #app: App;
  readonly #outbox: Outbox;
  readonly #responder: Responder;
  /** The state after the start. */
  readonly #beginning: Snapshot;
  readonly #factories: Factories;
  #listening!: Listening;

  private constructor(options: SandboxOptions, router: Router) {
    const { models = [], seed = 'demo', graphql } = options;
    this.#options = options;
    this.#beginning = seedOf(seed, models);
    this.clock = this.#tables.clock;
    this.#app = new App(() => this.credentials, this.clock);
    this.clientSecret = this.#app.clientSecret;
    this.rateLimit = new RateLimit(0, 0, this.clock);
    for (const path of router.served) this.#tables.serve(path);
    this.#tables.owner = { storeHash: options.storeHash ?? STORE_HASH, clientId: CLIENT_ID };
    this.#outbox = new Outbox(this.#tables, () => this.#senderOf(this.deliveryTimeScale));
    completePaidOrders(this.#tables);
    ageCarts(this.#tables);
    this.#responder = new Responder({
      app: this.#app,
      rateLimit: this.rateLimit,
      route: router.route,
      tables: this.#tables,
      outbox: this.#outbox,
      graphql,
      credentials: () => this.credentials,
    });
    this.requests = this.#responder.requests;
    this.#factories = new Factories({
      tables: this.#tables,
      route: router.route,
      models: [...READY_MODELS, ...models],
      root: () => `${this.credentials.baseUrl}/stores/${this.credentials.storeHash}`,
    });
    this.reset();
  }

  /** Starts a store. @throws ConfigurationError if an option is wrong, or hono or @hono/node-server is not installed */
  static async start(options: SandboxOptions = {}): Promise<Sandbox> {
    checkOptions(options);
    const sandbox = new Sandbox(options, await routerFor(options.models));
    const { respond } = sandbox.#responder;
    sandbox.#listening = options.port === false ? openInProcess(respond) : await listen(respond, options.port ?? 0);
    return sandbox;
  }

  /** Milliseconds before each response. @throws ConfigurationError if it is longer than a timer can wait */
  get latency(): number {
    return this.#responder.latency;
  }

  set latency(ms: number) {
    this.#responder.latency = ms === 0 ? 0 : duration('latency', ms);
  }

  /** The options with which `Session.configure` or `new Session` connect to this store. They are plain JSON. */
  get credentials(): StoreCredentials {
    const { storeHash = STORE_HASH, accessToken = 'sandbox-access-token' } = this.#options;
    return { storeHash, accessToken, clientId: CLIENT_ID, baseUrl: this.#listening.baseUrl };
  }

  /** Issues a code that works once. Returns the options with which `fetchToken` gets a token of this store. */
  authorize(scope = 'store_v2_products'): Authorization {
    return this.#app.authorize(scope);
  }

  /** Signs a `signed_payload_jwt` like the platform. Claims may be replaced, to test what the app must refuse. */
  signPayload(claims: Readonly<Record<string, unknown>> = {}, secret: string = this.clientSecret): string {
    return this.#app.signPayload(claims, secret);
  }

  /** Signs a `signed_payload` in the legacy form. */
  signLegacyPayload(payload: Readonly<Record<string, unknown>> = {}, secret: string = this.clientSecret): string {
    return this.#app.signLegacyPayload(payload, secret);
  }

  /**
   * Delivers an event as the platform does: signed, to all active hooks of the scope, again after the documented waits until it is
   * accepted. A hook that never accepts it is deactivated. What clients change is delivered without this: see {@link deliveries}.
   *
   * @param timeScale in place of `deliveryTimeScale`
   * @throws ArgumentError for a misspelt scope
   * @example await store.deliver('store/order/created', { type: 'order', id: 100 });
   */
  deliver<Scope extends ListedScope>(scope: Scope, data: DataOf<Scope>, timeScale?: number): Promise<DeliveryReport[]>;
  /** Delivers an event of a scope that the documentation does not list: `Webhook.scope('store/new/thing')`. */
  deliver(scope: UnlistedScope, data: object, timeScale?: number): Promise<DeliveryReport[]>;
  deliver(scope: string, data: object, timeScale: number = this.deliveryTimeScale): Promise<DeliveryReport[]> {
    return deliver(this.#senderOf(timeScale), scope, data);
  }

  /**
   * Waits for the deliveries of what clients and `store.create` have changed, and returns those since the last call. A hook gets them in the
   * background, after the response to the request; one that does not accept them is tried again, at most eleven times.
   *
   * @example
   * await Product.create({ name: 'Mug', type: 'physical', weight: 1, price: 9 });
   * await store.deliveries();        // [{ scope: 'store/product/created', data: { type: 'product', id: 61 }, destination: …, statuses: [200] }]
   */
  deliveries(): Promise<DeliveryReport[]> {
    return this.#outbox.finished();
  }

  #senderOf(timeScale: number): Sender {
    const { storeHash } = this.#tables.owner;
    return { tables: this.#tables, clientSecret: this.clientSecret, storeHash, timeScale, signal: this.#outbox.signal };
  }

  /**
   * Stores a record as a client would, and returns it as saved. Attributes that are left out and the store requires are filled in:
   * names, references to rows that exist, parents. Attributes that only the store sets may be given too.
   *
   * @param model a model, or a `factory()` of `bigrecord/testing`
   * @param parents the parents in the path, or their keys, by name or as `of()` takes them; created if they are left out
   * @throws ArgumentError for a misspelt attribute or parent, and if the store refuses the record
   * @example
   * const product = store.create(Product, { price: 5 });
   * store.create(ProductImage, {}, { product_id: product });
   */
  create<M extends Model>(model: Made<M>, attributes?: NoInfer<StoredAttributes<M>>, parents: GivenParents = {}): M {
    return this.#factories.create(model, attributes ?? {}, parents);
  }

  /** Stores several records, with the same attributes. @example store.createMany(Product, 3, { name: (n) => `Mug ${n}` }); */
  createMany<M extends Model>(model: Made<M>, count: number, attributes?: NoInfer<StoredAttributes<M>>, parents: GivenParents = {}): M[] {
    return Array.from({ length: count }, () => this.create(model, attributes, parents));
  }

  /**
   * Returns a new record that the store accepts when it is saved. What it refers to is created.
   *
   * @throws ArgumentError for a misspelt attribute
   * @example await store.build(Product, { price: 5 }).save();
   */
  build<M extends Model>(model: Made<M>, attributes?: NoInfer<BuildAttributes<M>>, parents: GivenParents = {}): M {
    return this.#factories.build(model, attributes ?? {}, parents);
  }

  /** Returns all rows of a model as the API shows them, without a request. @example store.rows(Product).map(({ sku }) => sku); */
  rows(model: ModelClass): Record<string, unknown>[] {
    return this.#factories.rows(model);
  }

  /**
   * Stores rows without a request, including read-only attributes and embedded children. Hooks are not told. The one record of a singleton
   * resource takes the values that are given.
   */
  insert<M extends Model>(
    model: ModelClass<M>,
    rows: readonly Record<string, unknown>[],
    parents: Readonly<Record<string, number | string>> = {},
  ): void {
    const keys = Object.entries(parents).map(([name, key]) => [name, String(key)]);
    const table = new ResourceRows(model.resource, this.#tables);
    for (const row of rows) table.give(row, Object.fromEntries(keys));
  }

  /**
   * Puts the store back into the state after its start: rows, keys, requests, faults, latency, quota, time and codes. The numbers of
   * `store.create` begin with 1 again. Requests under way are broken off. Takes less than a millisecond, so that each test can begin with it.
   */
  reset(): void {
    this.#begin(this.#beginning);
    this.#factories.reset();
  }

  /** Takes the rows and the time of a snapshot, and forgets what has happened. */
  #begin(snapshot: Snapshot): void {
    const { latency = 0, rateLimit = {} } = this.#options;
    restoreTo(this.#tables, snapshot);
    this.#responder.reset();
    this.latency = latency;
    this.rateLimit.reset(rateLimit.quota ?? 1_000_000, rateLimit.windowMs ?? 30_000);
    this.#app.reset();
    this.#outbox.reset();
  }

  /** Returns all rows with the counters of their keys, and the time of the store, as plain JSON: for `restore()`, or for a file. */
  snapshot(): Snapshot {
    return snapshotAsJson(this.#tables);
  }

  /**
   * Does what {@link reset} does, with the rows, keys and time of a snapshot of this store or another: requests, faults and codes are
   * forgotten; latency and quota are those of the start. The numbers of `store.create` go on.
   *
   * @throws ArgumentError if it is not a snapshot
   * @example
   * const filled = store.snapshot();
   * beforeEach(() => store.restore(filled));
   */
  restore(snapshot: Snapshot): void {
    this.#begin(readSnapshot(snapshot));
  }

  /**
   * Makes the next matching requests fail. After a 429 a session waits until the window of the quota ends, 30 seconds by default, as on a
   * real store. For a test, shorten the window, or the wait of this one response.
   *
   * @example
   * store.fail({ status: 503, times: 2, path: '/v3/catalog/products' });
   * store.rateLimit.windowMs = 100;
   * store.fail({ status: 429 });                                                          // waits 100 ms
   * store.fail({ status: 429, headers: { 'x-rate-limit-time-reset-ms': '10' } });
   */
  fail(fault: Fault): void {
    this.#responder.faults.add(fault);
  }

  /** Removes the remaining faults. */
  heal(): void {
    this.#responder.faults.clear();
  }

  /** @internal */
  get [INSIDE](): Inside {
    const { respond, faults } = this.#responder;
    return { respond, faults, tables: this.#tables };
  }

  /**
   * Stops listening, closes all connections and gives up deliveries that are under way. Whoever still uses the store gets an error that says
   * so.
   */
  async stop(): Promise<void> {
    this.#outbox.reset();
    await this.#listening.close();
  }
}
