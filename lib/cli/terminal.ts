import { styleText } from 'node:util';
import { propertyOf } from '../json-object.js';
import { reasonOf } from '../session/safe-call.js';

/** Where a command writes. */
export interface Terminal {
  /** Writes a line to the standard output. */
  print(line: string): void;
  /** Writes a line to the standard error output. */
  warn(line: string): void;
  /** Colours a text of the standard output, if somebody sees it there. */
  readonly paint: Paint;
  /** Columns of the terminal that shows the standard output; `undefined` if there is none. */
  readonly columns: number | undefined;
  /** Whether somebody reads the standard output and types: without one, a command asks nothing. */
  readonly isInteractive: boolean;
  /** Whether a progress bar may be drawn, on the standard error output. Without it, write a line from time to time. */
  readonly hasBars: boolean;
}

export type Colour = 'red' | 'yellow' | 'green' | 'cyan' | 'dim' | 'bold';
export type Paint = (colour: Colour, text: string) => string;

/**
 * Writes to the outputs of this process. There are no colours and no bars without a terminal, nor if `NO_COLOR` is set (no-color.org).
 * If nobody reads an output any more, as after `| head`, what is written there is dropped. If the standard output cannot be written, as on
 * a full disk, the process says so and ends with 1.
 */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  const isPlain = Boolean(env['NO_COLOR']) || env['TERM'] === 'dumb';
  const hasColours = stdout.isTTY && !isPlain;
  for (const stream of [stdout, stderr]) stream.on('error', () => {});
  stdout.once('error', (error) => {
    if (propertyOf(error, 'code') === 'EPIPE') return;
    stderr.write(`error: the standard output cannot be written: ${reasonOf(error)}.\n`);
    process.once('exit', () => (process.exitCode ||= 1));
  });
  return {
    print: (line) => void stdout.write(`${line}\n`),
    warn: (line) => void stderr.write(`${line}\n`),
    paint: (colour, text) => (hasColours ? styleText(colour, text) : text),
    columns: stdout.isTTY ? stdout.columns : undefined,
    isInteractive: stdin.isTTY && stdout.isTTY,
    hasBars: stderr.isTTY && !isPlain,
  };
}
