import { type Command, InvalidArgumentError } from 'commander';

/** Returns a parser for a whole number within limits. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };

/** Parses an option that may be given several times. */
export const several =
  <T>(parse: (text: string) => T) =>
  (text: string, before: readonly T[] = []): readonly T[] => [...before, parse(text)];

/** Parses names that are separated by commas; the option may be given several times. */
export const commaSeparated = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== ''),
];

/** What every command says of itself. */
export interface CommandTexts {
  /** One line in the list of commands. */
  readonly summary: string;
  /** What it does, in sentences. */
  readonly description: string;
  /** After the options: examples, then whatever else is to be known, then exit codes. */
  readonly more: string;
}

/** Adds a command with what all of them have: `--help` with examples, and no arguments that it does not declare. */
export function addCommand(program: Command, name: string, { summary, description, more }: CommandTexts): Command {
  return program
    .command(name)
    .summary(summary)
    .description(description)
    .helpOption('-h, --help', 'print this help')
    .allowExcessArguments(false)
    .addHelpText('after', `\n${more.trim()}`);
}

/**
 * Adds `--sandbox`, `--seed` and `--dotenv`: which store a command works on. See `openStore`. The last is not called `--env-file`, because
 * Node 20 takes an option of that name for its own, wherever it stands.
 */
export function addStoreOptions(command: Command): Command {
  return command
    .option('--sandbox', 'use an embedded store, which is gone afterwards, instead of a real one')
    .option('--seed <seed>', "what the embedded store begins with: 'demo', 'empty' or a file")
    .option('--dotenv <file>', 'read the credentials from this file; it wins over the environment');
}

/** Adds `--write`, without which nothing is written to a real store. */
export const addWriteOption = (command: Command): Command =>
  command.option('--write', 'allow writes to a real store; without it, they are refused before they are sent');
