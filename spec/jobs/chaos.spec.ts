import { expect } from 'chai';
import { ChaosRedis } from '../support/chaos/redis.js';
import { inFiles, onRedis } from '../support/chaos/run.js';
import { ChaosStore } from '../support/chaos/store.js';
import { hasRedis } from '../support/redis.js';

/** `npm run test:chaos` runs 50 seeds with more rows and kills. */
const SEEDS = Number(process.env['CHAOS_SEEDS'] ?? 5);
const FIRST = Number(process.env['CHAOS_FIRST'] ?? 1);
const isLong = process.env['CHAOS_SEEDS'] !== undefined;
const shape = isLong ? { count: 120, kills: 8, redisKills: 2 } : { count: 30, kills: 2, redisKills: 0 };

describe('a job whose processes are killed does every row as if once, by what the store wrote', function () {
  this.timeout(180_000);
  let store: ChaosStore;
  before(async () => {
    store = await ChaosStore.start();
  });
  after(() => store.stop());

  it('without Redis', async () => {
    for (let seed = FIRST; seed < FIRST + (isLong ? SEEDS : 2); seed++) {
      const { wrong, kills, repeated } = await inFiles(store, { seed, ...shape });
      if (isLong) console.log('file', seed, { kills, repeated }, wrong);
      expect(wrong, `seed ${seed}`).to.deep.equal([]);
    }
  }).timeout(isLong ? SEEDS * 60_000 : 60_000);

  describe('on Redis', () => {
    let redis: ChaosRedis;
    before(async function () {
      if (!hasRedis()) this.skip();
      redis = await ChaosRedis.start();
    });
    after(() => redis?.stop());

    it('which is killed too', async () => {
      for (let seed = FIRST; seed < FIRST + (isLong ? SEEDS : 3); seed++) {
        const { wrong, kills, repeated } = await onRedis(store, redis, { seed, ...shape });
        if (isLong) console.log('redis', seed, { kills, repeated }, wrong);
        expect(wrong, `seed ${seed}`).to.deep.equal([]);
      }
    }).timeout(isLong ? SEEDS * 120_000 : 90_000);

    it('which comes back as it was a second ago: creates are not doubled', async () => {
      for (let seed = FIRST; seed < FIRST + (isLong ? Math.ceil(SEEDS / 5) : 1); seed++) {
        const { wrong, kills } = await onRedis(store, redis, { seed, ...shape, kills: 1, redisKills: 1, isRolledBack: true });
        if (isLong) console.log('rolled back', seed, { kills }, wrong);
        expect(wrong, `seed ${seed}`).to.deep.equal([]);
      }
    }).timeout(isLong ? SEEDS * 60_000 : 60_000);
  });
});
