import { channel } from 'node:diagnostics_channel';
import { gzipSync } from 'node:zlib';
import { type HandlerOptions, type WebhookHandler, webhookHandler } from 'bigrecord/webhooks';
import { expect } from 'chai';
import { FastifyRequests } from '../../lib/webhooks/fastify.js';
import { delivery, HEADERS, SECRETS } from '../support/deliveries.js';
import { FRAMEWORKS, listen, sendBytes, type WebhookServer } from '../support/webhook-servers.js';

const JSON_HEADERS = { ...HEADERS, 'content-type': 'application/json' };

/** A handler that keeps the hashes of what it has processed, and the rejections that nobody handled meanwhile. */
function useHandler(): {
  start(options?: Partial<HandlerOptions>): WebhookHandler;
  seen: string[];
  unhandled: unknown[];
  warnings: string[];
} {
  const context = { seen: [] as string[], unhandled: [] as unknown[], warnings: [] as string[] };
  const handlers: WebhookHandler[] = [];
  const onUnhandled = (reason: unknown): void => void context.unhandled.push(reason);
  const onWarning = ({ message }: Error): void => void context.warnings.push(message);
  beforeEach(() => {
    for (const list of [context.seen, context.unhandled, context.warnings]) list.length = 0;
    process.on('unhandledRejection', onUnhandled);
    process.on('warning', onWarning);
  });
  afterEach(async () => {
    await Promise.all(handlers.splice(0).map((handler) => handler.close()));
    process.off('unhandledRejection', onUnhandled);
    process.off('warning', onWarning);
    expect(context.unhandled, 'unhandled rejections').to.deep.equal([]);
  });
  const start = (options: Partial<HandlerOptions> = {}): WebhookHandler => {
    const handler = webhookHandler({ secretHeaders: SECRETS, onEvent: ({ hash }) => context.seen.push(hash), ...options });
    handlers.push(handler);
    return handler;
  };
  return Object.assign(context, { start });
}

const post = (
  port: number,
  body: ConstructorParameters<typeof Response>[0],
  headers: Record<string, string> = JSON_HEADERS,
): Promise<Response> => fetch(`http://127.0.0.1:${port}/hooks`, { method: 'POST', headers, body });

const head = (length: number | string, headers: Record<string, string> = JSON_HEADERS): string =>
  [
    'POST /hooks HTTP/1.1',
    'Host: x',
    typeof length === 'number' ? `Content-Length: ${length}` : length,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ].join('\r\n');

