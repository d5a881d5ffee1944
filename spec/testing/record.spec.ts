import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError, ConfigurationError, RateLimitError, Session, UncertainOutcomeError } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { type MaskRule, type Recording, type ReplayStore, record, replay } from 'bigrecord/testing';
import * as v2 from 'bigrecord/v2';
import { Customer as CustomerV2, Order, Product as ProductV2 } from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { Brand, Customer, Product, StorefrontToken, Webhook } from 'bigrecord/v3';
import { expect } from 'chai';
import { serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';
import { ROOT, run } from '../support/run.js';

interface KeptExchange {
  readonly request: { method: string; path: string; query: Record<string, string>; body?: unknown };
  readonly response?: { status: number; headers: Record<string, string>; body?: { data?: unknown } };
  readonly failure?: { error: string };
  readonly attempts?: number;
}

describe('record and replay', () => {
  let folder: string;
  let file: string;
  let store: Sandbox;
  let session: Session;
  const open: { stop(): Promise<void> }[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bigrecord-cassettes-'));
    store = await Sandbox.start();
  });

  after(async () => {
    await store.stop();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(function () {
    file = join(folder, `${this.currentTest?.title.replaceAll(/\W+/g, '-')}.json`);
    session = new Session({ ...store.credentials, retry: { baseMs: 1 } });
  });

  afterEach(async () => {
    for (const each of open.splice(0)) await each.stop();
    await session.close();
    store.heal();
    store.rateLimit.windowMs = 30_000;
  });

  /** Records what `work` does on the sandbox. */
  async function recorded<T>(work: () => T | Promise<T>, options: { mask?: MaskRule[] | false; key?: string } = {}): Promise<T> {
    const recording = record({ session, file, ...options });
    open.push(recording);
    const result = await session.run(work);
    await recording.stop();
    return result;
  }

  async function exchanges(): Promise<KeptExchange[]> {
    return JSON.parse(await readFile(file, 'utf8')).exchanges;
  }

  /** Replays the cassette, and does the same work on it. */
  async function replayed<T>(work: () => T | Promise<T>, options = {}): Promise<{ result: T; tape: ReplayStore; session: Session }> {
    const tape = await replay(file, options);
    open.push(tape);
    const session = new Session({ ...tape.credentials, retry: { baseMs: 1 } });
    open.push({ stop: () => session.close() });
    return { result: await session.run(work), tape, session };
  }

  it('answers as the store did: reads, pages, writes, empty bodies, both generations', async () => {
    const work = async () => {
      const product = await Product.find(1);
      await product.update({ description: `${product.description}!` });
      const again = await Product.find(1);
      const none = await ProductV2.where({ name: 'no such thing' }).all(); // 204
      const brand = await Brand.create({ name: 'Recorded' });
      await brand.destroy();
      const names: string[] = [];
      for await (const each of Product.where({ is_visible: true }).include('images')) names.push(each.name);
      return { descriptions: [product.description, again.description], none: none.length, brand: brand.toObject(), names };
    };
    const first = await recorded(work);
    const sent = store.requests.length;
    const { result, tape } = await replayed(work);
    expect(result).to.deep.equal(first);
    expect(result.names).to.have.length.above(50);
    expect([result.none, tape.unused, tape.missed]).to.deep.equal([0, [], []]);
    expect(store.requests).to.have.length(sent);
    expect(tape.requests.map(({ method, path }) => `${method} ${path}`)).to.include.members([
      'GET /v2/products',
      'PUT /v3/catalog/products/1',
    ]);
  });

  it('writes the same file for the same program, whatever arrives first', async () => {
    const work = async () => {
      await Promise.all([Customer.where({ id: { in: [1, 2] } }).all(), Product.find(3), Brand.all(), Order.find(100), Order.find(101)]);
      await Product.find(2);
    };
    await recorded(work);
    const first = await readFile(file, 'utf8');
    store.latency = 3;
    const other = await Sandbox.start({ storeHash: 'other', accessToken: 'another-access-token' });
    open.push(other);
    session = new Session(other.credentials);
    await recorded(work);
    store.latency = 0;
    expect(await readFile(file, 'utf8')).to.equal(first);
    const paths = (await exchanges()).map(({ request }) => request.path);
    expect(paths).to.deep.equal([...paths].sort());
  });

  it('holds no secrets of links, values of attributes, codes of gift certificates, or what people write', async () => {
    await recorded(async () => {
      await Webhook.create({
        scope: 'store/customer/*',
        destination:
          'https://example.net/h?api_key=HOOKKEY9&apikey=HK8aa&sig=SG7aa&code=CD6aa&auth=AU5aa&key=KE4aa&client_secret=CS3aa&page=2',
      });
      await session
        .put('/customers/attribute-values', { body: [{ attribute_id: 1, customer_id: 1, value: 'PASSPORT-X9' }] })
        .catch(() => undefined);
      await session.post('/gift_certificates', {
        version: 'v2',
        body: { to_name: 'Z', to_email: 'z@q.test', from_name: 'Z', from_email: 'z@q.test', amount: '10.00', code: 'GIFTCODE-1X' },
      });
      await session.post('/catalog/products/2/reviews', {
        body: { title: 'Quarkfield', text: 'Mail Zebulon', status: 'approved', rating: 5, date_reviewed: '2026-01-01T00:00:00Z' },
      });
      await session.get('/catalog/products', { query: { include_fields: 'name' } });
      await session
        .post('/orders/100/shipments', { version: 'v2', body: { comments: 'left with Wolfgang', items: [] } })
        .catch(() => undefined);
    });
    const text = await readFile(file, 'utf8');
    const secrets = [
      'HOOKKEY9',
      'HK8aa',
      'SG7aa',
      'CD6aa',
      'AU5aa',
      'KE4aa',
      'CS3aa',
      'PASSPORT',
      'GIFTCODE',
      'Zebulon',
      'Quarkfield',
      'Wolfgang',
    ];
    expect(secrets.filter((value) => text.includes(value))).to.deep.equal([]);
    expect(text).to.contain('page=2').and.contain('include_fields');
  });

  it('holds neither credentials nor personal values, whose pseudonyms are consistent and have the same form', async () => {
    const work = async () => {
      const [customer] = await Customer.where({ 'email:in': ['real.person@shop.test'] } as never).all();
      await Customer.create({
        first_name: 'Wilhelmina',
        last_name: 'Featherstone',
        email: 'real.person@shop.test',
        phone: '+1 (512) 555-0142',
        notes: 'Knows Wilhelmina Featherstone; write to second@shop.test',
        authentication: { force_password_reset: false, new_password: 'Sup3rSecret!' },
        addresses: [
          {
            first_name: 'Wilhelmina',
            last_name: 'Featherstone',
            address1: '742 Evergreen Terrace',
            city: 'Springfield',
            postal_code: 'SW1A 1AA',
            country_code: 'GB',
          },
        ],
      } as never);
      await Webhook.create({
        scope: 'store/order/*',
        destination: 'https://example.com/hooks',
        headers: { 'x-hook-secret': 'hush-hush-hush' },
      });
      await StorefrontToken.create({
        channel_id: 1,
        expires_at: new Date('2030-01-01T00:00:00Z'),
        allowed_cors_origins: ['https://example.com'],
      });
      return [customer, await Customer.where({ email: { in: ['real.person@shop.test'] } }).all()];
    };
    await recorded(work);
    const text = await readFile(file, 'utf8');
    for (const value of [
      'real.person',
      'second@shop',
      'Wilhelmina',
      'Featherstone',
      '555-0142',
      'Evergreen',
      'Springfield',
      'SW1A',
      'Sup3rSecret',
      'hush-hush',
      store.credentials.accessToken,
      'x-auth-token',
    ])
      expect(text.toLowerCase(), value).to.not.contain(value.toLowerCase());
    const created = (await exchanges()).find(({ request }) => request.method === 'POST' && request.path === '/v3/customers');
    const [row] = created!.request.body as [Record<string, string> & { addresses: Record<string, string>[]; authentication: object }];
    expect(row.email).to.match(/^[a-z]+\.[0-9a-f]{8}@example\.com$/);
    expect(row.first_name).to.match(/^[A-Z][a-z]+$/);
    expect(row.phone).to.match(/^\+\d \(\d{3}\) \d{3}-\d{4}$/);
    expect(row.notes).to.contain(`${row.first_name} ${row.last_name}`);
    expect(row.authentication).to.deep.equal({ force_password_reset: false, new_password: '[masked]' });
    expect(row.addresses[0]).to.include({ first_name: row.first_name, country_code: 'GB' });
    expect(row.addresses[0]?.['postal_code']).to.match(/^[A-Z]{2}\d[A-Z] \d[A-Z]{2}$/);
    const listed = (await exchanges()).filter(({ request }) => request.method === 'GET');
    expect(listed[0]?.request.query['email:in']).to.equal(row.email);
  });

  it('holds no personal value of any list of the demo store', async () => {
    const demo = await Sandbox.start({ port: false });
    open.push(demo);
    session = new Session({ ...demo.credentials, retry: false });
    const paths = [...Object.values(v2), ...Object.values(v3)].map(({ resource: { version, path } }) => ({
      version,
      path: path.replaceAll(/:order_id/g, '100').replaceAll(/:\w+/g, '1'),
    }));
    await recorded(async () => {
      for (const { version, path } of paths) await session.get(path, { version }).catch(() => {});
    });
    const personal = new Set<string>();
    const collect = (value: unknown, name = ''): void => {
      if (typeof value === 'object' && value !== null)
        for (const [each, nested] of Object.entries(value)) collect(nested, Array.isArray(value) ? name : each);
      else if (
        typeof value === 'string' &&
        value.length > 5 &&
        /^(email|phone|last_name|street_1|address1?|zip|postal_code|ip_address)$/.test(name)
      )
        personal.add(value);
    };
    for (const { responseBody } of demo.requests) collect(responseBody);
    const text = await readFile(file, 'utf8');
    expect(personal.size).to.be.above(50);
    expect([...personal].filter((value) => text.includes(value))).to.deep.equal([]);
  });

  it('replays filters by personal values: by the real one, and by the pseudonym that a response gave', async () => {
    const work = async () => {
      const customer = await Customer.where({ id: { in: [5] } }).first();
      const [byEmail] = await Customer.where({ email: { in: [customer?.email ?? ''] } }).all();
      const byName = await CustomerV2.where({ first_name: customer?.first_name ?? '' }).all();
      return [customer?.email, byEmail?.id, byName.length];
    };
    const [email, id, count] = await recorded(work);
    const { result, tape } = await replayed(work);
    expect(result.slice(1)).to.deep.equal([id, count]);
    expect(result[0]).to.match(/@example\.com$/);
    expect(result[0]).to.not.equal(email);
    expect(tape.missed).to.deep.equal([]);
    const { result: real } = await replayed(() => Customer.where({ email: { in: [String(email)] } }).all());
    expect(real.map((each) => each.id)).to.deep.equal([id]);
  });

  it('masks by rules: names, paths, regular expressions and functions; `!` and false keep values', async () => {
    const work = () => Product.find(1);
    const product = await recorded(work, {
      mask: [
        'sku',
        'custom_url.url',
        /^data\.(upc|mpn)$/,
        '!name',
        (value, { path, part }) => (path === 'data.price' && part === 'response' ? Number(value) * 0 : undefined),
      ],
    });
    const [{ response } = expect.fail()] = await exchanges();
    const data = response?.body?.data as Record<string, unknown> & { custom_url: { url: string } };
    expect(data['sku']).to.be.a('string').and.not.equal(product.sku);
    expect(data['custom_url'].url).to.not.equal(product.custom_url?.url);
    expect([data['name'], data['price']]).to.deep.equal([product.name, 0]);
    expect((await rejection(replay(file))).message).to.contain('functions');
    const { result } = await replayed(work, { mask: () => undefined });
    expect(result.price).to.equal(0);

    const customer = await recorded(() => CustomerV2.find(1), { mask: ['!email', '!first_name'] });
    const masked = (await exchanges())[0]?.response?.body as Record<string, string>;
    expect([masked['email'], masked['first_name']]).to.deep.equal([customer.email, customer.first_name]);
    expect(masked['last_name']).to.not.equal(customer.last_name);
    await recorded(() => CustomerV2.find(1), { mask: false });
    expect((await exchanges())[0]?.response?.body).to.include({ last_name: customer.last_name, phone: customer.phone });
  });

  it('mixes a key into the pseudonyms', async () => {
    const work = () => Customer.where({ email: { in: ['somebody@shop.test'] } }).all();
    const emailOf = async () => (await exchanges())[0]?.request.query['email:in'];
    await recorded(work);
    const usual = await emailOf();
    await recorded(work, { key: 'between us' });
    expect(await emailOf())
      .to.match(/@example\.com$/)
      .and.not.equal(usual);
    expect((await rejection(replay(file))).message).to.contain('recorded with a key');
    expect((await replayed(work, { key: 'between us' })).tape.missed).to.deep.equal([]);
    expect((await replayed(() => rejection(work()), { key: 'another' })).tape.missed).to.have.length(1);
  });

  it('keeps ids above 2^53, failures, 429 with its wait, lost connections and uploads', async () => {
    const work = async () => {
      const { body } = await session.run(() => Session.default.get('/big'));
      return body;
    };
    const long = await serve((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.setHeader('x-rate-limit-requests-quota', '150');
      response.setHeader('x-rate-limit-requests-left', '2');
      response.setHeader('x-rate-limit-time-window-ms', '30000');
      response.end('{"data":{"id":9007199254740993}}');
    });
    open.push({ stop: () => long.close() });
    session = new Session({ storeHash: 'abc', accessToken: 'token-of-the-store', baseUrl: `http://127.0.0.1:${long.port}` });
    const exact = await recorded(work);
    expect(exact).to.deep.equal({ data: { id: '9007199254740993' } });
    const { result, session: other } = await replayed(() => Session.default.get('/big'));
    expect(result.body).to.deep.equal(exact);
    expect(other.rateLimit).to.include({ quota: 150, left: 150 });
  });

  it('fails as the store failed, as often as the session tried', async () => {
    store.fail({ path: '/v3/catalog/brands/1', status: 503, times: 2 });
    store.fail({ path: '/v3/catalog/brands/2', status: 429, headers: { 'x-rate-limit-time-reset-ms': '1234' } });
    store.fail({ path: '/v3/catalog/brands', method: 'POST', reset: 'after' });
    const work = async () => {
      const failed = await rejection(Brand.find(1, { retry: { limit: 1 } }));
      const brand = await Brand.find(1);
      const limited = await rejection(Brand.find(2, { retry: false }));
      const uncertain = await rejection(Brand.create({ name: 'Lost' }));
      const refused = await rejection(Brand.find(999));
      return { names: [failed.name, limited.name, uncertain.name, refused.name], brand: brand.name, limited, uncertain, refused };
    };
    const { names } = await recorded(work);
    expect(names).to.deep.equal(['ServerError', 'RateLimitError', 'UncertainOutcomeError', 'RecordNotFoundError']);
    const { result, tape } = await replayed(work);
    expect([result.names, tape.unused, tape.missed]).to.deep.equal([names, [], []]);
    expect(result.limited).to.be.instanceOf(RateLimitError).and.include({ retryAfterMs: 1234 });
    expect(result.uncertain).to.be.instanceOf(UncertainOutcomeError);
  });

  it('tells uploads apart by what is in them', async () => {
    const upload = async (text: string) =>
      Brand.load({ id: 1 }).uploadImage({ content: new Blob([text], { type: 'image/png' }), name: 'mug.png' });
    await recorded(() => upload('first'));
    const [{ request } = expect.fail()] = await exchanges();
    expect(JSON.stringify(request.body)).to.contain('"file":"mug.png"').and.contain('"bytes":5').and.not.contain('first');
    const { tape } = await replayed(() => upload('first'));
    expect(tape.missed).to.deep.equal([]);
    const { result } = await replayed(() => rejection(upload('other')));
    expect(result.message).to.contain('sha256');
  });

  it('says what was asked that is not on the cassette, what is nearest, and what was never asked', async () => {
    await recorded(async () => {
      await Product.where({ brand_id: 1 }).page(1);
      await Brand.find(1);
    });
    const { tape, result } = await replayed(() => rejection(Product.where({ brand_id: 2 }).page(1)));
    expect(result).to.include({ name: 'ClientError', status: 421 });
    expect(String(Object(result).message)).to.match(/Record the cassette again if the program has changed, or check `baseUrl`\.$/);
    expect(result.message).to.contain('is not on the cassette').and.contain('query.brand_id was recorded as "1", and asked as "2"');
    expect(tape.missed.map(({ method, path }) => `${method} ${path}`)).to.deep.equal(['GET /v3/catalog/products']);
    expect(tape.unused.map(({ path }) => path)).to.deep.equal(['/v3/catalog/brands/1', '/v3/catalog/products']);
    const { result: again } = await replayed(async () => {
      await Brand.find(1);
      return rejection(Brand.find(1));
    });
    expect(again.message).to.contain('was recorded once').and.contain('asked once more');
  });

  it('does not record what the cache answers, and records what middleware makes of a request', async () => {
    session = new Session({ ...store.credentials, cache: { ttlMs: 60_000 } });
    const recording = record({ session, file });
    open.push(recording);
    session.use((request, next) => next({ ...request, query: { ...request.query, include_fields: 'name' } }));
    await session.run(async () => [await Brand.find(1), await Brand.find(1)]);
    expect(recording.size).to.equal(1);
    await recording.stop();
    await session.run(() => Brand.find(2));
    const [{ request } = expect.fail(), ...others] = await exchanges();
    expect([request.query['include_fields'], others]).to.deep.equal(['name', []]);
  });

  it('saves between, and refuses two recordings of one file, a folder, and what is no session', async () => {
    const recording: Recording = record({ session, file });
    open.push(recording);
    await session.run(() => Brand.find(1));
    await recording.save();
    expect(await exchanges()).to.have.length(1);
    expect(() => record({ session, file })).to.throw(ConfigurationError, 'Another recording');
    expect(() => record({ session, file: folder })).to.throw(ConfigurationError, 'folder');
    expect(() => record({ session: {} as never, file })).to.throw(ArgumentError, 'session');
    expect(() => record({ session, file, masks: [] } as never)).to.throw(ArgumentError, 'mask');
    expect(() => record({ session, file: `${file}.2`, mask: [7] as never })).to.throw(ConfigurationError, 'mask takes');
    expect(await readdir(folder)).to.satisfy((names: string[]) => names.every((name) => !name.endsWith('.part')));
  });

  for (const [end, code] of [
    ['throw', 1],
    ['reject', 1],
    ['exit', 3],
  ] as const)
    it(`writes the whole cassette when the process ends by ${end}`, async () => {
      const failure = await run(process.execPath, [join(ROOT, 'dist/spec/support/recording-process.js'), file, end], { cwd: ROOT }).then(
        () => undefined,
        (error: { code: number }) => error.code,
      );
      expect(failure).to.equal(code);
      const { tape } = await replayed(async () => [await Brand.find(1), await Brand.find(2)]);
      expect(tape.unused).to.deep.equal([]);
    });

  it('explains a file that is missing, truncated, damaged, of another kind or of a later version', async () => {
    const messageOf = async (text: string): Promise<string> => {
      await writeFile(file, text);
      const error = await rejection(replay(file));
      expect(error).to.be.instanceOf(ConfigurationError);
      return error.message;
    };
    expect((await rejection(replay(join(folder, 'nowhere.json')))).message).to.contain('does not exist: record it first');
    await recorded(() => Brand.find(1));
    const whole = await readFile(file, 'utf8');
    expect(await messageOf(whole.slice(0, whole.length / 2))).to.contain('is truncated: record it again');
    expect(await messageOf('')).to.contain('is truncated');
    expect(await messageOf(whole.replace('"format": 1', '"format": 9'))).to.contain('has format 9');
    expect(await messageOf(whole.replace('"bigrecord"', '"other"'))).to.contain('is not a cassette');
    expect(await messageOf(whole.replace('"status": 200', '"status": "good"'))).to.contain('exchanges[0].response.status');
    expect(await messageOf(whole.replace('"exchanges"', 'exchanges'))).to.contain('is not valid JSON');
  });
});
