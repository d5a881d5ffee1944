import { ArgumentError, RecordStateError } from 'bigrecord';
import { Product, ProductImage } from 'bigrecord/v3';
import { expect } from 'chai';
import _ from 'lodash';
import { rejection } from '../support/rejection.js';
import { sent, useStore } from '../support/store.js';

const copies: [string, (product: Product) => Product][] = [
  ['_.cloneDeep', (product) => _.cloneDeep(product)],
  ['_.clone', (product) => _.clone(product)],
  ['a Proxy', (product) => new Proxy(product, {})],
  ['Object.create', (product) => Object.create(product) as Product],
  ['Object.assign on the prototype', (product) => Object.assign(Object.create(Object.getPrototypeOf(product)) as Product, product)],
];

describe('a copy or a Proxy of a record', () => {
  const context = useStore();
  const load = (): Product => Product.load({ id: 1, name: 'Oak Bowl', categories: [1], price: 3 });

  for (const [what, copyOf] of copies) {
    it(`${what}: has the attributes, and no methods of a record`, async () => {
      const product = load();
      const copy = copyOf(product);
      expect([copy.id, copy.name]).to.deep.equal([1, 'Oak Bowl']);
      expect(copy.images).to.equal(undefined);
      const calls: (() => unknown)[] = [
        () => copy.isDirty,
        () => copy.isNew,
        () => copy.changed,
        () => copy.changes,
        () => copy.session,
        () => copy.fieldErrors,
        () => copy.assign({ name: 'x' }),
        () => copy.restore(),
        () => copy.clone(),
        () => copy.toObject(),
        () => copy.isSame(product),
      ];
      for (const call of calls) expect(call, String(call)).to.throw(RecordStateError, 'Product.load(copy)');
      for (const call of [
        () => copy.save(),
        () => copy.update({ name: 'x' }),
        () => copy.destroy(),
        () => copy.reload(),
        () => copy.validate(),
      ])
        expect((await rejection(call(), RecordStateError)).message)
          .to.contain('Product.load(copy)')
          .and.contain('Nothing was sent');
      expect(await rejection(copy.request('GET', '/x'), RecordStateError)).to.be.instanceOf(ArgumentError);
      expect(product.isSame(copy)).to.equal(false);
      expect(product.isDirty).to.equal(false);
      expect(sent(context.store)).to.deep.equal([]);
    });

    it(`${what}: is never taken for a new record`, async () => {
      const copy = copyOf(load());
      const image = copyOf(ProductImage.load({ id: 3, product_id: 1 }) as never) as unknown as ProductImage;
      expect(() => new Product({ name: 'A', images: [image] })).to.throw(RecordStateError, 'ProductImage.load(copy)');
      expect(() => ProductImage.of(copy)).to.throw(RecordStateError);
      const writes: (() => PromiseLike<unknown>)[] = [
        () => Product.createMany([copy]),
        () => Product.saveMany([copy]),
        () => Product.upsertMany([copy]),
        () => Product.destroyMany([copy]),
        () => context.session.saveAll([copy]),
        () => Product.create(copy as never),
        () => Product.ref(1).images.create(image as never),
      ];
      for (const write of writes) await rejection(Promise.resolve().then(write), RecordStateError);
      expect(sent(context.store)).to.deep.equal([]);
    });
  }

  it('a plain object that a method is borrowed for: the advice names no class that has no load()', async () => {
    const plain = [structuredClone(load()), { ...load() }, JSON.parse(JSON.stringify(load())) as object, Object.create(null) as object];
    for (const copy of plain) {
      const { message } = await rejection(Product.prototype.save.call(copy), RecordStateError);
      expect(message).to.contain('load(copy) of its model, such as Product.load(copy)').and.not.contain('Object.load');
    }
    class Named {}
    expect((await rejection(Product.prototype.save.call(new Named()), RecordStateError)).message).to.not.contain('Named.load');
  });

  it('becomes a record by load(), with its own state', () => {
    const product = load();
    product.name = 'Changed';
    const record = Product.load(_.cloneDeep(product));
    expect(record).to.be.instanceOf(Product);
    expect([record.name, record.isNew, record.isDirty, product.isDirty]).to.deep.equal(['Changed', false, false, true]);
    record.categories.push(2);
    expect(product.categories).to.deep.equal([1]);
    expect(Product.load(structuredClone(product)).name).to.equal('Changed');
    expect(Product.load({ ...product }).isDirty).to.equal(false);
    expect(Product.load(new Proxy(product, {})).name).to.equal('Changed');
  });

  it('is written as JSON like the record', () => {
    const product = load();
    const wanted = JSON.stringify(product);
    expect(JSON.stringify(_.cloneDeep(product))).to.equal(wanted);
    expect(JSON.stringify(new Proxy(product, {}))).to.equal(wanted);
  });

  it('a Proxy passes writes on to the record, which notices them', () => {
    const product = load();
    const proxy = new Proxy(product, {});
    proxy.name = 'Other';
    expect(product.changed).to.deep.equal(['name']);
  });
});
