import { Command, CommanderError } from 'commander';
import { VERSION } from '../copies.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { reasonOf } from '../session/safe-call.js';
import { addConsole } from './commands/console.js';
import { addDoctor } from './commands/doctor.js';
import { addExport } from './commands/export.js';
import { addGenerate } from './commands/generate.js';
import { addImport } from './commands/import.js';
import { addJobs } from './commands/jobs.js';
import { addSandbox } from './commands/sandbox.js';
import { addWebhooks } from './commands/webhooks.js';
import { addWork } from './commands/work.js';
import { processTerminal, type Terminal } from './terminal.js';
import { FailedError, UsageError } from './usage-error.js';

/** Exit codes of every command. */
const FAILED = 1;
const USAGE = 2;

/**
 * Adds a command to the program: its options and help, and an action that imports the work (`await import('../export/run.js')`), so that
 * `--help` loads little.
 */
type AddCommand = (program: Command, terminal: Terminal) => void;

const COMMANDS: readonly AddCommand[] = [
  addConsole,
  addDoctor,
  addExport,
  addImport,
  addGenerate,
  addWebhooks,
  addWork,
  addJobs,
  addSandbox,
];

/** Runs the command that the arguments name. Returns the exit code: 0, 1 if it failed, 2 if it was called wrongly. */
export async function main(args: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  const program = new Command('bigrecord')
    .description('Active Record for BigCommerce, on the command line.')
    .version(VERSION, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.warn(text.trimEnd()),
      outputError: (text, write) => write(text.trim().replaceAll('\n', ' ')),
    });
  for (const add of COMMANDS) add(program, terminal);
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has printed what is wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
    if (error instanceof FailedError) return FAILED;
    terminal.warn(`error: ${reasonOf(error)}`);
    return error instanceof UsageError || error instanceof ConfigurationError ? USAGE : FAILED;
  }
}
