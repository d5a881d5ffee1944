import type { Command } from 'commander';
import type { ConsoleOptions } from '../console/run.js';
import { addCommand, addStoreOptions, addWriteOption, several } from '../options.js';
import type { Terminal } from '../terminal.js';

const MORE = `
Examples:
  $ npx bigrecord console --sandbox                                   an embedded demo store: try anything
  $ npx bigrecord console                                             the store of the environment, read-only
  $ npx bigrecord console --dotenv .env --write                       the store of a file; writes are allowed
  $ npx bigrecord console --require ./models.js                       your own models too
  $ npx bigrecord console --eval 'await v3.Product.count()'           prints a value, and ends
  $ npx bigrecord console --json --eval 'await v2.Order.first()' | jq .status
  $ npx bigrecord console --sandbox < script.js                       a script from the standard input; \`await\` works anywhere in it

In scope are v2 and v3 (v3.Product), all models by their bare names (V3's, if both have one), session, Session, Model and the errors.
Tab completes models, methods, attributes, relations, and filters inside \`where({\`. Each request is printed with its status, its time and
the quota that is left: without a terminal on the standard error output. In the console, .help lists what else there is; Ctrl-D ends it.

The credentials are BIGCOMMERCE_STORE_HASH and BIGCOMMERCE_ACCESS_TOKEN. The console takes the token out of its environment. Lines are kept in
~/.local/state/bigrecord/console-history (or below XDG_STATE_HOME), except for those with a secret in them.

Exit codes: 0 ended, 1 the script failed, 2 called wrongly (an option, missing credentials, a write without --write).`;

/** Adds `bigrecord console`: a REPL with the models of a store. */
export function addConsole(program: Command, terminal: Terminal): void {
  const command = addCommand(program, 'console', {
    summary: 'try models in a REPL, or run a script with them',
    description: 'Opens a REPL with the models of a store. On a real store it is read-only, unless --write is given.',
    more: MORE,
  });
  addWriteOption(addStoreOptions(command))
    .option('-e, --eval <code>', 'run this code instead, and print its value')
    .option('-r, --require <file>', 'bring the exports of a module into scope; repeatable', several(String))
    .option('-q, --quiet', 'do not print requests')
    .option('--json', 'print the value of a script as JSON')
    .action(async (options: ConsoleOptions) => (await import('../console/run.js')).run(options, terminal));
}
