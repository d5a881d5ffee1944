import { styleText } from 'node:util';

/** Where a command writes. */
export interface Terminal {
  /** Writes a line to the standard output. */
  print(line: string): void;
  /** Writes a line to the standard error output. */
  warn(line: string): void;
  /** Colours a text, if somebody sees it. */
  readonly paint: Paint;
}

type Colour = 'red' | 'yellow' | 'green' | 'dim' | 'bold';
type Paint = (colour: Colour, text: string) => string;

/** Writes to the outputs of this process. There are no colours without a terminal, nor if `NO_COLOR` is set (no-color.org). */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  const hasColours = stdout.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return {
    print: (line) => void stdout.write(`${line}\n`),
    warn: (line) => void stderr.write(`${line}\n`),
    paint: (colour, text) => (hasColours ? styleText(colour, text) : text),
  };
}
