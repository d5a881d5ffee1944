import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ConfigurationError, NetworkError, Session, type SessionOptions, TimeoutError, UncertainOutcomeError } from 'bigrecord';
import { fetchToken } from 'bigrecord/oauth';
import { Sandbox } from 'bigrecord/sandbox';
import { Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { ROOT } from '../support/run.js';

/** What a session sees has to be the same, whether there is a socket or not. */
for (const port of [0, false] as const)
  describe(`a store ${port === 0 ? 'with' : 'without'} a socket`, () => {
    let store: Sandbox;
    const open: Session[] = [];

    const session = (options: SessionOptions = {}): Session => {
      const made = new Session({ ...store.credentials, retry: { baseMs: 5 }, ...options });
      open.push(made);
      return made;
    };

    before(async () => {
      store = await Sandbox.start({ port });
    });
    beforeEach(() => store.reset());
    afterEach(async () => {
      await Promise.all(open.splice(0).map((each) => each.close()));
    });
    after(() => store.stop());

    it('has credentials that are JSON, and serves several sessions', async () => {
      const credentials = JSON.parse(JSON.stringify(store.credentials));
      expect(credentials).to.deep.equal(store.credentials);
      const products = await Promise.all([1, 2].map((id) => Product.using(session(credentials)).find(id)));
      expect(products.map(({ id }) => id)).to.deep.equal([1, 2]);
    });

    it('reads, saves and logs without credentials', async () => {
      const lines: string[] = [];
      const logger = { debug: (line: string) => lines.push(line), warn: (line: string) => lines.push(line) };
      const product = await Product.using(session({ logger })).find(1);
      product.price = 7;
      await product.save();
      expect((await Product.using(session()).find(1)).price).to.equal(7);
      const [, put] = store.requests;
      expect(put).to.include({ method: 'PUT', path: '/v3/catalog/products/1', url: '/stores/sandbox/v3/catalog/products/1', status: 200 });
      expect(put?.body).to.deep.equal({ price: 7 });
      expect(put?.headers).to.include({ 'content-type': 'application/json', accept: 'application/json', 'user-agent': 'bigrecord' });
      expect(JSON.stringify(store.requests)).to.not.contain(store.credentials.accessToken);
      expect(lines.map((line) => line.replace(/\d+ ms.*/, ''))).to.have.length(2);
    });

    it('repeats what failed, and says when it stays so', async () => {
      store.fail({ status: 503, times: 2 });
      expect((await session().get('/catalog/products/1')).status).to.equal(200);
      expect(store.requests.map(({ status }) => status)).to.deep.equal([503, 503, 200]);
      store.fail({ status: 500, times: 9, headers: { 'X-Request-Id': 'r-1' } });
      expect(await rejection(session({ retry: false }).get('/catalog/products/1'))).to.include({ status: 500, requestId: 'r-1' });
    });

    it('closes connections before and after a request is carried out', async () => {
      store.fail({ reset: 'after', method: 'GET' });
      expect((await session().get('/catalog/products/1')).status).to.equal(200);
      const lost = await rejection(
        session({ retry: false })
          .get('/catalog/products/1')
          .then(() => rejectNext()),
      );
      expect(lost).to.be.instanceOf(NetworkError).and.include({ code: 'ECONNRESET', sent: 'maybe' });
      for (const reset of ['before', 'after'] as const) {
        store.fail({ reset, method: 'POST' });
        const count = store.rows(Product).length;
        const error = await rejection(
          session().post('/catalog/products', { body: { name: reset, type: 'physical', weight: 1, price: 1 } }),
        );
        expect(error).to.be.instanceOf(UncertainOutcomeError);
        expect(store.rows(Product).length - count, reset).to.equal(reset === 'after' ? 1 : 0);
      }
    });

    const rejectNext = (): Promise<unknown> => {
      store.fail({ reset: 'before' });
      return session({ retry: false }).get('/catalog/products/1');
    };

    it('keeps limits of time', async () => {
      store.latency = 200;
      const slow = await rejection(session({ retry: false, timeout: { response: 20 } }).get('/catalog/products/1'));
      expect(slow).to.be.instanceOf(TimeoutError).and.include({ phase: 'response', sent: 'maybe' });
      const total = await rejection(session({ retry: false, timeout: 20 }).get('/catalog/products/1'));
      expect(total).to.be.instanceOf(TimeoutError);
      const post = await rejection(session({ timeout: { response: 20 } }).post('/catalog/brands', { body: { name: 'Slow' } }));
      expect(post).to.be.instanceOf(UncertainOutcomeError);
    });

    it('keeps the limit of size', async () => {
      const error = await rejection(session({ maxResponseBytes: 1000, retry: false }).get('/catalog/products'));
      expect(error.message).to.contain('more than 1000 bytes');
    });

    it('ends when the signal is aborted', async () => {
      store.latency = 200;
      const reason = new Error('enough');
      const abort = new AbortController();
      const asked = session().get('/catalog/products', { signal: abort.signal });
      setTimeout(() => abort.abort(reason), 20);
      expect(await rejection(asked)).to.equal(reason);
    });

    it('counts the quota of the store, which a session waits for', async () => {
      store.rateLimit.quota = 2;
      store.rateLimit.windowMs = 100;
      store.clock.advance('1m');
      const own = session();
      for (let at = 0; at < 4; at++) await own.get('/catalog/products/1');
      expect(store.requests.filter(({ status }) => status === 200)).to.have.length(4);
      expect(own.rateLimit.quota).to.equal(2);
    });

    it('answers from the cache of a session', async () => {
      const own = session({ cache: { ttlMs: 60_000 } });
      await own.get('/catalog/products/1');
      await own.get('/catalog/products/1');
      expect(store.requests).to.have.length(1);
    });

    it('takes uploads', async () => {
      const form = new FormData();
      form.set('image_file', new Blob(['pixels']), 'mug.png');
      form.set('is_thumbnail', 'true');
      await session().post('/catalog/products/1/images', { body: form });
      expect(store.requests[0]?.body).to.deep.equal({ image_file: 'mug.png', is_thumbnail: 'true' });
      expect(store.requests[0]?.headers['content-type']).to.match(/^multipart\/form-data/);
    });

    it('refuses a wrong token, and serves legacy accounts', async () => {
      expect(await rejection(session({ accessToken: 'wrong' }).get('/catalog/products'))).to.include({ status: 401 });
      const { accessToken: token, baseUrl } = store.credentials;
      const legacy = new Session({ host: 'shop.example.com', basicAuth: { username: 'sandbox', token }, baseUrl });
      open.push(legacy);
      expect((await legacy.get('/products/1', { version: 'v2' })).status).to.equal(200);
    });

    it('exchanges codes for tokens', async () => {
      const { session: granted, accessToken } = await fetchToken({ ...store.authorize(), redirectUri: 'https://app.example.com/auth' });
      open.push(granted);
      expect(accessToken).to.equal(store.credentials.accessToken);
      expect((await granted.get('/catalog/products/1')).status).to.equal(200);
    });

    it('uses a new token after rotate()', async () => {
      const own = session();
      own.rotate('other');
      expect(await rejection(own.get('/catalog/products'))).to.include({ status: 401 });
    });

    it('does not share values with its rows or its log', async () => {
      const body = { meta_keywords: ['a'] };
      const { body: answer } = await session().put('/catalog/products/1', { body });
      body.meta_keywords.push('b');
      Object(answer).data.meta_keywords.push('c');
      const [logged] = store.requests;
      Object(logged?.body).meta_keywords.push('d');
      Object(logged?.responseBody).data.meta_keywords.push('e');
      expect(store.rows(Product)[0]?.['meta_keywords']).to.deep.equal(['a']);
    });

    it('lets timers run while somebody waits for it', async () => {
      let fired = false;
      setTimeout(() => (fired = true), 10);
      const own = session();
      const until = performance.now() + 2000;
      while (!fired && performance.now() < until) await own.get('/catalog/products/1');
      expect(fired).to.equal(true);
    });

    it('says that it was stopped', async () => {
      const other = await Sandbox.start({ port, seed: 'empty' });
      const late = new Session({ ...other.credentials, retry: false });
      const waiting = new Session({ ...other.credentials, retry: false });
      await late.get('/catalog/products');
      other.latency = 10_000;
      const lost = rejection(waiting.get('/catalog/products'));
      while (other.requests.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
      await new Promise((resolve) => setTimeout(resolve, 50));
      await other.stop();
      expect(await lost).to.be.instanceOf(Error);
      const error = await rejection(late.post('/catalog/brands', { body: { name: 'Late' } }));
      // Over a socket it is a server that nobody listens at: retried, and counted by the circuit breaker.
      expect(error).to.be.instanceOf(port === false ? ConfigurationError : NetworkError);
      expect(error.message).to.contain('was stopped: start another one').and.contain(other.credentials.baseUrl);
      await Promise.all([late.close(), waiting.close()]);
    });
  });

describe('a store without a socket', () => {
  it('is asked for by false: a port that is none is refused', async () => {
    for (const port of ['abc', '4590', Number.NaN, -1, 70_000, true, null])
      expect((await rejection(Sandbox.start({ port } as never), ConfigurationError)).message).to.contain('port of Sandbox.start()');
  });

  it('is not that of another process', async () => {
    const store = await Sandbox.start({ port: false, seed: 'empty' });
    const program = `import { Session } from 'bigrecord';
      const session = new Session(JSON.parse(process.argv[1]));
      await session.get('/catalog/products').catch((error) => console.log(error.name, error.message));`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '-e', program, JSON.stringify(store.credentials)],
      { cwd: ROOT },
    );
    expect(stdout).to.match(/^ConfigurationError .*another process/);
    await store.stop();
  });

  it('is one of several', async () => {
    const stores = await Promise.all([1, 2, 3].map(() => Sandbox.start({ port: false, seed: 'empty' })));
    const counts = await Promise.all(
      stores.map(async (store, at) => {
        store.createMany(Product, at);
        const session = new Session(store.credentials);
        const count = await Product.using(session).count();
        await session.close();
        return count;
      }),
    );
    expect(counts).to.deep.equal([0, 1, 2]);
    await Promise.all(stores.map((store) => store.stop()));
  });
});
