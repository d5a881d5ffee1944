import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Environment } from '../store/environment.js';

/** Returns the file that keeps the lines of a console. */
export function historyFile(env: Environment = process.env): string {
  const state =
    env['XDG_STATE_HOME'] || (process.platform === 'win32' ? env['LOCALAPPDATA'] : undefined) || join(homedir(), '.local', 'state');
  return join(state, 'bigrecord', 'console-history');
}

/** Makes the folder of a file that only its user may read, and the file too if it exists; whether that worked. */
export function preparePrivate(file: string): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    if (existsSync(file)) chmodSync(file, 0o600);
    return true;
  } catch {
    return false;
  }
}

/** A name that tells of a secret, with a text behind it: `accessToken: '…'`, `X-Auth-Token', '…'`. */
const ASSIGNED = /(token|secret|passw(or)?d|passphrase|api_?key|authorization)\w*["'`\])]*\s*(=>|[:=,])\s*["'`]/i;

/** Whether a line must not be kept: it has one of the secrets in it, or gives something a name of one. */
export const isSecretLine = (line: string, secrets: readonly string[]): boolean =>
  ASSIGNED.test(line) || secrets.some((secret) => line.includes(secret));
