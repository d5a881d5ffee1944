import { expect } from 'chai';
import { ConfigurationError, Session } from '../../lib/index.js';
import { defineJob, type JobContext, type JobFailure, type JobWorker, startWorker } from '../../lib/jobs/index.js';
import { Product } from '../../lib/resources/v3/index.js';
import { Sandbox } from '../../lib/sandbox/index.js';
import { useProducts } from '../support/products.js';
import { useRedis } from '../support/redis.js';
import { rejection } from '../support/rejection.js';

describe('a run on Redis', () => {
  const redis = useRedis();
  const products = useProducts(60);
  let store: Sandbox;
  let session: Session;
  let worker: JobWorker | undefined;

  before(() => {
    ({ store, session } = products);
  });
  afterEach(async () => {
    await worker?.drain(2_000);
    worker = undefined;
  });
  const prices = (): number[] => store.rows(Product).map((row) => Number(row['price']));
  const stores = { session: () => session };

  const reprice = defineJob('reprice', {
    source: () => Product.where({ is_visible: true }),
    each: (product: Product, { params }: JobContext<{ factor: number }>) => {
      product.price *= params.factor;
    },
    batchSize: 10,
  });

  it('is planned, worked and reported', async () => {
    const { client: connection } = redis;
    const run = await reprice.enqueue({ stores: [session.storeHash ?? ''], params: { factor: 1.1 }, connection, id: 'spring' });
    worker = startWorker({ jobs: [reprice], connection, stores, lockMs: 2000, inFlightMs: 100 });
    const seen: number[] = [];
    for await (const { done } of run) seen.push(done);
    expect(seen.at(-1)).to.equal(60);
    const report = await (await reprice.run('spring', { connection })).report();
    expect(report).to.include({ done: 60, succeeded: 60, failed: 0, repeated: 0, total: 60, state: 'completed' });
    expect(new Set(prices())).to.deep.equal(new Set([110]));
    const first = await Product.using(session).first();
    await first?.update({ price: 5 });
    const { succeeded, failed, refused } = await run.revert();
    expect({ succeeded, failed }).to.deep.equal({ succeeded: 59, failed: 1 });
    expect(refused[0]).to.include({ key: first?.id, stage: 'conflict' });
    expect(prices().sort((a, b) => a - b)).to.deep.equal([5, ...Array(59).fill(100)]);
    const reverted = await reprice.run('spring-revert', { connection });
    expect(String(await rejection(reverted.revert()))).to.match(/is the revert of spring: .*start a new run/);
  });

  it('is paused, resumed and cancelled at the next commit, and the same id is the same run', async () => {
    const { client: connection } = redis;
    const slow = defineJob('slow', {
      source: () => Product.where({}),
      each: async (product: Product) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        product.price = 7;
      },
      batchSize: 5,
      partitions: 2,
    });
    const given = { stores: [session.storeHash ?? ''], connection, id: 'slow' };
    const run = await slow.enqueue({ ...given, params: { a: 1 } });
    worker = startWorker({ jobs: [slow], connection, stores, lockMs: 2000, inFlightMs: 100 });
    for await (const { done } of run) if (done > 0) break;
    await run.pause();
    const paused = await run.report();
    expect(paused.state).to.equal('paused');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await run.report()).done)
      .to.equal(paused.done)
      .below(60);
    const again = await slow.enqueue({ ...given, params: { a: 1 } });
    await again.resume();
    for await (const { done } of again) if (done > paused.done) break;
    await again.cancel();
    const { state, done } = await run.report();
    expect(state).to.equal('cancelled');
    expect(prices().filter((price) => price === 7).length).to.equal(done);
    expect(String(await rejection(slow.enqueue({ ...given, params: { a: 2 } })))).to.match(/exists with other params/);
    expect(String(await rejection(slow.run('nobody', { connection })))).to.match(/There is no run/);
  });

  it('keeps failures, which any process can fix and retry, and reports a store whose token is refused', async () => {
    const { client: connection } = redis;
    const rename = defineJob('rename', {
      source: () => Product.where({}),
      each: (product: Product) => {
        product.name = product.sku === 'S3' ? 'P4' : `${product.name}!`;
      },
    });
    const refusing = { session: (hash: string) => (hash === 'gone' ? Promise.reject(new ConfigurationError('uninstalled')) : session) };
    const run = await rename.enqueue({ stores: [session.storeHash ?? '', 'gone'], connection, id: 'names' });
    worker = startWorker({ jobs: [rename], connection, stores: refusing, lockMs: 2000 });
    const report = await run.finished();
    expect(report).to.include({ state: 'failed', done: 60, failed: 1 });
    expect(report.stores.find(({ store: hash }) => hash === 'gone')?.error).to.equal('uninstalled');
    const failures: JobFailure[] = [];
    for await (const failure of run.failures()) failures.push({ ...failure, row: { ...failure.row, name: 'fixed' } });
    expect(failures.map(({ stage, store: hash }) => [stage, hash])).to.deep.equal([['write', session.storeHash]]);
    const retried = await (await rename.run('names', { connection })).retry(failures);
    expect(retried).to.include({ done: 60, succeeded: 60, failed: 0 });
    expect(store.rows(Product)[2]?.['name']).to.equal('fixed');
    expect(await run.retry(failures), 'what was retried').to.include({ done: 60, succeeded: 60, failed: 0 });
    const [failure] = failures;
    for (const wrong of [[{ ...failure, id: '1-1' }], [{}], 5])
      expect(String(await rejection(run.retry(wrong as never)))).to.match(/^ArgumentError: retry\(\) takes failures/);
  });

  it('works stores that are added by the same id when it had ended, and says what is wrong with options', async () => {
    const { client: connection } = redis;
    const given = { params: { factor: 1.1 }, connection, id: 'grows' };
    worker = startWorker({ jobs: [reprice], connection, stores, lockMs: 2000, inFlightMs: 100 });
    await (await reprice.enqueue({ ...given, stores: [session.storeHash ?? ''] })).finished();
    const more = await reprice.enqueue({ ...given, stores: [session.storeHash ?? '', 'second'] });
    expect((await more.finished()).stores.map(({ store: hash, done }) => [hash, done])).to.have.deep.members([
      [session.storeHash, 60],
      ['second', 60],
    ]);
    expect(() => startWorker({ jobs: [reprice, reprice], connection, stores })).to.throw(/two `jobs` are reprice@1/);
    expect(() => startWorker({ jobs: [reprice], connection, stores, concurrency: 0 })).to.throw(/concurrency must be a number above zero/);
    expect(String(await rejection(reprice.enqueue({ ...given, stores: 'abc' } as never)))).to.match(/an iterable of store hashes/);
    expect(String(await rejection(reprice.enqueue({ ...given, store: ['abc'] } as never)))).to.match(/did you mean `stores`/);
  }).timeout(10_000);

  it('gives partitions back when its worker is drained, so that another goes on at once', async () => {
    const { client: connection } = redis;
    const run = await reprice.enqueue({ stores: [session.storeHash ?? ''], params: { factor: 1.1 }, connection, id: 'moved' });
    const first = startWorker({ jobs: [reprice], connection, stores, lockMs: 30_000, concurrency: 1 });
    for await (const { done } of run) if (done > 0) break;
    await first.drain(5_000);
    const { done } = await run.report();
    worker = startWorker({ jobs: [reprice], connection, stores, lockMs: 30_000 });
    const began = Date.now();
    expect(await run.finished()).to.include({ done: 60, repeated: 0 });
    expect(Date.now() - began, `from ${done} rows`).to.be.below(10_000);
    expect(new Set(prices())).to.deep.equal(new Set([110]));
  });
});
