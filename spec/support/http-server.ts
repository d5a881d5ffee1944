import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { Session, type SessionOptions } from 'bigrecord';
import { CANARY } from './secrets.js';

export interface Listening {
  readonly port: number;
  readonly requests: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];
  /** A session that speaks to it. */
  session(options?: SessionOptions): Session;
  close(): Promise<void>;
}

/** A real HTTP server that answers as a spec tells it. */
export async function serve(
  answer: (request: IncomingMessage & { body: string }, response: ServerResponse, number: number) => void,
): Promise<Listening> {
  const requests: Listening['requests'] = [];
  const sessions: Session[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      answer(Object.assign(request, { body }), response, requests.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    requests,
    session: (options) => track(sessions, sessionAt(port, options)),
    close: async () => {
      for (const session of sessions) session.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A TCP server for answers that no HTTP server gives. */
export async function serveRaw(onRequest: (socket: Socket, text: string, number: number) => void): Promise<Listening> {
  const requests: Listening['requests'] = [];
  const sessions: Session[] = [];
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (text.length < end + 4 + length) return;
      const [method = '', url = ''] = text.split(' ');
      requests.push({ method, url, headers: {}, body: text.slice(end + 4) });
      const whole = text;
      text = '';
      onRequest(socket, whole, requests.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    requests,
    session: (options) => track(sessions, sessionAt(port, options)),
    close: async () => {
      for (const session of sessions) session.close();
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A session for a server on this machine, with short waits. */
export function sessionAt(port: number, options: SessionOptions = {}): Session {
  return new Session({
    storeHash: 'abc123',
    accessToken: CANARY,
    baseUrl: `http://127.0.0.1:${port}`,
    retry: { baseMs: 5 },
    ...options,
  });
}

export function json(response: ServerResponse, body: unknown, status = 200, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function track(sessions: Session[], session: Session): Session {
  sessions.push(session);
  return session;
}
