import { type Command, Option } from 'commander';
import { addCommand, addStoreOptions, addWriteOption, several, wholeNumber } from '../options.js';
import type { Terminal } from '../terminal.js';
import type { ListOptions } from '../webhooks/list.js';
import type { ListenOptions } from '../webhooks/listen.js';
import { localUrl, parseHeader } from '../webhooks/parsers.js';
import type { ReplayOptions } from '../webhooks/replay.js';
import type { SyncOptions } from '../webhooks/sync.js';

const PORT = 4591;

const MORE = `
Examples:
  $ npx bigrecord webhooks list
  $ npx bigrecord webhooks sync hooks.json --dry-run
  $ npx bigrecord webhooks listen --forward http://127.0.0.1:3000/hooks
  $ npx bigrecord webhooks replay --last --to http://127.0.0.1:3000/hooks

Each of them has --help. Exit codes: 0 done or stopped, 1 failed, 2 called wrongly.`;

const LIST = `
Examples:
  $ npx bigrecord webhooks list
  $ npx bigrecord webhooks list --json | jq '.[] | select(.is_active | not)'

It shows the hooks of the API account that the token belongs to; no token sees those of another one. Of their headers, which are secrets, it
shows the names.

Exit codes: 0 done, 1 failed, 2 called wrongly.`;

const SYNC = `
Examples:
  $ npx bigrecord webhooks sync hooks.json --dry-run         what would change; sends no write
  $ npx bigrecord webhooks sync hooks.json --write           changes a real store
  $ npx bigrecord webhooks sync hooks.json --write --keep-others

The file has a list, or one entry of it:
  [{ "destination": "https://example.com/hooks",
     "scopes": ["store/order/*", "store/product/updated"],
     "headers": { "x-webhook-secret": "\${WEBHOOK_SECRET}" } }]

\${NAME} in a header is a variable of the environment, or of --dotenv. Missing hooks are created, deactivated ones activated, headers
brought up to date. Hooks that the list does not have are deleted; with --keep-others, only those of its destinations.

Exit codes: 0 done, 1 failed, 2 called wrongly (the file, a missing variable, --write left out).`;

const LISTEN = `
Examples:
  $ npx bigrecord webhooks listen                                        verifies signatures with BIGCOMMERCE_CLIENT_SECRET
  $ npx bigrecord webhooks listen --secret-header 'x-webhook-secret: s3cret' --port 8080
  $ npx bigrecord webhooks listen --forward http://127.0.0.1:3000/hooks --save deliveries.ndjson
  $ npx bigrecord webhooks listen --insecure --json                      accepts deliveries of anybody: behind a tunnel, for a moment

It listens on 127.0.0.1. The platform delivers to https addresses of the internet: lead one here with a tunnel of your choice, and make a hook
for it. An accepted delivery is printed, appended to the file of --save, and passed on to --forward with its headers. Duplicates are marked,
and not passed on. The newest one is kept for \`webhooks replay --last\`.

Exit codes: 0 stopped, 1 failed (the port is in use), 2 called wrongly (no secret, an option).`;

const REPLAY = `
Examples:
  $ npx bigrecord webhooks replay --last --to http://127.0.0.1:3000/hooks
  $ npx bigrecord webhooks replay deliveries.ndjson --to http://127.0.0.1:3000/hooks                 its last line
  $ npx bigrecord webhooks replay deliveries.ndjson --line 3 --to http://127.0.0.1:3000/hooks
  $ npx bigrecord webhooks replay deliveries.ndjson --hash 7ee67cd1 --to http://127.0.0.1:3000/hooks

Files hold no secrets. A delivery is signed anew if BIGCOMMERCE_CLIENT_SECRET is set; give secret headers with --secret-header.
It has the same hash as before, so that a receiver that remembers hashes takes it for a duplicate; --new-hash gives it another one.

Exit codes: 0 the receiver accepted it (2xx), 1 it did not, 2 called wrongly.`;

