import { execFile } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The folder of the project. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** The program that runs specs. */
export const MOCHA = join(ROOT, 'node_modules/mocha/bin/mocha.js');

const exec = promisify(execFile);

/** Runs a program and gives what it printed; one that hangs is ended after four minutes. */
export const run = (program: string, args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv; timeout?: number } = {}) =>
  exec(program, args, { timeout: 240_000, maxBuffer: 16 * 1024 * 1024, ...options });
