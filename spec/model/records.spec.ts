import { inspect, isDeepStrictEqual } from 'node:util';
import { Attribute, BelongsTo, HasMany, Model, RecordNotFoundError, Resource, Session } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { Exclude, Expose, Transform, Type } from 'class-transformer';
import { rejection } from '../support/rejection.js';
import { models, sentBy, useStore } from '../support/store.js';

class Money {
  @Transform(({ value }) => Number(value), { toClassOnly: true })
  @Transform(({ value }) => String(value), { toPlainOnly: true })
  amount!: number;

  @Expose({ name: 'currency_code' }) currency!: string;
  @Exclude() cached = 'only here';
  @Type(() => Date) at!: Date;
}

@Resource('/accounts', { version: 'v3' })
class Account extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() name!: string;
  @Attribute(() => Money) balance!: Money;
  @Exclude() @Attribute() secret_note!: string;
  kind = 'not an attribute';
}

@Resource('/as', { version: 'v3' })
class A extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @HasMany(() => B) bs!: HasMany<B>;
}

@Resource('/as/:a_id/bs', { version: 'v3' })
class B extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() a_id!: number;
  @BelongsTo(() => A, { key: 'a_id' }) a!: BelongsTo<A>;
}

@Resource('/settings', { version: 'v3', replaces: true })
class Setting extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() one!: string;
  @Attribute() two!: string;
}

