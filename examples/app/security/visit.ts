import type { Session } from 'bigrecord';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Html } from '../pages/html.js';
import { messagePage } from '../pages/message.js';
import type { Services } from '../services.js';
import type { InstalledStore } from '../stores/stores.js';
import type { User } from '../stores/users.js';
import { readLogin } from './login.js';

/** A request by somebody who has opened the app. */
export interface Visit {
  readonly store: InstalledStore;
  readonly user: User;
  /** Reads and writes the store. */
  readonly session: Session;
  /** What forms must carry, in their field `token`. */
  readonly formToken: string;
}

/** Shows a page, or does what a form says: a page is sent, anything else has been sent by the handler. */
export type VisitHandler = (visit: Visit, request: FastifyRequest, reply: FastifyReply) => Promise<Html | FastifyReply>;

/** What a store's page is called with. */
type StoreParams = { readonly storeHash?: string; readonly id?: string };

export const paramsOf = (request: FastifyRequest): StoreParams => request.params as StoreParams;

/** The fields of a form or a query. */
export function fieldsOf(source: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(typeof source === 'object' && source !== null ? source : {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** Lets only those in who have opened the app in the control panel of the store, and forms only if a page of this login had them. */
export function visitors({ stores, users, keys }: Services) {
  return (handler: VisitHandler) => async (request: FastifyRequest, reply: FastifyReply) => {
    const { storeHash = '' } = paramsOf(request);
    const login = readLogin(request, storeHash);
    const user = login && (await users.find(storeHash, login.userId));
    const store = user && (await stores.find(storeHash));
    const session = store && (await stores.session(storeHash));
    if (login === undefined || user === undefined || store === undefined || session === undefined)
      return sendPage(reply.code(401), messagePage('Open the app again', LOGGED_OUT));
    if (request.method === 'POST' && !keys.isFormToken(fieldsOf(request.body)['token'] ?? '', login.id))
      return sendPage(reply.code(403), messagePage('Send the form again', STRANGE_FORM));
    const shown = await handler({ store, user, session, formToken: keys.formToken(login.id) }, request, reply);
    return 'text' in shown ? sendPage(reply, shown) : shown;
  };
}

export const sendPage = (reply: FastifyReply, page: Html): FastifyReply => reply.type('text/html; charset=utf-8').send(page.text);

const LOGGED_OUT =
  'You are not logged in any more. Go back to the control panel of your store and open the app from its menu. If this happens each time, ' +
  'your browser blocks the cookie of the app: allow it for this page.';
const STRANGE_FORM = 'This form is not of your login: the app was opened again meanwhile. Go back, reload the page, and send it once more.';
