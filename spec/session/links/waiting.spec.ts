import { NetworkError } from 'bigrecord';
import { expect } from 'chai';
import { ConcurrencyLimits } from '../../../lib/session/concurrency-limits.js';
import { Connections } from '../../../lib/session/connections.js';
import type { AttemptResult } from '../../../lib/session/quota.js';
import { NoBudget, type OnWait } from '../../../lib/session/rate-budget.js';
import { RateLimit } from '../../../lib/session/rate-limit.js';
import { End, Gate, newOperation, notedEvents, requestOf, responseOf } from '../../support/links.js';
import { rejection } from '../../support/rejection.js';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
let stores = 0;

describe('the link Connections', () => {
  it('sends no more than so many at once, interactive ones before bulk', async () => {
    const gate = new Gate();
    const end = new End(gate.pass);
    const link = new Connections(end, 1);
    const sent = [
      link.send(requestOf('GET', '/first'), newOperation()),
      link.send(requestOf('GET', '/bulk', { priority: 'bulk' }), newOperation()),
      link.send(requestOf('GET', '/interactive'), newOperation()),
    ];
    for (const _ of sent) {
      await tick();
      gate.open();
    }
    await Promise.all(sent);
    expect(end.requests.map(({ path }) => path)).to.deep.equal(['/first', '/interactive', '/bulk']);
  });

  it('gives the connection back after a failure', async () => {
    const link = new Connections(new End((number) => (number === 1 ? Promise.reject(new Error('lost')) : responseOf(200))), 1);
    await rejection(link.send(requestOf('GET'), newOperation()));
    expect((await link.send(requestOf('GET'), newOperation())).status).to.equal(200);
  });

  it('lets a waiting request be aborted, and keeps its place in order', async () => {
    const gate = new Gate();
    const end = new End(gate.pass);
    const link = new Connections(end, 1);
    const abort = new AbortController();
    const first = link.send(requestOf('GET'), newOperation());
    const second = rejection(link.send(requestOf('GET', '/x', { signal: abort.signal }), newOperation()));
    const aborted = link.send(requestOf('GET', '/x', { signal: AbortSignal.abort(new Error('before')) }), newOperation());
    expect((await rejection(aborted)).message).to.equal('before');
    abort.abort(new Error('enough'));
    expect((await second).message).to.equal('enough');
    gate.open();
    await first;
    const next = link.send(requestOf('GET'), newOperation());
    await tick();
    gate.open();
    expect((await next).status).to.equal(200);
  });
});

describe('the link ConcurrencyLimits', () => {
  it('keeps the limit of an operation for all sessions of a store, and emits that a request waits', async () => {
    const gate = new Gate();
    const end = new End(gate.pass);
    const store = `limited${++stores}`;
    const { events, names } = notedEvents();
    const links = [new ConcurrencyLimits(end, store, new NoBudget(), events), new ConcurrencyLimits(end, store, new NoBudget(), events)];
    const sent = [...links, ...links].map((link) => link.send(requestOf('PUT', '/pricelists/1/records'), newOperation()));
    await tick();
    expect([end.requests.length, names]).to.deep.equal([2, ['throttle', 'throttle']]);
    for (const _ of sent) {
      gate.open();
      await tick();
    }
    expect((await Promise.all(sent)).map(({ status }) => status)).to.deep.equal([200, 200, 200, 200]);
  });

  it('lets all other operations pass', async () => {
    const end = new End(new Gate().pass);
    const link = new ConcurrencyLimits(end, `limited${++stores}`, new NoBudget(), notedEvents().events);
    for (const path of ['/customers', '/catalog/products'])
      for (let each = 0; each < 20; each++) void link.send(requestOf('GET', path), newOperation());
    for (let each = 0; each < 20; each++) void link.send(requestOf('PUT', '/customers', { version: 'v2' }), newOperation());
    await tick();
    expect(end.requests).to.have.length(60);
  });
});

describe('the link RateLimit', () => {
  /** A budget that notes how attempts ended. */
  class Noting extends NoBudget {
    readonly results: AttemptResult[] = [];
    override release(result?: AttemptResult): void {
      if (result !== undefined) this.results.push(result);
    }
  }

  it('tells the budget the status and headers of a response, and how long it took', async () => {
    const budget = new Noting();
    const link = new RateLimit(new End(() => responseOf(429, { a: 'b' })), budget, notedEvents().events);
    await link.send(requestOf('GET'), newOperation());
    expect(budget.results).to.have.length(1);
    expect(budget.results[0]).to.include({ status: 429 });
    expect(budget.results[0]?.headers).to.deep.equal({ a: 'b' });
    expect(budget.results[0]?.ms).to.be.within(0, 1000);
  });

  it('tells it what was never sent: an attempt that got no further, and one without a connection', async () => {
    const budget = new Noting();
    const waiting = { send: () => Promise.reject(new Error('aborted while waiting')) };
    await rejection(new RateLimit(waiting, budget, notedEvents().events).send(requestOf('GET'), newOperation()));
    for (const sent of ['no', 'maybe'] as const) {
      const lost = new NetworkError('lost', { method: 'GET', path: '/x', sent, phase: 'connect' });
      const link = new RateLimit(new End(() => Promise.reject(lost)), budget, notedEvents().events);
      await rejection(link.send(requestOf('GET'), newOperation()));
    }
    expect(budget.results.map(({ isSent }) => isSent)).to.deep.equal([false, false, true]);
  });

  it('emits that a request waits', async () => {
    class Waiting extends Noting {
      override acquire(_priority?: unknown, _signal?: unknown, onWait?: OnWait): undefined {
        onWait?.(5, 'quota');
      }
    }
    const { events, names } = notedEvents();
    await new RateLimit(new End(), new Waiting(), events).send(requestOf('GET'), newOperation());
    expect(names).to.deep.equal(['throttle']);
  });
});
