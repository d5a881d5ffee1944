import { type Command, InvalidArgumentError, Option } from 'commander';
import type { StoreCredentials } from '../../sandbox/app.js';
import type { Fault } from '../../sandbox/faults.js';
import { several, wholeNumber } from '../options.js';
import { environmentOf, writeEnvFile } from '../sandbox/env-file.js';
import { parseFault } from '../sandbox/fault-option.js';
import type { LoggedExchange } from '../sandbox/log.js';
import { PAGE, type StoreServer, startStoreServer } from '../sandbox/store-server.js';
import type { Terminal } from '../terminal.js';

const PORT = 4590;

interface SandboxCommandOptions {
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

const EXAMPLES = `
Examples:
  $ npx bigrecord sandbox                                       the demo store at http://127.0.0.1:${PORT}
  $ npx bigrecord sandbox --port 0 --env .env                   on any free port; writes the variables of Session.fromEnv()
  $ npx bigrecord sandbox --seed cassette.json                  the rows of a recording, of a snapshot, or of a file by model
  $ npx bigrecord sandbox --fail '503 2 /v3/catalog/products'   two requests there fail
  $ npx bigrecord sandbox --rate-limit 150 --latency 80         as slow as a real store
  $ npx bigrecord sandbox --json | jq 'select(.event == "request")'
  $ npx bigrecord sandbox --app http://127.0.0.1:3000           installs and opens your app at ${PAGE}/apps

The store speaks V2 and V3 for any language. Its page, ${PAGE}, shows rows, requests, quota, faults, webhooks and apps.
It needs hono and @hono/node-server: npm install --save-dev hono @hono/node-server

Exit codes: 0 stopped, 1 failed (the port is in use), 2 called wrongly (an option, a file, a missing package).`;

/** Adds `bigrecord sandbox`, which serves a store until it is interrupted. */
export function addSandbox(program: Command, terminal: Terminal): void {
  program
    .command('sandbox')
    .summary('serve an embedded store that speaks V2 and V3')
    .description('Serves an embedded store that speaks the V2 and V3 API, on 127.0.0.1, until it is interrupted.')
    .addOption(new Option('-p, --port <number>', '0 for any free one').default(PORT).argParser(wholeNumber(0, 65_535)))
    .option('-s, --seed <seed>', "what the store begins with: 'demo', 'empty' or a file", 'demo')
    .addOption(new Option('--latency <ms>', 'milliseconds before each response').default(0).argParser(wholeNumber(0, 600_000)))
    .addOption(
      new Option('--fail <fault>', "lets requests fail: '503 2 /v3/catalog/products', 'reset 1 POST /v2/orders'; repeatable").argParser(
        several(parseFault),
      ),
    )
    .addOption(new Option('--rate-limit <requests>', 'quota per 30 seconds (default: 1000000)').argParser(wholeNumber(1, 1_000_000_000)))
    .option('--env <file>', 'writes the credentials into an .env file; the rest of the file stays')
    .addOption(
      new Option('--allow-host <name>', 'accepts this name of the host, such as host.docker.internal; repeatable').argParser(
        several(String),
      ),
    )
    .addOption(
      new Option('--app <url>', 'lists an app at this address in the control panel of the store; repeatable').argParser(
        several(appAddress),
      ),
    )
    .option('--json', 'prints a line of JSON for each event: started, request, stopped')
    .helpOption('-h, --help', 'print this help')
    .allowExcessArguments(false)
    .addHelpText('after', EXAMPLES)
    .action((options: SandboxCommandOptions) => run(options, terminal));
}

async function run(options: SandboxCommandOptions, terminal: Terminal): Promise<void> {
  const isInterrupted = interruption();
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
    await isInterrupted;
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

/** Parses the address of an app. */
function appAddress(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text;
  throw new InvalidArgumentError('It must be the address of an app, such as http://127.0.0.1:3000.');
}

/** Waits until somebody stops the command, or nobody reads what it prints any more. A second Ctrl-C ends it at once. */
function interruption(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => resolve();
    process.once('SIGINT', stop).once('SIGTERM', stop);
    process.stdout.on('error', stop);
  });
}

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
