import { ArgumentError, Attribute, BelongsTo, HasMany, Model, Resource, UnknownFilterError, UnsupportedOperationError } from 'bigrecord';
import {
  AnalyticsProvider,
  CartSettings,
  EmailTemplate,
  InventoryNotificationSettings,
  StorefrontCategorySettings,
  Theme,
} from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { models, sent, sentBy, useStore } from '../support/store.js';

const SETTINGS = '/v3/settings/storefront/category';
const TEMPLATES = '/v3/marketing/email-templates';

describe('the scope of a record: settings of one channel', () => {
  const context = useStore();
  const last = (): string => sent(context.store).at(-1) ?? '';

  it('is sent with every read and write of it', async () => {
    const settings = await StorefrontCategorySettings.where({ channel_id: 2 }).get();
    expect(last()).to.equal(`GET ${SETTINGS}?channel_id=2`);
    settings.category_tree_depth = 3;
    await settings.save();
    expect(last()).to.equal(`PUT ${SETTINGS}?channel_id=2 {"category_tree_depth":3}`);
    await settings.update({ category_tree_depth: 4 });
    expect(last()).to.equal(`PUT ${SETTINGS}?channel_id=2 {"category_tree_depth":4}`);
    await settings.reload();
    expect(last()).to.equal(`GET ${SETTINGS}?channel_id=2`);
    expect(settings.category_tree_depth).to.equal(4);
    settings.category_tree_depth = 5;
    const lines = await sentBy(context.store, () => settings.save({ ifUnchanged: true }));
    expect(lines).to.deep.equal([`GET ${SETTINGS}?channel_id=2`, `PUT ${SETTINGS}?channel_id=2 {"category_tree_depth":5}`]);
    await settings.request('GET');
    expect(last()).to.equal(`GET ${SETTINGS}?channel_id=2`);
    await settings.request('GET', '', { query: { channel_id: 3 } });
    expect(last()).to.equal(`GET ${SETTINGS}?channel_id=3`);
  });

  it('keeps the settings of channels and the global ones apart', async () => {
    const global = await StorefrontCategorySettings.get();
    await global.update({ category_tree_depth: 2, listing_mode: 'child_categories' });
    expect(last()).to.equal(`PUT ${SETTINGS} {"category_tree_depth":2,"listing_mode":"child_categories"}`);
    const second = await StorefrontCategorySettings.get({ params: { channel_id: 2 } });
    expect(second.category_tree_depth).to.equal(null); // it takes that of the store
    await second.update({ category_tree_depth: 7 });
    const third = await StorefrontCategorySettings.where({ channel_id: 3 }).get();
    expect([(await global.reload()).category_tree_depth, third.category_tree_depth]).to.deep.equal([2, null]);
    expect((await second.reload()).toObject()).to.deep.equal({
      category_tree_depth: 7,
      default_product_sort: null,
      listing_mode: null,
    });
    await global.update({ listing_mode: 'current_category_only' });
    expect([(await global.reload()).listing_mode, (await second.reload()).listing_mode]).to.deep.equal(['current_category_only', null]);
    await second.update({ category_tree_depth: null }); // the store's value again
    expect([second.category_tree_depth, (await second.reload()).category_tree_depth]).to.deep.equal([null, null]);
  });

  it('is not written by a key or by a query', async () => {
    const before = context.store.requests.length;
    const given = [{ category_tree_depth: 2 }, { params: { channel_id: 2 } }]; // as plain JavaScript may
    await rejection(Reflect.apply(StorefrontCategorySettings.update, StorefrontCategorySettings, given), UnsupportedOperationError);
    expect(() => StorefrontCategorySettings.where({ channel_id: 2 }).updateAll({ category_tree_depth: 2 })).to.throw(
      UnsupportedOperationError,
      /get\(\)/,
    );
    expect(context.store.requests).to.have.length(before);
  });

  it('tells records apart', async () => {
    const at = (channel_id: number) => StorefrontCategorySettings.where({ channel_id }).get();
    const [global, second, again, third] = await Promise.all([StorefrontCategorySettings.get(), at(2), at(2), at(3)]);
    expect(second.isSame(again)).to.equal(true);
    expect([second.isSame(third), second.isSame(global), global.isSame(second)]).to.deep.equal([false, false, false]);
    for (const [depth, each] of [global, second, third].entries()) each.category_tree_depth = depth + 5;
    const before = context.store.requests.length;
    const { succeeded, failed } = await StorefrontCategorySettings.saveMany([global, second, third]);
    expect([succeeded.length, failed.map(({ error }) => error.message)]).to.deep.equal([3, []]);
    expect(sent(context.store).slice(before).sort()).to.deep.equal([
      `PUT ${SETTINGS} {"category_tree_depth":5}`,
      `PUT ${SETTINGS}?channel_id=2 {"category_tree_depth":6}`,
      `PUT ${SETTINGS}?channel_id=3 {"category_tree_depth":7}`,
    ]);
    again.category_tree_depth = 1;
    await rejection(StorefrontCategorySettings.saveMany([second, again]), ArgumentError);
    for (const each of [global, third]) each.category_tree_depth = 9;
    const both = await sentBy(context.store, () => context.session.saveAll([global, third], { ifUnchanged: true }));
    expect(both.sort()).to.deep.equal([
      `GET ${SETTINGS}`,
      `GET ${SETTINGS}?channel_id=3`,
      `PUT ${SETTINGS} {"category_tree_depth":9}`,
      `PUT ${SETTINGS}?channel_id=3 {"category_tree_depth":9}`,
    ]);
  });

  it('cannot be changed by a call', async () => {
    const second = await StorefrontCategorySettings.where({ channel_id: 2 }).get();
    second.category_tree_depth = 3;
    const error = await rejection(second.save({ params: { channel_id: 3 } }), ArgumentError);
    expect(error.message).to.contain('was read with `channel_id` 2');
    await second.save({ params: { channel_id: 2 } });
    expect(last()).to.equal(`PUT ${SETTINGS}?channel_id=2 {"category_tree_depth":3}`);
    const global = await StorefrontCategorySettings.get();
    expect((await rejection(global.reload({ params: { channel_id: 2 } }))).message).to.contain('without `channel_id`');
  });

  it('does without a body in the response', async () => {
    const settings = await InventoryNotificationSettings.where({ channel_id: 2 }).get();
    await settings.update({ low_stock_notification_address: ['a@example.com'] });
    expect(settings.isDirty).to.equal(false);
    expect((await settings.reload()).low_stock_notification_address).to.deep.equal(['a@example.com']);
  });
});

