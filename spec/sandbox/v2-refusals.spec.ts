import { ClientError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import { OrderShipment, Product, ProductSku } from 'bigrecord/v2';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { useStore } from '../support/store.js';

/** Status and messages of a refusal by V2. */
type Refused = readonly [status: number, ...messages: string[]];

describe('what V2 of the sandbox refuses', () => {
  const context = useStore();

  const refusal = async (call: Promise<unknown>): Promise<Refused> => {
    const { status, body } = await rejection(call, ClientError);
    return [status, ...(body as { message: string }[]).map(({ message }) => message)];
  };

  const get = (path: string, query: Record<string, string> = {}) => context.session.get(path, { version: 'v2', query });
  const put = (path: string, body: object) => context.session.put(path, { version: 'v2', body });
  const post = (path: string, body: object) => context.session.post(path, { version: 'v2', body });

  const unknown = (name: string) => `The field '${name}' is not supported by this resource.`;
  const readOnly = (name: string) => `The field '${name}' cannot be written to. Please remove it from your request before trying again.`;

  it('parameters that a resource does not have, on every kind of path', async () => {
    expect(await refusal(get('/orders', { id: '100' }))).to.deep.equal([400, unknown('id')]);
    expect(await refusal(get('/products', { 'id:in': '1,2', nmae: 'x' }))).to.deep.equal([400, unknown('id:in'), unknown('nmae')]);
    expect(await refusal(get('/products/1', { include_fields: 'name' }))).to.deep.equal([400, unknown('include_fields')]);
    expect(await refusal(get('/products/count', { colour: 'red' }))).to.deep.equal([400, unknown('colour')]);
    expect(await refusal(get('/orders/100/products', { sku: 'x' }))).to.deep.equal([400, unknown('sku')]);
    expect(await refusal(context.session.delete('/brands', { version: 'v2', query: { brand: '1' } }))).to.deep.equal([
      400,
      unknown('brand'),
    ]);
    expect((await get('/brands/count')).body).to.deep.equal({ count: 8 });
  });

  it('filters of the wrong type', async () => {
    const invalid = (name: string): Refused => [400, `The field '${name}' is invalid.`];
    expect(await refusal(get('/orders', { min_id: 'first' }))).to.deep.equal(invalid('min_id'));
    expect(await refusal(get('/orders', { min_date_created: 'yesterday-ish' }))).to.deep.equal(invalid('min_date_created'));
    expect(await refusal(get('/products', { is_visible: 'perhaps' }))).to.deep.equal(invalid('is_visible'));
    const accepted = { min_id: '101', max_date_created: 'Tue, 20 Nov 2035 00:00:00 +0000', is_deleted: 'false', sort: 'date_created:desc' };
    expect((await get('/orders', { ...accepted, limit: '2', page: '1' })).status).to.equal(200);
  });

  it('fields that a resource does not have, and those that cannot be written', async () => {
    expect(await refusal(put('/orders/100', { custom_status: 'Done', colour: 'red' }))).to.deep.equal([
      400,
      readOnly('custom_status'),
      unknown('colour'),
    ]);
    expect(await refusal(put('/products/1', { calculated_price: '1.00' }))).to.deep.equal([400, readOnly('calculated_price')]);
    expect(await refusal(put('/products/1', { id: 1, images: [] }))).to.deep.equal([400, readOnly('id'), readOnly('images')]);
    expect(await refusal(post('/brands', { name: 'New', logo: 'x' }))).to.deep.equal([400, unknown('logo')]);
    expect(await refusal(put('/orders/100/shipping_addresses/100', { items_total: 3 }))).to.deep.equal([400, readOnly('items_total')]);
    expect((await get('/brands', { name: 'New' })).status).to.equal(204);
  });

  it('not the id of a SKU that repeats the path, but another one', async () => {
    const [sku] = await ProductSku.of(1);
    const path = `/products/1/skus/${sku?.id}`;
    expect((await put(path, { id: sku?.id, inventory_warning_level: 4 })).body).to.include({ id: sku?.id, inventory_warning_level: 4 });
    expect(await refusal(put(path, { id: 999_999 }))).to.deep.equal([400, readOnly('id')]);
  });

  it('the same inside related rows', async () => {
    const billing_address = { zip: '78701' };
    const line = { name: 'Mug', quantity: 1, price_ex_tax: 1, price_inc_tax: 1 };
    expect(await refusal(post('/orders', { billing_address, products: [{ ...line, external_id: 'x', colour: 'red' }] }))).to.deep.equal([
      400,
      readOnly('external_id'),
      unknown('colour'),
    ]);
    expect(await refusal(put('/orders/100', { coupons: [{ code: 'X' }] }))).to.deep.equal([400, readOnly('coupons')]);
    expect(await refusal(put('/orders/100', { shipping_addresses: [{ id: 100, items_total: 9 }] }))).to.deep.equal([
      400,
      readOnly('items_total'),
    ]);
  });

  it('required texts that are empty', async () => {
    expect((await refusal(put('/brands/1', { name: '' })))[0]).to.equal(422);
    expect((await refusal(post('/categories', { name: '' })))[0]).to.equal(422);
    expect((await refusal(post('/categories', { sort_order: 1 })))[0]).to.equal(400);
    expect((await get('/brands/1')).body).to.have.property('name', 'Alder & Ash');
  });

  it('pages that are too long, or that do not exist', async () => {
    expect((await refusal(get('/products', { limit: '251' })))[0]).to.equal(413);
    expect((await refusal(get('/products', { limit: '0' })))[0]).to.equal(400);
    expect((await get('/products', { page: '9' })).status).to.equal(204);
  });

  it('nothing that the models of this library send', async () => {
    for (const model of Object.values(v2)) {
      if (!('resource' in model) || model.resource.path.includes(':')) continue;
      if (!model.resource.operations.includes('list')) continue;
      const query = Object.entries(model.resource.filters ?? {}).map(([name, type]) => [name, SAMPLES.get(type)]);
      expect((await get(model.resource.path, Object.fromEntries(query))).status, model.resource.path).to.be.oneOf([200, 204]);
    }
    const product = await Product.find(1);
    await product.update({ name: 'Renamed', price: '12.50', is_visible: false });
    expect((await Product.find(1)).name).to.equal('Renamed');
    expect(await OrderShipment.of(100).count()).to.be.a('number');
  });

  it('nothing like it in V3, which ignores what it does not know', async () => {
    const changed = await context.session.put('/catalog/products/1', {
      query: { nmae: 'x' },
      body: { colour: 'red', calculated_price: 1 },
    });
    expect(changed.status).to.equal(200);
    expect((await context.session.get('/catalog/products', { query: { nmae: 'x', limit: 1 } })).body).to.have.nested.property(
      'meta.pagination.total',
      60,
    );
  });
});

const SAMPLES = new Map<unknown, string>([
  [Number, '1'],
  [Boolean, 'true'],
  [Date, '2026-01-05T09:00:00Z'],
  [String, 'x'],
]);
