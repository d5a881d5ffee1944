import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { WebhookHandler } from 'bigrecord/webhooks';
import express5, { type Express, type RequestHandler } from 'express';
import fastify, { type FastifyInstance } from 'fastify';
import { Hono } from 'hono';

const express4 = createRequire(import.meta.url)('express4') as typeof express5;

export interface WebhookServer {
  readonly port: number;
  /** What became of the calls of the handler, in order: fulfilled or rejected. */
  readonly calls: Promise<unknown>[];
  close(): Promise<void>;
}

type Start = (handler: WebhookHandler) => Promise<WebhookServer>;

/** A server of node:http that does with each request what a spec says. */
export async function listen(listener: RequestListener, calls: Promise<unknown>[] = []): Promise<WebhookServer> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    calls,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const plain: Start = (handler) => {
  const calls: Promise<unknown>[] = [];
  return listen((request, response) => void calls.push(handler.node(request, response)), calls);
};

function express(create: typeof express5, ...parsers: RequestHandler[]): Start {
  return (handler) => {
    const calls: Promise<unknown>[] = [];
    const app: Express = create().set('env', 'test'); // prints no errors of its own
    app.post('/hooks', ...parsers, (request, response) => void calls.push(handler.node(request, response)));
    return listen(app as RequestListener, calls);
  };
}

function withFastify(route: (app: FastifyInstance, handler: WebhookHandler, calls: Promise<unknown>[]) => void): Start {
  return async (handler) => {
    const calls: Promise<unknown>[] = [];
    const app = fastify({ forceCloseConnections: true });
    route(app, handler, calls);
    await app.listen({ port: 0, host: '127.0.0.1' });
    return { port: (app.server.address() as AddressInfo).port, calls, close: async () => app.close() };
  };
}

const noted = <T>(calls: Promise<unknown>[], call: Promise<T>): Promise<T> => {
  calls.push(call);
  return call;
};

const hono: Start = (handler) => {
  const calls: Promise<unknown>[] = [];
  const app = new Hono();
  app.post('/hooks', (c) => noted(calls, handler(c.req.raw)));
  const answer = getRequestListener(app.fetch);
  return listen((request: IncomingMessage, response: ServerResponse) => void answer(request, response), calls);
};

/** Every way in which a framework hands a delivery over. */
export const FRAMEWORKS: Readonly<Record<string, Start>> = {
  'node:http': plain,
  ...Object.fromEntries(
    (
      [
        ['Express 4', express4],
        ['Express 5', express5],
      ] as const
    ).flatMap(([name, create]) => [
      [name, express(create)],
      [`${name} with json()`, express(create, create.json())],
      [`${name} with raw()`, express(create, create.raw({ type: '*/*' }))],
      [`${name} with text()`, express(create, create.text({ type: '*/*' }))],
      [`${name} with a parser of forms`, express(create, create.urlencoded({ extended: false }))],
      [`${name} that keeps rawBody`, express(create, create.json({ verify: keepRaw }))],
    ]),
  ),
  'Fastify with request and reply': withFastify((app, handler, calls) => {
    app.post('/hooks', (request, reply) => noted(calls, handler.node(request, reply)));
  }),
  'Fastify with request.raw and reply.raw': withFastify((app, handler, calls) => {
    app.post('/hooks', async (request, reply) => noted(calls, handler.node(request.raw, reply.raw)));
  }),
  'Fastify with reply.hijack()': withFastify((app, handler, calls) => {
    app.post('/hooks', (request, reply) => {
      reply.hijack();
      void noted(calls, handler.node(request.raw, reply.raw));
    });
  }),
  'Fastify that parses nothing': withFastify((app, handler, calls) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    app.post('/hooks', (request, reply) => noted(calls, handler.node(request, reply)));
  }),
  hono,
};

function keepRaw(request: IncomingMessage, _response: unknown, rawBody: Buffer): void {
  Object.assign(request, { rawBody });
}

/** Sends the start of a request over TCP, and gives what comes back until the connection ends, or `until` has come. */
export function sendBytes(port: number, text: string, until?: string): Promise<string> & { hangUp(): void } {
  const socket = connect(port, '127.0.0.1', () => socket.write(text));
  const answer = new Promise<string>((resolve) => {
    let got = '';
    socket.on('data', (chunk) => {
      got += chunk;
      if (until !== undefined && got.includes(until)) {
        socket.destroy();
        resolve(got);
      }
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(got));
  });
  return Object.assign(answer, { hangUp: () => void socket.destroy() });
}
