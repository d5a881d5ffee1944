import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { type AgentOptions, Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { type ConnectionOptions, connect } from 'node:tls';
import type { ProxyAddress } from './proxy.js';

type Done = (error: Error | null, socket: Duplex) => void;

/** Prefix of the error codes of a connection that the proxy did not make; its status or the code of its own failure follows. */
export const PROXY_FAILED = 'ERR_PROXY_';

/**
 * Makes `https` connections, through a proxy where there is one (RFC 9110, 9.3.6, CONNECT). A connection is handed over once its
 * TLS handshake is complete: until then nothing of a request was sent.
 */
export class TunnelAgent extends HttpsAgent {
  readonly #proxy: ProxyAddress | undefined;
  readonly #limitMs: number;

  constructor(options: AgentOptions, proxy: ProxyAddress | undefined, limitMs: number) {
    super(options);
    this.#proxy = proxy;
    this.#limitMs = limitMs;
  }

  override createConnection(options: ConnectionOptions, done?: Done): Duplex | null | undefined {
    if (this.#proxy === undefined) return super.createConnection(options, done);
    openTunnel(this.#proxy, options, this.#limitMs, once(done));
    return undefined;
  }
}

function openTunnel(
  proxy: ProxyAddress,
  options: ConnectionOptions,
  limitMs: number,
  done: (error: Error | null, socket?: Duplex) => void,
): void {
  const { host = '', port = 443, path: _, ...tls } = options;
  const target = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const opening = open(proxy, options, target);
  const timer = setTimeout(() => opening.destroy(failed('ETIMEDOUT')), limitMs);
  opening.once('error', (error: NodeJS.ErrnoException) => {
    clearTimeout(timer);
    done(isFailed(error) ? error : failed(error.code ?? 'FAILED'));
  });
  opening.once('connect', ({ statusCode }: IncomingMessage, socket: Socket) => {
    if (statusCode !== 200) {
      clearTimeout(timer);
      socket.destroy();
      done(failed(String(statusCode)));
      return;
    }
    const secured = connect({ ...tls, host, socket, ALPNProtocols: ['http/1.1'] });
    const fail = (error: Error): void => {
      clearTimeout(timer);
      done(error);
    };
    secured.once('error', fail);
    secured.once('close', () => fail(failed('ECONNRESET')));
    secured.once('secureConnect', () => {
      clearTimeout(timer);
      secured.off('error', fail);
      done(null, secured);
    });
  });
  opening.end();
}

function open({ protocol, host, port, authorization }: ProxyAddress, { secureContext }: ConnectionOptions, target: string): ClientRequest {
  const headers = { host: target, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) };
  const options = { host, port, method: 'CONNECT', path: target, headers, agent: false } as const;
  return protocol === 'http:'
    ? httpRequest(options)
    : httpsRequest({ ...options, ...(secureContext === undefined ? {} : { secureContext }) });
}

const failed = (why: string): Error => Object.assign(new Error('The proxy made no connection.'), { code: `${PROXY_FAILED}${why}` });

const isFailed = ({ code }: NodeJS.ErrnoException): boolean => code?.startsWith(PROXY_FAILED) === true;

/** Passes on the first outcome, and no other. */
function once(done: Done | undefined): (error: Error | null, socket?: Duplex) => void {
  let isDone = false;
  // Nobody looks at the socket that comes with an error.
  return (error, socket = new Duplex()) => {
    if (isDone) return;
    isDone = true;
    done?.(error, socket);
  };
}
