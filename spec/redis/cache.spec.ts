import { Session } from 'bigrecord';
import { redisCache } from 'bigrecord/redis';
import { Sandbox } from 'bigrecord/sandbox';
import { Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { RedisServer, useRedis } from '../support/redis.js';
import { CANARY } from '../support/secrets.js';
import { sentBy } from '../support/store.js';

describe('a cache in Redis', function () {
  // A cache that does not respond within 500 ms is left alone for a while: a machine that stalls for as long is no failure.
  this.retries(2);
  const redis = useRedis();
  let store: Sandbox;
  const sessions: Session[] = [];

  /** A session as another process would have it. */
  const process = (): Session => {
    const session = new Session({ ...store.credentials, cache: { ttlMs: 60_000, store: redisCache(redis.server.url) }, retry: false });
    sessions.push(session);
    return session;
  };

  beforeEach(async () => {
    store = await Sandbox.start({ accessToken: CANARY });
  });
  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.close({ abort: true });
    await store.stop();
  });

  it('answers one process what another has asked', async () => {
    await Product.using(process()).where({ is_visible: true }).all();
    const [one, other] = [process(), process()];
    expect(
      await sentBy(store, async () => [await Product.using(one).where({ is_visible: true }).all(), await other.get('/catalog/products/1')]),
    ).to.have.length(1);
  });

  it('is forgotten by all when one of them writes', async () => {
    const [one, other] = [process(), process()];
    await Product.using(other).find(1);
    await Product.using(one).update(1, { name: 'Changed' });
    expect((await Product.using(other).find(1)).name).to.equal('Changed');
  });

  it('lets an answer go after its time', async () => {
    await process().get('/catalog/products/1');
    const keys = await redis.client.keys('bigrecord:response:*');
    expect(keys).to.have.length(1);
    expect(await redis.client.pttl(keys[0] as string)).to.be.within(50_000, 60_000);
    expect((await redis.client.keys('*')).join()).to.not.include(CANARY);
  });

  it('is passed by while Redis is frozen: no call fails or hangs', async () => {
    const other = await RedisServer.start();
    const session = new Session({ ...store.credentials, cache: { ttlMs: 60_000, store: redisCache(other.url, { prefix: 'x' }) } });
    sessions.push(session);
    await session.get('/catalog/products/1');
    other.freeze();
    const begun = performance.now();
    for (let id = 1; id <= 5; id++) expect((await session.get(`/catalog/products/${id}`)).status).to.equal(200);
    expect(performance.now() - begun).to.be.below(2000);
    await other.stop();
  });
});
