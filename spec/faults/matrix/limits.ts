import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CircuitOpenError,
  ClientError,
  ConflictError,
  ForbiddenError,
  HttpError,
  RateLimitError,
  RecordNotFoundError,
  RedirectionError,
  ServerError,
  Session,
  UnauthorizedError,
  ValidationError,
} from 'bigrecord';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { AT_ONCE_MS, until } from '../../support/waiting.js';
import { answer, type Fault, failureOf, on, outcomeOf, pause, range, withStore, withTcp } from './fault.js';
import { isRepeatable, OPERATIONS } from './operations.js';

/** Status codes that mean the same however often they are asked for. */
const FINAL: readonly (readonly [number, abstract new (...args: never[]) => Error])[] = [
  [400, ClientError],
  [401, UnauthorizedError],
  [403, ForbiddenError],
  [404, RecordNotFoundError],
  [405, ClientError],
  [409, ConflictError],
  [413, ClientError],
  [415, ClientError],
  [418, ClientError],
  [422, ValidationError],
  [423, ClientError],
  [501, ServerError],
  [505, ServerError],
  [507, ServerError],
];

const final: readonly Fault[] = FINAL.map(([status, Class]) => ({
  row: 'L12',
  name: `status ${status}`,
  by: 'TCP',
  expected: `${Class.name} with advice, after one request`,
  cases: OPERATIONS.map((operation) =>
    on(operation.name, () =>
      withTcp(
        (socket) => answer(socket, { title: 'No' }, status),
        async (session, { requests }) => {
          const error = await failureOf(() => operation.run(session), Class);
          expect((error as unknown as { status: number }).status).to.equal(status);
          expect(error.message.length).to.be.above(40);
          expect(requests).to.have.length(1);
        },
      ),
    ),
  ),
}));

/** Passing failures, with and without a body. */
const passing: readonly Fault[] = [408, 425, 499, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529].flatMap((status): Fault[] => [
  {
    row: 'L10',
    name: `status ${status} twice, then the right answer`,
    by: 'TCP',
    expected: 'GET, PUT and DELETE succeed at the third attempt; a POST fails at once, and is reported as uncertain',
    cases: OPERATIONS.map((operation) =>
      on(operation.name, () =>
        withTcp(
          (socket, _, number) =>
            number <= 2
              ? answer(socket, { title: 'Oh' }, status)
              : answer(socket, operation.healthy, operation.healthy === undefined ? 204 : 200),
          async (session, { requests }) => {
            const { error } = await outcomeOf(() => operation.run(session));
            if (isRepeatable(operation)) expect(error).to.equal(undefined);
            else expect(error).to.be.instanceOf(HttpError).and.include({ isUncertain: true });
            expect(requests).to.have.length(isRepeatable(operation) ? 3 : 1);
          },
        ),
      ),
    ),
  },
  {
    row: 'L10',
    name: `status ${status} without a body, every time`,
    by: 'TCP',
    expected: 'its error after four attempts; a POST after one',
    cases: OPERATIONS.map((operation) =>
      on(operation.name, () =>
        withTcp(
          (socket) => answer(socket, undefined, status),
          async (session, { requests }) => {
            const error = await failureOf(() => operation.run(session), HttpError);
            expect(error).to.include({ status, isUncertain: !isRepeatable(operation) });
            expect(requests).to.have.length(isRepeatable(operation) ? 4 : 1);
          },
        ),
      ),
    ),
  },
]);

/** A 503 that says when to come back may come from a gateway that has passed the request on. */
const later: Fault = {
  row: 'L10',
  name: 'status 503 with Retry-After, once',
  by: 'TCP',
  expected: 'GET, PUT and DELETE succeed at the second attempt; a POST is sent once, and is reported as uncertain',
  cases: OPERATIONS.map((operation) =>
    on(operation.name, () =>
      withTcp(
        (socket, _, number) =>
          number === 1
            ? answer(socket, {}, 503, { 'Retry-After': '0' })
            : answer(socket, operation.healthy, operation.healthy === undefined ? 204 : 200),
        async (session, { requests }) => {
          const { error } = await outcomeOf(() => operation.run(session));
          if (isRepeatable(operation)) expect(error).to.equal(undefined);
          else expect(error).to.be.instanceOf(ServerError).and.include({ isUncertain: true });
          expect(requests).to.have.length(isRepeatable(operation) ? 2 : 1);
        },
      ),
    ),
  ),
};

