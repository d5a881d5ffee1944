import { ConfigurationError, Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { useStore } from '../support/store.js';

interface Reply {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what a plain HTTP client sees
  body: any;
}

describe('the sandbox, seen by a plain HTTP client', () => {
  const context = useStore();

  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> => {
    const { baseUrl, storeHash, accessToken } = context.store.credentials;
    const response = await fetch(`${baseUrl}/stores/${storeHash}${path}`, {
      method,
      headers: { 'x-auth-token': accessToken, 'content-type': 'application/json', ...headers },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
      redirect: 'manual',
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  };

  it('is a seeded demo store', async () => {
    expect((await ask('GET', '/v2/products/count')).body).to.deep.equal({ count: 60 });
    expect((await ask('GET', '/v2/customers/count')).body).to.deep.equal({ count: 30 });
    expect((await ask('GET', '/v2/orders/count')).body.count).to.equal(40);
    expect((await ask('GET', '/v3/catalog/brands')).body.meta.pagination.total).to.equal(8);
    expect((await ask('GET', '/v3/catalog/categories')).body.meta.pagination.total).to.equal(10);
    expect((await ask('GET', '/v2/customers/1/addresses')).body).to.have.length(1);
    expect((await ask('GET', '/v2/orders/100/products')).body).to.have.length(2);
  });

  it('speaks V2: bare values, links, decimal texts, RFC 2822 dates, 204 for an empty list', async () => {
    const { body } = await ask('GET', '/v2/products/1');
    expect(body).to.include({ id: 1, price: '10.9500' });
    expect(body.date_created).to.match(/^Mon, 05 Jan 2026 .* \+0000$/);
    expect(body.options.resource).to.equal('/products/1/options');
    expect(body.options.url).to.match(/^http:\/\/127\.0\.0\.1:\d+\/stores\/sandbox\/v2\/products\/1\/options$/);
    expect(await ask('GET', '/v2/products?page=9')).to.include({ status: 204, body: undefined });
    expect((await ask('GET', '/v2/products')).body).to.have.length(50);
    expect((await ask('POST', '/v2/brands', { name: 'New' })).status).to.equal(201);
    expect((await ask('DELETE', '/v2/brands/1')).status).to.equal(204);
  });

  it('speaks V3: an envelope, pages, numbers, ISO dates, include on demand', async () => {
    const { body } = await ask('GET', '/v3/catalog/products?limit=25&page=3');
    expect(body.data).to.have.length(10);
    expect(body.meta.pagination).to.deep.include({ total: 60, count: 10, per_page: 25, current_page: 3, total_pages: 3 });
    const one = (await ask('GET', '/v3/catalog/products/1?include=images,variants')).body.data;
    expect(one.price).to.equal(10.95);
    expect(one.date_created).to.match(/^2026-01-05T/);
    expect(one.images).to.have.length(2);
    expect(one.variants).to.have.length(3);
    expect((await ask('GET', '/v3/catalog/products/1')).body.data).to.not.have.property('images');
  });

  it('filters with operators, sorts, selects, and ignores what it does not know', async () => {
    const ids = async (query: string): Promise<number[]> =>
      (await ask('GET', `/v3/catalog/products?${query}`)).body.data.map((row: { id: number }) => row.id);
    expect(await ids('id:in=3,1')).to.deep.equal([1, 3]);
    expect(await ids('id:min=59')).to.deep.equal([59, 60]);
    expect(await ids('id:greater=59')).to.deep.equal([60]);
    expect(await ids('id:less=3')).to.deep.equal([1, 2]);
    expect(await ids('id:not_in=1,2&limit=2')).to.deep.equal([3, 4]);
    expect(await ids('name:like=oak bowl')).to.deep.equal([1]);
    expect(await ids('sort=id&direction=desc&limit=2')).to.deep.equal([60, 59]);
    expect(await ids('emial=x')).to.have.length(50);
    expect(Object.keys((await ask('GET', '/v3/catalog/products?include_fields=name&limit=1')).body.data[0])).to.have.members([
      'id',
      'name',
    ]);
    expect((await ask('GET', '/v2/orders?min_id=138')).body.map((row: { id: number }) => row.id)).to.deep.equal([138, 139]);
    expect(
      (await ask('GET', '/v2/orders?min_total=150')).body.every((row: { total_inc_tax: string }) => Number(row.total_inc_tax) >= 150),
    ).to.equal(true);
  });

  it('summarizes its catalog', async () => {
    const summary = async () => (await ask('GET', '/v3/catalog/summary')).body.data;
    const products = (await ask('GET', '/v3/catalog/products?limit=250&include=variants')).body.data as {
      price: number;
      inventory_level: number;
      variants: { price: number | null }[];
    }[];
    const prices = products.flatMap(({ price, variants }) => variants.map((variant) => variant.price ?? price));
    const before = await summary();
    expect(before).to.deep.equal({
      inventory_count: products.reduce((sum, { inventory_level }) => sum + inventory_level, 0),
      variant_count: 180,
      inventory_value: Number(products.reduce((sum, { price, inventory_level }) => sum + price * inventory_level, 0).toFixed(4)),
      highest_variant_price: Math.max(...prices),
      average_variant_price: Number((prices.reduce((sum, price) => sum + price, 0) / prices.length).toFixed(8)),
      lowest_variant_price: String(Math.min(...prices)),
      oldest_variant_date: '2026-01-05T00:00:00+00:00',
      newest_variant_date: '2026-03-05T00:00:00+00:00',
      primary_category_id: 1,
      primary_category_name: (await ask('GET', '/v3/catalog/categories')).body.data[0].name,
    });

    await ask('PUT', '/v3/catalog/products/1/variants/1', { price: 0.5 });
    await ask('PUT', '/v3/catalog/products/2', { inventory_tracking: 'variant', inventory_level: 0 }); // its variants have 1, 2 and 3
    await ask('POST', '/v3/catalog/products', {
      name: 'No variants',
      type: 'physical',
      weight: 1,
      price: 1000,
      inventory_tracking: 'none',
    });
    const after = await summary();
    expect(after).to.include({ variant_count: 181, lowest_variant_price: '0.5', highest_variant_price: 1000 });
    expect(after.inventory_count).to.equal(before.inventory_count - (products[1]?.inventory_level ?? 0) + 6);
  });

  it('refuses as the store does', async () => {
    expect((await ask('GET', '/v3/catalog/products/999')).status).to.equal(404);
    expect((await ask('GET', '/v3/nothing')).status).to.equal(404);
    expect((await ask('GET', '/v2/products/999/options')).status).to.equal(404);
    expect((await ask('PATCH', '/v3/catalog/products/1', {})).status).to.equal(405);
    expect((await ask('GET', '/v3/catalog/products?limit=251')).status).to.equal(413);
    expect((await ask('GET', '/v3/catalog/products', undefined, { 'x-auth-token': 'no' })).status).to.equal(401);
    expect((await ask('POST', '/v3/catalog/products', '{"broken')).status).to.equal(400);
    const missing = await ask('POST', '/v3/catalog/products', { name: 'Only' });
    expect(missing.status).to.equal(422);
    expect(missing.body.errors).to.have.keys('type', 'weight', 'price');
    const duplicate = await ask('POST', '/v3/catalog/products', { name: 'Oak Bowl', type: 'physical', weight: 1, price: 1 });
    expect(duplicate.status).to.equal(409);
    const v2Error = await ask('POST', '/v2/products', { name: 'Only' });
    expect(v2Error.status).to.equal(400);
    expect(v2Error.body[0]).to.include({ status: 400 });
    expect((await ask('POST', '/v3/customers', Array(11).fill({}))).status).to.equal(422);
    expect((await ask('POST', '/v3/customers', { email: 'x' })).status).to.equal(422);
  });

  it('leaves read-only attributes alone, and stores the rest for both generations', async () => {
    await ask('PUT', '/v3/catalog/products/1', { calculated_price: 1, id: 77, name: 'Shared', price: 5 });
    const { body } = await ask('GET', '/v2/products/1');
    expect(body).to.include({ id: 1, name: 'Shared', price: '5.0000', calculated_price: '5.0000' });
  });

  it('tells the quota with every answer, and answers 429 beyond it', async () => {
    context.store.rateLimit.quota = 3;
    const lefts: (string | null)[] = [];
    let last: Reply | undefined;
    for (let each = 0; each < 4; each++) {
      last = await ask('GET', '/v2/products/1');
      lefts.push(last.headers.get('x-rate-limit-requests-left'));
    }
    expect(lefts).to.deep.equal(['2', '1', '0', '0']);
    expect(last?.status).to.equal(429);
    expect(Number(last?.headers.get('x-rate-limit-time-reset-ms'))).to.be.within(1, 30_000);
    expect(last?.headers.get('x-rate-limit-requests-quota')).to.equal('3');
    expect(last?.headers.get('x-rate-limit-time-window-ms')).to.equal('30000');
  });

  it('fails on demand: so often, there, with that', async () => {
    context.store.fail({ status: 503, times: 2, path: '/v3/catalog/products' });
    context.store.fail({ status: 418, path: /brands/, method: 'GET', body: { a: 1 }, headers: { 'x-b': 'c' } });
    const statuses: number[] = [];
    for (const path of ['/v3/catalog/products', '/v2/products/1', '/v3/catalog/products/1', '/v3/catalog/products'])
      statuses.push((await ask('GET', path)).status);
    expect(statuses).to.deep.equal([503, 200, 503, 200]);
    const teapot = await ask('GET', '/v2/brands');
    expect([teapot.status, teapot.body, teapot.headers.get('x-b')]).to.deep.equal([418, { a: 1 }, 'c']);
    context.store.fail({ reset: 'before' });
    await ask('POST', '/v2/brands', { name: 'Lost' }).then(
      () => expect.fail('an answer came'),
      () => {},
    );
    context.store.fail({ reset: 'after' });
    await ask('POST', '/v2/brands', { name: 'Kept' }).catch(() => {});
    const names = (await ask('GET', '/v2/brands')).body.map((row: { name: string }) => row.name);
    expect(names).to.include('Kept').and.not.include('Lost');
  });

  it('waits as long as its latency', async () => {
    context.store.latency = 60;
    const begun = performance.now();
    await ask('GET', '/v2/products/1');
    expect(performance.now() - begun).to.be.at.least(59);
  });

  it('keeps a log of requests and answers, without credentials', async () => {
    await ask('PUT', '/v2/products/1?page=1', { name: 'N' });
    const [request] = context.store.requests;
    expect(request).to.deep.include({
      method: 'PUT',
      path: '/v2/products/1',
      url: '/stores/sandbox/v2/products/1?page=1',
      query: { page: '1' },
      body: { name: 'N' },
      status: 200,
    });
    expect((request as { responseBody: { name: string } } | undefined)?.responseBody.name).to.equal('N');
    expect(JSON.stringify(request)).to.not.contain(context.store.credentials.accessToken);
  });
});

describe('a sandbox', () => {
  it('listens on the loopback interface only, and stops', async () => {
    const store = await Sandbox.start();
    const { baseUrl } = store.credentials;
    expect(new URL(baseUrl).hostname).to.equal('127.0.0.1');
    await store.stop();
    await fetch(baseUrl).then(
      () => expect.fail('it still answers'),
      () => {},
    );
  });

  it('refuses options that it could not keep', async () => {
    const wrong = [{ storeHash: 5 }, { storeHash: '' }, { accessToken: 5 }, { models: 5 }, { rateLimit: { quota: 'x' } }];
    for (const options of wrong) {
      const [name = ''] = Object.keys(options);
      expect((await rejection(Sandbox.start(options as never), ConfigurationError)).message).to.contain(name);
    }
  });

  it('refuses a fault that would fail nothing, or another request than it says', async () => {
    const store = await Sandbox.start({ port: false });
    const wrong: readonly (readonly [object, string])[] = [
      [{}, 'status of fail() must be a number from 200 to 599, or left out with `reset`: got undefined.'],
      [{ body: { title: 'No' } }, 'status of fail()'],
      [{ status: '503' }, 'got "503"'],
      [{ status: 5030 }, 'got 5030'],
      [{ status: 503, times: 0 }, 'times of fail()'],
      [{ status: 503, times: '2' }, 'times of fail()'],
      [{ status: 503, path: 'v3/catalog/products' }, 'path of fail() must be a path such as /v3/catalog/products, or a RegExp'],
      [{ status: 503, method: 1 }, 'method of fail()'],
      [{ reset: 'between' }, "reset of fail() must be 'before' or 'after': got"],
    ];
    for (const [fault, message] of wrong) expect(() => store.fail(fault as never), message).to.throw(ConfigurationError, message);
    store.fail({ status: 503, times: Number.POSITIVE_INFINITY, path: /products/, method: 'get' });
    store.fail({ reset: 'before' });
    await store.stop();
  });

  it('summarizes an empty catalog', async () => {
    const store = await Sandbox.start({ seed: false });
    try {
      const { body } = await new Session(store.credentials).get('/catalog/summary');
      expect(body).to.have.property('data').that.includes({ variant_count: 0, lowest_variant_price: '0', primary_category_id: 0 });
      expect((await v3.CatalogSummary.using(new Session(store.credentials)).get()).inventory_count).to.equal(0);
    } finally {
      await store.stop();
    }
  });

  it('can begin empty, with other names, and be filled', async () => {
    const store = await Sandbox.start({ seed: false, storeHash: 'mine', accessToken: 'my-token' });
    const session = new Session(store.credentials);
    expect(await v2.Product.using(session).count()).to.equal(0);
    store.insert(v3.Product as never, [{ id: 5, name: 'Only', price: 2, images: [{ id: 9, image_url: 'x' }] }]);
    const product = await v2.Product.using(session).find(5);
    expect([product.name, product.price, (await product.images)[0]?.id]).to.deep.equal(['Only', '2.0000', 9]);
    session.close();
    await store.stop();
  });

  it('serves a legacy session too', async () => {
    const store = await Sandbox.start();
    const { accessToken, baseUrl } = store.credentials;
    const session = new Session({ host: 'legacy.example', basicAuth: { username: 'sandbox', token: accessToken }, baseUrl });
    expect((await v2.Product.using(session).find(1)).id).to.equal(1);
    expect(store.requests[0]?.url).to.equal('/api/v2/products/1');
    session.close();
    await store.stop();
  });
});
