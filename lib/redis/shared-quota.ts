import { randomUUID } from 'node:crypto';
import { Quota } from '../session/quota.js';
import type { Connection } from './connection.js';
import { ServerClock } from './server-clock.js';

/**
 * Replaces the value if it is still the one that the caller has seen. Returns whether it was replaced, the current value, and the
 * server's time in microseconds, which all processes use.
 */
const SWAP = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local value = redis.call('GET', KEYS[1]) or ''
if ARGV[2] == '' or value ~= ARGV[1] then return {0, value, now} end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return {1, ARGV[2], now}`;

/** A quota expires after this long without a request. */
const EXPIRY_MS = 600_000;
/** A process that was silent for this long counts as gone, with its requests. */
const GONE_MS = 120_000;

/** Requests in flight in each process, and when it was last active. */
type Processes = Record<string, readonly [inFlight: number, heardAt: number]>;

/**
 * Changes the quota. It is called again if another process was faster. Processes know the time of Redis to a fraction of a millisecond:
 * the time is not before `earliest`, and an earlier reading of the clock was at most `error` too early.
 */
export type Step<T> = (quota: Quota, earliest: number, error: number) => T;

/** The number of samples at the start: the first response waits for the connection, so more are needed for a quick one. */
const SAMPLES = 3;

/** Keeps the quota of one store in Redis, for all processes that share it. */
export class SharedQuota {
  readonly #connection: Connection;
  readonly #key: string;
  readonly #name = randomUUID();
  /** The string in Redis when it was last read. */
  #seen = '';
  readonly #clock = new ServerClock();
  #inFlight = 0;
  #quota = new Quota();

  constructor(connection: Connection, key: string) {
    this.#connection = connection;
    this.#key = key;
  }

  /** The quota as it was last seen. */
  get known(): Quota {
    return this.#quota;
  }

  /** The time of Redis in milliseconds, as far as it is known. */
  get now(): number {
    return this.#clock.now;
  }

  /** Takes a step that all processes see. @throws Error if Redis does not respond */
  async take<T>(step: Step<T>): Promise<T> {
    if (!this.#clock.isSet) for (let sample = 0; sample < SAMPLES; sample++) await this.#swap('');
    for (;;) {
      const { quota, processes } = this.#parse();
      const result = this.#do(step, quota);
      const own = Math.max(0, quota.inFlight - total(processes));
      if (own > 0) processes[this.#name] = [own, this.now];
      const { inFlight: _, ...known } = quota;
      if (await this.#swap(JSON.stringify({ ...known, processes }))) {
        this.#keep(quota, own);
        return result;
      }
    }
  }

  /** Takes a step for this process alone if Redis does not respond, from the last known quota and what was observed since. */
  takeAlone<T>(step: Step<T>): T {
    const quota = Object.assign(new Quota(), this.#quota, { inFlight: this.#inFlight });
    const result = this.#do(step, quota);
    this.#keep(quota, quota.inFlight);
    return result;
  }

  #do<T>(step: Step<T>, quota: Quota): T {
    const { now, error } = this.#clock;
    return step(quota, now - error, error);
  }

  #keep(quota: Quota, own: number): void {
    this.#quota = quota;
    this.#inFlight = own;
  }

  /** Returns the quota as it was last seen in Redis, with the requests of all processes; those of the others by process. */
  #parse(): { quota: Quota; processes: Processes } {
    const stored: Partial<Quota> & { processes?: Processes } = this.#seen === '' ? {} : JSON.parse(this.#seen);
    const { processes = {}, ...known } = stored;
    const gone = this.now - GONE_MS;
    const others = Object.fromEntries(Object.entries(processes).filter(([name, [, heardAt]]) => name !== this.#name && heardAt > gone));
    return { quota: Object.assign(new Quota(), known, { inFlight: total(others) + this.#inFlight }), processes: others };
  }

  async #swap(text: string): Promise<boolean> {
    const requestedAt = performance.now();
    const reply = await this.#connection.run(SWAP, [this.#key], [this.#seen, text, EXPIRY_MS]);
    if (!Array.isArray(reply)) throw new Error('Redis sent an unexpected reply');
    const [swapped, seen, microseconds] = reply;
    this.#clock.sample(Number(microseconds) / 1000, requestedAt, performance.now());
    this.#seen = String(seen);
    return swapped === 1;
  }
}

const total = (processes: Processes): number => Object.values(processes).reduce((sum, [inFlight]) => sum + inFlight, 0);
