import { Agent } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Management } from '@space48/bigcommerce-api';
import got, { type Got } from 'got';
import BigCommerce from 'node-bigcommerce';

const STORE = { storeHash: 'abc', accessToken: 'token' };

/**
 * Both npm clients connect only to https://api.bigcommerce.com. This agent redirects them to this machine, without TLS, which is to
 * their advantage.
 */
class Loopback extends Agent {
  readonly protocol = 'https:';
  readonly #port: number;

  constructor(port: number) {
    super({ keepAlive: true });
    this.#port = port;
  }

  override createConnection(): Socket {
    return connect(this.#port, '127.0.0.1');
  }
}

export const nodeBigCommerce = (port: number, apiVersion: string): BigCommerce =>
  new BigCommerce({ ...STORE, clientId: 'id', responseType: 'json', apiVersion, agent: new Loopback(port) });

export const space48 = (port: number): Management.Client => new Management.Client({ ...STORE, agent: new Loopback(port) as never });

/** got, configured for a store as an experienced user would. */
export const bareGot = (port: number, concurrency: number): Got =>
  got.extend({
    prefixUrl: `http://127.0.0.1:${port}/stores/abc`,
    headers: { 'x-auth-token': 'token' },
    agent: { http: new Agent({ keepAlive: true, maxSockets: concurrency }) },
  });

/** Runs a function many times, with limited concurrency. */
export async function atOnce(count: number, concurrency: number, work: (at: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (next < count) await work(next++);
    }),
  );
}
