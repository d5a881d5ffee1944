import type { Session } from 'bigrecord';
import { expect } from 'chai';
import { json, type Listening, serve } from '../support/http-server.js';

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
let stores = 0;

/** A store that counts as the platform does, and tells in which window each request came. */
async function counting(quota: number, windowMs: number): Promise<Listening & { came: { path: string; window: number }[] }> {
  const came: { path: string; window: number }[] = [];
  let begun = performance.now();
  let window = 0;
  let used = 0;
  const server = await serve((request, response) => {
    const now = performance.now();
    if (now - begun >= windowMs) {
      begun = now;
      used = 0;
      window++;
    }
    const isAllowed = used < quota;
    if (isAllowed) used++;
    came.push({ path: String(request.url?.split('/').at(-1)), window });
    json(response, { data: [] }, isAllowed ? 200 : 429, {
      'x-rate-limit-requests-quota': String(quota),
      'x-rate-limit-requests-left': String(quota - used),
      'x-rate-limit-time-window-ms': String(windowMs),
      'x-rate-limit-time-reset-ms': String(Math.ceil(begun + windowMs - now)),
    });
  });
  return Object.assign(server, { came });
}

describe('jobs and those who wait for an answer', function () {
  this.timeout(60_000);
  let server: Listening;
  afterEach(() => server.close());

  const ask = (session: Session, path: string, priority: 'bulk' | 'interactive', method: 'GET' | 'PUT' = 'GET') =>
    session.send({ method, version: 'v3', path, query: {}, priority });

  /** So many who ask again as soon as they are answered; where nobody stops them, they end after 600 answers. */
  function endless(session: Session, count: number, path: string, method?: 'GET' | 'PUT'): () => Promise<unknown> {
    let left = 600;
    const loops = range(count).map(async () => {
      while (left-- > 0) await ask(session, path, 'interactive', method);
    });
    return () => {
      expect(left, 'answers to others before the job was done').to.be.above(0);
      left = 0;
      return Promise.all(loops);
    };
  }

  it('a job is done although there are more interactive calls than the quota allows, without end', async () => {
    server = await counting(20, 150);
    const session = server.session({ storeHash: `fair${++stores}` });
    const stop = endless(session, 60, '/one');
    await Promise.all(range(12).map(() => ask(session, '/job', 'bulk')));
    await stop();
  });

  it('a job is done although interactive calls wait for a connection without end', async () => {
    server = await serve((_, response) => setTimeout(() => json(response, {}), 1));
    const session = server.session({ storeHash: `fair${++stores}`, concurrency: 2 });
    const stop = endless(session, 20, '/one');
    await Promise.all(range(12).map(() => ask(session, '/job', 'bulk')));
    await stop();
  });

  it('a job is done although interactive calls wait at the gate of its operation without end', async () => {
    server = await serve((_, response) => setTimeout(() => json(response, {}), 1));
    const session = server.session({ storeHash: `fair${++stores}` });
    const stop = endless(session, 20, '/customers', 'PUT');
    await Promise.all(range(12).map(() => ask(session, '/customers', 'bulk', 'PUT')));
    await stop();
  });

  it('an interactive call goes before a job that waits at the gate of an operation', async () => {
    const order: string[] = [];
    server = await serve((request, response) => {
      order.push(request.body);
      setTimeout(() => json(response, {}), 2);
    });
    const session = server.session({ storeHash: `fair${++stores}` });
    const put = (body: string, priority: 'bulk' | 'interactive') =>
      session.send({ method: 'PUT', version: 'v3', path: '/customers', query: {}, body, priority });
    const jobs = range(30).map(() => put('job', 'bulk'));
    const one = put('one', 'interactive');
    await Promise.all([...jobs, one]);
    expect(order.indexOf('"one"')).to.be.within(0, 6);
  });

  it('a job leaves a part of each window to interactive calls: two requests at the least', async () => {
    const quota = 20;
    const counted = await counting(quota, 250);
    server = counted;
    const session = counted.session({ storeHash: `fair${++stores}`, rateLimit: undefined });
    await Promise.all(range(140).map(() => ask(session, '/job', 'bulk')));
    const perWindow = new Map<number, number>();
    for (const { window } of counted.came) perWindow.set(window, (perWindow.get(window) ?? 0) + 1);
    expect(counted.requests).to.have.length(140);
    expect(Math.max(...perWindow.values())).to.be.at.most(quota - 2);
  });

  it('an interactive call goes at once where a job has used its part of the window, and the job waits', async () => {
    const headers = {
      'x-rate-limit-requests-quota': '20',
      'x-rate-limit-time-window-ms': '3000',
      'x-rate-limit-time-reset-ms': '3000',
    };
    let left = 3;
    const order: string[] = [];
    server = await serve((request, response) => {
      order.push(String(request.url?.split('/').at(-1)));
      left = Math.max(0, left - 1);
      json(response, {}, 200, { ...headers, 'x-rate-limit-requests-left': String(left) });
    });
    const session = server.session({ storeHash: `fair${++stores}` });
    await ask(session, '/first', 'interactive');
    expect(session.rateLimit.left).to.equal(2);
    const job = ask(session, '/job', 'bulk');
    await ask(session, '/one', 'interactive');
    await ask(session, '/one', 'interactive');
    expect(order).to.deep.equal(['first', 'one', 'one']);
    await job;
    expect(order.at(-1)).to.equal('job');
  });

  it('a job that has to wait for the next window does not hold up whoever may use this one', async () => {
    let number = 0;
    const order: string[] = [];
    server = await serve((request, response) => {
      order.push(String(request.url?.split('/').at(-1)));
      const left = Math.max(0, 20 - ++number);
      json(response, {}, 200, {
        'x-rate-limit-requests-quota': '40',
        'x-rate-limit-requests-left': String(left),
        'x-rate-limit-time-window-ms': '4000',
        'x-rate-limit-time-reset-ms': '4000',
      });
    });
    const session = server.session({ storeHash: `fair${++stores}`, concurrency: 1 });
    await ask(session, '/first', 'interactive');
    const jobs = range(3).map(() => ask(session, '/job', 'bulk'));
    // More than a job's turn comes after: it is the job's turn, and it may not go yet.
    for (const _ of range(12)) await ask(session, '/one', 'interactive');
    expect(order.filter((each) => each === 'one')).to.have.length(12);
    expect(order.filter((each) => each === 'job').length).to.be.at.most(3);
    await session.close({ abort: true });
    await Promise.allSettled(jobs);
  });
});
