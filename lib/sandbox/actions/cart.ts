import { asJsonObject, isJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { Cart } from '../../resources/v3/carts.js';
import type { ResourceDeclaration } from '../../schema/declaration.js';
import type { Reply } from '../dialect.js';
import { v3 } from '../dialect-v3.js';
import { addItems, isEmpty, lineOf, linesOf, lineWith, refusalOfItems } from '../families/cart-lines.js';
import { redirectUrls } from '../families/cart-views.js';
import { CONFLICT, isStale } from '../families/checkouts.js';
import type { Refusal } from '../families/family.js';
import { replyTo } from '../refusals.js';
import { ResourceRows } from '../resource-rows.js';
import { showRow } from '../row-view.js';
import type { Entry, Tables } from '../tables.js';
import { type Action, type Actions, data, type Handler, notFound, on } from './action.js';

const CARTS = '/carts';
const CART = '/v3/carts/:$key';
/** A checkout is the cart with the same id. */
export const CHECKOUT = '/v3/checkouts/:$key';

/** What a change of a cart came to: nothing, a refusal, or the response in place of the cart. */
type Outcome = undefined | Refusal | Reply;

/** Creates an action that changes a cart, and responds with the resource that it is called on. */
export const changing =
  ({ resource }: { readonly resource: ResourceDeclaration }, status: number, work: (entry: Entry, action: Action) => Outcome): Handler =>
  (action) =>
    on(CARTS, (entry) => {
      const { incoming, tables } = action;
      if (isStale(versionIn(action), entry)) return replyTo(CONFLICT, v3);
      const outcome = work(entry, action);
      if (outcome !== undefined) return 'body' in outcome || outcome.status === 204 ? asReply(outcome) : replyTo(outcome, v3);
      entry.values['version'] = Number(entry.values['version'] ?? 1) + 1;
      // The rules of carts compute the rest.
      new ResourceRows(Cart.resource, tables).change(entry, {});
      return data(showRow(new ResourceRows(resource, tables), entry, incoming.query, incoming.root), status);
    })(action);

const asReply = ({ status = 200, ...rest }: Reply | Refusal): Reply => ({ status, ...rest });

/** The version that a client expects. Discounts have it inside, an array of consignments in each. */
function versionIn({ body, incoming }: Action): unknown {
  const [first] = jsonObjectsIn(incoming.body);
  return body['version'] ?? asJsonObject(body['cart'])['version'] ?? first?.['version'];
}

/** Refuses a change because of some of its fields. */
export const refuse = (message: string, fields: Readonly<Record<string, string>>): Refusal => ({ status: 422, message, fields });

const addToCart = changing(Cart, 201, (entry, { body, tables }) => {
  const count = ['line_items', 'custom_items', 'gift_certificates'].reduce((sum, name) => sum + jsonObjectsIn(body[name]).length, 0);
  if (count === 0) return refuse('Missing line_items in request body.', { line_items: 'must have at least one item' });
  const refusal = refusalOfItems(body, tables);
  if (refusal === undefined) addItems(entry, body, tables);
  return refusal;
});

/** What an update of a line has of its kind. */
function changeIn(body: JsonObject): JsonObject {
  if (isJsonObject(body['line_item'])) return body['line_item'];
  const [first] = [body['line_items'], body['custom_items'], body['gift_certificates']].flatMap(jsonObjectsIn);
  return first ?? body;
}

const updateItem = changing(Cart, 200, (entry, { body, incoming, tables }) => {
  const lines = linesOf(entry);
  const found = lineWith(incoming.params['$item'], lines);
  if (found === undefined) return notFound();
  const { kind, line } = found;
  const change = changeIn(body);
  if (line['is_mutable'] === false) return refuse('A line that a promotion added cannot be changed.', { line_item: 'cannot be changed' });
  if (line['product_id'] === undefined) return updateOther(line, change);
  // What is left out stays as it is: the quantity, the price and the choices of the line.
  const item = {
    ...asJsonObject(line['$item']),
    product_id: line['product_id'],
    variant_id: line['variant_id'],
    quantity: line['quantity'],
  };
  const isChosenAnew = change['variant_id'] === undefined && change['option_selections'] !== undefined;
  const changed = { ...item, ...(isChosenAnew ? { variant_id: undefined } : {}), ...change };
  const refusal = refusalOfItems({ line_items: [changed] }, tables);
  if (refusal !== undefined) return refusal;
  kind.splice(kind.indexOf(line), 1, lineOf(changed, entry, tables, line['id']));
  entry.values['line_items'] = lines;
  return undefined;
});

function updateOther(line: JsonObject, { version, ...change }: JsonObject): Outcome {
  const kind = line['amount'] === undefined ? 'custom_items' : 'gift_certificates';
  if (change['quantity'] !== undefined && Number(change['quantity']) < 1)
    return refuse('The quantity is wrong.', { [`${kind}.0.quantity`]: 'must be at least 1' });
  const { quantity, ...rest } = change;
  Object.assign(line, rest, quantity === undefined || kind === 'gift_certificates' ? {} : { quantity });
  return undefined;
}

/** Removes a line, and the cart if it is empty then. */
const removeItem = changing(Cart, 200, (entry, { incoming, tables }) => {
  const lines = linesOf(entry);
  const found = lineWith(incoming.params['$item'], lines);
  if (found === undefined) return notFound();
  found.kind.splice(found.kind.indexOf(found.line), 1);
  entry.values['line_items'] = lines;
  const isLeft = (line: JsonObject): boolean => line['added_by_promotion'] !== true;
  if (!isEmpty({ ...lines, physical_items: lines.physical_items.filter(isLeft), digital_items: lines.digital_items.filter(isLeft) }))
    return undefined;
  removeCart(entry, tables);
  return { status: 204 };
});

export const removeCart = (entry: Entry, tables: Tables): void => new ResourceRows(Cart.resource, tables).remove(entry);

export const CART_ACTIONS: Actions = {
  [`POST ${CART}/items`]: addToCart,
  [`PUT ${CART}/items/:$item`]: updateItem,
  [`DELETE ${CART}/items/:$item`]: removeItem,
  [`POST ${CART}/redirect_urls`]: on(CARTS, ({ key }, { body }) => data(redirectUrls(key, asJsonObject(body['query_params'])), 201)),
};
