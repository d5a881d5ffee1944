import {
  ArgumentError,
  Attribute,
  BeforeCreate,
  BeforeDestroy,
  BulkError,
  BulkResult,
  HasMany,
  Model,
  Resource,
  ServerError,
  UncertainOutcomeError,
  ValidationError,
} from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { fillProducts } from '../support/big-store.js';
import { json, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';
import { models, sent, sentBy, useStore } from '../support/store.js';
import { settled } from '../support/waiting.js';

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const errorsOf = (failed: readonly { error: Error }[]): unknown => (failed[0] as { error: ValidationError }).error.errors;
const customers = (count: number, from = 1): { first_name: string; last_name: string; email: string }[] =>
  range(count).map((id) => ({ first_name: `F${from + id}`, last_name: 'L', email: `c${from + id}@example.com` }));

@Resource('/boxes', { version: 'v3', batch: { create: 10, update: 10 } })
class Box extends Model<Box> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ required: true }) name!: string;
  @HasMany(() => Thing) things!: HasMany<Thing>;
  log: string[] = [];
  @BeforeCreate() check(): void {
    this.log.push('create');
    if (this.name === 'stopped') throw new Error('stopped by a hook');
  }
  @BeforeDestroy() note(): void {
    this.log.push('destroy');
  }
}

@Resource('/boxes/:box_id/things', { version: 'v3', batch: { create: 5, path: '/boxes/things', parent: 'box_id' } })
class Thing extends Model<Thing> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) box_id!: number;
  @Attribute({ required: true }) label!: string;
}

