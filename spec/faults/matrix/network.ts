import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createTls } from 'node:https';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ClientError, NetworkError, type Sent, ServerError, Session, TimeoutError, UncertainOutcomeError } from 'bigrecord';
import { expect } from 'chai';
import { type CertificateKind, type Certificates, certificates } from '../../support/certificates.js';
import { sessionAt } from '../../support/http-server.js';
import { run } from '../../support/run.js';
import { assertClean, CANARY } from '../../support/secrets.js';
import { AT_ONCE_MS, until } from '../../support/waiting.js';
import { answer, answerBytes, type Case, type Fault, failureOf, on, outcomeOf, ownStore, withTcp } from './fault.js';
import { isRepeatable, OPERATIONS, type Operation } from './operations.js';

interface Breakage {
  readonly row: string;
  readonly name: string;
  readonly sent: Sent;
  /** Plays it instead of an answer. */
  play(socket: Socket, operation: Operation): void;
}

const whole = ({ healthy }: Operation): Buffer =>
  answerBytes(200, { 'Content-Type': 'application/json' }, JSON.stringify(healthy ?? { a: 1 }));

/** Writes bytes, and cuts the connection behind them. */
const writeAndCut = (socket: Socket, bytes: Buffer): void => void socket.write(bytes, () => setTimeout(() => socket.destroy(), 5));

