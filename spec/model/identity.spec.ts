import { ArgumentError, Session } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { sent, sentBy, useStore } from '../support/store.js';

describe('records that are the same', () => {
  const context = useStore();

  it('are so however they were come by', async () => {
    const found = await v3.Product.find(1);
    const same = [v3.Product.ref(1), v3.Product.ref('1'), v3.Product.load({ id: 1 }), v3.Product.using(context.session).ref(1)];
    const elsewhere = new Session({ ...context.store.credentials });
    same.push(v3.Product.using(elsewhere).ref(1), await elsewhere.run(() => v3.Product.find(1)));
    for (const one of same) for (const other of [...same, found]) expect(one.isSame(other)).to.equal(true);
    found.name = 'Changed';
    (found as { id: number }).id = 2; // not saved: it is still the first
    expect([found.isSame(v3.Product.ref(1)), found.isSame(v3.Product.ref(2))]).to.deep.equal([true, false]);
    elsewhere.close();
  });

  it('are told apart by store, parent, and whatever else names them', async () => {
    const other = new Session({ ...context.store.credentials, storeHash: 'other' });
    const copy = new Session({ ...context.store.credentials, baseUrl: 'http://127.0.0.1:9' });
    for (const session of [other, copy]) expect(v3.Product.ref(1).isSame(v3.Product.using(session).ref(1))).to.equal(false);
    const image = await v2.ProductImage.of(1).find(1);
    expect(image.isSame(v2.ProductImage.of('1').load({ id: '1' }))).to.equal(true);
    expect(image.isSame(v2.ProductImage.of(2).load({ id: 1 }))).to.equal(false);
    const price = (currency: string) => v3.PriceListRecord.of(1).load({ variant_id: 1, currency });
    expect(price('usd').isSame(price('usd'))).to.equal(true);
    expect(price('usd').isSame(price('eur'))).to.equal(false);
    expect(v3.Product.ref(1).isSame(v3.Brand.ref(1))).to.equal(false);
    expect((await v2.Store.get()).isSame(await v2.Store.get())).to.equal(true);
    for (const session of [other, copy]) session.close();
  });
});

describe('records that come twice in one bulk write', () => {
  const context = useStore();

  it('are sent once, and succeed in both places', async () => {
    const product = await v3.Product.find(1);
    product.name = 'Once';
    const brand = new v2.Brand({ name: 'New' });
    const lines = await sentBy(context.store, async () => {
      const { succeeded } = await v3.Product.saveMany([product, product]);
      expect(succeeded).to.deep.equal([product, product]);
      // Brands go one by one: the first request is under way or over when the second place comes.
      const saved = await v2.Brand.saveMany([brand, brand, brand]);
      expect([saved.succeeded.length, saved.failed.length]).to.deep.equal([3, 0]);
    });
    expect(lines).to.deep.equal(['PUT /v3/catalog/products [{"id":1,"name":"Once"}]', 'POST /v2/brands {"name":"New"}']);
  });

  it('are not sent again where the first attempt failed', async () => {
    const brand = new v2.Brand({ name: 'Refused' });
    context.store.fail({ status: 422, method: 'POST', path: '/v2/brands' });
    const { failed } = await v2.Brand.saveMany([brand, brand]);
    expect(failed.map(({ record }) => record)).to.deep.equal([brand, brand]);
    expect(sent(context.store)).to.have.length(1);
    const gone = await v2.Brand.create({ name: 'Gone' });
    expect((await v2.Brand.destroyMany([gone, gone])).failed).to.deep.equal([]);
    const { id } = await v2.Brand.create({ name: 'Gone too' });
    const lines = await sentBy(context.store, async () => {
      const { succeeded, failed: none } = await v2.Brand.destroyMany([id, id]);
      expect([succeeded.length, none.length]).to.deep.equal([2, 0]);
    });
    expect(lines).to.deep.equal([`DELETE /v2/brands/${id}`]);
  });

  it('are refused as two objects with one key, before any request where the list is at hand', async () => {
    const [a, b] = [await v3.Product.find(1), v3.Product.ref(1)];
    a.name = 'A';
    b.name = 'B';
    const lines = await sentBy(context.store, async () => {
      expect((await rejection(v3.Product.saveMany([a, b]), ArgumentError)).message).to.contain('Product with id 1');
      await rejection(context.session.saveAll([a, b]), ArgumentError);
    });
    expect(lines).to.deep.equal([]);
    async function* both() {
      yield a;
      yield b;
    }
    const { succeeded, failed } = await v3.Product.saveMany(both());
    expect([succeeded, failed.map(({ record }) => record)]).to.deep.equal([[a], [b]]);
    expect((await v3.Product.find(1)).name).to.equal('A');
    const upserted = await v3.Product.upsertMany([
      { id: 2, name: 'C' },
      { id: 2, price: 1 },
    ] as never);
    expect([upserted.succeeded.length, upserted.failed.length]).to.deep.equal([1, 1]);
    await v3.PriceList.create({ name: 'Staff' });
    const prices = ['usd', 'eur'].map((currency) => v3.PriceListRecord.of(1).build({ variant_id: 1, currency, price: 1 }));
    await v3.PriceListRecord.of(1).createMany(prices);
    for (const price of prices) price.price = 2;
    expect((await v3.PriceListRecord.saveMany(prices)).failed).to.deep.equal([]);
  });
});
