import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from 'bigrecord/sandbox';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { buildApp } from '../../examples/app/app.js';
import { readSettings } from '../../examples/app/settings.js';
import { signatureOf } from '../../lib/webhooks/signature.js';

/** What the app is given on a sandbox. */
export const environmentFor = (store: Sandbox, url: string, folder: string): Record<string, string> => ({
  BIGCOMMERCE_CLIENT_ID: store.credentials.clientId,
  BIGCOMMERCE_CLIENT_SECRET: store.clientSecret,
  BIGCOMMERCE_API_URL: store.credentials.baseUrl,
  BIGCOMMERCE_LOGIN_URL: store.credentials.baseUrl,
  APP_URL: url,
  APP_KEY: randomBytes(32).toString('base64'),
  DATA_FOLDER: folder,
});

/** The scopes that the app needs. */
const SCOPE = 'store_v2_products store_v2_orders store_v2_customers_read_only store_v2_information_read_only';

/** The example app without a socket, with a browser that keeps its cookies. */
export class ExampleApp {
  readonly #store: Sandbox;
  readonly environment: Record<string, string>;
  app!: FastifyInstance;
  cookie = '';

  private constructor(store: Sandbox, folder: string) {
    this.#store = store;
    this.environment = environmentFor(store, 'http://127.0.0.1:9', folder);
  }

  static async start(store: Sandbox, environment: Record<string, string> = {}): Promise<ExampleApp> {
    const started = new ExampleApp(store, await mkdtemp(join(tmpdir(), 'bigrecord-app-')));
    Object.assign(started.environment, environment);
    started.app = await buildApp(readSettings(started.environment));
    return started;
  }

  /** Stops the process, in a way, and starts another one with the same folder. */
  async restart(): Promise<void> {
    await this.app.close();
    this.app = await buildApp(readSettings(this.environment));
  }

  async get(url: string): Promise<LightMyRequestResponse> {
    return this.#kept(await this.app.inject({ url, headers: { cookie: this.cookie } }));
  }

  async post(url: string, fields: Record<string, string>): Promise<LightMyRequestResponse> {
    const headers = { cookie: this.cookie, 'content-type': 'application/x-www-form-urlencoded' };
    return this.#kept(await this.app.inject({ method: 'POST', url, headers, payload: new URLSearchParams(fields).toString() }));
  }

  install(scope = SCOPE): Promise<LightMyRequestResponse> {
    const { code = '', context } = this.#store.authorize(scope);
    return this.get(`/auth?${new URLSearchParams({ code, context, scope })}`);
  }

  /** Calls a callback as the platform does. */
  callback(name: 'load' | 'uninstall' | 'remove_user', claims: object = {}, secret?: string): Promise<LightMyRequestResponse> {
    return this.get(`/${name}?signed_payload_jwt=${this.#store.signPayload({ ...claims }, secret)}`);
  }

  /** Delivers an event, signed by the platform or with another secret. */
  async deliver(
    scope: string,
    data: object,
    { hash = String(randomUUID()), secret = this.#store.clientSecret, sentAt = Date.now() } = {},
  ): Promise<number> {
    const payload = JSON.stringify({ scope, store_id: '1', producer: 'stores/sandbox', hash, created_at: Math.floor(sentAt / 1000), data });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = signatureOf('id-1', timestamp, Buffer.from(payload), secret);
    const headers = {
      ...{ 'content-type': 'application/json', 'webhook-id': 'id-1' },
      ...{ 'webhook-timestamp': timestamp, 'webhook-signature': signature },
    };
    return (await this.app.inject({ method: 'POST', url: '/webhooks', headers, payload })).statusCode;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await rm(this.environment['DATA_FOLDER'] ?? '', { recursive: true, force: true });
  }

  #kept(response: LightMyRequestResponse): LightMyRequestResponse {
    for (const { name, value } of response.cookies) this.cookie = `${name}=${encodeURIComponent(value)}`;
    return response;
  }
}

/** The hidden fields of the first form that posts to an address, and the rest of the page that a reader sees. */
export function formIn(page: string, action: RegExp): Record<string, string> {
  const form = [...page.matchAll(/<form method="post" action="([^"]*)"[^>]*>(.*?)<\/form>/gs)].find(([, to = '']) => action.test(to));
  if (form === undefined) throw new Error(`There is no form for ${action} in:\n${page}`);
  return Object.fromEntries([...(form[2] ?? '').matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]));
}
