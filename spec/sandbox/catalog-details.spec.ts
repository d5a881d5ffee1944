import type { ClientError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { useStore } from '../support/store.js';

type Row = Record<string, unknown>;

/** The status of a refusal. */
const statusOf = async (work: PromiseLike<unknown>): Promise<number> => ((await rejection(work, Error)) as ClientError).status;

describe('what belongs to a product of the sandbox', () => {
  const context = useStore();
  const PRODUCT = 5;
  const row = async (path: string): Promise<Row> => ((await context.session.get(path)).body as { data: Row }).data;

  it('images: one is the thumbnail, and each has its sizes', async () => {
    const product = await v3.Product.create({ name: 'Jar', type: 'physical', weight: 1, price: 1 });
    const create = (name: string, rest: object = {}) =>
      v3.ProductImage.of(product).create({ image_url: `https://example.com/${name}.jpg`, ...rest });
    const first = await create('a');
    expect(first).to.include({ is_thumbnail: true, sort_order: 0, description: '', image_file: 'a.jpg' });
    expect(first.url_zoom).to.match(/^https:.*a\.1280\.1280\.jpg$/);
    const second = await create('b', { is_thumbnail: true });
    expect([second.is_thumbnail, (await first.reload()).is_thumbnail]).to.deep.equal([true, false]);
    const third = await create('c', { sort_order: 1 });
    expect([third.sort_order, (await second.reload()).sort_order]).to.deep.equal([1, 2]);
    await second.destroy();
    expect((await first.reload()).is_thumbnail).to.equal(true);
    const [old] = await v2.ProductImage.of(product.id).all();
    expect(old?.zoom_url).to.equal(first.url_zoom);
    expect((await v2.Product.find(product.id)).primary_image).to.deep.include({ id: first.id, tiny_url: first.url_tiny });
    expect(await statusOf(create('d'.repeat(250)))).to.equal(422);
  });

  it('modifiers: a checkbox has its two values, a choice needs some', async () => {
    const modifiers = v3.ProductModifier.of(PRODUCT);
    const box = await modifiers.create({
      type: 'checkbox',
      required: false,
      display_name: 'Insurance',
      config: { checkbox_label: 'Insure it' },
    });
    expect(box.config).to.deep.equal({ checkbox_label: 'Insure it', checked_by_default: false });
    expect(box.name).to.match(/^Insurance\d+-5$/);
    const [yes, no] = await v3.ProductModifierValue.of(PRODUCT, box.id).all();
    expect([yes, no].map((value) => [value?.label, value?.value_data?.checked_value, value?.is_default])).to.deep.equal([
      ['Yes', true, false],
      ['No', false, true],
    ]);
    await yes?.update({ adjusters: { price: { adjuster: 'relative', adjuster_value: 5 } } });
    const saved = await row(`/catalog/products/${PRODUCT}/modifiers/${box.id}/values/${yes?.id}`);
    expect(saved['adjusters']).to.deep.equal({
      price: { adjuster: 'relative', adjuster_value: 5 },
      weight: null,
      image_url: '',
      purchasing_disabled: { status: false, message: '' },
    });
    const values = [{ label: 'A', sort_order: 0 }] as never;
    const refused: [number, object][] = [
      [422, { type: 'dropdown', display_name: 'Finish' }],
      [422, { type: 'checkbox', display_name: 'Wrap', option_values: values }],
      [422, { type: 'slider', display_name: 'Finish', option_values: values }],
      [409, { type: 'text', display_name: 'insurance' }],
      [422, { type: 'product_list', display_name: 'Add-on', option_values: values }],
      [422, { type: 'date', display_name: 'Day', config: { date_earliest_value: 'tomorrow' } }],
    ];
    for (const [status, body] of refused)
      expect(await statusOf(modifiers.create({ required: false, ...body } as never)), JSON.stringify(body)).to.equal(status);
  });

  it('complex rules: several conditions, each set of them once', async () => {
    const rules = v3.ProductComplexRule.of(2);
    const conditions = [
      { modifier_id: 3, modifier_value_id: 31 },
      { modifier_id: 4, modifier_value_id: 41 },
    ] as never;
    const rule = await rules.create({ enabled: true, price_adjuster: { adjuster_value: 10 } as never, conditions });
    expect(rule.price_adjuster).to.deep.equal({ adjuster: 'relative', adjuster_value: 10 });
    expect(rule.conditions[0]).to.include({ rule_id: rule.id, modifier_id: 3, modifier_value_id: 31, variant_id: null });
    expect(await statusOf(rules.create({ conditions }))).to.equal(409);
    const error = (await rejection(rules.create({ conditions: [conditions[0]] as never }), Error)) as ClientError;
    expect([error.status, JSON.stringify(error.body)]).to.satisfy(
      ([status, body]: [number, string]) => status === 422 && body.includes('The rule must contain multiple modifier conditions'),
    );
  });

  it('custom fields: each pair of name and value once, and short', async () => {
    const fields = v3.ProductCustomField.of(PRODUCT);
    const field = await fields.create({ name: 'ISBN', value: '1' });
    expect(await v2.ProductCustomField.of(PRODUCT).find(field.id)).to.include({ name: 'ISBN', text: '1', product_id: PRODUCT });
    expect(await statusOf(fields.create({ name: 'ISBN', value: '1' }))).to.equal(422);
    expect(await statusOf(fields.create({ name: 'ISBN', value: 'x'.repeat(251) }))).to.equal(422);
    const old = await v2.ProductCustomField.of(PRODUCT).create({ name: 'ISBN', text: '2' });
    expect(await fields.find(old.id)).to.include({ value: '2' });
    expect(await statusOf(field.update({ value: '2' }))).to.equal(422);
    const twins = [
      { name: 'A', value: '1' },
      { name: 'A', value: '1' },
    ];
    expect(
      await statusOf(v3.Product.create({ name: 'Twin', type: 'physical', weight: 1, price: 1, custom_fields: twins } as never)),
    ).to.equal(422);
  });

  it('bulk prices: ranges that do not overlap', async () => {
    const rules = v3.ProductBulkPricingRule.of(PRODUCT);
    const range = (quantity_min: number, quantity_max: number, rest: object = {}) =>
      rules.create({ quantity_min, quantity_max, type: 'price', amount: 1, ...rest });
    const rule = await range(10, 19);
    expect(await v2.ProductDiscountRule.of(PRODUCT).find(String(rule.id))).to.include({
      id: String(rule.id),
      min: 10,
      max: 19,
      type_value: 1,
    });
    expect(await statusOf(range(15, 25))).to.equal(409);
    expect(await statusOf(range(5, 0))).to.equal(409);
    expect(await statusOf(range(30, 25))).to.equal(422);
    expect(await statusOf(range(1, 5, { type: 'fixed' }))).to.equal(422);
    await range(20, 0);
    const old = await v2.ProductDiscountRule.of(PRODUCT).create({ min: 2, max: 4, type: 'percent', type_value: 5 });
    expect(await rules.find(Number(old.id))).to.include({ quantity_min: 2, quantity_max: 4, type: 'percent', amount: 5 });
  });

  it('videos and reviews: under the keys and names of both generations', async () => {
    const video = await v2.ProductVideo.of(PRODUCT).create({ url: 'https://www.youtube.com/watch?v=4wZ3ZG_Wams' });
    expect(video.id).to.equal('4wZ3ZG_Wams');
    const [own] = await v3.ProductVideo.of(PRODUCT).all();
    expect(own).to.include({ video_id: '4wZ3ZG_Wams', type: 'youtube' });
    expect(own?.id).to.be.a('number');
    await own?.update({ title: 'Tour' });
    expect((await v2.ProductVideo.of(PRODUCT).find('4wZ3ZG_Wams')).name).to.equal('Tour');
    const review = await v3.ProductReview.of(PRODUCT).create({
      title: 'Good',
      rating: 4,
      name: 'Ann',
      status: 'approved',
      date_reviewed: new Date(),
    });
    await v2.ProductReview.of(PRODUCT).create({ author: 'Bo', rating: 3, review: 'Well', title: 'Fine', status: 1 });
    await v2.ProductReview.of(PRODUCT).create({ author: 'Cy', rating: 1, review: 'No', title: 'Bad' });
    expect((await v3.ProductReview.of(PRODUCT).all()).map(({ name, status }) => `${name} ${status}`)).to.deep.equal([
      'Ann approved',
      'Bo approved',
      'Cy pending',
    ]);
    expect(await v3.Product.find(PRODUCT)).to.include({ reviews_count: 2, reviews_rating_sum: 7 });
    await review.destroy();
    expect(await v2.Product.find(PRODUCT)).to.include({ rating_count: 1, rating_total: 3 });
    expect(await statusOf(v3.ProductReview.of(PRODUCT).create({ title: 'x', rating: 6, date_reviewed: new Date() }))).to.equal(422);
  });

  it('metafields: each key once in a namespace of an owner, of every kind of owner', async () => {
    const field = { permission_set: 'read', namespace: 'shop', key: 'k', value: 'v' } as const;
    const owners = [
      [v3.ProductMetafield, 'product', PRODUCT],
      [v3.BrandMetafield, 'brand', 1],
      [v3.CategoryMetafield, 'category', 1],
      [v3.CustomerMetafield, 'customer', 1],
      [v3.OrderMetafield, 'order', 100],
      [v3.ChannelMetafield, 'channel', 1],
      [v3.LocationMetafield, 'location', 1],
    ] as const;
    for (const [model, resource_type, owner] of owners) {
      const metafield = (await model.of(owner).create(field as never)) as v3.ProductMetafield;
      expect(metafield, resource_type).to.include({
        resource_type,
        resource_id: owner,
        description: '',
        owner_client_id: 'sandbox-client-id',
      });
      expect(await statusOf(model.of(owner).create(field as never))).to.equal(409);
      expect(await statusOf(model.of(owner).create({ ...field, key: 'x'.repeat(65) } as never))).to.equal(422);
      expect(await statusOf(model.of(owner).create({ ...field, key: 'other', permission_set: 'all' } as never))).to.equal(422);
    }
    const [stored] = await v3.StoreMetafield.where({ namespace: 'warehouse', key: 'location' }).all();
    expect(stored).to.include({ resource_type: 'store', value: '4HG' });
  });

  it('options of V2: sets give them to products, with their values', async () => {
    const option = await v2.Option.create({ name: 'Wood', type: 'S' });
    expect(option.display_name).to.equal('Wood');
    const oak = await v2.OptionValue.of(option.id).create({ label: 'Oak', value: 'Oak', is_default: true });
    const elm = await v2.OptionValue.of(option.id).create({ label: 'Elm', value: 'Elm', is_default: true });
    expect((await oak.reload()).is_default).to.equal(false);
    expect(await statusOf(v2.OptionValue.of(option.id).create({ label: 'Elm', value: 'x' }))).to.equal(409);
    const set = await v2.OptionSet.create({ name: 'Woods' });
    expect((await context.session.get(`/optionsets/${set.id}`, { version: 'v2' })).body).to.include({ name: 'Woods' });
    const member = await v2.OptionSetOption.of(set.id).create({ option_id: option.id });
    expect(member.values.map(({ option_value_id, label }) => [option_value_id, label])).to.deep.equal([
      [oak.id, 'Oak'],
      [elm.id, 'Elm'],
    ]);
    const product = await v2.Product.create({
      name: 'Spoon',
      type: 'physical',
      price: '3',
      weight: '1',
      categories: [],
      availability: 'available',
      option_set_id: set.id,
    });
    const [own] = await v2.ProductOption.of(product.id).all();
    expect(own).to.include({ option_id: option.id, display_name: 'Wood' });
    const sku = await v2.ProductSku.of(product.id).create({
      sku: 'SPOON-OAK',
      options: [{ product_option_id: own?.id ?? 0, option_value_id: oak.id }],
    });
    const [variant] = await v3.ProductVariant.of(product.id).all();
    expect(variant).to.include({ sku: 'SPOON-OAK', sku_id: sku.id });
    expect(variant?.option_values[0]).to.include({ label: 'Oak', option_display_name: 'Wood' });
    const extra = { type: 'text', required: false, display_name: 'Note' };
    expect(await statusOf(v3.ProductModifier.of(product.id).create(extra as never))).to.equal(422);
    await product.update({ option_set_id: null });
    expect(await v2.ProductOption.of(product.id).all()).to.deep.equal([]);
    expect((await v3.ProductModifier.of(product.id).create(extra as never)).id).to.be.a('number');
  });

  it('rules of V2: an update adds conditions, which have paths of their own', async () => {
    const condition = (option_value_id: number) => ({ product_option_id: 1, option_value_id, sku_id: null });
    const rule = await v2.ProductRule.of(PRODUCT).create({ conditions: [condition(1)] });
    expect(rule).to.include({ is_enabled: true, is_stop: false, price_adjuster: null });
    rule.conditions = [condition(2)];
    await rule.save();
    expect((await rule.reload()).conditions).to.deep.equal([condition(1), condition(2)]);
    await v2.ProductRuleCondition.of(PRODUCT, rule.id).create(condition(3) as never);
    const conditions = await v2.ProductRuleCondition.of(PRODUCT, rule.id).all();
    expect(conditions.map(({ option_value_id, rule_id }) => [option_value_id, rule_id])).to.deep.equal([
      [1, rule.id],
      [2, rule.id],
      [3, rule.id],
    ]);
  });
});
