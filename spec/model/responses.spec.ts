import { Attribute, Model, ReadonlyAttributeError, RecordStateError, Resource } from 'bigrecord';
import {
  CategoryAssignment,
  CategoryTree,
  Channel,
  ChannelCheckoutUrl,
  ChannelMetafield,
  CustomerMetafield,
  CustomTemplateAssociation,
  Location,
  PageWidget,
  PriceListAssignment,
  ProductMetafield,
  TreeCategory,
  VariantMetafield,
  Webhook,
  WebhookAdmin,
} from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { models, sent, sentBy, useStore } from '../support/store.js';

const LOCATIONS = '/v3/inventory/locations';

/** What the address of a new location must have (locations.v3.yml, LocationsCreateRequest). */
const ADDRESS = {
  address1: '1 Main Street',
  city: 'Austin',
  state: 'Texas',
  zip: '78701',
  email: 'austin@example.com',
  geo_coordinates: { latitude: 30.27, longitude: -97.74 },
  country_code: 'US',
};

/** What a new location must have besides its label. */
const PLACE = { managed_by_external_source: false, type_id: 'VIRTUAL', time_zone: 'Etc/UTC', address: ADDRESS };

@Resource('/notices', { version: 'v3', responses: { create: 'none' }, filters: { text: String } })
class Notice extends Model<Notice> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => String) text!: string;
}

describe('a create whose response has no row', () => {
  const context = useStore({ models: models(Notice) });

  it('is looked up by its natural key', async () => {
    const location = Location.of().build({ code: 'NORTH', label: 'North', ...PLACE });
    const lines = await sentBy(context.store, () => location.save());
    expect(lines).to.deep.equal([
      `POST ${LOCATIONS} ${JSON.stringify([{ code: 'NORTH', label: 'North', ...PLACE }])}`,
      `GET ${LOCATIONS}?location_code:in=NORTH&limit=250`,
    ]);
    expect([location.isNew, location.isDirty, location.id]).to.deep.equal([
      false,
      false,
      (await Location.findBy({ location_code: 'NORTH' }))?.id,
    ]);
    expect(location.toObject()).not.to.have.property('transaction_id');
    expect(await sentBy(context.store, () => location.update({ label: 'Far north' }))).to.deep.equal([
      `PUT ${LOCATIONS} [{"id":${location.id},"label":"Far north"}]`,
    ]);
    expect([location.label, (await location.reload()).label]).to.deep.equal(['Far north', 'Far north']);
    await location.destroy();
    expect(sent(context.store).at(-1)).to.equal(`DELETE ${LOCATIONS}?location_id:in=${location.id}`);
    expect(await Location.findBy({ location_code: 'NORTH' })).to.equal(null);
  });

  it('is a success in bulk writes, which look up all keys at once', async () => {
    const rows = ['A', 'B', 'C'].map((code) => ({ code, label: code, ...PLACE }));
    const lines = await sentBy(context.store, async () => {
      const { succeeded, failed, requests } = await Location.createMany(rows);
      expect([succeeded.map(({ code, isNew }) => [code, isNew]), failed, requests]).to.deep.equal([
        rows.map(({ code }) => [code, false]),
        [],
        2,
      ]);
      for (const each of succeeded) expect(each.id).to.be.a('number');
      for (const each of succeeded) each.label = `${each.label}!`;
      expect((await Location.saveMany(succeeded)).succeeded).to.have.length(3);
    });
    expect(lines.map((line) => line.split(' ').slice(0, 2).join(' '))).to.deep.equal([
      `POST ${LOCATIONS}`,
      `GET ${LOCATIONS}?location_code:in=A,B,C&limit=250`,
      `PUT ${LOCATIONS}`,
    ]);
    expect((await Location.findBy({ location_code: 'B' }))?.label).to.equal('B!');
  });

  it('succeeds even if the look-up fails; the next call that needs the key repeats it', async () => {
    context.store.fail({ status: 403, method: 'GET', path: LOCATIONS });
    const location = await Location.create({ code: 'EAST', label: 'East', ...PLACE });
    expect([location.isNew, location.id]).to.deep.equal([false, undefined]);
    await location.update({ label: 'Far east' });
    expect(location.id).to.equal((await Location.findBy({ location_code: 'EAST' }))?.id);
    expect((await Location.find(location.id)).label).to.equal('Far east');
  });

  it('leaves a key unknown that no filter finds, and calls that need it say so', async () => {
    const { succeeded, failed } = await Notice.createMany([{ text: 'one' }, { text: 'two' }]);
    expect([succeeded.length, failed.length]).to.deep.equal([2, 0]);
    const notice = await Notice.create({ text: 'three' });
    expect([notice.isNew, notice.isDirty, notice.id]).to.deep.equal([false, false, undefined]);
    expect(notice.isSame(succeeded[0])).to.equal(false);
    const before = context.store.requests.length;
    const calls = [() => notice.update({ text: 'four' }), () => notice.reload(), () => notice.destroy()];
    for (const call of calls) {
      const error = await rejection(call, RecordStateError);
      expect(error.message).to.contain('The id of this Notice is unknown').and.contain('Notice.where(');
    }
    const run = await Notice.saveMany([notice]);
    expect(run.failed[0]?.error).to.be.instanceOf(RecordStateError);
    expect(context.store.requests.length).to.equal(before);
    expect(await Notice.count()).to.equal(3);
  });

  it('is found by several attributes together', async () => {
    const assignment = await PriceListAssignment.create({ price_list_id: 1, channel_id: 1 });
    expect(sent(context.store).slice(-2)).to.deep.equal([
      'POST /v3/pricelists/assignments [{"price_list_id":1,"channel_id":1}]',
      'GET /v3/pricelists/assignments?price_list_id=1&channel_id=1&limit=250',
    ]);
    expect(assignment.id).to.be.a('number');
    const associations = [1, 2].map((entity_id) => ({ channel_id: 1, entity_type: 'product' as const, entity_id, file_name: 'a.html' }));
    const lines = await sentBy(context.store, async () => {
      const { succeeded } = await CustomTemplateAssociation.createMany(associations);
      for (const each of succeeded) expect(each.id).to.be.a('number');
    });
    expect(lines.map((line) => line.split(' ').slice(0, 2).join(' '))).to.deep.equal([
      'PUT /v3/storefront/custom-template-associations',
      'GET /v3/storefront/custom-template-associations?channel_id=1&type=product&entity_id:in=1,2&limit=250',
    ]);
  });
});

