import { inspect } from 'node:util';
import { ArgumentError, Attribute, HasMany, HasOne, Model, RecordNotFoundError, Resource } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { models, sent, sentBy, useStore } from '../support/store.js';

@Resource('/trees', { version: 'v3' })
class Tree extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() name!: string;
  @HasOne(() => Root) root!: HasOne<Root>;
  @HasMany(() => Leaf) leaves!: HasMany<Leaf>;
}

@Resource('/trees/:tree_id/root', { version: 'v3' })
class Root extends Model {
  @Attribute() depth!: number;
}

@Resource('/trees/:tree_id/leaves', { version: 'v3' })
class Leaf extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() colour!: string;
  @HasMany(() => Vein) veins!: HasMany<Vein>;
}

@Resource('/trees/:tree_id/leaves/:leaf_id/veins', { version: 'v3' })
class Vein extends Model {
  @Attribute({ readOnly: true }) id!: number;
}

describe('a has-many relation', () => {
  const context = useStore({ models: models(Tree, Leaf, Vein) });

  it('loads when first awaited, and is then kept', async () => {
    const product = await v2.Product.find(1);
    expect(product.options.isLoaded).to.equal(false);
    const options = await product.options;
    expect(options).to.be.an('array').with.length(2);
    expect(options[0]).to.be.instanceOf(v2.ProductOption);
    expect(product.options.isLoaded).to.equal(true);
    const seen: string[] = [];
    for await (const option of product.options) seen.push(option.display_name);
    for (const option of await product.options) seen.push(option.display_name);
    expect(seen).to.deep.equal(['Colour', 'Size', 'Colour', 'Size']);
    expect(sent(context.store)).to.deep.equal(['GET /v2/products/1', 'GET /v2/products/1/options?limit=250']);
    expect((await product.options)[0]).to.equal(options[0]);
  });

  it('asks once when it is awaited twice at once', async () => {
    const product = v2.Product.ref(1);
    const [a, b] = await Promise.all([product.options, product.options]);
    expect(a).to.have.length(2);
    expect(a.every((option, place) => option === b[place])).to.equal(true);
    expect(sent(context.store)).to.have.length(1);
  });

  it('can be queried, counted and written', async () => {
    const product = await v2.Product.find(1);
    const image = await product.images.create({ image_file: 'side.jpg' });
    expect(image.product_id).to.equal(1);
    expect(await product.images.count()).to.equal(3);
    expect((await product.images.find(1)).id).to.equal(1);
    expect((await product.images.where({}).limit(1).all()).length).to.equal(1);
    await rejection(product.images.find(999), RecordNotFoundError);
    const built = product.images.build({ image_file: 'top.jpg' });
    expect(built.isNew).to.equal(true);
    await built.save();
    await product.images.deleteAll();
    expect(sent(context.store).slice(1)).to.deep.equal([
      'POST /v2/products/1/images {"image_file":"side.jpg"}',
      'GET /v2/products/1/images/count',
      'GET /v2/products/1/images/1',
      'GET /v2/products/1/images?limit=1',
      'GET /v2/products/1/images/999',
      'POST /v2/products/1/images {"image_file":"top.jpg"}',
      'DELETE /v2/products/1/images',
    ]);
    expect(await product.images).to.deep.equal([]);
  });

  it('keeps up with what is created and reloaded', async () => {
    const product = await v2.Product.find(1);
    await product.images;
    await product.images.create({ image_file: 'new.jpg' });
    expect(await product.images).to.have.length(3);
    await v2.ProductImage.of(1).destroy(1);
    expect(await product.images.reload()).to.have.length(2);
  });

  it('is filled by what came embedded, with no request', async () => {
    const [product] = await v3.Product.include('images', 'variants').limit(1);
    const lines = await sentBy(context.store, async () => {
      expect(product?.images.isLoaded).to.equal(true);
      expect(await product?.images).to.have.length(2);
      const variant = (await product?.variants)?.[0];
      expect(variant).to.be.instanceOf(v3.ProductVariant);
      expect(variant?.isDirty).to.equal(false);
    });
    expect(lines).to.deep.equal([]);
    const image = (await product?.images)?.[0] as v3.ProductImage;
    image.description = 'Changed';
    expect(await sentBy(context.store, () => image.save())).to.deep.equal([
      'PUT /v3/catalog/products/1/images/1 {"description":"Changed"}',
    ]);
  });

  it('is filled by arrays that are always embedded', async () => {
    const option = await v3.ProductOption.of(1).find(1);
    expect(await sentBy(context.store, async () => expect(await option.option_values).to.have.length(3))).to.deep.equal([]);
  });

  it("takes V2's link for not loaded, and never follows it", async () => {
    const product = v2.Product.load({
      id: 7,
      options: { url: 'http://169.254.169.254/latest', resource: '//evil/x' },
      brand_id: 1,
      brand: { url: 'http://evil.example/brands/1', resource: '/brands/1' },
    });
    expect(product.options.isLoaded).to.equal(false);
    await product.options;
    expect((await product.brand)?.id).to.equal(1);
    expect(sent(context.store)).to.deep.equal(['GET /v2/products/7/options?limit=250', 'GET /v2/brands/1']);
  });

  it('filters by key where the other resource has a path of its own', async () => {
    const customer = await v2.Customer.find(1);
    expect((await customer.orders).map(({ id }) => id)).to.deep.equal([100, 130]);
    expect(await customer.orders.count().catch(() => 'no count')).to.not.equal(0);
    expect(sent(context.store)[1]).to.equal('GET /v2/orders?customer_id=1&limit=250');
  });

  it('never forgets its condition', async () => {
    const customer = await v2.Customer.find(1);
    expect(customer.orders.where({ status_id: 1 }).toRequest().query).to.deep.include({ customer_id: 1, status_id: 1 });
    await customer.orders.deleteAll();
    expect(await v2.Order.count()).to.equal(38);
  });

  it('lets new records be given with a new parent: inline where the API takes it', async () => {
    const product = new v3.Product({
      name: 'Set',
      type: 'physical',
      weight: 1,
      price: 2,
      images: [{ image_url: 'a.jpg' }, { image_url: 'b.jpg' }],
    });
    expect(await product.images).to.have.length(2);
    await product.save();
    expect(sent(context.store)).to.deep.equal([
      'POST /v3/catalog/products {"name":"Set","type":"physical","weight":1,"price":2,"images":[{"image_url":"a.jpg"},{"image_url":"b.jpg"}]}',
    ]);
    expect(await product.images.reload()).to.have.length(2);
  });

  it('and else created after the parent', async () => {
    const product = new v2.Product({
      name: 'Set',
      type: 'physical',
      weight: '1',
      price: '2',
      categories: [1],
      availability: 'available',
      images: [{ image_file: 'a.jpg' }],
    });
    product.images.build({ image_file: 'b.jpg' });
    await product.save();
    expect(sent(context.store).map((line) => line.slice(0, 26))).to.deep.equal([
      'POST /v2/products {"name":',
      'POST /v2/products/61/image',
      'POST /v2/products/61/image',
    ]);
    expect((await product.images).map(({ isNew }) => isNew)).to.deep.equal([false, false]);
  });

  it('keeps what could not be created after the parent', async () => {
    const product = new v2.Product({
      name: 'Set',
      type: 'physical',
      weight: '1',
      price: '2',
      categories: [1],
      availability: 'available',
      images: [{ image_file: 'a.jpg' }, { image_file: 'b.jpg' }],
    }); // prettier-ignore
    context.store.fail({ status: 500, method: 'POST', path: '/v2/products/61/images' });
    await rejection(product.save());
    expect(product.isNew).to.equal(false);
    expect(product.id).to.equal(61);
  });

  it('says what to do with the children of an unsaved parent', async () => {
    const product = new v2.Product({ name: 'x' });
    expect((await rejection(product.images.create({ image_file: 'a' }), ArgumentError)).message).to.contain('Save the Product first');
    expect(await product.images).to.deep.equal([]);
    const saved = await v2.Product.find(1);
    expect(() => Object.assign(saved, { images: [] })).to.throw(ArgumentError, 'create()');
    expect(() => new v2.Product({ images: 'x' as never })).to.throw(ArgumentError);
  });

  it('reaches any depth', async () => {
    await Tree.create({ name: 'Oak' });
    const tree = await Tree.find(1);
    const leaf = await tree.leaves.create({ colour: 'green' });
    await leaf.veins.create({});
    expect(await (await tree.leaves.find(leaf.id)).veins).to.have.length(1);
    expect(sent(context.store).at(-1)).to.equal('GET /v3/trees/1/leaves/1/veins?limit=250');
  });

  it('shows itself without loading', () => {
    expect(inspect(v2.Product.ref(1).options)).to.equal('HasMany<ProductOption> (not loaded)');
    expect(inspect(v2.Product.ref(1).brand)).to.equal('BelongsTo<brand> (not loaded)');
  });
});

