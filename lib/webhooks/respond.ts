import { type NodeRequest, type NodeResponse, rawRequestOf } from './frameworks.js';

/** The response to a delivery. */
export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** How long the rest of a refused body is read and dropped, so that the client gets its response before the connection ends. */
const LINGER_MS = 1000;

const ignore = (): void => {};

/** Sends the response, unless the client has gone or a response was sent already. Never throws. */
export function respond(request: NodeRequest, response: NodeResponse, { status, text }: Reply): void {
  try {
    const raw = 'raw' in response ? response.raw : response;
    if (raw.headersSent || raw.writableEnded || raw.destroyed) return;
    if ('hijack' in response && typeof response.hijack === 'function') response.hijack(); // Fastify then leaves the response to us
    raw.on('error', ignore);
    raw.writeHead(status, { 'content-type': 'text/plain' }).end(text);
    dropRest(request);
  } catch {
    // A response that cannot be written is the same as a client that has gone.
  }
}

function dropRest(request: NodeRequest): void {
  const raw = rawRequestOf(request);
  if (raw.complete || raw.destroyed) return;
  raw.on('error', ignore);
  const timer = setTimeout(() => raw.destroy(), LINGER_MS).unref();
  for (const end of ['end', 'close']) raw.once(end, () => clearTimeout(timer));
  raw.resume();
}