const BREAKAGES: readonly Breakage[] = [
  { row: 'N3', name: 'the connection is closed before any byte of the answer', sent: 'maybe', play: (socket) => socket.destroy() },
  { row: 'N4', name: 'the connection is reset before any byte of the answer', sent: 'maybe', play: (socket) => socket.resetAndDestroy() },
  { row: 'N4', name: 'the server says it is done, and nothing else', sent: 'maybe', play: (socket) => void socket.end() },
  {
    row: 'N5',
    name: 'the connection is closed in the middle of the status line',
    sent: 'maybe',
    play: (socket) => writeAndCut(socket, Buffer.from('HTTP/1.1 2')),
  },
  {
    row: 'N5',
    name: 'the connection is closed in the middle of the headers',
    sent: 'maybe',
    play: (socket) => writeAndCut(socket, Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: appli')),
  },
  {
    row: 'N5',
    name: 'the connection is closed in the middle of the body',
    sent: 'yes',
    play: (socket, operation) => writeAndCut(socket, whole(operation).subarray(0, -4)),
  },
  {
    row: 'N6',
    name: 'the body is shorter than its Content-Length, and would be JSON by itself',
    sent: 'yes',
    play: (socket) => writeAndCut(socket, answerBytes(200, { 'Content-Length': '900' }, '{"data":[]}')),
  },
  {
    row: 'N6',
    name: 'a chunked body ends without its last chunk',
    sent: 'yes',
    play: (socket) => writeAndCut(socket, Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n{"data":[]}\r\n')),
  },
  {
    row: 'N6',
    name: 'a chunk has no length',
    sent: 'yes',
    play: (socket) =>
      writeAndCut(socket, Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{"data":[]}\r\n0\r\n\r\n')),
  },
  {
    row: 'N5',
    name: 'the response is not HTTP',
    sent: 'maybe',
    play: (socket) => writeAndCut(socket, Buffer.from('SSH-2.0-OpenSSH_9.2p1\r\n')),
  },
];

const breakingOnce = ({ row, name, play }: Breakage): Fault => ({
  row,
  name: `${name}, once`,
  by: 'TCP',
  expected: 'GET, PUT and DELETE succeed at the second attempt; a POST is sent once, and its outcome is reported as unknown',
  cases: OPERATIONS.map((operation) =>
    on(operation.name, () =>
      withTcp(
        (socket, _, number) =>
          number === 1 ? play(socket, operation) : answer(socket, operation.healthy, operation.healthy === undefined ? 204 : 200),
        async (session, { requests }) => {
          if (isRepeatable(operation)) {
            const { error } = await outcomeOf(() => operation.run(session));
            expect(error).to.equal(undefined);
            expect(requests).to.have.length(2);
          } else {
            await failureOf(() => operation.run(session), UncertainOutcomeError);
            expect(requests).to.have.length(1);
          }
        },
      ),
    ),
  ),
});

const always = ({ row, name, sent, play }: Breakage): Fault => ({
  row,
  name: `${name}, every time`,
  by: 'TCP',
  expected: `NetworkError with \`sent: '${sent}'\` after four tries; a POST after one, as an UncertainOutcomeError`,
  cases: OPERATIONS.map((operation) =>
    on(operation.name, () =>
      withTcp(
        (socket) => play(socket, operation),
        async (session, { requests }) => {
          const error = await failureOf(() => operation.run(session), isRepeatable(operation) ? NetworkError : UncertainOutcomeError);
          const tries = isRepeatable(operation) ? 4 : 1;
          expect([error.sent, error.attempts, requests.length]).to.deep.equal([sent, tries, tries]);
        },
      ),
    ),
  ),
});

/** A limit of time that passes: the phase is named, and the operation ends near the limit. */
function late(row: string, name: string, phase: string, timeout: object, play: (socket: Socket) => void): Fault {
  return {
    row,
    name,
    by: 'TCP',
    expected: `TimeoutError in the phase \`${phase}\`, within the limit; a POST as an UncertainOutcomeError`,
    cases: OPERATIONS.map((operation) =>
      on(operation.name, () =>
        withTcp(
          (socket) => play(socket),
          async (session) => {
            const begun = performance.now();
            const error = await failureOf(() => operation.run(session), isRepeatable(operation) ? TimeoutError : UncertainOutcomeError);
            expect(error.phase).to.equal(phase);
            expect(performance.now() - begun).to.be.below(AT_ONCE_MS);
          },
          { timeout, retry: false },
        ),
      ),
    ),
  };
}

function drip(socket: Socket, head: string): void {
  socket.write(head);
  const timer = setInterval(() => socket.write(' '), 10);
  socket.on('close', () => clearInterval(timer));
}

/** Nothing listens, or no such name: nothing was sent, so a POST may be tried again too. */
function unreachable(
  row: string,
  name: string,
  tries: Readonly<Record<string, number>>,
  baseUrl: () => Promise<string>,
  hint: string,
): Fault {
  return {
    row,
    name,
    by: 'TCP',
    expected: `NetworkError with \`sent: 'no'\` POST too, after ${Object.entries(tries)
      .map(([code, number]) => `${number} tries (${code})`)
      .join(' or ')}; it says ${hint}`,
    cases: OPERATIONS.map((operation) =>
      on(operation.name, async () => {
        const session = new Session({ ...ownStore(), accessToken: CANARY, baseUrl: await baseUrl(), retry: { baseMs: 1 } });
        const error = await failureOf(() => operation.run(session), NetworkError);
        expect([error.sent, error.phase, error.attempts]).to.deep.equal(['no', 'connect', tries[String(error.code)]]);
        expect(error.message).to.contain(hint);
        await session.close();
      }),
    ),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Tries every operation in a process of its own, on a server with this certificate; what came of each, and what arrived. */
async function tryCertificate(kind: CertificateKind): Promise<{ tried: Record<string, unknown>; arrived: number }> {
  const { authority, of } = await (trusted ??= certificates());
  let arrived = 0;
  const server = createTls(await of(kind), (_, response) => {
    arrived++;
    response.end('{"data":[]}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const folder = await mkdtemp(join(tmpdir(), 'bigrecord-ca-'));
  try {
    await writeFile(join(folder, 'ca.pem'), authority);
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') };
    const { stdout, stderr } = await run(process.execPath, [CLIENT, `https://127.0.0.1:${port}`], { env });
    assertClean(stdout + stderr, 'the output of a process');
    return { tried: JSON.parse(stdout), arrived };
  } finally {
    await rm(folder, { recursive: true });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

let trusted: Promise<Certificates> | undefined;
const CLIENT = join(dirname(fileURLToPath(import.meta.url)), '../../support/tls-client.js');

/** A certificate that must not be trusted: refused at once, whatever the method. */
function untrusted(name: string, kind: CertificateKind, code: string): Fault {
  let tried: ReturnType<typeof tryCertificate> | undefined;
  return {
    row: 'N14',
    name,
    by: 'TCP',
    expected: `NetworkError ${code} at the first try with \`sent: 'no'\`; no request arrives`,
    cases: OPERATIONS.map((operation) =>
      on(operation.name, async () => {
        const { tried: all, arrived } = await (tried ??= tryCertificate(kind));
        expect(all[operation.name]).to.deep.include({ name: 'NetworkError', code, sent: 'no', attempts: 1 });
        expect(arrived).to.equal(0);
      }),
    ),
  };
}

/** A host that takes no connection, or a connection that never becomes one: nothing can have been sent. */
function mute(name: string, listen: () => Promise<{ baseUrl: string; close(): Promise<void> }>): Fault {
  return {
    row: 'N8',
    name,
    by: 'TCP',
    expected: "TimeoutError in the phase `connect` with `sent: 'no'`, within the limit; POST too",
    cases: OPERATIONS.map((operation) =>
      on(operation.name, async () => {
        const { baseUrl, close } = await listen();
        const session = sessionAt(0, { ...ownStore(), baseUrl, timeout: { connect: 80 }, retry: false });
        const { ms, error } = await outcomeOf(() => operation.run(session));
        expect(error).to.be.instanceOf(TimeoutError).and.include({ phase: 'connect', sent: 'no' });
        expect(ms).to.be.within(79, AT_ONCE_MS);
        await session.close();
        await close();
      }),
    ),
  };
}

async function listenMute(): Promise<{ baseUrl: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket.on('error', () => {})));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A stopped process whose line of waiting connections is full: further ones hang in the middle of the handshake. */
async function listenStopped(): Promise<{ baseUrl: string; close(): Promise<void> }> {
  const script =
    "const s = require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => process.send(s.address().port))";
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const [port] = (await once(child, 'message')) as [number];
  child.kill('SIGSTOP');
  const waiting = Array.from({ length: 6 }, () => connect(port, '127.0.0.1').on('error', () => {}));
  await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    close: async () => {
      for (const socket of waiting) socket.destroy();
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** Single cases of the connection's life. */
const CONNECTIONS: readonly Fault[] = [
  {
    row: 'N12',
    name: 'a kept connection is closed just as it is used again',
    by: 'TCP',
    expected: 'transparent for GET, PUT and DELETE; a POST is never sent twice',
    cases: OPERATIONS.map((operation) =>
      on(operation.name, () =>
        withTcp(
          (socket, text, number) => {
            if (number === 1) answer(socket, { a: 1 });
            else if (number === 2) socket.destroy();
            else answer(socket, operation.healthy ?? text.length);
          },
          async (session, { requests }) => {
            await session.get('/warm');
            const { error } = await outcomeOf(() => operation.run(session));
            if (isRepeatable(operation)) expect(error).to.equal(undefined);
            else expect(error).to.be.instanceOf(UncertainOutcomeError);
            expect(requests).to.have.length(isRepeatable(operation) ? 3 : 2);
          },
        ),
      ),
    ),
  },
  {
    row: 'N13',
    name: 'the server closes after each answer (`Connection: close`), 300 times',
    by: 'TCP',
    expected: 'each request opens a connection, and none is left',
    cases: [
      on('session.get', () => {
        let open = 0;
        return withTcp(
          (socket) => {
            open++;
            socket.once('close', () => open--);
            socket.end(answerBytes(200, { Connection: 'close' }, '{"data":1}'));
          },
          async (session, { requests }) => {
            await Promise.all(Array.from({ length: 300 }, () => session.get('/x')));
            await until(() => open === 0, 'the connections to end');
            expect([requests.length, open]).to.deep.equal([300, 0]);
          },
        );
      }),
    ],
  },
  {
    row: 'N16',
    name: '1,000 requests in one tick',
    by: 'TCP',
    expected: 'no more connections than `concurrency`; all answered, first come first served',
    cases: [
      on('session.get', () => {
        const sockets = new Set<Socket>();
        return withTcp(
          (socket) => {
            sockets.add(socket);
            answer(socket, { data: 1 });
          },
          async (session, { requests }) => {
            await Promise.all(Array.from({ length: 1000 }, (_, at) => session.get(`/x/${at}`)));
            expect(sockets.size).to.be.at.most(8);
            const order = requests.map(({ url }) => Number(url.split('/').at(-1)));
            expect(order.every((at, index) => Math.abs(at - index) < 24)).to.equal(true);
          },
        );
      }),
    ],
  },
  {
    row: 'N1',
    name: 'nothing listens at first, then the server is up',
    by: 'TCP',
    expected: 'succeeds, POST too: nothing had been sent',
    cases: OPERATIONS.map((operation) =>
      on(operation.name, async () => {
        const port = await freePort();
        const session = sessionAt(port, { ...ownStore(), retry: { limit: 6, baseMs: 50 } });
        const running = outcomeOf(() => operation.run(session));
        await new Promise((resolve) => setTimeout(resolve, 30));
        const server = createServer((socket) =>
          socket.on('error', () => {}).once('data', () => answer(socket, operation.healthy, operation.healthy === undefined ? 204 : 200)),
        );
        await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
        expect((await running).error).to.equal(undefined);
        await session.close();
        await new Promise((resolve) => server.close(resolve));
      }),
    ),
  },
];

/** Connections that are not there, or not there any more. */
const WAITING: readonly Fault[] = [
  {
    row: 'N12',
    name: 'kept connections are closed after 30 ms without work, just when a POST comes',
    by: 'TCP',
    expected: 'a POST goes out on a connection that is open, or on a new one: none of 30 is lost or reported as uncertain',
    cases: ['POST', 'PATCH'].map((method) =>
      on(`session.${method.toLowerCase()}`, () =>
        withTcp(
          (socket) => {
            answer(socket, { data: { id: 1 } });
            socket.removeAllListeners('timeout').setTimeout(30, () => socket.destroy());
          },
          async (session, { requests }) => {
            for (let number = 0; number < 30; number++) {
              await session.request(method as 'POST', '/x', { body: { number } });
              await new Promise((resolve) => setTimeout(resolve, 28 + (number % 4)));
            }
            expect(requests).to.have.length(30);
          },
        ),
      ),
    ),
  },
  {
    row: 'N12',
    name: 'the server says for how long it keeps a connection (`Keep-Alive: timeout=1`)',
    by: 'TCP',
    expected: 'it is not used again',
    cases: OPERATIONS.map((operation) =>
      on(operation.name, () => {
        const ports = new Set<number | undefined>();
        return withTcp(
          (socket) => {
            ports.add(socket.remotePort);
            answer(socket, operation.healthy, operation.healthy === undefined ? 204 : 200, { 'Keep-Alive': 'timeout=1' });
          },
          async (session, { requests }) => {
            await operation.run(session);
            await operation.run(session);
            expect(ports.size).to.equal(requests.length);
          },
        );
      }),
    ),
  },
  {
    row: 'N16',
    name: '100 requests at once, whose responses take longer together than the total time of each',
    by: 'TCP',
    expected: 'all are answered: the time of each begins when it has a connection; no POST is reported as uncertain',
    cases: ['GET', 'POST', 'PUT', 'DELETE'].map((method) =>
      on(`session.${method.toLowerCase()}`, () =>
        withTcp(
          (socket) => void setTimeout(() => answer(socket, { data: 1 }), 50),
          async (session, { requests }) => {
            await Promise.all(Array.from({ length: 100 }, () => session.request(method as 'GET', '/x')));
            expect(requests).to.have.length(100);
          },
          { timeout: { total: 600 }, concurrency: 4, retry: false },
        ),
      ),
    ),
  },
  {
    row: 'N16',
    name: 'calls are aborted while they wait for a connection',
    by: 'TCP',
    expected: 'the reason of the signal, POST too: nothing was sent',
    cases: OPERATIONS.filter(({ name }) => name.startsWith('session.')).map((operation) =>
      on(operation.name, () =>
        withTcp(
          () => {},
          async (session, { requests }) => {
            const busy = outcomeOf(() => session.get('/busy'));
            while (requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
            const abort = new AbortController();
            const method = operation.kind === 'read' ? 'GET' : 'POST';
            const waiting = outcomeOf(() => session.request(method, '/x', { signal: abort.signal }));
            await new Promise((resolve) => setTimeout(resolve, 5));
            abort.abort(new Error('enough'));
            expect((await waiting).error?.message).to.equal('enough');
            await session.close({ abort: true });
            await busy;
            expect(requests).to.have.length(1);
          },
          { concurrency: 1, retry: false },
        ),
      ),
    ),
  },
];

/** A proxy that answers by itself instead of passing the request on. */
const proxied = (status: number, Class: typeof ServerError | typeof ClientError): Case =>
  on(String(status), () =>
    withTcp(
      (socket) =>
        socket.end(
          answerBytes(
            status,
            { 'Content-Type': 'text/html', Via: '1.1 cache.example (squid)', Connection: 'close' },
            '<title>No way</title>',
          ),
        ),
      async (session) => {
        const error = await failureOf(() => session.get('/x'), Class);
        expect(error.message).to.contain('No way').and.contain('cache.example').and.not.contain('<');
      },
      { retry: false },
    ),
  );

export const network: readonly Fault[] = [
  unreachable('N1', 'nothing listens at the port', { ECONNREFUSED: 4 }, async () => `http://127.0.0.1:${await freePort()}`, '127.0.0.1'),
  unreachable(
    'N2',
    'the name of the host is unknown',
    { ENOTFOUND: 2, EAI_AGAIN: 4 },
    async () => 'https://no-such-host.invalid',
    'baseUrl',
  ),
  ...BREAKAGES.flatMap((breakage) => [breakingOnce(breakage), always(breakage)]),
  mute('the connection opens, but the TLS handshake never completes', listenMute),
  mute('the host accepts no connection', listenStopped),
  late('N9', 'the headers never come', 'response', { response: 60 }, () => {}),
  late('N9', 'the status line comes, and the headers never end', 'response', { response: 60 }, (socket) =>
    drip(socket, 'HTTP/1.1 200 OK\r\nX-A:'),
  ),
  late('N10', 'the body stalls after the headers', 'body', { body: 60 }, (socket) =>
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{'),
  ),
  late('N11', 'the body comes byte by byte for ever', 'total', { total: 120, body: 5000 }, (socket) =>
    drip(socket, 'HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n{'),
  ),
  {
    row: 'N11',
    name: 'every try is slow: the total limit is over all of them',
    by: 'TCP',
    expected: 'ends near the total limit, not after four times a phase',
    cases: OPERATIONS.filter(isRepeatable).map((operation) =>
      on(operation.name, () =>
        withTcp(
          () => {},
          async (session) => {
            const { ms, error } = await outcomeOf(() => operation.run(session));
            expect(error).to.be.instanceOf(TimeoutError);
            expect(ms).to.be.below(4000);
          },
          { timeout: { response: 600, total: 700 }, retry: { limit: 9, baseMs: 1 } },
        ),
      ),
    ),
  },
  ...CONNECTIONS,
  ...WAITING,
  untrusted('the certificate is signed by itself', 'self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'),
  untrusted('the certificate has expired', 'expired', 'CERT_HAS_EXPIRED'),
  untrusted('the certificate is that of another host', 'other-host', 'ERR_TLS_CERT_ALTNAME_INVALID'),
  {
    row: 'N15',
    name: 'a proxy on the way answers with a page of its own',
    by: 'TCP',
    expected: 'the error names the proxy (`Via`) and has the title of the page, not the page',
    cases: [proxied(502, ServerError), proxied(407, ClientError)],
  },
  {
    row: 'N14',
    name: 'the certificate is good',
    by: 'TCP',
    expected: 'every operation is answered: the refusals above are of the certificates',
    cases: [
      on('find and the others', async () => {
        const { tried, arrived } = await tryCertificate('good');
        expect(arrived).to.be.at.least(OPERATIONS.length);
        expect(Object.values(tried).filter((each) => (each as { name?: string }).name === 'NetworkError')).to.deep.equal([]);
      }),
    ],
  },
];
