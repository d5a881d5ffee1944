import type { JsonObject } from '../../json-object.js';
import type { Families, Family } from './family.js';
import { conflicting, defaultsFor, notAmong, refusing, tooLong } from './rules.js';

const PERMISSIONS = { permission_set: ['app_only', 'read', 'write', 'read_and_sf_access', 'write_and_sf_access'] };
const TEXTS = { namespace: 64, key: 64, value: 65_535, description: 255 };

/** The client id of the app that the sandbox gives its credentials to. */
const CLIENT_ID = 'sandbox-client-id';
const MOST_METAFIELDS = 250;
const MOST_OF_STORE = 10_000;

/** The owners of metafields, by the path of the record that has them. */
const OWNERS = [
  '/catalog/products/:product_id',
  '/catalog/products/:product_id/variants/:variant_id',
  '/catalog/categories/:category_id',
  '/catalog/brands/:brand_id',
  '/carts/:cart_id',
  '/channels/:channel_id',
  '/customers/:customer_id',
  '/inventory/locations/:location_id',
  '/orders/:order_id',
  '/store',
];

/** What the metafields of the store itself have; those of others get it from the path of their owner. */
const OF_STORE: JsonObject = { resource_type: 'store', resource_id: 'sandbox' };

const isOfStore = (parents: Readonly<Record<string, string>>): boolean => Object.keys(parents).length === 0;

/** An app has each key once in a namespace of an owner. */
const METAFIELD: Family = {
  refusalOf({ body, entry, parents, resource, tables }) {
    const others = tables
      .of(resource.path)
      .list(entry?.parents ?? parents)
      .filter((each) => each !== entry);
    const most = isOfStore(parents) ? MOST_OF_STORE : MOST_METAFIELDS;
    const { namespace, key } = { ...entry?.values, ...body };
    const isTaken = others.some(({ values }) => values['namespace'] === namespace && values['key'] === key);
    return (
      refusing({
        ...tooLong(body, TEXTS),
        ...notAmong(body, PERMISSIONS),
        ...(entry === undefined && others.length >= most ? { metafields: `there may be at most ${most} metafields` } : {}),
      }) ??
      (isOfStore(parents) ? refusing : conflicting)(
        isTaken ? { key: `there is a metafield ${String(key)} in the namespace ${String(namespace)} already` } : {},
      )
    );
  },
  stored: ({ body, entry, parents }) =>
    entry === undefined
      ? { ...defaultsFor(body, { description: '' }), ...(isOfStore(parents) ? OF_STORE : {}), owner_client_id: CLIENT_ID }
      : {},
};

/** The rules of the metafields of all owners (the descriptions of each owner, POST /…/metafields). */
export const METAFIELD_FAMILIES: Families = Object.fromEntries(OWNERS.map((owner) => [`v3 ${owner}/metafields`, METAFIELD]));
