import {
  Brand,
  CatalogSummary,
  Category,
  CategoryAssignment,
  CategoryProductOrder,
  CategoryTree,
  Channel,
  ChannelAssignment,
  Product,
  ProductBulkPricingRule,
  ProductComplexRule,
  ProductCustomField,
  ProductMetafield,
  ProductReview,
  TreeCategory,
} from 'bigrecord/v3';
import { expect } from 'chai';
import { useStore } from '../support/store.js';
import { refusal } from './refusal.js';

const mug = { name: 'Coffee Mug', type: 'physical', weight: 4, price: 10 } as const;

describe('job: arrange the catalog', () => {
  useStore({ seed: false });

  it('a category tree: the branches come nested, and a category with products stays', async () => {
    const kitchen = await Category.create({ name: 'Kitchen', parent_id: 0 });
    const cups = await Category.create({ name: 'Cups', parent_id: kitchen.id });
    expect(kitchen.custom_url.url).to.equal('/kitchen/');
    expect(kitchen.custom_url.is_customized).to.equal(false);
    expect(cups.custom_url.url).to.equal('/kitchen/cups/');
    expect(kitchen).to.include({ is_visible: true, sort_order: 0, default_product_sort: 'use_store_settings' });
    expect(await refusal(Category.create({ name: 'Cups', parent_id: kitchen.id }))).to.equal(409);
    expect(await refusal(Category.create({ name: 'x'.repeat(51), parent_id: 0 }))).to.equal(422);
    const [tree] = await CategoryTree.where({ channel_id: { in: [1] } }).all();
    const nodes = (await tree?.categories) ?? [];
    const root = nodes.find(({ id }) => id === kitchen.id);
    expect(root).to.include({ name: 'Kitchen', parent_id: 0, is_visible: true, url: '/kitchen/' });
    expect(root?.children.map(({ id, parent_id }) => [id, parent_id])).to.deep.equal([[cups.id, kitchen.id]]);
    await Product.create({ ...mug, categories: [cups.id] });
    expect(await refusal(Category.where({ name: 'Cups' }).deleteAll())).to.equal(422);
    expect(await Category.exists(cups.id)).to.equal(true);
  });

  it('categories of a tree in batches, renamed and moved under another', async () => {
    const [tree] = await CategoryTree.all();
    const { succeeded } = await TreeCategory.createMany(['Garden', 'Tools'].map((name) => ({ name, tree_id: tree?.id ?? 0 })));
    expect(succeeded.map(({ name }) => name)).to.deep.equal(['Garden', 'Tools']);
    const [garden, tools] = succeeded;
    expect(garden).to.include({ tree_id: tree?.id, parent_id: 0, is_visible: true });
    expect(garden?.url.path).to.equal('/garden/');
    await tools?.update({ parent_id: garden?.category_id, name: 'Hand Tools' });
    expect(await Category.find(tools?.category_id ?? 0)).to.include({ name: 'Hand Tools', parent_id: garden?.category_id });
    expect((await TreeCategory.where({ parent_id: { in: [garden?.category_id ?? 0] } }).all()).map(({ name }) => name)).to.deep.equal([
      'Hand Tools',
    ]);
  });

  it('the order of products within a category takes only products of that category', async () => {
    const { id: category } = await Category.create({ name: 'Cups', parent_id: 0 });
    const first = await Product.create({ ...mug, categories: [category] });
    const second = await Product.create({ ...mug, name: 'Tea Cup' });
    await CategoryAssignment.upsertMany([{ product_id: second.id, category_id: category }]);
    expect((await second.reload()).categories).to.deep.equal([category]);
    await CategoryProductOrder.of(category).upsertMany([
      { product_id: second.id, sort_order: 1 },
      { product_id: first.id, sort_order: 2 },
    ]);
    const order = await CategoryProductOrder.of(category).all();
    expect(order.map(({ product_id, sort_order }) => [product_id, sort_order])).to.have.deep.members([
      [second.id, 1],
      [first.id, 2],
    ]);
    const stranger = await Product.create({ ...mug, name: 'Spoon' });
    const { failed } = await CategoryProductOrder.of(category).upsertMany([{ product_id: stranger.id, sort_order: 3 }]);
    expect(failed.map(({ error }) => 'status' in error && error.status)).to.deep.equal([422]);
    await CategoryAssignment.where({ product_id: { in: [second.id] }, category_id: { in: [category] } }).deleteAll();
    expect((await second.reload()).categories).to.deep.equal([]);
  });

  it('brands: a name is unique, brand_name makes one, and a brand that is not there is refused', async () => {
    const brand = await Brand.create({ name: 'Common Good' });
    expect(brand.custom_url.url).to.equal('/common-good/');
    expect(await refusal(Brand.create({ name: 'Common Good' }))).to.equal(409);
    expect(await refusal(Product.create({ ...mug, brand_id: brand.id + 99 }))).to.equal(409);
    expect(await refusal(Product.create({ ...mug, categories: [4711] }))).to.equal(409);
    expect(await Product.count()).to.equal(0);
    const product = await Product.create({ ...mug, brand_name: 'Acme' });
    const acme = await Brand.findBy({ name: 'Acme' });
    expect(product.brand_id).to.equal(acme?.id);
    const other = await Product.create({ ...mug, name: 'Tea Cup', brand_name: 'Common Good' });
    expect((await other.brand)?.id).to.equal(brand.id);
    expect(await Brand.count()).to.equal(2);
  });

  it('custom fields, quantity discounts and reviews of a product, with what is refused', async () => {
    const product = await Product.create(mug);
    await ProductCustomField.of(product).create({ name: 'Year', value: '2018' });
    expect(await refusal(ProductCustomField.of(product).create({ name: 'Year', value: '2018' }))).to.equal(422);
    expect(await refusal(ProductCustomField.of(product).create({ name: 'Note', value: 'x'.repeat(251) }))).to.equal(422);
    await ProductCustomField.of(product).create({ name: 'Year', value: '2019' });
    await product.bulk_pricing_rules.create({ quantity_min: 10, quantity_max: 15, type: 'price', amount: 3 });
    expect(await refusal(product.bulk_pricing_rules.create({ quantity_min: 12, quantity_max: 20, type: 'price', amount: 4 }))).to.equal(
      409,
    );
    expect(await refusal(product.bulk_pricing_rules.create({ quantity_min: 30, quantity_max: 20, type: 'price', amount: 4 }))).to.equal(
      422,
    );
    const review = await ProductReview.of(product).create({
      title: 'Great',
      text: 'Hot.',
      rating: 5,
      date_reviewed: new Date('2018-07-20T17:45:13Z'),
      status: 'approved',
    });
    expect(await refusal(ProductReview.of(product).create({ title: 'Bad', rating: 6, date_reviewed: new Date() }))).to.equal(422);
    const read = await Product.find(product.id, { params: { include: ['custom_fields', 'bulk_pricing_rules', 'reviews'] } });
    expect((await read.custom_fields).map(({ value }) => value)).to.deep.equal(['2018', '2019']);
    expect(await read.bulk_pricing_rules).to.have.length(1);
    expect(await ProductBulkPricingRule.of(product).first()).to.include({ quantity_min: 10, quantity_max: 15, type: 'price', amount: 3 });
    expect((await read.reviews)[0]?.id).to.equal(review.id);
    expect(read).to.include({ reviews_count: 1, reviews_rating_sum: 5 });
  });

  it('metafields are unique per namespace and key, and a complex rule needs several conditions', async () => {
    const product = await Product.create(mug);
    const metafield = await ProductMetafield.of(product).create({
      permission_set: 'read',
      namespace: 'warehouse',
      key: 'bin',
      value: '#4456',
    });
    expect(metafield).to.include({ resource_type: 'product', resource_id: product.id });
    expect(
      await refusal(ProductMetafield.of(product).create({ permission_set: 'read', namespace: 'warehouse', key: 'bin', value: '#1' })),
    ).to.equal(409);
    expect(
      await refusal(
        ProductMetafield.of(product).create({ permission_set: 'read', namespace: 'warehouse', key: 'x'.repeat(65), value: '1' }),
      ),
    ).to.equal(422);
    await ProductMetafield.of(product).create({ permission_set: 'read', namespace: 'office', key: 'bin', value: '#1' });
    expect((await ProductMetafield.of(product).where({ namespace: 'office' }).all()).map(({ value }) => value)).to.deep.equal(['#1']);
    const modifiers = await Promise.all(
      ['Insure', 'Wrap'].map((display_name) => product.modifiers.create({ display_name, type: 'checkbox', required: false })),
    );
    const conditions = await Promise.all(
      modifiers.map(async (modifier) => ({
        modifier_id: modifier.id,
        modifier_value_id: (await modifier.option_values)[0]?.id ?? 0,
        variant_id: null,
      })),
    );
    const rule = { price_adjuster: { adjuster: 'relative', adjuster_value: 10 }, enabled: true } as const;
    expect(await refusal(ProductComplexRule.of(product).create({ ...rule, conditions: conditions.slice(0, 1) }))).to.equal(422);
    const created = await ProductComplexRule.of(product).create({ ...rule, conditions });
    expect(created.conditions).to.have.length(2);
    expect(await refusal(ProductComplexRule.of(product).create({ ...rule, conditions }))).to.equal(409);
  });

  it('images: one thumbnail at a time, and the summary of the catalog counts variants', async () => {
    const product = await Product.create({ ...mug, inventory_tracking: 'product', inventory_level: 3 });
    const first = await product.images.create({ image_url: 'https://example.com/a.jpg' });
    expect(first.is_thumbnail).to.equal(true);
    const second = await product.images.create({ image_url: 'https://example.com/b.jpg', is_thumbnail: true });
    expect((await first.reload()).is_thumbnail).to.equal(false);
    expect(second.url_thumbnail).to.match(/^https:/);
    const read = await Product.find(product.id, { params: { include: ['primary_image'] } });
    expect(read.primary_image.id).to.equal(second.id);
    await Product.create({
      ...mug,
      name: 'Shirt',
      price: 20,
      variants: ['A', 'B'].map((label) => ({ sku: label, option_values: [{ option_display_name: 'Size', label }] })),
    });
    const summary = await CatalogSummary.get();
    expect(summary).to.include({ variant_count: 3, inventory_count: 3, inventory_value: 30, highest_variant_price: 20 });
    expect(Number(summary.lowest_variant_price)).to.equal(10);
    expect(summary.average_variant_price).to.be.closeTo(50 / 3, 0.01);
  });

  it('products on a second channel', async () => {
    const channel = await Channel.create({ name: 'Second Store', type: 'storefront', platform: 'custom' });
    const product = await Product.create(mug);
    await ChannelAssignment.upsertMany([{ product_id: product.id, channel_id: channel.id }]);
    const assignments = await ChannelAssignment.where({ channel_id: { in: [channel.id] } }).all();
    expect(assignments.map(({ product_id }) => product_id)).to.deep.equal([product.id]);
    const read = await Product.find(product.id, { params: { include: ['channels'] } });
    expect(read.channels).to.include(channel.id);
    const { failed } = await ChannelAssignment.upsertMany([{ product_id: product.id, channel_id: 4711 }]);
    expect(failed.map(({ error }) => 'status' in error && error.status)).to.deep.equal([422]);
    await ChannelAssignment.where({ product_id: { in: [product.id] }, channel_id: { in: [channel.id] } }).deleteAll();
    expect(await ChannelAssignment.where({ channel_id: { in: [channel.id] } }).count()).to.equal(0);
  });
});
