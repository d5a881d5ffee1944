import {
  HttpError,
  NetworkError,
  ParseError,
  Session,
  type SessionEvents,
  TimeoutError,
  UncertainOutcomeError,
  UnknownFilterError,
} from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { json, type Listening, serve, serveRaw, sessionAt } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';
import { assertClean, CANARY } from '../support/secrets.js';

const ID = { 'x-request-id': 'exchange-17' };

describe('what errors tell', () => {
  let server: Listening | undefined;
  afterEach(async () => server?.close());

  it('is the cause of a network error, without the request', async () => {
    server = await serveRaw((socket) => socket.resetAndDestroy());
    const { port } = server;
    for (const [method, Class] of [
      ['GET', NetworkError],
      ['POST', UncertainOutcomeError],
    ] as const) {
      const error = await rejection(server.session({ retry: false }).request(method, '/x', { query: { q: 1 } }), Class);
      const cause = error.cause as NodeJS.ErrnoException;
      expect(cause).to.be.instanceOf(Error);
      expect(cause).to.include({ code: 'ECONNRESET', errno: -104, syscall: 'read' });
      expect(cause.message).to.contain('ECONNRESET');
      expect(Object.keys(cause).sort()).to.deep.equal(['code', 'errno', 'syscall']);
      expect(cause.stack).to.be.a('string').that.contains('ECONNRESET');
      assertClean(error, method);
    }
    await server.close();
    const refused = await rejection(sessionAt(port, { retry: false }).get('/x'), NetworkError);
    expect(refused.cause).to.include({ code: 'ECONNREFUSED', syscall: 'connect' });
    expect(refused.sent).to.equal('no');
    assertClean(refused, 'refused');
    const unknown = await rejection(
      new Session({ storeHash: 'abc', accessToken: CANARY, baseUrl: 'https://no-such-host.invalid', retry: false }).get('/x'),
      NetworkError,
    );
    expect(unknown.cause).to.have.property('syscall', 'getaddrinfo');
    assertClean(unknown, 'unknown');
    server = undefined;
  });

  it('is the cause of an answer that was cut off', async () => {
    server = await serveRaw((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nX-Request-Id: exchange-17\r\nContent-Length: 100\r\n\r\n{"data":[]}'),
    );
    const error = await rejection(server.session({ retry: false }).get('/x'), NetworkError);
    expect(error).to.include({ phase: 'body', requestId: 'exchange-17' });
    expect(error.cause).to.be.instanceOf(Error);
    const lost = await rejection(server.session().post('/x'), UncertainOutcomeError);
    expect(lost.requestId).to.equal('exchange-17');
  });

  it('is the request id, wherever an answer has begun', async () => {
    server = await serve((request, response) => {
      const [, status, kind] = /\/(\d+)\/(\w+)/.exec(request.url ?? '') ?? [];
      response.writeHead(Number(status), { 'content-type': 'application/json', ...ID });
      if (kind === 'stalls') response.write('{');
      else response.end(kind === 'broken' ? '{' : '{"title":"no"}');
    });
    const session = server.session({ retry: false, timeout: { body: 50 } });
    const errors = [
      await rejection(session.get('/404/json'), HttpError),
      await rejection(session.post('/500/json'), HttpError),
      await rejection(session.get('/200/broken'), ParseError),
      await rejection(session.post('/200/broken'), UncertainOutcomeError),
      await rejection(session.get('/200/stalls'), TimeoutError),
      await rejection(session.post('/200/stalls'), UncertainOutcomeError),
    ];
    expect(errors.map(({ requestId }) => requestId)).to.deep.equal(errors.map(() => 'exchange-17'));
    await server.close();
    server = await serve((_, response) => json(response, { data: 'no record' }, 200, ID));
    expect((await rejection(v3.Product.using(server.session()).find(1), ParseError)).requestId).to.equal('exchange-17');
    expect((await rejection(v3.Product.using(server.session()).all(), ParseError)).requestId).to.equal('exchange-17');
    await server.close();
    server = await serve((_, response) => json(response, {}));
    const { requestId } = await rejection(v3.Product.using(server.session()).find(1), ParseError);
    expect(requestId).to.equal(undefined);
  });

  it('is the request id of every answer, in the event', async () => {
    server = await serve((request, response) =>
      json(response, {}, request.url?.endsWith('bad') ? 422 : 200, {
        'x-request-id': request.url?.endsWith('echo') ? CANARY : 'exchange-17',
      }),
    );
    const session = server.session();
    const seen: SessionEvents['response'][] = [];
    session.on('response', (event) => seen.push(event));
    await session.get('/x');
    await rejection(session.get('/bad'));
    const echoed = await session.get('/echo');
    expect(seen.map(({ requestId }) => requestId)).to.deep.equal(['exchange-17', 'exchange-17', '[redacted]']);
    assertClean(seen, 'the events');
    expect(echoed.headers['x-request-id']).to.equal('[redacted]');
  });

  it('is logged once a call that failed for good', async () => {
    server = await serve((request, response) =>
      json(response, { title: `secret of a body` }, request.url?.includes('missing') ? 404 : 503, ID),
    );
    for (const hasError of [true, false]) {
      const lines: string[] = [];
      const log = (level: string) => (line: string) => void lines.push(`${level} ${line}`);
      const logger = { debug: log('debug'), warn: log('warn'), ...(hasError ? { error: log('error') } : {}) };
      const session = server.session({ logger, retry: { limit: 1, baseMs: 1 } });
      await rejection(session.get('/missing'));
      await rejection(session.get('/down'));
      await rejection(v3.Product.using(session).all());
      const level = hasError ? 'error' : 'warn';
      expect(lines.filter((line) => line.includes('failed'))).to.deep.equal([
        `${level} GET /v3/missing failed: RecordNotFoundError (404, request exchange-17)`,
        `${level} GET /v3/down failed: ServerError (503, request exchange-17)`,
        `${level} GET /v3/catalog/products failed: ServerError (503, request exchange-17)`,
      ]);
      expect(lines.join('\n')).to.not.contain('secret of a body');
      await session.close();
    }
    const { port } = server;
    await server.close();
    const lines: string[] = [];
    const log = (line: string): void => void lines.push(line);
    await rejection(sessionAt(port, { logger: { debug: log, warn: log }, retry: { limit: 1, baseMs: 1 } }).get('/x'));
    expect(lines.filter((line) => line.includes('failed'))).to.deep.equal(['GET /v3/x failed: NetworkError (ECONNREFUSED) (try 2)']);
    server = undefined;
  });

  it('is not shredded by a token that is very short', async () => {
    server = await serve((_, response) =>
      json(response, { status: 422, title: 'The title is not the best', errors: { title: 'too short', text: 'must not be t' } }, 422),
    );
    const address = `http://127.0.0.1:${server.port}`;
    const sessions = [
      ...['t', 'e', 'no', 'the', 'title'].map(
        (accessToken) => new Session({ storeHash: 'abc', accessToken, baseUrl: address, retry: false }),
      ),
      new Session({ host: 'x.example', basicAuth: { username: 'u', token: 't' }, baseUrl: address, retry: false }),
    ];
    for (const session of sessions) {
      const error = await rejection(session.post('/x'), HttpError);
      expect(error.message).to.contain('title: too short; text: must not be t').and.not.contain('[redacted]');
      expect(JSON.stringify(error.body)).to.contain('The title is not the best');
      await session.close();
    }
    const rotated = server.session({ retry: false });
    rotated.rotate('t');
    expect((await rejection(rotated.post('/x'), HttpError)).message).to.not.contain('[redacted]');
  });
});

describe('an unknown filter', () => {
  const errorOf = (work: () => unknown): UnknownFilterError => {
    try {
      work();
    } catch (error) {
      return error as UnknownFilterError;
    }
    throw new Error('Expected an error.');
  };

  it('leads to find() where it is the key', () => {
    for (const work of [
      () => v2.Brand.where({ id: 1 } as never),
      () => v2.Brand.where({ id: { in: [1, 2] } } as never),
      () => v3.ProductImage.of(1).where({ id: 1 } as never),
      () => v3.ProductImage.of(1).where({ id: { in: [1] } } as never),
      () => v3.ProductImage.of(1).where({ 'id:in': [1] } as never),
    ]) {
      const error = errorOf(work);
      expect(error).to.be.instanceOf(UnknownFilterError);
      expect(error.message).to.match(/\.find\(id\)/);
    }
    const { message } = errorOf(() => v3.Product.where({ nam: 'x' } as never));
    expect(message).to.contain('did you mean `name`?').and.not.contain('find(');
  });

  it('is told apart by what the API generation does with it', () => {
    const second = errorOf(() => v2.Product.where({ prize: 1 } as never)).message;
    expect(second).to.contain('400').and.contain('nothing was sent').and.not.contain('would answer with everything');
    const third = errorOf(() => v3.Product.where({ prize: 1 } as never)).message;
    expect(third).to.contain('V3 ignores unknown parameters').and.contain('nothing was sent').and.not.contain('400');
    expect(third).to.contain(".param('prize', value)");
  });

  it('is the operators for an unknown operator, and the nearest of them', () => {
    const messageOf = (call: () => unknown): string => {
      try {
        call();
      } catch (error) {
        return (error as Error).message;
      }
      return 'nothing was thrown';
    };
    const product = (where: object) => messageOf(() => v3.Product.where(where as never).toRequest());
    expect(product({ id: { inn: [1] } })).to.equal(
      'Product has no filter `id.inn` (`inn` is not an operator); did you mean `in`?' +
        ' V3 ignores unknown parameters, and would return everything; nothing was sent.' +
        ' Operators: in, notIn, min, max, greater, less, like.',
    );
    expect(product({ price: { $gte: 1 } })).to.contain('did you mean `min`?');
    expect(product({ price: { between: 1 } }))
      .to.contain('(`between` is not an operator). V3')
      .and.contain('Operators: in,');
    expect(product({ 'id:inn': [1] }))
      .to.contain('did you mean `id:in`?')
      .and.contain('Filters of Product: id,');
    const old = (where: object) => messageOf(() => v2.Product.where(where as never).toRequest());
    expect(old({ price: { miin: 1 } }), 'V2 has two operators')
      .to.contain('did you mean `min`?')
      .and.contain('Operators: min, max.');
    expect(old({ price: { nin: [1] } })).to.not.contain('notIn');
    expect(old({ price: {} })).to.contain('Use one of min, max.');
  });
});