for (const [name, startServer] of Object.entries(FRAMEWORKS)) {
  describe(`a webhook handler in ${name}`, () => {
    const context = useHandler();
    let handler: WebhookHandler;
    let server: WebhookServer;
    beforeEach(async () => {
      handler = context.start();
      server = await startServer(handler);
    });
    afterEach(async () => server.close());

    it('processes a delivery, and its repetition once', async () => {
      const statuses: number[] = [];
      for (const hash of ['a', 'b', 'a']) statuses.push((await post(server.port, delivery({ hash }))).status);
      await handler.idle();
      expect(statuses).to.deep.equal([200, 200, 200]);
      expect([...context.seen].sort()).to.deep.equal(['a', 'b']);
    });

    it('refuses a wrong secret, and malformed JSON', async () => {
      expect((await post(server.port, delivery(), { ...JSON_HEADERS, 'x-second': 'wrong' })).status).to.equal(401);
      expect((await post(server.port, '{"scope":')).status).to.equal(400);
      expect((await post(server.port, '{}')).status).to.equal(400);
      await handler.idle();
      expect(context.seen).to.deep.equal([]);
    });

    it('outlives a client that disconnects half-way', async () => {
      for (let round = 0; round < 3; round++) {
        const client = sendBytes(server.port, `${head(500)}{"scope":`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        client.hangUp();
        await client;
      }
      expect((await post(server.port, delivery({ hash: 'later' }))).status).to.equal(200);
      await handler.idle();
      const outcomes = await Promise.allSettled(server.calls);
      expect(outcomes.map(({ status }) => status)).to.not.include('rejected');
      expect(context.seen).to.deep.equal(['later']);
    });
  });
}

describe('handler.node', () => {
  const context = useHandler();
  const servers: WebhookServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });
  const serve = async (...[listener, calls]: Parameters<typeof listen>): Promise<WebhookServer> => {
    const server = await listen(listener, calls);
    servers.push(server);
    return server;
  };
  /** Deliveries as node:http has them; what became of each call. */
  const plain = async (options: Partial<HandlerOptions> = {}): Promise<{ server: WebhookServer; handler: WebhookHandler }> => {
    const handler = context.start(options);
    const calls: Promise<unknown>[] = [];
    const server = await serve((request, response) => void calls.push(handler.node(request, response)), calls);
    return { server, handler };
  };

  it('answers a wrong secret before the body has come', async () => {
    const { server } = await plain();
    const wrong = { ...JSON_HEADERS, 'x-second': 'wrong' };
    expect(await sendBytes(server.port, `${head(400, wrong)}{`, 'secret headers')).to.contain('HTTP/1.1 401');
    await Promise.all(server.calls);
  });

  it('ends the connection of a client that goes on sending what was refused', async () => {
    const { server } = await plain();
    const answer = await sendBytes(server.port, `${head(400, { ...JSON_HEADERS, 'x-second': 'wrong' })}{`);
    expect(answer).to.contain('HTTP/1.1 401'); // and the connection has ended, though the client did not end it
  });

  it('answers 413 to a body that is announced too large, or grows too large, or unpacks so', async () => {
    const { server } = await plain({ maxBytes: 1000 });
    expect(await sendBytes(server.port, head(1001), '1000 bytes')).to.contain('HTTP/1.1 413');
    const chunk = `3e8\r\n${' '.repeat(1000)}\r\n`;
    expect(await sendBytes(server.port, head('Transfer-Encoding: chunked') + chunk + chunk, '1000 bytes')).to.contain('HTTP/1.1 413');
    expect((await post(server.port, gzipSync(Buffer.alloc(5000, 32)))).status).to.equal(413);
    const damaged = gzipSync(delivery()).subarray(0, 60);
    expect((await post(server.port, damaged)).status).to.equal(400);
    expect((await post(server.port, gzipSync(delivery()))).status).to.equal(200);
  });

  it('answers 408 to a body that does not come in time', async () => {
    const { server } = await plain({ bodyTimeoutMs: 50 });
    expect(await sendBytes(server.port, `${head(400)}{"scope":`, '50 ms')).to.contain('HTTP/1.1 408');
    await Promise.all(server.calls);
  });

  it('takes a request of another method, without a body, or with a wrong length, for what it is', async () => {
    const { server, handler } = await plain();
    expect((await fetch(`http://127.0.0.1:${server.port}/hooks`)).status).to.equal(405);
    expect((await post(server.port, '')).status).to.equal(400);
    const body = delivery();
    expect(await sendBytes(server.port, `${head(body.length - 10)}${body}`, '400')).to.contain('HTTP/1.1 400');
    expect((await post(server.port, body)).status).to.equal(200);
    await handler.idle();
    expect(context.seen).to.deep.equal(['abc123']);
  });

  it('processes a delivery that somebody has answered already, or whose response is gone', async () => {
    const handler = context.start();
    const calls: Promise<unknown>[] = [];
    const server = await serve((request, response) => {
      const hash = request.url?.slice(1);
      if (hash === 'ended') response.end('early');
      if (hash === 'begun') response.writeHead(202);
      if (hash === 'destroyed') request.once('end', () => response.destroy());
      const call = handler.node(request, response);
      calls.push(call);
      void call.then(() => response.end());
    }, calls);
    const statuses: unknown[] = [];
    for (const hash of ['ended', 'begun', 'destroyed']) {
      const answer = fetch(`http://127.0.0.1:${server.port}/${hash}`, { method: 'POST', headers: HEADERS, body: delivery({ hash }) });
      statuses.push(
        await answer.then(
          ({ status }) => status,
          () => 'none',
        ),
      );
    }
    await Promise.all(calls);
    await handler.idle();
    expect(statuses).to.deep.equal([200, 202, 'none']);
    expect(context.seen).to.deep.equal(['ended', 'begun', 'destroyed']);
  });

  it('says what to configure if something has read the body and kept it nowhere', async () => {
    const handler = context.start();
    const server = await serve((request, response) => {
      request.resume().once('end', () => void handler.node(request, response));
    });
    const answer = await post(server.port, delivery());
    expect([answer.status, await answer.text()]).to.deep.equal([500, 'The server no longer has the body of this delivery: see its log.']);
    await new Promise((resolve) => setImmediate(resolve));
    expect(context.warnings.join()).to.contain('request.rawBody');
  });

  it('takes a body from a getter that parses, and survives one that throws', async () => {
    const handler = context.start();
    const server = await serve((request, response) => {
      const get = (): unknown => {
        if (request.url === '/bad') throw new SyntaxError('Invalid JSON');
        return JSON.parse(delivery());
      };
      request.resume().once('end', () => void handler.node(Object.defineProperty(request, 'body', { get }), response));
    });
    const statuses = [];
    for (const path of ['/bad', '/good'])
      statuses.push((await fetch(`http://127.0.0.1:${server.port}${path}`, { method: 'POST', headers: HEADERS, body: delivery() })).status);
    expect(statuses).to.deep.equal([400, 200]);
  });

  it('does not reject for what is no request, nor for a queue or listener that fails', async () => {
    const { server } = await plain({
      queue: { push: () => Promise.reject(new Error('out of order')), done: async () => {}, pending: async () => [] },
      onError: () => {
        throw new Error('of the listener');
      },
    });
    expect((await post(server.port, delivery())).status).to.equal(503);
    await Promise.all(server.calls);
    await context.start().node(undefined as never, undefined as never);
    await context.start().node({} as never, {} as never);
  });
});

