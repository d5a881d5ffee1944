import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { Session } from '../../lib/index.js';
import { defineJob, startWorker } from '../../lib/jobs/index.js';
import { Product } from '../../lib/resources/v3/index.js';
import { CHAOS_JOBS } from '../support/chaos/jobs.js';
import { wrongs } from '../support/chaos/judge.js';
import { ChaosStore } from '../support/chaos/store.js';
import { serve } from '../support/http-server.js';
import { useProducts } from '../support/products.js';
import { hasRedis, type RedisServer } from '../support/redis.js';
import { RedisGroup } from '../support/redis-group.js';
import { RedisProxy } from '../support/redis-proxy.js';
import { rejection } from '../support/rejection.js';
import { until } from '../support/waiting.js';

describe('jobs on a cluster of Redis', () => {
  const products = useProducts(20);
  let group: RedisGroup;

  before(async function () {
    if (!hasRedis()) this.skip();
    group = await RedisGroup.cluster();
  });
  after(async () => group?.stop());

  const reprice = defineJob('reprice', {
    source: () => Product.where({}),
    each: (product: Product) => {
      if (product.id === 3) throw new Error('Not this one');
      product.price += 1;
    },
  });

  it('are worked, retried, paused and reverted as on one server', async () => {
    const { session } = products;
    const hash = session.storeHash ?? '';
    const before = await Product.using(session).where({}).pluck('price');
    const connection = group.client();
    const worker = startWorker({ jobs: [reprice], connection: group.client(), stores: { session: () => session }, lockMs: 1_000 });
    try {
      const run = await reprice.enqueue({ stores: [hash], connection, id: 'spring' });
      expect(await run.finished()).to.include({ state: 'completed', succeeded: 19, failed: 1 });
      expect(await Product.using(session).where({}).pluck('price')).to.deep.equal(
        before.map((price, at) => (at === 2 ? price : Number(price) + 1)),
      );
      await run.retry();
      expect(await run.finished()).to.include({ state: 'completed', succeeded: 19, failed: 1 });
      await run.pause();
      await run.resume();
      expect(await run.revert()).to.include({ succeeded: 19, failed: 0 });
      expect(await Product.using(session).where({}).pluck('price')).to.deep.equal(before);
    } finally {
      await worker.drain(1_000);
    }
  }).timeout(30_000);

  it('need a client of the cluster, and say so', async () => {
    for (const { url } of group.servers) {
      const refused = await rejection(reprice.enqueue({ stores: ['abc'], connection: url, id: 'plain' }));
      expect(String(refused)).to.match(/^ConfigurationError: This Redis is a cluster: `connection` must be a client of it/);
    }
  });

  it('need a hash tag in a prefix of their own, and say so', async () => {
    const connection = group.client();
    const refused = await rejection(reprice.enqueue({ stores: ['abc'], connection, prefix: 'shop', id: 'tag' }));
    expect(String(refused)).to.match(/^ArgumentError: `prefix` needs a hash tag on a Redis cluster.*'\{shop\}' instead of 'shop'/);
  });
});

describe('a replica that takes the place of Redis', () => {
  const ROWS = 40;
  const IN_FLIGHT_MS = 2_000;
  let store: ChaosStore;
  let group: RedisGroup;
  let proxy: RedisProxy | undefined;

  before(async function () {
    if (!hasRedis()) this.skip();
    store = await ChaosStore.start();
  });
  after(async () => store?.stop());
  beforeEach(async () => {
    group = await RedisGroup.replicated();
  });
  afterEach(async () => {
    await proxy?.stop();
    await group?.stop();
  });

  /** Creates rows on this Redis, and calls back before the worker starts, and when a row is under way to the store, which gets it after that. */
  const creating = async (connection: string | object, onPost: (posts: number) => Promise<void>): Promise<void> => {
    store.reset(1, { create: 0 });
    let posts = 0;
    let underWay = 0;
    const line = await serve(async ({ method = '', url = '', headers, body }, response) => {
      underWay++;
      if (method === 'POST') await onPost(++posts);
      const sent = { 'content-type': 'application/json', 'x-auth-token': String(headers['x-auth-token']) };
      const answer = await fetch(store.url + url, { method, headers: sent, ...(body !== '' && { body }) });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
      underWay--;
    });
    const session = new Session({ storeHash: 'create', accessToken: 'token', baseUrl: `http://127.0.0.1:${line.port}` });
    const run = await CHAOS_JOBS.create.enqueue({ stores: ['create'], params: { count: ROWS }, connection, id: 'replaced' });
    await onPost(0);
    const stores = { session: (): Session => session };
    const worker = startWorker({ jobs: [CHAOS_JOBS.create], connection, stores, lockMs: 600, inFlightMs: IN_FLIGHT_MS });
    try {
      const report = await run.finished();
      await until(() => underWay === 0);
      expect(wrongs(store, 'create', ROWS, report)).to.deep.equal([]);
    } finally {
      await worker.drain(500);
      await session.close();
      await line.close();
    }
  };

  for (const [what, lackedFrom] of [
    ['the latest steps', 11],
    ['all steps', 0],
  ] as const)
    it(`and lacks ${what} leads to no doubled creates: what it does not know of is looked up`, async () => {
      const [server, replica] = group.servers as [RedisServer, RedisServer];
      proxy = await RedisProxy.start(server);
      const { url } = proxy;
      const inCharge = group.connect(replica);
      // A Redis that has just been started is known to forget; this one has been up for long.
      await until(async () => Number(/uptime_in_seconds:(\d+)/.exec(await inCharge.info('server'))?.[1]) > 2);
      await creating(url, async (posts) => {
        if (posts === lackedFrom) {
          await group.caughtUp();
          await inCharge.replicaof('NO', 'ONE');
        }
        if (posts !== 25) return;
        proxy?.leadTo(replica);
        await sleep(IN_FLIGHT_MS / 2);
      });
    }).timeout(30_000);

  it('is found by Sentinel, and the run goes on', async () => {
    const connection = await group.watch();
    await creating(connection, async (posts) => {
      if (posts === 0) await group.caughtUp();
      if (posts === 15) await group.servers[0]?.stop();
    });
  }).timeout(60_000);
});
