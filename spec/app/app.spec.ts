import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Product, Webhook } from 'bigrecord/v3';
import { expect } from 'chai';
import { openDatabase } from '../../examples/app/database/open.js';
import { Journal } from '../../examples/app/prices/journal.js';
import { newPrice, readRule } from '../../examples/app/prices/price-rule.js';
import { readSettings } from '../../examples/app/settings.js';
import { ExampleApp, formIn } from '../support/example-app.js';
import { until } from '../support/waiting.js';

const SAM = { id: 8, email: 'sam@example.com' };

describe('the example app', function () {
  this.timeout(30_000);
  let store: Sandbox;
  let app: ExampleApp;
  /** Somebody else who changes the store. */
  let session: Session;

  before(async () => {
    store = await Sandbox.start({ port: false });
    session = new Session(store.credentials);
  });

  beforeEach(async () => {
    store.reset();
    app = await ExampleApp.start(store);
  });

  afterEach(() => app.stop());

  after(async () => {
    await session.close();
    await store.stop();
  });

  const home = '/stores/sandbox/orders';
  const writes = () => store.requests.filter(({ method, path }) => method !== 'GET' && path.startsWith('/v3/catalog'));
  const priceOf = (id: number) => store.rows(Product).find((product) => product['id'] === id)?.['price'];

  /** Previews a change and starts it. Returns its address. */
  async function change(percent: string, brand = ''): Promise<string> {
    const preview = await app.get(`/stores/sandbox/prices?percent=${percent}&brand=${brand}`);
    const started = await app.post('/stores/sandbox/changes', formIn(preview.body, /changes$/));
    expect(started.statusCode, started.body).to.equal(303);
    return String(started.headers.location);
  }

  /** Waits until a change has ended, and gives its page. */
  async function ended(address: string): Promise<string> {
    await until(async () => !/data-progress/.test((await app.get(address)).body));
    return (await app.get(address)).body;
  }

  describe('callbacks', () => {
    it('install: exchanges the code once, logs in, creates webhooks; the token is encrypted', async () => {
      const response = await app.install();
      expect([response.statusCode, response.headers.location]).to.deep.equal([303, home]);
      expect(response.headers['set-cookie']).to.match(/^login=.*Path=\/stores\/sandbox\/; HttpOnly; Secure; Partitioned; SameSite=None$/);
      expect((await app.get(home)).statusCode).to.equal(200);
      expect(store.rows(Webhook).map(({ scope }) => scope)).to.include('store/order/created');
      const exchange = store.requests.find(({ path }) => path === '/oauth2/token');
      expect(exchange?.body).to.include({ redirect_uri: 'http://127.0.0.1:9/auth' });
      await app.app.close();
      const folder = app.environment['DATA_FOLDER'] ?? '';
      const files = await Promise.all(['app.db', 'app.db-wal'].map((name) => readFile(join(folder, name), 'latin1').catch(() => '')));
      expect(files.join('')).to.contain('sandbox').and.not.contain(store.credentials.accessToken);
    });

    it('install: refuses a used code, a code of nobody, and missing scopes', async () => {
      const { code = '', context, scope } = store.authorize('store_v2_products store_v2_orders store_v2_customers store_v2_information');
      const address = `/auth?${new URLSearchParams({ code, context, scope })}`;
      expect((await app.get(address)).statusCode).to.equal(303);
      app.cookie = '';
      for (const url of [address, address.replace(code, 'other'), '/auth', '/auth?code=a&code=b']) {
        const response = await app.get(url);
        expect([url, response.statusCode, response.headers['set-cookie']]).to.deep.equal([url, 400, undefined]);
      }
      expect((await app.install('store_v2_products')).statusCode).to.equal(400);
    });

    it('load: logs users in and keeps them apart from the owner; deep links lead to pages of the app only', async () => {
      expect((await app.callback('load')).statusCode).to.equal(403);
      await app.install();
      app.cookie = '';
      expect((await app.callback('load', { user: SAM, url: '/prices' })).headers.location).to.equal('/stores/sandbox/prices');
      expect((await app.get(home)).body).to.contain(SAM.email);
      expect((await app.callback('load', { url: 'https://evil.example' })).headers.location).to.equal(home);
    });

    it('refuse what is forged, expired, for another app, or missing', async () => {
      await app.install();
      app.cookie = '';
      const past = Math.floor(Date.now() / 1000) - 90_000;
      for (const name of ['load', 'uninstall', 'remove_user'] as const) {
        const refused = [
          await app.callback(name, {}, 'another secret'),
          await app.callback(name, { iat: past, nbf: past, exp: past + 86_400 }),
          await app.callback(name, { aud: 'another app' }),
          await app.get(`/${name}`),
        ];
        expect(refused.map(({ statusCode }) => statusCode)).to.deep.equal([401, 401, 401, 401]);
        expect(refused.map(({ headers }) => headers['set-cookie'])).to.deep.equal(new Array(4).fill(undefined));
      }
      expect((await app.callback('load')).statusCode).to.equal(303);
    });

    it('remove_user: ends the login of that user at once, and of nobody else', async () => {
      await app.install();
      const owner = app.cookie;
      await app.callback('load', { user: SAM });
      const sam = app.cookie;
      expect((await app.callback('remove_user', { user: SAM })).json()).to.deep.equal({});
      app.cookie = sam;
      expect((await app.get(home)).statusCode).to.equal(401);
      const before = Math.floor(Date.now() / 1000) - 5;
      expect((await app.callback('load', { user: SAM, iat: before, nbf: before })).statusCode).to.equal(401);
      expect((await app.callback('load', { user: SAM })).statusCode).to.equal(303);
      app.cookie = owner;
      expect((await app.get(home)).statusCode).to.equal(200);
    });

    it('uninstall: what was said before the store has installed the app once more does not count', async () => {
      await app.install();
      const sentAt = Date.now() - 60_000;
      await app.callback('uninstall', { iat: Math.floor(sentAt / 1000) });
      await app.deliver('store/app/uninstalled', { type: 'store' }, { sentAt, hash: 'late' });
      await app.deliver('store/order/created', { type: 'order', id: 139 });
      await until(async () => /Order 139 was placed/.test((await app.get(home)).body), 'the event after it');
      expect((await app.get(home)).statusCode).to.equal(200);
    });

    it('uninstall: forgets the token and everything else; so does the webhook', async () => {
      for (const leave of [() => app.callback('uninstall'), () => app.deliver('store/app/uninstalled', { type: 'store' })]) {
        await app.install();
        await ended(await change('5', '7'));
        const { cookie } = app;
        await leave();
        app.cookie = cookie;
        await until(async () => (await app.get(home)).statusCode === 401, 'the end of the login');
        await app.restart();
        expect((await app.callback('load')).statusCode).to.equal(403);
        await app.install();
        expect((await app.get('/stores/sandbox/prices')).body).to.contain('There were none yet.');
      }
    });
  });

  describe('pages', () => {
    it('need a login that is not forged and is of this store', async () => {
      await app.install();
      const { cookie } = app;
      for (const wrong of ['', `${cookie.slice(0, -8)}AAAAAAAA`, cookie.replace('sandbox', 'sandb0x'), 'login=x']) {
        app.cookie = wrong;
        expect((await app.get(home)).statusCode, wrong).to.equal(401);
      }
      app.cookie = cookie;
      expect((await app.get('/stores/other/orders')).statusCode).to.equal(401);
      expect((await app.get('/nothing')).statusCode).to.equal(404);
    });

    it('may be in the frame of the control panel only, and load nothing from elsewhere', async () => {
      const { headers } = await app.get('/');
      expect(headers['content-security-policy'])
        .to.contain('frame-ancestors https://*.mybigcommerce.com https://*.bigcommerce.com')
        .and.contain("default-src 'none'");
      expect(headers).to.include({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
      for (const asset of ['app.css', 'app.js']) expect((await app.get(`/assets/${asset}`)).statusCode).to.equal(200);
      expect((await app.get('/assets/../app.ts')).statusCode).to.equal(404);
    });

    it('orders: 20 with customers and lines in two requests', async () => {
      await app.install();
      store.requests.length = 0;
      const { body } = await app.get(home);
      expect(body).to.contain('20 orders with customers and lines, in 2 requests to the store.').and.contain('2 × Wool Mug');
      expect(body).to.contain('margaret.smith@example.com').and.contain('$153.85');
      expect(store.requests).to.have.length(2);
    });

    it('say what to do when the store refuses the token, or does not respond', async () => {
      await app.install();
      store.fail({ status: 401, path: '/v2/orders' });
      const refused = await app.get(home);
      expect([refused.statusCode, /Install the app again/.test(refused.body)]).to.deep.equal([502, true]);
    });
  });

  describe('webhooks', () => {
    it('are accepted if signed, and processed once', async () => {
      await app.install();
      expect(await app.deliver('store/order/created', { type: 'order', id: 139 }, { secret: 'another' })).to.equal(401);
      for (const hash of ['one', 'one', 'two'])
        expect(await app.deliver('store/order/created', { type: 'order', id: hash === 'one' ? 139 : 138 }, { hash })).to.equal(200);
      await until(async () => /Order 138 was placed/.test((await app.get(home)).body), 'the event');
      await app.restart();
      expect(await app.deliver('store/order/created', { type: 'order', id: 137 }, { hash: 'one' })).to.equal(200);
      expect(await app.deliver('store/order/statusUpdated', { type: 'order', id: 136, status: {} }, { hash: 'three' })).to.equal(200);
      await until(async () => /Order 136 is now/.test((await app.get(home)).body), 'the event');
      expect((await app.get(home)).body.match(/<li>Order \d+ (was|is)/g)).to.have.length(3);
    });
  });

  describe('bulk changes of prices', () => {
    beforeEach(() => app.install());

    it('preview: shows what would change, and sends no write', async () => {
      const { body, statusCode } = await app.get('/stores/sandbox/prices?percent=10&brand=1&ending=ninetynine');
      expect(statusCode).to.equal(200);
      expect(body).to.contain('8 of 8 products would change, in 1 request that write').and.contain('$10.95').and.contain('$11.99');
      expect(writes()).to.deep.equal([]);
    });

    it('preview: says what is wrong with a number', async () => {
      for (const percent of ['', 'x', '5%', '-91', '901', '1e2', '0x10', 'Infinity', '1.234']) {
        const response = await app.get(`/stores/sandbox/prices?percent=${encodeURIComponent(percent)}`);
        expect([percent, response.statusCode, /role="alert"/.test(response.body)]).to.deep.equal([percent, 422, true]);
      }
      expect((await app.get('/stores/sandbox/prices?percent=0')).body).to.contain('None of 60 products would change');
    });

    it('run, show failures, and are reverted except where somebody has changed a price', async () => {
      store.fail({ status: 422, times: 2, method: 'PUT', path: '/v3/catalog/products', body: { status: 422, title: 'No.', errors: {} } });
      const address = await change('10', '7');
      const page = await ended(address);
      expect(page).to.contain('done').and.contain('7 prices:');
      await Product.using(session).update(7, { price: 1 });
      store.heal();
      const reverted = await app.post(`${address}/revert`, formIn(page, /revert$/));
      expect(reverted.statusCode).to.equal(303);
      const after = await ended(address);
      expect(after).to.contain('reverted').and.contain('Somebody has changed the price meanwhile.');
      expect(priceOf(7)).to.equal(1);
      expect(priceOf(15)).to.equal(18.95);
    });

    it('are refused without the token of the form, and if prices have changed since the preview', async () => {
      const preview = await app.get('/stores/sandbox/prices?percent=10&brand=7');
      const form = formIn(preview.body, /changes$/);
      for (const token of ['', 'x'.repeat(43)])
        expect((await app.post('/stores/sandbox/changes', { ...form, token })).statusCode).to.equal(403);
      expect(writes()).to.deep.equal([]);
      await Product.using(session).update(7, { price: 1 });
      store.requests.length = 0;
      const late = await app.post('/stores/sandbox/changes', form);
      expect([late.statusCode, /have changed since the preview/.test(late.body)]).to.deep.equal([409, true]);
      expect(writes()).to.deep.equal([]);
    });

    it('run one at a time, tell their progress, and are cancelled', async () => {
      const second = formIn((await app.get('/stores/sandbox/prices?percent=20')).body, /changes$/);
      const address = await change('10');
      store.latency = 150;
      expect((await app.post('/stores/sandbox/changes', second)).statusCode).to.equal(409);
      const [events, cancelled] = await Promise.all([
        app.get(`${address}/progress`),
        app.post(`${address}/cancel`, formIn((await app.get(address)).body, /cancel$/)),
      ]);
      expect(cancelled.statusCode).to.equal(303);
      expect(events.body).to.match(/^data: \{"state":"running".*event: end/s);
      const page = await ended(address);
      expect(page).to.contain('cancelled');
      const written = Number(/data-live="written">(\d+)/.exec(page)?.[1]);
      expect(written).to.be.below(60);
      expect(written % 20).to.equal(0);
    });

    it('that a crash has interrupted are reverted too', async () => {
      await app.app.close();
      const db = await openDatabase(app.environment['DATA_FOLDER'] ?? '');
      const [name, sku] = ['Bowl', ''];
      const prices = [
        { productId: 1, name, sku, before: 10.95, after: 12 },
        { productId: 2, name, sku, before: 17.95, after: 20 },
      ];
      const id = await new Journal(db).create({ storeHash: 'sandbox', startedBy: '', description: 'Half done', prices });
      await db.destroy();
      await Product.using(session).update(1, { price: 12 }); // written, but not noted
      await app.restart();
      const address = `/stores/sandbox/changes/${id}`;
      const page = (await app.get(address)).body;
      expect(page).to.contain('interrupted').and.contain('The app was stopped while it ran.');
      await app.post(`${address}/revert`, formIn(page, /revert$/));
      expect(await ended(address)).to.contain('1</span> put back');
      expect([priceOf(1), priceOf(2)]).to.deep.equal([10.95, 17.95]);
    });
  });

  it('compute prices exactly', () => {
    const price = (from: number, percent: number, ending: 'exact' | 'ninetynine' | 'whole' = 'exact', decimals = 2) =>
      newPrice(from, { percent, ending }, decimals);
    expect([price(10.95, 5), price(0.1, 10), price(1.005, 0), price(19.99, -10), price(1000, 5, 'exact', 0)]).to.deep.equal([
      11.5, 0.11, 1.01, 17.99, 1050,
    ]);
    expect([price(10.95, 10, 'ninetynine'), price(0.2, 10, 'ninetynine'), price(10.95, 10, 'whole')]).to.deep.equal([11.99, 0.99, 12]);
    expect([price(10, 0, 'ninetynine'), price(12.345, 0, 'ninetynine', 3)]).to.deep.equal([9.99, 11.99]);
    expect(readRule({ percent: ' -12,5 ', ending: 'exact' })).to.deep.equal({ percent: -12.5, ending: 'exact' });
  });

  it('says all that is missing from its environment at once', () => {
    expect(() => readSettings({ APP_KEY: 'short', APP_URL: 'https://example.com/app' }))
      .to.throw(Error)
      .with.property('message')
      .that.matches(/BIGCOMMERCE_CLIENT_ID.*BIGCOMMERCE_CLIENT_SECRET.*APP_URL.*APP_KEY/s);
  });
});
