import { type NodeRequest, type NodeResponse, rawRequestOf } from './frameworks.js';

/** What a delivery is answered with. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** How long the rest of a refused body is read and dropped, so that the client reads its answer before the connection ends. */
const LINGER_MS = 1000;

const ignore = (): void => {};

/** Answers where somebody listens and nobody has answered yet. Never throws. */
export function respond(request: NodeRequest, response: NodeResponse, { status, text }: Answer): void {
  try {
    const raw = 'raw' in response ? response.raw : response;
    if (raw.headersSent || raw.writableEnded || raw.destroyed) return;
    if ('hijack' in response && typeof response.hijack === 'function') response.hijack(); // Fastify then leaves the answer to us
    raw.on('error', ignore);
    raw.writeHead(status, { 'content-type': 'text/plain' }).end(text);
    dropRest(request);
  } catch {
    // A response that takes no answer is the same as a client that has gone.
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
