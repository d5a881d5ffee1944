import { randomUUID } from 'node:crypto';
import { asJsonObject } from '../../json-object.js';
import type { WireRequest, WireResponse } from '../../sandbox/http.js';
import { INSIDE } from '../../sandbox/inside.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { reasonOf } from '../../session/safe-call.js';
import { AppTokens } from './app-tokens.js';

/** A member of the store's staff, who opens apps in the control panel. */
export interface StaffMember {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly isOwner: boolean;
}

/** The staff of the store. The owner is the one who installs apps: the token endpoint names the same. */
export const STAFF: readonly [StaffMember, ...StaffMember[]] = [
  { id: 7, name: 'Olivia Owner', email: 'owner@example.com', isOwner: true },
  { id: 8, name: 'Sam Staff', email: 'sam@example.com', isOwner: false },
  { id: 9, name: 'Toni Temp', email: 'toni@example.com', isOwner: false },
];

/** The addresses of an app that the platform calls (apps/guide/callbacks). */
export interface Callbacks {
  readonly auth: string;
  readonly load: string;
  readonly uninstall: string;
  readonly removeUser: string;
}

/** An app that the control panel lists. */
export interface ListedApp {
  readonly number: number;
  callbacks: Callbacks;
  /** Whether the app has exchanged its code, and was not uninstalled since. */
  isInstalled: boolean;
  /** Staff who must not open it. */
  readonly removed: Set<number>;
  /** What the last callback from the server was answered with. */
  lastCallback: string | undefined;
}

/** The scopes that a merchant grants here: those of an app that does everything. */
const SCOPE = [
  'store_v2_products',
  'store_v2_orders',
  'store_v2_customers',
  'store_v2_information',
  'store_v2_content',
  'store_v2_marketing',
  'store_channel_settings',
  'store_inventory',
].join(' ');

const ACCOUNT = randomUUID();
const CALLBACK_LIMIT_MS = 10_000;

/** The apps of the store's control panel: installs, opens and uninstalls them as the platform does. */
export class Apps {
  readonly all: ListedApp[] = [];
  readonly #store: Sandbox;
  readonly #tokens = new AppTokens<ListedApp>();
  /** The app for each code that was issued. */
  readonly #codes = new Map<string, ListedApp>();

  constructor(store: Sandbox) {
    this.#store = store;
  }

  /** Lists an app. @param address its address, below which it has /auth, /load, /uninstall and /remove_user @throws Error for another one */
  add(address: string): ListedApp {
    const root = httpUrl(address).replace(/\/+$/, '');
    const callbacks = { auth: `${root}/auth`, load: `${root}/load`, uninstall: `${root}/uninstall`, removeUser: `${root}/remove_user` };
    const app = { number: this.all.length + 1, callbacks, isInstalled: false, removed: new Set<number>(), lastCallback: undefined };
    this.all.push(app);
    return app;
  }

  /** Changes where an app is called. @throws Error if one is not an address */
  change(app: ListedApp, { auth, load, uninstall, removeUser }: Callbacks): void {
    app.callbacks = { auth: httpUrl(auth), load: httpUrl(load), uninstall: httpUrl(uninstall), removeUser: httpUrl(removeUser) };
  }

  find(number: string | null): ListedApp | undefined {
    return this.all.find((app) => String(app.number) === number);
  }

  /** Issues a code. Returns what the browser asks the app for, in the frame of the control panel. */
  install(app: ListedApp): string {
    const { code = '', context, scope } = this.#store.authorize(SCOPE);
    this.#codes.set(code, app);
    return withQuery(app.callbacks.auth, { account_uuid: ACCOUNT, code, context, scope });
  }

  /** Lets the store respond to a request: an app has a token of its own while it is installed, and hooks of its own. */
  async respond(request: WireRequest): Promise<WireResponse | null> {
    const response = await this.#store[INSIDE].respond(this.#tokens.accept(request, this.#store.credentials.accessToken));
    if (new URL(request.url).pathname === '/oauth2/token') return this.#exchanged(request, response);
    this.#tokens.noteHook(request, response);
    return response;
  }

  /** Notes that an app has its token, from a request to the token endpoint. */
  #exchanged({ body }: WireRequest, response: WireResponse | null): WireResponse | null {
    if (response?.status !== 200 || typeof body !== 'string') return response;
    const code = String(asJsonObject(JSON.parse(body))['code']);
    const app = this.#codes.get(code);
    this.#codes.delete(code);
    if (app === undefined) return response;
    app.isInstalled = true;
    return this.#tokens.issue(app, response);
  }

  /** Returns what the browser asks the app for when a member of the staff opens it. */
  load(app: ListedApp, member: StaffMember): string {
    return withQuery(app.callbacks.load, { signed_payload_jwt: this.#signed(member) });
  }

  /**
   * Uninstalls an app, and tells it: by its callback, and by the webhook `store/app/uninstalled`. Its token is revoked before that, and its
   * hooks are deleted once the webhook is on its way to them.
   */
  async uninstall(app: ListedApp): Promise<void> {
    app.isInstalled = false;
    app.removed.clear();
    const hooks = this.#tokens.revoke(app);
    await this.#call(app, 'uninstall', STAFF[0]);
    void this.#store.deliver('store/app/uninstalled', { type: 'store' }).catch(() => {});
    for (const hook of hooks) await this.#deleteHook(hook);
  }

  async #deleteHook(hook: string): Promise<void> {
    const { baseUrl, storeHash, accessToken } = this.#store.credentials;
    const url = `${baseUrl}/stores/${storeHash}/v3/hooks/${hook}`;
    await this.#store[INSIDE].respond({ method: 'DELETE', url, headers: { 'x-auth-token': accessToken }, body: undefined });
  }

  /** Takes an app away from a member of the staff, and tells it. */
  async removeUser(app: ListedApp, member: StaffMember): Promise<void> {
    app.removed.add(member.id);
    if (app.isInstalled) await this.#call(app, 'removeUser', member);
  }

  async #call(app: ListedApp, name: 'uninstall' | 'removeUser', member: StaffMember): Promise<void> {
    const address = app.callbacks[name];
    try {
      const response = await fetch(withQuery(address, { signed_payload_jwt: this.#signed(member) }), {
        headers: { accept: 'application/json' },
        redirect: 'manual',
        signal: AbortSignal.timeout(CALLBACK_LIMIT_MS),
      });
      await response.body?.cancel();
      app.lastCallback = `${address} responded with ${response.status}.`;
    } catch (error) {
      app.lastCallback = `${address} could not be reached: ${reasonOf(error instanceof Error ? (error.cause ?? error) : error)}`;
    }
  }

  #signed({ id, email }: StaffMember): string {
    const [owner] = STAFF;
    return this.#store.signPayload({ user: { id, email, locale: 'en' }, owner: { id: owner.id, email: owner.email } });
  }
}

/** @throws Error for what is not the address of a web server */
function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.href;
  throw new Error(`${text} is not the address of an app: one looks like http://127.0.0.1:3000.`);
}

function withQuery(address: string, query: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}
