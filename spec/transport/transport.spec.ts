import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { NetworkError, ParseError, RedirectionError, ServerError, TimeoutError, UncertainOutcomeError } from 'bigrecord';
import { Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { json, type Listening, serve, serveRaw } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';

describe('the transport', () => {
  let server: Listening | undefined;
  afterEach(async () => server?.close());

  it('keeps connections open between requests', async () => {
    const ports = new Set<number | undefined>();
    server = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      json(response, {});
    });
    const session = server.session();
    for (let each = 0; each < 5; each++) await session.get('/x');
    expect(ports.size).to.equal(1);
  });

  it('opens no more sockets than its concurrency', async () => {
    let open = 0;
    let most = 0;
    server = await serve((_, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        json(response, {});
      }, 5);
    });
    const session = server.session({ concurrency: 4 });
    await Promise.all(Array.from({ length: 60 }, () => session.get('/x')));
    expect(most).to.equal(4);
  });

  it('accepts JSON of any content type', async () => {
    server = await serve((_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('{"a":1}'));
    expect((await server.session().get('/x')).body).to.deep.equal({ a: 1 });
  });

  it('joins characters that the network took apart', async () => {
    const body = { text: 'Größe 42 €, 日本, 😀' };
    server = await serve(async (_, response) => {
      for (const byte of Buffer.from(JSON.stringify(body))) {
        response.write(Buffer.of(byte));
        await delay(1);
      }
      response.end();
    });
    expect((await server.session().get('/x')).body).to.deep.equal(body);
  });

  it('gives undefined for an empty body', async () => {
    server = await serve((_, response) => response.writeHead(204).end());
    expect(await server.session().get('/x')).to.deep.include({ status: 204, body: undefined });
  });

  it('keeps the digits of long numbers', async () => {
    server = await serve((_, response) => response.end('{"id":9007199254740993,"t":"1234567890123456789","n":12345678901234567.5}'));
    expect((await server.session().get('/x')).body).to.deep.equal({
      id: '9007199254740993',
      t: '1234567890123456789',
      // biome-ignore lint/correctness/noPrecisionLoss: what JSON.parse makes of it
      n: 12345678901234567.5,
    });
  });

  it('refuses HTML with 200 in a short error, and reads the title of an HTML failure', async () => {
    server = await serve((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(`<html>${'x'.repeat(5000)}</html>`));
    const error = await rejection(server.session().get('/x'), ParseError);
    expect(error.status).to.equal(200);
    expect(error.message).to.contain('text/html').and.have.length.below(500);
    expect(server.requests).to.have.length(1);
    await server.close();
    server = await serve((_, response) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html><head><title>Bad gateway</title></head><body>long</body></html>'),
    );
    expect((await rejection(server.session().get('/x'), ServerError)).message)
      .to.contain('Bad gateway')
      .and.not.contain('<');
  });

  it('never takes a truncated body for a short one', async () => {
    server = await serveRaw((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"data":[]}'));
    const error = await rejection(server.session({ retry: false }).get('/x'), NetworkError);
    expect(error.phase).to.equal('body');
    expect(error.sent).to.equal('yes');
  });

  it('never repeats a POST that was cut off at any point', async () => {
    for (const answer of ['', 'HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{"id":']) {
      server = await serveRaw((socket) => socket.end(answer));
      const error = await rejection(server.session().post('/x', { body: { a: 1 } }), UncertainOutcomeError);
      expect(error.message).to.contain('may have been created');
      expect(error.attempts).to.equal(1);
      expect(server.requests).to.have.length(1);
      await server.close();
    }
  });

  it('survives a stale kept-alive connection', async () => {
    server = await serveRaw((socket, _, number) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}', () => {
        if (number === 1) setTimeout(() => socket.destroy(), 10);
      });
    });
    const session = server.session();
    await session.get('/x');
    await delay(30);
    expect((await session.get('/x')).status).to.equal(200);
  });

  for (const status of [301, 302, 303, 307, 308, 304]) {
    it(`answers ${status} with an error, and follows it nowhere`, async () => {
      server = await serve((_, response) => response.writeHead(status, { location: '/stores/abc123/v3/other' }).end());
      for (const method of ['GET', 'POST', 'DELETE'] as const) await rejection(server.session().request(method, '/x'), RedirectionError);
      expect(server.requests).to.have.length(3);
    });
  }

  it('stops at the cap on the decompressed body, plain or compressed', async () => {
    const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024, 32));
    server = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    const error = await rejection(server.session({ maxResponseBytes: 100_000 }).get('/x'), ParseError);
    expect(error.message).to.contain('100000 bytes').and.contain('maxResponseBytes');
    await server.close();
    let written = 0;
    server = await serve((_, response) => {
      const chunk = Buffer.alloc(64 * 1024, 32);
      const write = (): void => {
        if (response.destroyed) return;
        written += chunk.length;
        response.write(chunk, () => setImmediate(write));
      };
      response.on('error', () => {});
      write();
    });
    await rejection(server.session({ maxResponseBytes: 200_000 }).get('/x'), ParseError);
    // It notices some time later, and writes no more.
    for (let then = -1; then !== written; await delay(50)) then = written;
  });

  it('reads compressed answers', async () => {
    server = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}')));
    expect((await server.session().get('/x')).body).to.deep.equal({ a: 1 });
  });

  it('limits a phase that begins late by its own time', async () => {
    server = await serve((_, response) => {
      setTimeout(() => response.writeHead(200, { 'content-length': '100' }).write('{'), 150);
    });
    const began = performance.now();
    const stalled = await rejection(server.session({ timeout: { response: 5000, body: 100 }, retry: false }).get('/x'), TimeoutError);
    expect(stalled).to.include({ phase: 'body', sent: 'yes' });
    expect(performance.now() - began).to.be.within(240, 2000);
  });

  it('limits each phase of an exchange', async () => {
    server = await serve((_, response) => void response.writeHead(200).write('{"a":'));
    const stalled = await rejection(server.session({ timeout: { body: 50 }, retry: false }).get('/x'), TimeoutError);
    expect(stalled).to.include({ phase: 'body', sent: 'yes' });
    await server.close();
    server = await serve((_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(drip));
    });
    const begun = performance.now();
    const slow = await rejection(server.session({ timeout: 120, retry: false }).get('/x'), TimeoutError);
    expect(slow.phase).to.be.oneOf(['total', 'body']);
    expect(performance.now() - begun).to.be.below(5000); // it drips for ever
  });

  it('ends at once when aborted, at any point, and frees the connection', async () => {
    let closed = 0;
    server = await serve((request, response) => {
      request.socket.once('close', () => closed++);
      if (request.url?.endsWith('body')) response.writeHead(200).write('{');
    });
    const { requests } = server;
    const aborted = async (send: (signal: AbortSignal) => Promise<unknown>): Promise<Error> => {
      const abort = new AbortController();
      const before = requests.length;
      const running = rejection(send(abort.signal));
      while (requests.length === before) await delay(1);
      await delay(10);
      abort.abort(new Error('enough'));
      return running;
    };
    for (const path of ['/headers', '/body']) {
      const session = server.session();
      expect((await aborted((signal) => session.get(path, { signal }))).message).to.equal('enough');
    }
    const session = server.session();
    const error = await aborted((signal) => session.post('/headers', { signal }));
    expect(error).to.be.instanceOf(UncertainOutcomeError);
    expect((error.cause as Error).message).to.equal('enough');
    while (closed < 3) await delay(1);
  });

  it('prints no warning when many calls share a signal', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    server = await serve((_, response) => json(response, {}));
    const session = server.session();
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 50 }, () => session.get('/x', { signal })));
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.off('warning', onWarning);
    expect(warnings).to.deep.equal([]);
  });

  it('takes an empty or strange answer to a save for what it is', async () => {
    server = await serve((_, response) => response.writeHead(204).end());
    const product = Product.using(server.session()).load({ id: 1, name: 'a' });
    product.name = 'b';
    await product.save();
    expect([product.name, product.isDirty]).to.deep.equal(['b', false]);
    await server.close();
    server = await serve((_, response) => json(response, { data: [1, 2] }));
    const other = Product.using(server.session()).load({ id: 1, name: 'a' });
    other.name = 'b';
    await rejection(other.save(), ParseError);
    expect(other.isDirty).to.equal(true);
  });
});
