import type { BackendHealth } from '../session/backend-health.js';
import { type Priority, PriorityQueue } from '../session/priority-queue.js';
import { type AttemptResult, Quota } from '../session/quota.js';
import {
  assertRoom,
  type Gate,
  nextTurn,
  type OnWait,
  type RateBudget,
  type RateLimitState,
  reportWait,
  stateOf,
} from '../session/rate-budget.js';
import { MAX_TIMER_MS } from '../transport/abort.js';
import type { Lease, LeaseClient, PlacesAsked, Turn } from './lease-client.js';
import { LeaseReport } from './lease-report.js';
import { LeasedGate } from './leased-gate.js';
import { LeasedRetries } from './leased-retries.js';
import { partOf } from './quota-part.js';

/** While anything is held, Redis hears of this process so often: one that is silent for 4 seconds counts as gone. */
const HEARTBEAT_MS = 1500;
/** After this long without a reply this process may count as gone: what it was given is not used any more. */
const VALID_MS = 3500;
/** The end of a window is known to some milliseconds. */
const MARGIN_MS = 5;
/** Random delay, so that processes that wait for the same moment do not all ask in the same millisecond. */
const SPREAD_MS = 8;
/** Longest wait for a turn that a process gives itself, before it looks whether Redis is back. */
const LONGEST_ALONE_MS = 1000;

/** Paces the requests of this process to one store by leases of a budget in Redis. */
export class LeasedBudget implements RateBudget {
  readonly #client: LeaseClient;
  readonly #health: BackendHealth;
  readonly #queue = new PriorityQueue();
  /** What this process knows of the quota, from the responses and from Redis: all there is while Redis is away. */
  readonly #quota = new Quota();
  readonly #report = new LeaseReport();
  readonly #gates = new Map<string, LeasedGate>();
  #turns: Turn[] = [];
  /** Until when Redis surely knows that this process has its turns. */
  #validUntil = 0;
  #heldByOthers = 0;
  #processes = 1;
  #askAgainAt = 0;
  /** Interactive calls that wait, and whether Redis had nothing for them either. */
  #interactive = 0;
  #isInteractiveDenied = false;
  #isAsking = false;
  /** Whether Redis did not respond when it was last asked: this process goes by itself until it does. */
  #isAlone = false;
  /** Callbacks that report waiting requests and have not been called yet. */
  readonly #unreported = new Set<OnWait>();
  #wakeUp: NodeJS.Timeout | undefined;
  #tell: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  readonly retries = new LeasedRetries(this.#report, () => this.#askForMore());

  constructor(client: LeaseClient, health: BackendHealth) {
    this.#client = client;
    this.#health = health;
  }

  acquire(priority: Priority, signal: AbortSignal | undefined, onWait: OnWait): Promise<void> {
    assertRoom(this.#queue);
    this.#unreported.add(onWait);
    const isInteractive = priority === 'interactive';
    if (isInteractive) this.#interactive++;
    const turn = this.#queue.wait(priority, signal).finally(() => {
      this.#unreported.delete(onWait);
      if (isInteractive) this.#interactive--;
    });
    // What bulk work was told does not hold for an interactive call.
    if (isInteractive && !this.#isInteractiveDenied) this.#askAgainAt = 0;
    this.#pump();
    return turn;
  }

