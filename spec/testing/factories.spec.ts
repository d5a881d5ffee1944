import { ArgumentError, Attribute, Model, type ModelClass, Resource, Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { factory } from 'bigrecord/testing';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';

const MODELS: readonly ModelClass<Model>[] = [...Object.values(v2), ...Object.values(v3)];
const CREATABLE = MODELS.filter(({ resource }) => resource.operations.includes('create'));

/** Another order, the same each time. */
const mixed = <T>(all: readonly T[]): T[] => all.map((_, at) => all[(at * 41) % all.length]).filter((each) => each !== undefined);

describe('store.create and store.build', () => {
  for (const seed of ['demo', 'empty'] as const)
    describe(`on the ${seed} store`, () => {
      let store: Sandbox;
      let session: Session;

      before(async () => {
        store = await Sandbox.start({ seed, port: false });
        session = Session.configure({ ...store.credentials, retry: false });
      });
      beforeEach(() => store.reset());
      after(async () => {
        await session.close();
        await store.stop();
      });

      it('are valid by themselves, for every model that can be created', async () => {
        const wrong: string[] = [];
        for (const model of CREATABLE) {
          const { version, name } = model.resource;
          for (const times of [1, 2]) {
            await store
              .build(model)
              .save()
              .catch((error: Error) => wrong.push(`build ${version} ${name} ${times}: ${error.message}`));
            try {
              const record = store.create(model);
              if (record.isNew || record.isDirty) wrong.push(`create ${version} ${name}: not as saved`);
            } catch (error) {
              wrong.push(`create ${version} ${name} ${times}: ${String(error)}`);
            }
          }
          store.reset();
        }
        expect(wrong.join('\n')).to.equal('');
      });
    });

  describe('on one store, in any order', () => {
    // V2 and V3 of a resource have the same rows.
    for (const [how, seed, models] of [
      ['forwards', 'demo', CREATABLE],
      ['backwards', 'empty', [...CREATABLE].reverse()],
      ['mixed', 'empty', mixed(CREATABLE)],
    ] as const)
      it(`are valid twice for every model: ${how} on the ${seed} store`, async () => {
        const store = await Sandbox.start({ seed, port: false });
        const session = Session.configure({ ...store.credentials, retry: false });
        const wrong: string[] = [];
        for (const model of [...models, ...models])
          try {
            store.create(model);
            if (how === 'mixed') await store.build(model).save();
          } catch (error) {
            wrong.push(`${model.resource.version} ${model.resource.name}: ${String(error)}`);
          }
        await session.close();
        await store.stop();
        expect(wrong.join('\n')).to.equal('');
      });
  });

  describe('of one model', () => {
    let store: Sandbox;
    let session: Session;

    before(async () => {
      store = await Sandbox.start({ port: false, models: [Gadget] });
      session = Session.configure({ ...store.credentials, retry: false });
    });
    beforeEach(() => store.reset());
    after(async () => {
      await session.close();
      await store.stop();
    });

    it('stores what is given, which the API then has', async () => {
      const product = store.create(v3.Product, { name: 'Mug', price: 5, categories: [2] });
      expect([product.id, product.isNew, product.isDirty, product.constructor]).to.deep.equal([61, false, false, v3.Product]);
      const read = await v3.Product.find(product.id);
      expect([read.name, read.price, read.categories, read.weight]).to.deep.equal(['Mug', 5, [2], 1]);
      product.price = 6;
      await product.save();
      expect((await v2.Product.find(product.id)).price).to.equal('6.0000');
      expect(store.requests.map(({ method }) => method)).to.deep.equal(['GET', 'PUT', 'GET']);
    });

    it('follow on from rows that something else has named', async () => {
      await v3.Page.create({ name: 'Page 1', type: 'page', body: '' });
      expect([store.create(v2.Page).name, store.create(v3.Page).name]).to.deep.equal(['Page 2', 'Page 3']);
    });

    it('writes what has no endpoint of its own inside its parent', async () => {
      const order = store.create(v2.Order, { products: [{ name: 'Mug', quantity: 1, price_ex_tax: '10', price_inc_tax: '10' }] });
      const fee = await store.build(v2.OrderFee, { cost_inc_tax: '6.0000' }, { order_id: order }).save();
      expect(fee).to.include({ cost_ex_tax: '6.0000', cost_tax: '0.0000' });
      store.create(v2.OrderFee, { cost_ex_tax: '2.0000', cost_tax: '1.0000' }, { order_id: order });
      store.create(
        v2.OrderProduct,
        { product_id: 1, variant_id: 2, quantity: 2, price_ex_tax: '3', price_inc_tax: '3' },
        { order_id: order },
      );
      expect((await order.fees).map(({ cost_inc_tax }) => cost_inc_tax)).to.deep.equal(['6.0000', '3.0000']);
      expect((await v2.Order.find(order.id)).total_inc_tax).to.equal('25.0000');
    });

    it('says which name inside a value is misspelt', () => {
      const misspelt = (given: object) => Object(given);
      const wrong: [() => unknown, string][] = [
        [
          () => store.create(v2.Order, misspelt({ billing_address: { emial: 'a@example.com' } })),
          'Order has no attribute `billing_address.emial`; did you mean `billing_address.email`?',
        ],
        [
          () => store.build(v2.Order, misspelt({ products: [{ product_id: 1, quantty: 1 }] })),
          'OrderProduct has no attribute `quantty`; did you mean `quantity`?',
        ],
        [
          () => store.create(v3.Product, misspelt({ images: [{ image_ulr: 'x' }] })),
          'ProductImage has no attribute `image_ulr`; did you mean `image_url`?',
        ],
        [
          () => store.create(v3.Product, misspelt({ custom_url: { is_customised: true } })),
          'Product has no attribute `custom_url.is_customised`; did you mean `custom_url.is_customized`?',
        ],
      ];
      for (const [make, message] of wrong) expect(make).to.throw(ArgumentError, message);
    });

    it('may be awaited', async () => {
      expect((await store.create(v3.Brand, { name: 'Acme' })).name).to.equal('Acme');
      expect((await store.build(v3.Brand, { name: 'Other' })).name).to.equal('Other');
    });

    it('stores what only the store sets, and what the rules of the store compute', () => {
      const product = store.create(v3.Product, { id: 700, reviews_count: 4, date_created: new Date('2026-01-01T00:00:00Z') });
      expect([product.id, product.reviews_count, product.date_created?.toISOString()]).to.deep.equal([700, 4, '2026-01-01T00:00:00.000Z']);
      expect(store.create(v3.Product).id).to.equal(701);
      expect(() => store.create(v3.Product, { id: 700 })).to.throw('There is a row with the key 700 already.');
      const line = { name: 'Mug', quantity: 2, price_ex_tax: '10', price_inc_tax: '12' };
      const order = store.create(v2.Order, { products: [line], date_shipped: new Date('2026-01-05T09:00:00Z') });
      expect([order.total_inc_tax, order.items_total]).to.deep.equal(['24.0000', 2]);
      expect(store.rows(v2.OrderProduct).at(-1)).to.include({ name: 'Mug', total_inc_tax: '24.0000', order_id: order.id });
    });

    it('creates parents, or takes those that are given', () => {
      const image = store.create(v3.ProductImage);
      expect(image.product_id).to.equal(61);
      const product = store.create(v3.Product);
      expect(store.create(v3.ProductImage, {}, { product_id: product }).product_id).to.equal(product.id);
      expect(store.create(v3.ProductImage, {}, { product_id: 3 }).product_id).to.equal(3);
      expect(store.create(v3.ProductImage, { product_id: 4 }).product_id).to.equal(4);
      const metafield = store.create(v3.VariantMetafield, {}, { variant_id: 5 });
      expect(metafield.resource_id).to.equal(5);
      expect(() => store.create(v3.ProductImage, {}, { product_id: 9999 })).to.throw('not found');
    });

    it('takes parents without names, as of() does', () => {
      const product = store.create(v3.Product);
      for (const parents of [product, product.id, [product], [String(product.id)]])
        expect(store.create(v3.ProductImage, {}, parents).product_id).to.equal(product.id);
      const modifier = store.create(v3.ProductModifier, {}, product);
      const value = store.create(v3.ProductModifierValue, {}, modifier);
      expect(v3.ProductModifierValue.of(product, modifier).load({ id: value.id }).isSame(value)).to.equal(true);
      expect(store.create(v3.ProductModifierValue, {}, [product, modifier]).isSame(value)).to.equal(false);
      expect(store.build(v3.ProductImage, {}, product).isNew).to.equal(true);
    });

    it('refuses parents that the path does not have, or that are not saved', () => {
      const count = store.rows(v3.Product).length;
      const refused = (parents: unknown, message: string): void => {
        expect(() => store.create(v3.ProductImage, {}, parents as never), message).to.throw(ArgumentError, message);
        expect(() => store.build(v3.ProductImage, {}, parents as never), message).to.throw(ArgumentError, message);
      };
      refused({ prodct_id: 1 }, 'which has no `prodct_id`; did you mean `product_id`?');
      refused([1, 2], 'The parents in the path of ProductImage are product_id: got 2 of them.');
      refused({ product_id: undefined }, 'The product_id of this ProductImage must be a number or a string, got undefined.');
      refused({ product_id: new v3.Product() }, 'The product_id of this ProductImage must be');
      refused(null, 'got null');
      expect(() => store.create(v3.Product, {}, 1 as never)).to.throw(ArgumentError, 'are none: got 1 of them.');
      expect(() => store.create(v3.ProductModifierValue, {}, 1)).to.throw(ArgumentError, 'are product_id, modifier_id: got 1 of them.');
      expect(store.rows(v3.Product).length).to.equal(count);
    });

    it('builds below parents, and refers to what there is', async () => {
      const product = store.create(v3.Product);
      const image = store.build(v3.ProductImage, { description: 'Front' }, { product_id: product });
      expect([image.isNew, store.rows(v3.ProductImage).length]).to.deep.equal([true, 120]);
      await image.save();
      expect(store.requests.at(-1)?.path).to.equal(`/v3/catalog/products/${product.id}/images`);
      expect(store.requests.at(-1)?.body).to.include({ description: 'Front' });
    });

    it('counts for sequences, and keeps unique values unique', () => {
      const names = store.createMany(v3.Product, 3, { name: (n) => `Mug ${n}`, sku: (n) => `MUG-${n}` }).map(({ name }) => name);
      expect(names).to.deep.equal(['Mug 1', 'Mug 2', 'Mug 3']);
      store.reset();
      expect(store.create(v3.Brand).name).to.equal('Brand 1');
      store.insert(v3.Brand, [{ name: 'Brand 2' }]);
      expect(store.create(v3.Brand).name).to.equal('Brand 3');
    });

    it('takes records as relations', () => {
      const brand = store.create(v3.Brand);
      expect(store.create(v3.Product, { brand }).brand_id).to.equal(brand.id);
      const product = store.create(v2.Product, { images: [{ image_file: 'a.jpg' }] });
      expect(store.rows(v2.ProductImage).filter(({ product_id }) => product_id === product.id)).to.have.length(1);
    });

    it('makes records of factories, with traits', () => {
      const mugs = factory(v3.Product, {
        defaults: { name: (n) => `Mug ${n}`, price: 5 },
        traits: { hidden: { is_visible: false }, dear: { price: (n) => 100 * n } },
      });
      const mug = store.create(mugs);
      expect([mug.name, mug.price]).to.deep.equal(['Mug 1', 5]);
      const hidden = store.create(mugs.with('hidden', 'dear'), { weight: 3 });
      expect([hidden.name, hidden.price, hidden.is_visible, hidden.weight]).to.deep.equal(['Mug 2', 200, false, 3]);
      expect(store.build(mugs.with('hidden'), { price: 7 }).toObject()).to.include({ is_visible: false, price: 7 });
      // @ts-expect-error: a trait that is misspelt does not compile
      expect(() => mugs.with('hiden')).to.throw(ArgumentError, 'The factory of Product has no trait `hiden`; did you mean `hidden`?');
      // @ts-expect-error: nor does an attribute of its defaults
      expect(() => store.create(factory(v3.Product, { defaults: { nane: 'x' } }))).to.throw('did you mean `name`?');
      // @ts-expect-error: nor an option
      expect(() => factory(v3.Product, { default: {} })).to.throw('did you mean `defaults`?');
    });

    it('refuses a misspelt name, which does not compile either', () => {
      // @ts-expect-error: misspelt
      expect(() => store.create(v3.Product, { pirce: 3 })).to.throw(
        ArgumentError,
        'Product has no attribute `pirce`; did you mean `price`?',
      );
      // @ts-expect-error: misspelt
      expect(() => store.build(v2.Order, { staff_note: 'x' })).to.throw('did you mean `staff_notes`?');
      // @ts-expect-error: of another type
      expect(() => store.create(v3.Product, { price: 'much' })).to.throw('price must be a number');
    });

    it('says why the store refuses a record', () => {
      expect(() => store.create(v3.Product, { name: 'Oak Bowl' })).to.throw(
        ArgumentError,
        'The store refuses this Product: name Oak Bowl is already in use. insert() stores anything.',
      );
      expect(() => store.create(v2.Order, { products: [{ product_id: 999, quantity: 1 }] })).to.throw('is not a product of this store');
    });

    it('makes records of models that clients cannot create, and of those of a program', async () => {
      expect(store.create(v2.OrderStatus, { id: 99, name: 'Lost' }).name).to.equal('Lost');
      const gadget = store.create(Gadget);
      expect([gadget.label, gadget.size, gadget.colour]).to.deep.equal(['label 1', 1, 'red']);
      await store.build(Gadget, { colour: 'blue' }).save();
      expect(store.rows(Gadget).map(({ colour }) => colour)).to.deep.equal(['red', 'blue']);
      class Unknown extends Gadget {}
      expect(() => store.create(Resource('/unknown', { version: 'v3' })(Unknown))).to.throw('start the store with `models: [Unknown]`');
    });

    it('shows rows as the API does, apart from the store', async () => {
      const [row] = store.rows(v3.Product);
      expect(row).to.deep.equal(Object((await session.get('/catalog/products/1')).body).data);
      Object(row).categories.push(9);
      expect(store.rows(v3.Product)[0]?.['categories']).to.deep.equal([1, 2]);
    });
  });
});

@Resource('/gadgets', { version: 'v3', required: ['label', 'size'] })
class Gadget extends Model {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String) label!: string;
  @Attribute(() => Number) size!: number;
  @Attribute(() => String) colour = 'red';
}
