import type { StoreChange } from './changes.js';
import { type DeliveryReport, deliverTo, deliveryOf, hooksFor, type Sender } from './deliveries.js';
import { eventsOf } from './events/index.js';
import type { Entry, Tables } from './tables.js';

/** Taken early: fake timers of a user's tests must not stop deliveries. */
const { setImmediate } = globalThis;

/** How many reports are kept for those who ask. */
const MOST_REPORTS = 1000;
const EXCEPTION = 'store/hook/deliveryException';
const EXCEPTION_PAUSE_MS = 600_000;

/**
 * Notifies hooks of what clients change, in the background: the events of a request are sent when it has been answered. They are sent one
 * after another, in the order of the changes; an event that a hook has not accepted is sent again beside later ones.
 */
export class Outbox {
  readonly #sender: () => Sender;
  readonly #changes: StoreChange[] = [];
  readonly #reports: Promise<DeliveryReport>[] = [];
  /** When each destination was last complained about. */
  readonly #complaints = new Map<string, number>();
  readonly #tables: Tables;
  #turn: Promise<unknown> = Promise.resolve();
  #stopping = new AbortController();

  /** @param sender called each time, since a test may change how long a store waits */
  constructor(tables: Tables, sender: () => Sender) {
    this.#tables = tables;
    this.#sender = sender;
    tables.changes.listen((change) => {
      // A store without hooks has nothing to do.
      if (
        !tables
          .of('/hooks')
          .list()
          .some(({ values }) => values['is_active'] !== false)
      )
        return;
      // What no request has changed is sent too.
      if (this.#changes.push(change) === 1) setImmediate(() => this.flush());
    });
  }

  /** Is aborted when deliveries that are under way have to end. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Sends the events of the changes so far, which are those of one request. */
  flush(): void {
    if (this.#changes.length === 0) return;
    for (const { scope, data } of eventsOf(this.#changes.splice(0), this.#tables)) this.#send(scope, data);
  }

  /** Gives up what is under way, and forgets what was. */
  reset(): void {
    this.#stopping.abort();
    this.#stopping = new AbortController();
    this.#changes.length = 0;
    this.#reports.length = 0;
    this.#complaints.clear();
    this.#turn = Promise.resolve();
  }

  /** Waits until hooks have accepted, or not accepted in the end, what is under way. Returns the reports since the last call. */
  async finished(): Promise<DeliveryReport[]> {
    // What no request has changed, such as the records of a test, is not sent yet.
    this.flush();
    const reports: DeliveryReport[] = [];
    while (this.#reports.length > 0) reports.push(...(await Promise.all(this.#reports.splice(0))));
    return reports;
  }

  #send(scope: string, data: object, suits: (hook: Entry) => boolean = () => true): void {
    const sender = this.#sender();
    const hooks = hooksFor(scope, this.#tables).filter(suits);
    if (hooks.length === 0) return;
    const delivery = deliveryOf(sender, scope, data);
    const earlier = this.#turn.then(afterResponse);
    const reports = hooks.map((hook) => {
      let onAttempt = (): void => {};
      const attempted = new Promise<void>((resolve) => (onAttempt = resolve));
      const report = earlier.then(() =>
        deliverTo(hook, delivery, sender, (failed, isLast) => {
          onAttempt();
          this.#complain(failed, isLast);
        }),
      );
      return { report, attempted: Promise.race([attempted, report]) };
    });
    this.#turn = Promise.all(reports.map(({ attempted }) => attempted));
    this.#reports.push(...reports.map(({ report }) => report));
    if (this.#reports.length > MOST_REPORTS) this.#reports.splice(0, this.#reports.length - MOST_REPORTS);
  }

  /** Tells other hooks of a failure: of repeated ones every ten minutes at most (integrations/webhooks/events, delivery exception hooks). */
  #complain({ key, values }: Entry, isLast: boolean): void {
    const destination = String(values['destination']);
    const now = this.#tables.clock.now();
    const last = this.#complaints.get(destination) ?? Number.NEGATIVE_INFINITY;
    if (values['scope'] === EXCEPTION || (!isLast && now - last < EXCEPTION_PAUSE_MS)) return;
    this.#complaints.set(destination, now);
    const [error_code, outcome] = isLast ? [90002, 'the hook is disabled'] : [90001, 'will retry'];
    const message = `Non-200 response received when delivering to ${destination}, ${outcome}`;
    const isElsewhere = (hook: Entry): boolean => hook.values['destination'] !== destination && hook.values['scope'] === EXCEPTION;
    this.#send(EXCEPTION, { type: 'webhook', id: Number(key), error_code, message }, isElsewhere);
  }
}

/** Waits until responses that are ready have been written. */
const afterResponse = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
