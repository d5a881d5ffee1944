import type { Reply } from '../dialect.js';
import type { Incoming } from '../endpoint.js';
import type { Tables } from '../tables.js';
import { runAction } from './action.js';
import { CART_ACTIONS } from './cart.js';
import { CATALOG_ACTIONS } from './catalog.js';
import { CUSTOMER_ACTIONS } from './customers.js';
import { INVENTORY_ACTIONS } from './inventory.js';
import { MARKETING_ACTIONS } from './marketing.js';
import { ORDER_ACTIONS } from './orders.js';
import { STOREFRONT_ACTIONS } from './storefront.js';

/** The route of an action. */
interface ActionRoute {
  readonly method: string;
  readonly path: string;
  readonly call: (incoming: Incoming, tables: Tables) => Reply;
}

const ACTIONS = {
  ...CART_ACTIONS,
  ...CATALOG_ACTIONS,
  ...CUSTOMER_ACTIONS,
  ...INVENTORY_ACTIONS,
  ...MARKETING_ACTIONS,
  ...ORDER_ACTIONS,
  ...STOREFRONT_ACTIONS,
};

export const ACTION_ROUTES: readonly ActionRoute[] = Object.entries(ACTIONS).map(([name, handler]) => {
  const [method = '', path = ''] = name.split(' ');
  return { method, path, call: (incoming, tables) => runAction(handler, incoming, tables) };
});
