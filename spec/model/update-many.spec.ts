import { ArgumentError, Attribute, Model, ReadonlyAttributeError, RecordNotFoundError, Resource, StaleRecordError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { fillProducts } from '../support/big-store.js';
import { rejection } from '../support/rejection.js';
import { models, sent, sentBy, useStore } from '../support/store.js';

@Resource('/crates', { version: 'v3', batch: { update: 10 }, filters: { 'id:in': Number, 'tag:in': String } })
class Crate extends Model<Crate> {
  @Attribute({ readOnly: true }) declare id: number;
  @Attribute({ name: 'tag', unique: true }) declare label: string;
  @Attribute() declare size: number;
}

describe('updateMany', () => {
  const context = useStore({ seed: false, models: models(Crate) });
  beforeEach(() => {
    fillProducts(context.store, 40, true);
  });

  it('by an attribute: found by a list, changed by lists, never created', async () => {
    const before = await v3.Product.count();
    context.store.requests.length = 0;
    const rows = Array.from({ length: 25 }, (_, at) => ({ sku: at === 7 ? 'UNKNOWN' : `p-${at + 1}`, price: 100 + at }));
    const { succeeded, failed, requests } = await v3.Product.updateMany(rows, { by: 'sku' });
    expect(succeeded.map(({ id, price }) => [id, price])).to.deep.equal(
      rows.flatMap(({ sku, price }, at) => (sku === 'UNKNOWN' ? [] : [[at + 1, price]])),
    );
    expect(failed.map(({ record }) => [record.sku, record.isNew])).to.deep.equal([['UNKNOWN', true]]);
    expect(failed[0]?.error).to.be.instanceOf(RecordNotFoundError);
    expect(failed[0]?.error.message).to.contain('sku "UNKNOWN"').and.to.contain('never creates');
    expect(sent(context.store).map((line) => line.slice(0, 30))).to.deep.equal([
      'GET /v3/catalog/products?sku:i',
      'PUT /v3/catalog/products [{"id',
      'PUT /v3/catalog/products [{"id',
      'PUT /v3/catalog/products [{"id',
    ]);
    expect(requests).to.equal(4);
    expect(sent(context.store)[1]).to.contain('[{"id":1,"price":100},{"id":2,"price":101}');
    expect(await v3.Product.count()).to.equal(before);
  });

  it('by an attribute of records below any parent: an unknown value is a failure of its row', async () => {
    const variants = await v3.ProductVariant.where({ product_id: 1 }).all();
    const [variant] = variants;
    const { succeeded, failed } = await v3.ProductVariant.updateMany(
      [
        { sku: 'UNKNOWN', price: 1 },
        { sku: variant?.sku ?? '', price: 2 },
      ],
      { by: 'sku' },
    );
    expect(succeeded.map(({ id, price }) => [id, price])).to.deep.equal([[variant?.id, 2]]);
    expect(failed.map(({ record, error }) => [record.sku, error.name])).to.deep.equal([['UNKNOWN', 'RecordNotFoundError']]);
  });

  it('by key: nothing is read; an unknown key is a failure of its row', async () => {
    const lines = await sentBy(context.store, async () => {
      const { succeeded, failed } = await v3.Product.updateMany([
        { id: 3, price: 9 },
        { id: 9999, price: 9 },
        { id: 4, price: 9 },
      ]);
      expect(succeeded.map(({ id }) => id)).to.deep.equal([3, 4]);
      expect(failed.map(({ record, error }) => [record.id, error.name])).to.deep.equal([[9999, 'RecordNotFoundError']]);
    });
    expect(lines.every((line) => line.startsWith('PUT'))).to.equal(true);
  });

  it('by key, where the list of the API would create what it does not know: that is looked up first', async () => {
    const list = await v3.PriceList.create({ name: 'L' });
    await list.records.upsertMany([{ variant_id: 1, currency: 'usd', price: 1 }]);
    const { succeeded, failed } = await v3.PriceListRecord.of(list).updateMany([
      { variant_id: 1, currency: 'usd', price: 5 },
      { variant_id: 2, currency: 'usd', price: 5 },
    ]);
    expect([succeeded.length, failed.length]).to.deep.equal([1, 1]);
    expect(failed[0]?.error).to.be.instanceOf(RecordNotFoundError);
    expect((await list.records.reload()).map(({ variant_id, price }) => [variant_id, price])).to.deep.equal([[1, 5]]);
  });

  it('where the API has no such list, by single look-ups (V2)', async () => {
    const { succeeded, failed } = await v2.Product.updateMany(
      [
        { sku: 'p-2', price: '5.0000' },
        { sku: 'NONE', price: '5.0000' },
      ],
      { by: 'sku' },
    );
    expect(succeeded.map(({ id, price }) => [id, price])).to.deep.equal([[2, '5.0000']]);
    expect(failed[0]?.error).to.be.instanceOf(RecordNotFoundError);
  });

  it('takes property and API names, for `by` and in rows, and records', async () => {
    await Crate.create({ label: 'a', size: 1 });
    await Crate.create({ label: 'b', size: 1 });
    for (const by of ['label', 'tag'])
      expect((await Crate.updateMany([{ label: 'a', size: by.length }], { by })).succeeded.map(({ size }) => size)).to.deep.equal([
        by.length,
      ]);
    expect((await Crate.updateMany([{ tag: 'b', size: 8 } as never], { by: 'label' })).succeeded).to.have.length(1);
    const crate = await Crate.find(1);
    crate.size = 30;
    const fresh = new Crate({ label: 'b', size: 31 });
    const { succeeded } = await Crate.updateMany([crate, fresh], { by: 'label' });
    expect(succeeded.map(({ id, size }) => [id, size])).to.deep.equal([
      [1, 30],
      [2, 31],
    ]);
    expect(fresh.isNew).to.equal(true);
  });

  it('fails the second of two rows that name the same record, and rows that name none', async () => {
    const { succeeded, failed } = await v3.Product.updateMany(
      [{ sku: 'p-1', price: 1 }, { sku: 'P-1', price: 2 }, { price: 3 }, { sku: 'p-2', price: 4 }],
      { by: 'sku' },
    );
    expect(succeeded.map(({ id, price }) => [id, price])).to.deep.equal([
      [1, 1],
      [2, 4],
    ]);
    expect(failed.map(({ error }) => error.name)).to.deep.equal(['ArgumentError', 'ArgumentError']);
    expect(failed[0]?.error.message).to.contain('Rows 1 and 2 are for the same Product');
    expect(failed[1]?.error.message).to.contain('Each row needs the `sku` of its Product, got undefined');
    const keys = await v3.Product.updateMany([{ id: 5, price: 1 }, { id: 5, price: 2 }, { price: 3 }]);
    expect([keys.succeeded.length, keys.failed.length]).to.deep.equal([1, 2]);
  });

  it('fails rows whose attribute several records have', async () => {
    const { failed } = await v3.Product.updateMany([{ brand_id: 3, price: 1 }], { by: 'brand_id' });
    expect(failed[0]?.error.message).to.contain('Several Product records have brand_id');
  });

  it('finds a value with a comma', async () => {
    await v3.Product.update(7, { sku: 'one,two' });
    const { succeeded } = await v3.Product.updateMany([{ sku: 'one,two', price: 3 }], { by: 'sku' });
    expect(succeeded.map(({ id }) => id)).to.deep.equal([7]);
  });

  it('refuses a `by` that nothing can be found by, before any request', async () => {
    const lines = await sentBy(context.store, async () => {
      await rejection(() => v3.Product.updateMany([{ id: 1 }], { by: 'nonsense' }), ArgumentError);
      await rejection(() => v3.Product.updateMany([{ id: 1 }], { by: 'description' }), ArgumentError);
      await rejection(() => v3.Product.updateMany({} as never), ArgumentError);
      await rejection(() => v3.Product.updateMany([7 as never]), ArgumentError);
    });
    expect(lines).to.deep.equal([]);
  });

  it('refuses a row that sets what only the store sets: a list before any request, another source at that row', async () => {
    const rows = [
      { id: 1, price: 3 },
      { id: 2, calculated_price: 3 },
    ] as never[];
    const lines = await sentBy(context.store, () => rejection(() => v3.Product.updateMany(rows), ReadonlyAttributeError));
    expect(lines).to.deep.equal([]);
    const { succeeded, failed } = await v3.Product.updateMany(rows.values());
    expect([succeeded.length, failed[0]?.error.name]).to.deep.equal([1, 'ReadonlyAttributeError']);
  });

  it('fails the second of two objects that stand for one record', async () => {
    const [one, two] = [await v3.Product.find(1), v3.Product.load({ id: 1, price: 0 })];
    one.price = 5;
    two.price = 6;
    const { succeeded, failed } = await v3.Product.updateMany([one, two]);
    expect([succeeded, failed.map(({ error }) => error.name)]).to.deep.equal([[one], ['ArgumentError']]);
  });

  it('reads looked-up rows in few requests, whatever their number', async () => {
    fillProducts(context.store, 600);
    context.store.requests.length = 0;
    const rows = Array.from({ length: 600 }, (_, at) => ({ sku: `p-${at + 1}`, price: 2000 + at }));
    const { succeeded, requests } = await v3.Product.updateMany(rows, { by: 'sku' });
    expect([succeeded.length, requests]).to.deep.equal([600, 3 + 60]);
    expect(context.store.requests).to.have.length(63);
  });
});

describe('ifUnchanged in bulk', () => {
  const context = useStore({ seed: false });

  it('reads the records again in one request, fails those that somebody else has changed, and saves the others', async () => {
    fillProducts(context.store, 30);
    const products = await v3.Product.all();
    await v3.Product.update(5, { price: 777 });
    await v3.Product.update(6, { description: 'another field' });
    await v3.Product.destroy(8);
    for (const product of products) product.price = 10;
    context.store.requests.length = 0;
    const { succeeded, failed, requests } = await v3.Product.saveMany(products, { ifUnchanged: true });
    expect(succeeded).to.have.length(28);
    expect(failed.map(({ record, error }) => [record.id, error.name])).to.deep.equal([
      [5, 'StaleRecordError'],
      [8, 'RecordNotFoundError'],
    ]);
    expect((failed[0]?.error as StaleRecordError | undefined)?.conflicts).to.deep.equal({
      price: [products[4]?.changes['price']?.[0], 777],
    });
    expect(sent(context.store).filter((line) => line.startsWith('GET'))).to.have.length(1);
    expect(requests).to.equal(context.store.requests.length);
    expect((await v3.Product.find(5)).price).to.equal(777);
  });

  it('in updateMany, upsertMany, and where records have no list (V2)', async () => {
    fillProducts(context.store, 3);
    const product = await v3.Product.find(1);
    await v3.Product.update(1, { name: 'Theirs' });
    product.name = 'Mine';
    for (const run of [v3.Product.updateMany([product], { ifUnchanged: true }), v3.Product.upsertMany([product], { ifUnchanged: true })]) {
      const { failed } = await run;
      expect(failed[0]?.error).to.be.instanceOf(StaleRecordError);
    }
    const brands = await v2.Brand.all();
    await v2.Brand.update(1, { name: 'Theirs' });
    for (const brand of brands) brand.name = `Mine ${brand.id}`;
    const { succeeded, failed } = await v2.Brand.saveMany(brands, { ifUnchanged: true });
    expect([succeeded.length, failed.map(({ record }) => record.id)]).to.deep.equal([brands.length - 1, [1]]);
    expect((await v3.Product.updateMany([{ sku: 'p-2', price: 3 }], { by: 'sku', ifUnchanged: true })).succeeded).to.have.length(1);
  });

  it('tells records in several currencies apart', async () => {
    const list = await v3.PriceList.create({ name: 'Two' });
    await list.records.upsertMany([
      { variant_id: 1, currency: 'usd', price: 1 },
      { variant_id: 1, currency: 'eur', price: 2 },
    ]);
    const records = await list.records;
    await v3.PriceListRecord.of(list).upsertMany([{ variant_id: 1, currency: 'eur', price: 9 }]);
    for (const record of records) record.price = 5;
    const { succeeded, failed } = await v3.PriceListRecord.saveMany(records, { ifUnchanged: true });
    expect(succeeded.map(({ currency }) => currency)).to.deep.equal(['usd']);
    expect(failed.map(({ record, error }) => [record.currency, error.name])).to.deep.equal([['eur', 'StaleRecordError']]);
  });
});
