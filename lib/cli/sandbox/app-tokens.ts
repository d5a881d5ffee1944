import { randomBytes } from 'node:crypto';
import { asJsonObject } from '../../json-object.js';
import type { WireRequest, WireResponse } from '../../sandbox/http.js';

/** What an app has from an installation. */
interface Grant<App> {
  readonly app: App;
  /** The keys of the hooks that were created with the token. */
  readonly hooks: Set<string>;
}

const HOOKS = /^\/stores\/[^/]+\/v3\/hooks$/;

/** The tokens of installed apps: each has its own, so that uninstalling it revokes the token and deletes its hooks, as on the platform. */
export class AppTokens<App> {
  readonly #grants = new Map<string, Grant<App>>();

  /** Returns the response of the token endpoint with a token of the app's own. */
  issue(app: App, response: WireResponse): WireResponse {
    const body = asJsonObject(JSON.parse(response.text ?? '{}'));
    const token = `${String(body['access_token'])}-${randomBytes(6).toString('hex')}`;
    this.#grants.set(token, { app, hooks: new Set() });
    return { ...response, text: JSON.stringify({ ...body, access_token: token }) };
  }

  /** Returns a request as the store takes it: with its own token, if it has that of an installed app. */
  accept(request: WireRequest, storeToken: string): WireRequest {
    const isKnown = this.#grants.has(request.headers['x-auth-token'] ?? '');
    return isKnown ? { ...request, headers: { ...request.headers, 'x-auth-token': storeToken } } : request;
  }

  /** Notes a hook that an app has created. */
  noteHook({ method, url, headers }: WireRequest, response: WireResponse | null): void {
    const grant = this.#grants.get(headers['x-auth-token'] ?? '');
    if (grant === undefined || method !== 'POST' || response?.status !== 200 || !HOOKS.test(new URL(url).pathname)) return;
    grant.hooks.add(String(asJsonObject(asJsonObject(JSON.parse(response.text ?? '{}'))['data'])['id']));
  }

  /** Revokes the tokens of an app. Returns the keys of its hooks. */
  revoke(app: App): string[] {
    const hooks: string[] = [];
    for (const [token, grant] of this.#grants)
      if (grant.app === app) {
        hooks.push(...grant.hooks);
        this.#grants.delete(token);
      }
    return hooks;
  }
}
