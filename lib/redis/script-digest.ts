import { createHash } from 'node:crypto';

const digests = new Map<string, string>();

/** Returns the name by which Redis knows a script that it has run. */
export function digestOf(script: string): string {
  let digest = digests.get(script);
  if (digest === undefined) digests.set(script, (digest = createHash('sha1').update(script).digest('hex')));
  return digest;
}

/** Whether Redis has not run a script yet, or has forgotten it: then it needs the text. */
export const isUnknownScript = (error: unknown): boolean => error instanceof Error && error.message.startsWith('NOSCRIPT');
