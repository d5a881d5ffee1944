import { onAbort, untilAborted } from '../../transport/abort.js';
import { decode, encode, type Intent } from '../engine/intent.js';
import { type Checkpoint, type Claim, LeaseLostError, type PartitionJournal, type RunState, START, type Step } from '../engine/journal.js';
import { runScript } from './commands.js';
import { type Client, onClose } from './connection.js';
import type { RunKeys } from './keys.js';
import { CLAIM, COMMIT, FREE, TOUCH } from './scripts.js';

/** Which partition, and under which fence. */
export interface RedisPart {
  readonly keys: RunKeys;
  readonly store: string;
  readonly part: string;
  /** Differs for each claim. */
  readonly fence: string;
  readonly leaseMs: number;
}

/** For so many leases after its start Redis may have forgotten claims. */
const YOUNG_LEASES = 2;
/** How many failures of a run are kept. All are counted. */
const MOST_FAILURES = 100_000;

/**
 * Keeps the progress of a partition in Redis, under a lease by the clock of Redis. It is renewed all the time; when it is not certain
 * any more that it still runs, `signal` is aborted, and nothing is written: a process whose event loop stood still must not go on.
 */
export class RedisJournal implements PartitionJournal {
  readonly #redis: Client;
  readonly #part: RedisPart;
  readonly #lost = new AbortController();
  readonly #key: string;
  readonly #stopListening: () => void;
  readonly #stopWatching: () => void;
  #timer: NodeJS.Timeout | undefined;
  /** Until when it is certain that the lease runs, by our own clock. */
  #sureUntil = 0;
  #step = 0;

  /** @param stop aborted when the process has to stop at once */
  constructor(redis: Client, part: RedisPart, stop: AbortSignal) {
    this.#redis = redis;
    this.#part = part;
    this.#key = part.keys.part(part.store, part.part);
    // A Redis that comes back may have forgotten the claim, and give the partition to somebody else.
    this.#stopWatching = onClose(redis, this.#lose);
    if (stop.aborted) this.#lose();
    this.#stopListening = onAbort(stop, this.#lose);
  }

  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  async claim(): Promise<Claim> {
    const { fence, leaseMs, keys } = this.#part;
    const asked = performance.now();
    const reply = await this.#run(CLAIM, [this.#key, keys.meta], [fence, leaseMs, Math.ceil((YOUNG_LEASES * leaseMs) / 1000)]);
    const [outcome, lease, claims, checkpoint, intent, step, state, deaths, forgot] = reply.map(String);
    if (outcome === 'wait') return { waitMs: Number(lease) + 20 };
    this.#sureUntil = asked + this.#safeMs;
    this.#step = Number(step);
    this.#timer = setInterval(() => void this.#touch(), leaseMs / 5);
    return {
      state: stateOf(state),
      checkpoint: checkpoint === '' || checkpoint === undefined ? START : decode<Checkpoint>(checkpoint),
      intent: intent === '' || intent === undefined ? undefined : decode<Intent>(intent),
      claims: Number(claims),
      deaths: Number(deaths),
      isTakenOver: Number(lease) > 0,
      mayBeForgotten: forgot === '1',
    };
  }

  async commit({ checkpoint, intent, log = '', applied = '', dead }: Step): Promise<RunState> {
    const { fence, leaseMs, keys, store, part } = this.#part;
    const failures = dead.map((failure) => JSON.stringify({ ...failure, store, partition: part }));
    const asked = performance.now();
    const [kept, state] = await this.#run(
      COMMIT,
      [this.#key, keys.meta, keys.log(store, part), keys.dead],
      [
        fence,
        leaseMs,
        this.#step + 1,
        JSON.stringify(checkpoint),
        intent === undefined ? '' : encode(intent),
        log,
        applied,
        MOST_FAILURES,
        ...failures,
      ],
    );
    if (kept !== 1) {
      this.#lose();
      throw new LeaseLostError(`Another process has taken over partition ${part} of store ${store}.`);
    }
    this.#step++;
    this.#sureUntil = Math.max(this.#sureUntil, asked + this.#safeMs);
    return stateOf(String(state));
  }

  async free(inOrder: boolean): Promise<void> {
    this.#stop();
    await this.#run(FREE, [this.#key], [this.#part.fence, inOrder ? 1 : 0]);
  }

  assertOurs(): void {
    if (performance.now() > this.#sureUntil) this.#lose();
    if (this.signal.aborted) throw new LeaseLostError('It is not certain any more that nobody else works on this partition.');
  }

  /** Stops renewing the lease. */
  close(): void {
    this.#stop();
    this.#stopListening();
    this.#stopWatching();
  }

  /** How long after a touch it is certain that the lease runs: the rest is for clocks that differ and requests under way. */
  get #safeMs(): number {
    return (this.#part.leaseMs * 2) / 3;
  }

  async #touch(): Promise<void> {
    if (performance.now() > this.#sureUntil) {
      this.#lose();
      return;
    }
    const asked = performance.now();
    const isOurs = await runScript(this.#redis, TOUCH, [this.#key], [this.#part.fence, this.#part.leaseMs]).catch(() => undefined);
    if (isOurs === 1) this.#sureUntil = Math.max(this.#sureUntil, asked + this.#safeMs);
    else if (isOurs === 0) this.#lose();
  }

  readonly #lose = (): void => {
    this.#stop();
    this.#lost.abort(new LeaseLostError('The lease of the partition was lost.'));
  };

  #stop(): void {
    clearInterval(this.#timer);
  }

  /** @throws LeaseLostError if Redis does not respond before the lease is uncertain */
  async #run(script: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown[]> {
    try {
      this.signal.throwIfAborted(); // a function that outlives drain() must not send to a client that was closed
      const reply = await untilAborted(runScript(this.#redis, script, keys, args), this.signal);
      return Array.isArray(reply) ? reply : [reply];
    } catch (error) {
      if (error instanceof LeaseLostError) throw error;
      throw new LeaseLostError(`Redis does not respond: ${String(error)}`);
    }
  }
}

/** A run that is not there any more is over. */
const stateOf = (state: string | undefined): RunState =>
  state === 'running' || state === 'completed' ? 'running' : state === 'paused' ? 'paused' : 'cancelled';
