import { jsonObjectsIn } from '../../json-object.js';
import { Wishlist } from '../../resources/v3/wishlists.js';
import type { Reply } from '../dialect.js';
import { v3 } from '../dialect-v3.js';
import { mistakesInItems, wishlistItems } from '../families/customer-details.js';
import { hasPassword } from '../families/customers.js';
import { isMember, join } from '../families/segments.js';
import { ResourceRows } from '../resource-rows.js';
import { showRow } from '../row-view.js';
import type { Entry } from '../tables.js';
import { type Action, type Actions, bare, data, type Handler, invalid, notFound, on } from './action.js';

/** Checks an email and a password (customers.v3.yml, Validate a customer credentials). */
const validateCredentials: Handler = ({ body, tables }) => {
  const missing = ['email', 'password'].filter((name) => (body[name] ?? '') === '');
  if (missing.length > 0)
    return invalid('Some values are missing.', Object.fromEntries(missing.map((name) => [name, `${name} is required`])));
  const found = tables.of('/customers').having('email', body['email']);
  const isValid = found !== undefined && hasPassword(found, body['password']) && mayLogIn(found.values['channel_ids'], body['channel_id']);
  return bare({ is_valid: isValid, customer_id: isValid ? Number(found.key) : null });
};

/** Whether a customer of some channels only may log in to a channel. */
const mayLogIn = (channels: unknown, channel: unknown): boolean =>
  !Array.isArray(channels) || channel === undefined || channels.includes(channel);

const MOST_PROFILES = 50;

const addToSegment: Handler = ({ incoming, tables }) => {
  const segment = tables.of('/segments').get(incoming.params['segment_id'] ?? '', {});
  if (segment === undefined) return notFound();
  const keys = Array.isArray(incoming.body) ? incoming.body.map(String) : [];
  if (keys.length === 0 || keys.length > MOST_PROFILES) return v3.error(422, `The body must be an array of 1 to ${MOST_PROFILES} ids.`);
  const profiles = keys.map((key) => tables.of('/shopper-profiles').get(key, {})).filter((profile) => profile !== undefined);
  const members = profiles.filter((profile) => isMember(segment, profile, tables));
  if (members.length > 0) {
    const reasons = members.map(({ key }, at) => [at, `Shopper profile \`${key}\` already exists for segment \`${segment.key}\`.`]);
    return v3.error(409, 'Unable to add shopper profiles to segment due to conflicts.', Object.fromEntries(reasons));
  }
  for (const profile of profiles) join(segment, profile, tables);
  return data(
    profiles.map(({ values }) => values),
    201,
  );
};

/** Stores a change of the items of a wishlist, and responds with it. */
function storeItems(entry: Entry, items: unknown, { tables, incoming }: Action, status: number): Reply {
  entry.values['items'] = items;
  const rows = new ResourceRows(Wishlist.resource, tables);
  rows.change(entry, {});
  return data(showRow(rows, entry, {}, incoming.root), status);
}

const addItems = on('/wishlists', (entry, action) => {
  const { body, tables } = action;
  const mistakes = mistakesInItems(body['items'], tables);
  if (Object.keys(mistakes).length > 0) return invalid('Some items cannot be added.', mistakes);
  const items = jsonObjectsIn(entry.values['items']);
  return storeItems(entry, [...items, ...wishlistItems(jsonObjectsIn(body['items']), items)], action, 201);
});

const removeItem = on('/wishlists', (entry, action) => {
  const items = jsonObjectsIn(entry.values['items']);
  const left = items.filter(({ id }) => String(id) !== action.incoming.params['$item']);
  return left.length === items.length ? notFound() : storeItems(entry, left, action, 200);
});

export const CUSTOMER_ACTIONS: Actions = {
  'POST /v2/customers/:$key/validate': on('/customers', (entry, { body }) => bare({ success: hasPassword(entry, body['password']) })),
  'POST /v3/customers/validate-credentials': validateCredentials,
  'POST /v3/segments/:segment_id/shopper-profiles': addToSegment,
  'POST /v3/wishlists/:$key/items': addItems,
  'DELETE /v3/wishlists/:$key/items/:$item': removeItem,
};
