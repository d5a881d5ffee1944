import { type Command, InvalidArgumentError, Option } from 'commander';
import { addCommand, several, wholeNumber } from '../options.js';
import { parseFault } from '../sandbox/fault-option.js';
import { PAGE } from '../sandbox/page-path.js';
import type { SandboxCommandOptions } from '../sandbox/run.js';
import type { Terminal } from '../terminal.js';

const PORT = 4590;

const MORE = `
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
  addCommand(program, 'sandbox', {
    summary: 'serve an embedded store that speaks V2 and V3',
    description: 'Serves an embedded store that speaks the V2 and V3 API, on 127.0.0.1, until it is interrupted.',
    more: MORE,
  })
    .addOption(new Option('-p, --port <number>', '0 for any free one').default(PORT).argParser(wholeNumber(0, 65_535)))
    .option('-s, --seed <seed>', "what the store begins with: 'demo', 'empty' or a file", 'demo')
    .addOption(new Option('--latency <ms>', 'milliseconds before each response').default(0).argParser(wholeNumber(0, 600_000)))
    .addOption(
      new Option('--fail <fault>', "let requests fail: '503 2 /v3/catalog/products', 'reset 1 POST /v2/orders'; repeatable").argParser(
        several(parseFault),
      ),
    )
    .addOption(new Option('--rate-limit <requests>', 'quota per 30 seconds (default: 1000000)').argParser(wholeNumber(1, 1_000_000_000)))
    .option('--env <file>', 'write the credentials into an .env file; the rest of the file stays')
    .addOption(
      new Option('--allow-host <name>', 'accept this name of the host, such as host.docker.internal; repeatable').argParser(
        several(String),
      ),
    )
    .addOption(
      new Option('--app <url>', 'list an app at this address in the control panel of the store; repeatable').argParser(several(appAddress)),
    )
    .option('--json', 'print a line of JSON for each event: started, request, stopped')
    .action(async (options: SandboxCommandOptions) => (await import('../sandbox/run.js')).run(options, terminal));
}

/** Parses the address of an app. */
function appAddress(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text;
  throw new InvalidArgumentError('It must be the address of an app, such as http://127.0.0.1:3000.');
}
