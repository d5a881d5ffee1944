import { allOf, type SecretHeaders } from '../../webhooks/secret-headers.js';
import { environmentWith } from '../store/environment.js';
import type { HeaderOption } from './parsers.js';

/** Where the secrets of deliveries come from. */
export interface SecretOptions {
  readonly secretHeader?: readonly HeaderOption[];
  readonly dotenv?: string;
}

/** What proves deliveries. */
export interface Secrets {
  readonly signingSecret: string | undefined;
  readonly secretHeaders: SecretHeaders | undefined;
}

/** Returns the client secret of the environment, and the headers of the options; several values of one header are alternatives. */
export function secretsOf({ secretHeader, dotenv }: SecretOptions): Secrets {
  const signingSecret = environmentWith(dotenv)['BIGCOMMERCE_CLIENT_SECRET'] || undefined;
  if (secretHeader === undefined) return { signingSecret, secretHeaders: undefined };
  const secretHeaders: Record<string, readonly string[]> = {};
  for (const { name, value } of secretHeader) secretHeaders[name] = [...(secretHeaders[name] ?? []), value];
  // Given on the command line, so meant: a hook may have them and no signature.
  return { signingSecret: undefined, secretHeaders };
}

/** Returns the headers that a sender puts on: the first value of each. */
export const headersOf = ({ secretHeaders = {} }: Secrets): Record<string, string> =>
  Object.fromEntries(Object.entries(secretHeaders).map(([name, values]) => [name, allOf(values)[0] ?? '']));
