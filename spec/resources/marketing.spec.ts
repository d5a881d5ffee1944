import { ClientError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { sent, sentBy, useStore } from '../support/store.js';

const rules = [{ action: { cart_value: { discount: { percentage_amount: '10' } } } }];

describe('marketing, taxes and the store', () => {
  const context = useStore();
  const last = (): string => sent(context.store).at(-1) ?? '';

  it('promotions have dates, which end with null', async () => {
    const { id } = await v3.Promotion.create({
      name: 'P',
      redemption_type: 'AUTOMATIC',
      rules,
      start_date: new Date('2026-03-01T00:00:00Z'),
    });
    expect(last()).to.contain('"start_date":"2026-03-01T00:00:00.000Z"');
    const promotion = await v3.Promotion.find(id);
    expect(promotion.start_date).to.deep.equal(new Date('2026-03-01T00:00:00Z'));
    await promotion.update({ end_date: new Date('2026-04-01T00:00:00Z'), max_uses: 5 });
    await promotion.update({ end_date: null, max_uses: null });
    expect(last()).to.equal(`PUT /v3/promotions/${id} {"max_uses":null,"end_date":null}`);
  });

  it('promotions of several channels are found in one request, with those of all channels', async () => {
    const common = { redemption_type: 'AUTOMATIC', rules };
    for (const channels of [[], [{ id: 1 }], [{ id: 3 }]]) await v3.Promotion.create({ ...common, name: 'P', channels });
    expect(await v3.Promotion.where({ channels: 1, name: 'P' }).all(), 'one channel').to.have.length(2);
    expect(await sentBy(context.store, () => v3.Promotion.where({ channels: [1, 2] }).all())).to.deep.equal([
      'GET /v3/promotions?channels=1,2&limit=250',
    ]);
  });

  it('rules are told apart by their keys', () => {
    const promotion = v3.Promotion.load({
      id: 1,
      rules: [
        { action: { shipping: { free_shipping: true, zone_ids: '*' } }, condition: { or: [{ cart: { minimum_spend: '20' } }] } },
        { action: { cart_items: { discount: { fixed_amount: '5' }, items: { not: { brands: [1] } } } } },
      ],
    });
    const [first, second] = promotion.rules;
    expect(first !== undefined && 'shipping' in first.action && first.action.shipping.zone_ids).to.equal('*');
    expect(first?.condition !== undefined && 'or' in first.condition && first.condition.or[0]?.cart.minimum_spend).to.equal('20');
    expect(second !== undefined && 'cart_items' in second.action && second.action.cart_items.discount).to.deep.equal({ fixed_amount: '5' });
  });

  it('codes are generated as the request says, and belong to the promotion', async () => {
    const promotion = await v3.Promotion.create({ name: 'P', redemption_type: 'COUPON', coupon_type: 'BULK', rules });
    const generated = await promotion.generateCodes({
      batch_size: 3,
      prefix: 'SPRING',
      suffix: 'X',
      delimiter: '-',
      code_length: 8,
      max_uses: 5,
      exclude_characters: ['O', '0'],
    });
    expect(generated).to.include({ batch_size: 3, max_uses: 5, max_uses_per_customer: 1 });
    expect(generated.codes).to.have.length(3);
    for (const { code } of generated.codes) expect(code).to.match(/^SPRING-[A-NP-Z1-9]{8}-X$/);
    const codes = await promotion.issued_codes.reload();
    expect(codes.map(({ code, max_uses, current_uses }) => [code, max_uses, current_uses])).to.deep.equal(
      generated.codes.map(({ code }) => [code, 5, 0]),
    );
    expect(codes[0]?.created).to.be.an.instanceOf(Date);
    for (const wrong of [
      { batch_size: 251 },
      { batch_size: 1, code_length: 5 },
      { batch_size: 1, max_uses: -1 },
      { batch_size: 1, prefix: 'A'.repeat(20), suffix: 'B'.repeat(20) },
    ])
      expect((await rejection(() => promotion.generateCodes(wrong), ClientError)).status, JSON.stringify(wrong)).to.equal(422);
    const single = await v3.Promotion.create({ name: 'S', redemption_type: 'COUPON', rules });
    expect((await rejection(() => single.generateCodes({ batch_size: 1 }), ClientError)).status).to.equal(405);
  });

  it('fifty promotions or tax classes are deleted in a request, which is all that the store takes', async () => {
    const before = await v3.Promotion.count();
    const { succeeded: promotions } = await v3.Promotion.createMany(
      Array.from({ length: 60 }, (_, n) => ({ name: `P${n}`, redemption_type: 'AUTOMATIC', rules })),
    );
    const ids = promotions.map(({ id }) => id);
    const sizes = (lines: string[]): number[] =>
      lines.filter((line) => line.startsWith('DELETE')).map((line) => line.split('=')[1]?.split(',').length ?? 0);
    expect(sizes(await sentBy(context.store, () => v3.Promotion.destroyMany(promotions)))).to.have.members([50, 10]);
    expect(await v3.Promotion.count()).to.equal(before);
    const { succeeded: classes } = await v3.TaxClass.createMany(Array.from({ length: 51 }, (_, n) => ({ name: `Class ${n}` })));
    expect(sizes(await sentBy(context.store, () => v3.TaxClass.destroyMany(classes)))).to.have.members([50, 1]);
    const refused = await rejection(
      () => context.session.delete('/promotions', { query: { 'id:in': ids.slice(0, 51).join(',') } }),
      ClientError,
    );
    expect(refused.status).to.equal(422);
  });

  it('gift certificates have Unix seconds in strings, and are written by RFC 2822', async () => {
    const certificate = v2.GiftCertificate.load({
      id: 1,
      to_name: 'A',
      to_email: 'a@b.co',
      from_name: 'B',
      from_email: 'b@c.co',
      amount: '10',
      balance: '0',
      purchase_date: '1603306',
      expiry_date: '0',
    });
    expect(certificate.purchase_date).to.deep.equal(new Date(1_603_306_000));
    expect(certificate.expiry_date).to.equal(null);
    const created = await v2.GiftCertificate.create({
      to_name: 'A',
      to_email: 'a@b.co',
      from_name: 'B',
      from_email: 'b@c.co',
      amount: 10.00001,
      expiry_date: new Date('2027-01-02T08:45:38Z'),
    });
    expect(last()).to.contain('"amount":10,"expiry_date":"Sat, 02 Jan 2027 08:45:38 +0000"');
    await created.update({ message: 'Congratulations!' });
    expect(last(), 'what the store demands in each update').to.equal(
      `PUT /v2/gift_certificates/${created.id} {"to_name":"A","to_email":"a@b.co","from_name":"B","from_email":"b@c.co","amount":"10.0000","message":"Congratulations!"}`,
    );
  });

  it('coupons end on a date, or never', async () => {
    const coupon = await v2.Coupon.where({ code: 'WELCOME' }).first();
    expect(coupon?.expires).to.equal(null);
    expect(coupon?.restricted_to).to.deep.equal([]);
    await coupon?.update({ expires: new Date('2026-12-31T00:00:00Z'), restricted_to: { countries: 'AU' } });
    expect(last()).to.contain('"applies_to":{"entity":"categories","ids":[0]}');
    expect(last()).to.contain('"expires":"Thu, 31 Dec 2026 00:00:00 +0000"').and.to.contain('"restricted_to":{"countries":"AU"}');
    await coupon?.update({ expires: null });
    expect((await v2.Coupon.find(1)).expires).to.equal(null);
  });

  it('the tax zone of an address is a record', async () => {
    const zone = await v3.TaxZone.create({
      name: 'Sydney',
      price_display_settings: { show_inclusive: true },
      shopper_target_settings: { locations: [{ country_code: 'AU', subdivision_codes: ['NSW'] }], customer_groups: [] },
    });
    const found = await v3.TaxZone.check([
      { country_code: 'AU', subdivision_codes: 'NSW', postal_code: '2000' },
      { country_code: 'AU', subdivision_codes: 'QLD' },
    ]);
    expect(found.map(({ id }) => id)).to.deep.equal([zone.id, 1]);
    expect(found[0]?.isNew).to.equal(false);
    expect(found[0]?.price_display_settings.show_inclusive).to.equal(true);
  });

  it('the store has a time zone, features and a clock', async () => {
    const { timezone, features, logo } = await v2.Store.get();
    expect(timezone.date_format.display).to.equal('M jS Y');
    expect(features.checkout_type).to.equal('optimized');
    expect('url' in logo).to.equal(false);
    expect(Math.abs(Number((await v2.Time.get()).time) - Date.now())).to.be.below(60_000);
    const euro = await v2.Currency.create({
      name: 'Euro',
      currency_code: 'EUR',
      currency_exchange_rate: 0.849,
      token: '€',
      token_location: 'left',
      decimal_token: '.',
      thousands_token: ',',
      decimal_places: 2,
    });
    expect(last()).to.contain('"currency_exchange_rate":0.849');
    expect((await v2.Currency.find(euro.id)).token_location).to.equal('left');
  });
});
