import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { Session } from '../../lib/index.js';
import { TransientError } from '../../lib/jobs/engine/errors.js';
import { type Claim, type PartitionJournal, START } from '../../lib/jobs/engine/journal.js';
import { workPartition } from '../../lib/jobs/engine/work-partition.js';
import { defineJob, type JobWorker, startWorker, type WorkerOptions } from '../../lib/jobs/index.js';
import { RunKeys } from '../../lib/jobs/queue/keys.js';
import { RedisJournal } from '../../lib/jobs/queue/redis-journal.js';
import { Product } from '../../lib/resources/v3/index.js';
import { Sandbox } from '../../lib/sandbox/index.js';
import { useProducts } from '../support/products.js';
import { useRedis } from '../support/redis.js';
import { RedisProxy } from '../support/redis-proxy.js';

describe('a run does not stand still', () => {
  const redis = useRedis();
  const products = useProducts(20);
  let store: Sandbox;
  let session: Session;
  let hash: string;
  const workers: JobWorker[] = [];

  before(() => {
    ({ store, session } = products);
    hash = session.storeHash ?? '';
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.drain(1_000)));
  }).timeout(5_000);
  const stores = { session: (): Session => session };
  const start = (options: Partial<WorkerOptions> & Pick<WorkerOptions, 'jobs'>): JobWorker => {
    const worker = startWorker({ connection: redis.server.url, stores, lockMs: 1_000, inFlightMs: 50, ...options });
    workers.push(worker);
    return worker;
  };
  /** Lets a worker reach Redis by a line that can be cut, which ends after it. */
  const throughProxy = async (work: (proxy: RedisProxy) => Promise<void>): Promise<void> => {
    const proxy = await RedisProxy.start(redis.server);
    try {
      await work(proxy);
    } finally {
      await workers.pop()?.drain(1_000);
      await proxy.stop();
    }
  };
  const reprice = defineJob('reprice', {
    source: () => Product.where({}),
    each: (product: Product) => {
      product.price *= 1.1;
    },
    batchSize: 5,
    partitions: 2,
  });
  const wholly = { state: 'completed', done: 20, succeeded: 20, failed: 0, total: 20 };
  const expectRaised = (): void => {
    expect(new Set(store.rows(Product).map(({ price }) => price))).to.deep.equal(new Set([110]));
  };

  it('if Redis is killed when it has answered half of the commands by which partitions are added, or of those of a report', async () => {
    await throughProxy(async (proxy) => {
      const run = await reprice.enqueue({ stores: [hash], connection: redis.client, id: 'cut' });
      proxy.cutReplyTo('"part":"1"');
      start({ jobs: [reprice], connection: proxy.url });
      expect(await run.finished()).to.include(wholly);
      expect(proxy.isDone).to.equal(true);
      expectRaised();
      proxy.cutReplyTo('hmget');
      expect(await (await reprice.run('cut', { connection: proxy.url })).report()).to.include(wholly);
      expect(proxy.isDone).to.equal(true);
    });
  }).timeout(10_000);

  it('if Redis cannot say what the run is: it has not expired', async () => {
    await throughProxy(async (proxy) => {
      start({ jobs: [reprice], connection: proxy.url });
      await sleep(300);
      proxy.replyTo('$7\r\nhgetall', '-BUSY Redis is busy running a script.\r\n');
      const run = await reprice.enqueue({ stores: [hash], connection: redis.client, id: 'busy' });
      expect(await run.finished()).to.include(wholly);
      expect(proxy.isDone).to.equal(true);
    });
  }).timeout(10_000);

  it('if it is resumed as soon as it is paused, or was paused before it was planned', async () => {
    const slow = defineJob('slow', {
      source: () => Product.where({}),
      each: async (product: Product) => {
        await sleep(10);
        product.price *= 1.1;
      },
      batchSize: 2,
      partitions: 2,
    });
    const run = await slow.enqueue({ stores: [hash], connection: redis.client, id: 'slow' });
    await run.pause();
    start({ jobs: [slow] });
    await sleep(300);
    await run.resume();
    for await (const { done } of run) {
      if (done >= 16) break;
      await run.pause();
      await run.resume();
    }
    expect(await run.finished()).to.include(wholly);
    expectRaised();
  }).timeout(10_000);

  it('if the worker that plans a store is drained', async () => {
    let isAsked = false;
    const run = await reprice.enqueue({ stores: [hash], connection: redis.client, id: 'planned' });
    const first = start({
      jobs: [reprice],
      stores: {
        session: () => {
          isAsked = true;
          return new Promise(() => {});
        },
      },
    });
    while (!isAsked) await sleep(20);
    await first.drain(50);
    start({ jobs: [reprice] });
    expect(await run.finished()).to.include(wholly);
  }).timeout(10_000);

  it('if the sessions of stores cannot be had for a moment', async () => {
    let asked = 0;
    const run = await reprice.enqueue({ stores: [hash], connection: redis.client, id: 'sessions' });
    const failing = (): Session => {
      if (asked++ === 0) throw new Error('The database of tokens is away.');
      return session;
    };
    start({ jobs: [reprice], stores: { session: failing } });
    expect(await run.finished()).to.include(wholly);
  }).timeout(12_000);
});