describe('the scope of a record with a key', () => {
  const context = useStore({ seed: false });
  beforeEach(() => {
    context.store.insert(EmailTemplate, [
      { type_id: 'invoice_email', subject: 'Invoice', body: 'Hello' },
      { type_id: 'giftcertificate_email', subject: 'Gift', body: 'Hello' },
    ]);
    context.store.insert(AnalyticsProvider, [{ id: 1, name: 'Analytics', enabled: false }]);
  });
  const last = (): string => sent(context.store).at(-1) ?? '';

  it('stays with records that were found, listed or addressed', async () => {
    const template = await EmailTemplate.where({ channel_id: 2 }).find('invoice_email');
    expect(last()).to.equal(`GET ${TEMPLATES}/invoice_email?channel_id=2`);
    await template.update({ subject: 'Your invoice' });
    expect(last()).to.equal(`PUT ${TEMPLATES}/invoice_email?channel_id=2 {"subject":"Your invoice"}`);
    expect((await EmailTemplate.find('invoice_email')).subject).to.equal('Invoice');
    const listed = await EmailTemplate.where({ channel_id: 2 });
    expect(last()).to.equal(`GET ${TEMPLATES}?channel_id=2&limit=250`);
    const invoice = listed.find(({ type_id }) => type_id === 'invoice_email');
    expect([invoice?.subject, invoice?.isSame(template)]).to.deep.equal(['Your invoice', true]);
    await EmailTemplate.update('invoice_email', { subject: 'Third' }, { params: { channel_id: 3 } });
    expect(last()).to.equal(`PUT ${TEMPLATES}/invoice_email?channel_id=3 {"subject":"Third"}`);
    await EmailTemplate.destroy('invoice_email', { params: { channel_id: 3 } });
    expect(last()).to.equal(`DELETE ${TEMPLATES}/invoice_email?channel_id=3`);
    expect((await EmailTemplate.find('invoice_email', { params: { channel_id: 3 } })).subject).to.equal('Invoice');
    await template.destroy();
    expect(last()).to.equal(`DELETE ${TEMPLATES}/invoice_email?channel_id=2`);
  });

  it('stays with bulk writes', async () => {
    const lines = await sentBy(context.store, () => EmailTemplate.where({ channel_id: 2 }).updateAll({ body: 'Hi' }));
    expect(lines.slice(1).sort()).to.deep.equal([
      `PUT ${TEMPLATES}/giftcertificate_email?channel_id=2 {"body":"Hi"}`,
      `PUT ${TEMPLATES}/invoice_email?channel_id=2 {"body":"Hi"}`,
    ]);
    expect((await EmailTemplate.find('invoice_email')).body).to.equal('Hello');
    const gone = ['giftcertificate_email', 'invoice_email'].map((key) => `DELETE ${TEMPLATES}/${key}?channel_id=2`);
    const query = EmailTemplate.where({ channel_id: 2 });
    expect((await sentBy(context.store, () => query.destroyAll())).slice(1).sort()).to.deep.equal(gone);
    expect((await sentBy(context.store, () => query.deleteAll())).slice(1).sort()).to.deep.equal(gone);
    const records = await query.all();
    expect((await sentBy(context.store, () => EmailTemplate.destroyMany(records))).sort()).to.deep.equal(gone);
  });

  it('is what the row says, if it was read without one', async () => {
    const [provider] = await AnalyticsProvider.where({ channel_id: 2 });
    expect(provider?.channel_id).to.equal(2);
    const copy = AnalyticsProvider.load({ id: 1, channel_id: 2, enabled: false });
    expect(copy.isSame(provider)).to.equal(true);
    expect(copy.isSame(AnalyticsProvider.load({ id: 1, enabled: false }))).to.equal(false);
    await copy.update({ enabled: true });
    expect(last()).to.equal('PUT /v3/settings/analytics/1?channel_id=2 {"enabled":true}');
    const reloaded = await AnalyticsProvider.load(copy.toJSON()).reload();
    expect([last(), reloaded.enabled]).to.deep.equal(['GET /v3/settings/analytics/1?channel_id=2', true]);
  });
});

