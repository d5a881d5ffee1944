import {
  ArgumentError,
  Attribute,
  ClientError,
  ConfigurationError,
  HasMany,
  Model,
  RecordNotFoundError,
  Resource,
  ServerError,
  StaleRecordError,
  throughParent,
  UncertainOutcomeError,
  UnsupportedOperationError,
  ValidationError,
} from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import { Order, OrderConsignments, OrderFee, OrderProduct, OrderShippingAddress } from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { models, sentBy, useStore } from '../support/store.js';

const BILLING = { first_name: 'Jane', last_name: 'Doe', email: 'jane@example.com', city: 'Austin', country_iso2: 'US' };
const MUG = { name: 'Mug', quantity: 1, price_inc_tax: '12.0000', price_ex_tax: '10.0000' };
const GIFT = { display_name_customer: 'Gift wrap', cost_ex_tax: '4.0000', cost_inc_tax: '5.0000' };
const CARE = { display_name_customer: 'Insurance', cost_ex_tax: '1.0000', cost_inc_tax: '1.0000' };

/** An order with two lines (5 and 6) and two fees, whose requests are not in the way. */
async function anOrder(): Promise<Order> {
  const order = await Order.create({
    billing_address: BILLING,
    products: [{ product_id: 1, quantity: 2 }, MUG],
    fees: [GIFT, CARE],
  });
  return Order.find(order.id);
}

const linesOf = async (order: Order): Promise<[OrderProduct, OrderProduct]> => {
  const [first, second] = await order.products;
  if (first === undefined || second === undefined) throw new Error('The order has two lines.');
  return [first, second];
};

const feesOf = async (order: Order): Promise<[OrderFee, OrderFee]> => {
  const [first, second] = await order.fees;
  if (first === undefined || second === undefined) throw new Error('The order has two fees.');
  return [first, second];
};

const writes = (lines: readonly string[]): string[] => lines.filter((line) => !line.startsWith('GET'));

/** The requests that change something. */
const writesBy = async (store: Parameters<typeof sentBy>[0], work: () => unknown): Promise<string[]> => writes(await sentBy(store, work));

describe('an order with its children', () => {
  const context = useStore();

  it('is created by one request with its lines, addresses and fees', async () => {
    let order: Order | undefined;
    const lines = await sentBy(context.store, async () => {
      order = await Order.create({
        billing_address: BILLING,
        products: [{ product_id: 1, quantity: 2 }],
        shipping_addresses: [{ first_name: 'Trish', street_1: '666 Sussex St', city: 'Austin' }],
        fees: [GIFT],
      });
    });
    expect(lines).to.deep.equal([
      `POST /v2/orders ${JSON.stringify({
        billing_address: BILLING,
        products: [{ product_id: 1, quantity: 2 }],
        shipping_addresses: [{ first_name: 'Trish', street_1: '666 Sussex St', city: 'Austin' }],
        fees: [GIFT],
      })}`,
    ]);
    expect((await order?.products)?.map(({ product_id, quantity }) => [product_id, quantity])).to.deep.equal([[1, 2]]);
    expect((await order?.shipping_addresses)?.map(({ city, items_total }) => [city, items_total])).to.deep.equal([['Austin', 2]]);
    expect((await order?.fees)?.map(({ cost_inc_tax }) => cost_inc_tax)).to.deep.equal(['5.0000']);
  });

  it('is created by one request with its pickups', async () => {
    const pickup = { pickup_method_id: 3, line_items: [{ product_id: 1, quantity: 1 }] };
    const lines = await sentBy(context.store, async () => {
      const order = await Order.create({ billing_address: BILLING, consignments: { pickups: [pickup] } });
      const consignments = await (await Order.find(order.id)).consignments;
      expect(consignments?.pickups.map(({ pickup_method_id }) => pickup_method_id)).to.deep.equal([3]);
    });
    expect(lines[0]).to.equal(`POST /v2/orders ${JSON.stringify({ billing_address: BILLING, consignments: { pickups: [pickup] } })}`);
  });

  it('changes its pickups by an update of the order', async () => {
    const pickups = [{ pickup_method_id: 3, line_items: [{ product_id: 1, quantity: 1 }] }];
    const { id } = await Order.create({ billing_address: BILLING, consignments: { pickups } });
    const consignments = (await (await Order.find(id)).consignments) as OrderConsignments;
    consignments.assign({ pickups: [{ id: 1, collection_instructions: 'Ring twice' }] });
    expect(await sentBy(context.store, () => consignments.save())).to.deep.equal([
      `PUT /v2/orders/${id} {"consignments":{"pickups":[{"id":1,"collection_instructions":"Ring twice"}]}}`,
    ]);
    const update = { consignments: { pickups: [{ id: 1, pickup_method_id: 4 }] } };
    expect(await sentBy(context.store, () => Order.update(id, update))).to.deep.equal([`PUT /v2/orders/${id} ${JSON.stringify(update)}`]);
    const changed = (await (await Order.find(id)).consignments)?.pickups ?? [];
    expect(changed).to.have.length(1);
    expect(changed[0]).to.include({ id: 1, pickup_method_id: 4, collection_instructions: 'Ring twice' });
    expect(changed[0]?.line_items).to.have.length(1);
  });

  it('is refused without lines, and is then still new with its lines', async () => {
    const order = new Order({ billing_address: BILLING, products: [{ product_id: 999_999, quantity: 1 }] });
    await rejection(order.save(), ClientError);
    const [line] = await order.products;
    expect([order.isNew, line?.isNew, line?.isDirty]).to.deep.equal([true, true, true]);
    await rejection(Order.create({ billing_address: BILLING } as never), ClientError);
  });

  it('has shipping addresses that are changed by themselves', async () => {
    const { id } = await Order.create({ billing_address: BILLING, products: [MUG], shipping_addresses: [{ city: 'Austin' }] });
    const [address] = await OrderShippingAddress.of(id);
    const lines = await sentBy(context.store, () => address?.update({ city: 'Dallas' }));
    expect(lines).to.deep.equal([`PUT /v2/orders/${id}/shipping_addresses/${address?.id} {"city":"Dallas"}`]);
    await rejection(OrderShippingAddress.of(id).create({ city: 'Waco' }), UnsupportedOperationError);
  });
});

