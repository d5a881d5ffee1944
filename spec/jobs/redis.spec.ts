import { expect } from 'chai';
import { Session } from '../../lib/index.js';
import { defineJob, type JobContext, type JobWorker, startWorker } from '../../lib/jobs/index.js';
import { Product } from '../../lib/resources/v3/index.js';
import { Sandbox } from '../../lib/sandbox/index.js';
import { useRedis } from '../support/redis.js';

describe('a run on Redis', () => {
  const redis = useRedis();
  let store: Sandbox;
  let session: Session;
  let worker: JobWorker | undefined;

  before(async () => {
    store = await Sandbox.start({ port: false, seed: 'empty' });
    session = new Session(store.credentials);
  });
  after(async () => {
    await session.close();
    await store.stop();
  });
  beforeEach(() => {
    store.reset();
    for (let n = 1; n <= 60; n++) store.create(Product, { name: `P${n}`, sku: `S${n}`, price: 100, weight: 1, type: 'physical' });
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
    worker = startWorker({ jobs: [reprice], connection, stores, lockMs: 2000, settleMs: 100 });
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
  });
});
