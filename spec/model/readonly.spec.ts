import { ArgumentError, Attribute, BeforeSave, Model, ReadonlyAttributeError, Resource } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { models, sent, sentBy, useStore } from '../support/store.js';

type Loose = Record<string, unknown>;
const loose = (record: object): Loose => record as unknown as Loose;
const MUG = { name: 'Mug', type: 'physical', weight: 1, price: 4 } as const;

@Resource('/parts', { version: 'v3', key: 'code' })
class Part extends Model {
  @Attribute() code!: string;
  @Attribute({ name: 'full_title', readOnly: true, setBy: 'base_title' }) fullTitle!: string;
  @Attribute({ name: 'base_title' }) title!: string;
  @Attribute({ readOnly: true }) origin!: { country: string };
  @Attribute(() => Date, { readOnly: true }) made_at!: Date | null;
}

@Resource('/stamps', { version: 'v3' })
class Stamp extends Model {
  @Attribute({ readOnly: true }) id: number | null = null;
  @Attribute({ readOnly: true }) serial!: string;
  @Attribute() name!: string;
  static serial: string | undefined;

  @BeforeSave() number(): void {
    if (Stamp.serial !== undefined) this.serial = Stamp.serial;
  }
}

describe('an attribute that only the store sets', () => {
  const context = useStore({ models: models(Part, Stamp) });

  it('is refused before any request, and names the one to set instead', async () => {
    const order = v2.Order.load({ id: 100, status: 'Pending', status_id: 1 });
    Object.assign(order, { status: 'Shipped' });
    const error = await rejection(order.save(), ReadonlyAttributeError);
    expect(error).to.be.instanceOf(ArgumentError);
    expect([error.model, error.attribute, error.use]).to.deep.equal(['Order', 'status', 'status_id']);
    expect(error.message).to.match(/Order\.status is read-only.*Set status_id instead.*Nothing was sent/);
    expect(sent(context.store)).to.deep.equal([]);
  });

  it('is refused whatever way it is set', async () => {
    const product = v3.Product.load({ id: 1, price: 10, calculated_price: 10 });
    const given = { calculated_price: 9 } as never;
    const all = v3.Product.where({ is_visible: true });
    const calls: Record<string, () => unknown> = {
      assign: () => product.clone().assign(given).save(),
      update: () => product.update(given),
      'static update': () => v3.Product.update(1, given),
      updateAll: () => all.updateAll(given),
      'updateAll, iterated': async () => {
        for await (const _ of all.updateAll(given));
      },
      'updateAll, planned': () => all.updateAll(given).dryRun(),
      create: () => v3.Product.create({ ...MUG, calculated_price: 9 } as never),
      'relation create': () => v3.Product.ref(1).images.create({ image_url: 'a.jpg', url_zoom: 'b.jpg' } as never),
      'relation build': () =>
        v3.Product.ref(1)
          .images.build({ image_url: 'a.jpg', url_zoom: 'b.jpg' } as never)
          .save(),
      firstOrCreate: () => v3.Product.firstOrCreate({ sku: 'NONE' }, { ...MUG, calculated_price: 9 } as never),
      'inside a new parent': () => v3.Product.create({ ...MUG, variants: [{ sku: 'A', calculated_price: 1 }] } as never),
      'V2 update': () => v2.Product.update(1, { calculated_price: '9' } as never),
    };
    for (const [how, call] of Object.entries(calls)) {
      const error = await rejection(call, ReadonlyAttributeError).catch((wrong: Error) => wrong);
      expect(error, how).to.be.instanceOf(ReadonlyAttributeError);
    }
    expect(sent(context.store)).to.deep.equal([]);
  });

  it('fails its row of a bulk write, and no other', async () => {
    const rows = [MUG, { ...MUG, name: 'Cup', calculated_price: 1 }, { ...MUG, name: 'Jug' }] as never;
    const created = await v2.Brand.createMany([{ name: 'A' }, { name: 'B', id: 7 }] as never);
    expect([created.succeeded.length, created.failed.length]).to.deep.equal([1, 1]);
    const { succeeded, failed } = await v3.Product.createMany(rows);
    expect(succeeded.map(({ name }) => name)).to.deep.equal(['Mug', 'Jug']);
    expect(failed[0]?.error).to.be.instanceOf(ReadonlyAttributeError);
    const upserted = await v3.Product.upsertMany([
      { id: 1, name: 'One' },
      { id: 2, calculated_price: 5 },
    ] as never);
    expect(upserted.failed.map(({ record, error }) => [record.id, error.name])).to.deep.equal([[2, 'ReadonlyAttributeError']]);
    const saved = await v3.Product.saveMany([Object.assign(v3.Product.ref(3), { calculated_price: 1 })]);
    expect(saved.failed[0]?.error).to.be.instanceOf(ReadonlyAttributeError);
  });

  it('counts as changed only where it differs from what the store sent', async () => {
    const part = Part.load({ code: 'a', full_title: 'Full', base_title: 'T', origin: { country: 'DE' }, made_at: '2024-01-02T03:04:05Z' });
    part.fullTitle = 'Other';
    part.fullTitle = 'Full';
    expect(part.made_at?.getTime()).to.be.a('number');
    expect(part.origin.country).to.equal('DE');
    await part.save();
    part.assign(part.toObject());
    await part.save();
    expect(sent(context.store)).to.deep.equal([]);
    part.origin.country = 'FR';
    expect((await rejection(part.save(), ReadonlyAttributeError)).attribute).to.equal('origin');
    part.restore();
    part.made_at?.setFullYear(2000);
    expect((await rejection(part.save(), ReadonlyAttributeError)).attribute).to.equal('made_at');
    part.restore();
    part.fullTitle = 'Other';
    expect((await rejection(part.save(), ReadonlyAttributeError)).use).to.equal('title');
  });

  it('is refused where a hook sets it', async () => {
    Stamp.serial = 'S1';
    try {
      await rejection(Stamp.create({ name: 'x' }), ReadonlyAttributeError);
    } finally {
      Stamp.serial = undefined;
    }
    expect(sent(context.store)).to.deep.equal([]);
    await Stamp.create({ name: 'x' }); // `null` as a default is no value
    expect(sent(context.store)).to.deep.equal(['POST /v3/stamps {"name":"x"}']);
  });

  it('is left out by toObject({ writable: true }), with the key, so that rows can be created again', async () => {
    const product = await v3.Product.find(1);
    const row = product.toObject({ writable: true });
    expect(row).to.include.keys('name', 'price').and.not.have.any.keys('id', 'calculated_price', 'date_created', 'base_variant_id');
    const { failed } = await v3.Product.createMany([{ ...row, name: 'Copy', sku: 'COPY' }] as never);
    expect(failed).to.deep.equal([]);
    await rejection(new v3.Product(product.toObject() as never).save(), ReadonlyAttributeError);
    const again = v3.Product.load(product.toObject());
    expect(again.isDirty).to.equal(false);
    expect(Part.load({ code: 'a', full_title: 'x', base_title: 'T' }).toObject({ writable: true })).to.deep.equal({
      code: 'a',
      base_title: 'T',
    });
  });

  it('is writable where the descriptions take it', async () => {
    const lines = await sentBy(context.store, async () => {
      await v2.Order.update(100, { is_deleted: true });
      await v3.Product.update(1, { total_sold: 5, reviews_count: 2 });
      await v3.Category.update(1, { views: 3 });
      await v3.Page.update(1, { channel_id: 1 }).catch(() => {});
    });
    expect(lines).to.deep.equal([
      'PUT /v2/orders/100 {"is_deleted":true}',
      'PUT /v3/catalog/products/1 {"reviews_count":2,"total_sold":5}',
      'PUT /v3/catalog/categories/1 {"views":3}',
      'PUT /v3/content/pages/1 {"channel_id":1}',
    ]);
  });

  it('names one that exists and can be written', () => {
    for (const module of [v2, v3])
      for (const [name, exported] of Object.entries(module)) {
        if (typeof exported !== 'function') continue;
        const { attributes } = (exported as typeof v2.Product).resource;
        for (const { setBy, readOnly } of Object.values(attributes)) {
          if (setBy === undefined) continue;
          expect(readOnly, `${name} ${setBy}`).to.equal(true);
          if (!setBy.endsWith('()')) expect(attributes[setBy]?.readOnly, `${name} ${setBy}`).to.equal(false);
          else expect(exported, name).to.have.property(setBy.slice(0, -2));
        }
      }
  });
});

