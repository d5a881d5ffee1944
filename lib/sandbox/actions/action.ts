import { asJsonObject, type JsonObject } from '../../json-object.js';
import type { Reply } from '../dialect.js';
import { v3 } from '../dialect-v3.js';
import type { Incoming } from '../endpoint.js';
import { KEY, parentsOf } from '../resource-rows.js';
import type { Entry, Tables } from '../tables.js';

/** The request of an action, and the store behind it. */
export interface Action {
  readonly incoming: Incoming;
  readonly tables: Tables;
  /** The parsed body, as an object. */
  readonly body: JsonObject;
}

/** An operation that is not a create, read, update or delete. */
export type Handler = (action: Action) => Reply;

/** Actions by method, version and path: `POST /v3/themes`. */
export type Actions = Readonly<Record<string, Handler>>;

/** Runs the handler of an action and returns its response. */
export const runAction = (handler: Handler, incoming: Incoming, tables: Tables): Reply =>
  handler({ incoming, tables, body: asJsonObject(incoming.body) });

export const data = (value: unknown, status = 200): Reply => ({ status, body: { data: value, meta: {} } });
export const bare = (body: unknown, status = 200): Reply => ({ status, body });
export const notFound = (): Reply => v3.error(404, 'The requested resource was not found.');
/** Returns the response that refuses the values of some fields. */
export const invalid = (message: string, fields: Readonly<Record<string, string>>): Reply => v3.error(422, message, fields);
export const done: Handler = () => ({ status: 204 });

/** Creates an action on the entry whose key is in the path. */
export const on =
  (path: string, work: (entry: Entry, action: Action) => Reply): Handler =>
  (action) => {
    const { params } = action.incoming;
    const entry = action.tables.of(path).get(params[KEY] ?? '', parentsOf(params));
    return entry === undefined ? notFound() : work(entry, action);
  };
