import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ConfigurationError, Session } from 'bigrecord';
import { type RedisClient, redisBudget } from 'bigrecord/redis';
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
  const process = (given: RedisClient | string = redis.server.url): Session => {
    const session = new Session({ ...store.credentials, rateLimit: redisBudget(given) });
    sessions.push(session);
    return session;
  };
  const refused = (): number => store.requests.filter(({ status }) => status === 429).length;
  /** The key of this store: a session that was ended may still tell of another. */
  const keyOf = (prefix = 'bigrecord'): string => `${prefix}:limits:{${store.credentials.baseUrl}/stores/${store.credentials.storeHash}}`;

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
    await redis.client.zadd(`${key}:heard`, Date.now() - 4100, 'gone');
    await redis.client.hset(`${key}:held`, 'gone', 20);
    await redis.client.hincrby(key, 'total', 20);
    const session = process();
    // Its 20 requests would use up the quota: nobody could go before the window is over, and then neither.
    await get(session, 2);
    expect(await redis.client.hget(`${key}:held`, 'gone')).to.equal(null);
    expect(await redis.client.zscore(`${key}:heard`, 'gone')).to.equal(null);
  });

  it('keeps its keys on one node, for ten minutes, without a credential', async () => {
    const session = new Session({ ...store.credentials, rateLimit: redisBudget(redis.client, { prefix: 'shop' }) });
    sessions.push(session);
    await get(session, 1);
    const key = keyOf('shop');
    const keys = await redis.client.keys('shop:*');
    expect(keys).to.include(key);
    for (const each of keys) {
      expect(each).to.match(/^shop:limits:\{[^}]*\}(:\w+)?$/);
      expect(await redis.client.pttl(each)).to.be.within(500_000, 600_000);
    }
    expect(JSON.stringify(await redis.client.hgetall(key))).to.not.include(CANARY);
  });

  it('is used again once Redis is back', async function () {
    this.timeout(30_000);
    const other = await RedisServer.start();
    const session = process(other.url);
    await get(session, 1);
    await other.stop();
    await get(session, 2);
    await other.start();
    const looking = new Redis(other.url);
    for (let at = 3; at < 23 && !(await looking.keys('*')).includes(keyOf()); at++) {
      await get(session, at);
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    expect(await looking.keys('*')).to.include(keyOf());
    looking.disconnect();
    await other.stop();
  });

  it('heals keys that hold something else', async () => {
    const [one, other] = [process(), process()];
    await get(one, 1);
    const key = keyOf();
    const names = ['', ':heard', ':held', ':places'].map((suffix) => `${key}${suffix}`);
    for (const junk of [
      ...names.map((name) => () => redis.client.set(name, 'not ours')),
      ...names.map((name) => () => redis.client.multi().del(name).rpush(name, 'nor this').exec()),
      () => redis.client.hset(key, { quota: 'many', left: 'nan', ends: '1e300', window: '-1', total: 'x', paused: 'inf', retries: '{}' }),
      () => redis.client.hset(key, { total: 9999, lates: 1e9, ends: Date.now() + 1e9 }),
      () => redis.client.hset(`${key}:held`, { nobody: 5000, other: 'x' }),
      () => redis.client.zadd(`${key}:heard`, 1e15, 'from the future'),
    ]) {
      await junk();
      expect((await get(one, 2)).status).to.equal(200);
      expect((await get(other, 2)).status).to.equal(200);
    }
    expect(await redis.client.type(key)).to.equal('hash');
    expect(Number(await redis.client.hget(key, 'quota'))).to.equal(20);
    expect(refused()).to.equal(0);
  });

  it('shares the limits of operations', async () => {
    store.latency = 40;
    let most = 0;
    let running = 0;
    const all = [process(), process(), process()];
    for (const session of all) {
      session.on('request', ({ method }) => method === 'PUT' && (most = Math.max(most, ++running)));
      session.on('response', ({ method }) => method === 'PUT' && running--);
    }
    // Two at once, in all processes together.
    const put = (session: Session) => session.put('/pricelists/1/records', { body: [] }).catch(() => undefined);
    await Promise.all(all.flatMap((session) => [put(session), put(session), put(session)]));
    expect(most).to.equal(2);
    // Places that nobody needs any more are given back.
    for (let looks = 0; looks < 200; looks++) {
      const places = Object.keys(await redis.client.hgetall(`${keyOf()}:places`)).filter((name) => name.includes('\n'));
      if (places.length === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect.fail('places are still held');
  });

  it('shares the retries that a failing store may cost', async () => {
    const [one, other] = [process(), process()];
    await get(one, 1);
    await redis.client.hset(keyOf(), { retries: 1, retriesAt: Date.now() });
    store.fail({ status: 503, times: 8 });
    const once = { retry: { baseMs: 1, limit: 5 } };
    const failures = await Promise.all([one, other].map((session) => rejection(session.get('/catalog/products/1', once))));
    expect(failures.map(({ name }) => name)).to.deep.equal(['ServerError', 'ServerError']);
    // One retry for both.
    expect(store.requests.filter(({ status }) => status === 503)).to.have.length(3);
  });

  it('takes a busy event loop for no outage', async () => {
    const session = process();
    await get(session, 1);
    const warnings: Error[] = [];
    const note = (warning: Error): number => warnings.push(warning);
    globalThis.process.on('warning', note);
    const going = get(session, 2);
    await new Promise((resolve) => setImmediate(resolve));
    for (const end = performance.now() + 800; performance.now() < end; );
    await going;
    await get(session, 3);
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.process.off('warning', note);
    expect(warnings.map(({ message }) => message).filter((message) => message.includes('Redis'))).to.deep.equal([]);
    expect((await redis.client.hgetall(`${keyOf()}:held`)) ?? {}).to.be.an('object');
  });

  it('waits for a Redis that is slow, and sends nothing besides what it is given', async () => {
    let isSlow = false;
    const sent: number[] = [];
    const slow = {
      eval: async (...args: Parameters<RedisClient['eval']>): Promise<unknown> => {
        if (isSlow) await delay(1300);
        sent.push(store.requests.length);
        return redis.client.eval(...args);
      },
    };
    const session = process(slow);
    await get(session, 1);
    const warnings: Error[] = [];
    const note = (warning: Error): number => warnings.push(warning);
    globalThis.process.on('warning', note);
    isSlow = true;
    await get(session, 2);
    expect(sent.at(-1)).to.equal(1);
    expect(warnings.map(({ message }) => message).filter((message) => message.includes('Redis'))).to.deep.equal([]);
    globalThis.process.off('warning', note);
  });

  it('gives what a killed process held to its successor within five seconds', async function () {
    this.timeout(20_000);
    await store.stop();
    store = await Sandbox.start({ accessToken: CANARY, rateLimit: { quota: 20, windowMs: 60_000 } });
    await get(process(), 1);
    const { baseUrl = '', storeHash, accessToken } = store.credentials;
    const options = JSON.stringify({ baseUrl, storeHash, accessToken, concurrency: 1, retry: false });
    // One request on its way, and the turns for twelve others in the hands of the process.
    const script = `const { Session } = await import(${JSON.stringify(import.meta.resolve('bigrecord'))});
      const { redisBudget } = await import(${JSON.stringify(import.meta.resolve('bigrecord/redis'))});
      const session = new Session({ ...${options}, rateLimit: redisBudget(${JSON.stringify(redis.server.url)}) });
      await Promise.all(Array.from({ length: 13 }, () => session.get('/catalog/products/1')));`;
    store.latency = 60_000;
    const child = spawn(globalThis.process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
    const held = async (): Promise<number> => (await redis.client.hvals(`${keyOf()}:held`)).reduce((sum, each) => sum + Number(each), 0);
    while ((await held()) < 13) await delay(20);
    child.kill('SIGKILL');
    await once(child, 'exit');
    store.latency = 0;
    const begun = performance.now();
    const successor = process();
    await Promise.all(Array.from({ length: 10 }, () => get(successor, 1)));
    expect(performance.now() - begun).to.be.below(5000);
    expect(refused()).to.equal(0);
  });

  it('gives each process its part of the quota while Redis is away', async () => {
    const other = await RedisServer.start();
    const all = [process(other.url), process(other.url)];
    for (const session of all) await get(session, 1);
    for (const session of all) await get(session, 1);
    await other.stop();
    await Promise.all(all.flatMap((session) => Array.from({ length: 15 }, (_, at) => get(session, at + 1))));
    expect(refused()).to.equal(0);
  });

  it('shares with worker threads', async () => {
    const { baseUrl = '', storeHash, accessToken } = store.credentials;
    const entry = (name: string): string => JSON.stringify(import.meta.resolve(name));
    const script = `const { Session } = await import(${entry('bigrecord')});
      const { redisBudget } = await import(${entry('bigrecord/redis')});
      const session = new Session({ ...${JSON.stringify({ baseUrl, storeHash, accessToken })}, rateLimit: redisBudget(${JSON.stringify(redis.server.url)}) });
      await Promise.all(Array.from({ length: 20 }, () => session.get('/catalog/products/1')));`;
    const threads = [1, 2].map(() => new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`)));
    const codes = await Promise.all(
      threads.map((thread) => new Promise((resolve, reject) => thread.on('exit', resolve).on('error', reject))),
    );
    expect(codes).to.deep.equal([0, 0]);
    expect(store.requests).to.have.length(40);
    expect(refused()).to.equal(0);
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
