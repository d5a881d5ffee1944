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

interface CommandSetting {
  readonly cwd?: string;
  readonly program?: string;
  /** Variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** What it reads from its standard input. */
  readonly input?: string;
}

/** How a command has ended. */
export interface EndedCommand {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `bigrecord` with arguments to its end. */
export async function runCommand(args: readonly string[], setting: CommandSetting = {}): Promise<EndedCommand> {
  const { code, output } = command(args, setting);
  return { code: await code, ...output };
}

/** Starts `bigrecord` with arguments, of this build or of an installed package. */
export function command(
  args: readonly string[],
  { cwd = ROOT, program = join(ROOT, 'dist/cjs/cli.cjs'), env, input = '' }: CommandSetting = {},
): RunningCommand {
  const child = spawn(process.execPath, [program, ...args], { cwd, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => {}).end(input); // it may end without reading
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
