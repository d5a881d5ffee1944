import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { NetworkError, TimeoutError, UncertainOutcomeError } from 'bigrecord';
import { Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { json, type Listening, serve, serveRaw, sessionAt } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const ANSWER = `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength('{"data":{"id":1}}')}\r\n\r\n{"data":{"id":1}}`;

describe('waiting for a connection', function () {
  this.timeout(60_000);
  let server: Listening | undefined;
  afterEach(async () => server?.close());

  it('is not sending: of 1,000 create() at once none is uncertain, and none fails for waiting', async () => {
    server = await serve((request, response) => {
      setTimeout(() => json(response, { data: { id: Number(JSON.parse(request.body).weight), name: 'A' } }), 100);
    });
    const session = server.session({ storeHash: 'thousand', timeout: { total: 3000 } });
    const Products = Product.using(session);
    const results = await Promise.allSettled(
      range(1000).map((weight) => Products.create({ name: 'A', type: 'physical', price: 1, weight })),
    );
    expect(results.filter(({ status }) => status === 'rejected')).to.deep.equal([]);
    expect(server.requests).to.have.length(1000);
  });

  it('is over at once for whoever is aborted, with the reason of the signal: nothing was sent', async () => {
    server = await serve(() => {});
    const session = server.session({ concurrency: 2, retry: false });
    const first = range(2).map(() => rejection(session.post('/busy', { body: {} }), UncertainOutcomeError));
    while (server.requests.length < 2) await delay(1);
    const abort = new AbortController();
    const waiting = range(5).map(() => rejection(session.post('/x', { body: {}, signal: abort.signal })));
    await delay(5);
    abort.abort(new Error('enough'));
    for (const error of await Promise.all(waiting)) expect(error.message).to.equal('enough');
    await session.close({ abort: true });
    await Promise.all(first);
    expect(server.requests.map(({ url }) => url.split('/').at(-1))).to.deep.equal(['busy', 'busy']);
  });

  it('costs nothing of the quota where it was given up', async () => {
    const quota = {
      'x-rate-limit-requests-quota': '40',
      'x-rate-limit-requests-left': '30',
      'x-rate-limit-time-window-ms': '30000',
      'x-rate-limit-time-reset-ms': '30000',
    };
    server = await serve((request, response) => {
      if (!request.url?.endsWith('busy')) json(response, {}, 200, quota);
    });
    const session = server.session({ storeHash: 'given-up', concurrency: 1, retry: false });
    await session.get('/x');
    const abort = new AbortController();
    const busy = rejection(session.get('/busy', { signal: abort.signal }));
    const waiting = range(20).map(() => rejection(session.get('/x', { signal: abort.signal })));
    while (server.requests.length < 2) await delay(1);
    abort.abort(new Error('enough'));
    await Promise.all([busy, ...waiting]);
    expect(session.rateLimit.left).to.be.within(28, 30);
  });

  it('gives way to whoever waits for an answer, and yet lets jobs through', async () => {
    const order: string[] = [];
    server = await serve((request, response) => {
      order.push(String(request.url?.split('/').at(-1)));
      setTimeout(() => json(response, {}), 2);
    });
    const session = server.session({ storeHash: 'slots', concurrency: 1 });
    const bulk = range(3).map(() => session.send({ method: 'GET', version: 'v3', path: '/bulk', query: {}, priority: 'bulk' }));
    const interactive = range(40).map(() => session.get('/one'));
    await Promise.all([...bulk, ...interactive]);
    expect(order.indexOf('one')).to.be.below(3);
    expect(order.lastIndexOf('bulk')).to.be.below(42);
    expect(order.filter((each) => each === 'bulk')).to.have.length(3);
  });
});

describe('what never left', () => {
  let server: Listening | undefined;
  afterEach(async () => server?.close());

  for (const method of ['POST', 'PATCH'] as const)
    it(`a ${method} whose TLS handshake is cut off says sent: 'no', and is tried again`, async () => {
      let connections = 0;
      const raw = await serveRaw(() => {});
      await raw.close();
      const { createServer: createTcp } = await import('node:net');
      const tcp = createTcp((socket) => {
        connections++;
        socket.on('error', () => {}).once('data', () => socket.destroy());
      });
      await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
      const session = sessionAt(0, {
        storeHash: `tls-${method}`,
        baseUrl: `https://127.0.0.1:${(tcp.address() as AddressInfo).port}`,
        retry: { limit: 2, baseMs: 1 },
      });
      const error = await rejection(session.request(method, '/x', { body: {} }), NetworkError);
      expect(error).to.not.be.instanceOf(UncertainOutcomeError);
      expect(error).to.include({ sent: 'no', phase: 'connect', attempts: 3 });
      expect(error.message).to.contain('Nothing was sent');
      expect(connections).to.equal(3);
      await session.close();
      await new Promise((resolve) => tcp.close(resolve));
    });

  it("runs out of its total time while it connects: a TimeoutError with sent: 'no'", async () => {
    const { createServer: createTcp } = await import('node:net');
    const sockets: Socket[] = [];
    const tcp = createTcp((socket) => void sockets.push(socket.on('error', () => {})));
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    const session = sessionAt(0, {
      baseUrl: `https://127.0.0.1:${(tcp.address() as AddressInfo).port}`,
      timeout: { total: 60, connect: 5000 },
      retry: false,
    });
    const error = await rejection(session.post('/x', { body: {} }), TimeoutError);
    expect(error).to.include({ sent: 'no', phase: 'total' });
    await session.close();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => tcp.close(resolve));
  });

  it('a POST that was given to an open connection and got no answer is uncertain', async () => {
    server = await serveRaw((socket) => socket.resetAndDestroy());
    const error = await rejection(server.session().post('/x', { body: {} }), UncertainOutcomeError);
    expect(error.sent).to.equal('maybe');
    expect(server.requests).to.have.length(1);
  });
});

