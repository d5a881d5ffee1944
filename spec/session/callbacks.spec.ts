import { channel } from 'node:diagnostics_channel';
import { type ApiResponse, ArgumentError, ConfigurationError, Session, type SessionOptions } from 'bigrecord';
import { Customer, Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { json, type Listening, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** Ways in which a function of the user's can fail. */
const FAILURES: Readonly<Record<string, (reason: string) => never>> = {
  'throws an error': (reason) => {
    throw new Error(reason);
  },
  'rejects at once': ((reason: string) => Promise.reject(new Error(reason))) as never,
  'rejects later': (async (reason: string) => {
    await pause(2);
    throw new Error(reason);
  }) as never,
  'throws what cannot be shown': () => {
    throw Object.create(null);
  },
};

describe('what a function of the user throws', () => {
  let server: Listening;
  const warnings: string[] = [];
  const unhandled: unknown[] = [];
  const onWarning = ({ message }: Error): void => void warnings.push(message);
  const onUnhandled = (reason: unknown): void => void unhandled.push(reason);

  beforeEach(async () => {
    warnings.length = unhandled.length = 0;
    process.on('warning', onWarning);
    process.on('unhandledRejection', onUnhandled);
    process.on('uncaughtException', onUnhandled);
    server = await serve((request, response, number) => {
      const body = request.body === '' ? undefined : JSON.parse(request.body);
      if (request.url?.includes('flaky') && number === 1) json(response, {}, 503);
      else if (Array.isArray(body)) json(response, { data: body.map((row: object, at: number) => ({ id: at + 1, ...row })) });
      else json(response, { data: { id: 1, name: 'A' } });
    });
  });

  afterEach(async () => {
    await pause(10);
    process.off('warning', onWarning);
    process.off('unhandledRejection', onUnhandled);
    process.off('uncaughtException', onUnhandled);
    await server.close();
    expect(unhandled).to.deep.equal([]);
  });

  const warned = async (what: string): Promise<void> => {
    await pause(10);
    expect(warnings.filter((message) => message.includes(what))).to.have.length(1);
  };

  for (const [how, fail] of Object.entries(FAILURES)) {
    for (const name of ['request', 'response', 'retry', 'error'] as const)
      it(`${how}: a listener of '${name}' is warned of once, and disturbs nothing`, async () => {
        const session = server.session();
        session.on(name, () => fail('bad listener'));
        const others: string[] = [];
        session.on(name, () => others.push(name));
        expect((await session.get('/flaky')).status).to.equal(200);
        expect((await session.get('/x')).status).to.equal(200);
        await session.get('/x', { signal: AbortSignal.abort(new ArgumentError('aborted')) }).catch(() => {});
        await warned(`a listener of '${name}' threw: ${how.includes('cannot') ? 'something that cannot be shown' : 'bad listener'}`);
        expect(others.length).to.be.above(0);
      });

    it(`${how}: a logger is warned of once, and disturbs nothing`, async () => {
      const session = server.session({ logger: { debug: () => fail('bad logger'), warn: () => fail('bad logger') } });
      for (const _ of range(3)) expect((await session.get('/x')).status).to.equal(200);
      await warned("the logger's debug() threw");
    });

    it(`${how}: a subscriber of diagnostics_channel does not end the process`, async () => {
      const subscriber = (): void => fail('bad subscriber');
      const seen: unknown[] = [];
      const other = (event: unknown): void => void seen.push(event);
      channel('bigrecord:request').subscribe(subscriber);
      channel('bigrecord:request').subscribe(other);
      try {
        const session = server.session();
        for (const _ of range(3)) expect((await session.get('/x')).status).to.equal(200);
      } finally {
        channel('bigrecord:request').unsubscribe(subscriber);
        channel('bigrecord:request').unsubscribe(other);
      }
      expect(seen).to.have.length(3);
      await warned('a subscriber of bigrecord:request threw');
    });

    it(`${how}: onProgress loses no result of a bulk write`, async () => {
      const rows = range(25).map((at) => ({ email: `c${at}@example.com`, first_name: 'A', last_name: 'B' }));
      const { succeeded, failed } = await Customer.using(server.session()).createMany(rows, { onProgress: () => fail('bad progress') });
      expect([succeeded.length, failed.length]).to.deep.equal([25, 0]);
      await warned('onProgress threw');
    });

    it(`${how}: a budget of the user's loses no answer`, async () => {
      for (const method of ['acquire', 'release'] as const) {
        const rateLimit = {
          acquire: (): undefined => undefined,
          release: (): void => {},
          state: { quota: undefined, left: undefined, windowMs: undefined, resetMs: undefined, waiting: 0 },
          [method]: () => fail('bad budget'),
        };
        const session = server.session({ rateLimit });
        for (const _ of range(3)) expect((await session.get('/x')).status).to.equal(200);
        await warned(`${method}() of rateLimit threw`);
      }
    });

    it(`${how}: a place for the cache loses no answer`, async () => {
      for (const method of ['get', 'set'] as const) {
        const texts = new Map<string, string>();
        const store = {
          get: (key: string) => texts.get(key),
          set: (key: string, text: string) => texts.set(key, text),
          [method]: () => fail('bad cache'),
        };
        const session = server.session({ cache: { ttlMs: 60_000, store } });
        for (const _ of range(3)) expect((await session.get('/x')).status).to.equal(200);
        await session.put('/x', { body: {} });
        expect((await session.get('/x')).status).to.equal(200);
      }
      expect(warnings.filter((message) => message.includes('the cache fails'))).to.have.length(2);
    });

    it(`${how}: a middleware rejects the call, and keeps no session open`, async () => {
      for (const before of [true, false]) {
        const session = server.session();
        const failing = (
          request: Parameters<typeof session.send>[0],
          next: (passed: typeof request) => Promise<ApiResponse>,
        ): Promise<ApiResponse> => (before ? fail('bad middleware') : next(request).then(() => fail('bad middleware')));
        session.use(async (request, next) => next(request).catch((error: unknown) => Promise.reject(error)));
        session.use(failing);
        let isRejected = false;
        await session.get('/x').catch(() => {
          isRejected = true;
        });
        expect(isRejected).to.equal(true);
        await rejection(session.post('/x', { body: {} })).catch((error) => expect(how).to.contain('cannot', String(error)));
        await session.close();
      }
    });
  }

  it('the function of rateLimit: a ConfigurationError, whether it throws or is asynchronous', async () => {
    const make =
      (rateLimit: unknown): (() => Session) =>
      () =>
        server.session({ rateLimit: rateLimit as SessionOptions['rateLimit'] });
    const fail = (): never => {
      throw new Error('bad function');
    };
    expect(make(fail)).to.throw(ConfigurationError, 'The function of rateLimit threw: bad function');
    expect(make(async () => fail())).to.throw(ConfigurationError, 'returns one at once');
    expect(make(() => null)).to.throw(ConfigurationError, 'rateLimit must be false');
    expect(make(null)).to.throw(ConfigurationError, 'rateLimit must be false');
  });
});

describe('a middleware', () => {
  let server: Listening;
  beforeEach(async () => {
    server = await serve((request, response, number) =>
      json(response, { data: { id: number } }, request.url?.endsWith('/bad') ? 500 : 200),
    );
  });
  afterEach(() => server.close());

  it('that returns no answer is named, with whether the request was sent', async () => {
    const wrong: [(sent: ApiResponse) => unknown, string][] = [
      [() => undefined, 'The middleware forgetful returned no response to GET /x'],
      [() => null, 'must return what next(request) resolves to'],
      [() => 'ok', 'The request was sent all the same'],
      [({ body }) => body, 'The request was sent all the same'],
      [({ status }) => ({ status }), '{ status, headers, body }'],
    ];
    for (const [give, message] of wrong) {
      const session = server.session();
      const forgetful = (async (request, next) => give(await next(request))) as Parameters<typeof session.use>[0];
      Object.defineProperty(forgetful, 'name', { value: 'forgetful' });
      session.use(forgetful);
      expect((await rejection(session.get('/x'), ArgumentError)).message).to.contain(message);
      await session.close();
    }
    const session = server.session();
    const sent = server.requests.length;
    session.use((() => {}) as never);
    expect((await rejection(session.get('/x'), ArgumentError)).message).to.contain('Nothing was sent');
    expect((await rejection(Product.using(session).create({ name: 'A' } as never), ArgumentError)).message).to.contain('Nothing was sent');
    expect(server.requests).to.have.length(sent);
  });

  it('that passes no request on is told so, and nothing is sent', async () => {
    const session = server.session();
    session.use((_, next) => (next as () => Promise<ApiResponse>)());
    expect((await rejection(session.get('/x'), ArgumentError)).message).to.contain('called next() without a request');
    expect(server.requests).to.have.length(0);
  });

  it('may call next() twice: each call sends, as after renewing a token', async () => {
    const session = server.session();
    session.use(async (request, next) => {
      await next(request);
      return next(request);
    });
    expect((await session.get('/x')).body).to.deep.equal({ data: { id: 2 } });
    expect(server.requests).to.have.length(2);
  });

  it('that does not wait for next() leaves nothing behind: no unhandled rejection, and close() waits for what it has sent', async () => {
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', onUnhandled);
    const session = server.session({ retry: false });
    const ended: string[] = [];
    session.on('response', ({ path }) => ended.push(path));
    session.use(async (request, next) => {
      void next(request);
      void (next as unknown as () => Promise<ApiResponse>)();
      return { status: 200, headers: {}, body: {} };
    });
    await session.get('/bad');
    await session.close();
    await pause(5);
    process.off('unhandledRejection', onUnhandled);
    expect(ended).to.deep.equal(['/v3/bad']);
    expect(unhandled).to.deep.equal([]);
  });

  it('that throws at once rejects next() of the one outside of it', async () => {
    const session = server.session();
    session.use((request, next) => next(request).catch(() => ({ status: 203, headers: {}, body: undefined })));
    session.use(() => {
      throw new Error('inner');
    });
    expect((await session.get('/x')).status).to.equal(203);
  });
});