const channel = { channel_id: Number } as const;

const scoped = { scope: ['channel_id'], filters: { ...channel, 'id:in': Number, title: String }, params: { create: channel } } as const;

@Resource('/banners', scoped)
class Banner extends Model<Banner, typeof scoped.filters, unknown, unknown, typeof scoped.params> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => String) title!: string;
  @Attribute(() => Number) layout_id!: number;
  @HasMany(() => Slide) slides!: HasMany<Slide>;
  @BelongsTo(() => Layout, { key: 'layout_id' }) layout!: BelongsTo<Layout>;
}

@Resource('/banners/:banner_id/slides', scoped)
class Slide extends Model<Slide, typeof scoped.filters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => String) text!: string;
}

@Resource('/layouts', scoped)
class Layout extends Model<Layout, typeof scoped.filters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => String) name!: string;
}

@Resource('/posters', scoped)
class Poster extends Model<Poster, typeof scoped.filters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => Number, { readOnly: true }) channel_id!: number;
  @Attribute(() => Number) layout_id!: number;
  @BelongsTo(() => Layout, { key: 'layout_id' }) layout!: BelongsTo<Layout>;
}

describe('the scope of a record, and its relations', () => {
  const context = useStore({ models: models(Banner, Slide, Layout, Poster) });
  beforeEach(() => {
    context.store.insert(
      Banner,
      [1, 2, 3].map((id) => ({ id, title: `B${id}`, layout_id: 1 })),
    );
    context.store.insert(Layout, [{ id: 1, name: 'Wide' }]);
    context.store.insert(Slide, [{ id: 1, text: 'One' }], { banner_id: 1 });
  });

  it('is that of the parent', async () => {
    const [first] = await Banner.where({ channel_id: 2 });
    const lines = await sentBy(context.store, async () => {
      const [slide] = (await first?.slides) ?? [];
      await slide?.update({ text: 'Uno' });
      await first?.slides.create({ text: 'Due' });
      await first?.layout;
      if (first !== undefined) await Slide.of(first).find(1);
    });
    expect(lines).to.deep.equal([
      'GET /v3/banners/1/slides?channel_id=2&limit=250',
      'PUT /v3/banners/1/slides/1?channel_id=2 {"text":"Uno"}',
      'POST /v3/banners/1/slides?channel_id=2 {"text":"Due"}',
      'GET /v3/layouts?channel_id=2&id:in=1',
      'GET /v3/banners/1/slides/1?channel_id=2',
    ]);
  });

  it('is never mixed: in one tick, in a group, in a batch', async () => {
    const at = (channel_id: number, id: number) => Banner.where({ channel_id }).find(id);
    const lines = await sentBy(context.store, () => Promise.all([at(2, 1), at(3, 1), at(2, 2), Banner.find(1), Banner.find(2)]));
    expect(lines.sort()).to.deep.equal([
      'GET /v3/banners/1?channel_id=3',
      'GET /v3/banners?channel_id=2&id:in=1,2&limit=250',
      'GET /v3/banners?id:in=1,2&limit=250',
    ]);
    const [second, third] = await Promise.all([at(2, 1), at(3, 1)]);
    second.title = 'Two';
    third.title = 'Three';
    await Banner.saveMany([second, third]);
    expect([(await second.reload()).title, (await third.reload()).title, (await Banner.find(1)).title]).to.deep.equal([
      'Two',
      'Three',
      'B1',
    ]);
  });

  it('is not mixed where relations of a page are loaded together', async () => {
    context.store.insert(
      Poster,
      [2, 2, 3].map((channel_id, at) => ({ id: at + 1, channel_id, layout_id: 1 })),
    );
    const [first, second, third] = await Poster.all();
    const lines = await sentBy(context.store, async () => {
      await third?.layout;
      await first?.layout;
      expect(await first?.layout).to.equal(await second?.layout);
      expect((await first?.layout)?.isSame(await third?.layout)).to.equal(false);
      await (await third?.layout)?.update({ name: 'Narrow' });
    });
    expect(lines).to.deep.equal([
      'GET /v3/layouts?channel_id=2&id:in=1',
      'GET /v3/layouts?channel_id=3&id:in=1',
      'PUT /v3/layouts/1?channel_id=3 {"name":"Narrow"}',
    ]);
  });

  it('is that of the filters where a record is found or created', async () => {
    const banner = await Banner.firstOrCreate({ channel_id: 5, title: 'New' }, { layout_id: 1 });
    expect(sent(context.store).at(-1)).to.equal('POST /v3/banners?channel_id=5 {"title":"New","layout_id":1}');
    expect((await Banner.firstOrCreate({ channel_id: 5, title: 'New' })).isSame(banner)).to.equal(true);
  });

  it('is given to a new record with its first save', async () => {
    const banner = await Banner.create({ title: 'New' }, { params: { channel_id: 4 } });
    await banner.update({ title: 'Newer' });
    expect(sent(context.store).slice(-2)).to.deep.equal([
      'POST /v3/banners?channel_id=4 {"title":"New"}',
      `PUT /v3/banners/${banner.id}?channel_id=4 {"title":"Newer"}`,
    ]);
  });
});

