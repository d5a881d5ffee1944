import { Banner, Coupon, GiftCertificate } from 'bigrecord/v2';
import { AbandonedCart, Cart, Checkout, CouponCode, Product, Promotion, PromotionCode, PromotionSettings } from 'bigrecord/v3';
import { expect } from 'chai';
import { useStore } from '../support/store.js';
import { refusal, refusals } from './refusal.js';

/** A cart of a chair at 30, twice, and a cushion at 10. */
async function cartOfThree(): Promise<Cart> {
  const chair = await Product.create({ name: 'Oak Chair', type: 'physical', weight: 8, price: 30 });
  const cushion = await Product.create({ name: 'Wool Cushion', type: 'physical', weight: 1, price: 10 });
  return Cart.create({
    line_items: [
      { product_id: chair.id, quantity: 2 },
      { product_id: cushion.id, quantity: 1 },
    ],
  });
}

describe('job: promote', () => {
  useStore();

  it('an automatic promotion takes ten per cent off a cart of fifty and more, and off no smaller one', async () => {
    const promotion = await Promotion.create({
      name: 'Ten from fifty',
      redemption_type: 'AUTOMATIC',
      rules: [
        { action: { cart_value: { discount: { percentage_amount: 10 } } }, apply_once: true, condition: { cart: { minimum_spend: 50 } } },
      ],
      notifications: [{ content: 'Ten per cent off!', type: 'APPLIED', locations: ['CART_PAGE'] }],
      status: 'ENABLED',
    });
    expect(promotion).to.include({
      current_uses: 0,
      max_uses: null,
      stop: false,
      currency_code: 'USD',
      can_be_used_with_other_promotions: true,
    });
    expect(promotion.start_date).to.be.an.instanceOf(Date);
    expect(promotion.end_date).to.equal(null);
    const cart = await cartOfThree();
    expect(cart).to.include({ base_amount: 70, discount_amount: 7, cart_amount: 63 });
    expect((await Checkout.find(cart.id)).grand_total).to.equal(63);
    const small = await Cart.create({ line_items: [{ product_id: cart.line_items.physical_items[0]?.product_id ?? 0, quantity: 1 }] });
    expect(small).to.include({ base_amount: 30, discount_amount: 0, cart_amount: 30 });
    await promotion.update({ status: 'DISABLED' });
    const later = await Cart.create({ line_items: cart.line_items.physical_items.map(({ product_id }) => ({ product_id, quantity: 2 })) });
    expect(later).to.include({ base_amount: 80, cart_amount: 80 });
  });

  it('a coupon promotion: its code once, no second one by default, and not deleted while it has codes', async () => {
    const promotion = await Promotion.create({
      name: 'Five off',
      redemption_type: 'COUPON',
      coupon_type: 'SINGLE',
      rules: [{ action: { cart_value: { discount: { fixed_amount: 5 } } }, apply_once: true }],
      status: 'ENABLED',
    });
    const code = await PromotionCode.of(promotion).create({ code: 'FIVE', max_uses: 10, max_uses_per_customer: 1 });
    expect(code).to.include({ code: 'FIVE', current_uses: 0, max_uses: 10, max_uses_per_customer: 1 });
    expect(await refusal(PromotionCode.of(promotion).create({ code: 'FIVE' }))).to.be.oneOf(refusals);
    expect(await refusal(PromotionCode.of(promotion).create({ code: 'x'.repeat(51) }))).to.be.oneOf(refusals);
    expect((await CouponCode.where({ code: 'FIVE' }).first())?.id).to.equal(code.id);
    const cart = await cartOfThree();
    const checkout = await Checkout.find(cart.id);
    await checkout.addCoupon('FIVE');
    expect(checkout.grand_total).to.equal(65);
    expect(checkout.coupons[0]).to.include({ code: 'FIVE', coupon_type: 'promotion', discounted_amount: 5 });
    expect(await refusal(Promotion.where({ id: { in: [promotion.id] } }).deleteAll())).to.equal(422);
    await PromotionCode.of(promotion).destroy(code.id);
    await Promotion.where({ id: { in: [promotion.id] } }).deleteAll();
    expect(await refusal(Promotion.find(promotion.id))).to.equal(404);
  });

  it('two hundred codes for a mailing: of a bulk promotion only, and at most 250 at once', async () => {
    const base = { redemption_type: 'COUPON', rules: [{ action: { cart_value: { discount: { fixed_amount: 5 } } } }] } as const;
    const bulk = await Promotion.create({ ...base, name: 'Mailing', coupon_type: 'BULK' });
    const { codes, batch_size } = await bulk.generateCodes({ batch_size: 200, prefix: 'SPRING-', max_uses: 1, max_uses_per_customer: 1 });
    expect(batch_size).to.equal(200);
    expect(new Set(codes.map(({ code }) => code)).size).to.equal(200);
    expect(codes.every(({ code }) => code.startsWith('SPRING-'))).to.equal(true);
    expect((await PromotionCode.of(bulk).all()).map(({ code }) => code)).to.have.members(codes.map(({ code }) => code));
    expect(await refusal(bulk.generateCodes({ batch_size: 251 }))).to.equal(422);
    const single = await Promotion.create({ ...base, name: 'Single', coupon_type: 'SINGLE' });
    expect(await refusal(single.generateCodes({ batch_size: 2 }))).to.equal(405);
    expect((await PromotionSettings.get()).number_of_coupons_allowed_at_checkout).to.equal(1);
  });

  it('buy one, get one free: of the dearer and the cheaper, the cheaper', async () => {
    const cart = await cartOfThree();
    const products = cart.line_items.physical_items.map(({ product_id }) => product_id);
    await Promotion.create({
      name: 'Two for one',
      redemption_type: 'AUTOMATIC',
      status: 'ENABLED',
      rules: [
        {
          action: {
            cart_items: {
              discount: { percentage_amount: 100 },
              strategy: 'LEAST_EXPENSIVE',
              quantity: 1,
              as_total: false,
              items: { products },
              include_items_considered_by_condition: false,
            },
          },
          apply_once: true,
          condition: { cart: { items: { products }, minimum_quantity: 1 } },
        },
      ],
    });
    const again = await Cart.create({ line_items: products.map((product_id) => ({ product_id, quantity: 1 })) });
    expect(again).to.include({ base_amount: 40, cart_amount: 30 });
    expect(again.line_items.physical_items.map(({ sale_price }) => sale_price)).to.deep.equal([30, 0]);
    expect(again.line_items.physical_items[1]).to.include({ discount_amount: 10, list_price: 10 });
    expect(await refusal(Promotion.create({ name: 'Nothing', redemption_type: 'AUTOMATIC', rules: [] }))).to.be.oneOf(refusals);
  });

  it('coupons of the older kind: unique code and name, and what an update clears', async () => {
    const base = { type: 'per_item_discount', amount: '5.0000', applies_to: { entity: 'categories', ids: [0] } } as const;
    const coupon = await Coupon.create({ ...base, name: 'Five', code: 'FIVE-OLD' });
    expect(coupon).to.include({ num_uses: 0, min_purchase: '0.0000', max_uses: 0, max_uses_per_customer: 0, amount: '5.0000' });
    expect(coupon.restricted_to).to.deep.equal([]);
    expect(await refusal(Coupon.create({ ...base, name: 'Other', code: 'FIVE-OLD' }))).to.be.oneOf(refusals);
    expect(await refusal(Coupon.create({ ...base, name: 'Five', code: 'OTHER' }))).to.be.oneOf(refusals);
    expect(await refusal(Coupon.create({ ...base, name: 'Bad', code: 'BAD/CODE' }))).to.be.oneOf(refusals);
    await coupon.update({ max_uses: 3, applies_to: base.applies_to });
    expect(await Coupon.find(coupon.id)).to.deep.include({ max_uses: 3, applies_to: { entity: 'categories', ids: [0] } });
    expect((await Coupon.where({ code: 'FIVE-OLD' }).all()).map(({ id }) => id)).to.deep.equal([coupon.id]);
    await coupon.destroy();
    expect(await Coupon.where({ code: 'FIVE-OLD' }).all()).to.deep.equal([]);
  });

  it('gift certificates: a balance, a code of its own, and twenty characters at most', async () => {
    const base = { to_name: 'Joe', to_email: 'joe@example.com', from_name: 'Jane', from_email: 'jane@example.com', amount: '50.0000' };
    const certificate = await GiftCertificate.create(base);
    expect(certificate).to.include({ amount: '50.0000', balance: '50.0000', currency_code: 'USD' });
    expect(certificate.code).to.match(/^\S{1,20}$/);
    expect(certificate.purchase_date).to.be.an.instanceOf(Date);
    const long = await GiftCertificate.create({ ...base, code: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' });
    expect(long.code).to.equal('ABCDEFGHIJKLMNOPQRST');
    expect(await refusal(GiftCertificate.create({ ...base, code: 'ABCDEFGHIJKLMNOPQRST' }))).to.be.oneOf(refusals);
    await certificate.update({
      balance: '20.0000',
      to_name: base.to_name,
      to_email: base.to_email,
      from_name: base.from_name,
      from_email: base.from_email,
      amount: base.amount,
    });
    expect((await GiftCertificate.find(certificate.id)).balance).to.equal('20.0000');
    expect(await GiftCertificate.where({ to_email: 'joe@example.com' }).all()).to.have.length(2);
  });

  it('banners for a fixed time, and a cart that was left behind', async () => {
    const banner = await Banner.create({
      name: 'Sale',
      content: '<b>Sale</b>',
      page: 'home_page',
      location: 'top',
      date_type: 'custom',
      date_from: new Date('2030-01-01T00:00:00Z'),
      date_to: new Date('2030-01-31T00:00:00Z'),
      visible: '1',
    });
    const read = await Banner.find(banner.id);
    expect(read).to.include({ name: 'Sale', page: 'home_page', location: 'top', visible: '1' });
    expect(read.date_from).to.deep.equal(new Date('2030-01-01T00:00:00Z'));
    expect((await Banner.all()).filter(({ name }) => name === 'Sale').map(({ id }) => id)).to.deep.equal([banner.id]);
    expect(await refusal(AbandonedCart.find('00000000-0000-0000-0000-000000000000'))).to.equal(404);
  });
});
