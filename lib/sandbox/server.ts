import { ConfigurationError } from '../errors/configuration-error.js';
import { registeredStores } from '../transport/in-process.js';
import type { WireRequest, WireResponse } from './http.js';
import { loadPeer } from './peers.js';

/** Responds to a request; with `null` the connection is closed instead. */
export type Respond = (request: WireRequest) => Promise<WireResponse | null>;

/** A store that can be reached. */
export interface Listening {
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** Starts a server on the loopback interface. @throws ConfigurationError if @hono/node-server is not installed */
export async function listen(respond: Respond, port: number): Promise<Listening> {
  const { serve } = await loadPeer('@hono/node-server', () => import('@hono/node-server'));
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: async (request, env) => {
          const response = await respond(await received(request));
          if (response !== null) return new Response(response.text ?? null, response);
          if ('incoming' in env) env.incoming.socket.destroy();
          return new Response(null);
        },
        hostname: '127.0.0.1',
        port,
      },
      (info) => {
        const baseUrl = `http://127.0.0.1:${info.port}`;
        registeredStores().delete(baseUrl); // another store may have had the port
        resolve({
          baseUrl,
          close: () =>
            new Promise((done) => {
              noteStopped(baseUrl);
              server.close(() => done());
              if ('closeAllConnections' in server) server.closeAllConnections();
            }),
        });
      },
    );
    server.on('error', reject);
  });
}

/** Lets sessions that still use a store say that it was stopped. */
export const noteStopped = (baseUrl: string): unknown =>
  registeredStores().set(baseUrl, {
    stopped: () =>
      new ConfigurationError(`The sandbox at ${baseUrl} was stopped: start another one and use its credentials. Nothing was sent.`),
  });

async function received(request: Request): Promise<WireRequest> {
  const { method, url } = request;
  const isForm = request.headers.get('content-type')?.startsWith('multipart/form-data') === true;
  return { method, url, headers: Object.fromEntries(request.headers), body: isForm ? await request.formData() : await request.text() };
}
