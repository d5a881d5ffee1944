import { channel } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import { NetworkError, Session, type SessionEventName } from 'bigrecord';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { assertClean, BASIC, CANARY } from '../../support/secrets.js';
import { answer, answerBytes, type Fault, on, outcomeOf, row, withStore, withTcp } from './fault.js';
import { OPERATIONS } from './operations.js';

const EVENTS: readonly SessionEventName[] = ['request', 'response', 'retry', 'throttle', 'preload', 'error'];

/** An answer that repeats every header it was sent, wherever it can. */
const echo =
  (status: number, type: 'json' | 'html' | 'wrong') =>
  (text: string): Buffer => {
    const token = /x-auth-token: (\S+)/i.exec(text)?.[1] ?? /authorization: Basic (\S+)/i.exec(text)?.[1] ?? '';
    const headers = { Location: `https://evil.example/?t=${token}`, 'X-Echo': token, 'Retry-After': '0' };
    if (type === 'html')
      return answerBytes(status, { ...headers, 'Content-Type': 'text/html', Via: token }, `<title>${token}</title>${token}`);
    const body =
      type === 'wrong' ? { data: token } : { title: `bad ${token}`, errors: { a: token, [token]: [token], b: { message: token } } };
    return answerBytes(status, { ...headers, 'Content-Type': 'application/json' }, JSON.stringify(body));
  };

const ECHOES: readonly (readonly [number, 'json' | 'html' | 'wrong'])[] = [
  [200, 'html'],
  [200, 'wrong'],
  [302, 'json'],
  [400, 'json'],
  [401, 'html'],
  [403, 'json'],
  [404, 'json'],
  [407, 'html'],
  [409, 'json'],
  [422, 'json'],
  [429, 'json'],
  [500, 'json'],
  [502, 'html'],
  [503, 'json'],
];

const echoes: readonly Fault[] = ECHOES.map(([status, type]) => ({
  row: 'S2',
  name: `the store repeats the token in an answer of ${status} (${type === 'wrong' ? 'JSON of the wrong shape' : type})`,
  by: 'TCP' as const,
  expected: 'masked in the error, whichever way it is printed',
  cases: OPERATIONS.map((operation) =>
    on(operation.name, () =>
      withTcp(
        (socket, text) => void socket.write(echo(status, type)(text)),
        async (session) => {
          const { error } = await outcomeOf(() => operation.run(session)); // fails by itself where the error is not clean
          if (status !== 200) expect(error).to.be.instanceOf(Error);
        },
        { retry: { limit: 1, baseMs: 1 } },
      ),
    ),
  ),
}));