describe('the scope of a record, and the response cache', () => {
  const context = useStore({}, { cache: { ttlMs: 60_000 } });

  it('does not share responses', async () => {
    await (await StorefrontCategorySettings.where({ channel_id: 2 }).get()).update({ category_tree_depth: 8 });
    const depth = async (channel_id: number) => (await StorefrontCategorySettings.where({ channel_id }).get()).category_tree_depth;
    expect([await depth(2), await depth(3), await depth(2)]).to.deep.equal([8, null, 8]);
    expect(context.store.requests.filter(({ method }) => method === 'GET')).to.have.length(3);
  });
});

describe('query parameters of a call', () => {
  const context = useStore();

  it('are refused where they are not declared, with the nearest name', async () => {
    const call = (params: object) => StorefrontCategorySettings.get({ params } as never);
    expect((await rejection(call({ chanel_id: 2 }), ArgumentError)).message).to.contain('did you mean `channel_id`?');
    expect((await rejection(call({ channel_id: null }), ArgumentError)).message).to.contain('cannot be null');
    expect((await rejection(Theme.find('x', { params: { foo: 1 } } as never), ArgumentError)).message).to.contain('has no parameter `foo`');
    const cart = (params: object) => CartSettings.get({ params } as never);
    expect((await rejection(cart({ channel_id: 2 }), ArgumentError)).message).to.contain('has no parameter `channel_id`');
    expect(() => CartSettings.where({ channel_id: 2 } as never)).to.throw(UnknownFilterError);
    expect((await rejection(call([1] as never), ArgumentError)).message).to.contain('`params` must be an object');
    expect(context.store.requests).to.deep.equal([]);
  });
});
