import type { Job as BullJob } from 'bullmq';
import { propertyOf } from '../../json-object.js';
import { beginPartition } from '../engine/begin.js';
import { isTransient } from '../engine/errors.js';
import { LeaseLostError } from '../engine/journal.js';
import { type CheckedJob, waitsForRequests } from '../engine/task.js';
import { FIRST_PAUSE_MS, type Turn } from '../engine/turn.js';
import { mayPass, workPartition } from '../engine/work-partition.js';
import type { StoreSessions } from '../store-sessions.js';
import { type BullMq, type Client, loadBullMq } from './connection.js';
import { RunKeys } from './keys.js';
import { RedisJournal } from './redis-journal.js';
import { type RunFacts, RunStore } from './run-store.js';
import type { StorePart, StorePlan } from './store-plan.js';
import { contextFor, planStore, sessionFor, taskOf } from './store-work.js';

/** What the jobs of a queue are worked with. */
export interface ProcessorInit {
  readonly job: CheckedJob;
  readonly redis: Client;
  readonly stores: StoreSessions | undefined;
  readonly leaseMs: number;
  readonly inFlightMs: number;
  readonly sliceMs: number;
  /** Adds the jobs of partitions. */
  addParts(parent: BullJob, jobs: readonly { part: string; index: number; data: object; jobId: string }[]): Promise<void>;
  /** Whether the process is about to end. */
  isDraining(): boolean;
  /** Aborted when it ends. */
  readonly stop: AbortSignal;
}

/** A paused partition is looked at again after this time; `resume()` is quicker. */
const PAUSED_MS = 60_000;
/** How long a store whose session cannot be had now waits at most. */
const LATER_MS = 5_000;
/** How long a store waits whose partitions were not under way any more when it was to wait for them. */
const AGAIN_MS = 100;

/** Works the BullMQ jobs of a definition: those of stores, which plan and sum up, and those of partitions. */
export class JobProcessor {
  readonly #init: ProcessorInit;
  readonly #bull: BullMq;

  constructor(init: ProcessorInit) {
    this.#init = init;
    this.#bull = loadBullMq();
  }

