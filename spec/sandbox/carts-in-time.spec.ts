import { ValidationError } from 'bigrecord';
import { OrderStatus } from 'bigrecord/v2';
import { Cart, Product, ProductMetafield, Webhook } from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { useStore } from '../support/store.js';

describe('carts of the sandbox, in time', () => {
  const context = useStore({ port: false });

  it('are abandoned after an hour without a change, which hooks are told once', async () => {
    await Webhook.create({ scope: 'store/cart/abandoned', destination: 'https://127.0.0.1:1/hooks' });
    const { store } = context;
    store.deliveryTimeScale = 0;
    const cart = await Cart.create({ line_items: [{ product_id: 2, quantity: 1 }] });
    const told = async (): Promise<unknown[]> => (await store.deliveries()).map(({ data }) => data);
    store.clock.advance('59m');
    expect(await told()).to.deep.equal([]);
    store.clock.advance('2m');
    expect(await told()).to.deep.equal([{ type: 'cart', id: cart.id }]);
    store.clock.advance('2h');
    expect(await told()).to.deep.equal([]);
  });

  it('are gone 30 days after their last change', async () => {
    const { store } = context;
    const cart = await Cart.create({ line_items: [{ product_id: 2, quantity: 1 }] });
    store.clock.advance('29d');
    await (await Cart.find(cart.id)).update({ customer_id: 1 });
    store.clock.advance('29d');
    expect((await Cart.find(cart.id)).customer_id).to.equal(1);
    store.clock.advance('1d');
    expect(await rejection(Cart.find(cart.id))).to.include({ status: 404 });
  });
});

describe('small rules of the sandbox', () => {
  const context = useStore({ port: false });

  it('the first of two metafields with the same key in one array is stored', async () => {
    const metafield = { namespace: 'a', key: 'twin', permission_set: 'app_only' };
    const before = await ProductMetafield.of(1).count();
    const body = ['one', 'two'].map((value) => ({ ...metafield, value, resource_id: 1 }));
    const error = await rejection(context.session.post('/catalog/products/metafields', { body }), ValidationError);
    expect(Object.keys(error.errors)).to.deep.equal(['1.key']);
    expect(await ProductMetafield.of(1).count()).to.equal(before + 1);
  });

  it('the status of the key 0 is found, and reloaded', async () => {
    const status = await OrderStatus.find(0);
    expect([status.id, status.name]).to.deep.equal([0, 'Incomplete']);
    expect((await status.reload()).name).to.equal('Incomplete');
    expect((await rejection(Product.find(0))).message).to.contain('must be a positive whole number');
  });
});