describe('as few requests as the API allows, writing', () => {
  const context = useStore({ seed: false, models: models(Box, Thing) });

  it('1,000 price changes in 100 requests, with what changed only', async () => {
    fillProducts(context.store, 1000);
    const products = await v3.Product.all();
    context.store.requests.length = 0;
    for (const product of products) product.price = product.id + 0.5;
    const { succeeded, failed, requests } = await v3.Product.saveMany(products);
    expect([succeeded.length, failed.length, requests]).to.deep.equal([1000, 0, 100]);
    expect(succeeded).to.deep.equal(products);
    expect(context.store.requests).to.have.length(100);
    expect(sent(context.store)[0]).to.match(/^PUT \/v3\/catalog\/products \[\{"id":1,"price":1.5\},\{"id":2,"price":2.5\},/);
    expect(products.some(({ isDirty }) => isDirty)).to.equal(false);
    expect((await v3.Product.find(1000)).price).to.equal(1000.5);
    expect((await v3.Product.saveMany(products)).requests, 'nothing changed: nothing sent').to.equal(0);
  });

  it('500 variant changes in 10 requests, 1,000 price-list records in one, 100 customers in 10', async () => {
    fillProducts(context.store, 250, true);
    const variants = (await v3.Product.include('variants').all()).flatMap((product) => product.variants);
    const all = (await Promise.all(variants)).flat();
    for (const variant of all) variant.price = 9;
    expect((await v3.ProductVariant.saveMany(all)).requests).to.equal(10);
    expect(sent(context.store).at(-1)).to.contain('PUT /v3/catalog/variants [{"id":');
    const list = await v3.PriceList.create({ name: 'Wholesale' });
    const records = range(1000).map((id) => ({ variant_id: id, currency: 'usd', price: id }));
    expect((await list.records.upsertMany(records)).requests).to.equal(1);
    expect(await list.records.count()).to.equal(1000);
    const again = await list.records.upsertMany(records.slice(0, 10).map((record) => ({ ...record, price: 1 })));
    expect([again.succeeded.length, again.requests, await list.records.count()]).to.deep.equal([10, 1, 1000]);
    const created = await v3.Customer.createMany(customers(100));
    expect([created.succeeded.length, created.requests]).to.deep.equal([100, 10]);
    expect(created.succeeded.map(({ email }) => email)).to.deep.equal(customers(100).map(({ email }) => email));
    expect(created.succeeded.every(({ id, isNew }) => id > 0 && !isNew)).to.equal(true);
  });

  it('keeps a record in each currency of a price list apart', async () => {
    const list = await v3.PriceList.create({ name: 'Two' });
    await list.records.upsertMany([
      { variant_id: 1, currency: 'usd', price: 1 },
      { variant_id: 1, currency: 'eur', price: 2 },
    ]);
    const records = await list.records;
    expect(records.map(({ currency, price }) => `${currency} ${price}`)).to.have.members(['usd 1', 'eur 2']);
    for (const record of records) record.price *= 10;
    expect((await v3.PriceListRecord.saveMany(records)).requests).to.equal(1);
    expect((await list.records.reload()).map(({ currency, price }) => `${currency} ${price}`)).to.have.members(['usd 10', 'eur 20']);
  });

  it('single requests, at once, where there is no list', async () => {
    const { succeeded, failed, requests } = await v2.Brand.createMany(
      range(20).map((id) => ({ name: `B${id}` })),
      { concurrency: 4 },
    );
    expect([succeeded.length, failed.length, requests]).to.deep.equal([20, 0, 20]);
    for (const brand of succeeded) brand.page_title = 'Title';
    expect((await v2.Brand.saveMany(succeeded)).requests).to.equal(20);
    expect((await v2.Brand.destroyMany(succeeded)).requests).to.equal(20);
    expect(await v2.Brand.count()).to.equal(0);
  });

  it('cuts 11 into 10 and 1, and sends nothing for none', async () => {
    await v3.Customer.createMany(customers(11));
    expect(context.store.requests.map(({ body }) => (body as unknown[]).length)).to.have.members([10, 1]);
    expect(await sentBy(context.store, () => v3.Customer.createMany([]))).to.deep.equal([]);
  });

  it('one bad record in ten: nine saved, one reported, on the right record', async () => {
    const rows = customers(10);
    (rows[6] as { last_name: string }).last_name = '';
    const { succeeded, failed, requests } = await v3.Customer.createMany(rows);
    expect(succeeded).to.have.length(9);
    expect(failed).to.have.length(1);
    expect(failed[0]?.record.email).to.equal(rows[6]?.email);
    expect(failed[0]?.record.isNew).to.equal(true);
    expect(failed[0]?.error).to.be.instanceOf(ValidationError);
    // A last name has 1 to 100 characters (customers.v3.yml, customer_Post).
    const expected = { last_name: ['must have 1 to 100 characters'] };
    expect(errorsOf(failed)).to.deep.equal(expected);
    expect(failed[0]?.record.fieldErrors).to.deep.equal(expected);
    expect(requests).to.equal(2);
    expect(await v3.Customer.count()).to.equal(9);
  });

  it('finds bad ones by halving where the answer names none, in 1 + log2 further requests', async () => {
    for (let bad = 0; bad < 10; bad++) {
      fillProducts(context.store, 12);
      const products = (await v3.Product.where({ id: { max: 10 } })).sort((a, b) => a.id - b.id);
      for (const product of products) product.name = `Renamed ${bad} ${product.id}`;
      (products[bad] as v3.Product).name = 'Product 12';
      const { succeeded, failed, requests } = await v3.Product.saveMany(products);
      expect(failed.map(({ record }) => record.id)).to.deep.equal([bad + 1]);
      expect(failed[0]?.error.message).to.contain('409');
      expect(succeeded).to.have.length(9);
      expect(requests, `bad at ${bad}`).to.be.at.most(1 + 1 + 4);
      expect(products.filter(({ isDirty }) => isDirty)).to.deep.equal([products[bad]]);
    }
  });

  it('sends all parts of a list that is too large', async () => {
    const server = await serve(({ body }, response) => {
      const rows = JSON.parse(body) as { email: string }[];
      if (rows.length > 2) return json(response, { title: 'too large' }, 413);
      json(response, { data: rows.map((row) => ({ ...row, id: Number(/\d+/.exec(row.email)?.[0]) + 1 })) });
    });
    const { succeeded, failed } = await v3.Customer.using(server.session()).createMany(customers(9));
    expect([succeeded.length, failed.length]).to.deep.equal([9, 0]);
    expect(new Set(succeeded.map(({ id }) => id)).size).to.equal(9);
    await server.close();
  });

  it('finds several bad ones too, and sends none twice that is stored', async () => {
    fillProducts(context.store, 40);
    const products = await v3.Product.where({ id: { max: 30 } });
    for (const product of products) product.name = product.id % 7 === 0 ? 'Product 40' : `New ${product.id}`;
    const { succeeded, failed } = await v3.Product.saveMany(products);
    expect(failed.map(({ record }) => record.id).sort((a, b) => a - b)).to.deep.equal([7, 14, 21, 28]);
    expect(succeeded).to.have.length(26);
    const stored = new Map<number, number>();
    for (const { status, body, method } of context.store.requests)
      if (status === 200 && method === 'PUT') for (const { id } of body as { id: number }[]) stored.set(id, (stored.get(id) ?? 0) + 1);
    expect([...stored.values()].every((times) => times === 1)).to.equal(true);
  });

  it('reports a hook or check that refuses a record, and saves the others', async () => {
    const { succeeded, failed, requests } = await Box.createMany([{ name: 'a' }, { name: 'stopped' }, { name: 'c' }]);
    expect([succeeded.length, requests]).to.deep.equal([2, 1]);
    expect(failed[0]?.error.message).to.equal('stopped by a hook');
    expect(() => new BulkResult(succeeded, failed, 1).orThrow()).to.throw(BulkError, '1 of 3 records failed');
    const error = await rejection<BulkError>(
      Box.createMany([{ name: 'stopped' }]).then((result) => result.orThrow()),
      BulkError,
    );
    expect(error.failed).to.have.length(1);
  });

  it('creates what belongs to new records after them, in lists too', async () => {
    const { succeeded, requests } = await Box.createMany(
      range(4).map((id) => ({ name: `b${id}`, things: [{ label: 'x' }, { label: 'y' }] })),
    );
    expect(requests).to.equal(3);
    expect(sent(context.store)[1]).to.equal(
      'POST /v3/boxes/things [{"box_id":1,"label":"x"},{"box_id":1,"label":"y"},{"box_id":2,"label":"x"},{"box_id":2,"label":"y"},{"box_id":3,"label":"x"}]',
    );
    expect((await succeeded[3]?.things)?.map(({ box_id, id }) => [box_id, id > 0])).to.deep.equal([
      [4, true],
      [4, true],
    ]);
  });

  it('upserts by key, by a unique attribute, or by creating', async () => {
    fillProducts(context.store, 30);
    const { succeeded, requests } = await v3.Product.upsertMany([
      { id: 3, price: 5 } as never,
      { sku: 'p-7', name: 'Product 7', price: 6 },
      { sku: 'NEW', name: 'New one', type: 'physical', weight: 1, price: 7 },
    ]);
    expect(succeeded.map(({ id }) => id)).to.deep.equal([3, 7, 31]);
    expect(sent(context.store)).to.deep.equal(['GET /v3/catalog/products?sku:in=p-7,NEW&limit=250', ...sent(context.store).slice(1)]);
    expect(requests, 'the look-up, the changes, the creation').to.equal(3);
    expect((await v3.Product.find(7)).price).to.equal(6);
    const v2Result = await v2.Brand.upsertMany([{ name: 'brand 1', page_title: 'x' }, { name: 'Fresh' }]);
    expect(v2Result.succeeded.map(({ id }) => id)).to.deep.equal([1, 11]);
  });

  it('upserts what the API can list and change, and not create, as changes', async () => {
    const server = await serve(({ body }, response) => json(response, { data: JSON.parse(body) as object }));
    const { succeeded, failed } = await v3.CategoryProductOrder.using(server.session())
      .of(7)
      .upsertMany([
        { product_id: 1, sort_order: 2 },
        { product_id: 2, sort_order: 1 },
      ]);
    expect([succeeded.length, failed.length]).to.deep.equal([2, 0]);
    expect(server.requests.map(({ method, body }) => [method, JSON.parse(body)])).to.deep.equal([
      [
        'PUT',
        [
          { product_id: 1, sort_order: 2 },
          { product_id: 2, sort_order: 1 },
        ],
      ],
    ]);
    await server.close();
  });

  it('updates and deletes all of a query; the keys are read first', async () => {
    fillProducts(context.store, 600);
    const updated = await v3.Product.where({ is_visible: true }).updateAll({ is_visible: false });
    expect([updated.succeeded.length, updated.failed.length]).to.deep.equal([600, 0]);
    expect(await v3.Product.where({ is_visible: true }).count()).to.equal(0);
    context.store.requests.length = 0;
    const destroyed = await v3.Product.where({ brand_id: 3 }).destroyAll();
    expect(destroyed.succeeded).to.have.length(60);
    expect(sent(context.store)).to.have.length(2);
    expect(await v3.Product.count()).to.equal(540);
    const v2Destroyed = await v2.Product.where({ brand_id: 4 }).destroyAll();
    expect(v2Destroyed.succeeded).to.have.length(60);
    expect(await v3.Product.count()).to.equal(480);
    expect((await v3.Product.where({ is_visible: false }).limit(5).updateAll({ price: 3 })).succeeded).to.have.length(5);
  });

  it('counts the pages that it reads the keys of a query from', async () => {
    fillProducts(context.store, 600);
    const requestsOf = async (work: () => PromiseLike<{ requests: number }>): Promise<number[]> => {
      context.store.requests.length = 0;
      const { requests } = await work();
      return [requests, context.store.requests.length];
    };
    for (const work of [
      () => v3.Product.where({ is_visible: true }).updateAll({ price: 9 }),
      () => v3.Product.where({ brand_id: { in: [1, 2, 3] } }).destroyAll(),
      () => v2.Product.where({ brand_id: 4 }).destroyAll(),
    ]) {
      const [counted, seen] = await requestsOf(work);
      expect(counted).to.be.greaterThan(1);
      expect(counted).to.equal(seen);
    }
  });

  it('destroys by the keys that can name a record; the others are failures of their rows', async () => {
    fillProducts(context.store, 5);
    const lines = await sentBy(context.store, async () => {
      const { succeeded, failed } = await v3.Product.destroyMany([1, 'abc', null as never, 0, 2]);
      expect(succeeded.map(({ id }) => id)).to.deep.equal([1, 2]);
      expect(failed.map(({ error }) => error.name)).to.deep.equal(['ArgumentError', 'ArgumentError', 'ArgumentError']);
    });
    expect(lines).to.deep.equal(['DELETE /v3/catalog/products?id:in=1,2']);
  });

  it('destroys with hooks, from records, ids or both', async () => {
    await Box.createMany(range(5).map((id) => ({ name: `n${id}` })));
    const box = await Box.find(1);
    const { succeeded } = await Box.destroyMany([box, 2]);
    expect(box.log).to.deep.equal(['destroy']);
    expect(box.isDestroyed).to.equal(true);
    expect(succeeded.map(({ id }) => id)).to.deep.equal([1, 2]);
    const { failed } = await Box.destroyMany([box, 3, 99]);
    expect(failed.map(({ error }) => error.name)).to.deep.equal(['StaleRecordError', 'RecordNotFoundError']);
    const all = await Box.where({ name: { in: ['n4', 'n5'] } }).destroyAll();
    expect(all.succeeded.map(({ log }) => log)).to.deep.equal([['destroy'], ['destroy']]);
    expect(await Box.count()).to.equal(0);
  });

  it('refuses an unfiltered updateAll, destroyAll or deleteAll unless told so, before any request', async () => {
    fillProducts(context.store, 3);
    const lines = await sentBy(context.store, async () => {
      await rejection(() => v3.Product.where({}).updateAll({ price: 1 }), ArgumentError);
      await rejection(() => v3.Product.where({}).destroyAll(), ArgumentError);
      await rejection(() => v3.Product.where({}).deleteAll(), ArgumentError);
      for (const empty of [v3.Product.where({ id: { in: [] } })]) {
        expect((await empty.updateAll({ price: 1 })).succeeded).to.deep.equal([]);
        expect((await empty.destroyAll()).succeeded).to.deep.equal([]);
        await empty.deleteAll();
      }
    });
    expect(lines).to.deep.equal([]);
    expect((await v3.Product.where({}).destroyAll({ all: true })).succeeded).to.have.length(3);
  });

  it('tells what it would send, and sends none of it', async () => {
    fillProducts(context.store, 25);
    const products = await v3.Product.all();
    for (const product of products) product.price = 7;
    const writes = async (): Promise<number> => context.store.requests.filter(({ method }) => method !== 'GET').length;
    const plan = await v3.Product.saveMany(products).dryRun();
    expect(plan.map(({ method, path, body }) => `${method} ${path} ${(body as unknown[]).length}`)).to.deep.equal([
      'PUT /catalog/products 10',
      'PUT /catalog/products 10',
      'PUT /catalog/products 5',
    ]);
    expect((await v3.Product.createMany([{ name: 'x', type: 'physical', weight: 1, price: 1 }]).dryRun())[0]).to.deep.include({
      method: 'POST',
      path: '/catalog/products',
      body: { name: 'x', type: 'physical', weight: 1, price: 1 },
    });
    expect(await v3.Product.destroyMany([1, 2]).dryRun()).to.deep.equal([
      { method: 'DELETE', version: 'v3', path: '/catalog/products', query: { 'id:in': [1, 2] }, body: undefined },
    ]);
    expect(await v3.Product.where({ brand_id: 3 }).deleteAll().dryRun()).to.have.length(1);
    expect(await v3.Product.where({ brand_id: 3 }).updateAll({ price: 2 }).dryRun()).to.have.length(1);
    expect(await v3.Product.where({ brand_id: 3 }).destroyAll().dryRun()).to.have.length(1);
    expect(await v3.Product.where({}).deleteAll({ all: true }).dryRun()).to.have.length(1);
    expect(await writes()).to.equal(0);
  });

  it('can be iterated: an outcome a record as it is settled; from any source, which is read no faster than it is written', async () => {
    let taken = 0;
    async function* source(): AsyncGenerator<{ first_name: string; last_name: string; email: string }> {
      for (const customer of customers(200)) {
        taken++;
        yield customer;
      }
    }
    const seen: string[] = [];
    for await (const { record, status } of v3.Customer.createMany(source(), { concurrency: 2 })) {
      seen.push(`${status} ${record.email}`);
      expect(taken - seen.length).to.be.at.most(60);
    }
    expect(seen).to.have.length(200);
    taken = 0;
    for await (const _ of v3.Customer.createMany(source(), { concurrency: 1 })) break;
    expect(taken).to.be.at.most(40);
    const asked = await settled(() => context.store.requests.length);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(context.store.requests.length).to.equal(asked);
  });

  it('tells its progress, and is used in one way', async () => {
    const progress: unknown[] = [];
    await v3.Customer.createMany(customers(20), { concurrency: 1, onProgress: (each) => progress.push(each) });
    expect(progress).to.deep.equal([
      { done: 10, succeeded: 10, failed: 0, requests: 1 },
      { done: 20, succeeded: 20, failed: 0, requests: 2 },
    ]);
    const run = v3.Customer.createMany(customers(1, 500));
    expect((await run).succeeded).to.have.length(1);
    await rejection(() => run.dryRun(), ArgumentError);
  });

  it('stops when it is aborted, and says nothing of what was not tried', async () => {
    const abort = new AbortController();
    context.store.latency = 20;
    const onProgress = ({ done }: { done: number }): void => {
      if (done >= 20) abort.abort(new Error('enough'));
    };
    const error = await rejection(v3.Customer.createMany(customers(200), { concurrency: 1, signal: abort.signal, onProgress }));
    expect(error.message).to.equal('enough');
    expect(await settled(() => context.store.requests.length)).to.be.below(5);
    const lines = await sentBy(context.store, () =>
      rejection(v3.Customer.createMany(customers(1), { signal: AbortSignal.abort(new Error('x')) })),
    );
    expect(lines).to.deep.equal([]);
  });

  it('reports a list whose answer was lost as unknown, sends it once, and goes on', async () => {
    context.store.fail({ reset: 'after', method: 'POST' });
    const { succeeded, failed, requests } = await v3.Customer.createMany(customers(30), { concurrency: 1 });
    expect([succeeded.length, failed.length, requests]).to.deep.equal([20, 10, 3]);
    expect(failed.every(({ error }) => error instanceof UncertainOutcomeError)).to.equal(true);
    expect(failed.map(({ record }) => record.email)).to.deep.equal(customers(10).map(({ email }) => email));
    expect(await v3.Customer.count()).to.equal(30);
    context.store.fail({ status: 500, method: 'POST' });
    const again = await v3.Customer.createMany(customers(1, 900));
    expect(again.failed[0]?.error).to.be.instanceOf(ServerError);
  });

  it('saves a record once that is given twice, and records that two runs share one after the other', async () => {
    fillProducts(context.store, 20);
    const products = await v3.Product.all();
    for (const product of products) product.price = 4;
    const [first] = products as [v3.Product];
    const twice = await v3.Product.saveMany([first, ...products.slice(1, 4), first]);
    expect([twice.succeeded.length, twice.requests]).to.deep.equal([5, 1]);
    const [a, b] = await Promise.all([v3.Product.saveMany(products), v3.Product.saveMany([...products].reverse())]);
    expect([a.succeeded.length, b.succeeded.length, a.requests + b.requests]).to.deep.equal([20, 20, 2]);
  });

  it('saves records of any models, parents before children', async () => {
    fillProducts(context.store, 3, true);
    const box = new Box({ name: 'new' });
    const thing = box.things.build({ label: 'inside' });
    const product = await v3.Product.find(1);
    product.price = 8;
    const image = await v3.ProductImage.of(1).find(3);
    image.description = 'x';
    context.store.requests.length = 0;
    const { succeeded, failed } = await context.session.saveAll([thing, image, box, product]);
    expect(failed).to.deep.equal([]);
    expect(succeeded).to.deep.equal([thing, image, box, product]);
    expect(thing.box_id).to.equal(box.id);
    expect(sent(context.store).filter((line) => line.includes('/boxes/'))).to.have.length(1);
    await rejection(() => context.session.saveAll([{}]), ArgumentError);
  });

  it('refuses what is no list and no record', async () => {
    await rejection(() => v3.Customer.createMany({} as never), ArgumentError);
    await rejection(() => v3.Customer.createMany([7] as never), ArgumentError);
    await rejection(() => v3.Product.saveMany([{ id: 1 }] as never), ArgumentError);
    await rejection(() => v3.Product.destroyMany(['../x'] as never).then((result) => result.orThrow()));
    await rejection(() => v3.Customer.createMany([], { concurrency: 0 }), ArgumentError);
  });
});

describe('answers to a list', () => {
  const given = [1, 2, 3].map((id) => ({ id, price: id }));
  const save = async (status: number, body: unknown) => {
    const server = await serve((_, response) => json(response, body, status));
    const session = server.session({ retry: false });
    const products = given.map(({ id }) => v3.Product.using(session).load({ id, price: 0 }));
    for (const product of products) product.price = product.id;
    const result = await v3.Product.saveMany(products);
    await server.close();
    return { products, result, ids: (list: readonly { id: number }[]) => list.map(({ id }) => id), sent: server.requests.length };
  };

  it('in another order are matched by id', async () => {
    const { products, result } = await save(200, {
      data: [
        { id: 3, name: 'c' },
        { id: 1, name: 'a' },
        { id: 2, name: 'b' },
      ],
    });
    expect(result.failed).to.deep.equal([]);
    expect(products.map(({ name }) => name)).to.deep.equal(['a', 'b', 'c']);
  });

  it('with missing, foreign or doubled rows leave those that have none as unknown', async () => {
    const { result, ids } = await save(200, { data: [{ id: 1 }, { id: 9 }, { id: 1 }] });
    expect(ids(result.succeeded)).to.deep.equal([1]);
    expect(ids(result.failed.map(({ record }) => record))).to.deep.equal([2, 3]);
    expect(result.failed[0]?.error).to.be.instanceOf(UncertainOutcomeError);
  });

  it('without a place for rows mean that all is stored as it was sent; with none of the rows, that nothing is known', async () => {
    for (const body of [{ data: {}, meta: {} }, {}]) expect((await save(200, body)).result.succeeded).to.have.length(3);
    const { result } = await save(200, { data: [] });
    expect(result.failed.map(({ error }) => error.name)).to.deep.equal([
      'UncertainOutcomeError',
      'UncertainOutcomeError',
      'UncertainOutcomeError',
    ]);
  });

  it('of status 207 land on the right records: by missing rows and by names', async () => {
    const {
      products,
      result,
      ids,
      sent: requests,
    } = await save(207, {
      data: [
        { id: 1, price: 1 },
        { id: 3, price: 3 },
      ],
      errors: { status: 207, title: 'Partial', errors: { '1.price': 'too low' } },
    });
    expect(ids(result.succeeded)).to.deep.equal([1, 3]);
    expect(errorsOf(result.failed)).to.deep.equal({ price: ['too low'] });
    expect(products[1]?.isDirty).to.equal(true);
    expect(requests).to.equal(1);
  });

  it('of one status an entry are read each', async () => {
    const { result, ids } = await save(207, {
      data: [
        { status: 200, data: { id: 1 } },
        { status: 422, errors: { price: 'no' } },
        { status: 200, data: { id: 3 } },
      ],
    });
    expect(ids(result.succeeded)).to.deep.equal([1, 3]);
    expect(errorsOf(result.failed)).to.deep.equal({ price: ['no'] });
  });

  it('that name a number which may be a place or another key are not taken by luck', async () => {
    const { result, sent: requests } = await save(422, { title: 'no', errors: { '1.price': 'bad' } });
    expect(result.succeeded).to.deep.equal([]);
    expect(requests).to.be.greaterThan(1);
  });

  it('match new records by what tells them apart, never crossed', async () => {
    const server = await serve(({ body }, response) => {
      const rows = (JSON.parse(body) as { email: string }[]).map((row, at) => ({ ...row, id: 10 + at, email: row.email.toUpperCase() }));
      json(response, { data: [rows[2], rows[0], rows[1]] });
    });
    const { succeeded } = await v3.Customer.using(server.session()).createMany(customers(3));
    expect(succeeded.map(({ id }) => id)).to.deep.equal([10, 11, 12]);
    await server.close();
  });
});