describe('a webhook handler of Requests', () => {
  const context = useHandler();
  const request = (body: ConstructorParameters<typeof Response>[0], extra: RequestInit = {}): Request =>
    new Request('http://x/hooks', { method: 'POST', headers: HEADERS, body, ...extra });

  it('never rejects: what is no Request', async () => {
    const handler = context.start();
    for (const none of [undefined, null, 'text', {}]) expect((await handler(none as never)).status).to.be.oneOf([405, 500]);
  });

  it('never rejects: a body that breaks off, is read already, too large, too slow, or none', async () => {
    const handler = context.start({ maxBytes: 1000, bodyTimeoutMs: 50 });
    const streaming = (start: (controller: ReadableStreamDefaultController<Uint8Array>) => void): Request =>
      request(new ReadableStream({ start }), { duplex: 'half' } as RequestInit);
    const read = request(delivery());
    await read.text();
    const requests = [
      streaming((controller) => controller.error(new Error('gone'))),
      read,
      streaming((controller) => controller.enqueue(new Uint8Array(1001))),
      streaming((controller) => controller.enqueue(new Uint8Array(10))),
      request(null),
    ];
    const statuses = await Promise.all(requests.map(async (each) => (await handler(each)).status));
    expect(statuses).to.deep.equal([400, 500, 413, 408, 400]);
  });

  it('checks the secret before it reads the body', async () => {
    const untouched = request(delivery(), { headers: {} });
    expect((await context.start()(untouched)).status).to.equal(401);
    expect(untouched.bodyUsed).to.equal(false);
  });
});

describe('the requests of Fastify', () => {
  const start = channel('tracing:fastify.request.handler:start');

  it('are found by their raw ones, by each handler for itself and until it is closed', () => {
    const [open, closed] = [new FastifyRequests(), new FastifyRequests()];
    const [first, second] = [
      { raw: {}, body: 1 },
      { raw: {}, body: 2 },
    ];
    start.publish({ request: first });
    closed.close();
    start.publish({ request: second });
    expect([open.find(first.raw), open.find(second.raw)]).to.deep.equal([first, second]);
    expect([closed.find(first.raw), closed.find(second.raw)]).to.deep.equal([first, undefined]);
    for (const odd of [undefined, {}, { request: null }, { request: { raw: 'x' } }]) start.publish(odd);
    open.close();
  });
});
