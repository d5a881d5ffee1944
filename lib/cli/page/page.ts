import type { WireRequest, WireResponse } from '../../sandbox/http.js';
import { INSIDE } from '../../sandbox/inside.js';
import { decodedPath } from '../../testing/cassette.js';
import { isSameOrigin } from '../sandbox/hosts.js';
import { APP_ACTIONS, appPage, appsPage } from './apps.js';
import { addFault, faultsPage } from './faults.js';
import { html } from './html.js';
import { layout, redirect } from './layout.js';
import type { PageParts } from './parts.js';
import { requestPage, requestsPage } from './requests.js';
import { modelsPage, rowPage, rowsPage } from './rows.js';
import { webhooksPage } from './webhooks.js';

type View = (parts: PageParts, match: readonly string[], query: URLSearchParams) => WireResponse | undefined;

/** What is shown at which path. */
const VIEWS: readonly (readonly [RegExp, View])[] = [
  [/^\/?$/, (parts) => requestsPage(parts)],
  [/^\/requests\/(\d+)$/, (parts, [number = '']) => requestPage(parts, number)],
  [/^\/rows$/, (parts, _, query) => modelsPage(parts, query)],
  [/^\/rows\/(v[23]\.\w+)$/, (parts, [name = ''], query) => rowsPage(parts, name, query)],
  [/^\/rows\/(v[23]\.\w+)\/([^/]+)$/, (parts, [name = '', key = '']) => rowPage(parts, name, decodedPath(key))],
  [/^\/webhooks$/, (parts) => webhooksPage(parts)],
  [/^\/apps$/, (parts) => appsPage(parts)],
  [/^\/apps\/(\d+)$/, (parts, [number = ''], query) => appPage(parts, number, query)],
  [/^\/faults$/, (parts) => faultsPage(parts)],
];

type FormAction = (parts: PageParts, form: URLSearchParams) => WireResponse | Promise<WireResponse>;

const ACTIONS: Readonly<Record<string, FormAction>> = {
  ...APP_ACTIONS,
  '/faults': addFault,
  '/heal'({ store, base }) {
    store.heal();
    return redirect(`${base}/faults`);
  },
  '/reset'({ store, log, base }) {
    store.reset();
    log.clear();
    return redirect(base);
  },
};

/** The page of a store: plain HTML, which works without its script. */
export class Page {
  readonly #parts: PageParts;
  #quota: string | undefined;

  constructor(parts: Omit<PageParts, 'inside' | 'quota'>) {
    this.#parts = { ...parts, inside: parts.store[INSIDE], quota: () => this.#quota };
  }

  /** Notes what a response says about the quota. */
  noteQuota(headers: Readonly<Record<string, string>>): void {
    this.#quota = headers['x-rate-limit-requests-left'] ?? this.#quota;
  }

  async respond({ method, url, headers, body }: WireRequest): Promise<WireResponse> {
    const { pathname, searchParams } = new URL(url);
    const path = pathname.slice(this.#parts.base.length);
    if (method === 'POST') return this.#act(path, headers, typeof body === 'string' ? body : '');
    if (method !== 'GET') return this.#message(405, 'The page knows GET and POST only.');
    for (const [pattern, view] of VIEWS) {
      const match = pattern.exec(path);
      const shown = match === null ? undefined : view(this.#parts, match.slice(1), searchParams);
      if (shown !== undefined) return shown;
    }
    return this.#message(404, 'There is nothing here any more.');
  }

  async #act(path: string, headers: WireRequest['headers'], body: string): Promise<WireResponse> {
    const action = ACTIONS[path];
    if (action === undefined) return this.#message(404, 'There is no such form.');
    if (!isSameOrigin(headers)) return this.#message(403, 'This form was sent by a page of another host.');
    const response = await action(this.#parts, new URLSearchParams(body));
    if (path === '/reset') this.#quota = undefined;
    return response;
  }

  #message(status: number, text: string): WireResponse {
    const { base } = this.#parts;
    return layout(base, '', text, html`<p><a href="${base}">To the requests</a></p>`, status);
  }
}
