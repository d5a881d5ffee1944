import { Coupon, Order, ShippingZone, ShippingZoneMethod } from 'bigrecord/v2';
import { Cart, CartMetafield, Checkout, OrderPickup, PickupMethod, Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { useStore } from '../support/store.js';
import { refusal, refusals } from './refusal.js';

const address = {
  email: 'jane@example.com',
  first_name: 'Jane',
  last_name: 'Doe',
  address1: '123 Main Street',
  city: 'Austin',
  state_or_province: 'Texas',
  state_or_province_code: 'TX',
  country_code: 'US',
  postal_code: '78751',
};
const options = { params: { include: ['consignments.available_shipping_options'] } } as const;

/** A checkout of a chair at 30 and a cushion at 10. */
async function checkoutOfTwo(type: 'physical' | 'digital' = 'physical'): Promise<Checkout> {
  const chair = await Product.create({ name: 'Oak Chair', type, weight: 8, price: 30 });
  const cushion = await Product.create({ name: 'Wool Cushion', type, weight: 1, price: 10 });
  const cart = await Cart.create({ line_items: [chair, cushion].map(({ id }) => ({ product_id: id, quantity: 1 })) });
  return Checkout.find(cart.id);
}

const items = (checkout: Checkout) => checkout.cart.line_items.physical_items.map(({ id, quantity }) => ({ item_id: id, quantity }));

async function flatRate(rate: number): Promise<void> {
  const zone = await ShippingZone.create({ name: 'United States', type: 'country', locations: [{ country_iso2: 'US' }], enabled: true });
  await ShippingZoneMethod.of(zone).create({ name: 'Flat Rate', type: 'perorder', settings: { rate }, enabled: true });
}

describe('job: check out', () => {
  // A store without shipping zones: those of the demo store ship to all countries.
  useStore({ seed: 'empty' });

  it('a coupon of ten per cent comes off, once, and goes again', async () => {
    await Coupon.create({
      name: 'Ten off',
      code: 'TEN',
      type: 'percentage_discount',
      amount: '10',
      applies_to: { entity: 'categories', ids: [0] },
      enabled: true,
    });
    const checkout = await checkoutOfTwo();
    expect(checkout).to.include({ grand_total: 40, subtotal_ex_tax: 40, tax_total: 0, order_id: null });
    await checkout.addCoupon('TEN');
    expect(checkout.coupons[0]).to.include({
      code: 'TEN',
      coupon_type: 'percentage_discount',
      display_name: 'Ten off',
      discounted_amount: 4,
    });
    expect(checkout).to.include({ grand_total: 36, subtotal_ex_tax: 40 });
    expect(checkout.cart).to.include({ base_amount: 40, cart_amount_ex_tax: 36, discount_amount: 0 });
    const cart = await Cart.find(checkout.id);
    expect(cart).to.include({ base_amount: 40, cart_amount: 36 });
    expect(cart.coupons[0]?.code).to.equal('TEN');
    expect(cart.line_items.physical_items.map(({ coupon_amount }) => coupon_amount)).to.deep.equal([3, 1]);
    expect(await refusal(checkout.addCoupon('NO-SUCH-CODE'))).to.be.oneOf(refusals);
    await checkout.removeCoupon('TEN');
    expect(checkout.grand_total).to.equal(40);
    expect(checkout.coupons).to.deep.equal([]);
  });

  it('a coupon that is disabled, used up, expired, or asks for more is refused', async () => {
    const ten = { type: 'per_total_discount', amount: '10', applies_to: { entity: 'categories', ids: [0] }, enabled: true } as const;
    await Coupon.create({ ...ten, name: 'Off', code: 'OFF', enabled: false });
    await Coupon.create({ ...ten, name: 'Expired', code: 'EXPIRED', expires: new Date('2020-01-01T00:00:00Z') });
    await Coupon.create({ ...ten, name: 'From hundred', code: 'HUNDRED', min_purchase: '100' });
    await Coupon.create({ ...ten, name: 'Good', code: 'GOOD' });
    const checkout = await checkoutOfTwo();
    for (const code of ['OFF', 'EXPIRED', 'HUNDRED']) expect(await refusal(checkout.addCoupon(code)), code).to.be.oneOf(refusals);
    await checkout.addCoupon('GOOD');
    expect(checkout.grand_total).to.equal(30);
    expect(await refusal(Coupon.create({ ...ten, name: 'Good again', code: 'GOOD' }))).to.be.oneOf(refusals);
    expect(await refusal(Coupon.create({ ...ten, name: 'Good', code: 'BETTER' }))).to.be.oneOf(refusals);
  });

  it('a discount by hand is spread over the lines by their value, and clears the one before', async () => {
    const checkout = await checkoutOfTwo();
    await checkout.addDiscounts({ cart: { discounts: [{ discounted_amount: 4 }] } });
    expect(checkout.cart).to.include({ discount_amount: 4, cart_amount_ex_tax: 36 });
    expect(checkout.cart.line_items.physical_items.map(({ discount_amount }) => discount_amount)).to.deep.equal([3, 1]);
    expect((await Cart.find(checkout.id)).manual_discount_amount).to.equal(4);
    await checkout.addDiscounts({ cart: { discounts: [{ discounted_amount: 8 }] } });
    expect(checkout.grand_total).to.equal(32);
    const stale = { cart: { version: checkout.version - 1, discounts: [{ discounted_amount: 1 }] } };
    expect(await refusal(checkout.addDiscounts(stale))).to.equal(409);
    expect((await checkout.reload()).grand_total).to.equal(32);
  });

  it('fees are added to the total; five is the most', async () => {
    const fee = (name: string, cost: number) => ({ type: 'custom_fee', name, display_name: name, cost, source: 'app' });
    const checkout = await checkoutOfTwo();
    await checkout.addFees({ fees: [fee('Wrap', 2), fee('Insurance', 3)] });
    expect(checkout.grand_total).to.equal(45);
    expect(checkout.fees[0]).to.include({ name: 'Wrap', cost_ex_tax: 2, cost_inc_tax: 2 });
    const [wrap] = checkout.fees;
    await checkout.updateFees({ fees: [{ id: wrap?.id ?? '', ...fee('Wrap', 5) }] });
    expect(checkout.grand_total).to.equal(48);
    await checkout.removeFees([wrap?.id ?? '']);
    expect(checkout.grand_total).to.equal(43);
    expect(await refusal(checkout.addFees({ fees: ['A', 'B', 'C', 'D', 'E'].map((name) => fee(name, 1)) }))).to.equal(422);
  });

  it('from the cart to an incomplete order: address, consignment, shipping option', async () => {
    await flatRate(7);
    const checkout = await checkoutOfTwo();
    await checkout.setBillingAddress(address);
    expect(checkout.billing_address).to.include({ city: 'Austin', country: 'United States', country_code: 'US' });
    await checkout.addConsignments([{ address, line_items: items(checkout) }], options);
    const [consignment] = checkout.consignments;
    expect(consignment?.line_item_ids).to.deep.equal(items(checkout).map(({ item_id }) => item_id));
    expect(consignment?.available_shipping_options?.map(({ type, description, cost }) => ({ type, description, cost }))).to.deep.include({
      type: 'shipping_flatrate',
      description: 'Flat Rate',
      cost: 7,
    });
    expect(await refusal(checkout.createOrder())).to.be.oneOf(refusals);
    const option = consignment?.available_shipping_options?.find(({ description }) => description === 'Flat Rate');
    await checkout.updateConsignment(consignment?.id ?? '', { shipping_option_id: option?.id });
    expect(checkout).to.include({ shipping_cost_total_ex_tax: 7, grand_total: 47 });
    expect(checkout.consignments[0]?.selected_shipping_option).to.include({ id: option?.id, cost: 7 });
    const order = await Order.find((await checkout.createOrder()).id);
    expect(order).to.include({
      status_id: 0,
      status: 'Incomplete',
      cart_id: checkout.id,
      total_inc_tax: '47.0000',
      shipping_cost_inc_tax: '7.0000',
    });
    expect((await order.products).map(({ name, quantity }) => `${quantity} ${name}`)).to.deep.equal(['1 Oak Chair', '1 Wool Cushion']);
    expect(order.billing_address).to.include({ first_name: 'Jane', street_1: '123 Main Street', country_iso2: 'US' });
    expect((await order.shipping_addresses)[0]).to.include({
      city: 'Austin',
      shipping_method: 'Flat Rate',
      cost_inc_tax: '7.0000',
      items_total: 2,
    });
    const again = await checkout.createOrder();
    expect(again.id).to.not.equal(order.id);
    expect((await Order.find(again.id)).status_id).to.equal(0);
  });

  it('two consignments to two addresses; a wrong country has no shipping option', async () => {
    await flatRate(7);
    const checkout = await checkoutOfTwo();
    await checkout.setBillingAddress(address);
    const [chair, cushion] = items(checkout);
    if (chair === undefined || cushion === undefined) throw new Error('The checkout has two lines.');
    await checkout.addConsignments(
      [
        { address, line_items: [chair] },
        {
          address: { ...address, first_name: 'Ken', city: 'Berlin', country_code: 'DE', state_or_province: '', state_or_province_code: '' },
          line_items: [cushion],
        },
      ],
      options,
    );
    expect(checkout.consignments.map(({ line_item_ids }) => line_item_ids)).to.deep.equal([[chair.item_id], [cushion.item_id]]);
    expect(checkout.consignments[1]?.available_shipping_options).to.deep.equal([]);
    await checkout.updateConsignment(checkout.consignments[1]?.id ?? '', { custom_shipping: { description: 'By hand', price: 20 } });
    expect(checkout.consignments[1]).to.include({ shipping_cost_ex_tax: 20 });
    expect(checkout.grand_total).to.equal(60);
    expect(await refusal(checkout.createOrder())).to.be.oneOf(refusals);
    await checkout.removeConsignment(checkout.consignments[0]?.id ?? '');
    expect(checkout.consignments.map(({ address: to }) => to.first_name)).to.deep.equal(['Ken']);
  });

  it('files need no consignment: a digital order, which outlives its cart', async () => {
    const checkout = await checkoutOfTwo('digital');
    expect(checkout.cart.line_items.digital_items).to.have.length(2);
    expect(await refusal(checkout.createOrder())).to.be.oneOf(refusals);
    await checkout.setBillingAddress(address);
    const field = await CartMetafield.of(checkout.id).create({ permission_set: 'read', namespace: 'crm', key: 'lead', value: '9' });
    const { id } = await checkout.createOrder();
    const order = await Order.find(id);
    expect(order).to.include({ order_is_digital: true, shipping_address_count: 0, total_inc_tax: '40.0000', cart_id: checkout.id });
    await Cart.destroy(checkout.id);
    expect(await refusal(Checkout.find(checkout.id))).to.equal(404);
    expect((await CartMetafield.of(order.cart_id).find(field.id)).value).to.equal('9');
    expect((await order.reload()).status_id).to.equal(0);
  });

  it('an order that its customer collects', async () => {
    const method = await PickupMethod.create({
      location_id: 1,
      display_name: 'Counter',
      collection_instructions: 'Ring the bell',
      collection_time_description: 'Nine to five',
    });
    const checkout = await checkoutOfTwo();
    await checkout.setBillingAddress(address);
    await checkout.addConsignments([{ line_items: items(checkout), pickup_option: { pickup_method_id: method.id } }]);
    expect(checkout.consignments[0]?.selected_pickup_option).to.include({ pickup_method_id: method.id });
    expect(checkout.grand_total).to.equal(40);
    const order = await Order.find((await checkout.createOrder()).id);
    const [chair] = await order.products;
    const consignments = await order.consignments;
    expect(consignments?.pickups[0]).to.include({
      pickup_method_id: method.id,
      pickup_method_display_name: 'Counter',
      collection_instructions: 'Ring the bell',
    });
    expect(consignments?.pickups[0]?.location.id).to.equal(1);
    const pickup = await OrderPickup.create({
      order_id: order.id,
      pickup_method_id: method.id,
      ready_at: new Date('2026-01-05T09:00:00Z'),
      pickup_items: [{ order_product_id: chair?.id ?? 0, quantity: 1 }],
    });
    expect(pickup.pickup_items[0]).to.include({ quantity: 1, status: 'AWAITING_COLLECTION' });
    await pickup.update({ collected_at: new Date('2026-01-05T12:00:00Z') });
    expect(pickup.pickup_items[0]?.status).to.equal('COLLECTED');
    expect((await OrderPickup.where({ order_id: { in: [order.id] } }).all()).map(({ id }) => id)).to.deep.equal([pickup.id]);
  });
});
