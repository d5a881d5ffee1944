import { readFileSync, writeFileSync } from 'node:fs';
import { propertyOf } from '../../json-object.js';
import type { StoreCredentials } from '../../sandbox/app.js';
import { reasonOf } from '../../session/safe-call.js';
import { UsageError } from '../usage-error.js';

/** Returns the variables that `Session.fromEnv()` reads. */
export const environmentOf = ({ storeHash, accessToken, clientId, baseUrl }: StoreCredentials): Record<string, string> => ({
  BIGCOMMERCE_STORE_HASH: storeHash,
  BIGCOMMERCE_ACCESS_TOKEN: accessToken,
  BIGCOMMERCE_CLIENT_ID: clientId,
  BIGCOMMERCE_API_URL: baseUrl,
});

/** Writes variables into a file: in place of those of the same name, or at its end. The rest of the file stays. @throws UsageError */
export function writeEnvFile(file: string, variables: Readonly<Record<string, string>>): void {
  try {
    writeFileSync(file, replaced(textOf(file), variables), { mode: 0o600 });
  } catch (error) {
    throw new UsageError(`--env: ${file} cannot be written: ${reasonOf(error)}.`);
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (propertyOf(error, 'code') === 'ENOENT') return '';
    throw error;
  }
}

function replaced(text: string, variables: Readonly<Record<string, string>>): string {
  let result = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  for (const [name, value] of Object.entries(variables)) {
    const line = new RegExp(`^(export )?${name}=.*$`, 'm');
    result = line.test(result) ? result.replace(line, `$1${name}=${value}`) : `${result}${name}=${value}\n`;
  }
  return result;
}
