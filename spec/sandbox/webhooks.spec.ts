import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ClientError } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import { Channel, Customer, Page, Product, Redirect, StorefrontSeoSettings, Webhook, WebhookAdmin } from 'bigrecord/v3';
import { parseDelivery } from 'bigrecord/webhooks';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { useStore } from '../support/store.js';

const billing_address = { first_name: 'Jane', email: 'jane@example.com' };
/** The fields that a response names. */
const fieldsOf = ({ body }: ClientError): string[] => Object.keys((body as { errors: object }).errors);
const MUG = { name: 'Mug', quantity: 2, price_ex_tax: '10.0000', price_inc_tax: '12.0000' };

describe('webhooks of the sandbox', () => {
  const context = useStore();
  const received: { body: string; headers: IncomingHttpHeaders }[] = [];
  /** Statuses of the next responses; 200 when there are no more. */
  const statuses: number[] = [];
  let server: Server;
  let destination: string;

  before(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += part));
      request.on('end', () => {
        received.push({ body, headers: request.headers });
        response.writeHead(statuses.shift() ?? 200).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    destination = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    received.length = 0;
    statuses.length = 0;
  });

  /** The events that reach hooks of these scopes while `work` runs: `store/product/created {"type":"product","id":61}`. */
  const eventsOf = async (scopes: readonly string[], work: () => Promise<unknown>): Promise<string[]> => {
    for (const scope of scopes) await Webhook.create({ scope: Webhook.scope(scope), destination });
    await work();
    await context.store.deliveries();
    return received.map(({ body }) => {
      const { scope, data } = JSON.parse(body) as { scope: string; data: unknown };
      return `${scope} ${JSON.stringify(data)}`;
    });
  };

  describe('deliver what clients change', () => {
    it('what a test creates; not what it inserts', async () => {
      await Webhook.create({ scope: 'store/product/created', destination });
      const { id } = context.store.create(Product);
      context.store.insert(Product, [{ id: 900, name: 'Inserted' }]);
      const reports = await context.store.deliveries();
      expect(reports.map(({ data, statuses }) => [data, statuses])).to.deep.equal([[{ type: 'product', id }, [200]]]);
      expect(received).to.have.length(1);
    });

    it('products: what is on the list of fields, and stock', async () => {
      const events = await eventsOf(['store/product/*'], async () => {
        const product = await Product.create({ name: 'Teapot', type: 'physical', weight: 1, price: 9 });
        await product.update({ price: 10 });
        await product.update({ meta_keywords: ['tea'] });
        await product.update({ inventory_tracking: 'product', inventory_level: 7 });
        await product.destroy();
      });
      expect(events).to.deep.equal([
        'store/product/created {"type":"product","id":61}',
        'store/product/updated {"type":"product","id":61}',
        'store/product/updated {"type":"product","id":61}',
        'store/product/inventory/updated {"type":"product","id":61,"inventory":{"product_id":61,"method":"absolute","value":7}}',
        'store/product/deleted {"type":"product","id":61}',
      ]);
    });

    it('orders and what is below them, for the store and for the channel', async () => {
      const events = await eventsOf(['store/order/*', 'store/channel/1/order/*', 'store/shipment/*'], async () => {
        const order = await v2.Order.create({ billing_address, products: [MUG], channel_id: 1 });
        await order.update({ status_id: 11 });
        await order.destroy();
      });
      const [id] = /\d+/.exec(events[0] ?? '') ?? [];
      expect(events).to.deep.equal([
        `store/order/created {"type":"order","id":${id}}`,
        `store/channel/1/order/created {"order_id":${id}}`,
        `store/order/updated {"type":"order","id":${id}}`,
        `store/channel/1/order/updated {"order_id":${id}}`,
        `store/order/statusUpdated {"type":"order","id":${id},"status":{"previous_status_id":1,"new_status_id":11}}`,
        `store/channel/1/order/statusUpdated {"order_id":${id}}`,
        `store/order/archived {"type":"order","id":${id}}`,
        `store/channel/1/order/archived {"order_id":${id}}`,
      ]);
    });

    it('customers, once for each of a batch, and their addresses', async () => {
      const rows = [1, 2].map((number) => ({ first_name: 'A', last_name: 'B', email: `hook${number}@example.com` }));
      const events = await eventsOf(['store/customer/*'], async () => {
        await Customer.createMany(rows);
        await v2.CustomerAddress.of(1).create({
          first_name: 'A',
          last_name: 'B',
          street_1: '1 Main Street',
          city: 'Austin',
          state: 'Texas',
          zip: '78701',
          country: 'United States',
          phone: '1',
        });
      });
      expect(events.slice(0, 2)).to.deep.equal([
        'store/customer/created {"type":"customer","id":31}',
        'store/customer/created {"type":"customer","id":32}',
      ]);
      expect(events[2]).to.match(/^store\/customer\/address\/created \{"type":"customer","id":\d+,"address":\{"customer_id":1\}\}$/);
    });

    it('content and settings of channels: those of the store are told for each channel', async () => {
      const channels = await Channel.all();
      const events = await eventsOf(['store/channel/*', 'store/redirects/updated'], async () => {
        await (await StorefrontSeoSettings.where({ channel_id: 1 }).get()).update({ page_title: 'One' });
        await (await StorefrontSeoSettings.get()).update({ page_title: 'All' });
        await Page.create({ name: 'About', type: 'page', body: 'x', channel_id: 1 });
        await Redirect.create({ site_id: 1000, from_path: '/old', to: { type: 'url', url: '/new' } });
      });
      const page = events.find((event) => event.includes('/page/')) ?? '';
      expect(events.filter((event) => event !== page)).to.deep.equal([
        'store/channel/1/settings/SEO/updated {}',
        ...channels.map(({ id }) => `store/channel/${id}/settings/SEO/updated {}`),
        events.at(-1),
      ]);
      expect(page).to.match(/^store\/channel\/1\/page\/created \{"page_id":\d+\}$/);
      expect(events.at(-1)).to.match(/^store\/redirects\/updated .*"from_path":"\/old","to":\{"type":"url","url":"\/new"\}\}$/);
    });

    it('metafields, as those of their owner and as metafields', async () => {
      const events = await eventsOf(['store/product/metafield/*', 'store/metafield/*'], async () => {
        const product = await Product.find(3);
        await product.metafields.create({ namespace: 'n', key: 'k', value: 'v', permission_set: 'app_only' });
      });
      expect(events.map((event) => event.replace(/"metafield_id":\d+/, 'id'))).to.deep.equal([
        'store/product/metafield/created {id,"resource_id":"3"}',
        'store/metafield/created {id,"resource_id":"3","resource_type":"product"}',
      ]);
    });

    it('signed, with the headers of the hook, to active hooks only', async () => {
      await Webhook.create({ scope: 'store/product/updated', destination, headers: { 'x-shop': 'one' } });
      await Webhook.create({ scope: 'store/product/*', destination, is_active: false });
      await Product.update(1, { price: 5 });
      const reports = await context.store.deliveries();
      expect(reports.map(({ scope, statuses }) => [scope, statuses])).to.deep.equal([['store/product/updated', [200]]]);
      const [delivery] = received;
      expect(delivery?.headers['x-shop']).to.equal('one');
      const event = parseDelivery(delivery?.body ?? '', delivery?.headers ?? {}, { signingSecret: context.store.clientSecret });
      expect([event.scope, event.data, event.storeHash]).to.deep.equal(['store/product/updated', { type: 'product', id: 1 }, 'sandbox']);
      expect(await context.store.deliveries()).to.deep.equal([]);
    });

    it('again until it is accepted; other hooks are told of the failure', async () => {
      statuses.push(500, 200, 503);
      await Webhook.create({ scope: 'store/product/updated', destination: `${destination}/a` });
      await Webhook.create({ scope: 'store/hook/deliveryException', destination });
      context.store.deliveryTimeScale = 0.000_01;
      await Product.update(1, { price: 5 });
      const reports = await context.store.deliveries();
      expect(reports.map(({ scope, statuses: all }) => [scope, all])).to.deep.equal([
        ['store/product/updated', [500, 503, 200]],
        ['store/hook/deliveryException', [200]],
      ]);
      expect(reports[1]?.data).to.include({ type: 'webhook', error_code: 90001 });
    });

    it('neither after the store has stopped, nor to nobody', async () => {
      const store = await Sandbox.start();
      statuses.push(...Array.from({ length: 9 }, () => 500));
      await store.deliver('store/product/updated', { type: 'product', id: 1 });
      store.insert(Webhook, [{ scope: 'store/product/updated', destination, is_active: true }]);
      const report = store.deliver('store/product/updated', { type: 'product', id: 1 }, 1);
      // The response has arrived, and the minute until the next attempt has begun.
      while (received.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
      await new Promise((resolve) => setTimeout(resolve, 20));
      await store.stop();
      expect((await report).map((each) => each.statuses)).to.deep.equal([[500]]);
      expect(received).to.have.length(1);
    });
  });

  it('have a documented scope, and a destination that the platform reaches', async () => {
    const refused: [field: string, values: { scope: string; destination: string }][] = [
      ['scope', { scope: 'store/order/craeted', destination }],
      ['scope', { scope: 'store/ordre/*', destination }],
      ['scope', { scope: 'order/created', destination }],
      ['destination', { scope: 'store/order/created', destination: 'http://example.com/hooks' }],
      ['destination', { scope: 'store/order/created', destination: 'https://example.com:8443/hooks' }],
      ['destination', { scope: 'store/order/created', destination: 'example.com' }],
    ];
    for (const [field, body] of refused) {
      const error = await rejection(context.session.post('/hooks', { body }), ClientError);
      expect([error.status, fieldsOf(error)], JSON.stringify(body)).to.deep.equal([422, [field]]);
    }
    for (const scope of ['store/order/*', 'store/channel/*', 'store/channel/2/settings/*', 'store/new/thing'])
      expect((await context.session.post('/hooks', { body: { scope, destination } })).status).to.equal(200);
  });

  it('are ten of a scope at most, and one of a scope and a destination', async () => {
    const create = (number: number): Promise<Webhook> =>
      Webhook.create({ scope: 'store/order/created', destination: `https://example.com/${number}` });
    for (let number = 1; number <= 10; number++) await create(number);
    expect(fieldsOf(await rejection(create(3), ClientError))).to.deep.equal(['destination']);
    expect(fieldsOf(await rejection(create(11), ClientError))).to.deep.equal(['scope']);
    await (await Webhook.where({ scope: 'store/order/created' }).first())?.destroy();
    expect((await create(11)).destination).to.equal('https://example.com/11');
  });

  it('belong to the app and the store, and are listed for the administration', async () => {
    const hook = await Webhook.create({ scope: 'store/order/created', destination });
    expect([hook.client_id, hook.store_hash, hook.is_active, hook.headers]).to.deep.equal(['sandbox-client-id', 'sandbox', true, null]);
    expect(Math.abs(Number(hook.created_at) - Date.now())).to.be.below(5000);
    await hook.update({ is_active: false });
    const other = await v2.Webhook.create({ scope: 'store/order/updated', destination });
    const admin = await WebhookAdmin.get();
    expect(admin.hooks_list.slice(-2).map(({ id, status }) => [id, status])).to.deep.equal([
      [hook.id, 'inactive'],
      [other.id, 'active'],
    ]);
    expect((await WebhookAdmin.param('is_active', true).get()).hooks_list.map(({ id }) => id)).to.deep.equal([other.id]);
  });
});
