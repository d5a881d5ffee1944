import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { reasonOf } from '../../session/safe-call.js';
import { UsageError } from '../usage-error.js';

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Returns the variables of this process, under those of the file. @throws UsageError if the file cannot be read */
export function environmentWith(file: string | undefined): Environment {
  if (file === undefined) return process.env;
  try {
    return { ...process.env, ...parseEnv(readFileSync(file, 'utf8')) };
  } catch (error) {
    throw new UsageError(`--dotenv: ${file} cannot be read: ${reasonOf(error)}.`);
  }
}

const REQUIRED = ['BIGCOMMERCE_STORE_HASH', 'BIGCOMMERCE_ACCESS_TOKEN'];

/** Returns which variables of a session are missing, as a sentence that says what to do; `undefined` if none is. */
export function missingVariables(env: Environment): string | undefined {
  const missing = REQUIRED.filter((name) => !env[name]);
  if (missing.length === 0) return undefined;
  const hint = existsSync('.env') ? 'There is a file .env here: --dotenv .env reads it. ' : '';
  return (
    `No store is given: ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not set. ${hint}` +
    `Set ${missing.length === 1 ? 'it' : 'them'}, name a file with --dotenv, or try an embedded store with --sandbox.`
  );
}
