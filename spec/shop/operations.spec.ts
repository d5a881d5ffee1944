import { Session, UncertainOutcomeError } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Currency, Order, OrderStatus, TaxClass, Product as V2Product } from 'bigrecord/v2';
import {
  Brand,
  CategoryTree,
  Channel,
  Customer,
  CustomerAttribute,
  CustomerAttributeValue,
  InventoryItem,
  Location,
  Product,
  ProductVariant,
} from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { sentBy, useStore } from '../support/store.js';

describe('job: run the shop at night', () => {
  const context = useStore();

  it('prices up by five per cent, with a report of what was not taken', async () => {
    const before = new Map((await Product.all()).map(({ id, price }) => [id, price]));
    expect(before.size).to.equal(60);
    const products = await Product.select('name', 'price').all();
    for (const product of products) product.price = Math.round(product.price * 105) / 100;
    const [first, second] = products;
    if (first === undefined || second === undefined) throw new Error('The demo store has products.');
    first.price = -1;
    const { succeeded, failed, requests } = await Product.saveMany(products);
    expect(succeeded).to.have.length(59);
    expect(failed.map(({ record, error }) => [record.id, 'status' in error && error.status])).to.deep.equal([[first.id, 422]]);
    expect(requests).to.be.at.most(20);
    expect((await Product.find(second.id)).price).to.equal(Math.round((before.get(second.id) ?? 0) * 105) / 100);
    expect((await Product.find(first.id)).price).to.equal(before.get(first.id));
    expect(await sentBy(context.store, () => Product.saveMany(succeeded))).to.deep.equal([]);
  });

  it('a count of the whole stock in one request, and then the prices of some SKUs', async () => {
    const made = await Product.createMany(
      Array.from({ length: 20 }, (_, at) => ({
        name: `Chair ${at}`,
        sku: `C-${at}`,
        type: 'physical' as const,
        weight: 1,
        price: 5,
        inventory_tracking: 'product' as const,
      })),
    );
    expect(made.failed).to.deep.equal([]);
    const items = made.succeeded.map(({ sku }, at) => ({ location_id: 1, sku, quantity: at }));
    expect(await sentBy(context.store, () => InventoryItem.set({ reason: 'nightly count', items }))).to.have.length(1);
    const low = await Product.where({ sku: { in: made.succeeded.map(({ sku }) => sku) }, inventory_level: { max: 4 } }).all();
    expect(low.map(({ sku, inventory_level }) => [sku, inventory_level])).to.have.deep.members([
      ['C-0', 0],
      ['C-1', 1],
      ['C-2', 2],
      ['C-3', 3],
      ['C-4', 4],
    ]);
    const rows = made.succeeded.slice(0, 3).map(({ sku }) => ({ sku, price: 9 }));
    const { succeeded, failed } = await Product.updateMany([...rows, { sku: 'NO-SUCH', price: 9 }], { by: 'sku' });
    expect(succeeded).to.have.length(3);
    expect(failed).to.have.length(1);
    expect(await Product.where({ sku: 'NO-SUCH' }).count()).to.equal(0);
    expect((await ProductVariant.of(made.succeeded[0]?.id ?? 0).first())?.calculated_price).to.equal(9);
  });

  it('all orders with their lines, to a table', async () => {
    const table: string[] = [];
    for await (const order of Order.preload('products').stable()) {
      for (const line of await order.products) table.push(`${order.id};${line.sku};${line.quantity};${line.total_inc_tax}`);
    }
    const orders = await Order.all();
    expect(new Set(table.map((row) => row.split(';')[0])).size).to.equal(orders.length);
    const sold = table.reduce((sum, row) => sum + Number(row.split(';')[3]), 0);
    const expected = orders.reduce((sum, order) => sum + Number(order.subtotal_inc_tax), 0);
    expect(sold).to.be.closeTo(expected, 0.01);
    const counted = await Order.countByStatus();
    expect(counted.count).to.equal(orders.length);
    expect(counted.statuses.reduce((sum, { count }) => sum + count, 0)).to.equal(orders.length);
  });

  it('a response that got lost: no second brand, and the first one found', async () => {
    context.store.fail({ method: 'POST', path: '/v3/catalog/brands', reset: 'after', times: 1 });
    const brand = await Brand.create({ name: 'Common Good' }, { reconcile: true });
    expect(brand.id).to.equal((await Brand.findBy({ name: 'Common Good' }))?.id);
    context.store.fail({ method: 'POST', path: '/v3/catalog/brands', reset: 'after', times: 1 });
    await rejection(Brand.create({ name: 'Acme' }), UncertainOutcomeError);
    expect(await Brand.where({ name: { in: ['Acme', 'Common Good'] } }).count()).to.equal(2);
    const again = await Brand.firstOrCreate({ name: 'Acme' }, { page_title: 'Acme' });
    expect(await Brand.where({ name: 'Acme' }).count()).to.equal(1);
    expect(again.isNew).to.equal(false);
  });

  it('many at once stay within what the store allows at once', async () => {
    const attribute = await CustomerAttribute.create({ name: 'Rank', type: 'string' });
    const customers = await Customer.all();
    const writes = await Promise.all(
      customers.map((customer) =>
        CustomerAttributeValue.upsertMany([{ customer_id: customer.id, attribute_id: attribute.id, value: 'gold' }]),
      ),
    );
    expect(writes.flatMap(({ failed }) => failed)).to.deep.equal([]);
    expect(await CustomerAttributeValue.where({ attribute_id: { in: [attribute.id] } }).count()).to.equal(customers.length);
    expect(context.store.requests.filter(({ status }) => status === 429)).to.deep.equal([]);
    const names = await Promise.all(customers.map(async ({ id }) => (await Customer.find(id)).email));
    expect(new Set(names).size).to.equal(customers.length);
  });

  it('two clerks at one product: the second is told what changed', async () => {
    const [mine, theirs] = [await Product.find(1), await Product.find(1)];
    await theirs.update({ price: 77 });
    mine.price = 66;
    const error = await rejection(mine.save({ ifUnchanged: true }));
    expect(error.name).to.equal('StaleRecordError');
    expect((await Product.find(1)).price).to.equal(77);
    await mine.reload();
    await mine.update({ price: 66 });
    expect(await V2Product.find(1)).to.include({ price: '66.0000' });
  });

  it('a catalog copied to a second store', async () => {
    const second = await Sandbox.start({ seed: false });
    const session = new Session(second.credentials);
    try {
      const source = await Product.where({ id: { max: 12 } })
        .include('variants', 'custom_fields')
        .preload('brand')
        .all();
      const there = Product.using(session);
      for (const product of source) {
        const copy = product.clone();
        const brand_name = (await product.brand)?.name;
        await there.create({ name: copy.name, type: copy.type, weight: copy.weight, price: copy.price, sku: copy.sku, brand_name });
      }
      const copies = await there.all();
      expect(copies.map(({ name, price }) => [name, price])).to.deep.equal(source.map(({ name, price }) => [name, price]));
      const brands = new Set(
        (await Promise.all(source.map(async ({ brand }) => (await brand)?.name))).filter((name) => name !== undefined),
      );
      expect((await Brand.using(session).all()).map(({ name }) => name)).to.have.members([...brands]);
      expect(await Product.count()).to.equal(60);
    } finally {
      await session.close();
      await second.stop();
    }
  });
});