describe('a lease that was given before the clock of Redis was set back', () => {
  const redis = useRedis();

  it('ends no later than any other', async () => {
    const keys = RunKeys.of('clock', 1, 'back');
    const claimAs = (fence: string): Promise<Claim> => {
      const journal = new RedisJournal(redis.client, { keys, store: 'a', part: '0', fence, leaseMs: 200 }, new AbortController().signal);
      return journal.claim().finally(() => journal.close());
    };
    expect((await claimAs('gone')).waitMs).to.equal(undefined);
    const [seconds = 0] = await redis.client.time();
    await redis.client.hset(keys.part('a', '0'), 'until', (Number(seconds) + 3_600) * 1_000);
    expect((await claimAs('next')).waitMs).to.equal(220);
    await sleep(250);
    expect((await claimAs('next')).waitMs).to.equal(undefined);
  });
});

describe('the pause after a failure of the store', () => {
  it('grows with its failures, not with the processes that were killed meanwhile', async () => {
    const pauseAfter = async (claims: number, deaths: number): Promise<number | undefined> => {
      const claim: Claim = { state: 'running', checkpoint: START, intent: undefined, claims, deaths, isTakenOver: deaths > 0 };
      const journal: PartitionJournal = {
        claim: async () => claim,
        commit: async () => 'running',
        free: async () => {},
        signal: new AbortController().signal,
        assertOurs: () => {},
      };
      const begin = async (): Promise<never> => {
        throw new TransientError('503');
      };
      const turn = await workPartition({ journal, begin, shouldYield: () => false, inFlightMs: 0 });
      return turn.outcome === 'later' ? turn.waitMs : undefined;
    };
    expect(await pauseAfter(1, 0)).to.equal(200);
    expect(await pauseAfter(3, 0)).to.equal(800);
    expect(await pauseAfter(9, 8)).to.equal(200);
    expect(await pauseAfter(20, 0)).to.equal(60_000);
  });
});

describe('drain()', () => {
  const redis = useRedis();

  it('ends in time, though a batch never ends or Redis is gone', async () => {
    const store = await Sandbox.start({ port: false });
    const session = new Session(store.credentials);
    try {
      let isBegun = false;
      const endless = defineJob('endless', {
        source: () => Product.where({}),
        batch: () => {
          isBegun = true;
          return new Promise(() => {});
        },
      });
      const options = { jobs: [endless], stores: { session: () => session }, lockMs: 1_000 };
      await endless.enqueue({ stores: [session.storeHash ?? ''], connection: redis.client, id: 'endless' });
      const stuck = startWorker({ ...options, connection: redis.server.url });
      while (!isBegun) await sleep(20);
      const lonely = startWorker({ ...options, connection: 'redis://127.0.0.1:1' });
      const began = Date.now();
      await Promise.all([stuck.drain(100), lonely.drain(100)]);
      expect(Date.now() - began).to.be.below(4_000);
    } finally {
      await session.close();
      await store.stop();
    }
  }).timeout(10_000);
});
