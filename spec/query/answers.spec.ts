import { ArgumentError, type ModelClass, ParseError, RecordNotFoundError, type Session, UncertainOutcomeError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { json, type Listening, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';
import { useStore } from '../support/store.js';

describe('an answer about something else', () => {
  let server: Listening | undefined;
  afterEach(async () => server?.close());

  async function served(body: unknown, status = 200): Promise<Session> {
    server = await serve((_, response) => (body === undefined ? response.writeHead(status).end() : json(response, body, status)));
    return server.session();
  }

  it('is refused where one record was asked for', async () => {
    const v3Session = await served({ data: { id: 2, name: 'B' }, meta: {} });
    expect((await rejection(v3.Product.using(v3Session).find(1), ParseError)).message).to.contain('the Product with id 1');
    await rejection(v3.Product.using(v3Session).load({ id: 1, name: 'A' }).reload(), ParseError);
    await rejection(v3.Product.using(v3Session).exists(1), ParseError);
    await rejection(v3.ProductImage.using(v3Session).of(1).find(1), ParseError);
    await rejection(v3.Product.using(v3Session).ref(1).images.find(1), ParseError);
    await rejection(v3.Product.using(v3Session).load({ id: 9, brand_id: 1 }).brand, ParseError);
    await server?.close();
    const v2Session = await served({ id: '2', name: 'B' });
    await rejection(v2.Product.using(v2Session).find(1), ParseError);
    await rejection(v2.Product.using(v2Session).find([1, 3]), ParseError);
  });

  it('is refused after a change: the record keeps its key', async () => {
    const session = await served({ data: { id: 2, name: 'B' }, meta: {} });
    const product = v3.Product.using(session).load({ id: 1, name: 'A' });
    const error = await rejection(product.update({ name: 'B' }), ParseError);
    expect(error.message).to.contain('may have been carried out');
    expect([product.id, product.isDirty]).to.deep.equal([1, true]);
    await rejection(v3.Product.using(session).update(1, { name: 'B' }), ParseError);
  });

  it('is refused where a list by keys holds others only', async () => {
    const session = await served({ data: [{ id: 8 }, { id: 9 }], meta: {} });
    await rejection(v3.Customer.using(session).find(1), ParseError);
    await rejection(v3.Product.using(session).find([1, 2]), ParseError);
    const { message } = await rejection(v3.Product.using(session).find([8, 1]), RecordNotFoundError);
    expect(message).to.contain('id 1 at');
  });

  it('may spell the key in another way', async () => {
    const session = await served({ data: { id: '1', name: 'A' }, meta: {} });
    expect((await v3.Product.using(session).find(1)).name).to.equal('A');
    await server?.close();
    const other = await served({ data: { id: 'ABC', name: 'A' }, meta: {} });
    expect((await v3.Cart.using(other).find('abc')).id).to.equal('ABC');
  });

  it('is refused where rows have no keys', async () => {
    const one = await served({ data: { name: 'A' }, meta: {} });
    await rejection(v3.Product.using(one).find(1), ParseError);
    await server?.close();
    for (const row of [{ name: 'A' }, { id: null, name: 'A' }, { id: '', name: 'A' }]) {
      const session = await served({ data: [{ id: 1 }, row], meta: {} });
      const Product = v3.Product.using(session);
      const iterate = async (): Promise<void> => {
        for await (const each of Product.where({ is_visible: true })) expect(each.id).to.equal(1);
      };
      for (const read of [
        () => Product.all(),
        () => Product.first(),
        () => Product.page(1),
        () => Product.pluck('name'),
        () => Product.ref(1).images.all(),
        () => Product.where({ mpn: 'x' }).deleteAll(),
        () => v3.Customer.using(session).find([1]),
        iterate,
      ])
        await rejection(read, ParseError);
      expect(server?.requests.every(({ method }) => method === 'GET' || method === 'DELETE')).to.equal(true);
      await server?.close();
    }
    const v2Session = await served([{ name: 'A' }]);
    await rejection(v2.Product.using(v2Session).all(), ParseError);
    await rejection(v2.ProductImage.using(v2Session).of(1).all(), ParseError);
  });

  it('may leave the key out where the request did', async () => {
    const session = await served({ data: [{ name: 'A' }], meta: {} });
    expect(await v3.Product.using(session).param('exclude_fields', 'id').pluck('name')).to.deep.equal(['A']);
    expect(await v3.Product.using(session).param('include_fields', ['name']).pluck('name')).to.deep.equal(['A']);
  });

  it('is refused where a count is due', async () => {
    for (const count of [1.5, -1, '1.5', 'many', '', null, true, '-3', 1e300, [1], {}]) {
      const session = await served({ count, data: [], meta: { pagination: { total: count } } });
      await rejection(v2.Product.using(session).count(), ParseError);
      await rejection(v3.Product.using(session).count(), ParseError);
      await rejection(v3.Product.using(session).where({ is_visible: true }).count(), ParseError);
      await server?.close();
    }
    const session = await served({ count: '12', data: [], meta: { pagination: { total: 12 } } });
    expect([await v2.Product.using(session).count(), await v3.Product.using(session).count()]).to.deep.equal([12, 12]);
  });

  it('is not taken for an empty list where it is a success without a body: the rest of a walk is not lost silently', async () => {
    const models: ModelClass[] = [v2.Brand, v3.Brand];
    for (const Model of models) {
      const rows = [
        { id: 1, name: 'a' },
        { id: 2, name: 'b' },
      ];
      const meta = { pagination: { total: 4, total_pages: 2, current_page: 1, per_page: 2, count: 2 } };
      let last = 200;
      server = await serve((request, response) => {
        if (/[?&]page=(?!1\b)/.test(request.url ?? '')) response.writeHead(last).end();
        else json(response, Model.resource.version === 'v3' ? { data: rows, meta } : rows);
      });
      const pages = Model.using(server.session({ retry: false }))
        .where({})
        .perPage(2);
      expect((await rejection(pages.all(), ParseError)).message).to.contain('an empty body');
      last = 204;
      expect(await pages.all()).to.have.length(2);
      await server.close();
    }
  });

  it('does not say that a record may have been deleted where it is empty', async () => {
    const session = await served(undefined);
    const finds = [
      () => v3.Product.using(session).find(1),
      () => v2.Product.using(session).find(1),
      () => v3.Product.using(session).find([1, 2]),
      () => v3.Customer.using(session).find(1),
      () => v3.Product.using(session).load({ id: 1, name: 'A' }).reload(),
      () => v3.Product.using(session).exists(1),
      () => v2.Store.using(session).get(),
    ];
    for (const find of finds) {
      const error = await rejection(find, ParseError);
      expect(error.message).to.contain('an empty body').and.not.contain('deleted');
      expect(error.status).to.equal(200);
    }
  });
});

describe('a key that is none', () => {
  let server: Listening | undefined;
  afterEach(async () => server?.close());

  async function answering(data: unknown): Promise<Session> {
    await server?.close();
    server = await serve((_, response) => json(response, { data, meta: {} }));
    return server.session();
  }

  it('is refused in rows', async () => {
    for (const id of [{}, [], true, 1.5, Number.NaN]) {
      await rejection(v3.Product.using(await answering([{ id, name: 'A' }])).all(), ParseError);
      await rejection(v3.Product.using(await answering({ id, name: 'A' })).find(1), ParseError);
    }
  });

  it('leaves it open what a create has made', async () => {
    for (const id of [0, '0', {}, true, 1.5]) {
      const session = await answering({ id, name: 'A' });
      await rejection(v3.Brand.using(session).create({ name: 'A' }), UncertainOutcomeError);
      await rejection(v3.Product.using(session).ref(1).images.create({ image_url: 'a.jpg' }), UncertainOutcomeError);
      await rejection(v3.Customer.using(session).create({ email: 'a@b.co', first_name: 'A', last_name: 'B' }), UncertainOutcomeError);
    }
  });

  it('leaves it open what an upload has made, whatever the shape of the answer', async () => {
    for (const data of [null, [], [{ id: 1 }, { id: 2 }], 'x', {}, { id: null }]) {
      const images = v3.ProductImage.using(await answering(data));
      const error = await rejection(images.upload(1, { content: new Uint8Array([1]), name: 'a.jpg' }), UncertainOutcomeError);
      expect([error.method, error.path, error.sent]).to.deep.equal(['POST', '/v3/catalog/products/1/images', 'yes']);
    }
  });
});

describe('keys that are spelt in another way', () => {
  const context = useStore();

  it('find their record, and share it', async () => {
    const [first, second, again] = await v3.Product.find(['01', 2, '1']);
    expect([first?.id, second?.id, again === first]).to.deep.equal([1, 2, true]);
    const together = await Promise.all([v3.Product.find('01'), v3.Product.find(2), v3.Product.find('002')]);
    expect(together.map(({ id }) => id)).to.deep.equal([1, 2, 2]);
    expect(context.store.requests.every(({ status }) => status === 200)).to.equal(true);
  });
});

describe('load()', () => {
  it('takes an object of attributes and nothing else', () => {
    for (const given of [
      null,
      undefined,
      'text',
      '',
      7,
      true,
      [],
      [{ id: 1 }],
      new Map(),
      new Set(),
      new Date(),
      Promise.resolve(),
      () => {},
    ]) {
      for (const load of [
        () => v3.Product.load(given as never),
        () => v2.Product.load(given as never),
        () => v3.ProductImage.of(1).load(given as never),
      ])
        expect(load, String(given)).to.throw(ArgumentError, /load\(\) takes the attributes/);
    }
    expect(v3.Product.load({ id: 1, name: 'A' }).name).to.equal('A');
  });
});

describe('attributes', () => {
  const context = useStore();

  it('are an object, wherever they are given', async () => {
    for (const given of [null, 'text', 7, [], new Map([['name', 'A']]), new Set(['name']), new Date(), Promise.resolve({ name: 'A' })]) {
      const attributes = given as never;
      expect(() => new v3.Product(attributes), String(given)).to.throw(ArgumentError, /as an object/);
      expect(() => v3.Product.load({ id: 1 }).assign(attributes), String(given)).to.throw(ArgumentError, /as an object/);
      await rejection(v3.Brand.create(attributes), ArgumentError);
      await rejection(v3.Product.update(1, attributes), ArgumentError);
      await rejection(v3.Product.ref(1).images.create(attributes), ArgumentError);
      await rejection((async () => v3.Product.where({ id: { in: [1] } }).updateAll(attributes))(), ArgumentError);
    }
    expect(context.store.requests).to.deep.equal([]);
  });
});