describe('a line of an order', () => {
  const context = useStore();

  it('is saved by one update of the order, which keeps the others', async () => {
    const order = await anOrder();
    const [line, other] = await linesOf(order);
    line.quantity = 3;
    expect(await sentBy(context.store, () => line.save())).to.deep.equal([
      `PUT /v2/orders/${order.id} {"products":[{"id":${line.id},"quantity":3}]}`,
    ]);
    expect([line.isDirty, line.previousChanges]).to.deep.equal([false, { quantity: [2, 3] }]);
    expect(await sentBy(context.store, () => line.save())).to.deep.equal([]);
    expect((await OrderProduct.of(order.id)).map(({ id, quantity }) => [id, quantity])).to.deep.equal([
      [line.id, 3],
      [other.id, 1],
    ]);
  });

  it('brings the new totals of the order to the record that it came from', async () => {
    const order = await anOrder();
    const [, mug] = await linesOf(order);
    const before = Number(order.total_inc_tax);
    order.staff_notes = 'mine';
    await mug.update({ quantity: 3 });
    expect(Number(order.total_inc_tax)).to.equal(before + 24);
    expect(order.changed).to.deep.equal(['staff_notes']);
    expect((await order.products)[1]).to.equal(mug);
  });

  it('loses its discounts when it is changed', async () => {
    const applied_discounts = [{ id: 'coupon', amount: '5' }];
    const { id } = await Order.create({ billing_address: BILLING, products: [{ ...MUG, applied_discounts }, MUG] });
    const [line, other] = await linesOf(await Order.find(id));
    expect(line.applied_discounts).to.deep.equal(applied_discounts);
    await other.update({ quantity: 2 });
    expect((await line.reload()).applied_discounts).to.deep.equal(applied_discounts);
    await line.update({ quantity: 2 });
    expect((await line.reload()).applied_discounts).to.deep.equal([]);
  });

  it('is removed by the quantity 0', async () => {
    const order = await anOrder();
    const [line, other] = await linesOf(order);
    expect(await sentBy(context.store, () => line.destroy())).to.deep.equal([
      `PUT /v2/orders/${order.id} {"products":[{"id":${line.id},"quantity":0}]}`,
    ]);
    expect(line.isDestroyed).to.equal(true);
    expect(await order.products).to.deep.equal([other]);
    await rejection(line.save(), StaleRecordError);
    other.quantity = 0;
    await other.save();
    expect([other.isDestroyed, (await OrderProduct.of(order.id)).length]).to.deep.equal([true, 0]);
  });

  it('is created by one update of the order, and gets its key', async () => {
    const order = await anOrder();
    const known = await order.products;
    let line: OrderProduct | undefined;
    const lines = await writesBy(context.store, async () => {
      line = await order.products.create({ product_id: 2, quantity: 4 });
    });
    expect(lines).to.deep.equal([`PUT /v2/orders/${order.id} {"products":[{"product_id":2,"quantity":4}]}`]);
    expect([line?.isNew, typeof line?.id, line?.quantity, line?.isDirty]).to.deep.equal([false, 'number', 4, false]);
    expect(await order.products).to.deep.equal([...known, line]);
    const again = await OrderProduct.of(order.id).create({ product_id: 2, quantity: 4 });
    expect(again.id).to.equal((line?.id ?? 0) + 1);
  });

  it('is saved although its key cannot be looked up', async () => {
    const order = await anOrder();
    context.store.fail({ status: 500, method: 'GET', path: `/v2/orders/${order.id}/products`, times: 9 });
    const line = await OrderProduct.of(order.id).create({ product_id: 2, quantity: 4 });
    expect([line.isNew, line.id, line.isDirty]).to.deep.equal([false, undefined, false]);
    const error = await rejection(line.update({ quantity: 5 }), ArgumentError);
    expect(error.message).to.include('The id of this OrderProduct');
  });

  it('is changed and removed by its key', async () => {
    const order = await anOrder();
    const [line, other] = await linesOf(order);
    const lines = await sentBy(context.store, async () => {
      await order.products.update(line.id, { quantity: 7 });
      await order.products.destroy(other.id);
    });
    expect(lines).to.deep.equal([
      `PUT /v2/orders/${order.id} {"products":[{"id":${line.id},"quantity":7}]}`,
      `PUT /v2/orders/${order.id} {"products":[{"id":${other.id},"quantity":0}]}`,
    ]);
    expect(line.quantity).to.equal(7);
    expect(await order.products).to.deep.equal([line]);
  });

  it('is written by one update together with others', async () => {
    const order = await anOrder();
    const [line, mug] = await linesOf(order);
    line.quantity = 3;
    mug.quantity = 4;
    const fresh = OrderProduct.of(order.id).build({ product_id: 2, quantity: 1 });
    const dry = await OrderProduct.saveMany([line, mug, fresh]).dryRun();
    const lines = await writesBy(context.store, async () => {
      const { succeeded, failed } = await OrderProduct.saveMany([line, mug, fresh]);
      expect([succeeded.length, failed.length]).to.deep.equal([3, 0]);
    });
    const body = {
      products: [
        { id: line.id, quantity: 3 },
        { id: mug.id, quantity: 4 },
        { product_id: 2, quantity: 1 },
      ],
    };
    expect(lines).to.deep.equal([`PUT /v2/orders/${order.id} ${JSON.stringify(body)}`]);
    expect(dry.map(({ method, path, body }) => ({ method, path, body }))).to.deep.equal([
      { method: 'PUT', path: `/orders/${order.id}`, body },
    ]);
    expect([line.isDirty, mug.isDirty, fresh.isNew, typeof fresh.id]).to.deep.equal([false, false, false, 'number']);
    const removed = await writesBy(context.store, () => OrderProduct.of(order.id).destroyMany([mug, fresh.id]));
    expect(removed).to.deep.equal([
      `PUT /v2/orders/${order.id} {"products":[{"id":${mug.id},"quantity":0},{"id":${fresh.id},"quantity":0}]}`,
    ]);
    expect((await OrderProduct.of(order.id)).map(({ id }) => id)).to.deep.equal([line.id]);
  });

  it('is refused without the others', async () => {
    const order = await anOrder();
    const [line, mug] = await linesOf(order);
    line.quantity = 3;
    const missing = OrderProduct.of(order.id).build({ product_id: 999_999, quantity: 1 });
    const { succeeded, failed } = await OrderProduct.saveMany([line, missing, mug]);
    expect(succeeded).to.deep.equal([line, mug]);
    expect(failed.map(({ record }) => record)).to.deep.equal([missing]);
    expect([missing.isNew, line.isDirty]).to.deep.equal([true, false]);
  });

  it('gets the errors that are its own', async () => {
    const order = await anOrder();
    const [line, mug] = await linesOf(order);
    const refusal = { title: 'no', errors: { 'products.0.quantity': 'is too many' } };
    context.store.fail({ status: 422, method: 'PUT', path: `/v2/orders/${order.id}`, body: refusal });
    line.quantity = 300;
    const error = await rejection(line.save(), ValidationError);
    expect([error.errors, line.fieldErrors, line.isDirty]).to.deep.equal([
      { quantity: ['is too many'] },
      { quantity: ['is too many'] },
      true,
    ]);
    context.store.fail({ status: 422, method: 'PUT', path: `/v2/orders/${order.id}`, body: refusal });
    mug.quantity = 2;
    await rejection(order.save(), ValidationError);
    expect([line.fieldErrors, mug.fieldErrors]).to.deep.equal([{ quantity: ['is too many'] }, {}]);
    await order.save();
    expect([line.isDirty, mug.isDirty, line.fieldErrors]).to.deep.equal([false, false, {}]);
  });

  it('is not added twice when the response is lost', async () => {
    const order = await anOrder();
    context.store.fail({ reset: 'after', method: 'PUT', path: `/v2/orders/${order.id}` });
    await rejection(order.products.create({ product_id: 2, quantity: 4 }), UncertainOutcomeError);
    expect((await OrderProduct.of(order.id)).filter(({ product_id }) => product_id === 2)).to.have.length(1);
    context.store.fail({ status: 503, method: 'PUT', path: `/v2/orders/${order.id}` });
    const error = await rejection(order.products.create({ product_id: 3, quantity: 4 }), ServerError);
    expect(Reflect.get(error, 'isUncertain')).to.equal(true);
    const [line] = await linesOf(order);
    context.store.fail({ reset: 'after', method: 'PUT', path: `/v2/orders/${order.id}` });
    await line.update({ quantity: 9 });
    expect((await line.reload()).quantity).to.equal(9);
  });

  it('is reported missing with its order', async () => {
    await rejection(OrderProduct.of(99_999).update(1, { quantity: 2 }), RecordNotFoundError);
  });
});

