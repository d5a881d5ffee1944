import { ConfigurationError } from '../errors/configuration-error.js';
import type { ModelClass } from '../model/model.js';
import { ACTION_ROUTES } from './actions.js';
import { Endpoint, type Incoming, verbsOf } from './endpoint.js';
import type { Reply } from './replies.js';
import type { Tables } from './tables.js';

/** Answers a request to a path below the store, such as `/v2/products/1`. */
export type Route = (method: string, path: string, incoming: Omit<Incoming, 'params'>) => Reply | undefined;

type Match = (incoming: Incoming) => Reply;

/** The frameworks are optional peers: an ORM user does not need them at run time. */
async function load<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!/^(ERR_)?MODULE_NOT_FOUND$/.test(String((error as { code?: string }).code))) throw error;
    throw new ConfigurationError(`The sandbox needs the package ${name}: npm install --save-dev hono @hono/node-server`);
  }
}

/** Makes the router of a store: one endpoint a model, its routes from its declaration. */
export async function makeRoute(models: readonly ModelClass[], tables: Tables): Promise<Route> {
  const { TrieRouter } = await load('hono', () => import('hono/router/trie-router'));
  const router = new TrieRouter<Match>();
  const routes = models.flatMap(({ resource }) => {
    if (resource.addressing !== 'single') tables.serve(resource.path);
    const endpoint = new Endpoint(resource, tables);
    return verbsOf(resource).map(({ method, path, call }) => ({
      method,
      path: `/${resource.version}${path}`,
      match: ((incoming) => endpoint[call](incoming)) as Match,
    }));
  });
  for (const { method, path, call } of ACTION_ROUTES) routes.unshift({ method, path, match: (incoming) => call(incoming, tables) });
  // A fixed segment goes before one that takes any key: /products/images is no product.
  routes.sort((a, b) => specificity(a.path) - specificity(b.path));
  for (const { method, path, match } of routes) router.add(method, path, match);
  return (method, path, incoming) => {
    const [found] = router.match(method, path);
    const hit = found[0];
    if (hit === undefined) return undefined;
    const [match, params] = hit as [Match, Record<string, string>];
    return match({
      ...incoming,
      params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decodeURIComponent(value)])),
    });
  };
}

const specificity = (path: string): number => path.split('/:').length;

/** The parts of the server that the sandbox uses. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on the loopback interface, at a free port. */
export async function listen(handle: (request: Request) => Promise<Response | null>, port: number): Promise<Listening> {
  const { serve } = await load('@hono/node-server', () => import('@hono/node-server'));
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: async (request, env) => {
          const response = await handle(request);
          if (response !== null) return response;
          (env as { incoming: { socket: { destroy(): void } } }).incoming.socket.destroy();
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
              (server as { closeAllConnections?(): void }).closeAllConnections?.();
            }),
        }),
    );
    server.on('error', reject);
  });
}
