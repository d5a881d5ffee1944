import { randomUUID } from 'node:crypto';
import { Quota } from '../session/quota.js';
import type { Connection } from './connection.js';
import { ServerClock } from './server-clock.js';

/**
 * Puts a value in place of the one that the caller has seen. Gives whether it was that, what is there now, and the time of the
 * server in microseconds: all processes go by it.
 */
const SWAP = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local value = redis.call('GET', KEYS[1]) or ''
if ARGV[2] == '' or value ~= ARGV[1] then return {0, value, now} end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return {1, ARGV[2], now}`;

/** What is known of a quota says nothing any more after so long without a request. */
const KEPT_MS = 600_000;
/** A process that has not been heard of for so long is gone, and so are its requests. */
const GONE_MS = 120_000;

/** Requests under way in each process, and when it was last heard of. */
type Processes = Record<string, readonly [underWay: number, heardAt: number]>;

/**
 * What is done to the quota; it is done anew where another process was faster. Processes know the time of Redis to some part
 * of a millisecond: it is not earlier now than `earliest`, and a time that was thought to be now was not later by more than `error`.
 */
export type Step<T> = (quota: Quota, earliest: number, error: number) => T;

/** Answers to begin with, so that one of them is quick: the first waits for the connection. */
const SAMPLES = 3;

/** The quota of one store, kept in Redis by all processes that ask for it. */
export class SharedQuota {
  readonly #connection: Connection;
  readonly #key: string;
  readonly #name = randomUUID();
  /** The text in Redis as it was last seen. */
  #seen = '';
  readonly #clock = new ServerClock();
  #underWay = 0;
  #quota = new Quota();

  constructor(connection: Connection, key: string) {
    this.#connection = connection;
    this.#key = key;
  }

  /** What was last known. */
  get known(): Quota {
    return this.#quota;
  }

  /** Milliseconds, by the clock of Redis as far as it is known. */
  get now(): number {
    return this.#clock.now;
  }

  /** Takes a step that all processes see. @throws Error when Redis does not answer */
  async take<T>(step: Step<T>): Promise<T> {
    if (!this.#clock.isSet) for (let sample = 0; sample < SAMPLES; sample++) await this.#swap('');
    for (;;) {
      const { quota, processes } = this.#parse();
      const result = this.#do(step, quota);
      const own = Math.max(0, quota.underWay - total(processes));
      if (own > 0) processes[this.#name] = [own, this.now];
      const { underWay: _, ...known } = quota;
      if (await this.#swap(JSON.stringify({ ...known, processes }))) {
        this.#keep(quota, own);
        return result;
      }
    }
  }

  /** Takes a step for this process alone, while Redis does not answer: by what was known, and what is learnt since. */
  takeAlone<T>(step: Step<T>): T {
    const quota = Object.assign(new Quota(), this.#quota, { underWay: this.#underWay });
    const result = this.#do(step, quota);
    this.#keep(quota, quota.underWay);
    return result;
  }

  #do<T>(step: Step<T>, quota: Quota): T {
    const { now, error } = this.#clock;
    return step(quota, now - error, error);
  }

  #keep(quota: Quota, own: number): void {
    this.#quota = quota;
    this.#underWay = own;
  }

  /** The quota as it was last seen in Redis, with the requests of all processes; those of the others by process. */
  #parse(): { quota: Quota; processes: Processes } {
    const { processes = {}, ...known } = (this.#seen === '' ? {} : JSON.parse(this.#seen)) as Partial<Quota> & { processes?: Processes };
    const gone = this.now - GONE_MS;
    const others = Object.fromEntries(Object.entries(processes).filter(([name, [, heardAt]]) => name !== this.#name && heardAt > gone));
    return { quota: Object.assign(new Quota(), known, { underWay: total(others) + this.#underWay }), processes: others };
  }

  async #swap(text: string): Promise<boolean> {
    const asked = performance.now();
    const told = await this.#connection.run(SWAP, [this.#key], [this.#seen, text, KEPT_MS]);
    const [swapped, seen, microseconds] = told as [number, string, number];
    this.#clock.take(microseconds / 1000, asked, performance.now());
    this.#seen = seen;
    return swapped === 1;
  }
}

const total = (processes: Processes): number => Object.values(processes).reduce((sum, [underWay]) => sum + underWay, 0);