/** A store that fails on and on, with limits that a spec can wait for. */
const down: Fault = {
  row: 'L11',
  name: 'a store has failed three times in a row, which is the limit of `circuitBreaker` here',
  by: 'TCP',
  expected: 'CircuitOpenError that says until when, for every operation that a caller waits for; nothing is sent',
  cases: OPERATIONS.filter(({ name }) => !name.endsWith('Many')).map((operation) =>
    on(operation.name, () =>
      withTcp(
        (socket) => answer(socket, {}, 503),
        async (session, { requests }) => {
          for (const _ of range(2)) await failureOf(() => session.get('/x'), ServerError);
          await pause(3);
          await failureOf(() => session.get('/x'), ServerError);
          const error = await failureOf(() => operation.run(session), CircuitOpenError);
          expect(error.retryAt.getTime()).to.be.above(Date.now());
          expect(error.message).to.contain(error.retryAt.toISOString()).and.contain('Nothing was sent');
          expect(requests).to.have.length(3);
        },
        { retry: false, circuitBreaker: { failures: 3, overMs: 1, probeAfterMs: 60_000 } },
      ),
    ),
  ),
};

/** One 429, and how long it must be waited for. */
function refusedOnce(row: string, name: string, headers: () => Readonly<Record<string, string>>, least: number): Fault {
  return {
    row,
    name: `429 ${name}`,
    by: 'TCP',
    expected: `succeeds at the second try, POST too, after ${least} ms or little more`,
    cases: OPERATIONS.map((operation) =>
      on(operation.name, () =>
        withTcp(
          (socket, _, number) =>
            number === 1
              ? answer(socket, {}, 429, headers())
              : answer(socket, operation.healthy, operation.healthy === undefined ? 204 : 200),
          async (session, { requests }) => {
            const { ms, error } = await outcomeOf(() => operation.run(session));
            expect(error).to.equal(undefined);
            expect(requests).to.have.length(2);
            expect(ms).to.be.within(least - 2, least + AT_ONCE_MS); // where nothing is understood, half a minute
          },
        ),
      ),
    ),
  };
}

const reset = (ms: number) => ({ 'X-Rate-Limit-Time-Reset-Ms': String(ms) });
const inMs = (ms: number): string => new Date(Date.now() + ms).toUTCString();

/** A 429 that asks for more patience than there is. */
function refusedForLong(name: string, headers: () => Readonly<Record<string, string>>): Fault {
  return {
    row: 'L4',
    name: `429 ${name}`,
    by: 'TCP',
    expected: 'RateLimitError at once, with `retryAfterMs`; the next call of the store does not wait that long',
    cases: OPERATIONS.map((operation) =>
      on(operation.name, () =>
        withTcp(
          (socket) => answer(socket, {}, 429, headers()),
          async (session, { requests }) => {
            const error = await failureOf(() => operation.run(session), RateLimitError);
            expect(error.retryAfterMs).to.be.within(86_000_000, 86_400_000);
            expect(requests).to.have.length(1);
            expect(session.rateLimit.resetMs ?? 0).to.be.at.most(60_100);
          },
        ),
      ),
    ),
  };
}

const one = (
  row: string,
  name: string,
  expected: string,
  by: Fault['by'],
  run: () => Promise<unknown>,
  operation = 'session.get',
): Fault => ({
  row,
  name,
  by,
  expected,
  cases: [on(operation, run)],
});

/** The quota, as a server that counts tells of it. */
function counting(quota: number, windowMs: number) {
  let used = 0;
  let begun = performance.now();
  const state = { refused: 0 };
  return {
    state,
    take(): { status: number; headers: Record<string, string> } {
      const now = performance.now();
      if (now - begun >= windowMs) [used, begun] = [0, now];
      const isAllowed = used < quota;
      if (isAllowed) used++;
      else state.refused++;
      return {
        status: isAllowed ? 200 : 429,
        headers: {
          'X-Rate-Limit-Requests-Quota': String(quota),
          'X-Rate-Limit-Requests-Left': String(quota - used),
          'X-Rate-Limit-Time-Window-Ms': String(windowMs),
          'X-Rate-Limit-Time-Reset-Ms': String(Math.ceil(begun + windowMs - now)),
        },
      };
    },
  };
}

const CLOCKS = join(dirname(fileURLToPath(import.meta.url)), '../../support/jumping-clock.js');

