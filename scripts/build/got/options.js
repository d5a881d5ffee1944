import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { checkServerIdentity } from 'node:tls';

/**
 * Replaces the options of got in the package: those that lib/transport sets, without the checks and the copies of sixty others. What got
 * would do with the others is decided in constants.js.
 */
export default class Options {
  constructor(url, options = {}, defaults = {}) {
    for (const name in options) if (!KNOWN.has(name)) throw new TypeError(`The option ${name} of got is left out of the package.`);
    this.method = options.method ?? 'GET';
    this.headers = { ...defaults.headers };
    for (const name in options.headers) this.headers[name.toLowerCase()] = options.headers[name];
    this.timeout = { ...defaults.timeout, ...options.timeout };
    this.agent = { ...defaults.agent, ...options.agent };
    this.body = options.body;
    this.url = url && new URL(url);
  }

  getRequestFunction() {
    return this.url.protocol === 'https:' ? httpsRequest : httpRequest;
  }

  /** Names the same options as got, most of them undefined: that keeps an agent's or a global default from taking effect. */
  createNativeRequestOptions() {
    const { agent, url, method, headers } = this;
    return { ...UNSET, checkServerIdentity, agent: url.protocol === 'https:' ? agent.https : agent.http, setHost: true, method, headers };
  }
}

/** The last four are fixed: see constants.js. */
const KNOWN = new Set('method headers timeout agent body followRedirect throwHttpErrors retry mutableDefaults'.split(' '));

const UNSET = Object.fromEntries(
  (
    'ALPNProtocols ca cert key passphrase pfx rejectUnauthorized servername ciphers honorCipherOrder minVersion maxVersion sigalgs ' +
    'sessionTimeout dhparam ecdhCurve crl secureOptions lookup family maxHeaderSize localAddress createConnection timeout h2session'
  )
    .split(' ')
    .map((name) => [name, undefined]),
);
