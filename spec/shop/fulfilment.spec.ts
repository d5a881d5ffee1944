import { Order, OrderShipment } from 'bigrecord/v2';
import { OrderRefund, Refund } from 'bigrecord/v3';
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
  country_iso2: 'US',
};

async function paidOrder(): Promise<Order> {
  const { id } = await Order.create({
    billing_address: { ...address, email: 'jane@example.com' },
    status_id: 11,
    payment_method: 'Manual',
    products: [
      { name: 'Chair', quantity: 2, price_ex_tax: 30, price_inc_tax: 33 },
      { name: 'Rug', quantity: 1, price_ex_tax: 100, price_inc_tax: 110 },
    ],
    shipping_addresses: [address],
    shipping_cost_ex_tax: 10,
    shipping_cost_inc_tax: 10,
  });
  return Order.find(id);
}

describe('job: ship and refund orders', () => {
  useStore();

  it('a parcel with part of the lines: partially shipped; the rest: shipped', async () => {
    const order = await paidOrder();
    const [chair, rug] = await order.products;
    const [to] = await order.shipping_addresses;
    const first = await order.shipments.create({
      order_address_id: to?.id ?? 0,
      tracking_number: 'EJ958083578UK',
      shipping_provider: 'usps',
      items: [{ order_product_id: chair?.id ?? 0, quantity: 1 }],
    });
    expect(first).to.include({ order_id: order.id, tracking_number: 'EJ958083578UK', shipping_provider: 'usps', tracking_link: '' });
    expect(first.generated_tracking_link).to.match(/EJ958083578UK/);
    expect(first.shipping_address).to.include({ first_name: 'Jane', city: 'Austin' });
    await order.reload();
    expect(order).to.include({ status_id: 3, status: 'Partially Shipped', items_shipped: 1, items_total: 3, date_shipped: null });
    expect((await order.products.reload())[0]).to.include({ quantity: 2, quantity_shipped: 1 });
    await order.shipments.create({
      order_address_id: to?.id ?? 0,
      items: [
        { order_product_id: chair?.id ?? 0, quantity: 1 },
        { order_product_id: rug?.id ?? 0, quantity: 1 },
      ],
    });
    await order.reload();
    expect(order).to.include({ status_id: 2, status: 'Shipped', items_shipped: 3 });
    expect(order.date_shipped).to.be.an.instanceOf(Date);
    expect(await OrderShipment.of(order).count()).to.equal(2);
  });

  it('more than was ordered, or to an address of another order, is not shipped', async () => {
    const [order, other] = [await paidOrder(), await paidOrder()];
    const [chair] = await order.products;
    const [to] = await order.shipping_addresses;
    const [elsewhere] = await other.shipping_addresses;
    const items = (quantity: number) => [{ order_product_id: chair?.id ?? 0, quantity }];
    expect(await refusal(order.shipments.create({ order_address_id: to?.id ?? 0, items: items(3) }))).to.equal(400);
    expect(await refusal(order.shipments.create({ order_address_id: elsewhere?.id ?? 0, items: items(1) }))).to.equal(400);
    expect(
      await refusal(order.shipments.create({ order_address_id: to?.id ?? 0, items: [{ order_product_id: 4711, quantity: 1 }] })),
    ).to.equal(400);
    expect(await order.shipments.reload()).to.deep.equal([]);
    expect((await order.reload()).status_id).to.equal(11);
  });

  it('a shipment that is deleted leaves the status; its tracking can be corrected before', async () => {
    const order = await paidOrder();
    const [to] = await order.shipping_addresses;
    const items = (await order.products).map(({ id, quantity }) => ({ order_product_id: id, quantity }));
    const shipment = await order.shipments.create({ order_address_id: to?.id ?? 0, items, tracking_link: 'https://carrier.example/1' });
    expect(shipment).to.include({ tracking_link: 'https://carrier.example/1', generated_tracking_link: '' });
    await shipment.update({ tracking_number: 'NEW-1', comments: 'Second label' });
    expect(await OrderShipment.of(order).find(shipment.id)).to.include({ tracking_number: 'NEW-1', comments: 'Second label' });
    await shipment.destroy();
    expect(await order.reload()).to.include({ status_id: 2, status: 'Shipped' });
    expect(await OrderShipment.of(order).count()).to.equal(0);
  });

  it('a quote of a refund adds lines, shipping and an amount of the order, with its tax', async () => {
    const order = await paidOrder();
    const [chair] = await order.products;
    const quote = await order.refundQuotes({
      items: [
        { item_type: 'PRODUCT', item_id: chair?.id ?? 0, quantity: 1 },
        { item_type: 'SHIPPING', item_id: chair?.order_address_id ?? 0, amount: 10 },
        { item_type: 'ORDER', item_id: order.id, amount: 1 },
      ],
    });
    expect(quote).to.include({ order_id: order.id, total_refund_amount: 44, total_refund_tax_amount: 3, adjustment: 0, rounding: 0 });
    expect(quote.refund_methods.flat().map(({ amount }) => amount)).to.include(44);
    const tooMuch = { items: [{ item_type: 'PRODUCT', item_id: chair?.id ?? 0, quantity: 3 }] } as const;
    expect(await refusal(order.refundQuotes(tooMuch))).to.equal(422);
  });

  it('a refund of one chair, then of all: the order is partially refunded, then refunded', async () => {
    const order = await paidOrder();
    const [chair, rug] = await order.products;
    const refund = async (items: Parameters<Order['refundQuotes']>[0]) => {
      const method = (await order.refundQuotes(items)).refund_methods.flat()[0];
      const payments = [{ provider_id: method?.provider_id ?? '', amount: method?.amount ?? 0, offline: method?.offline ?? false }];
      return order.refund({ ...items, items: 'items' in items ? items.items : [], payments });
    };
    const first = await refund({ items: [{ item_type: 'PRODUCT', item_id: chair?.id ?? 0, quantity: 1 }] });
    expect(first).to.include({ order_id: order.id, total_amount: 33, total_tax: 3 });
    expect(first.items[0]).to.include({ item_type: 'PRODUCT', item_id: chair?.id, quantity: 1 });
    expect(first.payments[0]).to.include({ amount: 33, is_declined: false });
    await order.reload();
    expect(order).to.include({
      status_id: 14,
      status: 'Partially Refunded',
      total_inc_tax: '186.0000',
    });
    expect((await order.products.reload())[0]).to.include({ quantity_refunded: 1 });
    await refund({
      items: [
        { item_type: 'PRODUCT', item_id: chair?.id ?? 0, quantity: 1 },
        { item_type: 'PRODUCT', item_id: rug?.id ?? 0, quantity: 1 },
        { item_type: 'SHIPPING', item_id: chair?.order_address_id ?? 0, amount: 10 },
      ],
    });
    expect(await order.reload()).to.include({ status_id: 4, status: 'Refunded' });
    const again = {
      items: [{ item_type: 'PRODUCT', item_id: rug?.id ?? 0, quantity: 1 }],
      payments: [{ provider_id: 'custom', amount: 110, offline: true }],
    } as const;
    expect(await refusal(order.refund(again))).to.equal(422);
    expect((await OrderRefund.of(order).all()).map(({ total_amount }) => total_amount)).to.deep.equal([33, 153]);
    expect((await Refund.find(first.id)).order_id).to.equal(order.id);
  });

  it('what was not paid is not refunded, nor more than the quote', async () => {
    const order = await paidOrder();
    const [chair] = await order.products;
    const items = [{ item_type: 'PRODUCT', item_id: chair?.id ?? 0, quantity: 1 }] as const;
    expect(await refusal(order.refund({ items, payments: [{ provider_id: 'custom', amount: 40, offline: true }] }))).to.equal(422);
    const unpaid = await paidOrder();
    await unpaid.update({ status_id: 7 });
    const [line] = await unpaid.products;
    const unpaidItems = [{ item_type: 'PRODUCT', item_id: line?.id ?? 0, quantity: 1 }] as const;
    expect(await refusal(unpaid.refund({ items: unpaidItems, payments: [{ provider_id: 'custom', amount: 33, offline: true }] }))).to.equal(
      422,
    );
    expect(await OrderRefund.of(unpaid).all()).to.deep.equal([]);
  });
});