describe('a fee of an order', () => {
  const context = useStore();

  it('is saved with the others, which stay', async () => {
    const order = await anOrder();
    const [gift, care] = await feesOf(order);
    gift.cost_inc_tax = '6.0000';
    const lines = await sentBy(context.store, () => gift.save());
    expect(lines).to.have.length(2);
    expect(lines[0]).to.match(new RegExp(`^GET /v2/orders/${order.id}/fees`));
    const { fees } = JSON.parse((lines[1] ?? '').replace(/^PUT \S+ /, ''));
    expect(fees.map((fee: Record<string, unknown>) => [fee['id'], fee['display_name_customer'], fee['cost_inc_tax']])).to.deep.equal([
      [gift.id, 'Gift wrap', '6.0000'],
      [care.id, 'Insurance', '1.0000'],
    ]);
    expect(fees[0]).not.to.have.property('base_cost');
    expect((await OrderFee.of(order.id)).map(({ id, cost_inc_tax }) => [id, cost_inc_tax])).to.deep.equal([
      [gift.id, '6.0000'],
      [care.id, '1.0000'],
    ]);
  });

  it('leaves the amount that follows from the changed ones to the store', async () => {
    const order = await anOrder();
    const sentFor = async (change: object): Promise<unknown[]> => {
      const [gift] = await feesOf(order);
      const [line = ''] = await writesBy(context.store, () => gift.update(change));
      const [fee] = JSON.parse(line.replace(/^PUT \S+ /, '')).fees;
      return ['cost_ex_tax', 'cost_inc_tax', 'cost_tax'].map((name) => fee[name]);
    };
    expect(await sentFor({ cost_ex_tax: '20.0000', cost_inc_tax: '22.0000' })).to.deep.equal(['20.0000', '22.0000', undefined]);
    expect(await sentFor({ cost_inc_tax: '23.0000' })).to.deep.equal(['20.0000', '23.0000', undefined]);
    expect(await sentFor({ cost_tax: '4.0000' })).to.deep.equal(['20.0000', undefined, '4.0000']);
    expect(await sentFor({ display_name_customer: 'Bow' })).to.deep.equal(['20.0000', '24.0000', '4.0000']);
  });

  it('is removed by leaving it out', async () => {
    const order = await anOrder();
    const [gift, care] = await feesOf(order);
    await gift.destroy();
    expect((await OrderFee.of(order.id)).map(({ id }) => id)).to.deep.equal([care.id]);
    expect(await order.fees).to.deep.equal([care]);
    await rejection(OrderFee.of(order.id).destroy(gift.id), RecordNotFoundError);
    const lines = await sentBy(context.store, () => order.fees.deleteAll());
    expect(lines).to.deep.equal([`PUT /v2/orders/${order.id} {"fees":[]}`]);
    expect(await order.fees).to.deep.equal([]);
  });

  it('is added to the others, and gets its key', async () => {
    const order = await anOrder();
    const fee = await order.fees.create({ display_name_customer: 'Rush', cost_ex_tax: '2', cost_inc_tax: '2' });
    expect(typeof fee.id).to.equal('number');
    const names = (await OrderFee.of(order.id)).map(({ display_name_customer }) => display_name_customer);
    expect(names).to.have.members(['Gift wrap', 'Insurance', 'Rush']);
  });

  it('is not lost when several are saved at once', async () => {
    const order = await anOrder();
    const [gift, care] = await feesOf(order);
    gift.cost_inc_tax = '6.0000';
    care.cost_inc_tax = '2.0000';
    context.store.latency = 10;
    await Promise.all([
      gift.save(),
      care.save(),
      order.fees.create({ display_name_customer: 'A', cost_ex_tax: '2', cost_inc_tax: '2' }),
      OrderFee.of(order.id).create({ display_name_customer: 'B', cost_ex_tax: '3', cost_inc_tax: '3' }),
    ]);
    const fees = (await OrderFee.of(order.id)).map(({ display_name_customer, cost_inc_tax }) => `${display_name_customer} ${cost_inc_tax}`);
    expect(fees).to.have.members(['Gift wrap 6.0000', 'Insurance 2.0000', 'A 2.0000', 'B 3.0000']);
  });

  it('is not brought back when somebody else has deleted it', async () => {
    const order = await anOrder();
    const [gift, care] = await feesOf(order);
    await OrderFee.of(order.id).destroy(gift.id);
    gift.cost_inc_tax = '6.0000';
    const lines = await writesBy(context.store, () => rejection(gift.save(), RecordNotFoundError));
    expect([lines, gift.isDirty]).to.deep.equal([[], true]);
    await care.reload();
    expect(care.cost_inc_tax).to.equal('1.0000');
  });

  it('is changed with the order: a list of fees is all that remain', async () => {
    const order = await anOrder();
    const [gift, care] = await feesOf(order);
    care.cost_inc_tax = '2.0000';
    await order.update({ status_id: 2 });
    expect((await OrderFee.of(order.id)).map(({ cost_inc_tax }) => cost_inc_tax)).to.have.members(['5.0000', '2.0000']);
    await order.update({ fees: [{ id: gift.id, cost_inc_tax: '7.0000' }] });
    expect((await OrderFee.of(order.id)).map(({ id, cost_inc_tax }) => [id, cost_inc_tax])).to.deep.equal([[gift.id, '7.0000']]);
    expect((await order.fees)[0]).to.equal(gift);
    await order.update({ fees: [] });
    expect([(await OrderFee.of(order.id)).length, (await order.fees).length]).to.deep.equal([0, 0]);
  });
});

