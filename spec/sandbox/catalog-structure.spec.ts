import type { ClientError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { useStore } from '../support/store.js';

/** The status of a refusal. */
const statusOf = async (work: PromiseLike<unknown>): Promise<number> => ((await rejection(work, Error)) as ClientError).status;

describe('categories, channels and price lists of the sandbox', () => {
  const context = useStore();

  it('categories have a place, which is theirs alone', async () => {
    const garden = await v3.Category.create({ name: 'Terrace', parent_id: 1 });
    expect(garden.custom_url).to.deep.equal({ url: '/shop-all/terrace/', is_customized: false });
    expect(garden).to.include({
      is_visible: true,
      sort_order: 0,
      default_product_sort: 'use_store_settings',
      layout_file: 'category.html',
    });
    expect(await statusOf(v3.Category.create({ name: 'terrace', parent_id: 1 }))).to.equal(409);
    expect(await statusOf(v3.Category.create({ name: 'Terrace', parent_id: 999 }))).to.equal(422);
    expect(await statusOf(v3.Category.create({ name: 'x'.repeat(51), parent_id: 0 }))).to.equal(422);
    const inner = await v3.Category.create({ name: 'Pots', parent_id: garden.id });
    expect(await statusOf(garden.update({ parent_id: inner.id }))).to.equal(422);
    expect(await v2.Category.find(inner.id)).to.deep.include({
      parent_category_list: [1, garden.id, inner.id],
      url: '/shop-all/terrace/pots/',
    });
    let deepest = inner.id;
    for (let level = 4; level <= 8; level++) deepest = (await v3.Category.create({ name: `Level ${level}`, parent_id: deepest })).id;
    expect(await statusOf(v3.Category.create({ name: 'Level 9', parent_id: deepest }))).to.equal(422);
    expect(await statusOf(v2.Category.create({ name: 'Level 9', parent_id: deepest }))).to.equal(403);
  });

  it('categories are the same in the catalogue, in trees and in V2', async () => {
    const [created] = (await v3.TreeCategory.createMany([{ name: 'Attic', tree_id: 1 }])).succeeded;
    expect(created).to.deep.include({ parent_id: 0, tree_id: 1, url: { path: '/attic/', is_customized: false } });
    const category = await v3.Category.find(created?.category_id ?? 0);
    expect(category.name).to.equal('Attic');
    await category.update({ name: 'Loft' });
    expect((await v2.Category.find(category.id)).name).to.equal('Loft');
    expect((await v3.TreeCategory.where({ category_uuid: { in: [created?.category_uuid ?? ''] } }).all())[0]?.name).to.equal('Loft');
    const below = await v3.TreeCategory.createMany([{ name: 'Boxes', parent_id: category.id }]);
    const nodes = await v3.CategoryNode.of(1).all();
    const node = nodes.find(({ id }) => id === category.id);
    expect(node).to.deep.include({ depth: 0, path: [category.id], url: '/attic/' });
    expect(node?.children.map(({ id, parent_id, depth }) => [id, parent_id, depth])).to.deep.equal([
      [below.succeeded[0]?.category_id, category.id, 1],
    ]);
    const flat = await v3.CategoryNode.of(1).where({ depth: 0 }).all();
    expect(flat.map(({ name, children }) => [name, children.length])).to.deep.equal([
      ['Shop all', 0],
      ['Loft', 0],
      ['Sale', 0],
    ]);
    expect(await statusOf(v3.TreeCategory.create({ name: 'Loft', tree_id: 1 }))).to.equal(422);
    expect(await statusOf(v3.TreeCategory.create({ name: 'x', tree_id: 99 }))).to.equal(422);
  });

  it('categories take what is below them along, and stay with products if a filter deletes them', async () => {
    const top = await v3.Category.create({ name: 'Top', parent_id: 0 });
    const inner = await v3.Category.create({ name: 'Inner', parent_id: top.id });
    const product = await v3.Product.create({ name: 'Jar', type: 'physical', weight: 1, price: 1, categories: [inner.id, 2] });
    expect(await statusOf(v3.Category.where({ name: 'Inner' }).deleteAll())).to.equal(422);
    await top.destroy();
    expect(await v3.Category.exists(inner.id)).to.equal(false);
    expect((await product.reload()).categories).to.deep.equal([2]);
  });

  it('products are in the categories and channels that they are assigned to', async () => {
    context.store.insert(v3.Channel, [{ id: 7, name: 'Seven', type: 'storefront', platform: 'bigcommerce' }]);
    const product = await v3.Product.create({ name: 'Jar', type: 'physical', weight: 1, price: 1 });
    const { id: product_id } = product;
    await v3.CategoryAssignment.upsertMany([{ product_id, category_id: 3 }]);
    await v3.ChannelAssignment.upsertMany([{ product_id, channel_id: 7 }]);
    expect((await product.reload()).categories).to.deep.equal([3]);
    expect((await v3.Product.where({ channel_id: { in: [7] } }).all()).map(({ id }) => id)).to.deep.equal([product_id]);
    expect(
      (await v3.ChannelAssignment.where({ product_id: { in: [product_id] } }).all()).map(({ channel_id }) => channel_id),
    ).to.deep.equal([1, 7]);
    await product.update({ categories: [4, 5] });
    expect(
      (await v3.CategoryAssignment.where({ product_id: { in: [product_id] } }).all()).map(({ category_id }) => category_id),
    ).to.deep.equal([4, 5]);
    await v3.CategoryAssignment.where({ product_id: { in: [product_id] }, category_id: { in: [4] } }).deleteAll();
    expect((await product.reload()).categories).to.deep.equal([5]);
    const unknown = await v3.ChannelAssignment.upsertMany([{ product_id, channel_id: 99 }]);
    expect(unknown.failed).to.have.length(1);
    await v3.CategoryProductOrder.of(5).upsertMany([{ product_id, sort_order: 1 }]);
    expect((await v3.CategoryProductOrder.of(5).all())[0]).to.include({ product_id, sort_order: 1 });
    const stranger = await v3.CategoryProductOrder.of(5).upsertMany([{ product_id: 1, sort_order: 2 }]);
    expect(stranger.failed).to.have.length(1);
  });

  it('listings of a channel keep the variants that an update leaves out', async () => {
    const listing = (await v3.ChannelListing.of(1).find(1)) as v3.ChannelListing;
    await listing.update({ state: 'disabled', variants: [{ product_id: 1, variant_id: 2, state: 'disabled' }] });
    const { state, variants } = await v3.ChannelListing.of(1).find(1);
    expect([state, ...variants.map((each) => each.state)]).to.deep.equal(['disabled', 'active', 'disabled', 'active']);
    const other = { product_id: 3, state: 'active', variants: [{ product_id: 3, variant_id: 1, state: 'active' }] };
    expect(await statusOf(v3.ChannelListing.of(1).create(other as never))).to.equal(422);
  });

  it('records of a price list are those of variants in a currency', async () => {
    const list = await v3.PriceList.create({ name: 'Club' });
    expect(list.active).to.equal(true);
    const records = v3.PriceListRecord.of(list);
    await records.createMany([{ sku: 'OAK-BOWL-SAND', currency: 'USD', price: 9, sale_price: 8 }] as never);
    await records.upsertMany([{ variant_id: 1, currency: 'usd', price: 7, sale_price: null }] as never);
    const [record, ...others] = await records.where({ 'variant_id:in': 1 } as never).include('sku');
    expect(others).to.deep.equal([]);
    expect(record).to.include({ product_id: 1, sku: 'OAK-BOWL-SAND', currency: 'usd', price: 7, calculated_price: 7 });
    const again = await records.createMany([{ variant_id: 1, currency: 'usd', price: 6 }]);
    expect(again.failed).to.have.length(1);
    const { session } = context;
    const at = `/pricelists/${list.id}/records/1`;
    expect((await session.put(`${at}/eur`, { body: { price: 5 } })).body).to.have.nested.property('data.calculated_price', 5);
    expect((await session.get(at)).body).to.have.nested.property('data.length', 2);
    await session.delete(`${at}/eur`);
    expect(await statusOf(session.get(`${at}/eur`))).to.equal(404);
    await list.assignTo({ customer_group_id: 1, channel_id: 1 });
    await list.destroy();
    expect(await v3.PriceListAssignment.where({ price_list_id: list.id })).to.deep.equal([]);
  });

  it('prices for a shopper follow lists, groups and modifiers', async () => {
    context.store.insert(v2.CustomerGroup, [
      { id: 8, name: 'Club', discount_rules: [{ type: 'all', method: 'percent', amount: '10.0000' }] },
    ]);
    const price = async (item: object, shopper: object = {}): Promise<number | undefined> => {
      const [row] = await v3.Product.prices({ channel_id: 1, currency_code: 'USD', ...shopper, items: [item as never] });
      return row?.calculated_price?.tax_exclusive;
    };
    const product = await v3.Product.create({ name: 'Jar', type: 'physical', weight: 1, price: 20, sale_price: 18 });
    const item = { product_id: product.id };
    expect(await price(item)).to.equal(18);
    expect(await price(item, { customer_group_id: 8 })).to.equal(16.2);
    expect(await price({ product_id: 2, options: [{ option_id: 4, value_id: 40 }] })).to.equal(20.95);
    const list = await v3.PriceList.create({ name: 'Members' });
    await list.records.create({ variant_id: product.base_variant_id ?? 0, currency: 'usd', price: 15 });
    await list.assignTo({ customer_group_id: 8, channel_id: 1 });
    expect(await price(item, { customer_group_id: 8 })).to.equal(15);
    await list.update({ active: false });
    expect(await price(item, { customer_group_id: 8 })).to.equal(16.2);
  });
});
