import { CustomerGroup } from 'bigrecord/v2';
import { Customer, PriceList, PriceListAssignment, PriceListRecord, Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { useStore } from '../support/store.js';
import { refusal } from './refusal.js';

const mug = { name: 'Coffee Mug', sku: 'MUG', type: 'physical', weight: 4, price: 10 } as const;

/** What one shopper pays, before tax. */
async function priceOf(
  product_id: number,
  shopper: { customer_id?: number; customer_group_id?: number } = {},
): Promise<number | undefined> {
  const [price] = await Product.prices({ channel_id: 1, currency_code: 'USD', ...shopper, items: [{ product_id }] });
  return price?.calculated_price?.tax_exclusive;
}

describe('job: make prices', () => {
  useStore();

  it('a price list for one group: its price there, the catalog price elsewhere', async () => {
    const product = await Product.create(mug);
    const variant_id = product.base_variant_id ?? 0;
    const list = await PriceList.create({ name: 'Wholesale', active: true });
    expect(await refusal(PriceList.create({ name: 'Wholesale' }))).to.equal(409);
    await PriceListRecord.of(list).upsertMany([{ variant_id, currency: 'USD', price: 8, sale_price: 7 }]);
    const [record] = await PriceListRecord.of(list)
      .where({ variant_id: { in: [variant_id] } })
      .all();
    expect(record).to.include({
      variant_id,
      product_id: product.id,
      price: 8,
      sale_price: 7,
      calculated_price: 7,
      currency: 'usd',
      price_list_id: list.id,
    });
    const group = await CustomerGroup.create({ name: 'Wholesale' });
    await PriceListAssignment.createMany([{ price_list_id: list.id, customer_group_id: group.id, channel_id: 1 }]);
    expect(await priceOf(product.id, { customer_group_id: group.id })).to.equal(7);
    expect(await priceOf(product.id)).to.equal(10);
    await list.update({ active: false });
    expect(await priceOf(product.id, { customer_group_id: group.id })).to.equal(10);
    expect((await product.reload()).calculated_price).to.equal(10);
  });

  it('records of a list: created once, updated in bulk, deleted; the list takes them along', async () => {
    const product = await Product.create(mug);
    const variant_id = product.base_variant_id ?? 0;
    const list = await PriceList.create({ name: 'Outlet', active: true });
    await PriceListRecord.of(list).createMany([{ variant_id, currency: 'USD', price: 8 }]);
    const again = await PriceListRecord.of(list).createMany([{ variant_id, currency: 'USD', price: 9 }]);
    expect(again.failed.map(({ error }) => 'status' in error && error.status)).to.deep.equal([422]);
    await PriceListRecord.of(list).upsertMany([
      { sku: 'MUG', currency: 'USD', price: 6, bulk_pricing_tiers: [{ quantity_min: 10, quantity_max: 19, type: 'fixed', amount: 5 }] },
      { sku: 'MUG', currency: 'EUR', price: 5 },
    ]);
    const records = await PriceListRecord.of(list)
      .where({ currency: { in: ['usd'] } })
      .include('bulk_pricing_tiers', 'sku')
      .all();
    expect(records.map(({ price, sku }) => [price, sku])).to.deep.equal([[6, 'MUG']]);
    expect(records[0]?.bulk_pricing_tiers[0]).to.include({ quantity_min: 10, quantity_max: 19, type: 'fixed', amount: 5 });
    expect(await PriceListRecord.of(list).count()).to.equal(2);
    await PriceListRecord.of(list)
      .where({ variant_id: { in: [variant_id] } })
      .deleteAll();
    expect(await PriceListRecord.of(list).count()).to.equal(0);
    expect(await PriceList.exists(list.id)).to.equal(true);
    // A record has a variant_id or a sku (price_lists.v3.yml, Create Price List Records): a SKU that no variant has names neither.
    const missing = await PriceListRecord.of(list).upsertMany([{ sku: 'NONE', currency: 'USD', price: 1 }]);
    expect(missing.failed.map(({ error }) => 'status' in error && error.status)).to.deep.equal([422]);
    await PriceListAssignment.createMany([{ price_list_id: list.id, channel_id: 1 }]);
    await list.destroy();
    expect(await PriceListAssignment.where({ price_list_id: list.id }).all()).to.deep.equal([]);
  });

  it('a discount of a group, which new customers join by default, and its members', async () => {
    const product = await Product.create({ ...mug, price: 20 });
    const group = await CustomerGroup.create({
      name: 'Members',
      is_default: true,
      category_access: { type: 'all' },
      discount_rules: [{ type: 'all', method: 'percent', amount: '10.0000' }],
    });
    expect((await CustomerGroup.find(group.id)).discount_rules).to.deep.equal([{ type: 'all', method: 'percent', amount: '10.0000' }]);
    const customer = await Customer.create({ email: 'ann@example.com', first_name: 'Ann', last_name: 'Bo' });
    expect(customer.customer_group_id).to.equal(group.id);
    expect(await priceOf(product.id, { customer_id: customer.id })).to.equal(18);
    await group.update({ discount_rules: [{ type: 'product', product_id: product.id, method: 'fixed', amount: '15.0000' }] });
    expect((await CustomerGroup.find(group.id)).discount_rules).to.have.length(1);
    expect(await priceOf(product.id, { customer_id: customer.id })).to.equal(15);
    await group.destroy();
    expect((await customer.reload()).customer_group_id).to.equal(0);
    expect(await priceOf(product.id, { customer_id: customer.id })).to.equal(20);
  });

  it('prices are kept to four places', async () => {
    const product = await Product.create({ ...mug, price: 10.99999 });
    expect((await product.reload()).price).to.equal(11);
    await product.update({ price: 10.99994 });
    expect((await product.reload()).price).to.equal(10.9999);
    expect(await refusal(product.update({ price: -1 }))).to.equal(422);
    await product.reload();
    expect(product).to.include({ price: 10.9999, calculated_price: 10.9999, cost_price: 0, retail_price: 0, sale_price: 0, map_price: 0 });
    await product.bulk_pricing_rules.create({ quantity_min: 10, quantity_max: 0, type: 'percent', amount: 10 });
    const [price] = await Product.prices({ channel_id: 1, currency_code: 'USD', items: [{ product_id: product.id }] });
    expect(price?.bulk_pricing?.[0]).to.include({ minimum: 10, discount_type: 'percent', discount_amount: 10 });
  });
});
