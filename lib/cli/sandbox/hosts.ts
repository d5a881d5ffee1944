/** Names of this machine. A name below `localhost` leads nowhere else (RFC 6761). */
const OWN = /^(127\.0\.0\.1|\[::1\]|localhost|[\w.-]+\.localhost)$/;

/**
 * Whether a request names this machine, or a name that was allowed. A page on the internet can let its own name lead to 127.0.0.1 and
 * then read what it asks (DNS rebinding): the name in `Host` is still its own.
 */
export function isAllowedHost(host: string | undefined, allowed: readonly string[]): boolean {
  const name = nameIn(host);
  return OWN.test(name) || allowed.some((each) => each.toLowerCase() === name);
}

/** Whether a form was sent by a page of this server, or by a program: a browser says where a form comes from. */
export function isSameOrigin(headers: Readonly<Record<string, string>>): boolean {
  const { origin, host, 'sec-fetch-site': site } = headers;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
}

const nameIn = (host = ''): string => host.replace(/:\d+$/, '').toLowerCase();
