import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskQueue, type HandlerOptions, MemoryQueue, type WebhookHandler, webhookHandler } from 'bigrecord/webhooks';
import { expect } from 'chai';
import { delivery, HEADERS, SECRETS } from '../../support/deliveries.js';
import { listen, sendBytes } from '../../support/webhook-servers.js';
import { type Case, type Fault, on } from './fault.js';

const row = (id: string, name: string, by: Fault['by'], expected: string, ...cases: Case[]): Fault => ({
  row: id,
  name,
  by,
  expected,
  cases,
});

const post = (hash: string): Request => new Request('http://x/hook', { method: 'POST', headers: HEADERS, body: delivery({ hash }) });

const head = (headers: Readonly<Record<string, string>>): string =>
  ['POST /hooks HTTP/1.1', 'Host: x', ...Object.entries(headers).map((entry) => entry.join(': ')), '', ''].join('\r\n');

/** Lets bytes come to `handler.node`; no call of it may reject. */
async function withServer(
  options: Partial<HandlerOptions>,
  work: (port: number, calls: Promise<unknown>[]) => Promise<unknown>,
): Promise<void> {
  const handler = webhookHandler({ secretHeaders: SECRETS, onEvent: () => {}, ...options });
  const calls: Promise<unknown>[] = [];
  const server = await listen((request, response) => void calls.push(handler.node(request, response)), calls);
  try {
    await work(server.port, calls);
    await Promise.all(calls);
  } finally {
    await server.close();
    await handler.close();
  }
}

/** Lets work run with a handler and what it has processed. */
async function withHandler(
  options: Partial<HandlerOptions>,
  work: (handler: WebhookHandler, seen: string[]) => Promise<unknown>,
): Promise<void> {
  const seen: string[] = [];
  const handler = webhookHandler({ secretHeaders: SECRETS, onEvent: ({ hash }) => seen.push(hash), retryMs: 1, ...options });
  try {
    await work(handler, seen);
  } finally {
    await handler.close();
  }
}

async function inFolder(work: (folder: string) => Promise<unknown>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bigrecord-queue-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a client sends, and the answer that it must get. */
const answered = (id: string, name: string, status: number, bytes: string, options: Partial<HandlerOptions> = {}): Fault =>
  row(
    id,
    name,
    'TCP',
    `answered with ${status}; the handler does not reject`,
    on('handler.node', () =>
      withServer({ maxBytes: 1000, bodyTimeoutMs: 50, ...options }, async (port) => {
        expect(await sendBytes(port, bytes, '\r\n\r\n')).to.contain(`HTTP/1.1 ${status}`);
      }),
    ),
  );

export const webhooks: readonly Fault[] = [
  answered(
    'T10',
    'a delivery with a wrong secret whose body does not come',
    401,
    head({ 'Content-Length': '400', 'x-hook-secret': 'no' }),
    {
      bodyTimeoutMs: 60_000,
    },
  ),
  answered('T11', 'a delivery whose body stops half-way', 408, `${head({ ...HEADERS, 'Content-Length': '400' })}{"scope`),
  answered('T11', 'a delivery that announces too large a body', 413, head({ ...HEADERS, 'Content-Length': '1001' })),
  answered(
    'T11',
    'a delivery that grows too large in chunks',
    413,
    `${head({ ...HEADERS, 'Transfer-Encoding': 'chunked' })}7d0\r\n${' '.repeat(2000)}\r\n`,
  ),
  row(
    'T11',
    'the client of a delivery disconnects half-way',
    'TCP',
    'nothing is processed; the handler does not reject, and takes the next delivery',
    on('handler.node', () =>
      withServer({ onEvent: () => expect.fail('There is no event.') }, async (port, calls) => {
        const client = sendBytes(port, `${head({ ...HEADERS, 'Content-Length': '400' })}{"scope`);
        while (calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
        client.hangUp();
        await Promise.all(calls);
        expect((await fetch(`http://127.0.0.1:${port}/hooks`, { method: 'POST', headers: HEADERS, body: 'x' })).status).to.equal(400);
      }),
    ),
  ),
  row(
    'T12',
    'the queue cannot store an event',
    'caller',
    'the response is 503; the retry is not a duplicate',
    on('a folder that is a file', () =>
      inFolder(async (folder) => {
        await writeFile(join(folder, 'file'), '');
        await withHandler({ queue: new DiskQueue(join(folder, 'file')), onError: () => {} }, async (handler, seen) => {
          expect((await handler(post('a'))).status).to.equal(503);
          await rm(join(folder, 'file'));
          expect((await handler(post('a'))).status).to.equal(200);
          await handler.idle();
          expect(seen).to.deep.equal(['a']);
        });
      }),
    ),
  ),
  row(
    'T12',
    'the queue cannot remove an event that was processed',
    'caller',
    'it is not processed again',
    on('done', async () => {
      const queue = new MemoryQueue();
      queue.done = () => Promise.reject(new Error('out of order'));
      await withHandler({ queue, maxAttempts: 2, onError: () => {} }, async (handler, seen) => {
        await handler(post('a'));
        await handler.idle();
        await handler.resume();
        await handler.idle();
        expect(seen).to.deep.equal(['a']);
      });
    }),
  ),
  row(
    'T12',
    'deliveries cannot be compared with earlier ones',
    'caller',
    'the response is 503, and not stored',
    on('duplicates.add', async () => {
      const queue = new MemoryQueue();
      const duplicates = { add: () => Promise.reject(new Error('out of order')) };
      await withHandler({ queue, duplicates, onError: () => {} }, async (handler, seen) => {
        expect((await handler(post('a'))).status).to.equal(503);
        await handler.idle();
        expect([seen, await queue.pending()]).to.deep.equal([[], []]);
      });
    }),
  ),
  row(
    'T12',
    'an event that always fails',
    'caller',
    'it goes to the dead letters after so many attempts; the others are processed',
    ...Object.entries({ MemoryQueue: () => new MemoryQueue(), DiskQueue: (folder: string) => new DiskQueue(folder) }).map(
      ([name, create]) =>
        on(name, () =>
          inFolder(async (folder) => {
            const queue = create(folder);
            const onEvent = ({ hash }: { hash: string }): void => {
              if (hash === 'bad') throw new Error('never');
            };
            await withHandler({ queue, maxAttempts: 2, onEvent, onError: () => {} }, async (handler) => {
              for (const hash of ['bad', 'good']) await handler(post(hash));
              await handler.idle();
              expect((await queue.deadLetters()).map(({ event, attempts }) => [event.hash, attempts])).to.deep.equal([['bad', 2]]);
              expect(await queue.pending()).to.deep.equal([]);
            });
          }),
        ),
    ),
  ),
  row(
    'T12',
    'a damaged file among the stored events',
    'caller',
    'it costs itself alone: it is moved aside, and the others are processed',
    on('resume', () =>
      inFolder(async (folder) => {
        const first = new DiskQueue(folder);
        await withHandler(
          { queue: first, onEvent: () => expect.fail('not today'), retryMs: 60_000, onError: () => {} },
          async (handler) => {
            for (const hash of ['a', 'b']) await handler(post(hash));
          },
        );
        const [damaged] = (await readdir(folder)) as [string];
        await writeFile(join(folder, damaged), '');
        await withHandler({ queue: new DiskQueue(folder) }, async (handler) => {
          expect(await handler.resume()).to.equal(1);
          await handler.idle();
          expect(await readdir(folder)).to.deep.equal(['bad']);
        });
      }),
    ),
  ),
];