const QUOTA: readonly Fault[] = [
  one(
    'L5',
    '100 callers meet a store that refuses for 300 ms',
    'one pause for all: at most one wasted request a connection, then all succeed',
    'TCP',
    () => {
      const until = performance.now() + 300;
      let refused = 0;
      return withTcp(
        (socket) => {
          const left = until - performance.now();
          if (left > 0) refused++;
          answer(socket, { data: 1 }, left > 0 ? 429 : 200, left > 0 ? reset(Math.ceil(left)) : {});
        },
        async (session) => {
          await Promise.all(range(100).map(() => session.get('/x')));
          expect(refused).to.be.at.most(9);
        },
      );
    },
  ),
  one(
    'L6',
    'the quota shrinks and what is left falls by itself',
    'the responses are accepted; nothing goes below zero; nothing hangs',
    'TCP',
    () => {
      let number = 0;
      return withTcp(
        (socket) => {
          number++;
          answer(socket, { data: 1 }, 200, {
            'X-Rate-Limit-Requests-Quota': String(number < 5 ? 100 : 20),
            'X-Rate-Limit-Requests-Left': String(Math.max(0, 40 - 9 * number)),
            'X-Rate-Limit-Time-Window-Ms': '200',
            'X-Rate-Limit-Time-Reset-Ms': '100',
          });
        },
        async (session) => {
          for (const _ of range(12)) {
            await session.get('/x');
            expect(session.rateLimit.left).to.be.at.least(0);
          }
        },
      );
    },
  ),
  one('L6', 'headers of the quota that are no numbers', 'ignored', 'TCP', () =>
    withTcp(
      (socket) =>
        answer(socket, { data: 1 }, 200, {
          'X-Rate-Limit-Requests-Quota': 'many',
          'X-Rate-Limit-Requests-Left': '-1',
          'X-Rate-Limit-Time-Reset-Ms': 'NaN',
        }),
      async (session) => {
        for (const _ of range(20)) await session.get('/x');
        expect(session.rateLimit.quota).to.equal(undefined);
      },
    ),
  ),
  one(
    'L8',
    'an operation of which the platform takes three at once',
    'never more; no 429 in 100',
    'TCP',
    () => {
      let inside = 0;
      let most = 0;
      return withTcp(
        (socket) => {
          most = Math.max(most, ++inside);
          setTimeout(() => {
            inside--;
            answer(socket, { data: [{ id: 1 }] });
          }, 2);
        },
        async (session) => {
          await Promise.all(range(100).map(() => session.put('/customers', { body: [] })));
          expect(most).to.equal(3);
        },
      );
    },
    'session.put',
  ),
  one(
    'L11',
    'a store that fails for a minute',
    'retries are limited for the store: 150 calls cost at most 50 further requests',
    'TCP',
    () =>
      withTcp(
        (socket) => answer(socket, {}, 503),
        async (session, { requests }) => {
          await Promise.allSettled(range(150).map(() => session.get('/x')));
          expect(requests.length).to.be.at.most(205); // a little is granted again with time
        },
        { retry: { limit: 9, baseMs: 1 } },
      ),
  ),
  one('L13', 'the clock of the system jumps an hour forward and back', 'waits last as long as they should', 'caller', async () => {
    const child = spawn(process.execPath, [CLOCKS], { stdio: ['ignore', 'pipe', 'inherit'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(child, 'exit');
    const { waited, answered } = JSON.parse(Buffer.concat(chunks).toString());
    expect(answered).to.equal(2);
    expect(waited).to.be.within(190, AT_ONCE_MS); // and not an hour
  }),
  one('L14', 'the process sleeps over several windows', 'no burst beyond the quota afterwards: no 429', 'TCP', () => {
    const { take, state } = counting(40, 250);
    return withTcp(
      (socket) => {
        const { status, headers } = take();
        answer(socket, { data: 1 }, status, headers);
      },
      async (session) => {
        await Promise.all(range(30).map(() => session.get('/x')));
        const job = Promise.all(range(60).map(() => session.get('/x')));
        await pause(10);
        const until = performance.now() + 700;
        while (performance.now() < until); // as a machine that sleeps: no timer fires
        await job;
        expect(state.refused).to.equal(0);
      },
    );
  }),
  one(
    'L15',
    '60,000 calls wait for quota',
    '50,000 wait in line, and leave at once when they are aborted; the others are refused',
    'TCP',
    () =>
      withTcp(
        (socket) =>
          answer(socket, { data: 1 }, 200, {
            'X-Rate-Limit-Requests-Quota': '5',
            'X-Rate-Limit-Requests-Left': '0',
            'X-Rate-Limit-Time-Window-Ms': '60000',
            'X-Rate-Limit-Time-Reset-Ms': '60000',
          }),
        async (session) => {
          await session.get('/x');
          const abort = new AbortController();
          const all = Promise.allSettled(range(60_000).map(() => session.get('/x', { signal: abort.signal })));
          await pause(1);
          expect(session.rateLimit.waiting).to.equal(50_000);
          const begun = performance.now();
          abort.abort(new Error('enough'));
          expect(session.rateLimit.waiting).to.equal(0);
          expect((await all).every(({ status }) => status === 'rejected')).to.equal(true);
          expect(performance.now() - begun).to.be.below(2 * AT_ONCE_MS); // the window has sixty seconds
        },
      ),
  ),
  one(
    'L16',
    'a bulk job fills the quota while a caller waits for one record',
    'the one goes before what is left of the job',
    'TCP',
    () => {
      const { take, state } = counting(50, 400);
      return withTcp(
        (socket) => {
          const { status, headers } = take();
          answer(socket, { data: { id: 1 } }, status, headers);
        },
        async (session, { requests }) => {
          const job = Promise.all(
            range(150).map(() => session.send({ method: 'GET', version: 'v3', path: '/bulk', query: {}, priority: 'bulk' })),
          );
          await until(() => requests.length > 0, 'the job');
          await v3.Product.using(session).find(1);
          expect(session.rateLimit.waiting).to.be.above(0);
          await job;
          // Behind what the window had left, before what the next one has: not at the end of the line.
          expect(requests.findIndex(({ url }) => url.includes('/catalog/products'))).to.be.below(101);
          expect(state.refused).to.equal(0);
        },
      );
    },
    'find',
  ),
  one(
    'L9',
    'another process works on the same store, with a budget of its own',
    'each believes the responses: at most one in ten of these is a 429, and all calls succeed',
    'sandbox',
    () =>
      withStore(
        async (store, session) => {
          const { baseUrl, storeHash, accessToken } = store.credentials;
          const script = `import { Session } from 'bigrecord';
            const session = new Session({ storeHash: '${storeHash}', accessToken: '${accessToken}', baseUrl: '${baseUrl}' });
            await Promise.all(Array.from({ length: 200 }, (_, at) => session.send({ method: 'GET', version: 'v3', path: '/catalog/products/' + (1 + at % 60), query: {}, priority: 'bulk' })));`;
          const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
          const ended = once(child, 'exit');
          await Promise.all(
            range(200).map((at) =>
              session.send({ method: 'GET', version: 'v3', path: `/catalog/products/${1 + (at % 60)}`, query: {}, priority: 'bulk' }),
            ),
          );
          expect((await ended)[0]).to.equal(0);
          expect(store.requests.filter(({ status }) => status === 429).length).to.be.at.most(40); // where they are not believed: some 200
        },
        { rateLimit: { quota: 100, windowMs: 1200 } },
      ),
  ),
  one('N17', 'a process has nothing left to do but to wait for quota', 'it waits, gets its answer, and ends by itself', 'TCP', () => {
    let number = 0;
    return withTcp(
      (socket) => answer(socket, { data: 1 }, ++number === 1 ? 429 : 200, number === 1 ? reset(200) : {}),
      async (_, { port }) => {
        const script = `import { Session } from 'bigrecord';
          const session = new Session({ storeHash: 'a', accessToken: 'b', baseUrl: 'http://127.0.0.1:${port}' });
          console.log((await session.get('/x')).status);`;
        const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
        const chunks: Buffer[] = [];
        child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
        const timer = setTimeout(() => child.kill(), 25_000);
        const [code] = await once(child, 'exit');
        clearTimeout(timer);
        expect([code, Buffer.concat(chunks).toString().trim()]).to.deep.equal([0, '200']);
      },
    );
  }),
  one(
    'L1',
    'the sandbox refuses when its quota is used up',
    'a job of 240 with 60 a window meets no 429 in two sessions of one store',
    'sandbox',
    () =>
      withStore(
        async (store, session) => {
          const other = new Session({ ...store.credentials });
          await Promise.all(range(240).map((at) => v3.Product.using(at % 2 === 0 ? session : other).find(1 + (at % 60), { retry: false })));
          expect(store.requests.filter(({ status }) => status === 429)).to.deep.equal([]);
          await other.close();
        },
        { rateLimit: { quota: 60, windowMs: 1200 } },
      ),
  ),
];

/** Redirects: the token is never carried anywhere. */
function redirect(row: string, name: string, status: number, location: (port: number) => string | undefined): Fault {
  return {
    row,
    name: `${status} ${name}`,
    by: 'TCP',
    expected: 'RedirectionError with advice; not followed, nothing is sent a second time, the token goes nowhere else',
    cases: OPERATIONS.map((operation) =>
      on(operation.name, () =>
        withTcp(
          (socket) => answer(socket, { stolen: true }),
          (_, other) =>
            withTcp(
              (socket, __, ___) => {
                const to = location(other.port);
                answer(socket, undefined, status, to === undefined ? {} : { Location: to });
              },
              async (session, { requests }) => {
                await failureOf(() => operation.run(session), RedirectionError);
                expect([requests.length, other.requests.length]).to.deep.equal([1, 0]);
              },
            ),
        ),
      ),
    ),
  };
}

const redirects: readonly Fault[] = [
  ...[301, 302, 303, 307, 308].map((status) => redirect('R1', 'to another host', status, (port) => `http://127.0.0.1:${port}/steal`)),
  redirect('R2', 'from https to http', 308, () => 'http://api.bigcommerce.com/stores/x/v3/y'),
  ...[301, 303, 308].map((status) => redirect(status === 301 ? 'R3' : 'R4', 'to the same host', status, () => '/stores/abc/v3/other')),
  redirect('R5', 'without a Location', 302, () => undefined),
  redirect('R5', 'with a Location that is no address', 302, () => 'http://[::bad'),
  redirect('R5', 'to itself', 307, () => '/stores/abc/v3/catalog/products'),
  redirect('R1', 'with the scheme of a script', 302, () => 'javascript:alert(1)'),
];

const perCall: Fault = {
  row: 'L10',
  name: 'status 503 once, where the call itself allows no retry',
  by: 'TCP',
  expected: '`{ retry: false }` of the call wins over the session: one request, ServerError',
  cases: [
    on('find', () => once503((session) => v3.Product.using(session).find(1, { retry: false }))),
    on('all', () => once503((session) => v3.Product.using(session).all({ retry: false }))),
    on('count', () => once503((session) => v3.Product.using(session).count({ retry: false }))),
    on('save', () =>
      once503((session) => {
        const product = v3.Product.using(session).load({ id: 1, name: 'A' });
        product.name = 'B';
        return product.save({ retry: false });
      }),
    ),
    on('destroy', () => once503((session) => v3.Product.using(session).destroy(1, { retry: false }))),
    on('relation', () => once503((session) => v3.Product.using(session).ref(1).images.all({ retry: false }))),
    on('session.get', () => once503((session) => session.get('/x', { retry: false }))),
  ],
};

const once503 = (work: (session: Session) => Promise<unknown>): Promise<void> =>
  withTcp(
    (socket, _, number) => answer(socket, { data: [] }, number === 1 ? 503 : 200),
    async (session, { requests }) => {
      await failureOf(() => work(session), ServerError);
      expect(requests).to.have.length(1);
    },
  );

export const limits: readonly Fault[] = [
  ...redirects,
  refusedOnce('L1', 'with the milliseconds until the window ends', () => reset(120), 120),
  refusedOnce('L1', 'with X-Retry-After in seconds', () => ({ 'X-Retry-After': '1' }), 1000),
  refusedOnce('L1', 'with Retry-After in seconds', () => ({ 'Retry-After': '1' }), 1000),
  refusedOnce('L4', 'with a date a second from now', () => ({ 'Retry-After': inMs(1900) }), 800),
  refusedOnce('L2', 'with no header', () => ({}), 1000),
  refusedOnce('L2', 'with a header that is no number', () => ({ 'X-Rate-Limit-Time-Reset-Ms': 'NaN', 'Retry-After': 'soon' }), 1000),
  refusedOnce('L4', 'with a date of the past', () => ({ 'Retry-After': 'Wed, 21 Oct 2015 07:28:00 GMT' }), 5),
  refusedOnce('L4', 'with zero seconds', () => ({ 'Retry-After': '0' }), 5),
  refusedForLong('that asks for a day, in seconds', () => ({ 'Retry-After': '86400' })),
  refusedForLong('that asks for a day, as a date', () => ({ 'Retry-After': inMs(86_400_000) })),
  refusedForLong('that asks for a day, in milliseconds', () => reset(86_400_000)),
  ...final,
  ...passing,
  later,
  down,
  perCall,
  ...QUOTA,
];
