import type { Terminal } from '../terminal.js';
import { Progress, type ProgressOptions } from './progress.js';

/** How a long command tells what happens: lines for people, events for programs. */
export interface Reporter {
  /** Prints an event of `--json`; does nothing without it. */
  event(name: string, more: object): void;
  /** Prints a sentence for people; does nothing with `--json`. */
  say(line: string): void;
  progress(options: Pick<ProgressOptions, 'unit' | 'total' | 'before'>): Progress;
}

/**
 * Creates a reporter. Sentences and the bar go to the standard error output. So do events if rows go to the standard output.
 *
 * @param isOutputTaken whether rows go to the standard output
 */
export function reporter(terminal: Terminal, options: { readonly json?: boolean }, isOutputTaken: boolean): Reporter {
  const isJson = options.json === true;
  const print = isOutputTaken ? terminal.warn : terminal.print;
  const event = (name: string, more: object): void => {
    if (isJson) print(JSON.stringify({ event: name, ...more }));
  };
  return {
    event,
    say(line) {
      if (!isJson) terminal.warn(line);
    },
    progress: (progress) =>
      new Progress({ ...progress, hasBar: terminal.hasBars && !isJson, warn: terminal.warn, event: isJson ? event : undefined }),
  };
}
