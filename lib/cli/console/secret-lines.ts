/** A name that tells of a secret, with a text behind it: `accessToken: '…'`, `X-Auth-Token', '…'`. */
const ASSIGNED = /(token|secret|passw(or)?d|passphrase|api_?key|authorization)\w*["'`\])]*\s*(=>|[:=,])\s*["'`]/i;

/** Whether a line must not be kept: it has one of the secrets in it, or gives something a name of one. */
export const isSecretLine = (line: string, secrets: readonly string[]): boolean =>
  ASSIGNED.test(line) || secrets.some((secret) => line.includes(secret));
