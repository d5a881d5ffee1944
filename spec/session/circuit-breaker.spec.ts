import {
  BigRecordError,
  CircuitOpenError,
  ConfigurationError,
  NetworkError,
  ServerError,
  type Session,
  type SessionOptions,
} from 'bigrecord';
import { Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import { json, type Listening, serve, sessionAt } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
let stores = 0;

describe('the circuit breaker', () => {
  let server: Listening;
  /** What the store answers now; `cut` closes the connection. */
  let status: number | 'cut' = 200;
  let storeHash = '';

  beforeEach(async () => {
    status = 200;
    storeHash = `breaker${++stores}`;
    server = await serve((_, response) => {
      if (status === 'cut') response.destroy();
      else json(response, { data: { id: 1, name: 'A' } }, status, status === 429 ? { 'x-rate-limit-time-reset-ms': '1' } : {});
    });
  });
  afterEach(() => server.close());

  // Without a budget, which would wait for a clock that a spec has stopped.
  const session = (options: SessionOptions = {}): Session => server.session({ storeHash, retry: false, rateLimit: false, ...options });
  const fail = async (made: Session, count: number): Promise<void> => {
    for (const _ of range(count)) await rejection(made.get('/x'));
  };
  const bulk = (made: Session, signal?: AbortSignal) =>
    made.send({ method: 'GET', version: 'v3', path: '/bulk', query: {}, priority: 'bulk', signal });

  describe('by default', () => {
    let clock: SinonFakeTimers;
    beforeEach(() => {
      clock = useFakeTimers({ now: Date.now(), toFake: ['performance', 'Date'] });
    });
    afterEach(() => clock.restore());

    it('opens after 10 failures in a row over at least 10 seconds, and says until when it is open', async () => {
      const made = session();
      status = 503;
      await fail(made, 30);
      expect(server.requests).to.have.length(30);
      clock.tick(9_900);
      await fail(made, 1);
      clock.tick(200);
      await rejection(made.get('/x'), ServerError);
      const sent = server.requests.length;
      const error = await rejection(made.get('/catalog/products/1'), CircuitOpenError);
      expect(error).to.be.instanceOf(BigRecordError);
      expect(error.retryAt.getTime() - Date.now()).to.equal(5000);
      expect(error.message)
        .to.contain('GET /v3/catalog/products/1')
        .and.contain(error.retryAt.toISOString())
        .and.contain('32 times in a row')
        .and.contain('Nothing was sent');
      expect(server.requests).to.have.length(sent);
    });

    it('does not open before 10 failures, however long they take', async () => {
      const made = session();
      status = 'cut';
      for (const _ of range(9)) {
        await rejection(made.get('/x'), NetworkError);
        clock.tick(60_000);
      }
      expect(await rejection(made.get('/x'))).to.not.be.instanceOf(CircuitOpenError);
      expect(await rejection(made.get('/x'))).to.be.instanceOf(CircuitOpenError);
    });

    it('probes after 5 seconds, then after 10, 20, 40, 60 and 60', async () => {
      const made = session();
      status = 500;
      await fail(made, 10);
      clock.tick(10_000);
      await rejection(made.get('/x'), ServerError);
      for (const seconds of [5, 10, 20, 40, 60, 60]) {
        const sent = server.requests.length;
        const held = await rejection(made.get('/x'), CircuitOpenError);
        expect(Math.round((held.retryAt.getTime() - Date.now()) / 1000)).to.equal(seconds);
        clock.tick(seconds * 1000 - 1);
        await rejection(made.get('/x'), CircuitOpenError);
        expect(server.requests).to.have.length(sent);
        clock.tick(2);
        await rejection(made.get('/x'), ServerError);
        expect(server.requests).to.have.length(sent + 1);
      }
      status = 200;
      clock.tick(60_001);
      expect((await made.get('/x')).status).to.equal(200);
      expect((await made.get('/x')).status).to.equal(200);
    });

    for (const works of [200, 404, 401, 422, 429, 408] as const)
      it(`starts anew where the store answers ${works} in between`, async () => {
        const made = session();
        status = 502;
        await fail(made, 9);
        clock.tick(20_000);
        status = works;
        await made.get('/x').catch(() => {});
        status = 502;
        await fail(made, 9);
        clock.tick(20_000);
        expect(await rejection(made.get('/x'))).to.be.instanceOf(ServerError);
      });

    it('never opens for answers of 4xx or 429', async () => {
      const made = session();
      for (const each of [404, 429, 401, 422] as const) {
        status = each;
        for (const _ of range(12)) {
          await rejection(made.get('/x'));
          clock.tick(2_000);
        }
      }
      status = 200;
      expect((await made.get('/x')).status).to.equal(200);
    });
  });

  const QUICK = { failures: 3, overMs: 1, probeAfterMs: 700, maxProbeMs: 1000 };
  /** None is tried again while a spec lasts. */
  const LONG = { ...QUICK, probeAfterMs: 60_000, maxProbeMs: 60_000 };

  /** A session whose breaker is open. */
  async function opened(options: SessionOptions = {}): Promise<Session> {
    const made = session({ circuitBreaker: QUICK, ...options });
    status = 503;
    await fail(made, 2);
    await pause(5);
    await fail(made, 1);
    return made;
  }

  it('is shared by the sessions of a store, and by no other store', async () => {
    await opened({ circuitBreaker: LONG });
    await rejection(session({ circuitBreaker: LONG }).get('/x'), CircuitOpenError);
    await rejection(Product.using(session({ circuitBreaker: LONG, accessToken: 'another' })).find(1), CircuitOpenError);
    expect(await rejection(session({ circuitBreaker: LONG, storeHash: `breaker${++stores}` }).get('/x'))).to.be.instanceOf(ServerError);
  });

  it('can be turned off', async () => {
    await opened({ circuitBreaker: LONG });
    const sent = server.requests.length;
    await fail(session({ circuitBreaker: false }), 5);
    expect(server.requests).to.have.length(sent + 5);
  });

  it('lets one probe at a time through, and everybody once it is answered', async () => {
    const made = await opened();
    await pause(720);
    const sent = server.requests.length;
    const results = await Promise.all(range(5).map(() => rejection(made.get('/x'))));
    expect(server.requests).to.have.length(sent + 1);
    expect(results.filter((error) => error instanceof ServerError)).to.have.length(1);
    expect(results.filter((error) => error instanceof CircuitOpenError)).to.have.length(4);
    status = 200;
    await pause(1020);
    expect((await made.get('/x')).status).to.equal(200);
    expect((await Promise.all(range(5).map(() => made.get('/x')))).every((answer) => answer.status === 200)).to.equal(true);
  });

  it('lets jobs wait for the probe, and go on when it is answered', async () => {
    const made = await opened();
    const sent = server.requests.length;
    const waiting = Promise.all(range(20).map(() => bulk(made)));
    await pause(20);
    expect(server.requests).to.have.length(sent);
    status = 200;
    await waiting;
    expect(server.requests).to.have.length(sent + 20);
  });

  it('lets loops over pages wait, and tells whoever awaits a list', async () => {
    const made = await opened();
    await rejection(Product.using(made).all(), CircuitOpenError);
    await rejection(Product.using(made).where({ is_visible: true }), CircuitOpenError);
    await rejection(Product.using(made).ref(1).images, CircuitOpenError);
    const loop = (async () => {
      for await (const _ of Product.using(made).where({}).perPage(2));
    })();
    const ended = loop.then(
      () => 'done',
      (error: Error) => error.name,
    );
    await pause(20);
    status = 404;
    expect(await ended).to.equal('RecordNotFoundError');
  });

  it('holds no quota, gate or connection while jobs wait', async () => {
    const made = await opened({ concurrency: 1, rateLimit: undefined });
    const waiting = range(5).map(() => bulk(made));
    await pause(10);
    await rejection(made.get('/x'), CircuitOpenError);
    expect(made.rateLimit.waiting).to.equal(0);
    status = 200;
    await Promise.all(waiting);
  });

  it('lets bulk writes go on by themselves after an outage', async () => {
    const made = await opened();
    const products = range(3).map((id) => Object.assign(Product.using(made).load({ id, name: 'x' }), { name: 'A' }));
    const run = Product.using(made).saveMany(products.slice(0, 1));
    const result = run.then(({ succeeded }) => succeeded.length);
    await pause(30);
    status = 200;
    expect(await result).to.equal(1);
  });

  it('ends the repetitions of a call with the error of the store, not with its own', async () => {
    const made = session({ circuitBreaker: { ...LONG, failures: 2 }, retry: { limit: 5, baseMs: 10 } });
    status = 503;
    expect(await rejection(made.get('/x'))).to.be.instanceOf(ServerError);
    expect(server.requests).to.have.length(2);
    expect(await rejection(made.get('/x'))).to.be.instanceOf(CircuitOpenError);
  });

  it('lets a waiting job be aborted, with the reason of the signal', async () => {
    const made = await opened({ circuitBreaker: LONG });
    const abort = new AbortController();
    const waiting = rejection(bulk(made, abort.signal));
    await pause(10);
    abort.abort(new Error('enough'));
    expect((await waiting).message).to.equal('enough');
  });

  for (const abort of [false, true])
    it(`does not keep close(${abort ? '{ abort: true }' : ''}) waiting: jobs that wait are told, and nothing more is sent`, async () => {
      const made = await opened({ circuitBreaker: LONG });
      const sent = server.requests.length;
      const waiting = range(3).map(() => rejection(bulk(made), ConfigurationError));
      await pause(10);
      await made.close({ abort });
      for (const error of await Promise.all(waiting)) expect(error.message).to.contain('closed');
      expect(server.requests).to.have.length(sent);
    });

  it('learns nothing from a probe that its caller aborts', async () => {
    const made = await opened();
    await pause(720);
    const abort = new AbortController();
    const probe = rejection(made.get('/x', { signal: abort.signal }));
    abort.abort(new Error('enough'));
    expect((await probe).message).to.equal('enough');
    status = 200;
    expect((await made.get('/x')).status).to.equal(200);
  });

  it('is told of as an error event', async () => {
    const made = await opened({ circuitBreaker: LONG });
    const errors: string[] = [];
    made.on('error', ({ error }) => errors.push(error.name));
    await rejection(made.get('/x'), CircuitOpenError);
    expect(errors).to.deep.equal(['CircuitOpenError']);
  });

  it('says what its options are', () => {
    const wrong: [unknown, RegExp][] = [
      [true, /circuitBreaker must be false, or an object/],
      [null, /circuitBreaker must be false, or an object/],
      [{ failures: 0 }, /circuitBreaker\.failures must be a number above zero/],
      [{ probeAfterMs: Number.NaN }, /circuitBreaker\.probeAfterMs/],
      [{ after: 1 }, /circuitBreaker has no option `after`.*Options: failures, overMs, probeAfterMs, maxProbeMs/],
    ];
    for (const [circuitBreaker, message] of wrong)
      expect(() => sessionAt(1, { circuitBreaker: circuitBreaker as never })).to.throw(ConfigurationError, message);
  });
});

describe('the repetitions that a store is asked for', () => {
  it('are granted again with time alone, slowly', async () => {
    const server = await serve((_, response) => json(response, {}, 503));
    const clock = useFakeTimers({ toFake: ['performance'] });
    const made = server.session({ storeHash: 'refilled', retry: { limit: 1, baseMs: 1 }, circuitBreaker: false, rateLimit: false });
    const sentBy = async (calls: number): Promise<number> => {
      const before = server.requests.length;
      await Promise.allSettled(range(calls).map(() => made.get('/x')));
      return server.requests.length - before;
    };
    try {
      expect(await sentBy(80)).to.equal(130);
      expect(await sentBy(10)).to.equal(10);
      clock.tick(10_000);
      expect(await sentBy(10)).to.equal(12);
      clock.tick(3_600_000);
      expect(await sentBy(80)).to.equal(130);
    } finally {
      clock.restore();
    }
    await server.close();
  });
});