  async process(job: BullJob, token: string): Promise<unknown> {
    const tag = String(propertyOf(job.data, 'run'));
    const store = String(propertyOf(job.data, 'store'));
    const run = new RunStore(this.#init.redis, new RunKeys(tag));
    const facts = await run.factsIfKnown();
    if (facts === undefined) return 'This run has expired.';
    if (job.name === 'store') return this.#workStore(job, token, run, facts, store);
    const plan = await run.plan(store);
    const part = plan?.parts.find(({ n }) => n === propertyOf(job.data, 'part'));
    if (part === undefined) return 'This partition is not planned.';
    const turn = await this.#workPart(job, token, run, facts, store, part);
    if (turn.outcome === 'paused') return this.#whilePaused(job, token, run);
    const waitMs = this.#waitAfter(turn);
    if (waitMs === undefined) return 'ended';
    return this.#later(job, token, waitMs);
  }

  /** Plans a store and waits for its partitions, or sums up when they have ended. */
  async #workStore(job: BullJob, token: string, run: RunStore, facts: RunFacts & { state: string }, store: string): Promise<unknown> {
    if (facts.state === 'paused') return this.#whilePaused(job, token, run);
    const plan = (await run.plan(store)) ?? (facts.state === 'cancelled' ? NO_PLAN : await this.#plan(job, token, run, facts, store));
    const open = (await run.parts(new Map([[store, plan]]))).filter(({ checkpoint }) => checkpoint.isEnded !== true);
    const { keys } = run;
    if (open.length > 0 && facts.state !== 'cancelled') {
      const index = new Map(plan.parts.map(({ n }, at) => [n, at]));
      const jobs = open.map(({ part: { n } }) => ({
        part: n,
        index: index.get(n) ?? 0,
        data: { run: keys.tag, store, part: n },
        jobId: keys.jobId(store, n),
      }));
      await this.#init.addParts(job, jobs);
      if (await job.moveToWaitingChildren(token)) throw new this.#bull.WaitingChildrenError();
      // None is under way any more: whether they have ended is seen next time.
      return this.#later(job, token, AGAIN_MS);
    }
    await run.endStore(store);
    return run.storeReport(store);
  }

  async #plan(job: BullJob, token: string, run: RunStore, facts: RunFacts, store: string): Promise<StorePlan> {
    const { stores, stop } = this.#init;
    try {
      const session = await sessionFor(stores, store);
      const context = contextFor(facts, store, session, { signal: stop, attempt: 1, stores });
      return await run.keepPlan(store, await session.run(() => planStore(this.#init.job, facts, run, context)));
    } catch (error) {
      // A worker that is drained leaves the store to others.
      if (stop.aborted) throw error;
      if (isTransient(error) || mayPass(error, job.attemptsStarted))
        return this.#later(job, token, Math.min(LATER_MS, FIRST_PAUSE_MS * 2 ** job.attemptsStarted));
      return run.keepPlan(store, { parts: [], error: error instanceof Error ? error.message : String(error) });
    }
  }

  async #workPart(job: BullJob, token: string, run: RunStore, facts: RunFacts, store: string, part: StorePart): Promise<Turn> {
    const { leaseMs, inFlightMs, sliceMs, redis, stores, stop, isDraining, job: checked } = this.#init;
    const fence = `${job.attemptsStarted}:${token}:${Date.now().toString(36)}`;
    const journal = new RedisJournal(redis, { keys: run.keys, store, part: part.n, fence, leaseMs }, stop);
    const end = performance.now() + sliceMs;
    const session = await sessionFor(stores, store).catch((error: unknown) => new NoSession(error));
    const work = (): Promise<Turn> =>
      workPartition({
        journal,
        inFlightMs: waitsForRequests(checked, part.mode) ? inFlightMs : 0,
        shouldYield: () => isDraining() || performance.now() > end,
        begin: async (checkpoint, attempt) => {
          if (session instanceof NoSession) throw session.error;
          const context = contextFor(facts, store, session, { signal: journal.signal, attempt, stores });
          const task = taskOf(run, checked, facts, store, part);
          return beginPartition(checked, task, { context, assertOurs: () => journal.assertOurs() }, checkpoint, inFlightMs);
        },
      });
    try {
      return await (session instanceof NoSession ? work() : session.run(work));
    } finally {
      journal.close();
    }
  }

  /** Returns how long a partition waits for its next turn; `undefined` if it has ended. */
  #waitAfter(turn: Turn): number | undefined {
    if (turn.outcome === 'later') return turn.waitMs;
    if (turn.outcome === 'ended') return undefined;
    return turn.outcome === 'yielded' ? 1 : this.#init.leaseMs;
  }

  /** Gives a job back until the run goes on. */
  async #whilePaused(job: BullJob, token: string, run: RunStore): Promise<never> {
    return this.#later(job, token, PAUSED_MS, async () => {
      // `resume()` has not seen it, if it came before the job was delayed.
      const facts = await run.factsIfKnown();
      if (facts?.state !== 'paused') await job.promote();
    });
  }

  /** Gives a job back. Not to the head of the queue, so that other stores have their turn. */
  async #later(job: BullJob, token: string, waitMs: number, then?: () => Promise<void>): Promise<never> {
    if (this.#init.stop.aborted) throw new LeaseLostError('The worker was stopped.');
    await job.moveToDelayed(Date.now() + waitMs, token);
    // The job is not ours any more: what fails now must not fail it.
    await then?.().catch(() => {});
    throw new this.#bull.DelayedError();
  }
}

const NO_PLAN: StorePlan = { parts: [] };

/** Why there is no session. */
class NoSession {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}
