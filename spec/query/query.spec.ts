import {
  ArgumentError,
  Attribute,
  BigRecordError,
  Model,
  ParseError,
  Resource,
  UnknownFilterError,
  UnsupportedOperationError,
} from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { json, type Listening, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';
import { models, sent, sentBy, useStore } from '../support/store.js';

@Resource('/free', { version: 'v3' })
class Free extends Model {
  @Attribute() id!: number;
  @Attribute() name!: string;
}

describe('a query', () => {
  const context = useStore({ models: models(Free) });

  it('is immutable and lazy: nothing is sent until it is asked', async () => {
    const all = v3.Product.where({ is_visible: true });
    const few = all.limit(2);
    const named = all.where('name', { like: 'oak' }).order('name', 'desc');
    expect(sent(context.store)).to.deep.equal([]);
    expect(all.toRequest().query).to.deep.equal({ is_visible: true, limit: 250 });
    expect(await few).to.have.length(2);
    expect((await named).map(({ name }) => name)[0]).to.equal('Oak Tray');
    expect(await all.count()).to.equal(55);
  });

  it('is awaitable, and iterable record by record', async () => {
    const names: string[] = [];
    for await (const product of v2.Product.where({ is_featured: true })) names.push(product.name);
    expect(names).to.have.length(6);
    expect((await v2.Product.where({ is_featured: true })).map(({ name }) => name)).to.deep.equal(names);
  });

  it('becomes the query string of either generation', () => {
    const day = new Date('2026-03-01T00:00:00Z');
    const request = (query: { toRequest(): { query: object } }): object => query.toRequest().query;
    expect(request(v2.Customer.where({ first_name: 'John', last_name: 'Smith' }))).to.deep.equal({
      first_name: 'John',
      last_name: 'Smith',
      limit: 250,
    });
    expect(request(v2.Order.where({ total: { min: 5, max: 10 }, date_created: { min: day } }))).to.deep.equal({
      min_total: 5,
      max_total: 10,
      min_date_created: 'Sun, 01 Mar 2026 00:00:00 +0000',
      limit: 250,
    });
    expect(
      request(
        v3.Product.where({
          id: { in: [1, 2], notIn: [3] },
          inventory_level: { min: 1, less: 9 },
          name: { like: 'oak' },
          date_modified: { max: day },
          is_visible: true,
          is_featured: 1,
        }),
      ),
    ).to.deep.equal({
      'id:in': ['1', '2'],
      'id:not_in': ['3'],
      'inventory_level:min': 1,
      'inventory_level:less': 9,
      'name:like': 'oak',
      'date_modified:max': '2026-03-01T00:00:00.000Z',
      is_visible: true,
      is_featured: 1,
      limit: 250,
    });
    expect(request(v3.Product.where({ id: [4, 5] }))).to.deep.include({ 'id:in': ['4', '5'] });
    expect(request(v3.Product.where({ price: { min: 10 } })), 'a general operator').to.deep.include({ 'price:min': 10 });
    expect(request(v3.Customer.where({ email: 'a@b.co' })), 'equality where only :in is known').to.deep.include({ 'email:in': 'a@b.co' });
    expect(request(v2.Product.order('name'))).to.deep.include({ sort: 'name:asc' });
    expect(request(v3.Product.order('name', 'desc'))).to.deep.include({ sort: 'name', direction: 'desc' });
    expect(request(v3.Product.select('name', 'price').include('images'))).to.deep.include({
      include_fields: ['name', 'price'],
      include: ['images'],
    });
  });

  it('tells what it would send first, and sends nothing', async () => {
    const lines = await sentBy(context.store, () => {
      expect(v3.Product.where({ id: { in: [1] } }).toRequest()).to.deep.equal({
        method: 'GET',
        version: 'v3',
        path: '/catalog/products',
        query: { 'id:in': ['1'], limit: 250 },
        body: undefined,
      });
      expect(v2.ProductOption.of(1).toRequest().path).to.equal('/products/1/options');
    });
    expect(lines).to.deep.equal([]);
  });

  it('refuses a filter that the resource does not have, before any request', async () => {
    const lines = await sentBy(context.store, async () => {
      const error = (await rejection(() => v2.Customer.where({ emial: 'x' } as never), UnknownFilterError)) as UnknownFilterError;
      expect(error.message).to.contain('`email`').and.contain('emial');
      expect([error.filter, error.suggestion]).to.deep.equal(['emial', 'email']);
      await rejection(() => v2.Customer.findBy({ emial: 'x' } as never), UnknownFilterError);
      await rejection(() => v3.Product.exists({ nmae: 'x' } as never), UnknownFilterError);
      await rejection(() => v3.Product.where({ nmae: 'x' } as never).deleteAll(), UnknownFilterError);
      await rejection(() => v3.Product.where({ 'nmae:like': 'x' } as never), UnknownFilterError);
      await rejection(() => v3.Product.where({ 'name:lik': 'x' } as never), UnknownFilterError);
      await rejection(() => v3.Product.where({ name: { liek: 'x' } } as never), UnknownFilterError);
      await rejection(() => v2.Product.where({ name: { like: 'x' } } as never), UnknownFilterError);
      await rejection(() => v2.Product.where({ name: { min: 'x' } } as never), UnknownFilterError);
      await rejection(() => v2.ProductImage.of(1).where({ constructor: 'x' } as never), UnknownFilterError);
    });
    expect(lines).to.deep.equal([]);
  });

  it('takes the attributes of a custom model without a list for its filters, and does not check what param() puts', async () => {
    expect(Free.where({ id: 1, name: { like: 'x' } }).toRequest().query).to.deep.include({ id: 1, 'name:like': 'x' });
    const error = await rejection(() => Free.where({ nmae: 'x' }), UnknownFilterError);
    expect((error as UnknownFilterError).suggestion).to.equal('name');
    expect(Free.where({}).param('anything', 'goes').toRequest().query).to.deep.include({ anything: 'goes' });
    expect(v2.Customer.where({}).param('emial', 'x').toRequest().query).to.deep.include({ emial: 'x' });
    expect(() => v2.Customer.limit(1).param('page', 2)).to.throw(ArgumentError, 'page(n)');
  });

  it('refuses a parameter without a value: it would not be sent, and more records would be found, or deleted', async () => {
    const lines = await sentBy(context.store, async () => {
      for (const value of [undefined, null, [], [undefined], {}, Number.NaN]) {
        const few = v3.Product.where({ brand_id: 1 });
        expect(() => few.param('new_filter', value as never), String(value)).to.throw(
          ArgumentError,
          'The query parameter `new_filter` cannot be',
        );
        expect(() => v2.Customer.param('new_filter', value as never)).to.throw(ArgumentError);
      }
    });
    expect(lines).to.deep.equal([]);
    expect(v3.Product.param('new_filter', '').param('other', [1, 'a']).toRequest().query).to.deep.include({
      new_filter: '',
      other: [1, 'a'],
    });
  });

  it('refuses to pluck what neither the model nor any record has', async () => {
    const error = await rejection(() => v3.Product.limit(3).pluck('nme' as 'name'), ArgumentError);
    expect(error.message).to.equal('Product has no attribute `nme`.');
    await rejection(() => v2.Product.limit(3).pluck('nme' as 'name'), ArgumentError);
    expect(await v3.Product.where({ sku: 'none' }).pluck('nme' as 'name')).to.deep.equal([]);
    expect(
      await v3.Product.select('name')
        .limit(1)
        .pluck('price' as 'name'),
    ).to.deep.equal([undefined]);
    const server = await serve((_, response) => json(response, { data: [{ id: 1 }, { id: 2, of_tomorrow: 3 }] }));
    expect(await v3.Product.using(server.session()).pluck('of_tomorrow' as 'id')).to.deep.equal([undefined, 3]);
    await server.close();
  });

  it('sends nothing for a list of nothing', async () => {
    const lines = await sentBy(context.store, async () => {
      const none = v3.Product.where({ id: { in: [] } });
      expect(await none).to.deep.equal([]);
      expect(await none.first()).to.equal(null);
      expect(await none.count()).to.equal(0);
      expect(await none.exists()).to.equal(false);
      await none.deleteAll();
      expect(await v3.Product.limit(0)).to.deep.equal([]);
    });
    expect(lines).to.deep.equal([]);
  });

  it('refuses two values for one filter, and wrong counts', () => {
    expect(() => v3.Product.where({ name: 'a' }).where({ name: 'b' })).to.throw(ArgumentError, 'twice');
    for (const wrong of [-1, 1.5, Number.NaN, '3', null]) {
      expect(() => v3.Product.limit(wrong as number), String(wrong)).to.throw(ArgumentError);
      expect(() => v3.Product.perPage(wrong as number), String(wrong)).to.throw(ArgumentError);
    }
    expect(() => v3.Product.order('name', 'up' as 'asc')).to.throw(ArgumentError);
    expect(() => v3.Product.include('imgaes' as 'images')).to.throw(ArgumentError, 'images');
    expect(() => v2.Product.where({}).select('name')).to.throw(UnsupportedOperationError);
  });

  it('reads pages, batches and values', async () => {
    const page = await v3.Product.perPage(25).page(3);
    expect([page.items.length, page.number, page.total, page.totalPages]).to.deep.equal([10, 3, 60, 3]);
    expect([...page][0]?.id).to.equal(51);
    const v2Page = await v2.Product.page(2);
    expect([v2Page.items.length, v2Page.total]).to.deep.equal([0, undefined]);
    const sizes: number[] = [];
    for await (const batch of v3.Product.batches(25)) sizes.push(batch.length);
    expect(sizes).to.deep.equal([25, 25, 10]);
    expect(await v3.Product.where({ id: { max: 3 } }).pluck('name')).to.deep.equal(['Oak Bowl', 'Linen Bowl', 'Copper Bowl']);
    const numbers: number[] = [];
    for await (const each of v3.Product.where({}).perPage(20).pages()) numbers.push(each.items.length);
    expect(numbers).to.deep.equal([20, 20, 20]);
  });

  it('asks for no more than the limit', async () => {
    expect(await v2.Product.limit(3)).to.have.length(3);
    expect(await v2.Product.perPage(20).limit(30)).to.have.length(30);
    expect(context.store.requests[0]?.query).to.deep.equal({ limit: '3' });
  });

  it('gives an empty list for the 204 of an empty V2 list', async () => {
    await v2.Product.deleteAll();
    expect(await v2.Product.all()).to.deep.equal([]);
    expect(await v2.Product.first()).to.equal(null);
    expect(context.store.requests[1]?.status).to.equal(204);
  });

  it('deletes what a filter matches, in one request where the API heeds it', async () => {
    await v3.Product.where({ id: { in: [1, 2] } }).deleteAll();
    await v2.Brand.where({ name: 'Ember' }).deleteAll();
    expect(sent(context.store)).to.deep.equal([
      'DELETE /v3/catalog/products?id:in=1,2',
      'GET /v2/brands?name=Ember&limit=250',
      'DELETE /v2/brands/5',
    ]);
    expect(await v3.Product.count()).to.equal(58);
    expect(await v2.Brand.count()).to.equal(7);
  });

  it('refuses to delete without a filter unless told so', async () => {
    const lines = await sentBy(context.store, async () => {
      await rejection(() => v3.Product.where({}).deleteAll(), ArgumentError);
      await rejection(() => v3.Product.where({ is_visible: true }).limit(1).deleteAll(), ArgumentError);
    });
    expect(lines).to.deep.equal([]);
    await v3.Product.where({}).deleteAll({ all: true });
    expect(await v3.Product.count()).to.equal(0);
  });
});

describe('a query against a store that answers oddly', () => {
  let server: Listening | undefined;
  afterEach(async () => server?.close());

  const ask = async (body: unknown, work: (Product: typeof v3.Product) => unknown): Promise<unknown> => {
    server = await serve((_, response) => json(response, body));
    return work(v3.Product.using(server.session()));
  };
  const rows = [{ id: 1 }, { id: 2 }];

  it('takes a page without totals for the last one when it is not full', async () => {
    expect(await ask({ data: rows }, (Product) => Product.all())).to.have.length(2);
    expect(server?.requests).to.have.length(1);
  });

  for (const [what, body] of [
    ['null', null],
    ['a text', '"text"'],
    ['an object for a list', { data: { id: 1 } }],
    ['no data', { meta: {} }],
    ['data null', { data: null }],
    ['a list of texts', { data: ['a'] }],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const error = (await ask(body, (Product) => rejection(() => Product.all(), ParseError))) as ParseError;
      expect(error.message).to.contain('expected an array');
    });
  }

  it('refuses a list or nothing where one record is due', async () => {
    await ask({ data: rows }, (Product) => rejection(() => Product.find(1), ParseError));
    await server?.close();
    await ask({ data: 42 }, (Product) => rejection(() => Product.find(1), ParseError));
  });

  it('takes an answer without envelope whole', async () => {
    const product = (await ask({ id: 1, name: 'Bare' }, (Product) => Product.find(1))) as v3.Product;
    expect(product.name).to.equal('Bare');
  });

  it('ends a walk whose pages repeat', async () => {
    const meta = { pagination: { total: 6, total_pages: 3 } };
    const error = await ask({ data: rows, meta }, (Product) => rejection(() => Product.where({}).perPage(2).all(), BigRecordError));
    expect((error as Error).message).to.contain('Page loop');
  });
});
