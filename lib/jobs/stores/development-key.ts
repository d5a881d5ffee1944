import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { ConfigurationError } from '../../errors/configuration-error.js';
import { warnOnce } from '../../session/backend-health.js';
import { reasonOf } from '../../session/safe-call.js';

type Environment = Readonly<Record<string, string | undefined>>;

const KEY_BYTES = 32;
/** Only the user of the process may read the key, or see that there is one. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

const warn = warnOnce(
  (path) =>
    `tokens are encrypted with a key of this machine, kept in ${path}. In production set BIGRECORD_TOKEN_KEY; to make a key: openssl rand -base64 32.`,
);

/**
 * Returns the key of a machine on which software is developed, from a file in the user's folder of state; makes it the first time.
 * Warns once in a process. Not for production: a container that loses the file loses all tokens.
 *
 * @throws ConfigurationError if the file can be neither read nor made, or holds something else
 */
export function developmentKey(env: Environment): string {
  const path = join(stateFolder(env), 'bigrecord', 'token-key');
  let key: string;
  try {
    key = keyIn(path) ?? makeKey(path);
    if (Buffer.from(key, 'base64').length !== KEY_BYTES) throw new Error(`it does not hold ${KEY_BYTES} bytes in base64`);
  } catch (error) {
    throw new ConfigurationError(
      `Tokens are kept encrypted, and the key of this machine in ${path} cannot be used (${reasonOf(error)}): mend the file, or set BIGRECORD_TOKEN_KEY. To make one: openssl rand -base64 32.`,
    );
  }
  warn(path);
  return key;
}

/** Returns `XDG_STATE_HOME`, which counts only if it is absolute, or its default. */
function stateFolder({ XDG_STATE_HOME = '' }: Environment): string {
  return isAbsolute(XDG_STATE_HOME) ? XDG_STATE_HOME : join(homedir(), '.local', 'state');
}

function keyIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes the file with its content at once: of two processes that begin together, both use the key of the one that comes first. */
function makeKey(path: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: FOLDER_MODE });
  const part = `${path}.${randomUUID()}.part`;
  try {
    writeFileSync(part, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { flag: 'wx', mode: FILE_MODE, flush: true });
    linkSync(part, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(part, { force: true });
  }
  return readFileSync(path, 'utf8').trim();
}
