import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ModelClass, Session } from 'bigrecord';
import { fetchToken } from 'bigrecord/oauth';
import { Sandbox, type Snapshot } from 'bigrecord/sandbox';
import { Order, OrderStatus } from 'bigrecord/v2';
import { Brand, Product, ProductImage, StoreProfileSettings } from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';

describe('the state of the sandbox', () => {
  let store: Sandbox;
  let session: Session;

  before(async () => {
    store = await Sandbox.start({ port: false, latency: 1, rateLimit: { quota: 500, windowMs: 60_000 } });
    session = Session.configure({ ...store.credentials, retry: false, rateLimit: false });
  });
  beforeEach(() => store.reset());
  after(async () => {
    await session.close();
    await store.stop();
  });

  /** Changes the store in every way that a test may. */
  async function disturb(): Promise<void> {
    await Product.update(1, { price: 99, meta_keywords: ['changed'] });
    await session.put('/catalog/products/2', { body: { custom_url: { url: '/changed/', is_customized: true } } });
    await Product.destroy(3);
    await Brand.create({ name: 'Added' });
    await Order.update(100, { status_id: 2 });
    await session.put('/settings/store/profile', { body: { store_name: 'Changed' }, query: { channel_id: 1 } });
    store.createMany(Product, 3);
    store.insert(Product, [{ id: 900, name: 'Inserted', categories: [1] }]);
    store.fail({ status: 500, times: 5 });
    store.latency = 5;
    store.rateLimit.quota = 7;
    store.clock.advance('3h');
  }

  it('is that after the start, after reset()', async () => {
    const before = store.snapshot();
    await disturb();
    expect(store.snapshot()).to.not.deep.equal(before);
    store.reset();
    expect(store.snapshot()).to.deep.equal(before);
    expect(store.requests).to.deep.equal([]);
    expect(store.latency).to.equal(1);
    expect([store.rateLimit.quota, store.rateLimit.windowMs]).to.deep.equal([500, 60_000]);
    const { headers } = await session.get('/catalog/products/3');
    expect(headers['x-rate-limit-requests-left']).to.equal('499');
    expect((await Brand.create({ name: 'Added' })).id).to.equal(9);
    expect(Math.abs(store.clock.now() - Date.now())).to.be.below(1000);
  });

  it('has the values that were changed in place, after reset()', async () => {
    const shown = (id: number): unknown => store.rows(Product).find((row) => row['id'] === id);
    const before = [shown(1), shown(2), store.rows(StoreProfileSettings)];
    await disturb();
    store.reset();
    expect([shown(1), shown(2), store.rows(StoreProfileSettings)]).to.deep.equal(before);
    const profile = (await session.get('/settings/store/profile', { query: { channel_id: 1 } })).body;
    expect(JSON.stringify(profile)).to.not.contain('Changed');
  });

  it('forgets codes of the app after reset()', async () => {
    const { code, context, scope, clientId, clientSecret } = store.authorize();
    store.reset();
    const { clientSecret: secret } = store;
    expect(secret).to.equal(clientSecret);
    const body = { code, context, scope, client_id: clientId, client_secret: secret, grant_type: 'authorization_code', redirect_uri: 'x' };
    const legacy = new Session({ ...store.credentials, retry: false });
    const error = await rejection(legacy.post('/oauth2/token', { body }));
    expect(error).to.include({ status: 404 }); // below the store; the endpoint itself is asked by fetchToken
    await legacy.close();
  });

  it('is what restore() is given, and nothing shares it', async () => {
    await disturb();
    store.heal();
    const kept = store.snapshot();
    const text = JSON.stringify(kept);
    await Product.destroy(4);
    await Product.update(1, { meta_keywords: ['again'] });
    store.restore(kept);
    expect(JSON.stringify(store.snapshot())).to.equal(text);
    await Product.update(1, { meta_keywords: ['later'] });
    Object.assign(kept.tables, { products: { lastId: 0, rows: [] } });
    expect(store.rows(Product)[0]?.['meta_keywords']).to.deep.equal(['later']);
    const parsed: Snapshot = JSON.parse(text);
    store.restore(parsed);
    expect(JSON.stringify(store.snapshot())).to.equal(text);
    expect((await Brand.create({ name: 'Next' })).id).to.equal(10);
  });

  it('has nothing of what has happened since, after restore()', async () => {
    const kept = store.snapshot();
    const { code, context, scope, clientId, clientSecret, baseUrl } = store.authorize();
    await disturb();
    expect(store.requests).to.not.deep.equal([]);
    store.restore(kept);
    expect(store.snapshot()).to.deep.equal(kept);
    expect([store.requests, store.latency, store.rateLimit.quota, store.rateLimit.windowMs]).to.deep.equal([[], 1, 500, 60_000]);
    const { status, headers } = await session.get('/catalog/products/3');
    expect([status, headers['x-rate-limit-requests-left']]).to.deep.equal([200, '499']);
    expect(Math.abs(store.clock.now() - Date.now())).to.be.below(1000);
    await rejection(
      fetchToken({ code, context, scope, clientId, clientSecret, loginUrl: baseUrl, redirectUri: 'https://app.example.com' }),
    );
    expect(store.create(Product).name, 'numbers go on').to.equal('Product 4');
  });

  it('moves to another store', async () => {
    await disturb();
    const other = await Sandbox.start({ port: false, seed: 'empty' });
    other.restore(store.snapshot());
    expect(other.snapshot()).to.deep.equal(store.snapshot());
    other.reset();
    expect(other.rows(Product)).to.deep.equal([]);
    await other.stop();
  });

  it('is refused if it is something else', () => {
    for (const wrong of [{}, { format: 'x' }, null, { ...store.snapshot(), tables: { products: {} } }])
      expect(() => store.restore(Object(wrong))).to.throw('restore() takes what store.snapshot() has returned');
  });

  it('keeps its time: stamps, quota and payloads', async () => {
    store.rateLimit.quota = 1;
    await session.get('/catalog/products/1');
    expect(await rejection(session.get('/catalog/products/1', { retry: false }))).to.include({ status: 429 });
    store.clock.advance('1h');
    const { body } = await session.put('/catalog/products/1', { body: { name: 'Later' } });
    const ahead = Date.parse(Object(body).data.date_modified) - Date.now();
    expect(ahead).to.be.within(3_590_000, 3_610_000);
    const claims = JSON.parse(Buffer.from(String(store.signPayload().split('.')[1]), 'base64url').toString());
    expect(claims.iat - Date.now() / 1000).to.be.within(3590, 3610);
    expect(() => store.clock.advance('an hour')).to.throw("clock.advance() takes milliseconds or a text such as '30s'");
  });

  describe('that begins with a file', () => {
    let folder: string;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'seed-'));
    });
    after(() => rm(folder, { recursive: true }));

    const file = async (content: unknown): Promise<string> => {
      const path = join(folder, 'seed.json');
      await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
      return path;
    };

    const begun = async <T>(content: unknown, look: (seeded: Sandbox) => T, models: ModelClass[] = []): Promise<T> => {
      const seeded = await Sandbox.start({ port: false, seed: await file(content), models });
      try {
        return look(seeded);
      } finally {
        await seeded.stop();
      }
    };

    it('has the rows of a snapshot, also after reset()', async () => {
      await disturb();
      const kept = store.snapshot();
      await begun(kept, (seeded) => {
        expect(seeded.snapshot()).to.deep.equal(kept);
        seeded.createMany(Product, 2);
        seeded.reset();
        expect(seeded.snapshot()).to.deep.equal(kept);
      });
    });

    it('has rows by model, below their parents', async () => {
      const content = {
        'v3.Product': [{ id: 7, name: 'Mug', price: 5, images: [{ id: 1, image_file: 'a.jpg' }] }],
        'v3.ProductImage': [{ product_id: 7, id: 2, image_file: 'b.jpg' }],
        'v2.OrderStatus': [{ id: 1, name: 'Waiting' }],
      };
      await begun(content, (seeded) => {
        expect(seeded.rows(Product)).to.have.length(1);
        expect(seeded.rows(ProductImage).map(({ image_file, product_id }) => [image_file, product_id])).to.deep.equal([
          ['a.jpg', 7],
          ['b.jpg', 7],
        ]);
        // The rows of the file are in place of those that a new store has under their ids; the rest stays: 0 to 14 (orders.v2.oas2.yml).
        const statuses = seeded.rows(OrderStatus).sort((one, other) => Number(one['id']) - Number(other['id']));
        expect(statuses.map(({ id }) => id)).to.deep.equal(Array.from({ length: 15 }, (_, id) => id));
        expect(statuses[1]?.name).to.equal('Waiting');
        expect(seeded.create(Product).id).to.equal(8);
      });
    });

    it('says what is wrong with it', async () => {
      const wrong: [content: unknown, message: RegExp][] = [
        ['{ "v3.Product": [', /seed\.json is not valid JSON/],
        [[1], /must have an object: a snapshot of a store, or/],
        [{ 'v3.Produkt': [] }, /rows of `v3\.Produkt`, which is not a model; did you mean `v3\.Product`\?/],
        [{ 'v3.Product': { id: 1 } }, /v3\.Product in .*seed\.json must be an array of objects/],
        [{ 'v3.Product': [{ nmae: 'Mug' }] }, /row 0 of v3\.Product in .*: Product has no attribute `nmae`; did you mean `name`\?/],
        [
          { 'v3.Product': [{ name: 'Mug', images: [{ image_fiel: 'x' }] }] },
          /ProductImage has no attribute `image_fiel`; did you mean `image_file`\?/,
        ],
        [
          { 'v2.Order': [{ billing_address: { form_fields: [{ naem: 'x' }] } }] },
          /`billing_address\.form_fields\.naem`; did you mean `billing_address\.form_fields\.name`\?/,
        ],
        ['{ "v3.Brand": [{ "name": "A" }], "v3.Brand": [] }', /seed\.json has `v3\.Brand` twice in one object/],
        ['{ "v3.Brand": [{ "name": "A", "name": "B: \\"name\\":" }] }', /seed\.json has `name` twice in one object/],
        [
          { 'v3.Product': [{ id: 7 }], 'v2.Product': [{ id: 8 }, { id: 7 }] },
          /row 1 of v2\.Product in .* has the id 7, as row 0 of v3\.Product has already/,
        ],
        [{ 'v3.ProductImage': [{ image_file: 'x' }] }, /row 0 of v3\.ProductImage in .* needs product_id, the key of its parent/],
      ];
      for (const [content, message] of wrong)
        expect((await rejection(begun(content, () => undefined))).message, JSON.stringify(content)).to.match(message);
      const missing = await rejection(Sandbox.start({ seed: join(folder, 'none.json') }));
      expect(missing.message).to.match(/none\.json cannot be read\. Give 'demo', 'empty' or the path of a file/);
    });
  });
});
