import { ClientError, ValidationError } from 'bigrecord';
import { Order, OrderConsignments, OrderMessage, OrderShipment, OrderShippingQuote, OrderStatus, OrderTax } from 'bigrecord/v2';
import {
  InventoryItem,
  InventorySettings,
  OrderPickup,
  OrderRefund,
  OrderTransaction,
  Product,
  ProductVariant,
  Refund,
} from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { useStore } from '../support/store.js';

const address = {
  first_name: 'Jane',
  street_1: '1 Main Street',
  city: 'Austin',
  zip: '78701',
  country: 'United States',
  email: 'jane@example.com',
};
const MUG = { name: 'Mug', quantity: 2, price_ex_tax: '10.0000', price_inc_tax: '12.0000' };
const BOWL = { name: 'Bowl', quantity: 1, price_ex_tax: '30.0000', price_inc_tax: '33.0000' };

describe('orders of the sandbox on their way', () => {
  const context = useStore();

  /** An order of 24 + 33 + 11 for shipping = 68, of which 7 + 1 are tax. */
  const paidOrder = async (extra: object = {}): Promise<Order> => {
    const { id } = await Order.create({
      billing_address: address,
      customer_id: 1,
      status_id: 11,
      products: [MUG, BOWL],
      shipping_addresses: [address],
      shipping_cost_ex_tax: '10.0000',
      shipping_cost_inc_tax: '11.0000',
      ...extra,
    });
    return Order.find(id);
  };

  const reasons = async (call: Promise<unknown>): Promise<string> => JSON.stringify((await rejection(call, ClientError)).body);

  it('have what every response has', async () => {
    const order = await paidOrder();
    expect(order).to.include({
      status: 'Awaiting Fulfillment',
      custom_status: 'Awaiting Fulfillment',
      total_inc_tax: '68.0000',
      total_ex_tax: '60.0000',
      total_tax: '8.0000',
      subtotal_tax: '7.0000',
      shipping_cost_tax: '1.0000',
      base_shipping_cost: '10.0000',
      channel_id: 1,
      default_currency_code: 'USD',
      order_source: 'external',
      refunded_amount: '0.0000',
      date_shipped: null,
      shipping_address_count: 1,
    });
    expect(order.billing_address).to.deep.include({ country_iso2: 'US', company: '', form_fields: [] });
    const [tax] = await OrderTax.of(order).all();
    expect(tax).to.include({ name: 'API Tax Override', line_amount: '8.0000' });
    expect(tax?.line_item_type).to.equal(undefined);
    expect((await OrderTax.of(order).where({ details: 'true' }).first())?.line_item_type).to.equal('item');
  });

  it('have the text of their status, and the day they were shipped', async () => {
    const order = await paidOrder();
    await order.update({ status_id: 12 });
    expect([order.status, order.date_shipped]).to.deep.equal(['Manual Verification Required', null]);
    await order.update({ status_id: 10 });
    expect([order.status, order.date_shipped instanceof Date]).to.deep.equal(['Completed', true]);
    expect(await reasons(order.update({ status_id: 99 }))).to.include("'status_id'");
    expect((await OrderStatus.all()).map(({ id }) => id).sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 15 }, (_, id) => id));
  });

  it('are shipped in parts', async () => {
    const order = await paidOrder();
    const [mugs, bowls] = await order.products;
    const [to] = await order.shipping_addresses;
    const ship = (items: { order_product_id: number | undefined; quantity: number }[], extra: object = {}) =>
      OrderShipment.of(order).create({
        order_address_id: to?.id ?? 0,
        items: items as never,
        tracking_number: 'T1',
        shipping_provider: 'usps',
        ...extra,
      });
    const first = await ship([{ order_product_id: mugs?.id, quantity: 1 }]);
    expect(first).to.include({ order_address_id: to?.id, customer_id: 1, shipping_provider_display_name: 'USPS', tracking_link: '' });
    expect(first.generated_tracking_link).to.match(/^https:.*T1$/);
    expect(first.shipping_address).to.include({ city: 'Austin' });
    expect(first.items).to.deep.equal([{ order_product_id: mugs?.id, product_id: 0, quantity: 1 }]);
    expect(await order.reload()).to.include({ status: 'Partially Shipped', items_shipped: 1, date_shipped: null });
    expect(await reasons(ship([{ order_product_id: mugs?.id, quantity: 2 }]))).to.include('more than the 1 that are not shipped');
    expect(await reasons(ship([{ order_product_id: 1, quantity: 1 }]))).to.include('items.0.order_product_id');
    expect(await reasons(ship([{ order_product_id: mugs?.id, quantity: 1 }], { order_address_id: 100 }))).to.include('order_address_id');
    expect(await reasons(ship([{ order_product_id: mugs?.id, quantity: 1 }], { shipping_provider: 'pigeon' }))).to.include(
      'shipping_provider',
    );
    expect(await reasons(ship([{ order_product_id: mugs?.id, product_id: 0, quantity: 1 } as never]))).to.include(
      "The field 'product_id' cannot be written to.",
    );
    expect(
      await reasons(context.session.put(`/orders/${order.id}/shipments/${first.id}`, { version: 'v2', body: { items: [] } })),
    ).to.include("The field 'items' cannot be written to.");
    await ship([
      { order_product_id: mugs?.id, quantity: 1 },
      { order_product_id: bowls?.id, quantity: 1 },
    ]);
    expect(await order.reload()).to.include({ status: 'Shipped', items_shipped: 3 });
    expect(order.date_shipped).to.be.an.instanceOf(Date);
    expect((await order.products.reload()).map(({ quantity_shipped }) => quantity_shipped)).to.deep.equal([2, 1]);
    expect((await order.shipping_addresses.reload())[0]).to.include({ items_total: 3, items_shipped: 3 });
    await first.destroy();
    expect(await order.reload()).to.include({ status: 'Shipped', items_shipped: 2 });
  });

  it('are refunded up to what was paid', async () => {
    const order = await paidOrder();
    const [mugs, bowls] = await order.products;
    const [to] = await order.shipping_addresses;
    const one = [{ item_type: 'PRODUCT' as const, item_id: mugs?.id ?? 0, quantity: 1, reason: 'Chipped' }];
    const quote = await order.refundQuotes({ items: [...one, { item_type: 'SHIPPING', item_id: to?.id ?? 0, amount: 5 }] });
    // 12 with 2 of tax, and 5 with its share of 0.5.
    expect(quote).to.include({ tax_inclusive: false, is_tax_included: false });
    expect(quote).to.include({ total_refund_amount: 17.5, total_refund_tax_amount: 2.5, order_level_refund_amount: 0 });
    expect(quote.refund_methods.flat().map(({ provider_id }) => provider_id)).to.deep.equal(['storecredit', 'custom']);
    expect(
      await reasons(order.refundQuotes({ items: [{ ...one[0], item_type: 'PRODUCT', item_id: mugs?.id ?? 0, quantity: 3 }] })),
    ).to.include('only 2 are left');
    const refund = await order.refund({ items: one, payments: [{ provider_id: 'storecredit', amount: 12, offline: false }] });
    expect(refund).to.include({
      order_id: order.id,
      total_amount: 12,
      total_tax: 2,
      reason: 'Chipped',
      uses_merchant_override_values: false,
    });
    expect(refund.items[0]).to.include({ item_type: 'PRODUCT', quantity: 1, requested_amount: 10 });
    expect(await order.reload()).to.include({
      status: 'Partially Refunded',
      payment_status: 'partially refunded',
      total_inc_tax: '68.0000',
    });
    expect((await order.products.reload())[0]).to.include({ quantity_refunded: 1, is_refunded: false });
    expect((await context.session.get('/customers/1', { version: 'v2' })).body).to.have.property('store_credit', '12.0000');
    const rest = [
      ...one,
      { item_type: 'PRODUCT' as const, item_id: bowls?.id ?? 0, quantity: 1 },
      { item_type: 'SHIPPING' as const, item_id: to?.id ?? 0, amount: 10 },
    ];
    const pay = (amount: number) => [{ provider_id: 'custom', amount, offline: true }];
    expect(await reasons(order.refund({ items: rest, payments: pay(55) }))).to.include('add up to 55, but the refund is 56');
    await order.refund({ items: rest, payments: pay(56) });
    expect(await order.reload()).to.include({ status: 'Refunded', payment_status: 'refunded' });
    const more = [{ item_type: 'ORDER' as const, item_id: order.id, amount: 1 }];
    await rejection(order.refund({ items: more, payments: pay(1) }), ValidationError);
    expect((await OrderRefund.of(order).all()).map(({ total_amount }) => total_amount)).to.deep.equal([12, 56]);
    expect((await Refund.find(refund.id)).order_id).to.equal(order.id);
  });

  it('are not refunded before they are paid, nor to the credit of a guest', async () => {
    const unpaid = await paidOrder({ status_id: 7 });
    const items = (order: Order) => [{ item_type: 'ORDER' as const, item_id: order.id, amount: 1 }];
    const credit = [{ provider_id: 'storecredit', amount: 1, offline: false }];
    expect(await reasons(unpaid.refund({ items: items(unpaid), payments: credit }))).to.include('must be paid');
    const guest = await paidOrder({ customer_id: 0 });
    expect(await reasons(guest.refund({ items: items(guest), payments: credit }))).to.include('guest');
    const own = { total_amount: 3, total_tax: 1 };
    const override = await guest.refund({
      items: items(guest),
      payments: [{ provider_id: 'custom', amount: 3, offline: true }],
      merchant_calculated_override: own,
    });
    expect(override).to.include({ total_amount: 3, total_tax: 1, uses_merchant_override_values: true });
  });

  it('have their payment captured or voided by the provider, after a while', async () => {
    const authorized = await Order.find(103);
    expect(authorized.payment_status).to.equal('authorized');
    await authorized.capture();
    expect((await authorized.reload()).payment_status).to.equal('capture pending');
    expect((await OrderTransaction.of(103).all()).map(({ event }) => event)).to.deep.equal(['authorization', 'capture']);
    context.store.clock.advance('2s');
    expect((await authorized.reload()).payment_status).to.equal('captured');
    await rejection(authorized.capture(), ValidationError);
    const other = await Order.find(108);
    await other.void();
    expect(await other.reload()).to.include({ payment_status: 'void pending', status: 'Cancelled' });
  });

  it('are archived, and then listed on request only', async () => {
    const before = await Order.count();
    await (await Order.find(100)).destroy();
    expect(await Order.count()).to.equal(before - 1);
    expect((await Order.countByStatus()).count).to.equal(before - 1);
    expect(await Order.where({ is_deleted: true }).pluck('id')).to.deep.equal([100]);
    expect(await Order.find(100)).to.include({ is_deleted: true, status: 'Pending' });
    await (await Order.find(101)).update({ is_deleted: true });
    expect(await Order.count()).to.equal(before - 2);
    await Order.deleteAll();
    expect(await Order.all()).to.deep.equal([]);
  });

  it('take from the stock what they sell, and put it back when they are cancelled', async () => {
    const stock = async () => [(await ProductVariant.of(1).find(2)).inventory_level, (await Product.find(2)).inventory_level];
    expect(await stock()).to.deep.equal([2, 3]);
    const sold = (await Product.find(2)).total_sold;
    const products = [
      { product_id: 1, variant_id: 2, quantity: 1 },
      { product_id: 2, quantity: 2 },
    ];
    const order = await Order.create({ billing_address: address, products });
    expect(await stock()).to.deep.equal([1, 1]);
    expect((await Product.find(2)).total_sold).to.equal(sold + 2);
    const [item] = await InventoryItem.where({ 'variant_id:in': 2 });
    expect(item?.locations[0]?.available_to_sell).to.equal(1);
    await order.update({ status_id: 5 });
    expect(await stock()).to.deep.equal([2, 3]);
    await order.update({ status_id: 11 });
    expect(await stock()).to.deep.equal([1, 1]);
    await Order.create({ billing_address: address, products, status_id: 0 });
    expect(await stock(), 'an incomplete order').to.deep.equal([1, 1]);
    const settings = await InventorySettings.get();
    await settings.update({ update_stock_behavior: 'order_completed_or_shipped', refund_order_stock_adjustment: false });
    const later = await Order.create({ billing_address: address, products: products.slice(0, 1) });
    expect(await stock()).to.deep.equal([1, 1]);
    await later.update({ status_id: 10 });
    expect(await stock()).to.deep.equal([0, 1]);
    await later.update({ status_id: 5 });
    expect(await stock()).to.deep.equal([0, 1]);
  });

  it('know the variant of the chosen options, and its choices', async () => {
    const variant = await ProductVariant.of(1).find(2);
    const [choice] = variant.option_values;
    const product_options = [{ id: choice?.option_id ?? 0, value: String(choice?.id) }];
    const { id } = await Order.create({ billing_address: address, products: [{ product_id: 1, quantity: 1, product_options }] });
    const [line] = await (await Order.find(id)).products;
    expect(line).to.include({ variant_id: 2, sku: variant.sku, brand: 'Alder & Ash' });
    expect(line?.product_options[0]).to.include({
      product_option_id: choice?.option_id,
      display_name: 'Colour',
      display_value: 'Moss',
      order_product_id: line?.id,
    });
    expect(await reasons(Order.create({ billing_address: address, products: [{ product_id: 1, variant_id: 9, quantity: 1 }] }))).to.include(
      'products.0.variant_id',
    );
  });

  it('share a discount among their lines', async () => {
    const order = await paidOrder({ discount_amount: '5.7000' });
    expect(order.total_inc_tax).to.equal('62.3000');
    const lines = await order.products;
    expect(lines.map(({ discounted_total_inc_tax }) => discounted_total_inc_tax)).to.deep.equal(['21.6000', '29.7000']);
    expect(lines[0]?.applied_discounts).to.deep.equal([
      { id: 'manual-discount', amount: '2.4000', name: 'Manual Discount', code: null, target: 'order' },
    ]);
  });

  it('show their consignments: shipped, or picked up', async () => {
    const order = await paidOrder();
    const shipped = await order.consignments;
    expect([shipped?.pickups, shipped?.shipping.length, shipped?.shipping[0]?.cost_inc_tax]).to.deep.equal([[], 1, 0]);
    expect(shipped?.shipping[0]?.line_items).to.have.length(2);
    const pickups = [{ pickup_method_id: 1, line_items: [MUG] }];
    const { id } = await Order.create({ billing_address: address, consignments: { pickups } as never });
    const whole = await context.session.get(`/orders/${id}`, { version: 'v2', query: { include: 'consignments.line_items,fees' } });
    expect(whole.body).to.have.nested.property('consignments.pickups[0].location.code', 'BC-LOCATION-1');
    expect(whole.body).to.have.nested.property('consignments.pickups[0].line_items[0].name', 'Mug');
    expect(whole.body).to.have.deep.property('fees', []);
    expect((await OrderConsignments.of(id).get()).shipping).to.deep.equal([]);
    const ready_at = new Date('2026-03-01T09:00:00Z');
    const [line] = await (await Order.find(id)).products;
    const pickup_items = [{ order_product_id: line?.id ?? 0, quantity: 2 }];
    const pickup = await OrderPickup.create({ order_id: id, pickup_method_id: 1, ready_at, pickup_items: pickup_items as never });
    expect(pickup.pickup_items[0]).to.include({ status: 'AWAITING_COLLECTION', collected_at: null });
    const soon = context.session.put('/orders/pickups', { body: [{ pickup_id: pickup.id, collected_at: 'soon' }] });
    expect((await rejection(soon, ClientError)).status).to.equal(422);
    await context.session.put('/orders/pickups', { body: [{ pickup_id: pickup.id, collected_at: '1772528400' }] });
    expect((await OrderPickup.find(pickup.id)).pickup_items[0]).to.include({
      status: 'COLLECTED',
      collected_at: '2026-03-03T09:00:00.000Z',
    });
    await rejection(OrderPickup.create({ order_id: 9999, pickup_method_id: 1, ready_at, pickup_items: [] }), ValidationError);
  });

  it('are refused where V2 refuses them', async () => {
    const create = (extra: object) => Order.create({ billing_address: address, products: [MUG], ...extra });
    const order = await create({ external_merchant_id: 'page-1' });
    const refused: [string, () => Promise<unknown>][] = [
      ['customer_id', () => create({ customer_id: 9999 })],
      ['channel_id', () => create({ channel_id: 99 })],
      ['shipping_cost_inc_tax', () => create({ shipping_cost_ex_tax: 5 })],
      ['total_ex_tax', () => order.update({ total_inc_tax: '9.0000' })],
      ['discount_amount', () => create({ discount_amount: -1 })],
      ['customer_locale', () => create({ customer_locale: 'English' })],
      ['staff_notes', () => create({ staff_notes: 'x'.repeat(65_536) })],
      ['billing_address.zip', () => create({ billing_address: { zip: '7' } })],
      ['products.0.name', () => create({ products: [{ ...MUG, name: '' }] })],
      ['products.0.name', () => create({ products: [{ ...MUG, name_customer: 'Cup' }] })],
      ['external_merchant_id', () => context.session.put(`/orders/${order.id}`, { version: 'v2', body: { external_merchant_id: 'x' } })],
    ];
    for (const [field, call] of refused) {
      const error = await rejection(call(), ClientError);
      expect([error.status, JSON.stringify(error.body).includes(`'${field}'`)], `${field}: ${error.message}`).to.deep.equal([400, true]);
    }
  });

  it('have quotes, messages, refunds and payments in the demo store', async () => {
    expect((await OrderShippingQuote.of(101, 101).get()).provider_code).to.equal('shipping_flatrate');
    const quotes = await context.session.get('/orders/100/shipping_addresses/100/shipping_quotes', { version: 'v2' });
    expect(quotes.status).to.equal(204);
    expect(await OrderMessage.of(100).all()).to.have.length(1);
    expect((await Refund.all()).map(({ order_id }) => order_id)).to.deep.equal([117, 122]);
    for (const { order_id, total_amount } of await Refund.all()) {
      const order = await Order.find(order_id);
      expect(order.status).to.equal(total_amount === Number(order.total_inc_tax) ? 'Refunded' : 'Partially Refunded');
    }
    for (const order of await Order.all()) {
      const { subtotal_inc_tax, shipping_cost_inc_tax, coupon_discount, total_inc_tax } = order;
      const fees = (await order.fees).reduce((sum, { cost_inc_tax }) => sum + Number(cost_inc_tax), 0);
      expect(Number(total_inc_tax)).to.be.closeTo(
        Number(subtotal_inc_tax) + Number(shipping_cost_inc_tax) + fees - Number(coupon_discount),
        0.001,
      );
    }
  });
});
