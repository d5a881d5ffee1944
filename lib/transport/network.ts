import type { Agent } from 'node:http';
import { createSecureContext, type SecureContext } from 'node:tls';
import { ConfigurationError } from '../errors/configuration-error.js';
import { nodeAuthorities } from './authorities.js';
import { type ProxyAddress, proxyFor } from './proxy.js';

/** How connections are made. */
export interface NetworkOptions {
  /**
   * Makes the connections in place of the session's own agents. Its limits, proxy and certificates are its own affair, and
   * closing the session does not close it.
   */
  agent?: Agent | undefined;
  /** Certificates (PEM) of authorities to trust besides those of Node, such as that of a company's proxy. */
  ca?: string | Buffer | readonly (string | Buffer)[] | undefined;
  /** The `User-Agent` header. Default `bigrecord`. */
  userAgent?: string | undefined;
}

/** Network options after the checks. */
export interface Network {
  readonly agent: Agent | undefined;
  readonly secureContext: SecureContext | undefined;
  /** The certificates of {@link NetworkOptions.ca}. */
  readonly trusted: string;
  readonly proxy: ProxyAddress | undefined;
  readonly userAgent: string;
}

/**
 * Checks the options. Requests to `https` addresses go through the proxy of `HTTPS_PROXY`, save those that `NO_PROXY` names.
 *
 * @throws ConfigurationError; the message names the option or variable, never its value
 */
export function networkOf({ agent, ca, userAgent = 'bigrecord' }: NetworkOptions, root: string): Network {
  if (agent !== undefined && (typeof agent !== 'object' || agent === null || typeof Reflect.get(agent, 'addRequest') !== 'function'))
    throw new ConfigurationError('agent must be an Agent of node:https (or one that extends it).');
  if (agent !== undefined && ca !== undefined)
    throw new ConfigurationError('Give either agent or ca: an agent has certificates of its own.');
  if (typeof userAgent !== 'string' || !/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(userAgent))
    throw new ConfigurationError('userAgent must be a string of visible ASCII characters, such as my-app/1.0.');
  return {
    agent,
    secureContext: ca === undefined ? undefined : trusting(ca),
    trusted: String(ca),
    proxy: agent === undefined ? proxyFor(root) : undefined,
    userAgent,
  };
}

function trusting(ca: NonNullable<NetworkOptions['ca']>): SecureContext {
  const given = typeof ca === 'string' || Buffer.isBuffer(ca) ? [ca] : Array.isArray(ca) ? ca : [];
  if (given.length === 0 || given.some((each) => !/-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----/.test(String(each))))
    throw new ConfigurationError(
      'ca must be a certificate in PEM, as a string or Buffer, or an array of them: the content of a file, not its name.',
    );
  try {
    return createSecureContext({ ca: [...nodeAuthorities(), ...given] });
  } catch (cause) {
    throw new ConfigurationError('ca contains a certificate that cannot be read.', { cause });
  }
}
