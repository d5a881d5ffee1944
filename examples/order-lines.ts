/** An order with its address, a line that is edited, a second fee, a shipment and a refund. Lines and fees are written inside their order. */
import { Order } from 'bigrecord/v2';
import { openStore, printRequests, show } from './support/store.js';

const store = await openStore();
if (store.isReal) throw new Error('This example creates an order, ships it and refunds it: it runs on the sandbox only.');
printRequests(store.session);

const address = { first_name: 'Jane', last_name: 'Doe', street_1: '123 Main Street', city: 'Austin', country_iso2: 'US' };
const created = await show(
  'const created = await Order.create({ billing_address, products, shipping_addresses, fees });   // one request',
  () =>
    Order.create({
      billing_address: { ...address, email: 'jane@example.com' },
      products: [
        { product_id: 1, quantity: 2 },
        { name: 'Engraving', quantity: 1, price_ex_tax: '10.0000', price_inc_tax: '11.0000' },
      ],
      shipping_addresses: [address],
      fees: [{ display_name_customer: 'Gift wrap', cost_ex_tax: '4.0000', cost_inc_tax: '5.0000' }],
    }),
  ({ id }) => ({ id }),
);

const order = await Order.find(created.id);
const [line, engraving] = await order.products;
if (line === undefined || engraving === undefined) throw new Error('The order has two lines.');

line.quantity = 3;
await show(
  'line.quantity = 3;  await line.save();           // one update of the order; its other lines stay',
  () => line.save(),
  () => ({ total_inc_tax: order.total_inc_tax }),
);
await show(
  'await order.products.create({ … });              // adds a line',
  () => order.products.create({ product_id: 2, quantity: 1 }),
  ({ id, name }) => ({ id, name }),
);
await show(
  'await engraving.destroy();                       // the quantity 0 removes a line',
  () => engraving.destroy(),
  ({ isDestroyed }) => ({ isDestroyed }),
);
await show(
  'await order.fees.create({ … });                  // an update replaces all fees, so the current ones are read and sent along',
  () => order.fees.create({ display_name_customer: 'Insurance', cost_ex_tax: '1.0000', cost_inc_tax: '1.0000' }),
  ({ id }) => ({ id }),
);
await show(
  'await order.fees.reload();',
  () => order.fees.reload(),
  (fees) => fees.map(({ display_name_customer, cost_inc_tax }) => `${display_name_customer} ${cost_inc_tax}`),
);
await show(
  'await order.update({ staff_notes, products: [{ id, quantity }] });   // both in one request',
  () => order.update({ staff_notes: 'Pack with care', products: [{ id: line.id, quantity: 2 }] }),
  ({ total_inc_tax }) => ({ total_inc_tax, quantity: line.quantity }),
);

const [shipping] = await order.shipping_addresses;
if (shipping === undefined) throw new Error('The order has a shipping address.');
await show(
  'await order.shipments.create({ order_address_id, items, … });',
  () =>
    order.shipments.create({
      order_address_id: shipping.id,
      tracking_number: 'EJ958083578US',
      items: [{ order_product_id: line.id, quantity: 2 }],
    }),
  ({ id, tracking_number }) => ({ id, tracking_number }),
);
const items = [{ item_type: 'PRODUCT' as const, item_id: line.id, quantity: 1 }];
const { total_refund_amount: amount } = await show(
  'await order.refundQuotes({ items });             // V3: what the items come to',
  () => order.refundQuotes({ items }),
  ({ total_refund_amount }) => ({ total_refund_amount }),
);
await show(
  'await order.refund({ items, payments });         // V3: the payments add up to the quote',
  () => order.refund({ items, payments: [{ provider_id: 'custom', amount, offline: true }] }),
  ({ id }) => ({ id }),
);

await store.close();
