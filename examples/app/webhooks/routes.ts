import { join } from 'node:path';
import { type AnyWebhookEvent, DiskQueue, webhookHandler } from 'bigrecord/webhooks';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../services.js';
import { uninstall } from '../stores/uninstall.js';

/** The events that the app wants to know. */
export const SCOPES = ['store/order/created', 'store/order/statusUpdated', 'store/app/uninstalled'] as const;

/** Where the platform delivers them. */
export const WEBHOOKS_PATH = '/webhooks';

/**
 * Accepts deliveries: signed by the platform, stored on disk before they are answered, and processed afterwards, each once.
 */
export function addWebhookRoutes(app: FastifyInstance, services: Services): void {
  const { settings, activity } = services;
  const handler = webhookHandler({
    signingSecret: settings.clientSecret,
    queue: new DiskQueue(join(settings.folder, 'webhooks')),
    duplicates: activity,
    onEvent: (event) => processEvent(event, services),
    onError: (error, event, { willRetry }) => app.log.warn({ err: error, scope: event.scope, willRetry }, 'an event has failed'),
  });
  app.addHook('onReady', async () => void (await handler.resume()));
  app.addHook('onClose', () => handler.close());

  // The signature is that of the raw body: the parsers of this part leave it as it is.
  app.register(async (part) => {
    part.removeAllContentTypeParsers();
    part.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    part.post(WEBHOOKS_PATH, (request, reply) => handler.node(request, reply));
  });
}

async function processEvent(event: AnyWebhookEvent, services: Services): Promise<void> {
  const { stores, activity } = services;
  if (event.scope === 'store/app/uninstalled') return uninstall(event.storeHash, (event.createdAt?.getTime() ?? 0) / 1000, services);
  const session = await stores.session(event.storeHash);
  if (session === undefined) return; // the app was uninstalled meanwhile
  if (event.scope !== 'store/order/created' && event.scope !== 'store/order/statusUpdated') return;
  const order = await event.record(session);
  if (!order) return; // the order was deleted meanwhile
  const what = event.scope === 'store/order/created' ? 'was placed' : `is now “${order.status}”`;
  await activity.record(event.storeHash, event.hash, `Order ${order.id} ${what}.`);
}
