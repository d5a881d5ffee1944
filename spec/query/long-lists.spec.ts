import { ArgumentError, Attribute, Model, Resource, UnknownFilterError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { fillProducts } from '../support/big-store.js';
import { json, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';
import { models, sent, sentBy, useStore } from '../support/store.js';

const range = (count: number, from = 1): number[] => Array.from({ length: count }, (_, index) => from + index);
const idsOf = (records: Iterable<{ id: number }>): number[] => [...records].map(({ id }) => id);

@Resource('/tagged', { version: 'v3' })
class Tagged extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute(() => Array) tags!: string[];
  @Attribute(() => Number) rank!: number;
  @Attribute(() => String) code!: string;
}

describe('a list of values that takes several requests', () => {
  const context = useStore({ seed: false, models: models(Tagged) });
  /** 1,500 ids that nobody has, before those of three products. */
  const ids = [...range(1500, 10_000), 3, 1, 2];
  const three = () => v3.Product.where({ id: { in: ids } });

  it('is not ended by parts without records', async () => {
    fillProducts(context.store, 5);
    expect(idsOf(await three())).to.deep.equal([3, 1, 2]);
    expect(await three().count()).to.equal(3);
    expect((await three().first())?.id).to.equal(3);
    expect(await three().exists()).to.equal(true);
    expect(await v3.Product.exists({ id: { in: ids } })).to.equal(true);
    expect(await three().pluck('name')).to.deep.equal(['Product 3', 'Product 1', 'Product 2']);
    expect(idsOf(await three().limit(2))).to.deep.equal([3, 1]);
    expect(idsOf(await three().order('id'))).to.deep.equal([1, 2, 3]);
    expect((await three().order('id', 'desc').first())?.id).to.equal(3);
    expect(idsOf(await three().stable())).to.deep.equal([1, 2, 3]);
    expect(idsOf(await three().perPage(7))).to.deep.equal([3, 1, 2]);
    const seen: number[] = [];
    for await (const product of three()) seen.push(product.id);
    for await (const page of three().pages()) seen.push(...idsOf(page));
    for await (const batch of three().batches(2)) seen.push(...idsOf(batch));
    expect(seen).to.deep.equal([3, 1, 2, 3, 1, 2, 3, 1, 2]);
    expect((await v3.Product.findBy({ id: { in: ids } }))?.id).to.equal(3);
  });

  it('changes and deletes what all of it matches', async () => {
    fillProducts(context.store, 9);
    expect((await three().updateAll({ weight: 2 })).succeeded).to.have.length(3);
    expect((await v3.Product.where({ id: { in: [1, 2, 3, 4] } }).pluck('weight')).sort()).to.deep.equal([1, 2, 2, 2]);
    await three().destroyAll();
    expect(idsOf(await v3.Product.all())).to.deep.equal(range(6, 4));
    await v3.Product.where({ id: { in: [...range(1500, 10_000), 4, 5] } }).deleteAll();
    await v3.Product.where({ sku: { in: [...range(800, 10_000).map((id) => `P-${id}`), 'P-6', 'P-7'] } }).deleteAll();
    expect(idsOf(await v3.Product.all())).to.deep.equal([8, 9]);
  });

  it('gives full pages, numbered from 1, however the records are spread over the parts', async () => {
    fillProducts(context.store, 20);
    const spread = range(20).flatMap((id) => [...range(10, 10_000 + id * 10), id]);
    const pages: number[][] = [];
    for await (const page of v3.Product.where({ id: { in: spread } })
      .perPage(7)
      .pages()) {
      expect(page.number).to.equal(pages.length + 1);
      pages.push(idsOf(page));
    }
    expect(pages).to.deep.equal([range(7), range(7, 8), range(6, 15)]);
    const second = await v3.Product.where({ id: { in: spread } })
      .perPage(7)
      .page(2);
    expect([idsOf(second), second.number, second.total, second.totalPages]).to.deep.equal([range(7, 8), 2, 20, 3]);
    expect(
      (
        await v3.Product.where({ id: { in: spread } })
          .perPage(7)
          .page(4)
      ).items,
    ).to.deep.equal([]);
    expect(
      idsOf(
        await v3.Product.where({ id: { in: spread } })
          .perPage(7)
          .limit(9)
          .page(2),
      ),
    ).to.deep.equal([8, 9]);
  });

  it('is sorted as a whole, and limited after that', async () => {
    fillProducts(context.store, 600);
    const odd = range(600).map((id) => (id * 7) % 601);
    const query = v3.Product.where({ id: { in: odd } }).order('id', 'desc');
    expect(idsOf(await query.limit(3))).to.deep.equal([600, 599, 598]);
    expect((await query.first())?.id).to.equal(600);
    expect(await query.select('name').limit(2).pluck('name')).to.deep.equal(['Product 600', 'Product 599']);
    const skus = v3.Product.where({ sku: { in: odd.map((id) => `P-${id}`) } });
    expect(idsOf(await skus.order('id').limit(4))).to.deep.equal([1, 2, 3, 4]);
    expect(idsOf(await skus.stable())).to.deep.equal(range(600));
    expect((await skus.order('id', 'desc').first())?.id).to.equal(600);
    expect(idsOf(await skus.order('id').perPage(100).page(3))).to.deep.equal(range(100, 201));
  });

  it('yields and counts a record once that matches several parts', async () => {
    const tag = (at: number): string => `a rather long tag, the number of which is ${at}`.replaceAll(',', '');
    context.store.insert(
      Tagged as never,
      range(50).map((id) => ({ id, tags: [tag(id), tag(id + 100), tag(id + 150)], rank: id, code: `c${id}` })),
    );
    const tags = range(200).map(tag);
    const query = Tagged.where({ tags: { in: tags } });
    expect(idsOf(await query)).to.have.members(range(50));
    expect(await query.count()).to.equal(50);
    expect(await query.perPage(9).pluck('rank')).to.have.length(50);
    const { failed, succeeded } = await query.updateAll({ rank: 1 });
    expect([succeeded.length, failed.length]).to.deep.equal([50, 0]);
    // What differs only by case may be one value for the store.
    const codes = range(400).flatMap((id) => [`c${id}`, `C${id}`]);
    expect(await Tagged.where({ code: { in: codes } }).count()).to.equal(50);
  });

  it('may be one of two', async () => {
    fillProducts(context.store, 600);
    const query = v3.Product.where({ id: { in: range(700).reverse() }, sku: { in: range(650, 100).map((id) => `P-${id}`) } });
    const found = idsOf(await query);
    expect(found).to.deep.equal(range(501, 100).reverse());
    expect(await query.count()).to.equal(501);
    const twice = [...range(200).reverse(), ...range(40)];
    const skus = range(650, 100).map((id) => `P-${id}`);
    expect(idsOf(await v3.Product.where({ id: { in: twice }, sku: { in: skus } }))).to.deep.equal(range(101, 100).reverse());
    for (const { url } of context.store.requests) expect(url.length).to.be.below(8000);
  });

  it('takes each value once, however it is spelt', async () => {
    fillProducts(context.store, 3);
    const twice = [...range(300), ...range(300), '001', '2'];
    expect(await v3.Product.where({ id: { in: twice as number[] } }).count()).to.equal(3);
    expect(idsOf(await v3.Product.where({ id: { in: twice as number[] } }))).to.deep.equal([1, 2, 3]);
    expect(context.store.requests).to.have.length(4);
  });

  it('of what is not wanted excludes nothing when it is empty', async () => {
    fillProducts(context.store, 3);
    expect(await v3.Product.where({ id: { notIn: [] } }).count()).to.equal(3);
    expect(idsOf(await v3.Product.where({ id: { in: [1, 2], notIn: [] } }))).to.deep.equal([1, 2]);
    await rejection(() => v3.Product.where({ id: { notIn: [] } }).deleteAll(), ArgumentError);
  });

  it('cannot hold a comma, which would make two values of one', async () => {
    const lines = await sentBy(context.store, async () => {
      for (const call of [
        () => v3.Customer.where({ name: { in: ['Smith, John'] } }),
        () => v3.Customer.where({ email: 'a,b@example.com' }),
        () => v3.Product.where({ sku: ['A,B'] }).deleteAll(),
      ])
        await rejection(async () => call(), ArgumentError);
    });
    expect(lines).to.deep.equal([]);
    expect(v3.Product.where({ name: 'Smith, John' }).toRequest().query).to.deep.include({ name: 'Smith, John' });
  });

  it('has no place in V2, where finding by keys takes a request each', async () => {
    expect(() => v2.Product.where({ id: { in: [1, 2] } } as never)).to.throw(UnknownFilterError, 'no such operator');
    expect(() => v2.Product.where({ id: [1, 2] } as never)).to.throw(UnknownFilterError);
    fillProducts(context.store, 3);
    expect(idsOf(await v2.Product.find([3, 1, 3]))).to.deep.equal([3, 1, 3]);
    expect(sent(context.store)).to.have.members(['GET /v2/products/3', 'GET /v2/products/1']);
  });

  it('finds the same key as the same record, in one request', async () => {
    fillProducts(context.store, 2);
    const [a, b, c] = await v3.Product.find([1, 1, 2]);
    expect(a).to.equal(b);
    expect(c?.id).to.equal(2);
    const [d, e] = await v3.Product.find([1, '1' as never]);
    expect(d).to.equal(e);
    expect(sent(context.store)).to.deep.equal(
      ['GET /v3/catalog/products?id:in=1,2&limit=250', 'GET /v3/catalog/products?id:in=1&limit=250'].map((line, at) =>
        at === 0 ? line : line.replace('&limit=250', ''),
      ),
    );
  });

  it('is read to its end where the store cuts the pages shorter than declared', async () => {
    const cap = 4;
    const server = await serve((request, response) => {
      const { searchParams } = new URL(request.url ?? '', 'http://x');
      const keys = (searchParams.get('id:in') ?? '').split(',').map(Number);
      const page = Number(searchParams.get('page') ?? 1);
      const rows = keys
        .slice((page - 1) * cap, page * cap)
        .map((id) => ({ id, name: `P${id}`, ...(searchParams.has('include') ? { images: [] } : {}) }));
      const pagination = { total: keys.length, count: rows.length, current_page: page, total_pages: Math.ceil(keys.length / cap) };
      json(response, { data: rows, meta: { pagination } });
    });
    const Product = v3.Product.using(server.session());
    expect(idsOf(await Product.where({ id: { in: range(10).reverse() } }))).to.deep.equal(range(10).reverse());
    expect(idsOf(await Product.find(range(10)))).to.deep.equal(range(10));
    expect((await Promise.all(range(10).map((id) => Product.find(id)))).map(({ id }) => id)).to.deep.equal(range(10));
    const products = await Product.where({ id: { in: range(10) } });
    server.requests.length = 0;
    await Promise.all(products.map((product) => product.images));
    expect(products.every(({ images }) => images.isLoaded)).to.equal(true);
    expect(server.requests).to.have.length(3);
    await server.close();
  });
});