describe('an order that is saved', () => {
  const context = useStore();

  it('sends its changed lines along', async () => {
    const order = await anOrder();
    const [line] = await linesOf(order);
    line.quantity = 3;
    order.staff_notes = 'later';
    expect(order.isDirty).to.equal(true);
    expect(await sentBy(context.store, () => order.save())).to.deep.equal([
      `PUT /v2/orders/${order.id} {"staff_notes":"later","products":[{"id":${line.id},"quantity":3}]}`,
    ]);
    expect([order.isDirty, line.isDirty]).to.deep.equal([false, false]);
    expect(await sentBy(context.store, () => order.save())).to.deep.equal([]);
  });

  it('takes changes of lines by their keys, and new ones', async () => {
    const order = await anOrder();
    const [line, other] = await linesOf(order);
    const lines = await writesBy(context.store, () =>
      order.update({
        products: [
          { id: line.id, quantity: 5 },
          { product_id: 3, quantity: 1 },
          { id: other.id, quantity: 0 },
        ],
      }),
    );
    const products = [
      { id: line.id, quantity: 5 },
      { id: other.id, quantity: 0 },
      { product_id: 3, quantity: 1 },
    ];
    const sent = JSON.parse((lines[0] ?? '').replace(/^PUT \S+ /, ''));
    expect(lines).to.have.length(1);
    expect(sent.products).to.have.deep.members(products);
    const now = await order.products;
    expect(now.map(({ product_id, quantity }) => [product_id, quantity])).to.deep.equal([
      [1, 5],
      [3, 1],
    ]);
    expect([now[0] === line, typeof now[1]?.id, other.isDestroyed, order.isDirty]).to.deep.equal([true, 'number', true, false]);
  });

  it('takes them without reading anything first', async () => {
    const { id } = await anOrder();
    const [line] = await OrderProduct.of(id);
    const lines = await sentBy(context.store, () => Order.update(id, { products: [{ id: line?.id, quantity: 5 }] }));
    expect(lines).to.deep.equal([`PUT /v2/orders/${id} {"products":[{"id":${line?.id},"quantity":5}]}`]);
    const many = await sentBy(context.store, () => Order.updateMany([{ id, products: [{ id: line?.id, quantity: 6 }] }]));
    expect(many).to.deep.equal([`PUT /v2/orders/${id} {"products":[{"id":${line?.id},"quantity":6}]}`]);
  });

  it('creates the lines that were built for it, once', async () => {
    const order = await anOrder();
    const line = order.products.build({ product_id: 2, quantity: 1 });
    expect(order.isDirty).to.equal(true);
    const lines = await writesBy(context.store, () => Promise.all([order.save(), line.save()]));
    expect(lines).to.deep.equal([`PUT /v2/orders/${order.id} {"products":[{"product_id":2,"quantity":1}]}`]);
    expect([line.isNew, typeof line.id]).to.deep.equal([false, 'number']);
    expect((await order.products).at(-1)).to.equal(line);
  });

  it('is written with its lines by saveMany, one update each', async () => {
    const [order, another] = [await anOrder(), await anOrder()];
    for (const each of [order, another]) (await linesOf(each))[0].quantity = 8;
    const dry = await Order.saveMany([order, another]).dryRun();
    const lines = await sentBy(context.store, () => Order.saveMany([order, another]));
    const [first, second] = [await linesOf(order), await linesOf(another)];
    expect([...lines].sort()).to.deep.equal([
      `PUT /v2/orders/${order.id} {"products":[{"id":${first[0].id},"quantity":8}]}`,
      `PUT /v2/orders/${another.id} {"products":[{"id":${second[0].id},"quantity":8}]}`,
    ]);
    expect(dry.map(({ method, path }) => `${method} ${path}`)).to.have.members([`PUT /orders/${order.id}`, `PUT /orders/${another.id}`]);
    expect([first[0].isDirty, second[0].isDirty]).to.deep.equal([false, false]);
  });

  it('drops what was set on it, and nothing else, by restore()', async () => {
    const order = await anOrder();
    order.assign({ products: [{ product_id: 2, quantity: 1 }] });
    order.restore();
    expect([order.isDirty, await sentBy(context.store, () => order.save())]).to.deep.equal([false, []]);
  });

  it('deletes all its lines by one update', async () => {
    const order = await anOrder();
    const [line, other] = await linesOf(order);
    const deletions = order.products.deleteAll();
    const lines = await writesBy(context.store, () => deletions);
    expect(lines).to.deep.equal([
      `PUT /v2/orders/${order.id} {"products":[{"id":${line.id},"quantity":0},{"id":${other.id},"quantity":0}]}`,
    ]);
    expect(await order.products).to.deep.equal([]);
  });

  it('refuses what its update does not take', async () => {
    const order = await anOrder();
    expect(() => order.assign({ shipping_addresses: [{ city: 'Waco' }] })).to.throw(ArgumentError);
    expect(() => order.assign({ products: [5 as never] })).to.throw(ArgumentError);
    const [foreign] = await OrderProduct.of((await anOrder()).id);
    expect(() => order.assign({ products: [foreign as OrderProduct] })).to.throw(ArgumentError, 'another parent');
  });
});

