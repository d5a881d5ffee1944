import { ArgumentError, ConfigurationError, Model, RecordNotFoundError, Resource, Session, UnsupportedOperationError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { sent, sentBy, useStore } from '../support/store.js';

describe('the static calls of a model', () => {
  const context = useStore();

  it('finds one record', async () => {
    const product = await v2.Product.find(1);
    expect(product).to.be.instanceOf(v2.Product).and.instanceOf(Model);
    expect(product.name).to.equal('Oak Bowl');
    expect((await v3.Product.find('2')).id).to.equal(2);
  });

  it('finds several in the order asked, duplicates as asked', async () => {
    const found = await v3.Product.find([3, 1, 3]);
    expect(found.map(({ id }) => id)).to.deep.equal([3, 1, 3]);
    expect((await v2.Product.find([2, 1])).map(({ id }) => id)).to.deep.equal([2, 1]);
    expect(await sentBy(context.store, () => v3.Product.find([]))).to.deep.equal([]);
  });

  it('names every missing id in one error', async () => {
    for (const model of [v2.Product, v3.Product]) {
      const error = await rejection(() => (model as typeof v3.Product).find([1, 901, 902]), RecordNotFoundError);
      expect(error.message).to.contain('901, 902');
      expect(error.status).to.equal(404);
    }
  });

  it('gives null where findBy and first find nothing', async () => {
    expect(await v2.Customer.findBy({ email: 'nobody@example.com' })).to.equal(null);
    expect(await v3.Product.where({ name: 'No such' }).first()).to.equal(null);
    expect((await v2.Customer.findBy({ first_name: 'John' }))?.first_name).to.equal('John');
    expect((await v3.Brand.first())?.id).to.equal(1);
  });

  it('counts in one request, by either generation', async () => {
    expect(await v2.Product.count()).to.equal(60);
    expect(await v3.Product.where({ is_visible: false }).count()).to.equal(5);
    expect(sent(context.store)).to.deep.equal(['GET /v2/products/count', 'GET /v3/catalog/products?is_visible=false&limit=1']);
  });

  it('tells whether a record exists', async () => {
    expect(await v2.Product.exists(1)).to.equal(true);
    expect(await v2.Product.exists(999)).to.equal(false);
    expect(await v3.Product.exists({ name: 'Oak Bowl' })).to.equal(true);
    expect(await v3.Product.exists({ name: 'Nothing' })).to.equal(false);
    expect(await v3.Customer.exists(1)).to.equal(true);
    expect(await v2.Product.exists()).to.equal(true);
  });

  it('finds or creates', async () => {
    const brand = await v3.Brand.firstOrCreate({ name: 'Ember' });
    expect(brand.id).to.equal(5);
    const made = await v3.Brand.firstOrCreate({ name: 'New brand' }, { page_title: 'New' });
    expect(made.isNew).to.equal(false);
    expect(made.page_title).to.equal('New');
    const unsaved = await v3.Brand.firstOrNew({ name: 'Another' });
    expect(unsaved.isNew).to.equal(true);
    expect(unsaved.name).to.equal('Another');
    expect(await v3.Brand.count()).to.equal(9);
  });

  it('deletes everything on the plain deleteAll() only', async () => {
    await v2.Product.deleteAll();
    expect(sent(context.store)).to.deep.equal(['DELETE /v2/products']);
    expect(await v2.Product.all()).to.deep.equal([]);
  });

  it('loads a record without a request', async () => {
    const text = JSON.stringify(await v3.Product.find(1));
    const lines = await sentBy(context.store, () => {
      const product = v3.Product.load(JSON.parse(text));
      expect(product.isNew).to.equal(false);
      expect(product.isDirty).to.equal(false);
      expect(product.date_created).to.be.instanceOf(Date);
      product.name = 'From a queue';
      expect(product.changed).to.deep.equal(['name']);
    });
    expect(lines).to.deep.equal([]);
  });

  it('reaches endpoints that have no method yet', async () => {
    const answer = await v2.Product.request('GET', '/count');
    expect(answer.status).to.equal(200);
    expect(answer.body).to.deep.equal({ count: 60 });
    const below = await (await v3.Product.find(1)).request('GET', 'images', { query: { limit: 1 } });
    expect((below.body as { data: unknown[] }).data).to.have.length(1);
    await rejection(() => v2.Product.request('GET', '../orders'), ArgumentError);
  });

  it('names sub-resources by their parents, to any depth', async () => {
    await v2.ProductOption.of(1).all();
    expect((await v2.ProductOption.of(1).find(2)).id).to.equal(2);
    const option = await v3.ProductOption.of(1).find(1);
    await v3.ProductOptionValue.of(1, 1).all();
    await v3.ProductOptionValue.of(option).all();
    await v3.ProductOptionValue.of(v3.Product.ref(1), option).create({ label: 'Rust', sort_order: 4 });
    expect(sent(context.store)).to.deep.equal([
      'GET /v2/products/1/options?limit=250',
      'GET /v2/products/1/options/2',
      'GET /v3/catalog/products/1/options/1',
      'GET /v3/catalog/products/1/options/1/values?limit=250',
      'GET /v3/catalog/products/1/options/1/values?limit=250',
      'POST /v3/catalog/products/1/options/1/values {"label":"Rust","sort_order":4}',
    ]);
  });

  it('asks whose a sub-resource is, before any request', async () => {
    const lines = await sentBy(context.store, async () => {
      expect((await rejection(() => v3.ProductImage.all(), ArgumentError)).message).to.contain('ProductImage.of(product_id)');
      expect(() => v2.ProductImage.of()).to.throw(ArgumentError);
      expect(() => v2.ProductImage.of(1, 2)).to.throw(ArgumentError, '1 parents, got 2');
      expect(() => v2.ProductImage.of(new v2.Product({ name: 'New' }))).to.throw(ArgumentError, 'not saved');
    });
    expect(lines).to.deep.equal([]);
  });

  it('saves changes of a sub-resource at its nested path', async () => {
    const image = await v2.ProductImage.of(1).find(1);
    image.description = 'Front';
    await image.save();
    await image.reload();
    await image.destroy();
    expect(sent(context.store).slice(1)).to.deep.equal([
      'PUT /v2/products/1/images/1 {"description":"Front"}',
      'GET /v2/products/1/images/1',
      'DELETE /v2/products/1/images/1',
    ]);
  });

  it('refuses a verb that the resource does not have, before any request', async () => {
    const lines = await sentBy(context.store, async () => {
      expect((await rejection(() => v2.ProductOption.of(1).create({}), UnsupportedOperationError)).message).to.contain(
        'supports list, get',
      );
      await rejection(() => v2.OrderCoupon.of(100).deleteAll(), UnsupportedOperationError);
    });
    expect(lines).to.deep.equal([]);
  });

  it('works on another session through using(), and refuses what is none', async () => {
    const other = new Session({ ...context.store.credentials, accessToken: 'another-token-entirely' });
    const Elsewhere = v2.Product.using(other);
    expect(Elsewhere.name).to.equal('Product');
    expect((await rejection(() => Elsewhere.find(1))).name).to.equal('UnauthorizedError');
    const made = new Elsewhere({ name: 'x' });
    expect(made).to.be.instanceOf(v2.Product);
    expect(made.session).to.equal(other);
    expect(v2.Product.using(other)).to.equal(Elsewhere);
    expect(() => v2.Product.using({} as Session)).to.throw(ConfigurationError);
  });

  it('refuses a class without @Resource', async () => {
    class Bare extends Model {}
    expect(() => new Bare()).to.throw(ConfigurationError, '@Resource');
    expect((await rejection(() => (Bare as unknown as typeof v2.Product).find(1), ConfigurationError)).message).to.contain('Bare');
    @Resource()
    class Mug extends v3.Product {}
    expect(Mug.resource.path).to.equal('/catalog/products');
    class Cup extends v3.Product {}
    expect(() => new Cup()).to.throw(ConfigurationError, 'Cup');
  });

  it('takes a signal everywhere', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const product = await v2.Product.find(1);
    product.name = 'x';
    const calls: (() => unknown)[] = [
      () => v2.Product.find(1, { signal }),
      () => v3.Product.find([1, 2], { signal }),
      () => v2.Product.all({ signal }),
      () => v2.Product.first({ signal }),
      () => v2.Product.count({ signal }),
      () => v2.Product.findBy({ name: 'x' }, { signal }),
      () => v2.Product.exists(1, { signal }),
      () =>
        v2.Product.create({ name: 'x', type: 'physical', weight: '1', price: '1', categories: [], availability: 'available' }, { signal }),
      () => v2.Product.update(1, { name: 'y' }, { signal }),
      () => v2.Product.destroy(1, { signal }),
      () => v2.Product.deleteAll({ signal }),
      () => v3.Product.where({ name: 'x' }).deleteAll({ signal }),
      () => v2.Product.page(1, { signal }),
      () => product.save({ signal }),
      () => product.reload({ signal }),
      () => product.destroy({ signal }),
      () => product.options.all({ signal }),
      () => product.brand.reload({ signal }),
      () => context.session.get('/catalog/summary', { signal }),
    ];
    const lines = await sentBy(context.store, async () => {
      for (const call of calls) expect((await rejection(call)).message, String(call)).to.equal('enough');
    });
    expect(lines).to.deep.equal([]);
  });
});