  release(result: AttemptResult): void {
    const now = performance.now();
    this.#quota.ended(result, now);
    this.#report.add(result, this.#quota, now);
    if (this.#report.isUrgent) void this.#ask();
    else this.#tellLater();
    if (this.#queue.size > 0) this.#pump();
  }

  get state(): RateLimitState {
    return stateOf(this.#quota, performance.now(), this.#queue.size);
  }

  gate(operation: string, limit: number): Gate {
    let gate = this.#gates.get(operation);
    if (gate === undefined) this.#gates.set(operation, (gate = new LeasedGate(operation, limit, () => this.#askForMore())));
    return gate;
  }

  /** Starts requests that have a turn, and asks for more. */
  #pump(): void {
    if (this.#isAlone) {
      // Nobody waits for Redis meanwhile.
      void this.#ask(true);
      this.#pumpAlone();
      return;
    }
    const now = performance.now();
    this.#dropStale(now);
    while (this.#start(now)) {}
    // Callers may have given up meanwhile.
    if (this.#turns.length > this.#queue.size) {
      this.#turns.length = this.#queue.size;
      this.#tellLater();
    }
    // While there are turns for half of those who wait, there is time.
    const isShort = this.#turns.length < Math.max(this.#queue.size / 2, this.#interactive);
    if (isShort) void this.#ask();
    this.#sleep(Math.min(this.#turns[0]?.from ?? Number.POSITIVE_INFINITY, isShort ? this.#askAgainAt : Number.POSITIVE_INFINITY), now);
  }

  /** Starts one request if there is a turn for it. */
  #start(now: number): boolean {
    const [turn] = this.#turns;
    if (turn === undefined || this.#quota.pausedUntil > now) return false;
    if (this.#quota.atOnce !== null && this.#quota.inFlight >= Math.floor(this.#quota.atOnce)) return false;
    // An interactive call takes the next turn, though it is meant for later.
    const priority = this.#queue.order().find((each) => each === 'interactive' || turn.from <= now + 1);
    if (priority === undefined) return false;
    this.#turns.shift();
    this.#quota.started(now, priority);
    this.#queue.release(priority);
    return true;
  }

  /** Gives up turns that mean nothing any more: of a window that is over, or if others have used what was left. */
  #dropStale(now: number): void {
    const [first] = this.#turns;
    if (first === undefined) return;
    const isOvertaken =
      now - first.givenAt > this.#quota.windowMs / 40 && (this.#report.left ?? Number.POSITIVE_INFINITY) < this.#heldByOthers + this.#held;
    if (!isOvertaken && first.until > now && this.#validUntil > now) return;
    this.#turns = isOvertaken || this.#validUntil <= now ? [] : this.#turns.filter(({ until }) => until > now);
    this.#askAgainAt = 0;
  }

  get #held(): number {
    return this.#quota.inFlight + this.#turns.length;
  }

  /** Tells Redis what has ended and what waits, and takes what it gives. Calls of one tick share one. */
  async #ask(isDue = false): Promise<void> {
    if (this.#isAsking || this.#health.isDown) return;
    const now = performance.now();
    if (!isDue && !this.#isUrgent(now) && (now < this.#askAgainAt || now < this.#quota.pausedUntil)) return;
    this.#isAsking = true;
    try {
      await null;
      const askedAt = performance.now();
      const { wanted, interactive, report, places } = this.#compose(askedAt);
      const lease = await this.#client.exchange(report);
      this.#validUntil = askedAt + VALID_MS;
      this.#isAlone = false;
      this.#isInteractiveDenied = interactive > 0 && lease.turns.length < interactive;
      this.#take(lease, wanted, places);
    } catch (error) {
      this.#health.failed(error);
      this.#isAlone = true;
      this.#turns = [];
      this.#askForMore();
    } finally {
      this.#isAsking = false;
    }
    this.#pump();
    if (this.#isUrgent(performance.now())) this.#askForMore();
  }

  /** Asks for retries and places; while Redis is away this process takes its part of them. */
  #askForMore(): void {
    void this.#ask();
    if (!this.#isAlone) return;
    this.retries.takeAlone();
    for (const gate of this.#gates.values()) gate.takeAlone(this.#processes);
  }

  /** Whether Redis is to be asked, whoever waits for a turn. */
  #isUrgent(now: number): boolean {
    return this.#report.isUrgent || this.retries.isAsking || [...this.#gates.values()].some((gate) => gate.isDue(now));
  }

  #compose(now: number) {
    const wanted = Math.max(0, this.#queue.size - this.#turns.length);
    const interactive = Math.min(this.#interactive, wanted);
    const places = this.#placesAsked(now);
    const report = {
      held: this.#held,
      interactive,
      bulk: wanted - interactive,
      retries: this.retries.waiting,
      places: places.map(([, asked]) => asked),
      ...this.#report.take(this.#quota.pausedUntil, now),
    };
    return { wanted, interactive, report, places };
  }

  #take(lease: Lease, wanted: number, places: readonly (readonly [LeasedGate, PlacesAsked])[]): void {
    const now = performance.now();
    const until = lease.endsAt - MARGIN_MS;
    this.#turns.push(...lease.turns.map((from) => ({ from, givenAt: now, until })));
    this.#heldByOthers = lease.heldByOthers;
    this.#processes = lease.processes;
    this.#learn(lease, now);
    this.#askAgainAt = lease.askAgainAt > 0 ? lease.askAgainAt + Math.random() * SPREAD_MS : 0;
    if (lease.turns.length < wanted && this.#askAgainAt > 0) this.#reportWaits(this.#askAgainAt, now);
    this.retries.given(lease.retries, lease.areRetriesFull);
    for (const [at, [gate, asked]] of places.entries()) gate.given(lease.places[at] ?? 0, asked.wanted, now);
  }

  /** Takes over what others have learnt. */
  #learn({ quota, left, windowMs, endsAt, heldByOthers, pausedUntil }: Lease, now: number): void {
    const own = this.#quota;
    if (pausedUntil > own.pausedUntil) {
      own.pausedUntil = pausedUntil;
      this.#report.paused(pausedUntil);
    }
    if (quota === undefined) return;
    const known = Math.max(0, left - heldByOthers);
    const isSameWindow = own.quota !== undefined && Math.abs(endsAt - own.resetAt) < windowMs / 4;
    own.left = isSameWindow ? Math.min(own.left, known) : known;
    Object.assign(own, { quota, windowMs, hasResponse: true, resetAt: Math.max(endsAt, now) }, isSameWindow ? {} : { own: 0, foreign: 0 });
  }

  #reportWaits(at: number, now: number): void {
    for (const onWait of this.#unreported) reportWait(onWait, this.#quota, at, now);
    this.#unreported.clear();
  }

  /** Returns the operations of which places are held, wanted or given back. */
  #placesAsked(now: number): (readonly [LeasedGate, PlacesAsked])[] {
    const due = [...this.#gates.values()].filter((gate) => gate.isDue(now) || gate.held > 0);
    return due.map((gate) => [gate, gate.asked(now)] as const);
  }

  /** Wakes up for the next turn. The timer keeps the process alive: somebody waits. */
  #sleep(at: number, now: number): void {
    clearTimeout(this.#wakeUp);
    if (this.#queue.size === 0) return;
    const next = Math.max(at, this.#quota.pausedUntil);
    // What is due and did not go waits for a response, or for Redis.
    if (Number.isFinite(next) && next > now) this.#wakeUp = setTimeout(() => this.#pump(), Math.min(Math.ceil(next - now), MAX_TIMER_MS));
    this.#beat();
  }

  /** Reports what has ended, unless a request for more does so before. */
  #tellLater(): void {
    clearTimeout(this.#tell);
    this.#tell = setTimeout(() => void (this.#report.isEmpty || this.#ask(true)), Math.min(HEARTBEAT_MS, (this.#quota.windowMs * 3) / 40));
    this.#tell.unref();
    this.#beat();
  }

  /** While something is held or to be reported, Redis hears of this process. */
  #beat(): void {
    if (this.#heartbeat !== undefined) return;
    this.#heartbeat = setInterval(() => {
      const isHolding = this.#held > 0 || !this.#report.isEmpty || [...this.#gates.values()].some(({ held }) => held > 0);
      if (isHolding) void this.#ask(true);
      else {
        clearInterval(this.#heartbeat);
        this.#heartbeat = undefined;
      }
    }, HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  /** Starts requests by what this process knows, with its part of the quota. */
  #pumpAlone(): void {
    const now = performance.now();
    for (;;) {
      const { priority, at } = nextTurn(this.#queue, partOf(this.#quota, this.#processes, now), now);
      if (priority === undefined) return;
      if (at > now) {
        this.#reportWaits(at, now);
        clearTimeout(this.#wakeUp);
        this.#wakeUp = setTimeout(() => this.#pump(), Math.ceil(Math.min(at - now, LONGEST_ALONE_MS)));
        return;
      }
      this.#quota.started(now, priority);
      this.#queue.release(priority);
    }
  }
}
