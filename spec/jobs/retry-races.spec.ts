import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { Session } from '../../lib/index.js';
import { defineJob, type JobWorker, startWorker } from '../../lib/jobs/index.js';
import { giveBack } from '../../lib/jobs/queue/cancelled.js';
import { RunKeys } from '../../lib/jobs/queue/keys.js';
import { reopenForRetry } from '../../lib/jobs/queue/reopen.js';
import { RunStore } from '../../lib/jobs/queue/run-store.js';
import { Product } from '../../lib/resources/v3/index.js';
import { Sandbox } from '../../lib/sandbox/index.js';
import { allOf } from '../support/all-of.js';
import { doubling } from '../support/doubling.js';
import { useProducts } from '../support/products.js';
import { useRedis } from '../support/redis.js';
import { rejection } from '../support/rejection.js';
import { until } from '../support/waiting.js';

describe('retry() and revert() of a run on Redis', () => {
  const redis = useRedis();
  const products = useProducts(24);
  let store: Sandbox;
  let session: Session;
  let worker: JobWorker | undefined;
  let other: Redis;

  before(() => {
    ({ store, session } = products);
    other = redis.client.duplicate();
  });
  after(() => other?.disconnect());
  afterEach(async () => {
    await worker?.drain(2_000);
    worker = undefined;
  });
  const prices = (): number[] => store.rows(Product).map((row) => Number(row['price']));
  const stores = { session: () => session };

  const failing = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6'];
  const failsForSix = { failing, batchSize: 4, partitions: 2 } as const;

  const start = (job: ReturnType<typeof doubling>['job']): JobWorker =>
    startWorker({ jobs: [job], connection: redis.client, stores, lockMs: 2000, concurrency: 1 });

  it('sets back what a retry has changed since it was called before', async () => {
    const { job, mend } = doubling(failsForSix);
    worker = start(job);
    const run = await job.enqueue({ stores: ['abc'], connection: redis.client });
    expect(await run.finished()).to.include({ succeeded: 18, failed: 6 });
    expect(await run.revert()).to.include({ done: 18, failed: 0 });
    expect(await run.revert(), 'without a retry').to.include({ done: 18, failed: 0 });
    mend();
    expect(await run.retry()).to.include({ succeeded: 24, failed: 0 });
    expect(await run.revert()).to.include({ state: 'completed', done: 24, failed: 0 });
    expect(new Set(prices())).to.deep.equal(new Set([100]));
  });

  it('tries each row once, though two processes retry at the same time', async () => {
    const { job, mend } = doubling(failsForSix);
    worker = start(job);
    const run = await job.enqueue({ stores: ['abc'], connection: redis.client, id: 'both' });
    const same = await job.run('both', { connection: other });
    await run.finished();
    const failures = await allOf(run.failures());
    mend();
    const outcomes = await Promise.allSettled([run.retry(failures.slice(0, 4)), same.retry(failures.slice(2))]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(String(outcome.reason)).to.match(/goes on/);
    await run.finished();
    await run.retry();
    expect(await run.report()).to.include({ done: 24, succeeded: 24, failed: 0 });
    expect(new Set(prices())).to.deep.equal(new Set([200]));
  });

  it('leaves the rest of a run alone that was cancelled', async () => {
    let calls = 0;
    let cancelling: Promise<void> | undefined;
    const { job, mend } = doubling({ ...failsForSix, each: () => ++calls === 8 && (cancelling = run.cancel()) });
    const run = await job.enqueue({ stores: ['abc'], connection: redis.client, id: 'cancelled' });
    worker = start(job);
    await until(() => cancelling !== undefined);
    await cancelling;
    await worker.drain(2_000);
    const { state, done, failed } = await run.report();
    expect(state).to.equal('cancelled');
    expect(done).to.be.within(4, 23);
    expect(failed).to.be.at.least(4);
    mend();
    worker = start(job);
    expect(await run.retry()).to.include({ state: 'cancelled', done, failed: 0 });
    expect(prices().filter((price) => price !== 100)).to.have.lengthOf(done);
    expect(await run.revert()).to.include({ done, failed: 0 });
    expect(new Set(prices())).to.deep.equal(new Set([100]));
  });

  it('leaves the rows of a retry that was cancelled to the next one', async () => {
    let calls = 0;
    let cancelling: Promise<void> | undefined;
    const { job, mend } = doubling({ ...failsForSix, each: () => ++calls === 24 + 2 && (cancelling = run.cancel()) });
    worker = start(job);
    const run = await job.enqueue({ stores: ['abc'], connection: redis.client, id: 'again' });
    await run.finished();
    mend();
    expect(await run.retry()).to.include({ state: 'cancelled', succeeded: 22, failed: 2 });
    await cancelling;
    expect(await allOf(run.failures())).to.have.lengthOf(2);
    expect(await run.retry()).to.include({ done: 24, succeeded: 24, failed: 0 });
    expect(new Set(prices())).to.deep.equal(new Set([200]));
  });

  it('forgets nothing of the run while a retry takes longer than runs are kept', async () => {
    const keepMs = 2_000;
    let isMended = false;
    const job = defineJob('slow', {
      source: () => Product.where({}),
      each: async (product: Product) => {
        if (product.sku === 'S1' && !isMended) throw new Error('not yet');
        if (product.sku === 'S1') await sleep(keepMs * 1.5);
        product.price *= 2;
      },
    });
    worker = startWorker({ jobs: [job], connection: redis.client, stores, lockMs: 2000 });
    const run = await job.enqueue({ stores: ['abc'], connection: redis.client, keepMs });
    expect(await run.finished()).to.include({ succeeded: 23, failed: 1 });
    isMended = true;
    const retried = await run.retry();
    expect(new Set(prices())).to.deep.equal(new Set([200]));
    expect(retried).to.include({ done: 24, succeeded: 24, failed: 0 });
    expect(await run.revert()).to.include({ succeeded: 24, failed: 0 });
  });

  it('does not take a run for a revert, nor the other way round', async () => {
    const { job } = doubling(failsForSix);
    worker = start(job);
    const given = { stores: ['abc'], connection: redis.client };
    await (await job.enqueue({ ...given, id: 'a-revert' })).finished();
    const run = await job.enqueue({ ...given, id: 'a' });
    await run.finished();
    expect(String(await rejection(run.revert()))).to.match(/a-revert of double exists, and is no revert/);
    const next = await job.enqueue({ ...given, id: 'b' });
    await next.finished();
    await next.revert();
    expect(String(await rejection(job.enqueue({ ...given, id: 'b-revert' })))).to.match(/is the revert of b\. Use another id/);
  });

  it('takes as many rows as a run keeps', async () => {
    const failed = { store: 'abc', partition: '0', row: {}, message: 'No', errors: {}, stage: 'define', attempt: 1 } as const;
    const rows = Array.from({ length: 100_000 }, (_, at) => ({ ...failed, id: `${at}-0`, key: at }));
    const run = new RunStore(redis.client, RunKeys.of('double', 1, 'many'));
    const facts = { job: 'double', version: 1, id: 'many', params: {}, reverts: undefined, createdAt: 1, keepMs: 60_000 };
    await run.start(facts, ['abc']);
    await run.keepPlan('abc', { parts: [{ n: '0', mode: 'work' }] });
    expect(await reopenForRetry(run, 'abc', rows)).to.equal(true);
    expect(await redis.client.llen(run.keys.retry('abc', 'retry-1'))).to.equal(rows.length);
    expect(await reopenForRetry(run, 'abc', rows), 'again').to.equal(false);
    await giveBack(run);
    expect(await redis.client.scard(run.keys.retried)).to.equal(0);
  });
});