/** Adds `bigrecord webhooks`: the hooks of a store, and deliveries on this machine. */
export function addWebhooks(program: Command, terminal: Terminal): void {
  const webhooks = addCommand(program, 'webhooks', {
    summary: 'list and sync hooks; listen to deliveries and replay them',
    description: 'Lists and synchronises the hooks of a store, receives deliveries on this machine, and sends one again.',
    more: MORE,
  });
  addList(webhooks, terminal);
  addSync(webhooks, terminal);
  addListen(webhooks, terminal);
  addReplay(webhooks, terminal);
}

function addList(webhooks: Command, terminal: Terminal): void {
  const command = addCommand(webhooks, 'list', {
    summary: 'list the hooks of a store',
    description: 'Lists the hooks of a store, with whether they are active.',
    more: LIST,
  });
  addStoreOptions(command)
    .option('--json', 'print a JSON array')
    .action(async (options: ListOptions) => (await import('../webhooks/list.js')).list(options, terminal));
}

function addSync(webhooks: Command, terminal: Terminal): void {
  const command = addCommand(webhooks, 'sync', {
    summary: 'make the hooks of a store equal to a list',
    description: 'Makes the hooks of a store equal to a declared list.',
    more: SYNC,
  });
  addWriteOption(addStoreOptions(command))
    .argument('<file>', 'JSON: a list of destinations with their scopes and headers')
    .option('--dry-run', 'show what would change, and send no write')
    .option('--keep-others', 'leave hooks with other destinations alone')
    .option('--json', 'print one JSON object')
    .action(async (file: string, options: SyncOptions) => (await import('../webhooks/sync.js')).sync(file, options, terminal));
}

const secretHeader = (): Option =>
  new Option('--secret-header <header>', "'name: value', as the hook was created with; repeatable").argParser(several(parseHeader));

function addListen(webhooks: Command, terminal: Terminal): void {
  addCommand(webhooks, 'listen', {
    summary: 'receive deliveries, print them and pass them on',
    description: 'Receives deliveries on a port of this machine, verifies and prints them, until it is interrupted.',
    more: LISTEN,
  })
    .addOption(new Option('-p, --port <number>', '0 for any free one').default(PORT).argParser(wholeNumber(0, 65_535)))
    .addOption(new Option('--forward <url>', 'pass accepted deliveries on to a local address').argParser(localUrl))
    .option('--save <file>', 'append accepted deliveries to a file, a line of JSON each')
    .addOption(secretHeader())
    .option('--insecure', 'accept deliveries without verifying who sent them')
    .option('--store-hash <hash>', 'accept deliveries of this store only')
    .option('--dotenv <file>', 'read BIGCOMMERCE_CLIENT_SECRET from this file')
    .option('--json', 'print a line of JSON for each event: listening, delivery, refused, forwarded, stopped')
    .action(async (options: ListenOptions) => (await import('../webhooks/listen.js')).listen(options, terminal));
}

function addReplay(webhooks: Command, terminal: Terminal): void {
  addCommand(webhooks, 'replay', {
    summary: 'send a delivery again, to a local address',
    description: 'Sends a delivery again that `webhooks listen` has received.',
    more: REPLAY,
  })
    .argument('[file]', 'a file of `webhooks listen --save`')
    .option('--last', 'the newest delivery that `webhooks listen` has received')
    .addOption(new Option('--to <url>', 'the receiver').argParser(localUrl).makeOptionMandatory())
    .addOption(new Option('--line <number>', 'the line of the file; default: the last').argParser(wholeNumber(1, 1_000_000_000)))
    .option('--hash <hash>', 'the delivery with this hash, or one that begins so')
    .option('--new-hash', 'give it a hash that no receiver has seen')
    .addOption(secretHeader())
    .option('--dotenv <file>', 'read BIGCOMMERCE_CLIENT_SECRET from this file')
    .option('--json', 'print one JSON object')
    .action(async (file: string | undefined, options: ReplayOptions) =>
      (await import('../webhooks/replay.js')).replay(file, options, terminal),
    );
}