describe('a record', () => {
  const context = useStore({ models: models(Account, A, B, Setting) });

  it('is set by assign() and update()', async () => {
    const product = await v2.Product.find(1);
    expect(product.assign({ name: 'A', price: '1.00' })).to.equal(product);
    expect(product.changed).to.have.members(['name', 'price']);
    expect(await sentBy(context.store, () => product.update({ sku: 'S' }))).to.deep.equal([
      'PUT /v2/products/1 {"name":"A","sku":"S","price":"1.00"}',
    ]);
  });

  it('is read again by reload(), and keeps what it has when it is gone', async () => {
    const product = await v2.Product.find(1);
    await v2.Product.update(1, { name: 'Elsewhere' });
    product.price = '0.01';
    await product.reload();
    expect([product.name, product.price, product.isDirty]).to.deep.equal(['Elsewhere', '10.9500', false]);
    await v2.Product.destroy(1);
    await rejection(product.reload(), RecordNotFoundError);
    expect(product.name).to.equal('Elsewhere');
  });

  it('is copied by clone(), without key and read-only attributes', async () => {
    const product = await v3.Product.find(1);
    const copy = product.clone();
    expect(copy).to.be.instanceOf(v3.Product);
    expect(copy.isNew).to.equal(true);
    expect(copy.id).to.equal(undefined);
    expect(copy.calculated_price).to.equal(undefined);
    expect(copy.name).to.equal('Oak Bowl');
    copy.categories.push(9);
    expect(product.categories).to.not.contain(9);
    copy.assign({ name: 'Copy', sku: 'COPY' });
    await copy.save();
    expect(copy.id).to.be.greaterThan(60);
  });

  it('knows whether another is the same', async () => {
    const [a, b] = await Promise.all([v3.Product.find(1), v3.Product.find(1)]);
    b.name = 'changed';
    expect(a.isSame(b)).to.equal(true);
    expect(a.isSame(await v3.Product.find(2))).to.equal(false);
    expect(a.isSame(await v3.Brand.find(1))).to.equal(false);
    expect(a.isSame(null)).to.equal(false);
    expect(new v3.Product().isSame(new v3.Product())).to.equal(false);
    const other = new Session({ ...context.store.credentials, storeHash: 'other' });
    expect(a.isSame(v3.Product.using(other).load({ id: 1 }))).to.equal(false);
    const image = v3.ProductImage.of(1).build();
    expect(image.isSame(image)).to.equal(true);
  });

  it('sends the whole of it where an update replaces', async () => {
    context.store.insert(Setting as never, [{ id: 1, one: 'a', two: 'b' }]);
    const setting = await Setting.find(1);
    setting.two = 'c';
    expect(await sentBy(context.store, () => setting.save())).to.deep.equal(['PUT /v3/settings/1 {"one":"a","two":"c"}']);
    expect(await sentBy(context.store, () => setting.save())).to.deep.equal([]);
  });

  it("honours class-transformer's decorators on value objects", async () => {
    context.store.insert(Account as never, [{ id: 1, name: 'Main', balance: { amount: '12.5', currency_code: 'EUR', at: '2026-01-01' } }]);
    const account = await Account.find(1);
    expect(account.balance).to.be.instanceOf(Money);
    expect(account.balance.amount).to.equal(12.5);
    expect(account.balance.currency).to.equal('EUR');
    expect(account.balance.at).to.be.instanceOf(Date);
    expect(account.isDirty).to.equal(false);
    account.balance.amount = 13;
    const [line] = await sentBy(context.store, () => account.save());
    expect(line).to.equal('PUT /v3/accounts/1 {"balance":{"amount":"13","currency_code":"EUR","at":"2026-01-01T00:00:00.000Z"}}');
  });

  it('leaves excluded attributes out of what is serialised, and non-attributes too', () => {
    const account = Account.load({ id: 1, name: 'Main', secret_note: 'hush', balance: null });
    expect(account.secret_note).to.equal('hush');
    expect(account.toJSON()).to.deep.equal({ id: 1, name: 'Main', balance: null });
    expect(account.kind).to.equal('not an attribute');
    expect(account.toObject()).to.not.have.property('kind');
  });

  it('gives its attributes under the names of the API, as copies', async () => {
    const order = await v2.Order.find(100);
    const object = order.toObject();
    expect(object['date_created']).to.be.instanceOf(Date);
    (object['billing_address'] as { city: string }).city = 'Elsewhere';
    expect(order.isDirty).to.equal(false);
    expect(order.toJSON()['date_created']).to.match(/ \+0000$/);
    expect(JSON.parse(JSON.stringify(order))).to.deep.equal(order.toJSON());
  });

  it('adds loaded relations on request, and sends nothing for it', async () => {
    const product = (await v3.Product.include('images').limit(1))[0] as v3.Product;
    const lines = await sentBy(context.store, () => {
      const object = product.toObject({ include: ['images', 'options'] });
      expect(object['images']).to.have.length(2);
      expect(object['options']).to.equal(undefined);
      expect(() => product.toObject({ include: ['imags'] })).to.throw('imags');
    });
    expect(lines).to.deep.equal([]);
  });

  it('can be looked at, compared and copied without a request or an endless loop', async () => {
    const a = A.load({ id: 1, bs: [{ id: 2, a_id: 1 }] });
    const [b] = await a.bs;
    const lines = await sentBy(context.store, async () => {
      inspect(a, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true });
      inspect(b, { depth: Number.POSITIVE_INFINITY });
      inspect(a.bs);
      inspect((b as B).a);
      JSON.stringify({ a, b });
      expect(() => JSON.stringify(a.bs)).to.not.throw();
      structuredClone(a.toObject());
      expect(A.load({ id: 1 })).to.deep.equal(A.load({ id: 1 }));
      expect(await a).to.equal(a);
      expect('then' in a).to.equal(false);
      expect(A.load({ id: 1 })).to.not.deep.equal(A.load({ id: 2 }));
      for (const other of [{ id: 2 }, { id: 1, extra: 1 }]) expect(isDeepStrictEqual(A.load({ id: 1 }), A.load(other))).to.equal(false);
      expect(isDeepStrictEqual(A.load({ id: 1 }), A.load({ id: 1 }))).to.equal(true);
      const seen: string[] = [];
      for (const name in a) seen.push(name);
      expect(seen).to.include('id').and.not.include('bs');
    });
    expect(lines).to.deep.equal([]);
  });

  it('keeps the digits of an id above 2^53, in its address too', () => {
    const big = v3.Product.load(JSON.parse('{"id":"9007199254740993"}'));
    expect(big.id).to.equal('9007199254740993');
    expect(v3.Product.ref('9007199254740993').images.toRequest().path).to.equal('/catalog/products/9007199254740993/images');
  });

  it('has its class, name and declaration', () => {
    const product = new v3.Product();
    expect(product.constructor).to.equal(v3.Product);
    expect(v3.Product.name).to.equal('Product');
    const { resource } = v3.Product;
    expect(resource).to.deep.include({ name: 'Product', version: 'v3', path: '/catalog/products', key: 'id' });
    expect(resource.attributes['price']).to.deep.include({ name: 'price', property: 'price', type: 'number', readOnly: false });
    expect(resource.filters).to.have.property('id:in');
    expect(resource.operations).to.include('create');
    expect(resource.relations).to.have.property('images');
    expect(resource.batch).to.deep.include({ update: 10 });
    expect(Object.isFrozen(resource) && Object.isFrozen(resource.attributes)).to.equal(true);
  });
});
