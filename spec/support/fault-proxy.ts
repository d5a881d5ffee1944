import { Agent, createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What may happen to a request, and whether the store carries it out all the same. */
export const FAULTS = {
  'refused with 503 and Retry-After': { acts: false, per1000: 4 },
  'refused with 429 and a time': { acts: false, per1000: 25 },
  'refused with 429 without headers': { acts: false, per1000: 0.3 },
  '503 before it acted': { acts: false, per1000: 8 },
  '502 as HTML after it acted': { acts: true, per1000: 8 },
  '500 after it acted': { acts: true, per1000: 8 },
  'reset before it acted': { acts: false, per1000: 15 },
  'reset after it acted': { acts: true, per1000: 15 },
  'reset in the middle of the answer': { acts: true, per1000: 15 },
  'slow answer': { acts: true, per1000: 20 },
} as const;

type FaultName = keyof typeof FAULTS;

export interface FaultProxy {
  readonly port: number;
  readonly happened: Map<FaultName, number>;
  close(): Promise<void>;
}

/** Random numbers of [0, 1) that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A line to a store on which requests get lost, before or after they arrive. */
export async function faultProxy(target: string, random: () => number): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true });
  const happened = new Map<FaultName, number>();
  const { hostname, port: targetPort } = new URL(target);

  function draw(): FaultName | undefined {
    let at = random() * 1000;
    for (const [name, { per1000 }] of Object.entries(FAULTS)) {
      at -= per1000;
      if (at < 0) return name as FaultName;
    }
    return undefined;
  }

  async function pass(incoming: IncomingMessage): Promise<{ answer: IncomingMessage; body: Buffer }> {
    const body = await read(incoming);
    const { method, url: path, headers } = incoming;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      send({ hostname, port: targetPort, method, path, headers, agent }, resolve).on('error', reject).end(body);
    });
    return { answer, body: await read(answer) };
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = draw();
    if (fault !== undefined) happened.set(fault, (happened.get(fault) ?? 0) + 1);
    if (fault === undefined || FAULTS[fault].acts) {
      const { answer, body } = await pass(incoming);
      const status = answer.statusCode ?? 0;
      if (fault === 'reset after it acted') return void incoming.socket.destroy();
      if (fault === '502 as HTML after it acted')
        return void response.writeHead(502, { 'content-type': 'text/html' }).end('<title>Bad gateway</title>');
      if (fault === '500 after it acted') return void response.writeHead(500).end('{"title":"boom"}');
      if (fault === 'slow answer') await sleep(30);
      if (fault !== 'reset in the middle of the answer') return void response.writeHead(status, answer.headers).end(body);
      response.writeHead(status, { ...answer.headers, 'content-length': body.length + 10 });
      response.write(body.subarray(0, Math.floor(body.length / 2)), () => incoming.socket.destroy());
      return;
    }
    await read(incoming);
    if (fault === 'reset before it acted') return void incoming.socket.destroy();
    if (fault === '503 before it acted') return void response.writeHead(503).end();
    if (fault === 'refused with 503 and Retry-After') return void response.writeHead(503, { 'retry-after': '0' }).end();
    const headers = { 'x-rate-limit-time-reset-ms': '20' };
    response.writeHead(429, fault === 'refused with 429 without headers' ? {} : headers).end('{}');
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    happened,
    close: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function read(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
