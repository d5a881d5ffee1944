import { ClientError } from 'bigrecord';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { useStore } from '../support/store.js';

const billing_address = { first_name: 'Jane', email: 'jane@example.com' };
const MUG = { name: 'Mug', quantity: 2, price_ex_tax: '10.0000', price_inc_tax: '12.0000' };

type Row = Record<string, unknown>;

describe('orders of the sandbox', () => {
  const context = useStore();
  const v2 = { version: 'v2' } as const;

  const create = async (body: object): Promise<Row> =>
    (await context.session.post('/orders', { ...v2, body: { billing_address, ...body } })).body as Row;

  const update = async (id: unknown, body: object): Promise<Row> =>
    (await context.session.put(`/orders/${id}`, { ...v2, body })).body as Row;

  const rowsOf = async (id: unknown, name: string): Promise<Row[]> =>
    ((await context.session.get(`/orders/${id}/${name}`, v2)).body ?? []) as Row[];

  it('have the totals of their lines and fees', async () => {
    const fees = [{ display_name_customer: 'Gift wrap', cost_ex_tax: 4, cost_tax: 1 }];
    const order = await create({ products: [MUG], fees, shipping_cost_ex_tax: '3', shipping_cost_inc_tax: '3.5' });
    expect([order['subtotal_ex_tax'], order['subtotal_inc_tax'], order['total_ex_tax'], order['total_inc_tax']]).to.deep.equal([
      '20.0000',
      '24.0000',
      '27.0000',
      '32.5000',
    ]);
    expect([order['total_tax'], order['items_total'], order['status_id']]).to.deep.equal(['5.5000', 2, 1]);
    const [line] = await rowsOf(order['id'], 'products');
    const changed = await update(order['id'], { products: [{ id: line?.['id'], quantity: 1 }], fees: [] });
    expect([changed['subtotal_inc_tax'], changed['total_inc_tax'], changed['items_total']]).to.deep.equal(['12.0000', '15.5000', 1]);
  });

  it('keep totals that the client sets, and those that nothing has changed', async () => {
    const order = await create({ products: [MUG], total_inc_tax: '20.0000', total_ex_tax: '18.0000' });
    expect(order['total_inc_tax']).to.equal('20.0000');
    expect((await update(order['id'], { staff_notes: 'x' }))['total_inc_tax']).to.equal('20.0000');
  });

  it('know the products of the catalogue', async () => {
    const product = (await context.session.get('/products/1', v2)).body as Row;
    const order = await create({ products: [{ product_id: 1 }], shipping_addresses: [{ city: 'Austin' }] });
    const [line] = await rowsOf(order['id'], 'products');
    const [address] = await rowsOf(order['id'], 'shipping_addresses');
    expect([line?.['name'], line?.['sku'], Number(line?.['price_inc_tax']), line?.['quantity'], line?.['order_address_id']]).to.deep.equal([
      product['name'],
      product['sku'],
      Number(product['price']),
      1,
      address?.['id'],
    ]);
  });

  it('replace their fees, and complete them', async () => {
    const { id } = await create({ products: [MUG], fees: [{ display_name_merchant: 'A', cost_inc_tax: 5, cost_tax: 1 }] });
    const [fee] = await rowsOf(id, 'fees');
    expect([fee?.['display_name_customer'], fee?.['cost_ex_tax'], fee?.['base_cost'], fee?.['type']]).to.deep.equal([
      'A',
      '4.0000',
      '4.0000',
      'custom_fee',
    ]);
    await update(id, { fees: [{ display_name_customer: 'B', cost_ex_tax: 1, cost_inc_tax: 1 }] });
    expect((await rowsOf(id, 'fees')).map((each) => each['display_name_customer'])).to.deep.equal(['B']);
  });

  it('are refused where V2 refuses them', async () => {
    const { id } = await create({ products: [MUG] });
    const pickups = [{ pickup_method_id: 1, line_items: [MUG] }];
    const refused: [string, () => Promise<unknown>][] = [
      ['products', () => create({})],
      ['consignments', () => create({ consignments: { pickups }, products: [MUG] })],
      ['products.0.product_id', () => create({ products: [{ product_id: 999_999 }] })],
      ['products.1.price_ex_tax', () => create({ products: [MUG, { name: 'Cup', quantity: 1, price_inc_tax: 1 }] })],
      ['products.0.name', () => create({ products: [{ quantity: 1 }] })],
      ['products.0.quantity', () => create({ products: [{ ...MUG, quantity: 0 }] })],
      ['products.0.id', () => update(id, { products: [{ id: 999_999, quantity: 1 }] })],
      ['products.0.quantity', () => update(id, { products: [{ ...MUG, quantity: -1 }] })],
      ['fees.0.cost_inc_tax', () => update(id, { fees: [{ display_name_customer: 'A', cost_ex_tax: 1 }] })],
      ['fees.0.display_name_customer', () => update(id, { fees: [{ cost_ex_tax: 1, cost_inc_tax: 1 }] })],
      ['fees.0.id', () => update(id, { fees: [{ id: 9, display_name_customer: 'A', cost_ex_tax: 1, cost_inc_tax: 1 }] })],
    ];
    for (const [field, call] of refused) {
      const error = await rejection(call(), ClientError);
      expect([error.status, JSON.stringify(error.body)]).to.satisfy(
        ([status, body]: [number, string]) => status === 400 && body.includes(`'${field}'`),
        `${field}: ${JSON.stringify(error.body)}`,
      );
    }
    expect(await rowsOf(id, 'products')).to.have.length(1);
  });
});
