import { ClientError, Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';

const address = {
  first_name: 'Ann',
  last_name: 'Lee',
  address1: '1 Pier',
  city: 'Austin',
  country_code: 'US',
  state_or_province: 'Texas',
  postal_code: '78701',
};

describe('customers of the sandbox', () => {
  let store: Sandbox;
  let session: Session;
  let people = 0;

  before(async () => {
    store = await Sandbox.start();
    session = Session.configure(store.credentials);
  });
  after(() => store.stop());

  const person = (): { email: string; first_name: string; last_name: string } => {
    people += 1;
    return { email: `person${people}@b.co`, first_name: 'Ann', last_name: 'Lee' };
  };
  const errorsOf = async (call: PromiseLike<unknown>): Promise<string> => {
    const { status, body } = await rejection(call, ClientError);
    return `${status} ${JSON.stringify(body)}`;
  };
  const rowOf = async (id: number, include = ''): Promise<Record<string, unknown>> => {
    const { body } = await session.get('/customers', { query: { 'id:in': id, ...(include === '' ? {} : { include }) } });
    return (body as { data: [Record<string, unknown>] }).data[0];
  };

  it('have their addresses in both generations', async () => {
    const customer = await v3.Customer.create({ ...person(), addresses: [address] });
    expect(customer).to.include({ address_count: 1, customer_group_id: 0, channel_ids: null, origin_channel_id: 1, company: '' });
    const old = await v2.Customer.find(customer.id);
    const [first] = await old.addresses;
    expect(first).to.include({ street_1: '1 Pier', state: 'Texas', zip: '78701', country: 'United States', country_iso2: 'US' });
    const names = { first_name: 'Ann', last_name: 'Lee', city: 'Lyon', state: 'Rhône', phone: '1' };
    await v2.CustomerAddress.of(customer.id).create({ ...names, street_1: '2 Quay', zip: '69001', country: 'France' });
    const all = await v3.CustomerAddress.where({ customer_id: { in: [customer.id] } }).all();
    expect(all.map(({ address1, country_code, address_type }) => [address1, country_code, address_type])).to.deep.equal([
      ['1 Pier', 'US', 'residential'],
      ['2 Quay', 'FR', 'residential'],
    ]);
    await all[0]?.update({ address1: '3 Pier', country_code: 'DE' });
    expect(await v2.CustomerAddress.of(customer.id).find(all[0]?.id ?? 0)).to.include({
      street_1: '3 Pier',
      country: 'Germany',
      country_iso2: 'DE',
    });
    await customer.destroy();
    expect(await v3.CustomerAddress.where({ customer_id: { in: [customer.id] } }).all()).to.deep.equal([]);
  });

  it('are not created with more than ten addresses, or incomplete ones', async () => {
    const addresses = Array.from({ length: 11 }, (_, at) => ({ ...address, address1: `${at} Pier` }));
    expect(await errorsOf(v3.Customer.create({ ...person(), addresses }))).to.match(/^422 .*must have at most 10 addresses/);
    const { city, ...incomplete } = address;
    expect(await errorsOf(v3.Customer.create({ ...person(), addresses: [address, incomplete] }))).to.match(/^422 .*0\.addresses\.1\.city/);
    const { id } = await v3.Customer.create({ ...person(), addresses: addresses.slice(0, 10) });
    await v3.CustomerAddress.create({ ...address, address1: '99 Pier', customer_id: id });
    const row = await rowOf(id, 'addresses');
    expect([row['address_count'], (row['addresses'] as unknown[]).length]).to.deep.equal([11, 10]);
  });

  it('keep the same address once', async () => {
    const { id: customer_id } = await v3.Customer.create({ ...person(), addresses: [address] });
    const body = ['1 Pier', '2 Pier'].map((address1) => ({ ...address, address1, customer_id }));
    const response = (await session.post('/customers/addresses', { body })).body as { data: Record<string, unknown>[] };
    expect(response.data.map((row) => row['address1'])).to.deep.equal(['2 Pier']);
    const [first, second] = await v3.CustomerAddress.where({ customer_id: { in: [customer_id] } }).all();
    const changed = (await session.put('/customers/addresses', { body: [{ id: second?.id, address1: first?.address1 }] })).body;
    expect((changed as { data: unknown[] }).data).to.deep.equal([]);
    expect((await v3.CustomerAddress.find(second?.id ?? 0)).address1).to.equal('2 Pier');
  });

  it('are refused with values that do not fit', async () => {
    const { email } = await v3.Customer.create(person());
    const cases: [object, string][] = [
      [{ email }, '0.email'],
      [{ email: 'a' }, '0.email'],
      [{ first_name: 'x'.repeat(101) }, '0.first_name'],
      [{ customer_group_id: 77 }, '0.customer_group_id'],
      [{ channel_ids: [] }, '0.channel_ids'],
      [{ channel_ids: [77] }, '0.channel_ids'],
      [{ attributes: [{ attribute_id: 77, attribute_value: 'x' }] }, '0.attributes.0.attribute_id'],
      [{ authentication: { new_password: 'short1' } }, '0.authentication.new_password'],
      [{ authentication: { new_password: 'onlyletters' } }, '0.authentication.new_password'],
    ];
    for (const [values, field] of cases) {
      const errors = await errorsOf(v3.Customer.create({ ...person(), ...values }));
      expect([errors.startsWith('422 '), errors.includes(`"${field}"`)], errors).to.deep.equal([true, true]);
    }
    const twice = person();
    const both = await errorsOf(session.post('/customers', { body: [twice, { ...twice, first_name: 'Other' }] }));
    expect(both).to.match(/^422 .*1\.email/);
    expect(await v3.Customer.where({ email: { in: [twice.email] } }).count()).to.equal(0);
    expect(await errorsOf(v2.Customer.create({ ...person(), email }))).to.match(/^409 /);
    expect(await errorsOf(v3.CustomerAddress.create({ ...address, customer_id: 7777 }))).to.match(/^422 .*customer_id/);
    expect(await errorsOf(v3.CustomerAddress.create({ ...address, customer_id: 1, state_or_province: 'TX' }))).to.match(/^422 .*full name/);
  });

  it('have a password that no response shows', async () => {
    const customer = await v3.Customer.create({ ...person(), authentication: { new_password: 'horse77', force_password_reset: true } });
    const row = await rowOf(customer.id);
    expect(row['authentication']).to.deep.equal({ force_password_reset: true });
    expect(JSON.stringify(store.requests.map(({ responseBody }) => responseBody))).to.not.contain('horse77');
    const credentials = { email: customer.email, password: 'horse77' };
    expect(await v3.Customer.validateCredentials(credentials)).to.deep.equal({ is_valid: true, customer_id: customer.id });
    expect(await v3.Customer.validateCredentials({ ...credentials, password: 'password' })).to.deep.equal({
      is_valid: false,
      customer_id: null,
    });
    const old = await v2.Customer.find(customer.id);
    expect([await old.validatePassword('horse77'), old.reset_pass_on_login]).to.deep.equal([true, true]);
    const differing = { password: 'horse88', password_confirmation: 'horse99' };
    expect(await errorsOf(old.update({ _authentication: differing }))).to.match(/^400 .*is not confirmed/);
    await old.update({ _authentication: { password: 'horse88', password_confirmation: 'horse88' } });
    expect((await v3.Customer.validateCredentials({ ...credentials, password: 'horse88' })).is_valid).to.equal(true);
    expect(await errorsOf(session.post('/customers/validate-credentials', { body: { email: 'a@b.co' } }))).to.match(
      /^422 .*password is required/,
    );
    await customer.update({ channel_ids: [1] });
    expect((await v3.Customer.validateCredentials({ ...credentials, password: 'horse88', channel_id: 2 })).is_valid).to.equal(false);
  });

  it('have attributes of a type, form fields and store credit, where they are included', async () => {
    const [size, date] = (
      await v3.CustomerAttribute.createMany([
        { name: 'Size', type: 'number' },
        { name: 'Since', type: 'date' },
      ])
    ).succeeded;
    const attributes = [{ attribute_id: size?.id ?? 0, attribute_value: '42' }];
    const form_fields = [{ name: 'Hobby', value: 'Chess' }];
    const body = [{ ...person(), attributes, form_fields, store_credit_amounts: [{ amount: 43.15 }] }];
    const { data } = (await session.post('/customers', { body })).body as { data: Record<string, unknown>[] };
    const id = Number(data[0]?.['id']);
    expect([data[0]?.['store_credit_amounts'], data[0]?.['attribute_count']]).to.deep.equal([[{ amount: 43.15 }], 1]);
    const plain = await rowOf(id);
    expect(plain).to.not.have.any.keys('attributes', 'form_fields', 'store_credit_amounts', 'segment_ids');
    const full = await rowOf(id, 'attributes,formfields,storecredit');
    expect(full['form_fields']).to.deep.equal([{ name: 'Hobby', value: 'Chess', customer_id: id }]);
    expect(await v2.Customer.find(id)).to.deep.include({ store_credit: '43.1500', form_fields: form_fields });

    const value = (attribute_id: number | undefined, text: string) => ({ attribute_id: attribute_id ?? 0, customer_id: id, value: text });
    await v3.CustomerAttributeValue.upsertMany([value(size?.id, '43'), value(date?.id, '2020-01-02')]);
    const values = () => v3.CustomerAttributeValue.where({ customer_id: { in: [id] } }).all();
    expect((await values()).map(({ attribute_value }) => attribute_value)).to.deep.equal(['43', '2020-01-02']);
    for (const wrong of [value(size?.id, 'big'), value(date?.id, 'soon'), value(7777, '1')])
      expect(await errorsOf(session.put('/customers/attribute-values', { body: [wrong] })), JSON.stringify(wrong)).to.match(/^422 /);
    expect(await errorsOf(session.put('/customers/attributes', { body: [{ id: size?.id, name: 'Size', type: 'string' }] }))).to.match(
      /^422 .*type/,
    );
    await size?.destroy();
    expect((await values()).map(({ attribute_id }) => attribute_id)).to.deep.equal([date?.id]);
  });

  it('have fifty attributes at most', async () => {
    const left = 50 - (await v3.CustomerAttribute.count());
    const names = Array.from({ length: left + 1 }, (_, at) => ({ name: `Attribute ${at}`, type: 'string' as const }));
    const { succeeded, failed } = await v3.CustomerAttribute.createMany(names);
    expect([succeeded.length, failed.length, await v3.CustomerAttribute.count()]).to.deep.equal([left, 1, 50]);
    await v3.CustomerAttribute.destroyMany(succeeded);
  });

  it('belong to the default group, and to none once theirs is deleted', async () => {
    const first = await v2.CustomerGroup.create({ name: 'First', is_default: true });
    const second = await v2.CustomerGroup.create({ name: 'Second', is_default: true });
    expect(second).to.deep.include({ category_access: { type: 'all' }, discount_rules: [], is_group_for_guests: false });
    expect((await first.reload()).is_default).to.equal(false);
    const customer = await v3.Customer.create(person());
    expect(customer.customer_group_id).to.equal(second.id);
    await second.destroy();
    expect((await v2.Customer.find(customer.id)).customer_group_id).to.equal(0);
    const rules: object[][] = [
      [
        { type: 'price_list', price_list_id: 1 },
        { type: 'all', method: 'percent', amount: '1' },
      ],
      [
        { type: 'all', method: 'percent', amount: '1' },
        { type: 'all', method: 'percent', amount: '2' },
      ],
      [{ type: 'product', product_id: 7777, method: 'percent', amount: '1' }],
      [{ type: 'all', method: 'half', amount: '1' }],
      [{ type: 'brand', amount: '1' }],
    ];
    for (const discount_rules of rules)
      expect(
        await errorsOf(v2.CustomerGroup.create({ name: 'Wrong', discount_rules: discount_rules as never })),
        JSON.stringify(discount_rules),
      ).to.match(/^400 .*discount_rules/);
  });

  it('are in segments by their profiles', async () => {
    const { id: customer_id } = await v3.Customer.create(person());
    const [one, two] = (await v3.Segment.createMany([{ name: 'One' }, { name: 'Two' }])).succeeded;
    const profile = await v3.ShopperProfile.create({ customer_id });
    for (const segment of [one, two]) if (segment !== undefined) await v3.SegmentShopperProfile.add(segment, [profile]);
    expect((await profile.segments).map(({ name }) => name)).to.deep.equal(['One', 'Two']);
    const row = await rowOf(customer_id, 'shopper_profile_id,segment_ids');
    expect([row['shopper_profile_id'], row['segment_ids']]).to.deep.equal([profile.id, [one?.id, two?.id]]);
    expect(await errorsOf(v3.SegmentShopperProfile.add(one?.id ?? '', [profile]))).to.match(/^409 .*already exists for segment/);
    expect(await errorsOf(v3.SegmentShopperProfile.add('none', [profile]))).to.match(/^404 /);
    await v3.SegmentShopperProfile.of(one?.id ?? '').destroy(profile.id);
    expect((await profile.segments.reload()).map(({ name }) => name)).to.deep.equal(['Two']);
    await two?.destroy();
    expect(await profile.segments.reload()).to.deep.equal([]);
    expect(await errorsOf(v3.ShopperProfile.create({ customer_id: 7777 }))).to.match(/^422 /);
  });

  it('leave segments all at once, and segments are deleted all at once, where no keys are given', async () => {
    const { id: customer_id } = await v3.Customer.create(person());
    const segment = (await v3.Segment.createMany([{ name: 'Three' }])).succeeded[0];
    if (segment === undefined) throw new Error('There is no segment.');
    const profile = await v3.ShopperProfile.create({ customer_id });
    await v3.SegmentShopperProfile.add(segment, [profile]);
    await v3.SegmentShopperProfile.of(segment).deleteAll({ all: true });
    expect(await v3.SegmentShopperProfile.of(segment)).to.deep.equal([]);
    expect((await v3.ShopperProfile.all()).map(({ id }) => id)).to.include(profile.id);
    await v3.Segment.deleteAll();
    expect(await v3.Segment.all()).to.deep.equal([]);
  });

  it('have wishlists, whose items have ids of their own', async () => {
    const list = await v3.Wishlist.create({ customer_id: 5, name: 'Mine', items: [{ product_id: 1 }, { product_id: 2 }] });
    expect([list.is_public, list.items.map(({ id }) => id)]).to.deep.equal([false, [1, 2]]);
    expect(list.token).to.match(/^[0-9a-f-]{36}$/);
    await list.addItems([{ product_id: 3, variant_id: 7 }]);
    await list.removeItem(1);
    await list.update({ is_public: true, items: [{ id: 2, product_id: 9 }] });
    expect((await v3.Wishlist.find(list.id)).items).to.deep.equal([
      { id: 2, product_id: 9 },
      { id: 3, product_id: 3, variant_id: 7 },
    ]);
    expect(await errorsOf(list.addItems([{ product_id: 7777 }]))).to.match(/^422 .*items\.0\.product_id/);
    expect(await errorsOf(list.removeItem(77))).to.match(/^404 /);
    expect(await errorsOf(v3.Wishlist.create({ customer_id: 7777, name: 'No one' }))).to.match(/^422 /);
  });

  it('give consent, and subscribe once', async () => {
    const consent = await v3.CustomerConsent.of(8).get();
    expect(consent).to.deep.include({ allow: [], deny: [] });
    await consent.update({ allow: ['analytics'], deny: ['targeting'] });
    expect((await v3.CustomerConsent.of(8).get()).updated_at).to.be.an.instanceOf(Date);
    expect(await errorsOf(consent.update({ allow: ['everything'] }))).to.match(/^422 .*allow/);
    const { email } = person();
    const subscriber = await v3.Subscriber.create({ email });
    expect(subscriber).to.deep.include({ consents: [], channel_id: 1, order_id: null });
    expect(await errorsOf(v3.Subscriber.create({ email: email.toUpperCase() }))).to.match(/^409 /);
    expect(await errorsOf(subscriber.update({ consents: ['spam'] }))).to.match(/^422 .*consents/);
    await v3.Subscriber.where({ email }).deleteAll();
    expect(await v3.Subscriber.where({ email }).count()).to.equal(0);
    expect(await v3.Subscriber.count()).to.equal(2);
  });

  it('have settings, of which a channel has those of the store', async () => {
    const settings = await v3.CustomerSettings.get();
    expect(settings.customer_group_settings).to.deep.equal({ guest_customer_group_id: 0, default_customer_group_id: 0 });
    await settings.update({ privacy_settings: { policy_url: 'https://a.example' } });
    expect((await v3.CustomerSettings.get()).privacy_settings).to.include({
      policy_url: 'https://a.example',
      ask_shopper_for_tracking_consent: false,
    });
    expect((await v3.CustomerChannelSettings.of(1).get()).allow_global_logins).to.equal(true);
  });

  it('are changed by three requests at once, and by no more', async () => {
    store.latency = 30;
    const change = (id: number) =>
      fetch(`${store.credentials.baseUrl}/stores/sandbox/v3/customers`, {
        method: 'PUT',
        headers: { 'x-auth-token': store.credentials.accessToken, 'content-type': 'application/json' },
        body: JSON.stringify([{ id, notes: 'Seen' }]),
      });
    const statuses = (await Promise.all([1, 2, 3, 4, 5].map(change))).map(({ status }) => status);
    store.latency = 0;
    expect(statuses.sort((a, b) => a - b)).to.deep.equal([200, 200, 200, 429, 429]);
    expect((await change(6)).status).to.equal(200);
    expect(await v3.Customer.where({ id: { in: [1, 2, 3, 4, 5] } }).all()).to.satisfy(
      (all: v3.Customer[]) => all.filter(({ notes }) => notes === 'Seen').length === 3,
    );
  });
});