describe('children that have requests of their own too', () => {
  const context = useStore();

  it('are written inside their parent where they are set on it', async () => {
    const product = await v3.Product.find(1);
    const field = await product.custom_fields.create({ name: 'Colour', value: 'Red' });
    const custom_fields = [
      { id: field.id, value: 'Blue' },
      { name: 'Size', value: 'L' },
    ];
    const lines = await writesBy(context.store, () => product.update({ custom_fields }));
    expect(lines).to.deep.equal([`PUT /v3/catalog/products/1 ${JSON.stringify({ custom_fields })}`]);
    const now = await v3.ProductCustomField.of(1);
    expect(now.map(({ name, value }) => [name, value]).slice(-2)).to.deep.equal([
      ['Colour', 'Blue'],
      ['Size', 'L'],
    ]);
    expect((await product.custom_fields).at(-1)?.id).to.equal(now.at(-1)?.id);
  });

  it('are not removed by setting none of them, which the update of their parent cannot say', async () => {
    const product = await v3.Product.find(1);
    const refused = 'Product.custom_fields of a saved record cannot be replaced';
    const lines = await writesBy(context.store, async () => {
      expect(() => Object.assign(product, { custom_fields: [] })).to.throw(ArgumentError, refused);
      expect(() => product.assign({ custom_fields: [] })).to.throw(ArgumentError, refused);
      await rejection(() => product.update({ custom_fields: [] }), ArgumentError);
      await rejection(() => v3.Product.update(1, { images: [] }), ArgumentError);
    });
    expect([lines, product.isDirty]).to.deep.equal([[], false]);
    expect(new v3.Product({ custom_fields: [] }).isNew).to.equal(true);
  });

  it('are otherwise written by these', async () => {
    const product = await v3.Product.find(1);
    const field = await product.custom_fields.create({ name: 'Colour', value: 'Red' });
    const [loaded] = (await product.custom_fields).slice(-1);
    (loaded as v3.ProductCustomField).value = 'Green';
    expect([product.isDirty, await sentBy(context.store, () => product.save())]).to.deep.equal([false, []]);
    expect(await sentBy(context.store, () => loaded?.save())).to.deep.equal([
      `PUT /v3/catalog/products/1/custom-fields/${field.id} {"value":"Green"}`,
    ]);
  });
});

