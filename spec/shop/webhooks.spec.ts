import { Order, Webhook as V2Webhook } from 'bigrecord/v2';
import { Cart, Customer, Product, Webhook, WebhookAdmin } from 'bigrecord/v3';
import { type WebhookEvent, webhookHandler } from 'bigrecord/webhooks';
import { expect } from 'chai';
import { useStore } from '../support/store.js';
import { until } from '../support/waiting.js';
import { listen, type WebhookServer } from '../support/webhook-servers.js';
import { refusal, refusals } from './refusal.js';

const destination = 'https://app.example.com/hooks';
const isOurs = (hook: { destination: string }) => hook.destination.startsWith(destination);

describe('job: hear of changes', () => {
  useStore();

  it('hooks: one for a scope and destination, ten for a scope, no port of its own', async () => {
    const hook = await Webhook.create({ scope: 'store/order/created', destination, is_active: true, headers: { 'x-secret': 'one' } });
    expect(hook).to.include({ is_active: true, scope: 'store/order/created', destination });
    expect(hook.headers).to.deep.equal({ 'x-secret': 'one' });
    expect(hook.created_at).to.be.an.instanceOf(Date);
    expect(await refusal(Webhook.create({ scope: 'store/order/created', destination, is_active: true }))).to.be.oneOf(refusals);
    expect(await refusal(Webhook.create({ scope: 'store/order/created', destination: 'https://app.example.com:8443/hooks' }))).to.be.oneOf(
      refusals,
    );
    for (let at = 1; at < 10; at++) await Webhook.create({ scope: 'store/order/created', destination: `${destination}/${at}` });
    expect(await refusal(Webhook.create({ scope: 'store/order/created', destination: `${destination}/10` }))).to.be.oneOf(refusals);
    await Webhook.create({ scope: 'store/order/updated', destination });
    expect((await Webhook.all()).filter(isOurs)).to.have.length(11);
  });

  it('hooks are kept as the app wants them, and both generations show the same', async () => {
    const first = await Webhook.sync(['store/order/created', 'store/product/updated'], destination, { headers: { 'x-secret': 'one' } });
    expect(first.created).to.have.length(2);
    const hook = (await Webhook.where({ scope: 'store/order/created' }).all()).find(isOurs);
    await hook?.update({ is_active: false });
    const second = await Webhook.sync(['store/order/created'], destination, { headers: { 'x-secret': 'two' } });
    expect([second.created.length, second.activated.length, second.removed.length]).to.deep.equal([0, 1, 1]);
    const hooks = (await Webhook.all()).filter(isOurs);
    expect(hooks.map(({ scope, is_active, headers }) => ({ scope, is_active, headers }))).to.deep.equal([
      { scope: 'store/order/created', is_active: true, headers: { 'x-secret': 'two' } },
    ]);
    expect(await V2Webhook.find(hook?.id ?? 0)).to.include({
      scope: 'store/order/created',
      is_active: true,
      store_hash: hooks[0]?.store_hash,
    });
    const admin = await WebhookAdmin.get();
    expect(admin.hooks_list.filter(isOurs).map(({ scope, status }) => `${scope} ${status}`)).to.deep.equal(['store/order/created active']);
    await admin.update({ emails: ['ops@example.com'] });
    expect((await WebhookAdmin.get()).emails).to.deep.equal(['ops@example.com']);
    await hook?.destroy();
    expect(await refusal(Webhook.find(hook?.id ?? 0))).to.equal(404);
  });

  describe('with a server that listens', () => {
    let server: WebhookServer;
    let events: WebhookEvent[];
    const secretHeaders = { 'x-secret': 'correct-horse-battery-staple' };

    beforeEach(async () => {
      events = [];
      const handler = webhookHandler({ secretHeaders, onEvent: (event) => void events.push(event) });
      server = await listen((request, response) => void handler.node(request, response));
    });
    afterEach(() => server.close());

    const subscribe = (...scopes: Parameters<typeof Webhook.sync>[0]) =>
      Webhook.sync(scopes, `http://127.0.0.1:${server.port}/hooks`, { headers: secretHeaders });
    const scopes = () => events.map(({ scope }) => scope);

    it('an order that is placed, moved on and archived', async () => {
      await subscribe('store/order/*');
      const { id } = await Order.create({
        billing_address: { first_name: 'J', last_name: 'D', email: 'j@example.com' },
        products: [{ name: 'Chair', quantity: 1, price_ex_tax: 1, price_inc_tax: 1 }],
      });
      await until(() => scopes().includes('store/order/created'));
      await Order.update(id, { status_id: 11 });
      await Order.update(id, { staff_notes: 'Call first' });
      await until(
        () => scopes().includes('store/order/statusUpdated') && scopes().filter((scope) => scope === 'store/order/updated').length > 1,
      );
      await Order.destroy(id);
      await until(() => scopes().includes('store/order/archived'));
      expect(new Set(events.map(({ data }) => 'id' in data && data.id))).to.deep.equal(new Set([id]));
      expect(scopes().filter((scope) => scope === 'store/order/created')).to.have.length(1);
      const changed = events.find(({ scope }) => scope === 'store/order/statusUpdated');
      expect(changed?.data).to.deep.include({ type: 'order', id, status: { previous_status_id: 1, new_status_id: 11 } });
      expect((await changed?.record())?.toObject()).to.deep.include({ id, status_id: 11 });
    });

    it('products, customers and carts tell of themselves; what nobody asked for stays silent', async () => {
      await subscribe(
        'store/product/created',
        'store/product/deleted',
        'store/customer/created',
        'store/cart/created',
        'store/cart/deleted',
      );
      const product = await Product.create({ name: 'Chair', type: 'physical', weight: 8, price: 30 });
      const customer = await Customer.create({ email: 'ann@example.com', first_name: 'Ann', last_name: 'Bo' });
      const cart = await Cart.create({ line_items: [{ product_id: product.id, quantity: 1 }] });
      await product.update({ price: 31 });
      await cart.destroy();
      await product.destroy();
      await until(() => events.length >= 5);
      expect(scopes()).to.have.members([
        'store/product/created',
        'store/product/deleted',
        'store/customer/created',
        'store/cart/created',
        'store/cart/deleted',
      ]);
      const data = new Map(events.map((event) => [event.scope, event.data]));
      expect(data.get('store/product/created')).to.deep.equal({ type: 'product', id: product.id });
      expect(data.get('store/customer/created')).to.deep.include({ type: 'customer', id: customer.id });
      expect(data.get('store/cart/created')).to.deep.include({ type: 'cart', id: cart.id });
    });
  });
});
