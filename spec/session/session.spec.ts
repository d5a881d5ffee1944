import { channel } from 'node:diagnostics_channel';
import { BigRecordError, ConfigurationError, ForbiddenError, Session, type SessionOptions } from 'bigrecord';
import { Product } from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import sinon from 'sinon';
import { json, type Listening, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';
import { run } from '../support/run.js';
import { useStore } from '../support/store.js';

describe('a session', () => {
  let server: Listening;
  beforeEach(async () => {
    server = await serve((_, response) => json(response, { data: { id: 1 } }));
  });
  afterEach(() => server.close());

  it('addresses a store by hash and token', async () => {
    const session = server.session({ clientId: 'client' });
    await session.get('/catalog/summary', { query: { a: [1, 2], b: 'x y&z' } });
    await session.get('store', { version: 'v2' });
    expect(server.requests.map(({ url }) => url)).to.deep.equal([
      '/stores/abc123/v3/catalog/summary?a=1,2&b=x%20y%26z',
      '/stores/abc123/v2/store',
    ]);
    expect(server.requests[0]?.headers).to.include({
      'x-auth-token': 'canary-token-5f2c9e',
      'x-auth-client': 'client',
      accept: 'application/json',
    });
    expect(session.storeHash).to.equal('abc123');
  });

  it('addresses a legacy store by host and basic auth', async () => {
    const session = new Session({
      host: 'store.example.com',
      basicAuth: { username: 'ann', token: 'tok' },
      baseUrl: `http://127.0.0.1:${server.port}`,
    });
    await session.get('/products', { version: 'v2' });
    expect(server.requests[0]?.url).to.equal('/api/v2/products');
    expect(server.requests[0]?.headers['authorization']).to.equal(`Basic ${Buffer.from('ann:tok').toString('base64')}`);
    expect(session.storeHash).to.equal(undefined);
    session.close();
  });

  it('has the low-level verbs', async () => {
    const session = server.session();
    const answers = [
      await session.post('/a', { body: { x: 1 } }),
      await session.put('/a', { body: [1] }),
      await session.patch('/a', { body: 'text' }),
      await session.delete('/a', { query: { 'id:in': [1, 2] } }),
    ];
    expect(server.requests.map(({ method, url, body }) => `${method} ${url} ${body}`)).to.deep.equal([
      'POST /stores/abc123/v3/a {"x":1}',
      'PUT /stores/abc123/v3/a [1]',
      'PATCH /stores/abc123/v3/a "text"',
      'DELETE /stores/abc123/v3/a?id:in=1,2 ',
    ]);
    expect(server.requests[0]?.headers['content-type']).to.equal('application/json');
    expect(server.requests[3]?.headers['content-type']).to.equal(undefined);
    expect(answers[0]).to.deep.include({ status: 200, body: { data: { id: 1 } } });
    expect(answers[0]?.headers['content-type']).to.equal('application/json');
  });

  it('refuses credentials that are missing or wrong, naming the option and not its value', () => {
    const wrong: [SessionOptions | undefined, string][] = [
      [undefined, 'options'],
      [{}, 'storeHash and accessToken'],
      [{ storeHash: 'abc' }, 'accessToken'],
      [{ storeHash: 'abc', accessToken: '' }, 'accessToken'],
      [{ storeHash: 'abc', accessToken: 'sec\r\nret: 1' }, 'accessToken'],
      [{ storeHash: 'abc', accessToken: 'ok', clientId: 'sec ret' }, 'clientId'],
      ...['a/../b', 'a?', 'stores/abc', ' abc ', 'https://x', ''].map((storeHash): [SessionOptions, string] => [
        { storeHash, accessToken: 't' },
        'storeHash',
      ]),
      [{ host: 'a/b', basicAuth: { username: 'u', token: 't' } }, 'host'],
      [{ host: 'a.example', basicAuth: { username: 'u', token: 'sec\nret' } }, 'basicAuth.token'],
      [{ host: 'a.example', storeHash: 'a', accessToken: 'b' }, 'either'],
      [{ storeHash: 'a', accessToken: 'b', baseUrl: 'ftp://x' }, 'baseUrl'],
      [{ storeHash: 'a', accessToken: 'b', baseUrl: 'https://user:sec-ret@x' }, 'baseUrl'],
      [{ storeHash: 'a', accessToken: 'b', baseUrl: 'nonsense' }, 'baseUrl'],
      [{ storeHash: 'a', accessToken: 'b', timeout: -1 }, 'timeout'],
      [{ storeHash: 'a', accessToken: 'b', timeout: { connect: 0 } }, 'timeout.connect'],
      [{ storeHash: 'a', accessToken: 'b', concurrency: 0 }, 'concurrency'],
    ];
    for (const [options, named] of wrong) {
      expect(() => new Session(options as SessionOptions), JSON.stringify(options))
        .to.throw(ConfigurationError, named)
        .with.property('message')
        .that.does.not.match(/sec.?ret/);
    }
  });

  it('is configured from the environment', async () => {
    const env = {
      BIGCOMMERCE_STORE_HASH: 'envhash',
      BIGCOMMERCE_ACCESS_TOKEN: 'envtoken',
      BIGCOMMERCE_API_URL: `http://127.0.0.1:${server.port}`,
    };
    const session = Session.fromEnv({}, env);
    expect(session.storeHash).to.equal('envhash');
    expect(Session.default).to.equal(session);
    await Product.request('GET', 'x');
    expect(server.requests[0]?.url).to.equal('/stores/envhash/v2/products/x');
    expect(() => Session.fromEnv({}, {})).to.throw(ConfigurationError, 'BIGCOMMERCE_STORE_HASH');
    Object.assign(process.env, env);
    try {
      expect(Session.fromEnv().storeHash).to.equal('envhash');
    } finally {
      for (const name of Object.keys(env)) delete process.env[name];
    }
    session.close();
  });

  it('passes every request down the middleware, and every answer up', async () => {
    const session = server.session();
    const seen: string[] = [];
    session.use(async (request, next) => {
      seen.push(`outer ${request.method} ${request.path}`);
      const answer = await next({ ...request, query: { ...request.query, added: 1 } });
      seen.push(`outer ${answer.status}`);
      return answer;
    });
    session.use(async (request, next) => {
      seen.push('inner');
      return request.path === '/cached' ? { status: 200, headers: {}, body: { data: 'kept' } } : next(request);
    });
    await session.get('/x');
    expect((await session.get('/cached')).body).to.deep.equal({ data: 'kept' });
    expect(seen).to.deep.equal(['outer GET /x', 'inner', 'outer 200', 'outer GET /cached', 'inner', 'outer 200']);
    expect(server.requests.map(({ url }) => url)).to.deep.equal(['/stores/abc123/v3/x?added=1']);
  });
});

describe('the events of a session', () => {
  const context = useStore();

  it('tell of requests, answers, repetitions, throttling and errors', async () => {
    const seen: string[] = [];
    const { session, store } = context;
    session.on('request', ({ method, path, attempt, store: hash }) => seen.push(`request ${hash} ${method} ${path} ${attempt}`));
    session.on('response', ({ status, ms }) => seen.push(`response ${status} ${ms >= 0}`));
    session.on('retry', ({ reason, waitMs }) => seen.push(`retry ${reason} ${waitMs > 0}`));
    session.on('throttle', ({ reason }) => seen.push(`throttle ${reason}`));
    session.on('error', ({ error }) => seen.push(`error ${error.name}`));
    store.fail({ status: 503 });
    await Product.find(1);
    store.fail({ status: 429, headers: { 'x-rate-limit-time-reset-ms': '5' } });
    await Product.first();
    store.fail({ status: 403 });
    await rejection(Product.find(1), ForbiddenError);
    expect(seen).to.deep.equal([
      'request sandbox GET /v2/products/1 1',
      'response 503 true',
      'retry status 503 true',
      'request sandbox GET /v2/products/1 2',
      'response 200 true',
      'request sandbox GET /v2/products 1',
      'response 429 true',
      'throttle status 429',
      'request sandbox GET /v2/products 2',
      'response 200 true',
      'request sandbox GET /v2/products/1 1',
      'response 403 true',
      'error ForbiddenError',
    ]);
  });

  it('also go to diagnostics_channel, and can be left', async () => {
    const published: unknown[] = [];
    const listen = (event: unknown): void => void published.push(event);
    channel('bigrecord:response').subscribe(listen);
    const listener = sinon.spy();
    context.session.on('response', listener);
    await Product.find(1);
    channel('bigrecord:response').unsubscribe(listen);
    context.session.off('response', listener);
    await Product.find(1);
    expect(published).to.have.length(1);
    expect(published[0]).to.include({ store: 'sandbox', method: 'GET', path: '/v2/products/1', status: 200 });
    sinon.assert.calledOnceWithMatch(listener, { status: 200, attempt: 1 });
  });

  it('do no harm when a listener or a logger throws', async () => {
    const warnings: string[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning.message);
    process.on('warning', onWarning);
    context.session.on('request', () => {
      throw new Error('bad listener');
    });
    expect((await Product.find(1)).id).to.equal(1);
    const logged = new Session({
      ...context.store.credentials,
      logger: {
        debug: () => {
          throw new Error('bad logger');
        },
        warn: () => {},
      },
    });
    expect((await Product.using(logged).find(1)).id).to.equal(1);
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off('warning', onWarning);
    expect(warnings.join()).to.contain('bad listener').and.contain('bad logger');
    logged.close();
  });

  it('are told to a logger in a line each, without bodies', async () => {
    const lines: string[] = [];
    const session = new Session({
      ...context.store.credentials,
      retry: { baseMs: 1 },
      logger: { debug: (line) => lines.push(line), warn: (line) => lines.push(line) },
    });
    context.store.fail({ status: 500 });
    await v3.Product.using(session).find(1);
    expect(lines).to.have.length(3);
    expect(lines[2]).to.match(/^GET \/v3\/catalog\/products\/1 200 \d+ ms$/);
    session.close();
  });

  it('are traced to the standard error stream where DEBUG names us, without secrets', async () => {
    const { baseUrl, storeHash, accessToken } = context.store.credentials;
    const script = `import { Session } from 'bigrecord';
      const session = new Session({ baseUrl: '${baseUrl}', storeHash: '${storeHash}', accessToken: '${accessToken}', retry: { baseMs: 1 } });
      await session.get('/catalog/products/1', { query: { include: 'images' } });
      await session.get('/catalog/products/999').catch(() => {});`;
    const traced = async (DEBUG: string): Promise<string> =>
      (await run(process.execPath, ['--input-type=module', '-e', script], { env: { PATH: process.env['PATH'], DEBUG } })).stderr;
    context.store.fail({ status: 503 });
    const lines = (await traced('express,bigrecord:*')).trim().split('\n');
    expect(lines.map((line) => line.replace(/\d+ ms/, 'N ms'))).to.deep.equal([
      'bigrecord sandbox GET /v3/catalog/products/1?include=images 503 N ms',
      'bigrecord sandbox GET /v3/catalog/products/1?include=images status 503: again in N ms',
      'bigrecord sandbox GET /v3/catalog/products/1?include=images 200 N ms (try 2)',
      'bigrecord sandbox GET /v3/catalog/products/999 404 N ms',
      'bigrecord sandbox GET /v3/catalog/products/999 failed: RecordNotFoundError',
    ]);
    expect(await traced('express,-bigrecord')).to.equal('');
  });

  it('carry errors of our own only', async () => {
    context.session.on('error', ({ error }) => expect(error).to.be.instanceOf(BigRecordError));
    await rejection(Product.find(999));
  });
});

describe('without a session', () => {
  const context = useStore();

  it('says when there is no session, or none of a record', async () => {
    await context.session.run(async () => expect(Session.default).to.equal(context.session));
    const shared = (globalThis as Record<symbol, { fallback: unknown }>)[Symbol.for('bigrecord.session')] as { fallback: unknown };
    const before = shared.fallback;
    shared.fallback = undefined;
    try {
      expect((await rejection(() => Product.find(1), ConfigurationError)).message).to.contain('Session.configure');
      await rejection(() => new Product({ name: 'x' }).save(), ConfigurationError);
      expect(() => Session.default).to.throw(ConfigurationError);
    } finally {
      shared.fallback = before;
    }
  });
});