describe('responses of other shapes', () => {
  const context = useStore();
  const last = (): string => sent(context.store).at(-1) ?? '';

  it('new records go with those to update where the API has no POST', async () => {
    context.store.insert(Channel, [{ id: 2, name: 'Second storefront', type: 'storefront', platform: 'bigcommerce' }]);
    const tree = await CategoryTree.create({ name: 'Tree', channels: [1] });
    expect(last()).to.equal('PUT /v3/catalog/trees [{"name":"Tree","channels":[1]}]');
    expect(tree.id).to.be.a('number');
    const assignment = await CategoryAssignment.create({ product_id: 1, category_id: 2 });
    expect(last()).to.equal('PUT /v3/catalog/products/category-assignments [{"product_id":1,"category_id":2}]');
    expect([assignment.isNew, assignment.isDirty]).to.deep.equal([false, false]);
    const { succeeded } = await CategoryTree.saveMany([
      CategoryTree.of().build({ name: 'New', channels: [2] }),
      tree.assign({ name: 'Old' }),
    ]);
    expect(succeeded).to.have.length(2);
    expect((await CategoryTree.all()).map(({ name }) => name)).to.include.members(['New', 'Old']);
  });

  it('updates without a row keep what was sent', async () => {
    const category = await TreeCategory.create({ name: 'Bath', tree_id: 1 });
    await category.update({ name: 'Baths' });
    expect([category.name, category.isDirty, category.category_id !== undefined]).to.deep.equal(['Baths', false, true]);
    const admin = await WebhookAdmin.get();
    await admin.update({ emails: ['a@example.com'] });
    expect([admin.isDirty, admin.emails]).to.deep.equal([false, ['a@example.com']]);
    const { failed } = await TreeCategory.updateMany([{ category_id: category.category_id, name: 'B' }] as never);
    expect([failed, (await category.reload()).name]).to.deep.equal([[], 'B']);
  });

  it('one object stands for a list, a list of one for a row, a row without its envelope for one with it', async () => {
    context.store.insert(PageWidget, [{ template_file: 'pages/home', channel_id: 1, regions: [{ name: 'top' }] }]);
    const [widgets] = await PageWidget.where({ template_file: 'pages/home' });
    expect(widgets?.regions).to.deep.equal([{ name: 'top' }]);
    const values = { permission_set: 'app_only', namespace: 'n', key: 'k', value: 'v' } as const;
    const metafield = await ChannelMetafield.of(1).create(values);
    expect((await metafield.update({ value: 'w' })).isDirty).to.equal(false);
    expect((await ChannelMetafield.of(1).find(metafield.id)).value).to.equal('w');
    const ofCustomer = await CustomerMetafield.of(1).create(values);
    expect((await ofCustomer.update({ value: 'w' })).value).to.equal('w');
    const url = ChannelCheckoutUrl.of(1).load({});
    await url.update({ url: 'https://checkout.example.com' });
    expect(url.url).to.equal('https://checkout.example.com');
    await url.destroy();
    const hook = await Webhook.create({ scope: 'store/order/*', destination: 'https://example.com/' });
    expect((await hook.destroy()).isDestroyed).to.equal(true);
    expect(context.store.requests.filter(({ status }) => status >= 300)).to.deep.equal([]);
  });

  it('metafields of several owners name them in one batch', async () => {
    const row = (resource_id: number) =>
      ({ resource_id, permission_set: 'app_only', namespace: 'n', key: `k${resource_id}`, value: 'v' }) as const;
    const { succeeded, failed } = await ProductMetafield.createMany([row(1), row(2)]);
    expect([failed, last()]).to.deep.equal([[], `POST /v3/catalog/products/metafields ${JSON.stringify([row(1), row(2)])}`]);
    expect(succeeded.map(({ resource_id }) => resource_id)).to.deep.equal([1, 2]);
    await succeeded[1]?.update({ value: 'w' });
    expect(last()).to.match(/^PUT \/v3\/catalog\/products\/2\/metafields\/\d+ /);
    const [listed] = await ProductMetafield.where({ key: 'k1' });
    await listed?.destroy();
    expect(last()).to.equal(`DELETE /v3/catalog/products/1/metafields/${listed?.id}`);
    await ProductMetafield.create(row(3));
    expect(last()).to.match(/^POST \/v3\/catalog\/products\/3\/metafields \{"permission_set"/);
    const another = rejection(ProductMetafield.of(1).create(row(2)), ReadonlyAttributeError);
    expect((await another).message).to.contain('resource_id is read-only');
    await VariantMetafield.createMany([row(1), row(2)]);
    expect(last()).to.equal(`POST /v3/catalog/variants/metafields ${JSON.stringify([row(1), row(2)])}`);
  });
});
