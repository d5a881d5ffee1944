import { Order, OrderProduct, OrderStatus } from 'bigrecord/v2';
import { OrderMetafield, Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { useStore } from '../support/store.js';
import { refusal } from './refusal.js';

const address = {
  first_name: 'Jane',
  last_name: 'Doe',
  street_1: '123 Main Street',
  city: 'Austin',
  state: 'Texas',
  zip: '78751',
  country: 'United States',
  country_iso2: 'US',
  email: 'jane@example.com',
};
const custom = (name: string, ex: number, inc: number, quantity = 1) => ({ name, quantity, price_ex_tax: ex, price_inc_tax: inc });

describe('job: take orders by the API', () => {
  useStore();

  it('the smallest order: one line that is in no catalog, for a guest, pending', async () => {
    const { id } = await Order.create({ billing_address: address, products: [custom('Gift card stand', 45, 50, 2)] });
    const order = await Order.find(id);
    expect(order).to.include({
      status_id: 1,
      status: 'Pending',
      custom_status: 'Pending',
      customer_id: 0,
      channel_id: 1,
      is_deleted: false,
    });
    expect(order).to.include({ subtotal_ex_tax: '90.0000', subtotal_inc_tax: '100.0000', subtotal_tax: '10.0000' });
    expect(order).to.include({ total_ex_tax: '90.0000', total_inc_tax: '100.0000', total_tax: '10.0000', refunded_amount: '0.0000' });
    expect(order).to.include({
      items_total: 2,
      items_shipped: 0,
      shipping_address_count: 0,
      tax_provider_id: '',
      default_currency_code: 'USD',
    });
    expect(order.date_created).to.be.an.instanceOf(Date);
    expect(order.date_shipped).to.equal(null);
    const [line] = await order.products;
    expect(line).to.include({ name: 'Gift card stand', product_id: 0, quantity: 2, quantity_shipped: 0, price_tax: '5.0000' });
    expect(line).to.include({
      base_price: '45.0000',
      price_ex_tax: '45.0000',
      total_ex_tax: '90.0000',
      total_inc_tax: '100.0000',
      total_tax: '10.0000',
    });
    expect(await Product.where({ name: 'Gift card stand' }).count()).to.equal(0);
  });

  it('shipping, handling and a discount go into the total; a discount is spread over the lines', async () => {
    const { id } = await Order.create({
      billing_address: address,
      products: [custom('Chair', 30, 30), custom('Cushion', 10, 10)],
      shipping_addresses: [address],
      shipping_cost_ex_tax: 8,
      shipping_cost_inc_tax: 8,
      handling_cost_ex_tax: 2,
      handling_cost_inc_tax: 2,
      discount_amount: 4,
    });
    const order = await Order.find(id);
    expect(order).to.include({ subtotal_ex_tax: '40.0000', shipping_cost_inc_tax: '8.0000', handling_cost_inc_tax: '2.0000' });
    expect(order).to.include({
      discount_amount: '4.0000',
      coupon_discount: '0.0000',
      total_ex_tax: '46.0000',
      total_inc_tax: '46.0000',
      shipping_address_count: 1,
    });
    const lines = await order.products;
    expect(lines.map(({ applied_discounts }) => applied_discounts.map(({ amount }) => Number(amount)))).to.deep.equal([[3], [1]]);
    expect(lines[0]?.applied_discounts[0]).to.include({ name: 'Manual Discount', target: 'order' });
    expect(lines.map(({ discounted_total_inc_tax }) => Number(discounted_total_inc_tax))).to.deep.equal([27, 9]);
    await order.update({ shipping_cost_ex_tax: 10, shipping_cost_inc_tax: 10 });
    expect((await order.reload()).total_inc_tax).to.equal('48.0000');
    expect(await refusal(order.update({ discount_amount: -1 }))).to.equal(400);
  });

  it('a line of the catalog takes its name, SKU and price from there, and an own price when told', async () => {
    const product = await Product.create({ name: 'Oak Desk', sku: 'DESK', type: 'physical', weight: 40, price: 250, sale_price: 220 });
    const variant = await product.variants.first();
    const { id } = await Order.create({
      customer_id: 1,
      billing_address: address,
      status_id: 11,
      products: [
        { product_id: product.id, quantity: 1 },
        { product_id: product.id, quantity: 2, price_ex_tax: 100, price_inc_tax: 100 },
      ],
    });
    const order = await Order.find(id);
    expect(order).to.include({ customer_id: 1, status_id: 11, status: 'Awaiting Fulfillment', total_inc_tax: '420.0000' });
    const [line, cheaper] = await order.products;
    expect(line).to.include({ name: 'Oak Desk', sku: 'DESK', variant_id: variant?.id, type: 'physical', price_ex_tax: '220.0000' });
    expect(cheaper).to.include({ total_ex_tax: '200.0000' });
    await product.update({ price: 999, sale_price: 0 });
    expect((await OrderProduct.of(order).find(line?.id ?? 0)).price_ex_tax).to.equal('220.0000');
    expect(await refusal(Order.create({ billing_address: address, products: [{ product_id: 4711, quantity: 1 }] }))).to.equal(400);
  });

  it('lines are changed, added and removed, and the totals follow; a changed line loses its discount', async () => {
    const { id } = await Order.create({
      billing_address: address,
      products: [custom('Chair', 30, 33), custom('Cushion', 10, 11)],
      discount_amount: 4,
    });
    const order = await Order.find(id);
    const [chair, cushion] = await order.products;
    await chair?.update({ quantity: 3 });
    expect((await order.reload()).subtotal_inc_tax).to.equal('110.0000');
    expect((await OrderProduct.of(id).find(chair?.id ?? 0)).applied_discounts).to.deep.equal([]);
    await order.products.create({ ...custom('Rug', 100, 110), quantity: 1 });
    expect(await order.reload()).to.include({ subtotal_ex_tax: '200.0000', subtotal_inc_tax: '220.0000', items_total: 5 });
    await cushion?.destroy();
    expect((await OrderProduct.of(id).all()).map(({ name, quantity }) => `${quantity} ${name}`)).to.deep.equal(['3 Chair', '1 Rug']);
    expect(await order.reload()).to.include({ subtotal_ex_tax: '190.0000', items_total: 4 });
  });

  it('fees: an update replaces those that it leaves out, and each goes into the total', async () => {
    const { id } = await Order.create({
      billing_address: address,
      products: [custom('Chair', 30, 30)],
      fees: [{ display_name_customer: 'Gift wrap', cost_ex_tax: 4, cost_inc_tax: 5 }],
    });
    const order = await Order.find(id);
    expect(order.total_inc_tax).to.equal('35.0000');
    const [wrap] = await order.fees;
    expect(wrap).to.include({ type: 'custom_fee', display_name_customer: 'Gift wrap' });
    expect(Number(wrap?.cost_tax)).to.equal(1);
    await order.fees.create({ display_name_customer: 'Insurance', cost_ex_tax: 2, cost_inc_tax: 2 });
    expect((await order.reload()).total_inc_tax).to.equal('37.0000');
    expect((await order.fees.reload()).map(({ display_name_customer }) => display_name_customer)).to.have.members([
      'Gift wrap',
      'Insurance',
    ]);
    await order.update({ fees: [{ display_name_customer: 'Assembly', cost_ex_tax: 20, cost_inc_tax: 20 }] });
    expect((await order.fees.reload()).map(({ display_name_customer }) => display_name_customer)).to.deep.equal(['Assembly']);
    expect((await order.reload()).total_inc_tax).to.equal('50.0000');
  });

  it('an order is archived, not deleted, and then found as such only', async () => {
    const { id } = await Order.create({ billing_address: address, products: [custom('Chair', 30, 30)], status_id: 10 });
    const before = await Order.countByStatus();
    expect(before.statuses.find((status) => status.id === 10)?.name).to.equal('Completed');
    await Order.destroy(id);
    expect((await Order.find(id)).is_deleted).to.equal(true);
    expect(await Order.where({ min_id: id }).all()).to.deep.equal([]);
    expect((await Order.where({ min_id: id, is_deleted: true }).all()).map((order) => order.id)).to.deep.equal([id]);
    await Order.update(id, { is_deleted: false });
    expect((await Order.where({ min_id: id }).all()).map((order) => order.id)).to.deep.equal([id]);
  });

  it('a historical order keeps its date and source; a channel that is not there is refused', async () => {
    const placed = new Date('2019-05-04T10:00:00Z');
    const { id } = await Order.create({
      billing_address: address,
      products: [custom('Chair', 30, 30)],
      shipping_addresses: [address],
      date_created: placed,
      external_source: 'M-MIG',
      external_order_id: 'OLD-1',
      external_merchant_id: 'M-7',
      status_id: 2,
    });
    const order = await Order.find(id);
    expect(order.date_created).to.deep.equal(placed);
    expect(order).to.include({ external_source: 'M-MIG', external_order_id: 'OLD-1', order_source: 'external', status: 'Shipped' });
    expect(await refusal(order.update({ external_merchant_id: 'M-8' }))).to.equal(400);
    expect(await refusal(Order.create({ billing_address: address, products: [custom('Chair', 30, 30)], channel_id: 4711 }))).to.equal(400);
    const [to] = await order.shipping_addresses;
    expect(to).to.include({ first_name: 'Jane', items_total: 1, items_shipped: 0, order_id: id });
    await to?.update({ city: 'Dallas' });
    expect((await order.shipping_addresses.reload())[0]?.city).to.equal('Dallas');
    expect(order.billing_address.city).to.equal('Austin');
    expect(await to?.shipping_quotes).to.equal(null);
    await OrderMetafield.of(id).create({ permission_set: 'read', namespace: 'erp', key: 'number', value: '77' });
    expect(await OrderMetafield.of(id).first()).to.include({ resource_type: 'order', resource_id: id, value: '77' });
  });

  it('the fifteen statuses of an order have their fixed numbers and names', async () => {
    const names = new Map((await OrderStatus.all()).map((status) => [status.id, status.name]));
    expect([...names.keys()].sort((a, b) => a - b)).to.deep.equal([...Array(15).keys()]);
    expect([0, 1, 2, 3, 7, 8, 9, 11, 14].map((id) => names.get(id))).to.deep.equal([
      'Incomplete',
      'Pending',
      'Shipped',
      'Partially Shipped',
      'Awaiting Payment',
      'Awaiting Pickup',
      'Awaiting Shipment',
      'Awaiting Fulfillment',
      'Partially Refunded',
    ]);
    const { id } = await Order.create({ billing_address: address, products: [custom('Chair', 30, 30)] });
    for (const [status_id, name] of names) {
      await Order.update(id, { status_id });
      expect((await Order.find(id)).status).to.equal(name);
    }
    expect(await refusal(Order.update(id, { status_id: 99 }))).to.equal(400);
  });
});