@Resource('/racks', { version: 'v3', filters: {} })
class Rack extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() name!: string;
  @HasMany(() => Note) notes!: HasMany<Note>;
}

@Resource('/racks/:rack_id/notes', { version: 'v3', filters: {}, operations: ['list', 'get'], through: throughParent({ update: 'add' }) })
class Note extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() text!: string;
}

describe('a model with children of its own kind', () => {
  const context = useStore({ models: models(Rack, Note) });

  it('adds children that can neither be changed nor removed', async () => {
    const rack = await Rack.create({ name: 'A' });
    const note = await rack.notes.create({ text: 'first' });
    expect(note.id).to.equal(1);
    expect(await writesBy(context.store, () => rack.update({ notes: [{ text: 'second' }] }))).to.deep.equal([
      'PUT /v3/racks/1 {"notes":[{"text":"second"}]}',
    ]);
    await rejection(note.update({ text: 'changed' }), UnsupportedOperationError);
    note.restore();
    await rejection(note.destroy(), UnsupportedOperationError);
    expect((await Note.of(1)).map(({ text }) => text)).to.deep.equal(['first', 'second']);
  });

  it('is declared with known options only', () => {
    const wrong: [object, string][] = [
      [{}, 'needs `create`, `update` or both'],
      [{ update: 'overwrite' }, "must be 'merge' or 'replace' or 'add'"],
      [{ create: 'yes' }, 'must be true or false'],
      [{ update: 'replace', remove: { quantity: 0 } }, 'must be the attributes that remove a record from a merge'],
      [{ update: 'merge', remove: {} }, 'must be the attributes that remove a record from a merge'],
      [{ update: 'merge', merge: true }, 'no option `merge`'],
    ];
    for (const [options, message] of wrong) expect(() => throughParent(options as never)).to.throw(ConfigurationError, message);
    expect(() => Resource('/a/:a_id/b', { through: { update: 'merge' } as never })(class extends Model {})).to.throw(
      ConfigurationError,
      'made by throughParent',
    );
  });
});

describe('a built-in model that its parent takes', () => {
  const declared = [...Object.values(v2), ...Object.values(v3)].flatMap((model) =>
    'resource' in model && model.resource.through?.update !== undefined ? [model.resource] : [],
  );

  it('is written by operations of its own, or by an update of its parent', () => {
    expect(declared.map(({ name }) => name)).to.include.members(['OrderProduct', 'OrderFee', 'ProductImage', 'ProductCustomField']);
    for (const { name, operations, through } of declared)
      for (const operation of ['create', 'update'] as const)
        expect(operations.includes(operation) || through?.writes.includes(operation), `${name}: ${operation}`).to.equal(true);
  });
});
