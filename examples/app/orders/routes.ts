import type { FastifyInstance } from 'fastify';
import { counting } from '../requests.js';
import { visitors } from '../security/visit.js';
import type { Services } from '../services.js';
import { newestOrders } from './newest-orders.js';
import { ordersPage } from './orders-page.js';

const SHOWN = 20;

export function addOrderRoutes(app: FastifyInstance, services: Services): void {
  const forVisitors = visitors(services);

  app.get(
    '/stores/:storeHash/orders',
    forVisitors(async (visit) => {
      const { result: orders, requests } = await counting(() => newestOrders(visit.session, SHOWN));
      return ordersPage(visit, orders, requests, await services.activity.latest(visit.store.hash));
    }),
  );
}
