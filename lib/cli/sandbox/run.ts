import type { StoreCredentials } from '../../sandbox/app.js';
import type { Fault } from '../../sandbox/faults.js';
import { interruption } from '../interruption.js';
import type { Terminal } from '../terminal.js';
import { environmentOf, writeEnvFile } from './env-file.js';
import type { LoggedExchange } from './log.js';
import { PAGE } from './page-path.js';
import { type StoreServer, startStoreServer } from './store-server.js';

/** The options of `bigrecord sandbox`. */
export interface SandboxCommandOptions {
  readonly port: number;
  readonly seed: string;
  readonly latency: number;
  readonly fail?: readonly Fault[];
  readonly rateLimit?: number;
  readonly env?: string;
  readonly allowHost?: readonly string[];
  readonly app?: readonly string[];
  readonly json?: boolean;
}

/** Runs `bigrecord sandbox`. */
export async function run(options: SandboxCommandOptions, terminal: Terminal): Promise<void> {
  const { happened } = interruption();
  const { port, seed, latency, rateLimit, env, allowHost: allowedHosts = [], app: apps = [], fail = [] } = options;
  const output = options.json === true ? jsonOutput(terminal) : textOutput(terminal);
  const server = await startStoreServer({
    port,
    seed,
    latency,
    allowedHosts,
    apps,
    ...(rateLimit === undefined ? {} : { rateLimit: { quota: rateLimit } }),
    onExchange: output.request,
  });
  try {
    for (const fault of fail) server.store.fail(fault);
    const app = apps.length === 0 ? {} : appEnvironment(server);
    if (env !== undefined) writeEnvFile(env, { ...environmentOf(server.credentials), ...app });
    output.started(server, app);
    await happened;
  } finally {
    await server.stop();
  }
  output.stopped();
}

type Variables = Readonly<Record<string, string>>;

/** The variables of an app that runs on this store in place of the platform. */
const appEnvironment = ({ store, credentials }: StoreServer): Variables => ({
  BIGCOMMERCE_CLIENT_SECRET: store.clientSecret,
  BIGCOMMERCE_LOGIN_URL: credentials.baseUrl,
});

/** The control panel. By another name than the address of an app, which then is in a frame of another site, as on the platform. */
const appsPage = ({ baseUrl }: StoreCredentials): string => `${baseUrl.replace('127.0.0.1', 'localhost')}${PAGE}/apps`;

interface Output {
  /** @param app variables for the apps that it lists */
  started(server: StoreServer, app: Variables): void;
  request(exchange: LoggedExchange): void;
  stopped(): void;
}

function jsonOutput({ print }: Terminal): Output {
  const event = (name: string, more: object): void => print(JSON.stringify({ event: name, ...more }));
  return {
    started: ({ credentials }, app) =>
      event('started', {
        ...credentials,
        page: `${credentials.baseUrl}${PAGE}`,
        ...(Object.keys(app).length === 0 ? {} : { app: { page: appsPage(credentials), environment: app } }),
      }),
    request: ({ method, path, status, ms }) => event('request', { method, path, status, ms: Math.round(ms * 10) / 10 }),
    stopped: () => event('stopped', {}),
  };
}

function textOutput({ print, paint }: Terminal): Output {
  return {
    started: ({ credentials }, app) => print(welcome(credentials, app)),
    request({ method, path, status, ms }) {
      const shown = status === 0 ? 'closed' : String(status);
      const colour = status === 0 || status >= 500 ? 'red' : status >= 400 ? 'yellow' : 'green';
      print(`${method.padEnd(6)} ${path}  ${paint(colour, shown)}  ${paint('dim', `${Math.round(ms)} ms`)}`);
    },
    stopped: () => print('Stopped.'),
  };
}

function welcome(credentials: StoreCredentials, app: Variables): string {
  const { baseUrl, storeHash, accessToken } = credentials;
  const variables = Object.entries({ ...environmentOf(credentials), ...app }).map(([name, value]) => `${name}=${value}`);
  return [
    `The sandbox store is at ${baseUrl}/stores/${storeHash}, its page at ${baseUrl}${PAGE}. Ctrl-C stops it.`,
    ...(Object.keys(app).length === 0 ? [] : [`Install and open your app at ${appsPage(credentials)}.`]),
    '',
    'For your .env file:',
    '',
    ...variables,
    '',
    'Try it:',
    '',
    `curl -H 'X-Auth-Token: ${accessToken}' -H 'Accept: application/json' '${baseUrl}/stores/${storeHash}/v3/catalog/products?limit=1'`,
    '',
  ].join('\n');
}
