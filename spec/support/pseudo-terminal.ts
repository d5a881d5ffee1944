import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './run.js';
import { Screen } from './screen.js';

/** Whether a command can be run on a pseudo-terminal here: util-linux has `script`, with the options that are used. */
export const hasPseudoTerminal = spawnSync('script', ['-qfec', 'true', '/dev/null'], { stdio: 'ignore' }).status === 0;

/** A command on a terminal of its own, at which somebody types. */
export interface PseudoTerminal {
  /** What the terminal shows, with what has scrolled away. */
  readonly screen: Screen;
  /** Everything that was written to the terminal, with control sequences. */
  readonly written: () => string;
  /** Types a text. `\r` is Enter, `\t` Tab, `\x03` Ctrl-C. */
  type(text: string): void;
  /** Waits until what is shown matches. @throws Error with what is shown, after 20 seconds */
  shows(pattern: RegExp): Promise<void>;
  /**
   * Types Ctrl-D until the command has ended. A key is lost now and then that arrives right after a REPL has shown its prompt: it takes
   * keys one by one a moment later.
   */
  endInput(): Promise<void>;
  /** Waits for its end, and gives the exit code. */
  readonly code: Promise<number | null>;
  kill(): void;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Runs `bigrecord` with arguments on a pseudo-terminal. */
export function onTerminal(
  args: readonly string[],
  { env = {}, columns = 110, cwd = ROOT }: { env?: Record<string, string>; columns?: number; cwd?: string } = {},
): PseudoTerminal {
  const program = [process.execPath, join(ROOT, 'dist/cjs/cli.cjs'), ...args].map(quoted).join(' ');
  const child = spawn('script', ['-qfec', `stty cols ${columns} rows 50 && exec ${program}`, '/dev/null'], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', SHELL: '/bin/sh', TERM: 'xterm', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const screen = new Screen(columns);
  let written = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written += text;
    screen.write(text);
  });
  child.stdin.on('error', () => {}); // it has ended
  const code = once(child, 'close').then(([each]: (number | null)[]) => each ?? null);
  return {
    screen,
    written: () => written,
    type: (text) => void child.stdin.write(text),
    async endInput() {
      while (child.exitCode === null && child.signalCode === null) {
        child.stdin.write('\x04');
        await sleep(200);
      }
    },
    code,
    kill: () => void child.kill('SIGKILL'),
    async shows(pattern) {
      const deadline = Date.now() + 20_000;
      while (!pattern.test(screen.text())) {
        if (Date.now() > deadline || child.exitCode !== null) throw new Error(`${pattern} is not shown, but:\n${screen.text()}`);
        await sleep(10);
      }
    },
  };
}
