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
  readonly json?: boolean;
}

/** Runs `bigrecord sandbox`. */
export async function run(options: SandboxCommandOptions, terminal: Terminal): Promise<void> {
  const { happened } = interruption();
  const { port, seed, latency, rateLimit, env, allowHost: allowedHosts = [], fail = [] } = options;
  const output = options.json === true ? jsonOutput(terminal) : textOutput(terminal);
  const server = await startStoreServer({
    port,
    seed,
    latency,
    allowedHosts,
    ...(rateLimit === undefined ? {} : { rateLimit: { quota: rateLimit } }),
    onExchange: output.request,
  });
  try {
    for (const fault of fail) server.store.fail(fault);
    if (env !== undefined) writeEnvFile(env, environmentOf(server.credentials));
    output.started(server);
    await happened;
  } finally {
    await server.stop();
  }
  output.stopped();
}

interface Output {
  started(server: StoreServer): void;
  request(exchange: LoggedExchange): void;
  stopped(): void;
}

function jsonOutput({ print }: Terminal): Output {
  const event = (name: string, more: object): void => print(JSON.stringify({ event: name, ...more }));
  return {
    started: ({ credentials }) => event('started', { ...credentials, page: `${credentials.baseUrl}${PAGE}` }),
    request: ({ method, path, status, ms }) => event('request', { method, path, status, ms: Math.round(ms * 10) / 10 }),
    stopped: () => event('stopped', {}),
  };
}

function textOutput({ print, paint }: Terminal): Output {
  return {
    started: ({ credentials }) => print(welcome(credentials)),
    request({ method, path, status, ms }) {
      const shown = status === 0 ? 'closed' : String(status);
      const colour = status === 0 || status >= 500 ? 'red' : status >= 400 ? 'yellow' : 'green';
      print(`${method.padEnd(6)} ${path}  ${paint(colour, shown)}  ${paint('dim', `${Math.round(ms)} ms`)}`);
    },
    stopped: () => print('Stopped.'),
  };
}

function welcome(credentials: StoreCredentials): string {
  const { baseUrl, storeHash, accessToken } = credentials;
  const variables = Object.entries(environmentOf(credentials)).map(([name, value]) => `${name}=${value}`);
  return [
    `The sandbox store is at ${baseUrl}/stores/${storeHash}, its page at ${baseUrl}${PAGE}. Ctrl-C stops it.`,
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
