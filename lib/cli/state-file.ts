import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Returns a file that the command keeps for its user: below XDG_STATE_HOME, or `~/.local/state`. */
export function stateFile(name: string): string {
  const { env, platform } = process;
  const state = env['XDG_STATE_HOME'] || (platform === 'win32' ? env['LOCALAPPDATA'] : undefined) || join(homedir(), '.local', 'state');
  return join(state, 'bigrecord', name);
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
