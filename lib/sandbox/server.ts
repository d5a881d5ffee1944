import { ConfigurationError } from '../errors/configuration-error.js';
import { propertyOf } from '../json-object.js';
import type { ModelClass } from '../model/model.js';
import { completePaidOrders } from './actions/checkout-order.js';
import { ACTION_ROUTES } from './actions/index.js';
import type { Reply } from './dialect.js';
import { Endpoint, type Incoming } from './endpoint.js';
import type { Tables } from './tables.js';
import { routesOf } from './verbs/routes.js';

/** Responds to a request to a path below the store, such as `/v2/products/1`. */
export type Route = (method: string, path: string, incoming: Omit<Incoming, 'params'>) => Reply | undefined;

type Match = (incoming: Incoming) => Reply;

/** Loads an optional peer, which only the sandbox needs. */
async function load<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!/^(ERR_)?MODULE_NOT_FOUND$/.test(String(propertyOf(error, 'code')))) throw error;
    throw new ConfigurationError(`The sandbox needs the package ${name}: npm install --save-dev hono @hono/node-server`);
  }
}

interface MatchedRoute {
  readonly method: string;
  readonly path: string;
  readonly match: Match;
}

/** Creates the router of a store: one endpoint per model, with the routes of its declaration. */
export async function makeRoute(models: readonly ModelClass[], tables: Tables): Promise<Route> {
  const { TrieRouter } = await load('hono', () => import('hono/router/trie-router'));
  completePaidOrders(tables);
  const router = new TrieRouter<Match>();
  const actions = ACTION_ROUTES.map(({ method, path, call }) => ({ method, path, match: (incoming: Incoming) => call(incoming, tables) }));
  const routes = [...actions.reverse(), ...models.flatMap((model) => routesOfModel(model, tables))];
  // Fixed segments go before parameters: /products/images is not a product.
  routes.sort((a, b) => specificity(a.path) - specificity(b.path));
  for (const { method, path, match } of routes) router.add(method, path, match);
  return (method, path, incoming) => {
    const [found] = router.match(method, path);
    const [match, values] = found[0] ?? [];
    if (match === undefined) return undefined;
    const params = Object.entries(values ?? {}).map(([name, value]) => [name, decodeURIComponent(String(value))]);
    return match({ ...incoming, params: Object.fromEntries(params) });
  };
}

function routesOfModel({ resource }: ModelClass, tables: Tables): MatchedRoute[] {
  if (resource.addressing !== 'single') tables.serve(resource.path);
  const endpoint = new Endpoint(resource, tables);
  return routesOf(resource).map(({ method, path, verb }) => ({
    method,
    path: `/${resource.version}${path}`,
    match: (incoming) => verb(endpoint.forRequest(incoming), incoming),
  }));
}

const specificity = (path: string): number => path.split('/:').length;

/** The parts of a server that the sandbox uses. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts a server on the loopback interface. */
export async function listen(handle: (request: Request) => Promise<Response | null>, port: number): Promise<Listening> {
  const { serve } = await load('@hono/node-server', () => import('@hono/node-server'));
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: async (request, env) => {
          const response = await handle(request);
          if (response !== null) return response;
          if ('incoming' in env) env.incoming.socket.destroy();
          return new Response(null);
        },
        hostname: '127.0.0.1',
        port,
      },
      (info) =>
        resolve({
          port: info.port,
          close: () =>
            new Promise((done) => {
              server.close(() => done());
              if ('closeAllConnections' in server) server.closeAllConnections();
            }),
        }),
    );
    server.on('error', reject);
  });
}
