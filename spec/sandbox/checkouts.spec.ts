import { ClientError, Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';

const address = {
  email: 'jane@example.com',
  first_name: 'Jane',
  last_name: 'Doe',
  address1: '1 Pier',
  city: 'Austin',
  state_or_province_code: 'TX',
  country_code: 'US',
  postal_code: '78701',
};
const options = { params: { include: ['consignments.available_shipping_options'] } } as const;

const statusOf = async (call: PromiseLike<unknown>): Promise<number | undefined> => (await rejection(call, ClientError)).status;

describe('checkouts of the sandbox', () => {
  let store: Sandbox;

  before(async () => {
    store = await Sandbox.start();
    Session.configure(store.credentials);
    // The store of these specs makes the zones that it ships to.
    for (const zone of await v2.ShippingZone.all()) await zone.destroy();
    store.insert(v3.Product, [
      { id: 901, name: 'Chair', price: 30, weight: 4, type: 'physical', categories: [2], tax_class_id: 0 },
      { id: 902, name: 'Cushion', price: 10, weight: 1, type: 'physical', categories: [3], tax_class_id: 0 },
    ]);
  });
  after(() => store.stop());

  /** A checkout of a chair for 30 and a cushion for 10. */
  const newCheckout = async (): Promise<v3.Checkout> => {
    const { id } = await v3.Cart.create({ line_items: [901, 902].map((product_id) => ({ product_id, quantity: 1 })) });
    return v3.Checkout.find(id);
  };
  const itemsOf = ({ cart }: v3.Checkout) => cart.line_items.physical_items.map(({ id, quantity }) => ({ item_id: id, quantity }));
  const coupon = (code: string, type: string, amount: string, more: object = {}) =>
    v2.Coupon.create({ name: code, code, type, amount, applies_to: { entity: 'categories', ids: [0] }, enabled: true, ...more });

  it('take coupons of each kind', async () => {
    await coupon('ITEM', 'per_item_discount', '4');
    await coupon('PERCENT', 'percentage_discount', '10', { applies_to: { entity: 'products', ids: [901] } });
    await coupon('TOTAL', 'per_total_discount', '8');
    const expected: [code: string, total: number, type: string, shares: number[]][] = [
      ['ITEM', 32, 'per_item_discount', [4, 4]],
      ['PERCENT', 37, 'percentage_discount', [3, 0]],
      ['TOTAL', 32, 'per_total_discount', [6, 2]],
    ];
    for (const [code, total, type, shares] of expected) {
      const checkout = await newCheckout();
      await checkout.addCoupon(code.toLowerCase());
      expect([checkout.grand_total, checkout.subtotal_ex_tax, checkout.cart.discount_amount], code).to.deep.equal([total, 40, 0]);
      expect(checkout.coupons[0]).to.include({ code, coupon_type: type, discounted_amount: 40 - total });
      const cart = await v3.Cart.find(checkout.id);
      expect(cart.line_items.physical_items.map(({ coupon_amount }) => coupon_amount)).to.deep.equal(shares);
      expect(cart.discounts).to.deep.equal([{ id: 'coupon', discounted_amount: 40 - total }]);
      await checkout.removeCoupon(code);
      expect(checkout.grand_total).to.equal(40);
    }
  });

  it('refuse coupons that do not apply, and replace one by another', async () => {
    await coupon('OFF', 'per_total_discount', '1', { enabled: false });
    await coupon('PAST', 'per_total_discount', '1', { expires: new Date('2020-01-01T00:00:00Z') });
    await coupon('MUCH', 'per_total_discount', '1', { min_purchase: '41' });
    await coupon('ONE', 'per_total_discount', '1');
    await coupon('TWO', 'per_total_discount', '2');
    const checkout = await newCheckout();
    for (const code of ['OFF', 'PAST', 'MUCH', 'NONE', 'x'.repeat(51)])
      expect(await statusOf(checkout.addCoupon(code)), code).to.equal(422);
    await checkout.addCoupon('ONE');
    await checkout.addCoupon('TWO');
    expect([checkout.grand_total, checkout.coupons.map(({ code }) => code)]).to.deep.equal([38, ['TWO']]);
    await (await v3.PromotionSettings.get()).update({ number_of_coupons_allowed_at_checkout: 2 });
    await checkout.addCoupon('ONE');
    expect([checkout.grand_total, checkout.coupons.length]).to.deep.equal([37, 2]);
  });

  it('share discounts by hand among the lines, and refuse one on a line that has another', async () => {
    const checkout = await newCheckout();
    const [chair] = itemsOf(checkout);
    await checkout.addDiscounts({
      cart: { discounts: [{ discounted_amount: 4 }], line_items: [{ id: chair?.item_id ?? '', discounted_amount: 10 }] },
    });
    // The chair costs 20 and the cushion 10: 4 is shared as 2.67 and 1.33.
    const cart = await v3.Cart.find(checkout.id);
    expect(cart.line_items.physical_items.map(({ discount_amount }) => discount_amount)).to.deep.equal([12.67, 1.33]);
    expect([cart.discount_amount, cart.manual_discount_amount, cart.cart_amount, checkout.grand_total]).to.deep.equal([4, 4, 26, 26]);
    const other = await newCheckout();
    await coupon('TEN', 'percentage_discount', '10');
    await other.addCoupon('TEN');
    const onLine = { cart: { line_items: [{ id: itemsOf(other)[0]?.item_id ?? '', discounted_amount: 1 }] } };
    expect(await statusOf(other.addDiscounts(onLine))).to.equal(422);
  });

  it('have fees, five at most', async () => {
    const fee = { type: 'custom_fee', name: 'Wrap', display_name: 'Gift wrap', cost: 2.5, source: 'app' };
    const checkout = await newCheckout();
    await checkout.addFees({ fees: [fee, fee] });
    expect([checkout.grand_total, checkout.fees[0]?.cost_inc_tax]).to.deep.equal([45, 2.5]);
    const [first] = checkout.fees;
    await checkout.updateFees({ fees: [{ ...fee, id: first?.id ?? '', cost: 5 }] });
    expect(checkout.grand_total).to.equal(47.5);
    expect(await statusOf(checkout.addFees({ fees: [fee, fee, fee, fee] }))).to.equal(422);
    expect(await statusOf(checkout.addFees({ fees: [{ ...fee, display_name: '' }] }))).to.equal(422);
    await checkout.removeFees([first?.id ?? '']);
    expect((await v3.Checkout.find(checkout.id)).grand_total).to.equal(42.5);
  });

  it('ship for free from a store without shipping zones', async () => {
    const checkout = await newCheckout();
    await checkout.addConsignments([{ address, line_items: itemsOf(checkout) }], options);
    expect(checkout.consignments[0]?.address).to.include({ country: 'United States', state_or_province: 'Texas' });
    expect(checkout.consignments[0]?.available_shipping_options?.map(({ type, cost }) => [type, cost])).to.deep.equal([
      ['freeshipping', 0],
    ]);
    const unknown = { item_id: '7b9a1c52-6f5e-4c0b-9d7e-3a1f0c2b4d6e', quantity: 1 };
    expect(await statusOf(checkout.addConsignments([{ address, line_items: [unknown] }]))).to.equal(422);
    const tooMany = itemsOf(checkout).map((item) => ({ ...item, quantity: 2 }));
    expect(await statusOf(checkout.addConsignments([{ address, line_items: tooMany }]))).to.equal(422);
    expect(await statusOf(checkout.addConsignments([{ address: { email: 'a@b.co', country_code: '' } }]))).to.equal(422);
    expect(await statusOf(checkout.updateConsignment(checkout.consignments[0]?.id ?? '', { shipping_option_id: 'none' }))).to.equal(422);
  });

  describe('with shipping zones', () => {
    before(async () => {
      const home = await v2.ShippingZone.create({
        name: 'US',
        type: 'country',
        locations: [{ country_iso2: 'US' }] as never,
        enabled: true,
      });
      const method = (name: string, type: string, settings: object) =>
        v2.ShippingZoneMethod.of(home).create({ name, type, settings: settings as never, enabled: true });
      await method('Flat', 'perorder', { rate: 7 });
      await method('Each', 'peritem', { rate: 2 });
      await method('Heavy', 'weight', {
        range: [
          { lower_limit: 0, upper_limit: 4, shipping_cost: 1 },
          { lower_limit: 4, upper_limit: 9, shipping_cost: 6 },
        ],
      });
    });

    const select = async (checkout: v3.Checkout, name: string): Promise<void> => {
      const [consignment] = checkout.consignments;
      const option = consignment?.available_shipping_options?.find(({ description }) => description === name);
      await checkout.updateConsignment(consignment?.id ?? '', { shipping_option_id: option?.id }, options);
    };

    it('cost what the method of the zone costs', async () => {
      const checkout = await newCheckout();
      await checkout.addConsignments([{ address, line_items: itemsOf(checkout) }], options);
      const [consignment] = checkout.consignments;
      // Two pieces, and 5 kilograms.
      expect(consignment?.available_shipping_options?.map(({ description, type, cost }) => [description, type, cost])).to.deep.equal([
        ['Flat', 'shipping_flatrate', 7],
        ['Each', 'shipping_peritem', 4],
        ['Heavy', 'shipping_byweight', 6],
      ]);
      await select(checkout, 'Each');
      expect([checkout.shipping_cost_total_ex_tax, checkout.grand_total]).to.deep.equal([4, 44]);
      const cart = await v3.Cart.find(checkout.id);
      await cart.removeItem(cart.line_items.physical_items[1]?.id ?? '');
      await checkout.reload();
      expect([checkout.shipping_cost_total_ex_tax, checkout.grand_total, checkout.consignments[0]?.line_item_ids.length]).to.deep.equal([
        2, 32, 1,
      ]);
      await checkout.updateConsignment(consignment?.id ?? '', { address: { ...address, country_code: 'DE' } }, options);
      expect([checkout.consignments[0]?.available_shipping_options, checkout.consignments[0]?.selected_shipping_option]).to.deep.equal([
        [],
        undefined,
      ]);
      await checkout.updateConsignment(consignment?.id ?? '', { custom_shipping: { price: 12.5, description: 'By hand' } });
      expect(checkout.grand_total).to.equal(42.5);
    });

    it('cost less with coupons for shipping', async () => {
      await coupon('SHIP', 'shipping_discount', '3');
      await coupon('FREE', 'free_shipping', '0');
      for (const [code, total] of [
        ['SHIP', 44],
        ['FREE', 40],
      ] as const) {
        const checkout = await newCheckout();
        await checkout.addConsignments([{ address, line_items: itemsOf(checkout) }], options);
        await select(checkout, 'Flat');
        await checkout.addCoupon(code);
        expect([checkout.shipping_cost_total_ex_tax, checkout.grand_total], code).to.deep.equal([7, total]);
        expect(checkout.consignments[0]?.coupon_discounts).to.deep.equal([{ code, amount: 47 - total }]);
      }
    });

    it('take coupons for where and how they are shipped', async () => {
      await coupon('ABROAD', 'per_total_discount', '5', { restricted_to: { countries: 'DE' } });
      await coupon('HOME', 'per_total_discount', '5', { restricted_to: { countries: 'US' }, shipping_methods: ['shipping_flatrate'] });
      const checkout = await newCheckout();
      await checkout.addCoupon('ABROAD');
      expect(checkout.grand_total, 'no address yet').to.equal(35);
      await checkout.addConsignments([{ address, line_items: itemsOf(checkout) }], options);
      expect([checkout.grand_total, checkout.coupons], 'another country').to.deep.equal([40, []]);
      expect(await statusOf(checkout.addCoupon('ABROAD'))).to.equal(422);
      const [consignment] = checkout.consignments;
      const each = consignment?.available_shipping_options?.find(({ description }) => description === 'Each');
      await select(checkout, 'Flat');
      await checkout.addCoupon('HOME');
      expect(checkout.grand_total).to.equal(42);
      await checkout.updateConsignment(consignment?.id ?? '', { shipping_option_id: each?.id });
      expect(checkout.grand_total, 'another method').to.equal(44);
      expect(await statusOf(checkout.addCoupon('HOME'))).to.equal(422);
    });

    it('become orders with lines, addresses, customer and totals; the cart is gone', async () => {
      const { id } = await v3.Cart.create({ customer_id: 4, line_items: [901, 902].map((product_id) => ({ product_id, quantity: 2 })) });
      const checkout = await v3.Checkout.find(id);
      await checkout.update({ customer_message: 'Ring twice' });
      expect(await statusOf(checkout.createOrder()), 'no billing address').to.equal(422);
      await checkout.setBillingAddress(address);
      expect(await statusOf(checkout.createOrder()), 'no consignment').to.equal(422);
      const { first_name, ...nameless } = address;
      await checkout.addConsignments([{ address: nameless, line_items: itemsOf(checkout) }], options);
      expect(await statusOf(checkout.createOrder()), 'no shipping option').to.equal(422);
      await select(checkout, 'Flat');
      expect(await statusOf(checkout.createOrder()), 'no first name').to.equal(422);
      await checkout.updateConsignment(checkout.consignments[0]?.id ?? '', { address: { ...nameless, first_name } }, options);
      await select(checkout, 'Flat');
      await checkout.addCoupon('TOTAL');
      await checkout.addFees({ fees: [{ type: 'custom_fee', name: 'Wrap', display_name: 'Wrap', cost: 2, source: 'app' }] });
      // 80 less 8, and 7 and 2
      expect(checkout.grand_total).to.equal(81);
      const order = await v2.Order.find((await checkout.createOrder()).id);
      expect(order).to.include({ status_id: 0, customer_id: 4, cart_id: id, customer_message: 'Ring twice', total_inc_tax: '81.0000' });
      expect(order).to.include({ subtotal_ex_tax: '80.0000', shipping_cost_ex_tax: '7.0000', coupon_discount: '8.0000', items_total: 4 });
      expect((await order.products).map(({ name, quantity, price_ex_tax }) => [name, quantity, price_ex_tax])).to.deep.equal([
        ['Chair', 2, '30.0000'],
        ['Cushion', 2, '10.0000'],
      ]);
      expect((await order.shipping_addresses)[0]).to.include({ first_name, street_1: '1 Pier', state: 'Texas', shipping_method: 'Flat' });
      expect(order.billing_address).to.include({ city: 'Austin', zip: '78701', country_iso2: 'US', email: 'jane@example.com' });
      expect((await order.coupons).map(({ code, discount }) => [code, Number(discount)])).to.deep.equal([['TOTAL', 8]]);
      expect(await statusOf(v3.Cart.find(id))).to.equal(404);
      expect(await statusOf(v3.Checkout.find(id))).to.equal(404);

      const uses = async (): Promise<number | undefined> => (await v2.Coupon.findBy({ code: 'TOTAL' }))?.num_uses;
      expect([(await checkout.createOrder()).id > order.id, await uses()]).to.deep.equal([true, 0]);
      await order.update({ status_id: 11 });
      expect([await statusOf(checkout.createOrder()), await uses()]).to.deep.equal([404, 1]);
    });
  });

  it('are taxed by the zone of their address', async () => {
    const zone = await v3.TaxZone.create({
      name: 'Texas',
      enabled: true,
      shopper_target_settings: { locations: [{ country_code: 'US', subdivision_codes: ['TX'], postal_codes: [] }], customer_groups: [] },
    });
    await v3.TaxRate.create({ name: 'Sales tax', tax_zone_id: zone.id, enabled: true, class_rates: [{ rate: 8.25, tax_class_id: 0 }] });
    const checkout = await newCheckout();
    expect(checkout.tax_total).to.equal(0);
    await checkout.setBillingAddress(address);
    // 8.25 % of 40
    expect([checkout.taxes, checkout.tax_total, checkout.grand_total]).to.deep.equal([[{ name: 'Sales tax', amount: 3.3 }], 3.3, 43.3]);
    expect(checkout.cart).to.include({ cart_amount_ex_tax: 40, cart_amount_inc_tax: 43.3 });
    await v3.TaxRate.where({ tax_zone_id: zone.id }).deleteAll();
  });

  it('sell gift certificates once their order is paid', async () => {
    const contact = { name: 'Joe', email: 'joe.receives@example.com' };
    const gift = { name: 'G', theme: 'Girl', amount: 20, quantity: 1, sender: { name: 'Jane', email: address.email }, recipient: contact };
    const { id } = await v3.Cart.create({ gift_certificates: [gift], line_items: [] });
    const checkout = await v3.Checkout.find(id);
    await checkout.setBillingAddress(address);
    const order = await v2.Order.find((await checkout.createOrder()).id);
    const sold = () => v2.GiftCertificate.where({ to_email: contact.email }).all();
    expect([order.total_inc_tax, await sold()]).to.deep.equal(['20.0000', []]);
    await order.update({ status_id: 11 });
    expect((await sold()).map(({ amount, template, order_id }) => [amount, template, order_id])).to.deep.equal([
      ['20.0000', 'girl.html', order.id],
    ]);
  });

  it('have settings, and a token for guests', async () => {
    const settings = await v3.CheckoutSettings.get();
    expect(settings).to.include({ custom_checkout_script_url: '', order_confirmation_use_custom_checkout_script: false });
    await settings.update({ custom_order_confirmation_script_url: 'https://a.example/c.js' });
    await settings.update({ order_confirmation_use_custom_checkout_script: true });
    expect((await v3.CheckoutSettings.get()).custom_order_confirmation_script_url).to.equal('');
    expect((await (await newCheckout()).createToken()).checkoutToken).to.match(/^[0-9a-f]{64}$/);
  });
});