describe('a connection that the server closes while it is idle', function () {
  this.timeout(60_000);
  const open: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.close();
  });
  const opened = <T extends { close(): unknown }>(each: T): T => {
    open.push(each);
    return each;
  };

  /** A server that closes connections once they were idle for so long, and counts what it read. */
  async function closing(idleMs: number, head = ''): Promise<Listening> {
    return opened(
      await serveRaw((socket) => {
        socket.removeAllListeners('timeout');
        socket.write(ANSWER.replace('\r\n\r\n', `${head}\r\n\r\n`));
        socket.setTimeout(idleMs, () => socket.destroy());
      }),
    );
  }

  for (const idleMs of [10, 30, 60])
    it(`loses no POST: 40 of them, just when connections of ${idleMs} ms without work are closed`, async () => {
      const server = await closing(idleMs);
      const session = server.session({ storeHash: `idle-${idleMs}` });
      const uncertain: unknown[] = [];
      for (const number of range(40)) {
        await session.post('/x', { body: { number } }).catch((error: unknown) => uncertain.push(error));
        await delay(idleMs - 2 + (number % 5));
      }
      expect(uncertain).to.deep.equal([]);
      expect(server.requests).to.have.length(40);
    });

  it('loses no POST between reads either', async () => {
    const server = await closing(25);
    const session = server.session({ storeHash: 'idle-mixed' });
    const failed: unknown[] = [];
    for (const number of range(30)) {
      await session.get('/read');
      await delay(12 + (number % 15));
      await session.post('/x', { body: { number } }).catch((error: unknown) => failed.push(error));
      await delay(23 + (number % 4));
    }
    expect(failed).to.deep.equal([]);
  });

  it('is not used for longer than the server says (`Keep-Alive: timeout=`), wherever it says so', async () => {
    for (const head of ['\r\nKeep-Alive: timeout=1', '\r\nKeep-Alive: max=100, timeout=0']) {
      const ports = new Set<number | undefined>();
      const server = opened(
        await serveRaw((socket) => {
          ports.add(socket.remotePort);
          socket.write(ANSWER.replace('\r\n\r\n', `${head}\r\n\r\n`));
        }),
      );
      const session = server.session();
      for (const _ of range(3)) await session.get('/x');
      for (const _ of range(3)) await session.post('/x', { body: {} });
      expect(ports.size).to.equal(6);
    }
  });

  it('is used for a POST as long as the server promises', async () => {
    const ports = new Set<number | undefined>();
    const server = opened(
      await serveRaw((socket) => {
        ports.add(socket.remotePort);
        socket.write(ANSWER.replace('\r\n\r\n', '\r\nKeep-Alive: timeout=30\r\n\r\n'));
      }),
    );
    const session = server.session();
    await session.get('/x');
    for (const _ of range(4)) {
      await session.post('/x', { body: {} });
      await delay(60);
    }
    expect(ports.size).to.equal(1);
  });

  it('of a Node server with a short keepAliveTimeout: no POST is lost', async () => {
    let seen = 0;
    const http: Server = createServer({ keepAliveTimeout: 40 }, (request, response) => {
      request.resume().on('end', () => {
        seen++;
        json(response, { data: { id: 1 } });
      });
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    opened({ close: () => new Promise((resolve) => http.close(resolve)) });
    const session = opened(sessionAt((http.address() as AddressInfo).port, { storeHash: 'node-idle' }));
    for (const number of range(30)) {
      await session.post('/x', { body: {} });
      await delay(38 + (number % 5));
    }
    expect(seen).to.equal(30);
  });

  it('leaves no more of them open than the session may have', async () => {
    const sockets = new Set<Socket>();
    const server = opened(
      await serveRaw((socket) => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
        setTimeout(() => socket.write(ANSWER), 2);
      }),
    );
    const session = server.session({ concurrency: 4 });
    for (const _ of range(3)) {
      await Promise.all(range(12).map(() => session.get('/x')));
      await delay(20);
      await Promise.all(range(12).map(() => session.post('/x', { body: {} })));
      await delay(20);
    }
    expect(sockets.size).to.be.at.most(8);
  });
});
