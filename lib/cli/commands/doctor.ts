import type { Command } from 'commander';
import type { DoctorOptions } from '../doctor/run.js';
import { addCommand, addStoreOptions } from '../options.js';
import type { Terminal } from '../terminal.js';

const MORE = `
Examples:
  $ npx bigrecord doctor                        the store of the environment
  $ npx bigrecord doctor --dotenv .env          the store of a file
  $ npx bigrecord doctor --sandbox              an embedded store, to see what is checked
  $ npx bigrecord doctor --json | jq '.checks[] | select(.status == "problem")'

It checks: Node and the packages, the credentials, whether the store answers, your clock, latency, the quota, what the token may read, and
webhooks that get nothing. It sends about 20 requests, all of them GET, and says how many. The token is not printed.

What a token may not read is a note, not a problem: an app needs few scopes. What it may write cannot be proved by reading.

Exit codes: 0 nothing is wrong, 1 something is, 2 called wrongly.`;

/** Adds `bigrecord doctor`: what is wrong with a set-up. */
export function addDoctor(program: Command, terminal: Terminal): void {
  const command = addCommand(program, 'doctor', {
    summary: 'check credentials, scopes, clock, quota, latency and webhooks',
    description: 'Checks the set-up: credentials and scopes, clock, quota, latency, webhooks. It never writes.',
    more: MORE,
  });
  addStoreOptions(command)
    .option('--json', 'print one JSON object')
    .action(async (options: DoctorOptions) => (await import('../doctor/run.js')).run(options, terminal));
}
