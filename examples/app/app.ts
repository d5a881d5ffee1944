import { join } from 'node:path';
import fastifyCookie from '@fastify/cookie';
import fastifyFormbody from '@fastify/formbody';
import fastifyStatic from '@fastify/static';
import { ForbiddenError, HttpError, NetworkError, TimeoutError, UnauthorizedError } from 'bigrecord';
import fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { openDatabase } from './database/open.js';
import { addOrderRoutes } from './orders/routes.js';
import { messagePage } from './pages/message.js';
import { Journal } from './prices/journal.js';
import { LocalPriceChanges } from './prices/local-price-changes.js';
import type { PriceChanges } from './prices/price-changes.js';
import { QueuedPriceChanges } from './prices/queued-price-changes.js';
import { addPriceRoutes } from './prices/routes.js';
import { addSecurityHeaders } from './security/headers.js';
import { Keys } from './security/keys.js';
import { sendPage } from './security/visit.js';
import type { Services } from './services.js';
import type { Settings } from './settings.js';
import { addStoreRoutes } from './stores/routes.js';
import { Stores } from './stores/stores.js';
import { Users } from './stores/users.js';
import { Activity } from './webhooks/activity.js';
import { addWebhookRoutes } from './webhooks/routes.js';

/** Builds the app: its database, its services and its routes. `close()` of what it returns ends all of them. */
export async function buildApp(settings: Settings, logger: FastifyServerOptions['logger'] = false): Promise<FastifyInstance> {
  const db = await openDatabase(settings.folder);
  const keys = new Keys(settings.key);
  const stores = new Stores(db, keys, settings);
  const journal = new Journal(db);
  const activity = new Activity(db);
  const changes = await openChanges(settings, journal, stores);
  await journal.clean();
  await activity.clean();

  const app = fastify({ logger, forceCloseConnections: true });
  addSecurityHeaders(app, settings.frameAncestors);
  addErrorPages(app);
  await app.register(fastifyCookie, { secret: keys.cookie });
  await app.register(fastifyFormbody);
  await app.register(fastifyStatic, { root: join(import.meta.dirname, 'public'), prefix: '/assets/', maxAge: '1h' });

  const services: Services = { settings, keys, stores, users: new Users(db), changes, activity };
  addStoreRoutes(app, services);
  addOrderRoutes(app, services);
  addPriceRoutes(app, services);
  addWebhookRoutes(app, services);
  app.get('/', async (_request, reply) => sendPage(reply, messagePage('Price desk', FROM_CONTROL_PANEL)));
  app.get('/health', async () => ({ ok: true }));

  // What was added last is closed first: runs end before sessions do, and sessions before the database.
  app.addHook('onClose', () => db.destroy());
  app.addHook('onClose', () => stores.close());
  app.addHook('preClose', () => changes.close());
  return app;
}

/** Bulk changes run as jobs where there is Redis, otherwise inside this process. */
async function openChanges({ redisUrl }: Settings, journal: Journal, stores: Stores): Promise<PriceChanges> {
  if (redisUrl !== undefined) return QueuedPriceChanges.open(journal, stores, redisUrl);
  await journal.interruptAll();
  return new LocalPriceChanges(journal, stores);
}

const FROM_CONTROL_PANEL = 'This app is part of the control panel of a BigCommerce store: open it from the menu there.';

/** Shows errors as pages: what the store has refused, without details that are none of the user's business. They are in the log. */
function addErrorPages(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => sendPage(reply.code(404), messagePage('Not found', 'There is nothing at this address.')));
  app.setErrorHandler((error, request, reply) => {
    const [status, title, text] = pageFor(error);
    if (status >= 500) request.log.error({ err: error }, title);
    else request.log.info({ err: error }, title);
    return sendPage(reply.code(status), messagePage(title, text));
  });
}

function pageFor(error: unknown): [status: number, title: string, text: string] {
  if (error instanceof UnauthorizedError || error instanceof ForbiddenError)
    return [502, 'The store refuses the app', 'Its permission has ended or is not enough. Install the app again from the control panel.'];
  if (error instanceof HttpError || error instanceof NetworkError || error instanceof TimeoutError)
    return [502, 'The store does not respond', 'The API of the store has a problem, or too much to do. Try it again in a minute.'];
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status >= 400 && status < 500) return [status, 'This request is wrong', 'Go back, and try it again.'];
  return [500, 'Something went wrong', 'The app has a mistake, which is in its log. Try it again, or tell those who run it.'];
}
