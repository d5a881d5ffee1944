import type { ModelClass } from '../model/model.js';
import * as v2 from '../resources/v2/index.js';
import * as v3 from '../resources/v3/index.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { ACTION_ROUTES } from './actions/index.js';
import type { Reply } from './dialect.js';
import { Endpoint, type Incoming } from './endpoint.js';
import { withFormerPath } from './former-paths.js';
import { loadPeer } from './peers.js';
import type { Tables } from './tables.js';
import { routesOf } from './verbs/routes.js';

/** Responds to a request to a path below the store, such as `/v2/products/1`; `undefined` if there is nothing. */
export type Route = (method: string, path: string, incoming: Omit<Incoming, 'params'>, tables: Tables) => Reply | undefined;

type Match = (incoming: Incoming, tables: Tables) => Reply;

interface MatchedRoute {
  readonly method: string;
  readonly path: string;
  readonly match: Match;
}

/** The routes of a store, and the paths that have records of their own. */
export interface Router {
  readonly route: Route;
  readonly served: readonly string[];
}

/** The models of `bigrecord/v2` and `bigrecord/v3`. */
export const READY_MODELS: readonly ModelClass[] = [...Object.values(v2), ...Object.values(v3)];

/** Created once, since routes have no state. */
let ready: Promise<Router> | undefined;

/** Returns the router of a store with some models of its own. @throws ConfigurationError if hono is not installed */
export function routerFor(models: readonly ModelClass[] = []): Promise<Router> {
  if (models.length > 0) return createRouter([...READY_MODELS, ...models]);
  ready ??= createRouter(READY_MODELS);
  return ready;
}

/** Creates a router: one endpoint per model, with the routes of its declaration. */
async function createRouter(models: readonly ModelClass[]): Promise<Router> {
  const { TrieRouter } = await loadPeer('hono', () => import('hono/router/trie-router'));
  const router = new TrieRouter<Match>();
  const actions = ACTION_ROUTES.map(({ method, path, call }) => ({ method, path, match: call }));
  const routes = [...actions.reverse(), ...models.flatMap(routesOfModel)].flatMap(withFormerPath);
  // Fixed segments go before parameters: /products/images is not a product.
  routes.sort((a, b) => specificity(a.path) - specificity(b.path));
  for (const { method, path, match } of routes) router.add(method, path, match);
  return {
    served: models.filter(({ resource }) => resource.addressing !== 'single').map(({ resource }) => resource.path),
    route(method, path, incoming, tables) {
      const [found] = router.match(method, path);
      const [match, values] = found[0] ?? [];
      if (match === undefined) return undefined;
      const params = Object.entries(values ?? {}).map(([name, value]) => [name, decodeURIComponent(String(value))]);
      return match({ ...incoming, params: Object.fromEntries(params) }, tables);
    },
  };
}

function routesOfModel({ resource }: ModelClass): MatchedRoute[] {
  const endpointOf = endpointsOf(resource);
  return routesOf(resource).map(({ method, path, verb }) => ({
    method,
    path: `/${resource.version}${path}`,
    match: (incoming, tables) => verb(endpointOf(tables).forRequest(incoming), incoming),
  }));
}

/** Returns a function that returns the endpoint of a store. It is created on the first request. */
function endpointsOf(resource: ResourceDeclaration): (tables: Tables) => Endpoint {
  const endpoints = new WeakMap<Tables, Endpoint>();
  return (tables) => {
    let endpoint = endpoints.get(tables);
    if (endpoint === undefined) endpoints.set(tables, (endpoint = new Endpoint(resource, tables)));
    return endpoint;
  };
}

const specificity = (path: string): number => path.split('/:').length;