export const secrets: readonly Fault[] = [
  row('S1', 'a program prints all that it can get hold of', 'no credential in any of it', 'sandbox', {
    objects: () =>
      withStore(async (_, session) => {
        const product = await v3.Product.using(session).find(1);
        for (const value of [
          session,
          product,
          product.session,
          product.images,
          product.brand,
          v3.Product.where({ name: 'x' }),
          v3.Product.using(session),
          await session.get('/catalog/products'),
        ])
          assertClean(value, 'an object');
        assertClean(structuredClone(JSON.parse(JSON.stringify(session))), 'a copy');
      }),
    'events, diagnostics, logs and middleware': () =>
      withStore(async (store, first) => {
        const seen: unknown[] = [];
        const lines: string[] = [];
        const logger = { debug: (line: string) => lines.push(line), warn: (line: string) => lines.push(line) };
        const session = new Session({ ...store.credentials, retry: { baseMs: 1 }, logger });
        const take = (event: unknown): void => void seen.push(event);
        for (const name of EVENTS) {
          session.on(name, take);
          channel(`bigrecord:${name}`).subscribe(take);
        }
        session.use((request, next) => {
          seen.push(request);
          return next(request);
        });
        store.fail({ status: 503 });
        store.fail({ status: 404, path: '/v3/catalog/brands' });
        await v3.Product.using(session).update(1, { name: 'Z' });
        await outcomeOf(() => v3.Brand.using(session).find(1));
        for (const name of EVENTS) channel(`bigrecord:${name}`).unsubscribe(take);
        expect(seen.length).to.be.above(5);
        expect(lines.length).to.be.above(2);
        for (const each of [...seen, ...lines]) assertClean(each, 'an event or a line');
        await session.close();
        await first.close();
      }, {}),
    'a rejection that nobody handles': () =>
      withTcp(
        (socket) => socket.destroy(),
        async (session) => {
          const { error } = await outcomeOf(() => session.get('/x', { retry: false }));
          expect(error).to.be.instanceOf(NetworkError);
          expect(error?.cause).to.include({ code: 'ECONNRESET' });
          assertClean(error?.cause, 'the cause');
          assertClean(new AggregateError([error], 'all'), 'an AggregateError');
        },
      ),
    'a legacy session': () =>
      withTcp(
        (socket, text) => void socket.write(echo(500, 'json')(text)),
        async (_, { port }) => {
          const legacy = new Session({ host: 'x.example', basicAuth: BASIC, baseUrl: `http://127.0.0.1:${port}`, retry: false });
          for (const { run } of OPERATIONS) await outcomeOf(() => run(legacy));
          assertClean(legacy, 'a legacy session');
          await legacy.close();
        },
      ),
  }),
  ...echoes,
  row('S3', 'a password and a secret header are sent in bodies', 'bodies are in no log, no event and no diagnostics', 'TCP', {
    'create of a customer and of a hook': () =>
      withTcp(
        (socket) => answer(socket, { title: 'no' }, 422),
        async (_, { port }) => {
          const told: string[] = [];
          const log = (line: string): void => void told.push(line);
          const session = new Session({
            storeHash: 'a',
            accessToken: CANARY,
            baseUrl: `http://127.0.0.1:${port}`,
            logger: { debug: log, warn: log },
          });
          for (const name of EVENTS) session.on(name, (event) => told.push(inspect(event, { depth: 9 })));
          await outcomeOf(() => session.post('/customers', { body: [{ authentication: { new_password: 'hunter2-canary' } }] }));
          await outcomeOf(() =>
            v3.Webhook.using(session).create({
              scope: 'store/*',
              destination: 'https://x.example',
              headers: { 'x-s': 'hunter2-canary' },
            } as never),
          );
          expect(told.length).to.be.above(3);
          expect(told.join('\n')).to.not.contain('hunter2-canary');
          await session.close();
        },
      ),
  }),
  row('S4', 'a session is copied or serialised', 'its credentials are in private fields, and stay behind', 'caller', {
    'structuredClone, spread, JSON': async () => {
      const session = new Session({ storeHash: 'abc', accessToken: CANARY });
      for (const copy of [
        structuredClone(JSON.parse(JSON.stringify(session))),
        { ...session },
        Object.assign({}, session),
        inspect(session, { showHidden: true, depth: 9 }),
      ])
        assertClean(copy, 'a copy');
      await session.close();
    },
  }),
  row(
    'S5',
    'what is sent to the store, besides what was asked for',
    'the token, the accepted types and the name of the library: nothing of the machine',
    'TCP',
    {
      'session.get': () => {
        let head = '';
        return withTcp(
          (socket, text) => {
            head = text;
            answer(socket, {});
          },
          async (session) => {
            await session.get('/x');
            const names = head
              .split('\r\n')
              .slice(1)
              .filter(Boolean)
              .map((line) => line.split(':')[0]?.toLowerCase());
            expect(names.sort()).to.deep.equal(['accept', 'accept-encoding', 'connection', 'host', 'user-agent', 'x-auth-token']);
            expect(head).to.match(/user-agent: bigrecord\r\n/i);
          },
        );
      },
    },
  ),
];
