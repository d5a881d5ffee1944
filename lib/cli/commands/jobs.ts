import type { Command } from 'commander';
import type { RunAction, RunsOptions } from '../jobs/runs.js';
import { addCommand } from '../options.js';
import type { Terminal } from '../terminal.js';

const MORE = `
Examples:
  $ npx bigrecord jobs                                                lists the runs, newest first
  $ npx bigrecord jobs show spring                                    one run with its stores; --follow until it has ended
  $ npx bigrecord jobs pause spring                                   and: resume, cancel
  $ npx bigrecord jobs failures spring --json > failures.ndjson       the rows that failed, one JSON object per line
  $ npx bigrecord jobs retry spring                                   tries them again, and waits for the workers
  $ npx bigrecord jobs revert spring                                  sets back what it has changed, and waits for the workers

A run is named by its id, or by \`job-version-id\` where several jobs have a run with this id.

Exit codes: 0 ended, 1 failed, or the run that is shown has failed, 2 called wrongly (an option, an unknown run).`;

const ACTIONS: readonly RunAction[] = ['list', 'show', 'pause', 'resume', 'cancel', 'retry', 'revert', 'failures'];

/** Adds `bigrecord jobs`: looks at runs of jobs and steers them. */
export function addJobs(program: Command, terminal: Terminal): void {
  addCommand(program, 'jobs', {
    summary: 'list runs of jobs, show progress, pause, resume, cancel, retry, revert',
    description: 'Looks at runs of jobs on Redis, and steers them. It sends nothing to a store: workers do.',
    more: MORE,
  })
    .argument('[action]', `one of: ${ACTIONS.join(', ')}`, 'list')
    .argument('[run]', 'the id of a run')
    .option('--redis <url>', 'the address of Redis; default: the variable REDIS_URL, or redis://127.0.0.1:6379')
    .option('--prefix <prefix>', "the prefix of BullMQ's keys; default: bull")
    .option('-f, --follow', 'with show: print the progress until the run has ended')
    .option('--json', 'print JSON, one object per line')
    .action(async (action: string, run: string | undefined, options: RunsOptions) => {
      const { runJobs } = await import('../jobs/runs.js');
      await runJobs(action, run, options, terminal);
    });
}
