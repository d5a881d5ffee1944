import { NPlusOneError, RecordNotFoundError, Session } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { fillOrders, fillProducts } from '../support/big-store.js';
import { rejection } from '../support/rejection.js';
import { sent, sentBy, useStore } from '../support/store.js';

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('as few requests as the API allows, reading', () => {
  const context = useStore({ seed: false });

  it('10,000 products in 40 requests; V2 in 41', async () => {
    fillProducts(context.store, 10_000);
    const products = await v3.Product.all();
    expect(products.map(({ id }) => id)).to.deep.equal(range(10_000));
    expect(context.store.requests).to.have.length(40);
    context.store.requests.length = 0;
    expect(await v2.Product.all()).to.have.length(10_000);
    expect(context.store.requests.length).to.be.at.most(41);
    context.store.requests.length = 0;
    let seen = 0;
    for await (const product of v3.Product.where({ is_visible: true })) seen += product.id > 0 ? 1 : 0;
    expect([seen, context.store.requests.length]).to.deep.equal([10_000, 40]);
  });

  it('small pages where options or modifiers are embedded', async () => {
    fillProducts(context.store, 25);
    await v3.Product.include('options').all();
    expect(sent(context.store)).to.deep.equal(
      [1, 2, 3].map((page) => `GET /v3/catalog/products?include=options${page > 1 ? `&page=${page}` : ''}&limit=10`),
    );
  });

  it('lists by cursor where the resource has one', async () => {
    context.store.insert(
      v3.Customer as never,
      range(600).map((id) => ({ id, email: `${id}@example.com`, first_name: 'a', last_name: 'b' })),
    );
    const customers = await v3.Customer.all();
    expect(customers.map(({ id }) => id)).to.deep.equal(range(600));
    const lines = sent(context.store);
    expect(lines).to.have.length(3);
    expect(lines[1]).to.match(/^GET \/v3\/customers\?limit=250&after=\w+$/);
  });

  it('finds with an option that is undefined, whatever its name: it changes nothing', async () => {
    fillProducts(context.store, 3);
    const options = { filters: undefined, scope: undefined, params: undefined } as never;
    expect((await v3.Product.find(1, options)).id).to.equal(1);
    expect((await Promise.all(range(3).map((id) => v3.Product.find(id, options)))).map(({ id }) => id)).to.deep.equal(range(3));
  });

  it('200 finds of one tick in one request; a missing id fails its own caller only', async () => {
    fillProducts(context.store, 200);
    const found = await Promise.all(range(200).map((id) => v3.Product.find(id)));
    expect(found.map(({ id }) => id)).to.deep.equal(range(200));
    expect(context.store.requests).to.have.length(1);
    await v3.Product.destroy(77);
    context.store.requests.length = 0;
    const results = await Promise.allSettled(range(200).map((id) => v3.Product.find(id)));
    expect(context.store.requests).to.have.length(1);
    const failed = results.filter((result) => result.status === 'rejected');
    expect(failed).to.have.length(1);
    expect(results[76]).to.equal(failed[0]);
    expect(failed[0]?.reason).to.be.instanceOf(RecordNotFoundError);
    expect(failed[0]?.reason.message).to.contain('77');
  });

  it('a lone find at its own path, twice the same at once as well, as two records', async () => {
    fillProducts(context.store, 3);
    const [a, b] = await Promise.all([v3.Product.find(2), v3.Product.find('2')]);
    expect(sent(context.store)).to.deep.equal(['GET /v3/catalog/products/2']);
    expect(a).to.not.equal(b);
    a.name = 'Only a';
    expect(b.name).to.equal('Product 2');
    expect(b.isDirty).to.equal(false);
    expect((await rejection(v3.Product.find(9), RecordNotFoundError)).message).to.contain('/v3/catalog/products/9');
  });

  it('never joins finds of two sessions or of two places', async () => {
    fillProducts(context.store, 2, true);
    const other = new Session(context.store.credentials);
    const lines = await sentBy(context.store, () =>
      Promise.all([v3.Product.find(1), v3.Product.using(other).find(2), v3.ProductImage.of(1).find(3), v3.ProductImage.of(2).find(5)]),
    );
    expect(lines.sort()).to.deep.equal([
      'GET /v3/catalog/products/1',
      'GET /v3/catalog/products/1/images/3',
      'GET /v3/catalog/products/2',
      'GET /v3/catalog/products/2/images/5',
    ]);
    other.close();
  });

  it('finds with a signal go alone, so that aborting one ends no other', async () => {
    fillProducts(context.store, 2);
    const abort = new AbortController();
    context.store.latency = 30;
    const first = rejection(v3.Product.find(1, { signal: abort.signal }));
    const second = v3.Product.find(2);
    setTimeout(() => abort.abort(new Error('enough')), 10);
    expect((await first).message).to.equal('enough');
    expect((await second).id).to.equal(2);
  });

  it('3,000 ids in twelve requests, in the asked order', async () => {
    fillProducts(context.store, 3000);
    const ids = range(3000).reverse();
    expect((await v3.Product.find(ids)).map(({ id }) => id)).to.deep.equal(ids);
    expect(context.store.requests).to.have.length(12);
    context.store.requests.length = 0;
    expect((await v3.Product.where({ id: { in: ids } })).map(({ id }) => id)).to.deep.equal(ids);
    expect(context.store.requests).to.have.length(12);
    for (const { url } of context.store.requests) expect(url.length).to.be.below(8000);
    context.store.requests.length = 0;
    expect(await v3.Product.where({ id: { in: [...ids, 9001, 9002] } }).count()).to.equal(3000);
    expect((await rejection(v3.Product.find([...ids, 9001, 9002]), RecordNotFoundError)).message).to.contain('9001, 9002');
    const sorted = await v3.Product.where({ id: { in: ids } }).order('id', 'asc');
    expect(sorted.map(({ id }) => id)).to.deep.equal(range(3000));
    expect((await v3.Product.where({ id: { in: ids } }).first())?.id).to.equal(3000);
    expect(await v3.Product.where({ id: { in: ids } }).limit(260)).to.have.length(260);
  });

  it('long lists of other values are cut by the length of an address', async () => {
    fillProducts(context.store, 1500);
    const skus = range(1500).map((id) => `P-${id}`);
    const found = await v3.Product.where({ sku: { in: skus } });
    expect(found.map(({ id }) => id)).to.deep.equal(range(1500));
    for (const { url } of context.store.requests) expect(url.length).to.be.below(8000);
    expect(() => v3.Product.where({ id: { notIn: range(3000) } }).toRequest()).to.throw('cannot be split');
  });

  it('250 products with images and variants in one request, with brands in one more', async () => {
    fillProducts(context.store, 250, true);
    const products = await v3.Product.include('images', 'variants').preload('brand');
    expect(sent(context.store)).to.deep.equal([
      'GET /v3/catalog/products?include=images,variants&limit=250',
      'GET /v3/catalog/brands?id:in=2,3,4,5,6,7,8,9,10,1&limit=250',
    ]);
    const lines = await sentBy(context.store, async () => {
      for (const product of products) {
        expect(await product.images).to.have.length(2);
        expect(await product.variants).to.have.length(2);
        expect((await product.brand)?.id).to.equal(product.brand_id);
      }
    });
    expect(lines).to.deep.equal([]);
    expect(await products[0]?.brand).to.equal(await products[10]?.brand);
  });

  it('preload() embeds what the API can embed, and loads nested paths', async () => {
    fillProducts(context.store, 30, true);
    const products = await v3.Product.preload('images', 'brand').limit(30);
    expect(sent(context.store).map((line) => line.split('?')[0])).to.deep.equal(['GET /v3/catalog/products', 'GET /v3/catalog/brands']);
    expect(products.every(({ images, brand }) => images.isLoaded && brand.isLoaded)).to.equal(true);
    fillOrders(context.store, 20);
    context.store.requests.length = 0;
    const orders = await v2.Order.preload('customer.addresses');
    expect(sent(context.store).filter((line) => line.includes('addresses'))).to.have.length(10);
    expect((await orders[0]?.customer)?.addresses.isLoaded).to.equal(true);
    expect(() => v3.Product.preload('brnad' as 'brand')).to.throw('did you mean `brand`');
    expect(() => v2.Order.preload('customer.nothing' as 'customer')).to.throw(
      'Customer has no relation `nothing`. Relations of Customer: ',
    );
    expect(() => products[0]?.toObject({ include: ['imges'] })).to.throw('Product has no relation `imges`; did you mean `images`?');
  });

  it('a relation awaited on one of a page is loaded for the page', async () => {
    fillProducts(context.store, 250, true);
    const events: unknown[] = [];
    context.session.on('preload', (event) => events.push(event));
    const page = await v3.Product.all();
    const lines = await sentBy(context.store, async () => {
      for (const product of page)
        expect((await product.images).map(({ product_id }) => product_id)).to.deep.equal([product.id, product.id]);
    });
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/^GET \/v3\/catalog\/products\?id:in=1,2,3.*&include=images&include_fields=id&limit=250$/);
    expect(events).to.deep.equal([
      { store: 'sandbox', model: 'Product', relation: 'images', records: 250, strategy: 'include', isAutomatic: true },
    ]);
    expect(await sentBy(context.store, () => Promise.all(page.map((product) => product.brand)))).to.have.length(1);
    expect(await sentBy(context.store, () => Promise.all(page.map((product) => product.variants)))).to.have.length(1);
  });

  it('a failure of what is loaded for all rejects all of them once, and the next that asks tries again', async () => {
    fillProducts(context.store, 20, true);
    const page = await v3.Product.all();
    context.store.fail({ status: 403 });
    const lines = await sentBy(context.store, async () => {
      const results = await Promise.allSettled(page.map(async (product) => product.images));
      expect(results.every(({ status }) => status === 'rejected')).to.equal(true);
    });
    expect(lines).to.have.length(1);
    expect(await sentBy(context.store, () => page[0]?.images)).to.have.length(1);
  });

  it('lazy() and the session option keep records apart', async () => {
    fillProducts(context.store, 5, true);
    for (const query of [v3.Product.lazy(), v3.Product.using(new Session({ ...context.store.credentials, preload: 'lazy' })).limit(5)]) {
      const [first] = await query;
      expect(await sentBy(context.store, () => first?.images)).to.deep.equal(['GET /v3/catalog/products/1/images?limit=250']);
    }
  });

  it('where the API has no list by ids, distinct ids are asked for once each, at once', async () => {
    fillOrders(context.store, 250);
    const preloaded = await v2.Order.preload('customer');
    expect(sent(context.store).filter((line) => line.startsWith('GET /v2/customers/'))).to.have.length(10);
    expect((await preloaded[0]?.customer)?.id).to.equal(2);
    const page = await v2.Order.all();
    expect(await sentBy(context.store, () => Promise.all(page.map((order) => order.customer)))).to.have.length(10);
    const again = await v2.Order.all();
    const lines = await sentBy(context.store, async () => {
      for (const order of again) expect((await order.customer)?.id).to.equal(order.customer_id);
    });
    expect(lines).to.have.length(10);
  });

  it('strict mode throws on an accidental N+1, and on nothing else', async () => {
    fillOrders(context.store, 20);
    fillProducts(context.store, 20, true);
    const strict = new Session({ ...context.store.credentials, preload: 'strict' });
    const orders = await v2.Order.using(strict).all();
    await orders[0]?.products;
    expect((await rejection(async () => orders[1]?.products, NPlusOneError)).message).to.contain(".preload('products')");
    const preloaded = await v2.Order.using(strict).preload('products').limit(3);
    for (const order of preloaded) await order.products;
    for (const product of await v3.Product.using(strict).all()) await product.images;
    strict.close();
  });

  it('explains itself', () => {
    const lines = v3.Product.include('options')
      .preload('brand', 'images')
      .where({ id: { in: range(25) } })
      .explain();
    expect(lines).to.contain('25 keys in 3 requests').and.contain('options, images').and.contain('preload brand').and.contain('Brand');
    expect(v3.Product.where({ is_visible: true }).explain())
      .to.contain('250 records per page')
      .and.contain('is_visible=true');
    expect(v3.Product.include('options').explain()).to.contain('10 records per page (not 250');
    expect(v2.Order.preload('customer').explain()).to.contain('1 request per distinct Customer');
    expect(v3.Customer.limit(5).explain()).to.contain('by cursor').and.contain('ends after 5 records');
    expect(v3.Product.where({ id: { in: [] } }).explain()).to.contain('no request');
    expect(v3.Product.stable().explain()).to.contain('in the order of `id`');
  });
});
