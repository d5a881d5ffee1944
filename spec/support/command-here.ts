import { main } from '../../lib/cli/main.js';
import type { EndedCommand } from './command.js';

/** Runs `bigrecord` with arguments within this process, which saves a start: for commands that print nothing but lines. */
export async function commandHere(args: readonly string[]): Promise<EndedCommand> {
  const output = { stdout: '', stderr: '' };
  const code = await main(args, {
    print: (line) => void (output.stdout += `${line}\n`),
    warn: (line) => void (output.stderr += `${line}\n`),
    paint: (_colour, text) => text,
    isInteractive: false,
    hasBars: false,
    columns: undefined,
  });
  return { code, ...output };
}

/** Makes a folder the current one, for commands that run here. Returns a function that goes back, and lets them listen for interruptions. */
export function workIn(folder: string): () => void {
  const before = process.cwd();
  for (const emitter of [process, process.stdout]) emitter.setMaxListeners(100);
  process.chdir(folder);
  return () => process.chdir(before);
}
