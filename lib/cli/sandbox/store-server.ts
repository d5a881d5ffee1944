import { propertyOf } from '../../json-object.js';
import type { StoreCredentials } from '../../sandbox/app.js';
import type { WireRequest, WireResponse } from '../../sandbox/http.js';
import type { SandboxOptions } from '../../sandbox/options.js';
import { Sandbox } from '../../sandbox/sandbox.js';
import { type Listening, listen } from '../../sandbox/server.js';
import { Page } from '../page/page.js';
import { Apps } from './apps.js';
import { isAllowedHost } from './hosts.js';
import { Log, type LoggedExchange } from './log.js';
import { PAGE } from './page-path.js';

/** Options of {@link startStoreServer}. */
export interface StoreServerOptions extends Omit<SandboxOptions, 'port'> {
  /** 0 for any free one. */
  readonly port: number;
  /** Names in `Host` that are accepted besides those of this machine. */
  readonly allowedHosts: readonly string[];
  /** Addresses of apps that the control panel lists. */
  readonly apps?: readonly string[] | undefined;
  onExchange(exchange: LoggedExchange): void;
}

/** A store that a command serves, with its page. */
export interface StoreServer {
  readonly store: Sandbox;
  readonly credentials: StoreCredentials;
  stop(): Promise<void>;
}

/** How many requests the store itself keeps: its list is for tests, and this one runs for days. */
const KEPT_BY_STORE = 1000;

/** Serves a store and its page on 127.0.0.1. @throws Error that says so if the port is in use */
export async function startStoreServer({
  port,
  allowedHosts,
  apps: addresses = [],
  onExchange,
  ...options
}: StoreServerOptions): Promise<StoreServer> {
  const store = await Sandbox.start({ ...options, port: false });
  const log = new Log(onExchange);
  const credentials = (): StoreCredentials => ({ ...store.credentials, baseUrl: listening.baseUrl });
  const apps = new Apps(store);
  for (const address of addresses) apps.add(address);
  const page = new Page({ base: PAGE, store, log, apps, credentials });

  const respond = async (request: WireRequest): Promise<WireResponse | null> => {
    const { pathname } = new URL(request.url);
    if (!isAllowedHost(request.headers['host'], allowedHosts)) return refusal(request.headers['host']);
    if (pathname === PAGE || pathname.startsWith(`${PAGE}/`)) return page.respond(request);
    const at = Date.now();
    const startedAt = performance.now();
    const response = await apps.respond(request);
    log.add(request, response, at, performance.now() - startedAt);
    if (response !== null) page.noteQuota(response.headers);
    if (store.requests.length > KEPT_BY_STORE) store.requests.splice(0, store.requests.length - KEPT_BY_STORE);
    void store.deliveries().then((deliveries) => log.delivered(deliveries));
    return response;
  };

  const listening = await serve(respond, port).catch(async (error: unknown) => {
    await store.stop();
    throw error;
  });
  return {
    store,
    credentials: credentials(),
    async stop() {
      await listening.close();
      await store.stop();
    },
  };
}

async function serve(respond: (request: WireRequest) => Promise<WireResponse | null>, port: number): Promise<Listening> {
  try {
    return await listen(respond, port);
  } catch (error) {
    const code = propertyOf(error, 'code');
    if (code === 'EADDRINUSE') throw new Error(`Port ${port} is in use: give another one with --port, or --port 0 for any free one.`);
    if (code === 'EACCES') throw new Error(`Port ${port} may not be used without more rights: give one above 1023 with --port.`);
    throw error;
  }
}

function refusal(host = ''): WireResponse {
  const name = host.replace(/:\d+$/, '').slice(0, 100);
  const title = `The sandbox answers to 127.0.0.1 and localhost, not to ${name}. Start it with --allow-host ${name} if that is right.`;
  return { status: 403, headers: { 'content-type': 'application/json' }, text: JSON.stringify({ status: 403, title }) };
}