describe('the key of a record', () => {
  const context = useStore({ models: models(Part) });

  it('cannot be changed once it is saved', async () => {
    const product = await v2.Product.find(1);
    loose(product)['id'] = 5;
    product.name = 'Other';
    expect((await rejection(product.save(), ReadonlyAttributeError)).attribute).to.equal('id');
    await rejection(v2.Product.update(1, { id: 2, name: 'x' } as never), ReadonlyAttributeError);
    await rejection(v3.Product.where({ is_visible: true }).updateAll({ id: 2 } as never), ReadonlyAttributeError);
    const part = Part.load({ code: 'a', base_title: 'T' });
    part.code = 'b';
    await rejection(part.save(), ReadonlyAttributeError);
    const price = v3.PriceListRecord.of(1).load({ variant_id: 1, currency: 'usd', price: 1 });
    price.currency = 'eur';
    expect((await rejection(price.save(), ReadonlyAttributeError)).attribute).to.equal('currency');
    const image = await v2.ProductImage.of(1).find(1);
    image.assign({ product_id: 2, description: 'x' } as never);
    await rejection(image.save(), ReadonlyAttributeError);
    const placed = v3.ProductImage.of(1).load({ id: 1 });
    placed.assign({ product_id: 2, description: 'x' } as never);
    await rejection(placed.save(), ReadonlyAttributeError);
    expect(sent(context.store)).to.deep.equal(['GET /v2/products/1', 'GET /v2/products/1/images/1']);
    loose(product)['id'] = '1';
    await product.save();
    expect(sent(context.store).at(-1)).to.equal('PUT /v2/products/1 {"name":"Other"}');
  });

  it('is refused on a new record where the store assigns it', async () => {
    const brand = new v3.Brand({ id: 1, name: 'Second' } as never);
    const error = await rejection(brand.save(), ArgumentError);
    expect(error.message)
      .to.contain('Brand.update(1')
      .and.contain('Brand.ref(1)')
      .and.contain('Brand.upsertMany')
      .and.contain('Nothing was sent');
    await rejection(v2.Brand.create({ id: 1, name: 'Second' } as never), ArgumentError);
    await rejection(v3.Brand.firstOrCreate({ name: 'None' }, { id: 3 } as never), ArgumentError);
    await rejection(v2.ProductImage.of(1).create({ id: 1, image_file: 'a.jpg' } as never), ArgumentError);
    await rejection(v3.Widget.create({ uuid: 'x', name: 'w' } as never), ArgumentError);
    expect((await v3.Brand.createMany([{ id: 1, name: 'Second' }] as never)).failed[0]?.error).to.be.instanceOf(ArgumentError);
    expect((await v3.Brand.saveMany([brand])).failed[0]?.error).to.be.instanceOf(ArgumentError);
    expect(sent(context.store)).to.deep.equal([]);
    expect(new v3.Brand({ id: 1 } as never).isNew).to.equal(true);
  });

  it('may be given where the program chooses it, or where it places a new record', async () => {
    await v3.PriceList.create({ name: 'Staff' });
    const lines = await sentBy(context.store, async () => {
      await Part.create({ code: 'p-1', title: 'T' });
      await new v2.ProductImage({ product_id: 1, image_file: 'a.jpg' } as never).save();
      await v3.PriceListRecord.of(1).createMany([{ variant_id: 1, currency: 'usd', price: 2 }] as never);
      await v3.PriceListRecord.of(1).update(1, { currency: 'usd', price: 3 } as never);
    });
    expect(lines).to.deep.equal([
      'POST /v3/parts {"code":"p-1","base_title":"T"}',
      'POST /v2/products/1/images {"image_file":"a.jpg"}',
      'POST /v3/pricelists/1/records [{"variant_id":1,"currency":"usd","price":2}]',
      'PUT /v3/pricelists/1/records [{"variant_id":1,"currency":"usd","price":3}]',
    ]);
  });

  it('tells upsertMany which record is meant, also of one that is given as a new record', async () => {
    const before = await v3.Brand.count();
    const { failed } = await v3.Brand.upsertMany([new v3.Brand({ id: 1, name: 'Renamed' } as never), { id: 2, name: 'Two' } as never]);
    expect(failed).to.deep.equal([]);
    expect(await v3.Brand.count()).to.equal(before);
    expect((await v3.Brand.find(1)).name).to.equal('Renamed');
    const lines = await sentBy(context.store, () => v3.CategoryTree.upsertMany([{ id: 1, name: 'Main' }] as never));
    expect(lines).to.deep.equal(['PUT /v3/catalog/trees [{"id":1,"name":"Main"}]']);
  });
});