describe('a to-one relation', () => {
  const context = useStore({ models: models(Tree, Root) });

  it('loads the record that is referred to, once', async () => {
    const product = await v3.Product.find(1);
    const brand = await product.brand;
    expect(brand).to.be.instanceOf(v3.Brand);
    expect(brand?.id).to.equal(1);
    expect(await product.brand).to.equal(brand);
    expect(sent(context.store)).to.deep.equal(['GET /v3/catalog/products/1', 'GET /v3/catalog/brands/1']);
    product.brand_id = 2;
    expect((await product.brand)?.id).to.equal(2);
  });

  it('is null where the key is empty, without a request, and where the record is gone', async () => {
    for (const key of [0, null, undefined, '', '0']) {
      const lines = await sentBy(context.store, async () => expect(await v3.Product.load({ id: 1, brand_id: key }).brand).to.equal(null));
      expect(lines).to.deep.equal([]);
    }
    expect(await v3.Product.load({ id: 1, brand_id: 999 }).brand).to.equal(null);
    await rejection(() => v3.Product.load({ id: 1, brand_id: 'x/../..' }).brand, ArgumentError);
  });

  it('can be set, which changes the key', async () => {
    const product = await v3.Product.find(1);
    const brand = await v3.Brand.find(3);
    (product as unknown as { brand: unknown }).brand = brand;
    expect(product.brand_id).to.equal(3);
    expect(await product.brand).to.equal(brand);
    expect(product.changes).to.deep.equal({ brand_id: [1, 3] });
    expect(() => Object.assign(product, { brand: new v3.Brand({ name: 'new' }) })).to.throw(ArgumentError, 'save');
    expect(() => Object.assign(product, { brand: { id: 3 } })).to.throw(ArgumentError);
  });

  it('reads the one record below, or null', async () => {
    const tree = await Tree.create({ name: 'Oak' });
    expect(await tree.root).to.equal(null);
    const embedded = Tree.load({ id: 5, root: { depth: 3 } });
    expect((await embedded.root)?.depth).to.equal(3);
    expect(embedded.root.isLoaded).to.equal(true);
    expect(await new Tree({ name: 'x' }).root).to.equal(null);
  });
});