describe('job: open a new store', () => {
  useStore({ seed: false });

  it('a new store has a storefront, a location, a currency, its statuses and its category tree, and nothing to sell', async () => {
    expect((await Channel.all()).map(({ id, type, platform, status }) => ({ id, type, platform, status }))).to.deep.equal([
      { id: 1, type: 'storefront', platform: 'bigcommerce', status: 'active' },
    ]);
    expect((await Location.all()).map(({ id, enabled }) => ({ id, enabled }))).to.deep.equal([{ id: 1, enabled: true }]);
    expect((await Currency.all()).map(({ is_default, is_transactional }) => ({ is_default, is_transactional }))).to.deep.equal([
      { is_default: true, is_transactional: true },
    ]);
    expect(await OrderStatus.all()).to.have.length(15);
    expect((await TaxClass.all()).length).to.be.at.least(1);
    expect((await CategoryTree.all()).map(({ channels }) => channels)).to.deep.equal([[1]]);
    expect([await Product.count(), await Customer.count(), await Order.count()]).to.deep.equal([0, 0, 0]);
    const order = await Order.create({
      billing_address: { first_name: 'J', last_name: 'D' },
      products: [{ name: 'Chair', quantity: 1, price_ex_tax: 1, price_inc_tax: 1 }],
    });
    expect((await Order.find(order.id)).status).to.equal('Pending');
  });
});
