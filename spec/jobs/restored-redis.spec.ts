import { expect } from 'chai';
import { Session } from '../../lib/index.js';
import { startWorker } from '../../lib/jobs/index.js';
import { CHAOS_JOBS } from '../support/chaos/jobs.js';
import { wrongs } from '../support/chaos/judge.js';
import { ChaosRedis } from '../support/chaos/redis.js';
import { ChaosStore } from '../support/chaos/store.js';
import { hasRedis } from '../support/redis.js';

const ROWS = 40;

describe('a Redis that comes back as it was a moment ago', () => {
  let redis: ChaosRedis;
  let store: ChaosStore;

  before(async function () {
    if (!hasRedis()) this.skip();
    redis = await ChaosRedis.start();
    store = await ChaosStore.start();
  });
  after(async () => {
    await store?.stop();
    await redis?.stop();
  });

  it('leads to no doubled creates: what it does not know of is looked up', async () => {
    store.reset(1, { create: 0 });
    let posts = 0;
    let restored: Promise<void> | undefined;
    const session = new Session({ storeHash: 'create', accessToken: 'token', baseUrl: store.url });
    session.use(async (request, next) => {
      if (request.method !== 'POST') return next(request);
      posts++;
      // After the first batch was kept, and in the third one.
      if (posts === 11) redis.remember();
      const response = await next(request);
      if (posts >= 25) restored ??= redis.rollBack();
      return response;
    });
    const worker = startWorker({
      jobs: [CHAOS_JOBS.create],
      connection: redis.url,
      stores: { session: () => session },
      lockMs: 600,
      inFlightMs: 50,
    });
    try {
      const run = await CHAOS_JOBS.create.enqueue({ stores: ['create'], params: { count: ROWS }, connection: redis.url, id: 'restored' });
      while (restored === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
      await restored;
      const back = (await run.report()).done;
      expect(back, 'what Redis has forgotten').to.be.below(20);
      expect(wrongs(store, 'create', ROWS, await run.finished())).to.deep.equal([]);
    } finally {
      await worker.drain(500);
      await session.close();
    }
  }).timeout(20_000);
});
