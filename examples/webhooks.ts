/** From a webhook to its record: hooks, signed deliveries, typed events, and a change whose delivery was missed. */
import { createServer } from 'node:http';
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Product, Webhook } from 'bigrecord/v3';
import { webhookHandler } from 'bigrecord/webhooks';

const store = await Sandbox.start();
Session.configure(store.credentials);

const handler = webhookHandler({
  signingSecret: store.clientSecret,
  onEvent: async (event) => {
    if (event.scope === 'store/order/statusUpdated')
      console.log(`${event.scope}: order ${(await event.record())?.id} has status ${event.data.status.new_status_id}`);
    else if (event.scope === 'store/product/updated') console.log(`${event.scope}: ${(await event.record())?.name}`);
    else console.log(`${event.scope}: ${event.noRecord ?? (await event.record()) ?? 'gone'}`);
  },
});
const server = createServer((request, response) => handler.node(request, response));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const port = typeof address === 'object' ? address?.port : undefined;
await Webhook.sync(['store/order/*', 'store/product/updated', 'store/app/uninstalled'], `http://127.0.0.1:${port}/hooks`);

await store.deliver('store/order/statusUpdated', { type: 'order', id: 100, status: { previous_status_id: 1, new_status_id: 11 } });
await store.deliver('store/order/created', { type: 'order', id: 9999 });
await store.deliver('store/app/uninstalled', { type: 'store' });
await handler.idle();

const since = new Date();
await Product.update(1, { name: 'Renamed while nobody listened' });
const { forwarded } = await handler.reconcile({ scopes: ['store/product/updated'], since, overlapMs: 1000 });
await handler.idle();
console.log('missed changes:', forwarded);

await handler.close();
server.closeAllConnections();
server.close();
await store.stop();
