import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from './run.js';

/** A command of the package that runs. */
export interface RunningCommand {
  readonly process: ChildProcess;
  /** What it has printed so far. */
  readonly output: { stdout: string; stderr: string };
  /** Waits until its standard output matches, and gives the match. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends a signal, and gives the exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
  /** The exit code, once it has ended by itself. */
  readonly code: Promise<number | null>;
}

/** Starts `bigrecord` with arguments, of this build or of an installed package. */
export function command(args: readonly string[], { cwd = ROOT, program = join(ROOT, 'dist/cjs/cli.cjs') } = {}): RunningCommand {
  const child = spawn(process.execPath, [program, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const code = once(child, 'close').then(([each]: (number | null)[]) => each ?? null);
  return {
    process: child,
    output,
    code,
    async printed(pattern) {
      for (;;) {
        const match = pattern.exec(output.stdout);
        if (match !== null) return match;
        if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}: ${output.stdout}${output.stderr}`);
        await Promise.race([once(child.stdout, 'data'), code]);
      }
    },
    async end(signal = 'SIGINT') {
      child.kill(signal);
      return code;
    },
  };
}
