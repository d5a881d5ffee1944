import { channel } from 'node:diagnostics_channel';
import { EventEmitter, once } from 'node:events';
import { Readable } from 'node:stream';
import { BigRecordError, ConfigurationError, Session, TimeoutError, UncertainOutcomeError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { createSandbox, useFakeTimers } from 'sinon';
import { CANARY } from '../../support/secrets.js';
import { AT_ONCE_MS, settled, until } from '../../support/waiting.js';
import { answer, type Fault, failureOf, on, outcomeOf, pause, range, row, withStore, withTcp } from './fault.js';
import { isRepeatable, OPERATIONS } from './operations.js';

const QUOTA = {
  'X-Rate-Limit-Requests-Quota': '10',
  'X-Rate-Limit-Requests-Left': '0',
  'X-Rate-Limit-Time-Window-Ms': '30000',
  'X-Rate-Limit-Time-Reset-Ms': '30000',
};
const reason = new Error('enough');

/** Where a call can stand when it is aborted. */
const aborted = (
  name: string,
  sent: number | undefined,
  stand: (session: Session, signal: AbortSignal) => Promise<unknown>,
  server: Parameters<typeof withTcp>[0],
): Fault =>
  row('C2', `a call is aborted ${name}`, 'rejects at once with the reason of the signal; nothing is sent afterwards', 'TCP', {
    'session.get': () =>
      withTcp(server, async (session, { requests }) => {
        const abort = new AbortController();
        const running = outcomeOf(() => stand(session, abort.signal));
        await until(() => requests.length >= (sent ?? 1), 'what goes before');
        await pause(20);
        const begun = performance.now();
        abort.abort(reason);
        const then = requests.length;
        const { error } = await running;
        expect(performance.now() - begun).to.be.below(AT_ONCE_MS);
        expect(error).to.equal(reason);
        expect(await settled(() => requests.length)).to.be.within(sent ?? then, sent ?? then + 10); // some may have been on their way
      }),
  });

export const life: readonly Fault[] = [
  {
    row: 'C1',
    name: 'a signal that was aborted before',
    by: 'TCP',
    expected: 'rejects with its reason; nothing is sent',
    cases: [
      on('find', () => neverSent((session, signal) => v3.Product.using(session).find(1, { signal }))),
      on('all', () => neverSent((session, signal) => v3.Product.using(session).all({ signal }))),
      on('first', () => neverSent((session, signal) => v3.Product.using(session).first({ signal }))),
      on('count', () => neverSent((session, signal) => v3.Product.using(session).where({ name: 'x' }).count({ signal }))),
      on('save', () =>
        neverSent((session, signal) => {
          const product = v3.Product.using(session).load({ id: 1, name: 'A' });
          product.name = 'B';
          return product.save({ signal });
        }),
      ),
      on('create', () => neverSent((session, signal) => v3.Product.using(session).create({ name: 'A' } as never, { signal }))),
      on('destroy', () => neverSent((session, signal) => v3.Product.using(session).destroy(1, { signal }))),
      on('createMany', () =>
        neverSent((session, signal) =>
          v3.Customer.using(session).createMany([{ email: 'a@b.c', first_name: 'a', last_name: 'b' }], { signal }),
        ),
      ),
      on('relation', () => neverSent((session, signal) => v3.Product.using(session).ref(1).images.all({ signal }))),
      on('graphql', () => neverSent((session, signal) => session.graphql('query { a }', {}, { signal }))),
      on('session.post', () => neverSent((session, signal) => session.post('/x', { signal }))),
    ],
  },
  aborted(
    'while its response is waited for',
    1,
    (session, signal) => session.get('/x', { signal }),
    () => {},
  ),
  aborted(
    'in the middle of its response',
    1,
    (session, signal) => session.get('/x', { signal }),
    (socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{'),
  ),
  aborted(
    'while it waits before its next try',
    1,
    (session, signal) => session.get('/x', { signal }),
    (socket) => answer(socket, {}, 429, { 'Retry-After': '5' }),
  ),
  aborted(
    'while it waits for quota',
    1,
    async (session, signal) => {
      await session.get('/first');
      await session.get('/x', { signal });
    },
    (socket) => answer(socket, {}, 200, QUOTA),
  ),
  aborted(
    'while it waits for one of the connections',
    8,
    async (session, signal) => {
      const others = range(8).map(() => session.get('/others').catch(() => {}));
      await pause(5);
      await session.get('/x', { signal });
      await Promise.all(others);
    },
    () => {},
  ),
  aborted(
    'while it waits at the gate of its operation',
    3,
    async (session, signal) => {
      const others = range(3).map(() => session.put('/customers', { body: [] }).catch(() => {}));
      await pause(5);
      await session.put('/customers', { body: [], signal });
      await Promise.all(others);
    },
    () => {},
  ),
  aborted(
    'between two pages',
    undefined,
    async (session, signal) => {
      for await (const _ of v3.Product.using(session).where({}).perPage(1).pages({ signal })) await pause(10);
    },
    (socket, text) => {
      const number = Number(/[?&]page=(\d+)/.exec(text)?.[1] ?? 1);
      answer(socket, { data: [{ id: number }], meta: { pagination: { total: 90, total_pages: 90, current_page: number } } });
    },
  ),
  {
    row: 'C4',
    name: 'a POST is aborted after it was sent',
    by: 'TCP',
    expected: 'UncertainOutcomeError whose cause is the reason; sent once',
    cases: [
      on('create', () => uncertain((session, signal) => v3.Product.using(session).create({ name: 'A' } as never, { signal }))),
      on('session.post', () => uncertain((session, signal) => session.post('/x', { signal }))),
      on('graphql', () => uncertain((session, signal) => session.graphql('mutation { a }', {}, { signal }))),
    ],
  },
  row('C5', 'a limit of time by signal, and one of the session', 'told apart: the reason of the signal, or our TimeoutError', 'TCP', {
    'AbortSignal.timeout': () =>
      withTcp(
        () => {},
        async (session) => {
          const { error } = await outcomeOf(() => session.get('/x', { signal: AbortSignal.timeout(30) }));
          expect(error?.name).to.equal('TimeoutError');
          expect(error).to.not.be.instanceOf(BigRecordError);
        },
      ),
    'timeout of the call': () =>
      withTcp(
        () => {},
        async (session) => {
          await failureOf(() => session.get('/x', { timeout: 40, retry: false }), TimeoutError);
          await failureOf(() => v3.Product.using(session).find(1, { timeout: { response: 40 }, retry: false }), TimeoutError);
        },
      ),
  }),
  row(
    'C6',
    '500 tasks of 10 stores, through timers, emitters, streams and the line for quota',
    'no request with the token of another store',
    'TCP',
    {
      'session.run': async () => {
        const wrong: string[] = [];
        await withTcp(
          (socket, text) => {
            const [, store, token] = [...(/stores\/store(\d+)\//.exec(text) ?? []), /x-auth-token: token(\d+)/i.exec(text)?.[1]];
            if (store !== token) wrong.push(`${store} ${token}`);
            const id = Number(/\/(\d+) HTTP/.exec(text)?.[1]);
            answer(socket, text.includes('/v2/') ? { id } : { data: { id } }, 200, {
              ...QUOTA,
              'X-Rate-Limit-Requests-Left': '9',
              'X-Rate-Limit-Time-Reset-Ms': '20',
              'X-Rate-Limit-Time-Window-Ms': '20',
            });
          },
          async (_, { port, requests }) => {
            const sessions = range(10).map(
              (at) => new Session({ storeHash: `store${at}`, accessToken: `token${at}`, baseUrl: `http://127.0.0.1:${port}` }),
            );
            const emitter = new EventEmitter().setMaxListeners(0);
            await Promise.all(
              range(500).map((at) =>
                (sessions[at % 10] as Session).run(async () => {
                  await pause(Math.random() * 5);
                  await v3.Product.find(1 + (at % 7));
                  setImmediate(() => emitter.emit('tick'));
                  await once(emitter, 'tick');
                  for await (const chunk of Readable.from([1])) await v2.Product.find(chunk + 5);
                  await new Promise<void>((resolve) => process.nextTick(() => void v3.Brand.find(1).then(() => resolve())));
                }),
              ),
            );
            expect(requests.length).to.be.above(200);
            expect(wrong).to.deep.equal([]);
            await Promise.all(sessions.map((session) => session.close()));
          },
        );
      },
    },
  ),
  row('C7', 'a relation is awaited inside the `run()` of another store', 'the record keeps its own', 'sandbox', {
    relation: () =>
      withStore((one, first) =>
        withStore(async (two, second) => {
          const product = await v3.Product.using(first).find(1);
          await second.run(async () => await product.images);
          expect([one.requests.length, two.requests.length]).to.deep.equal([2, 0]);
        }),
      ),
  }),
  row('C8', 'the shared session is configured twice', 'the second replaces it; records keep theirs', 'sandbox', {
    configure: () =>
      withStore((one) =>
        withStore(async (two) => {
          const first = Session.configure(one.credentials);
          const product = await first.run(() => v3.Product.find(1));
          const second = Session.configure(two.credentials);
          expect(Session.default === second || Session.default !== first).to.equal(true);
          await product.reload();
          expect(product.session).to.equal(first);
          await Promise.all([first.close(), second.close()]);
        }),
      ),
  }),
  row('C9', 'the package is there twice in a process', 'one session for both: the store of `run()` is shared', 'caller', {
    'a second copy': async () => {
      const { currentSession } = (await import(`${import.meta.resolve('bigrecord')}?copy`)) as {
        currentSession?: never;
        Session: typeof Session;
      };
      expect(currentSession).to.equal(undefined);
      const other = (await import(`${import.meta.resolve('bigrecord')}?copy`)) as { Session: typeof Session };
      const mine = new Session({ storeHash: 'abc', accessToken: CANARY });
      mine.run(() => expect(other.Session.default).to.equal(mine));
      await mine.close();
    },
  }),
  row(
    'C10',
    'a listener, a logger and a middleware of the user throw',
    'listener and logger: a warning, the request goes on; middleware: its error',
    'TCP',
    {
      'listener and logger': () =>
        withTcp(
          (socket) => answer(socket, { data: 1 }),
          async (_, { port }) => {
            const bad = (): never => {
              throw new Error('bad');
            };
            const session = new Session({
              storeHash: 'a',
              accessToken: CANARY,
              baseUrl: `http://127.0.0.1:${port}`,
              logger: { debug: bad, warn: bad },
            });
            for (const name of ['request', 'response'] as const) session.on(name, bad);
            expect((await session.get('/x')).status).to.equal(200);
            await session.close();
          },
        ),
      middleware: () =>
        withTcp(
          (socket) => answer(socket, { data: 1 }),
          async (session, { requests }) => {
            session.use(() => {
              throw new RangeError('mine');
            });
            await failureOf(() => session.get('/x'), RangeError);
            expect(requests).to.deep.equal([]);
          },
        ),
    },
  ),
  row(
    'C10',
    'a listener, a logger and a subscriber of diagnostics_channel reject, or throw',
    'a warning for each, once; the request goes on, the process lives',
    'TCP',
    {
      'session.get': () =>
        withTcp(
          (socket) => answer(socket, { data: 1 }),
          async (_, { port }) => {
            const warnings: string[] = [];
            const onWarning = ({ message }: Error): void => void warnings.push(message);
            process.on('warning', onWarning);
            const bad = async (): Promise<never> => Promise.reject(new Error('bad later'));
            const worse = (): never => {
              throw new Error('bad at once');
            };
            channel('bigrecord:response').subscribe(worse);
            const session = new Session({
              storeHash: 'a',
              accessToken: CANARY,
              baseUrl: `http://127.0.0.1:${port}`,
              logger: { debug: bad, warn: bad },
            });
            session.on('request', bad);
            for (const __ of range(3)) expect((await session.get('/x')).status).to.equal(200);
            await pause(5);
            channel('bigrecord:response').unsubscribe(worse);
            process.off('warning', onWarning);
            expect(warnings.filter((message) => message.includes('bad'))).to.have.length(3);
            await session.close();
          },
        ),
    },
  ),
  row('C11', 'the token is rotated while 20 requests wait for quota', 'those that wait go with the new one', 'TCP', {
    'session.rotate': () => {
      const seen: (string | undefined)[] = [];
      return withTcp(
        (socket, text) => {
          seen.push(/x-auth-token: (\S+)/i.exec(text)?.[1]);
          answer(socket, { data: 1 }, 200, {
            ...QUOTA,
            'X-Rate-Limit-Requests-Left': seen.length === 1 ? '0' : '9',
            'X-Rate-Limit-Time-Reset-Ms': '100',
            'X-Rate-Limit-Time-Window-Ms': '100',
          });
        },
        async (session) => {
          await session.get('/x');
          const waiting = range(20).map(() => session.get('/x'));
          await pause(5);
          session.rotate('the-new-token');
          await Promise.all(waiting);
          expect(new Set(seen.slice(1))).to.deep.equal(new Set(['the-new-token']));
          await failureOf(() => session.rotate('a b'), ConfigurationError);
        },
      );
    },
  }),
  row(
    'C12',
    'the process is told to end while work is queued',
    '`close()` waits for running requests; with `abort` all of it is rejected at once; nothing hangs',
    'TCP',
    {
      'close()': () =>
        withTcp(
          (socket) => setTimeout(() => answer(socket, { data: 1 }), 10),
          async (session) => {
            const all = Promise.allSettled(range(30).map(() => session.get('/x')));
            await session.close();
            expect((await all).every(({ status }) => status === 'fulfilled')).to.equal(true);
            await failureOf(() => session.get('/x'), ConfigurationError);
          },
        ),
      'close({ abort: true })': () =>
        withTcp(
          (socket) => answer(socket, { data: 1 }, 200, QUOTA),
          async (session) => {
            await session.get('/x');
            const { signal } = new AbortController();
            const all = Promise.allSettled(range(30).map((at) => session.get('/x', at % 2 === 0 ? { signal } : {})));
            await pause(5);
            const begun = performance.now();
            await session.close({ abort: true });
            expect((await all).every(({ status }) => status === 'rejected')).to.equal(true);
            expect(performance.now() - begun).to.be.below(AT_ONCE_MS);
          },
        ),
      'close({ abort: true }) while it waits for the next try': () =>
        withTcp(
          (socket) => answer(socket, {}, 429, { 'Retry-After': '30' }),
          async (session) => {
            const all = Promise.allSettled([session.get('/x'), session.get('/x', { signal: new AbortController().signal })]);
            await pause(30);
            await session.close({ abort: true });
            expect((await all).every(({ status }) => status === 'rejected')).to.equal(true);
          },
        ),
    },
  ),
  row(
    'C13',
    'the same path is asked of two stores, with two tokens, at once and again',
    'each store gets its own request, each caller its own response',
    'TCP',
    {
      'find, get': () =>
        withTcp(
          (socket, text) => {
            const [, store, token] = [...(/stores\/store(\d)\//.exec(text) ?? []), /x-auth-token: token(\d)/i.exec(text)?.[1]];
            answer(socket, { data: { id: 1, name: `${store}${token}` } }, 200, {
              ETag: '"same"',
              'Last-Modified': 'Wed, 21 Oct 2015 07:28:00 GMT',
            });
          },
          async (_, { port, requests }) => {
            const sessions = range(2).map(
              (at) => new Session({ storeHash: `store${at}`, accessToken: `token${at}`, baseUrl: `http://127.0.0.1:${port}` }),
            );
            for (const _ of range(2)) {
              const products = await Promise.all(sessions.map((session) => v3.Product.using(session).find(1)));
              expect(products.map(({ name }) => name)).to.deep.equal(['11', '22']);
            }
            expect(requests).to.have.length(4);
            await Promise.all(sessions.map((session) => session.close()));
          },
        ),
    },
  ),
  row(
    'C13',
    'the same path is asked of two stores, each with two tokens, that share a cache',
    'a request for each store and token, and none for the second request; no one gets a response meant for another',
    'TCP',
    {
      'find, get': () =>
        withTcp(
          (socket, text) => {
            const name = `${/stores\/(\w+)\//.exec(text)?.[1]} ${/x-auth-token: (\w+)/i.exec(text)?.[1]}`;
            answer(socket, { data: { id: 1, name } });
          },
          async (_, { port, requests }) => {
            const who = ['one a', 'one b', 'two a', 'two b'];
            const texts = new Map<string, string>();
            const store = { get: (key: string) => texts.get(key), set: (key: string, text: string) => texts.set(key, text) };
            const sessions = who.map((each) => {
              const [storeHash = '', accessToken = ''] = each.split(' ');
              return new Session({ storeHash, accessToken, baseUrl: `http://127.0.0.1:${port}`, cache: { ttlMs: 60_000, store } });
            });
            for (const _ of range(3)) {
              const products = await Promise.all(sessions.map((session) => v3.Product.using(session).find(1)));
              expect(products.map(({ name }) => name)).to.deep.equal(who);
            }
            expect(requests).to.have.length(4);
            await Promise.all(sessions.map((session) => session.close()));
          },
        ),
    },
  ),
  row('C14', 'a test of the user has replaced the timers', 'the library does not hang: timers that are ticked are enough', 'TCP', {
    'session.get': () =>
      withTcp(
        (socket, _, number) => answer(socket, { data: 1 }, number === 1 ? 503 : 200),
        async (session) => {
          const clock = useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
          try {
            const running = session.get('/x');
            for (let tick = 0; tick < 200; tick++) {
              await new Promise((resolve) => setImmediate(resolve));
              clock.tick(10);
            }
            expect((await running).status).to.equal(200);
          } finally {
            clock.restore();
            createSandbox().restore();
          }
        },
        { timeout: 60_000 },
      ),
  }),
  {
    row: 'C12',
    name: 'a session that is closed',
    by: 'TCP',
    expected: 'ConfigurationError; nothing is sent',
    cases: OPERATIONS.map((operation) =>
      on(operation.name, () =>
        withTcp(
          (socket) => answer(socket, operation.healthy),
          async (session, { requests }) => {
            await session.close();
            await failureOf(() => operation.run(session), ConfigurationError);
            expect(requests).to.deep.equal([]);
          },
        ),
      ),
    ),
  },
  {
    row: 'C2',
    name: 'the session is closed with `abort` while an operation is under way',
    by: 'TCP',
    expected: 'rejected at once; a POST as an UncertainOutcomeError; never retried',
    cases: OPERATIONS.map((operation) =>
      on(operation.name, () =>
        withTcp(
          () => {},
          async (session, { requests }) => {
            const running = outcomeOf(() => operation.run(session));
            while (requests.length === 0) await pause(1);
            await session.close({ abort: true });
            const { error } = await running;
            expect(error).to.be.instanceOf(isRepeatable(operation) ? ConfigurationError : UncertainOutcomeError);
            await pause(10);
            expect(requests).to.have.length(1);
          },
        ),
      ),
    ),
  },
];

const neverSent = (work: (session: Session, signal: AbortSignal) => PromiseLike<unknown>): Promise<void> =>
  withTcp(
    (socket) => answer(socket, { data: [] }),
    async (session, { requests }) => {
      const { error } = await outcomeOf(() => work(session, AbortSignal.abort(reason)));
      expect(error).to.equal(reason);
      expect(requests).to.deep.equal([]);
    },
  );

const uncertain = (work: (session: Session, signal: AbortSignal) => PromiseLike<unknown>): Promise<void> =>
  withTcp(
    () => {},
    async (session, { requests }) => {
      const abort = new AbortController();
      const running = failureOf(() => work(session, abort.signal), UncertainOutcomeError);
      await until(() => requests.length === 1, 'the request');
      abort.abort(reason);
      expect((await running).cause).to.equal(reason);
      expect(requests).to.have.length(1);
    },
  );
