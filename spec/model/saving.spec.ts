import { ArgumentError, NetworkError, ServerError, Session, StaleRecordError, UncertainOutcomeError, ValidationError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { sent, sentBy, useStore } from '../support/store.js';
import { nextRequest } from '../support/waiting.js';

describe('saving a record', () => {
  const context = useStore();

  it('sends only what changed, and nothing when nothing did', async () => {
    const product = await v2.Product.find(1);
    product.price = '199.90';
    await product.save();
    await product.save();
    expect(sent(context.store)).to.deep.equal(['GET /v2/products/1', 'PUT /v2/products/1 {"price":"199.90"}']);
    expect(context.store.requests[1]?.url).to.equal('/stores/sandbox/v2/products/1');
    expect((await v2.Product.find(1)).price).to.equal('199.90');
  });

  it('sends nothing when a value was set back', async () => {
    const product = await v2.Product.find(1);
    const { price } = product;
    product.price = '1.00';
    expect(product.isDirty).to.equal(true);
    product.price = price;
    expect(product.isDirty).to.equal(false);
    expect(await sentBy(context.store, () => product.save())).to.deep.equal([]);
  });

  it('creates a new record with everything that is set, minus undefined', async () => {
    const product = new v2.Product({
      name: 'Mug',
      type: 'physical',
      price: '4.00',
      weight: '1',
      categories: [1],
      availability: 'available',
      sku: undefined,
    });
    expect(product.isNew).to.equal(true);
    const lines = await sentBy(context.store, () => product.save());
    expect(lines).to.deep.equal([
      'POST /v2/products {"name":"Mug","type":"physical","price":"4.00","weight":"1","categories":[1],"availability":"available"}',
    ]);
    expect(product.isNew).to.equal(false);
    expect(product.id).to.be.a('number');
    expect(product.isDirty).to.equal(false);
  });

  it('takes the answer as the new baseline', async () => {
    const product = await v2.Product.find(1);
    const before = product.date_modified;
    product.name = 'Renamed';
    await product.save();
    expect(product.date_modified?.getTime()).to.be.greaterThan(before?.getTime() ?? 0);
    expect(product.isDirty).to.equal(false);
    expect(product.previousChanges).to.deep.equal({ name: ['Oak Bowl', 'Renamed'] });
  });

  it('keeps what was changed while the request was under way', async () => {
    const product = await v2.Product.find(1);
    product.name = 'First';
    context.store.latency = 30;
    const isSent = nextRequest(context.session);
    const saving = product.save();
    await isSent;
    product.name = 'Second';
    product.sku = 'LATER';
    await saving;
    expect(product.name).to.equal('Second');
    expect(product.changes).to.deep.equal({ name: ['First', 'Second'], sku: ['OAK-BOWL', 'LATER'] });
    expect(await sentBy(context.store, () => product.save())).to.deep.equal(['PUT /v2/products/1 {"name":"Second","sku":"LATER"}']);
  });

  it('keeps a change back to the old value that was made while the request was under way', async () => {
    const product = await v2.Product.find(1);
    product.name = 'First';
    context.store.latency = 30;
    const isSent = nextRequest(context.session);
    const saving = product.save();
    await isSent;
    product.name = 'Oak Bowl';
    await saving;
    expect(product.name).to.equal('Oak Bowl');
    expect(product.changed).to.deep.equal(['name']);
  });

  it('runs two saves of one record one after the other, the second with what changed since', async () => {
    const product = await v2.Product.find(1);
    product.name = 'First';
    context.store.latency = 20;
    const first = product.save();
    product.sku = 'BETWEEN';
    const second = product.save();
    await Promise.all([first, second]);
    const puts = sent(context.store).slice(1);
    expect(puts.length).to.be.within(1, 2);
    expect(puts.join()).to.contain('"name":"First"').and.contain('"sku":"BETWEEN"');
    expect(product.isDirty).to.equal(false);
  });

  it('leaves the record as dirty as it was when the save fails', async () => {
    const product = await v2.Product.find(1);
    product.price = '1.00';
    context.store.fail({ status: 500, times: 10, method: 'PUT' });
    await rejection(product.save(), ServerError);
    expect(product.changes).to.deep.equal({ price: ['10.9500', '1.00'] });
    context.store.heal();
    expect(await sentBy(context.store, () => product.save())).to.deep.equal(['PUT /v2/products/1 {"price":"1.00"}']);
  });

  it('puts the messages of a refused save on the record', async () => {
    const product = new v3.Product({ name: 'Only a name' });
    const error = await rejection(product.save(), ValidationError);
    expect(error.errors).to.have.property('price').that.deep.equals(['price is required']);
    expect(product.fieldErrors).to.deep.equal(error.errors);
    expect(product.isNew).to.equal(true);
    product.assign({ type: 'physical', weight: 1, price: 3 });
    await product.save();
    expect(product.fieldErrors).to.deep.equal({});
  });

  it('never repeats a create whose answer was lost, and says so', async () => {
    context.store.fail({ reset: 'after', method: 'POST' });
    const brand = new v3.Brand({ name: 'Once' });
    const error = await rejection(brand.save(), UncertainOutcomeError);
    expect(error).to.be.instanceOf(NetworkError);
    expect(error.sent).to.equal('maybe');
    expect(error.message).to.contain('look before you repeat');
    expect(brand.isNew).to.equal(true);
    expect(sent(context.store)).to.deep.equal(['POST /v3/catalog/brands {"name":"Once"}']);
  });

  it('repeats an update whose answer was lost', async () => {
    const product = await v3.Product.find(1);
    product.name = 'Again';
    context.store.fail({ reset: 'after', method: 'PUT' });
    expect(await sentBy(context.store, () => product.save())).to.have.length(2);
  });

  it('refuses to save a destroyed record, without a request', async () => {
    const product = await v2.Product.find(1);
    await product.destroy();
    expect(product.isDestroyed).to.equal(true);
    product.name = 'Ghost';
    const lines = await sentBy(context.store, async () => {
      expect((await rejection(product.save(), StaleRecordError)).message).to.contain('destroyed');
      await rejection(product.destroy(), StaleRecordError);
      await rejection(product.reload(), StaleRecordError);
    });
    expect(lines).to.deep.equal([]);
  });

  it('changes and deletes without reading first', async () => {
    await v2.Product.update(2, { price: '3.00' });
    await v2.Product.destroy(3);
    await v2.Product.ref(4).update({ name: 'By handle' });
    expect(sent(context.store)).to.deep.equal([
      'PUT /v2/products/2 {"price":"3.00"}',
      'DELETE /v2/products/3',
      'PUT /v2/products/4 {"name":"By handle"}',
    ]);
  });

  it('writes a list of one where the API takes lists only', async () => {
    const customer = await v3.Customer.find(1);
    customer.first_name = 'Jane';
    await customer.save();
    await v3.Customer.create({ first_name: 'New', last_name: 'Person', email: 'new@example.com' });
    await customer.destroy();
    expect(sent(context.store)).to.deep.equal([
      'GET /v3/customers?id:in=1',
      'PUT /v3/customers [{"id":1,"first_name":"Jane"}]',
      'POST /v3/customers [{"email":"new@example.com","first_name":"New","last_name":"Person"}]',
      'DELETE /v3/customers?id:in=1',
    ]);
  });

  it('uses the key that the store knows, whatever was put into the attribute', async () => {
    const product = await v2.Product.find(1);
    (product as { id: number }).id = 2;
    expect(await sentBy(context.store, () => product.reload())).to.deep.equal(['GET /v2/products/1']);
    (product as { id: number }).id = 2;
    expect(await sentBy(context.store, () => product.destroy())).to.deep.equal(['DELETE /v2/products/1']);
  });

  it('refuses values that JSON would change silently', async () => {
    const product = await v3.Product.find(1);
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, () => 1, Symbol('x')]) {
      (product as { price: unknown }).price = value;
      expect((await rejection(product.save(), ArgumentError)).message).to.contain('price');
    }
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    product.restore();
    (product as { custom_url: unknown }).custom_url = circle;
    await rejection(product.save(), ArgumentError);
    expect(sent(context.store)).to.have.length(1);
  });

  it('clears with null and leaves out undefined', async () => {
    const product = await v3.Product.find(1);
    (product as { upc: unknown }).upc = null;
    (product as { mpn: unknown }).mpn = undefined;
    expect(await sentBy(context.store, () => product.save())).to.deep.equal(['PUT /v3/catalog/products/1 {"upc":null}']);
  });

  it('keeps its session, whatever is configured later', async () => {
    const product = await v2.Product.find(1);
    Session.configure({ storeHash: 'elsewhere', accessToken: 'x', baseUrl: 'http://127.0.0.1:1' });
    product.name = 'Home';
    expect(await sentBy(context.store, () => product.save())).to.deep.equal(['PUT /v2/products/1 {"name":"Home"}']);
  });
});
