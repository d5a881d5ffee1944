import { RateLimitError, Session } from 'bigrecord';
import { Product } from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { json, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';
import { useStore } from '../support/store.js';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('the rate budget', function () {
  this.timeout(30_000);
  const QUOTA = 60;
  const WINDOW_MS = 1000;
  // A hash of its own: a port that another spec's store had before would bring that store's budget with it.
  const context = useStore({ storeHash: 'budgeted', rateLimit: { quota: QUOTA, windowMs: WINDOW_MS } }, { retry: { baseMs: 5, limit: 3 } });
  const refused = (): number => context.store.requests.filter(({ status }) => status === 429).length;
  const bulk = (count: number, session = context.session): Promise<unknown> =>
    Promise.all(
      range(count).map((id) =>
        session.send({ method: 'GET', version: 'v2', path: `/products/${1 + (id % 60)}`, query: {}, priority: 'bulk' }),
      ),
    );

  it('lets a job of 240 requests use the whole quota, and never more: no 429', async () => {
    const lefts: number[] = [];
    context.session.use(async (request, next) => {
      const answer = await next(request);
      lefts.push(Number(answer.headers['x-rate-limit-requests-left']));
      return answer;
    });
    await bulk(240);
    expect(refused()).to.equal(0);
    // The store tells with each answer how much was left. A machine at leisure leaves 3, a busy one comes late with some.
    expect(Math.min(...lefts)).to.be.at.most(0.25 * QUOTA);
  });

  it('is shared by all sessions of a store and all jobs', async () => {
    const other = new Session(context.store.credentials);
    await Promise.all(range(20).map((job) => bulk(6, job % 2 === 0 ? other : context.session)));
    expect(refused()).to.equal(0);
    expect(other.rateLimit.quota).to.equal(QUOTA);
    await other.close();
  });

  it('follows the answers when another client uses the quota too', async () => {
    const { baseUrl, storeHash, accessToken } = context.store.credentials;
    let isOver = false;
    const foreign = (async () => {
      while (!isOver) {
        await fetch(`${baseUrl}/stores/${storeHash}/v2/time`, { headers: { 'x-auth-token': accessToken } });
        await pause(Math.random() * 40);
      }
    })();
    const before = context.store.requests.length;
    await bulk(160);
    isOver = true;
    await foreign;
    const own = context.store.requests.slice(before).filter(({ path, status }) => path.startsWith('/v2/products') && status === 429);
    expect(own.length).to.be.at.most(4);
  });

  it('lets whoever waits for an answer go before a job', async () => {
    const job = bulk(160);
    await pause(WINDOW_MS * 0.3);
    await v3.Product.find(1);
    expect(context.session.rateLimit.waiting).to.be.greaterThan(0);
    const at = context.store.requests.findIndex(({ path }) => path === '/v3/catalog/products/1');
    expect(at).to.be.within(0, 2 * QUOTA - 1);
    await job;
  });

  it('counts an attempt that ended without an answer: the store may have done so', async () => {
    await context.session.get('/catalog/products/1');
    const { left = 0 } = context.session.rateLimit;
    context.store.fail({ reset: 'after', times: 1 });
    await rejection(context.session.get('/catalog/products/1', { retry: false }));
    expect(context.session.rateLimit.left).to.equal(left - 1);
  });

  it('does not take an answer of the window before for one of this', async () => {
    const headers = (left: number, resetMs: number) => ({
      'X-Rate-Limit-Requests-Quota': '10',
      'X-Rate-Limit-Requests-Left': String(left),
      'X-Rate-Limit-Time-Window-Ms': '2000',
      'X-Rate-Limit-Time-Reset-Ms': String(resetMs),
    });
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const server = await serve(async (request, response) => {
      const isSlow = request.url?.endsWith('/slow') ?? false;
      if (isSlow) await held;
      response.writeHead(200, isSlow ? headers(0, 5) : headers(5, 100)).end('{}');
    });
    const session = server.session();
    const slow = session.get('/slow');
    await session.get('/fast');
    await pause(130);
    expect(session.rateLimit).to.deep.include({ quota: 10, left: 9 });
    release();
    await slow;
    expect(session.rateLimit.left).to.equal(10);
    expect(session.rateLimit.resetMs).to.be.above(1000);
    await server.close();
  });

  it('shows its state, and tells of waits with their reason', async () => {
    const waits: { waitMs: number; reason: string }[] = [];
    context.session.on('throttle', ({ waitMs, reason }) => waits.push({ waitMs, reason }));
    expect(context.session.rateLimit).to.deep.equal({
      quota: undefined,
      left: undefined,
      windowMs: undefined,
      resetMs: undefined,
      waiting: 0,
    });
    await Product.find(1);
    const { quota, left, windowMs, resetMs } = context.session.rateLimit;
    expect([quota, left, windowMs]).to.deep.equal([QUOTA, QUOTA - 1, WINDOW_MS]);
    expect(resetMs).to.be.within(1, WINDOW_MS + 10);
    await bulk(200);
    expect(waits.length).to.be.greaterThan(20);
    expect(waits.every(({ reason, waitMs }) => reason === 'quota' && waitMs >= 0)).to.equal(true);
  });

  it('a waiter that is aborted leaves at once, and no request of it is sent', async () => {
    const job = bulk(150);
    await pause(100);
    const abort = new AbortController();
    const waiting = rejection(
      context.session.send({ method: 'GET', version: 'v2', path: '/customers/1', query: {}, priority: 'bulk', signal: abort.signal }),
    );
    await pause(20);
    const { waiting: before } = context.session.rateLimit;
    abort.abort(new Error('enough'));
    expect(context.session.rateLimit.waiting).to.equal(before - 1);
    expect((await waiting).message).to.equal('enough');
    expect(context.session.rateLimit.waiting).to.be.above(0);
    await job;
    expect(context.store.requests.some(({ path }) => path === '/v2/customers/1')).to.equal(false);
  });

  it('waiting for the quota does not count as the time of the operation', async () => {
    // Four windows and more: the last of them wait for twice as long as an operation may take.
    const slow = new Session({ ...context.store.credentials, timeout: { total: 2000 }, retry: { limit: 1, baseMs: 1 } });
    await bulk(260, slow);
    expect(refused()).to.equal(0);
    await slow.close();
  });

  it('keeps the session of the waiter, whoever lets it go', async () => {
    const stores = await Promise.all(
      [1, 2].map(
        (at) =>
          context.store &&
          import('bigrecord/sandbox').then(({ Sandbox }) =>
            Sandbox.start({ storeHash: `s${at}`, accessToken: `token-of-s${at}`, rateLimit: { quota: 40, windowMs: 300 } }),
          ),
      ),
    );
    const sessions = stores.map((store) => new Session(store.credentials));
    await Promise.all(range(160).map((each) => (sessions[each % 2] as Session).run(async () => Product.find(1 + (each % 60)))));
    for (const store of stores) expect(store.requests.every(({ status }) => status === 200)).to.equal(true);
    await Promise.all([...sessions.map((session) => session.close()), ...stores.map((store) => store.stop())]);
  });

  it('can be left out, or be one of your own', async () => {
    const seen: unknown[] = [];
    const own = new Session({
      ...context.store.credentials,
      rateLimit: {
        acquire: (priority) => void seen.push(priority),
        release: ({ status }) => void seen.push(status),
        state: { quota: 1, left: 1, windowMs: 1, resetMs: 1, waiting: 0 },
      },
    });
    await Product.using(own).find(1);
    expect(seen).to.deep.equal(['interactive', 200]);
    const none = new Session({ ...context.store.credentials, rateLimit: false, retry: false });
    const results = await Promise.allSettled(range(200).map(() => none.get('/products/1', { version: 'v2' })));
    expect(results.some((result) => result.status === 'rejected' && result.reason instanceof RateLimitError)).to.equal(true);
    await Promise.all([own.close(), none.close()]);
  });
});

describe('after a 429', () => {
  it('the time that it names is believed, also where the window was to last longer', async () => {
    const quota = { 'x-rate-limit-requests-quota': '150', 'x-rate-limit-requests-left': '100', 'x-rate-limit-time-window-ms': '30000' };
    const server = await serve((_, response, number) => {
      if (number === 2) json(response, {}, 429, { 'x-rate-limit-time-reset-ms': '20' });
      else json(response, { data: [] }, 200, { ...quota, 'x-rate-limit-time-reset-ms': '29000' });
    });
    const session = server.session({ storeHash: 'reset-sooner' });
    await session.get('/x');
    const begun = performance.now();
    await session.get('/x');
    await session.get('/x');
    expect(performance.now() - begun).to.be.below(15_000); // not the 29 seconds of the first answer
    expect(server.requests).to.have.length(4);
    await server.close();
  });

  it('everybody waits for the same moment, and one request at most is wasted a window', async function () {
    this.timeout(10_000);
    let refusals = 0;
    const until = Date.now() + 400;
    const server = await serve((_, response) => {
      const headers = {
        'x-rate-limit-time-reset-ms': String(Math.max(1, until - Date.now())),
        'x-rate-limit-requests-left': '0',
        'x-rate-limit-requests-quota': '100',
        'x-rate-limit-time-window-ms': '400',
      };
      if (Date.now() < until) {
        refusals++;
        json(response, {}, 429, headers);
      } else json(response, { data: 1 }, 200, { ...headers, 'x-rate-limit-requests-left': '90', 'x-rate-limit-time-reset-ms': '400' });
    });
    const session = server.session({ concurrency: 4 });
    await Promise.all(range(60).map(() => session.get('/x')));
    expect(refusals).to.be.at.most(8);
    await server.close();
  });
});

describe('an overloaded store that says nothing of a quota', () => {
  it('is asked for less at once, and for more again when it answers', async function () {
    this.timeout(15_000);
    let inside = 0;
    let refused = 0;
    const most: number[] = [];
    const server = await serve((_, response) => {
      most.push(++inside);
      setTimeout(() => {
        if (inside-- > 3 && refused < 12) {
          refused++;
          json(response, {}, 429);
        } else json(response, { data: 1 });
      }, 25);
    });
    const session = server.session({ storeHash: 'overloaded', concurrency: 8, retry: { limit: 6, baseMs: 5 } });
    await Promise.all(range(80).map(() => session.get('/x')));
    expect(refused).to.be.within(1, 11);
    expect(Math.max(...most.slice(0, 8))).to.equal(8);
    const after = most.slice(8, 20);
    expect(Math.max(...after)).to.be.below(8);
    await server.close();
  });
});

describe('operations of which the platform takes so many at once', () => {
  const context = useStore({ latency: 15 });

  it('are let through no faster', async () => {
    let inside = 0;
    let most = 0;
    context.session.use(async (request, next) => next(request));
    context.session.on('request', ({ method }) => method === 'PUT' && (most = Math.max(most, ++inside)));
    context.session.on('response', ({ method }) => method === 'PUT' && inside--);
    await Promise.all(range(12).map((id) => v3.Customer.update(id, { first_name: 'X' })));
    expect(most).to.equal(3);
  });
});

describe('closing a session', () => {
  const context = useStore({ latency: 30 });

  it('waits for what is under way, and refuses what is new', async () => {
    const session = new Session(context.store.credentials);
    const answer = session.get('/products/1', { version: 'v2' });
    const closed = session.close();
    await rejection(session.get('/products/1', { version: 'v2' }));
    await closed;
    expect((await answer).status).to.equal(200);
    expect(context.store.requests).to.have.length(1);
  });

  it('ends what is under way when told to', async () => {
    const session = new Session(context.store.credentials);
    const answers = Promise.allSettled([
      session.get('/products/1', { version: 'v2' }),
      Product.using(session).all({ signal: new AbortController().signal }),
    ]);
    await pause(10);
    await session.close({ abort: true });
    expect((await answers).every(({ status }) => status === 'rejected')).to.equal(true);
  });

  it('can be left to the end of a block', async () => {
    const session = new Session(context.store.credentials);
    expect(session[Symbol.asyncDispose]).to.be.a('function');
    await session[Symbol.asyncDispose]();
    await rejection(session.get('/x'));
  });
});

describe('a bad minute', () => {
  it('never becomes a storm: what failures may cost is bounded for the store', async () => {
    const server = await serve((_, response) => json(response, {}, 503));
    const session = server.session({ retry: { limit: 5, baseMs: 1 } });
    await Promise.allSettled(range(200).map(() => session.get('/x')));
    expect(server.requests.length).to.be.at.most(200 + 50 + 5); // a little is granted again with time
    await server.close();
  });

  it('a deletion whose answer was lost is done when the second finds nothing', async () => {
    let number = 0;
    const server = await serve((_, response) => {
      if (++number === 1) response.destroy();
      else json(response, {}, 404);
    });
    const session = server.session();
    expect((await session.delete('/x')).status).to.equal(204);
    await rejection(session.delete('/x'));
    await server.close();
  });
});
