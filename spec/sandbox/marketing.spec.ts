import { ClientError, Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';

type Rule = v3.Promotion['rules'][number];

const errorsOf = async (call: PromiseLike<unknown>): Promise<string> => {
  const { status, body } = await rejection(call, ClientError);
  return `${status} ${JSON.stringify(body)}`;
};

describe('promotions of the sandbox', () => {
  let store: Sandbox;

  before(async () => {
    store = await Sandbox.start();
    Session.configure(store.credentials);
    store.insert(v3.Product, [
      { id: 901, name: 'Chair', price: 30, type: 'physical', brand_id: 1, categories: [2] },
      { id: 902, name: 'Cushion', price: 10, type: 'physical', brand_id: 2, categories: [3] },
      { id: 903, name: 'Lamp', price: 25, sale_price: 20, type: 'physical', brand_id: 2, categories: [2] },
    ]);
  });
  after(() => store.stop());

  /** Returns the amount of a cart with quantities of the chair, the cushion and the lamp, and what each line has taken off. */
  const priced = async (rules: Rule[], quantities: number[], values: object = {}): Promise<[number, ...number[]]> => {
    const promotion = await v3.Promotion.create({ name: 'P', redemption_type: 'AUTOMATIC', rules, ...values });
    const line_items = quantities.flatMap((quantity, at) => (quantity === 0 ? [] : [{ product_id: 901 + at, quantity }]));
    const cart = await v3.Cart.create({ line_items });
    await promotion.destroy();
    return [cart.cart_amount, ...cart.line_items.physical_items.map(({ discount_amount }) => discount_amount)];
  };
  const off = (percentage_amount: string) => ({ discount: { percentage_amount } });
  const fixed = (fixed_amount: string) => ({ discount: { fixed_amount } });

  it('take a part off the cart, by what it costs', async () => {
    const rule: Rule = { action: { cart_value: off('10') }, condition: { cart: { minimum_spend: '50' } } };
    // 2 × 30 + 10, and a tenth of it
    expect(await priced([rule], [2, 1])).to.deep.equal([63, 6, 1]);
    expect(await priced([rule], [1, 1])).to.deep.equal([40, 0, 0]);
    expect(await priced([{ action: { cart_value: { ...fixed('8') } } }], [1, 1])).to.deep.equal([32, 6, 2]);
    expect(await priced([{ action: { cart_value: { ...off('50'), maximum_allowed_discount_amount: '4' } } }], [1, 1])).to.deep.equal([
      36, 3, 1,
    ]);
  });

  it('take amounts off items', async () => {
    const items = (action: object): Rule => ({ action: { cart_items: action } }) as Rule;
    expect(await priced([items({ ...fixed('4'), items: { brands: [2] } })], [1, 2, 1])).to.deep.equal([58, 0, 8, 4]);
    expect(await priced([items({ ...fixed('4'), items: { not: { brands: [2] } } })], [1, 1])).to.deep.equal([36, 4, 0]);
    expect(await priced([items({ ...off('50'), strategy: 'MOST_EXPENSIVE', quantity: 1 })], [2, 1])).to.deep.equal([55, 15, 0]);
    expect(await priced([items({ ...off('50'), strategy: 'LEAST_EXPENSIVE', quantity: 1 })], [2, 1])).to.deep.equal([65, 0, 5]);
    expect(await priced([items({ ...off('50'), exclude_items_on_sale: true })], [0, 1, 1])).to.deep.equal([25, 5, 0]);
    // The chairs cost six eighths of what all cost: 10 is shared as 8.57 and 1.43.
    expect(await priced([items({ ...fixed('10'), as_total: true })], [2, 1])).to.deep.equal([60, 8.57, 1.43]);
    const both = { and: [{ categories: [2] }, { or: [{ products: [901] }, { brands: [2] }] }] };
    expect(await priced([items({ ...off('10'), items: both })], [1, 1, 1])).to.deep.equal([55, 3, 0, 2]);
  });

  it('give one for one that is bought, once or as often as it is', async () => {
    const rule = (apply_once: boolean): Rule => ({
      action: { cart_items: { ...off('100'), quantity: 1, items: { products: [901, 902] } } },
      condition: { cart: { items: { products: [901, 902] }, minimum_quantity: 1 } },
      apply_once,
    });
    expect(await priced([rule(true)], [1, 1])).to.deep.equal([30, 0, 10]);
    expect(await priced([rule(true)], [1, 0])).to.deep.equal([30, 0]);
    expect(await priced([rule(true)], [0, 4])).to.deep.equal([30, 10]);
    expect(await priced([rule(false)], [0, 5])).to.deep.equal([30, 20]);
  });

  it('give gifts, and one price for a set', async () => {
    const gift: Rule = {
      action: { gift_item: { product_id: 902, quantity: 1 } },
      condition: { cart: { items: { products: [901] }, minimum_quantity: 2 } },
      apply_once: false,
    };
    expect(await priced([gift], [4, 0])).to.deep.equal([120, 0, 20]);
    expect(await priced([gift], [1, 0])).to.deep.equal([30, 0]);
    const set: Rule = { action: { fixed_price_set: { quantity: 3, fixed_price: '21', items: { products: [902] } } } };
    expect(await priced([set], [1, 4])).to.deep.equal([61, 0, 9]);
  });

  it('end with a rule that stops, and go on after others', async () => {
    const rules = (stop: boolean): Rule[] => [{ action: { cart_value: fixed('5') }, stop }, { action: { cart_value: fixed('3') } }];
    expect((await priced(rules(true), [1]))[0]).to.equal(25);
    expect((await priced(rules(false), [1]))[0]).to.equal(22);
  });

  it('apply while they are enabled, in their time, on their channels, to their customers', async () => {
    const rules: Rule[] = [{ action: { cart_value: fixed('5') } }];
    const day = (days: number): Date => new Date(Date.now() + days * 86_400_000);
    const cases: [object, boolean][] = [
      [{}, true],
      [{ status: 'DISABLED' }, false],
      [{ start_date: day(1) }, false],
      [{ start_date: day(-2), end_date: day(-1) }, false],
      [{ channels: [{ id: 1 }] }, true],
      [{ channels: [{ id: 2 }] }, false],
      [{ customer: { group_ids: [1] } }, false],
      [{ customer: { group_ids: [0] } }, true],
      [{ customer: { minimum_order_count: 1 } }, false],
      [{ customer: { segments: { not: { id: ['5e6e7700-0000-4000-8000-000000000001'] } } } }, true],
      [{ currency_code: 'EUR' }, false],
      [{ shipping_address: { countries: [{ iso2_country_code: 'US' }] } }, false],
    ];
    for (const [values, applies] of cases)
      expect((await priced(rules, [1], values))[0], JSON.stringify(values)).to.equal(applies ? 25 : 30);
  });

  it('exclude others if they are to be alone', async () => {
    const promotions = await v3.Promotion.createMany(
      [false, true].map((together) => ({
        ...{ name: 'P', redemption_type: 'AUTOMATIC', rules: [{ action: { cart_value: fixed('5') } }] },
        can_be_used_with_other_promotions: together,
      })),
    );
    expect((await v3.Cart.create({ line_items: [{ product_id: 901, quantity: 1 }] })).cart_amount).to.equal(25);
    await v3.Promotion.destroyMany(promotions.succeeded);
  });

  it('are completed, with amounts as text', async () => {
    const rules = [{ action: { cart_items: off(10 as never) }, condition: { cart: { minimum_spend: 20 as never } }, currency_code: 'AUD' }];
    const { id } = await v3.Promotion.create({ name: 'P', redemption_type: 'AUTOMATIC', rules });
    const promotion = await v3.Promotion.find(id);
    expect(promotion).to.deep.include({
      current_uses: 0,
      max_uses: null,
      currency_code: 'USD',
      stop: false,
      status: 'ENABLED',
      created_from: 'api',
    });
    expect(promotion.customer).to.deep.equal({ group_ids: [], minimum_order_count: 0, excluded_group_ids: [], segments: null });
    expect(promotion.rules[0]).to.deep.equal({
      action: {
        cart_items: {
          ...{ discount: { percentage_amount: '10' }, strategy: 'LEAST_EXPENSIVE', add_free_item: false, as_total: false },
          ...{ include_items_considered_by_condition: false, exclude_items_on_sale: false },
        },
      },
      condition: { cart: { minimum_spend: '20' } },
      apply_once: true,
      stop: false,
    });
    await promotion.destroy();
  });

  it('are refused if they contradict themselves', async () => {
    const rules: Rule[] = [{ action: { cart_value: fixed('5') } }];
    const cases: [object, string][] = [
      [{ rules: [] }, 'rules'],
      [{ rules: [{ action: { cart_value: {} } }] }, 'rules.0.action.cart_value.discount'],
      [{ rules: [{ action: { nothing: {} } }] }, 'rules.0.action'],
      [{ rules: [{ ...rules[0], condition: { cart: { items: { brands: [1] } } } }] }, 'rules.0.condition.cart'],
      [{ currency_code: '*' }, 'rules.0.action.cart_value.discount'],
      [{ redemption_type: 'MANUAL' }, 'redemption_type'],
      [{ customer: { group_ids: [1], excluded_group_ids: [2] } }, 'customer'],
      [{ redemption_type: 'COUPON', coupon_overrides_other_promotions: true }, 'coupon_overrides_other_promotions'],
      [{ redemption_type: 'COUPON', codes: { code: 'a/b' } }, 'codes.code'],
      [{ redemption_type: 'COUPON', codes: { code: 'welcome' } }, 'codes.code'],
    ];
    for (const [values, field] of cases) {
      const errors = await errorsOf(v3.Promotion.create({ name: 'P', redemption_type: 'AUTOMATIC', rules, ...values }));
      expect([errors.startsWith('422 '), errors.includes(`"${field}"`)], errors).to.deep.equal([true, true]);
    }
  });

  it('have codes, whose uses are limited', async () => {
    const rules: Rule[] = [{ action: { cart_value: off('50') } }];
    const promotion = await v3.Promotion.create({
      name: 'Half',
      redemption_type: 'COUPON',
      rules,
      codes: { code: 'HALF', max_uses: 1 } as never,
    });
    expect(promotion.codes).to.include({ code: 'HALF', max_uses: 1, current_uses: 0 });
    const codes = v3.PromotionCode.of(promotion);
    expect(await errorsOf(codes.create({ code: 'half' }))).to.match(/^422 .*already in use/);
    expect(await errorsOf(codes.create({ code: 'x'.repeat(51) }))).to.match(/^422 /);
    const { id } = await v3.Cart.create({ line_items: [{ product_id: 901, quantity: 1 }] });
    const checkout = await v3.Checkout.find(id);
    await checkout.addCoupon('half');
    expect([checkout.grand_total, checkout.coupons[0]?.coupon_type]).to.deep.equal([15, 'promotion']);
    expect(await errorsOf(promotion.destroy())).to.match(/^422 .*coupon codes/);
    await promotion.update({ status: 'DISABLED' });
    expect((await v3.Cart.create({ line_items: [{ product_id: 901, quantity: 1 }] })).cart_amount).to.equal(30);
    expect(await errorsOf(checkout.addCoupon('HALF'))).to.match(/^422 .*does not apply/);
    const [code] = await codes.all();
    await code?.destroy();
    await promotion.destroy();
    expect(await v3.Promotion.exists(promotion.id)).to.equal(false);
  });

  it('show banners to carts', async () => {
    const notifications = (['PROMOTION', 'UPSELL', 'APPLIED'] as const).map((type) => ({
      type,
      content: type,
      locations: ['CART_PAGE' as const],
    }));
    const rules: Rule[] = [{ action: { cart_value: fixed('5') }, condition: { cart: { minimum_spend: '30' } } }];
    const promotion = await v3.Promotion.create({ name: 'P', redemption_type: 'AUTOMATIC', rules, notifications });
    const bannersOf = async (product_id: number): Promise<string[]> => {
      const cart = await v3.Cart.create({ line_items: [{ product_id, quantity: 1 }] }, { params: { include: ['promotions.banners'] } });
      return cart.promotions?.banners.map(({ type, page }) => `${type} ${page.join()}`) ?? [];
    };
    expect(await bannersOf(901)).to.deep.equal(['promotion cartpage', 'applied cartpage']);
    expect(await bannersOf(902)).to.deep.equal(['promotion cartpage', 'upsell cartpage']);
    await promotion.destroy();
  });
});

describe('coupons, gift certificates and banners of the sandbox', () => {
  let store: Sandbox;
  let session: Session;

  before(async () => {
    store = await Sandbox.start();
    session = Session.configure(store.credentials);
  });
  after(() => store.stop());

  it('coupons are completed, and cleared by an update', async () => {
    const coupon = {
      name: 'Five',
      code: 'FIVE',
      type: 'per_item_discount',
      amount: '5',
      applies_to: { entity: 'categories', ids: [0] },
    } as const;
    const { id } = await v2.Coupon.create(coupon);
    expect(await v2.Coupon.find(id)).to.deep.include({
      amount: '5.0000',
      min_purchase: '0.0000',
      num_uses: 0,
      restricted_to: [],
      enabled: true,
    });
    const cases: [object, string][] = [
      [{ name: 'Other' }, 'code'],
      [{ code: 'OTHER' }, 'name'],
      [{ name: 'N', code: 'a/b' }, 'code'],
      [{ name: 'N', code: 'N', type: 'gift' }, 'type'],
      [{ name: 'N', code: 'N', type: 'percentage_discount', amount: '101' }, 'amount'],
      [{ name: 'N', code: 'N', applies_to: { entity: 'brands', ids: [1] } }, 'applies_to'],
    ];
    for (const [values, field] of cases) {
      const errors = await errorsOf(v2.Coupon.create({ ...coupon, ...values }));
      expect([/^(400|409) /.test(errors), errors.includes(`'${field}'`)], errors).to.deep.equal([true, true]);
    }
    await session.put(`/coupons/${id}`, { version: 'v2', body: { max_uses: 2 } });
    expect(await v2.Coupon.find(id)).to.deep.include({ max_uses: 2, applies_to: {} });
  });

  it('gift certificates have a code and a balance, and expire', async () => {
    const base = { to_name: 'J', to_email: 'j@b.co', from_name: 'A', from_email: 'a@b.co', amount: '50' };
    const certificate = await v2.GiftCertificate.create(base);
    expect(certificate).to.include({ amount: '50.0000', balance: '50.0000', status: 'active', currency_code: 'USD', order_id: 0 });
    expect(certificate.code).to.match(/^[A-Z0-9]{4}(-[A-Z0-9]{4}){3}$/);
    const long = await v2.GiftCertificate.create({
      ...base,
      code: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      expiry_date: new Date('2020-01-01T00:00:00Z'),
    });
    expect(await v2.GiftCertificate.find(long.id)).to.include({ code: 'ABCDEFGHIJKLMNOPQRST', status: 'expired' });
    for (const wrong of [
      { code: long.code },
      { amount: '0' },
      { to_email: 'j' },
      { status: 'new' },
      { currency_code: 'XXX' },
      { message: 'x'.repeat(251) },
    ])
      expect(await errorsOf(v2.GiftCertificate.create({ ...base, ...wrong })), JSON.stringify(wrong)).to.match(/^400 /);
    await certificate.update({ balance: '20' });
    expect((await v2.GiftCertificate.find(certificate.id)).balance).to.equal('20.0000');
  });

  it('banners have pages and places that there are', async () => {
    const banner = {
      name: 'Sale',
      content: '<b>Sale</b>',
      page: 'brand_page',
      location: 'top',
      date_type: 'always',
      item_id: '3',
    } as const;
    const { id } = await v2.Banner.create(banner);
    expect(await v2.Banner.find(id)).to.include({ visible: '1', item_id: '3' });
    for (const wrong of [{ page: 'cart_page' }, { location: 'left' }, { date_type: 'never' }, { item_id: '7777' }])
      expect(await errorsOf(v2.Banner.create({ ...banner, ...(wrong as object) })), JSON.stringify(wrong)).to.match(/^400 /);
  });

  it('emails about abandoned carts are sent after full hours or days', async () => {
    const template = { subject: 'S', body: 'B', translations: [] };
    const email = await v3.AbandonedCartEmail.create({ notify_at_minutes: 120, template });
    expect(email).to.include({ is_active: true, sent_num: 0 });
    for (const notify_at_minutes of [90, 1500, 15_840])
      expect(await errorsOf(v3.AbandonedCartEmail.create({ notify_at_minutes, template }))).to.match(/^422 .*notify_at_minutes/);
    expect((await v3.AbandonedCartChannelSettings.of(1).get()).enable_notification).to.equal(null);
    const settings = await v3.AbandonedCartSettings.get();
    expect(settings.enable_notification).to.equal(true);
    expect(await errorsOf(settings.update({ merchant_abandoned_cart_digest_email_frequency: 1001 }))).to.match(/^422 /);
  });
});
