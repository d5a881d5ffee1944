import { BlockList, isIP } from 'node:net';
import { ConfigurationError } from '../errors/configuration-error.js';

/** A proxy for connections. */
export interface ProxyAddress {
  readonly protocol: 'http:' | 'https:';
  readonly host: string;
  readonly port: number;
  /** For `Proxy-Authorization`. */
  readonly authorization: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Returns the proxy for an `https` address from the environment: `HTTPS_PROXY`, except for hosts in `NO_PROXY`; lower-case names win.
 * Plain `http` is for this machine, and goes directly.
 *
 * @throws ConfigurationError for a proxy that is no `http` or `https` address
 */
export function proxyFor(address: string, env: Environment = process.env): ProxyAddress | undefined {
  const given = variable(env, 'HTTPS_PROXY');
  if (given === '' || !URL.canParse(address)) return undefined;
  const target = new URL(address);
  if (target.protocol !== 'https:' || isExempt(target, variable(env, 'NO_PROXY'))) return undefined;
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '')
    throw new ConfigurationError('HTTPS_PROXY must be an address such as http://proxy.example:3128 (http or https).');
  const { protocol, username, password } = url;
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    protocol,
    host: bare(url.hostname),
    port: Number(url.port || (protocol === 'https:' ? 443 : 80)),
    authorization: username === '' ? undefined : `Basic ${Buffer.from(user).toString('base64')}`,
  };
}

const variable = (env: Environment, name: string): string => (env[name.toLowerCase()] ?? env[name] ?? '').trim();

/** `[::1]` is an address in brackets only within a URL. */
const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

/** `NO_PROXY` lists hosts with their subdomains, addresses and networks (`10.0.0.0/8`), each with an optional port, or `*`. */
function isExempt(target: URL, list: string): boolean {
  const host = bare(target.hostname);
  const port = target.port || '443';
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      if (entry.includes('/')) return isWithin(host, entry);
      const [, name = '', only] = /^(\[[^\]]*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
      if (only !== undefined && only !== port) return false;
      const wanted = bare(name).replace(/^\*?\./, '');
      return host === wanted || (isIP(host) === 0 && host.endsWith(`.${wanted}`));
    });
}

function isWithin(host: string, network: string): boolean {
  const [address = '', prefix] = network.split('/');
  const family = isIP(address);
  if (family === 0 || isIP(host) !== family) return false;
  const type = family === 6 ? 'ipv6' : 'ipv4';
  try {
    const list = new BlockList();
    list.addSubnet(address, Number(prefix), type);
    return list.check(host, type);
  } catch {
    return false;
  }
}
