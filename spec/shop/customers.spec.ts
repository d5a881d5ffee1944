import { ConflictError } from 'bigrecord';
import { CustomerGroup, CustomerAddress as V2Address, Customer as V2Customer } from 'bigrecord/v2';
import {
  Customer,
  CustomerAddress,
  CustomerAttribute,
  CustomerAttributeValue,
  CustomerChannelSettings,
  CustomerConsent,
  CustomerMetafield,
  Segment,
  SegmentShopperProfile,
  ShopperProfile,
  Subscriber,
  Wishlist,
} from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { useStore } from '../support/store.js';
import { refusal, refusals } from './refusal.js';

const ann = { email: 'ann@example.com', first_name: 'Ann', last_name: 'Bo' };
const home = {
  first_name: 'Ann',
  last_name: 'Bo',
  address1: '1 Pier',
  city: 'Austin',
  state_or_province: 'Texas',
  postal_code: '78751',
  country_code: 'US',
};

describe('job: keep customers', () => {
  useStore();

  it('a customer with an address in one request, seen by V2 as well', async () => {
    const customer = await Customer.create({ ...ann, phone: '555', addresses: [home] });
    expect(customer).to.include({ customer_group_id: 0, address_count: 1, attribute_count: 0, channel_ids: null, origin_channel_id: 1 });
    const [address] = await CustomerAddress.where({ customer_id: { in: [customer.id] } }).all();
    expect(address).to.include({ country: 'United States', country_code: 'US', address_type: 'residential', customer_id: customer.id });
    const old = await V2Customer.find(customer.id);
    expect(old).to.include({ email: 'ann@example.com', phone: '555', store_credit: '0.0000', accepts_marketing: false });
    const [same] = await old.addresses;
    expect(same).to.include({
      id: address?.id,
      street_1: '1 Pier',
      state: 'Texas',
      zip: '78751',
      country: 'United States',
      country_iso2: 'US',
    });
    await V2Address.of(customer.id).create({
      first_name: 'Ann',
      last_name: 'Bo',
      street_1: '2 Quay',
      city: 'Lyon',
      state: 'Rhone',
      zip: '69001',
      country: 'France',
      phone: '1',
    });
    expect((await customer.reload()).address_count).to.equal(2);
    expect((await CustomerAddress.where({ customer_id: { in: [customer.id] } }).all())[1]).to.include({
      country_code: 'FR',
      address1: '2 Quay',
    });
  });

  it('an e-mail address is taken once, in both generations; of ten new ones one does not spoil nine', async () => {
    await Customer.create(ann);
    expect(await refusal(Customer.create(ann))).to.equal(422);
    expect(await refusal(V2Customer.create({ email: 'ann@example.com', first_name: 'A', last_name: 'B' }))).to.be.oneOf([400, 409]);
    const rows = Array.from({ length: 10 }, (_, at) => ({ ...ann, email: at === 4 ? 'ann@example.com' : `new${at}@example.com` }));
    const { succeeded, failed } = await Customer.createMany(rows);
    expect(succeeded).to.have.length(9);
    expect(failed.map(({ record }) => record.email)).to.deep.equal(['ann@example.com']);
    expect(await Customer.where({ email: { in: ['ann@example.com'] } }).count()).to.equal(1);
    const other = await Customer.findBy({ email: { in: ['new0@example.com'] } });
    expect(await refusal(other?.update({ email: 'ann@example.com' }) ?? Promise.resolve())).to.equal(422);
    expect(await refusal(Customer.create({ ...ann, email: 'a' }))).to.equal(422);
  });

  it('the same address is not kept twice, and goes with its customer', async () => {
    const customer = await Customer.create(ann);
    const address = await CustomerAddress.create({ ...home, customer_id: customer.id });
    const { succeeded } = await CustomerAddress.createMany(
      ['1 Pier', '2 Pier'].map((address1) => ({ ...home, address1, customer_id: customer.id })),
    );
    expect(succeeded.map(({ address1 }) => address1)).to.include('2 Pier');
    // The API responds with 200 and leaves the address out; the library says that nothing was written.
    await rejection(CustomerAddress.create({ ...home, customer_id: customer.id }), ConflictError);
    const [second] = succeeded.filter(({ address1 }) => address1 === '2 Pier');
    await rejection(second?.update({ address1: home.address1 }) ?? Promise.resolve(), ConflictError);
    const again = await CustomerAddress.createMany(
      ['2 Pier', '3 Pier'].map((address1) => ({ ...home, address1, customer_id: customer.id })),
    );
    expect(again.succeeded.map(({ address1 }) => address1)).to.deep.equal(['3 Pier']);
    expect(again.failed.map(({ error }) => error))
      .to.have.lengthOf(1)
      .and.satisfy(([error]: unknown[]) => error instanceof ConflictError);
    await again.succeeded[0]?.destroy();
    expect((await customer.reload()).address_count).to.equal(2);
    expect(await refusal(CustomerAddress.create({ ...home, country_code: 'USA', customer_id: customer.id }))).to.equal(422);
    expect(await refusal(CustomerAddress.create({ ...home, customer_id: 4711 }))).to.equal(422);
    await address.destroy();
    expect((await customer.reload()).address_count).to.equal(1);
    await customer.destroy();
    expect(await CustomerAddress.where({ customer_id: { in: [customer.id] } }).all()).to.deep.equal([]);
    expect(await V2Customer.exists(customer.id)).to.equal(false);
  });

  it('attributes of customers: a type for good, values as strings, no more than fifty', async () => {
    const { succeeded } = await CustomerAttribute.createMany([
      { name: 'Shoe size', type: 'number' },
      { name: 'Birthday', type: 'date' },
    ]);
    const [size, birthday] = succeeded;
    const customer = await Customer.create({ ...ann, attributes: [{ attribute_id: size?.id ?? 0, attribute_value: '42' }] });
    expect(customer.attribute_count).to.equal(1);
    await CustomerAttributeValue.upsertMany([
      { customer_id: customer.id, attribute_id: size?.id ?? 0, value: '43' },
      { customer_id: customer.id, attribute_id: birthday?.id ?? 0, value: '1990-02-01' },
    ]);
    const values = await CustomerAttributeValue.where({ customer_id: { in: [customer.id] } }).all();
    expect(values.map(({ attribute_value }) => attribute_value)).to.deep.equal(['43', '1990-02-01']);
    const bad = await CustomerAttributeValue.upsertMany([{ customer_id: customer.id, attribute_id: 4711, value: '1' }]);
    expect(bad.failed.map(({ error }) => 'status' in error && error.status)).to.deep.equal([422]);
    await CustomerAttribute.destroy(size?.id ?? 0);
    expect(
      (await CustomerAttributeValue.where({ customer_id: { in: [customer.id] } }).all()).map(({ attribute_id }) => attribute_id),
    ).to.deep.equal([birthday?.id]);
    const many = await CustomerAttribute.createMany(
      Array.from({ length: 50 }, (_, at) => ({ name: `Attribute ${at}`, type: 'string' as const })),
    );
    expect(many.succeeded).to.have.length.of.at.most(49);
    expect(await CustomerAttribute.count()).to.be.at.most(50);
  });

  it('passwords are checked and never shown; credentials are of one customer', async () => {
    const customer = await Customer.create({ ...ann, authentication: { force_password_reset: false, new_password: 'Correct-Horse-7' } });
    expect(JSON.stringify(customer)).to.not.contain('Correct-Horse-7');
    expect(JSON.stringify(await Customer.find(customer.id))).to.not.contain('Correct-Horse-7');
    const old = await V2Customer.find(customer.id);
    expect(await old.validatePassword('Correct-Horse-7')).to.equal(true);
    expect(await old.validatePassword('wrong')).to.equal(false);
    expect(await Customer.validateCredentials({ email: ann.email, password: 'Correct-Horse-7' })).to.include({
      is_valid: true,
      customer_id: customer.id,
    });
    expect(await Customer.validateCredentials({ email: ann.email, password: 'wrong' })).to.include({ is_valid: false });
    await old.update({ _authentication: { password: 'New-Horse-8', password_confirmation: 'New-Horse-8' } });
    expect(await old.validatePassword('New-Horse-8')).to.equal(true);
    expect(await refusal(old.update({ _authentication: { password: 'A-Horse-99', password_confirmation: 'B-Horse-99' } }))).to.be.oneOf(
      refusals,
    );
    expect((await Customer.validateCredentials({ email: ann.email, password: 'Correct-Horse-7' })).is_valid).to.equal(false);
  });

  it('who may log in to a channel: channels of a customer, settings of a channel, consent', async () => {
    expect((await CustomerChannelSettings.of(1).get()).allow_global_logins).to.equal(true);
    const customer = await Customer.create({ ...ann, channel_ids: [1] });
    expect(customer.channel_ids).to.deep.equal([1]);
    expect(await refusal(Customer.create({ ...ann, email: 'b@example.com', channel_ids: [] }))).to.equal(422);
    expect(await refusal(Customer.create({ ...ann, email: 'b@example.com', channel_ids: [4711] }))).to.equal(422);
    await customer.update({ channel_ids: null });
    expect((await Customer.find(customer.id)).channel_ids).to.equal(null);
    const consent = await CustomerConsent.of(customer.id).get();
    await consent.update({ allow: ['analytics'], deny: ['targeting'] });
    expect(await CustomerConsent.of(customer.id).get()).to.deep.include({ allow: ['analytics'], deny: ['targeting'] });
    await CustomerMetafield.of(customer.id).create({ permission_set: 'app_only', namespace: 'crm', key: 'id', value: '7' });
    expect(
      await refusal(CustomerMetafield.of(customer.id).create({ permission_set: 'app_only', namespace: 'crm', key: 'id', value: '8' })),
    ).to.equal(409);
  });

  it('groups: one for guests, one by default, and the customers of a group that goes', async () => {
    const guests = await CustomerGroup.create({ name: 'Guests', is_group_for_guests: true });
    expect(guests).to.include({ is_default: false, is_group_for_guests: true });
    expect(guests.category_access).to.deep.include({ type: 'all' });
    await refusal(CustomerGroup.create({ name: 'More guests', is_group_for_guests: true }));
    expect((await CustomerGroup.where({ is_group_for_guests: true }).all()).length).to.equal(1);
    const customer = await Customer.create({ ...ann, customer_group_id: guests.id });
    expect((await V2Customer.find(customer.id)).customer_group_id).to.equal(guests.id);
    expect((await Customer.where({ customer_group_id: { in: [guests.id] } }).all()).map(({ id }) => id)).to.deep.equal([customer.id]);
    await guests.destroy();
    expect((await customer.reload()).customer_group_id).to.equal(0);
  });

  it('segments hold profiles of customers, and leave them when they go', async () => {
    const customer = await Customer.create(ann);
    const segment = await Segment.create({ name: 'Big spenders', description: 'Over 500' });
    expect(segment.id).to.match(/^[0-9a-f-]{36}$/);
    const { succeeded } = await ShopperProfile.createMany([{ customer_id: customer.id }]);
    const [profile] = succeeded;
    await SegmentShopperProfile.add(segment, [profile?.id ?? '']);
    expect((await segment.shopper_profiles).map(({ customer_id }) => customer_id)).to.deep.equal([customer.id]);
    expect((await profile?.segments)?.map(({ name }) => name)).to.deep.equal(['Big spenders']);
    const read = await Customer.include('shopper_profile_id', 'segment_ids')
      .where({ id: { in: [customer.id] } })
      .first();
    expect(read).to.include({ shopper_profile_id: profile?.id });
    expect(read?.segment_ids).to.deep.equal([segment.id]);
    expect(await refusal(SegmentShopperProfile.add(segment, [profile?.id ?? '']))).to.equal(409);
    await segment.destroy();
    expect((await ShopperProfile.all()).map(({ id }) => id)).to.include(profile?.id);
    expect(await profile?.segments.reload()).to.deep.equal([]);
  });

  it('subscribers are not customers: a list of its own, each address once', async () => {
    const subscriber = await Subscriber.create({ email: 'news@example.com', first_name: 'Nia', consents: ['marketing_newsletter'] });
    expect(subscriber).to.include({ email: 'news@example.com', first_name: 'Nia' });
    expect(await refusal(Subscriber.create({ email: 'news@example.com' }))).to.equal(409);
    expect(await Customer.where({ email: { in: ['news@example.com'] } }).count()).to.equal(0);
    await subscriber.update({ consents: ['marketing_newsletter', 'abandoned_cart'] });
    expect((await Subscriber.findBy({ email: 'news@example.com' }))?.consents).to.have.members(['marketing_newsletter', 'abandoned_cart']);
    expect(await refusal(Subscriber.find(4711))).to.equal(404);
    await Subscriber.where({ email: 'news@example.com' }).deleteAll();
    expect(await Subscriber.where({ email: 'news@example.com' }).count()).to.equal(0);
  });

  it('wishlists: private at first, items added and taken off', async () => {
    const customer = await Customer.create(ann);
    const wishlist = await Wishlist.create({
      customer_id: customer.id,
      name: 'Kitchen',
      is_public: false,
      items: [{ product_id: 1 }, { product_id: 2 }],
    });
    expect(wishlist.token).to.match(/\S{8,}/);
    expect(wishlist.items.map(({ product_id }) => product_id)).to.deep.equal([1, 2]);
    expect(wishlist.items.every(({ id }) => typeof id === 'number')).to.equal(true);
    await wishlist.addItems([{ product_id: 3 }]);
    await wishlist.removeItem(wishlist.items[0]?.id ?? 0);
    expect((await Wishlist.find(wishlist.id)).items.map(({ product_id }) => product_id)).to.deep.equal([2, 3]);
    await wishlist.update({ is_public: true });
    expect(await Wishlist.find(wishlist.id)).to.include({ is_public: true, name: 'Kitchen', customer_id: customer.id });
    expect((await Wishlist.where({ customer_id: customer.id }).all()).map(({ id }) => id)).to.deep.equal([wishlist.id]);
    expect(await refusal(Wishlist.find(4711))).to.equal(404);
  });
});
