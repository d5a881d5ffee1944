import { ConfigurationError, Session } from 'bigrecord';
import { redisBudget } from 'bigrecord/redis';
import { Sandbox } from 'bigrecord/sandbox';
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { RedisServer, useRedis } from '../support/redis.js';
import { rejection } from '../support/rejection.js';
import { CANARY } from '../support/secrets.js';

const get = (session: Session, id: number, signal?: AbortSignal) => session.get(`/catalog/products/${id}`, signal && { signal });
const inBulk = (session: Session, id: number) =>
  session.send({ method: 'GET', version: 'v3', path: `/catalog/products/${id}`, query: {}, priority: 'bulk' });

describe('a budget in Redis', () => {
  const redis = useRedis();
  let store: Sandbox;
  const sessions: Session[] = [];

  /** A session as another process would have it: what it knows of the quota, it knows from Redis. */
  const process = (given: Redis | string = redis.server.url): Session => {
    const session = new Session({ ...store.credentials, rateLimit: redisBudget(given) });
    sessions.push(session);
    return session;
  };
  const refused = (): number => store.requests.filter(({ status }) => status === 429).length;
  /** The key of this store: a session that was ended may still tell of another. */
  const keyOf = (prefix = 'bigrecord'): string => `${prefix}:quota:{${store.credentials.baseUrl}/stores/${store.credentials.storeHash}}`;

  beforeEach(async () => {
    store = await Sandbox.start({ accessToken: CANARY, rateLimit: { quota: 20, windowMs: 400 } });
  });
  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.close({ abort: true });
    await store.stop();
  });

  it('is one for all who ask: together they ask for no more than the store allows', async () => {
    const all = [process(), process(), process(redis.client)];
    await Promise.all(all.flatMap((session) => Array.from({ length: 20 }, (_, at) => get(session, at + 1))));
    expect(store.requests).to.have.length(60);
    expect(refused()).to.equal(0);
  });

  it('tells each process what the others have learnt', async () => {
    await store.stop();
    store = await Sandbox.start({ accessToken: CANARY, rateLimit: { quota: 20, windowMs: 30_000 } });
    const [one, other] = [process(), process()];
    for (let id = 1; id <= 5; id++) await get(one, id);
    await get(other, 6);
    expect(other.rateLimit).to.deep.include({ quota: 20, windowMs: 30_000, left: 14, waiting: 0 });
  });

  it('lets everybody wait for the moment that one of them was told', async () => {
    const [one, other] = [process(), process()];
    await get(one, 1);
    store.fail({ status: 429, times: 1 });
    const waits: number[] = [];
    other.on('throttle', ({ waitMs }) => waits.push(waitMs));
    const first = get(one, 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all([first, get(other, 2)]);
    expect(refused()).to.equal(1);
    expect(waits).to.have.length(1);
    expect(waits[0]).to.be.within(1, 1500);
  });

  it('lets interactive requests go before bulk ones', async () => {
    const session = process();
    await get(session, 1);
    const done: string[] = [];
    const bulk = Array.from({ length: 30 }, (_, at) => inBulk(session, at + 1).then(() => done.push('bulk')));
    const interactive = get(session, 40).then(() => done.push('interactive'));
    await Promise.all([...bulk, interactive]);
    expect(done.indexOf('interactive')).to.be.below(15);
  });

  it('lets go of a request that is aborted while it waits, and of nothing else', async () => {
    const session = process();
    await get(session, 1);
    const controller = new AbortController();
    const waiting = Array.from({ length: 40 }, (_, at) => get(session, at + 1, controller.signal).catch((error: Error) => error));
    const kept = get(session, 50);
    setTimeout(() => controller.abort(new Error('enough')), 60);
    const results = await Promise.all(waiting);
    expect(results.filter((result) => result instanceof Error && result.message === 'enough').length).to.be.above(10);
    expect((await kept).status).to.equal(200);
    await Promise.all(Array.from({ length: 10 }, (_, at) => get(session, at + 1)));
    expect(refused()).to.equal(0);
  });

  it('forgets the requests of a process that is gone', async () => {
    await get(process(), 1);
    const key = keyOf();
    const known = JSON.parse((await redis.client.get(key)) ?? '');
    await redis.client.set(key, JSON.stringify({ ...known, processes: { gone: [20, Date.now() - 130_000] } }));
    const session = process();
    // Its 20 requests would use up the quota: nobody could go before another answer came.
    await get(session, 2);
    expect(Object.keys(JSON.parse((await redis.client.get(key)) ?? '').processes)).to.deep.equal([]);
  });

  it('keeps one key a store, for ten minutes, without a credential', async () => {
    const session = new Session({ ...store.credentials, rateLimit: redisBudget(redis.client, { prefix: 'shop' }) });
    sessions.push(session);
    await get(session, 1);
    const key = keyOf('shop');
    expect(await redis.client.keys('shop:*')).to.deep.equal([key]);
    expect(await redis.client.pttl(key)).to.be.within(500_000, 600_000);
    expect(await redis.client.get(key)).to.not.include(CANARY);
  });

  it('is used again once Redis is back', async function () {
    this.timeout(15_000);
    const other = await RedisServer.start();
    const session = process(other.url);
    await get(session, 1);
    await other.stop();
    await get(session, 2);
    await other.start();
    await new Promise((resolve) => setTimeout(resolve, 5100));
    await get(session, 3);
    const looking = new Redis(other.url);
    expect(await looking.keys('*')).to.have.length(1);
    looking.disconnect();
    await other.stop();
  });

  it('goes alone where the key holds something else, and warns', async () => {
    const session = process();
    await get(session, 1);
    const key = keyOf();
    await redis.client.set(key, 'not ours');
    expect((await get(session, 2)).status).to.equal(200);
    expect(await redis.client.get(key)).to.equal('not ours');
  });
});

describe('redisBudget', () => {
  it('says what it takes', () => {
    expect(() => redisBudget(undefined as never)).to.throw(ConfigurationError, /an ioredis client or an address such as/);
    expect(() => redisBudget({} as never)).to.throw(ConfigurationError, /ioredis client/);
  });

  it('is no budget itself: a session says what rateLimit takes', () => {
    const options = { storeHash: 'abc', accessToken: 'x' };
    expect(() => new Session({ ...options, rateLimit: true as never })).to.throw(ConfigurationError, /rateLimit must be false, a budget/);
    expect(() => new Session({ ...options, rateLimit: {} as never })).to.throw(ConfigurationError, /rateLimit must be false, a budget/);
  });

  it('with an address that is none, fails as a Redis that is not there', async () => {
    const store = await Sandbox.start();
    const session = new Session({ ...store.credentials, rateLimit: redisBudget('redis://no-such-host.invalid') });
    expect((await session.get('/catalog/products/1')).status).to.equal(200);
    expect(await rejection(session.get('/catalog/products/99999'))).to.have.property('name', 'RecordNotFoundError');
    await session.close();
    await store.stop();
  });
});
