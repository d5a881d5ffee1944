import { ServerError, StaleRecordError, UncertainOutcomeError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { sent, sentBy, useStore } from '../support/store.js';

describe('two that change one record', () => {
  const context = useStore();

  it('save({ ifUnchanged: true }) refuses when a field to be sent was changed by somebody else', async () => {
    const [mine, theirs] = [await v3.Product.find(1), await v3.Product.find(1)];
    await theirs.update({ price: 99 });
    mine.assign({ price: 1, name: 'Mine' });
    const lines = await sentBy(context.store, async () => {
      const error = await rejection(mine.save({ ifUnchanged: true }), StaleRecordError);
      expect(error.conflicts).to.deep.equal({ price: [10.95, 99] });
      expect(error.message).to.contain('price').and.contain('reload()');
    });
    expect(lines).to.deep.equal(['GET /v3/catalog/products/1']);
    expect(mine.changed).to.have.members(['price', 'name']);
    await mine.reload();
    await mine.update({ price: 2 }, { ifUnchanged: true });
    expect((await v3.Product.find(1)).price).to.equal(2);
  });

  it('and does not mind other fields, which a plain save leaves alone too', async () => {
    const [mine, theirs] = [await v2.Product.find(1), await v2.Product.find(1)];
    await theirs.update({ name: 'Theirs' });
    mine.price = '5.00';
    await mine.save({ ifUnchanged: true });
    const now = await v2.Product.find(1);
    expect([now.name, now.price]).to.deep.equal(['Theirs', '5.00']);
  });

  it('saves, reloads and destroys of one record run one after the other, in the order they were called', async () => {
    const product = await v3.Product.find(1);
    context.store.latency = 10;
    product.name = 'First';
    const all = [product.save(), product.reload(), product.destroy()];
    await Promise.all(all);
    expect(
      sent(context.store)
        .slice(1)
        .map((line) => line.split(' ')[0]),
    ).to.deep.equal(['PUT', 'GET', 'DELETE']);
    expect([product.name, product.isDestroyed]).to.deep.equal(['First', true]);
  });

  it('a save sends what the record holds when it is called; what is set right after it stays changed', async () => {
    const product = await v3.Product.find(1);
    product.name = 'First';
    const lines = await sentBy(context.store, async () => {
      const saving = product.save();
      product.assign({ name: 'Second', price: 55 });
      await saving;
    });
    expect(lines).to.deep.equal(['PUT /v3/catalog/products/1 {"name":"First"}']);
    expect(product.changes).to.deep.equal({ name: ['First', 'Second'], price: [10.95, 55] });
    const created = new v3.Product({ name: 'New', type: 'physical', weight: 1, price: 2 });
    const creating = created.save();
    created.price = 3;
    await creating;
    expect(created.changes).to.deep.equal({ price: [2, 3] });
  });
});

describe('a create whose answer was lost', () => {
  const context = useStore();
  const given = { name: 'Once only', type: 'physical', weight: 1, price: 1, sku: 'ONCE' } as const;

  it('is found again by what only one can have, where asked to', async () => {
    context.store.fail({ reset: 'after', method: 'POST' });
    const product = await v3.Product.create(given, { reconcile: true });
    expect(product.isNew).to.equal(false);
    expect(product.id).to.equal(61);
    expect(product.isDirty).to.equal(false);
    expect(sent(context.store).map((line) => line.split(' ')[0])).to.deep.equal(['POST', 'GET']);
    expect(await v3.Product.where({ sku: 'ONCE' }).count()).to.equal(1);
  });

  it('is sent once more where nothing is found', async () => {
    context.store.fail({ reset: 'before', method: 'POST' });
    const product = await v3.Product.create(given, { reconcile: { waitMs: 20 } });
    expect(product.id).to.equal(61);
    expect(await v3.Product.where({ sku: 'ONCE' }).count()).to.equal(1);
  });

  it('is looked up as well where a gateway failed', async () => {
    context.store.fail({ status: 502, method: 'POST' });
    const error = await rejection(v3.Product.create(given), ServerError);
    expect(error.isUncertain).to.equal(true);
    expect(error.message).to.contain('may have been carried out');
    context.store.fail({ status: 502, method: 'POST' });
    expect((await v3.Product.create(given, { reconcile: { waitMs: 0 } })).id).to.equal(61);
    expect(sent(context.store).map((line) => line.split(' ')[0])).to.deep.equal(['POST', 'POST', 'GET', 'POST']);
  });

  it('stays uncertain without that, or where nothing tells it from others', async () => {
    context.store.fail({ reset: 'after', method: 'POST', times: 2 });
    await rejection(v3.Product.create(given), UncertainOutcomeError);
    await rejection(v2.ProductImage.of(1).create({ image_file: 'a.jpg' }, { reconcile: true }), UncertainOutcomeError);
    expect(sent(context.store).filter((line) => line.startsWith('POST'))).to.have.length(2);
  });
});
