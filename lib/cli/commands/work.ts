import type { Command } from 'commander';
import type { WorkOptions } from '../jobs/work.js';
import { addCommand, addStoreOptions, addWriteOption, several, wholeNumber } from '../options.js';
import type { Terminal } from '../terminal.js';

const MORE = `
Examples:
  $ npx bigrecord work --jobs ./jobs.js --write                       works runs of these jobs for the store of the environment
  $ npx bigrecord work --jobs ./jobs.js --redis redis://10.0.0.5:6379 --concurrency 16

The file exports what defineJob() returned, under any names. If it exports \`stores\` (a SessionRegistry, or an object with
\`session(storeHash)\`), runs of all these stores are worked. Otherwise only those of the store of the environment are, and it needs --write.

Ctrl-C or SIGTERM drains it: batches under way end, and other workers go on with the rest. Run as many as you like, on any machine.

Exit codes: 0 ended, 1 failed, 2 called wrongly (an option, a file without jobs, missing packages or credentials).`;

/** Adds `bigrecord work`: a worker of jobs. */
export function addWork(program: Command, terminal: Terminal): void {
  const command = addCommand(program, 'work', {
    summary: 'work runs of jobs that were enqueued on Redis',
    description: 'Starts a worker for the jobs of a file, until it is stopped.',
    more: MORE,
  });
  addWriteOption(addStoreOptions(command))
    .requiredOption('-j, --jobs <file>', 'the module that exports the jobs; repeatable', several(String))
    .option('--redis <url>', 'the address of Redis; default: the variable REDIS_URL, or redis://127.0.0.1:6379')
    .option('--prefix <prefix>', "the prefix of BullMQ's keys; default: bull")
    .option('--concurrency <number>', 'partitions worked at the same time', wholeNumber(1, 1000), 8)
    .option('--drain <seconds>', 'how long batches may take to end when it is stopped', wholeNumber(0, 3600), 20)
    .action(async (options: WorkOptions) => (await import('../jobs/work.js')).runWork(options, terminal));
}
