import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { duration } from '../session/policy.js';
import { DEFAULT_MAX_BYTES, DELIVERY_OPTIONS, type DeliveryOptions, eventFrom, type HeaderSource, tooLarge } from './delivery.js';
import { type DuplicateStore, MemoryDuplicates } from './duplicates.js';
import type { WebhookEvent } from './event.js';
import { type EventQueue, MemoryQueue, type QueuedEvent } from './queue.js';
import { WebhookError } from './webhook-error.js';

/** Options of {@link webhookHandler}. */
export interface HandlerOptions extends DeliveryOptions {
  /** What is done with an event, after the platform has its answer. Throwing: it is tried again, later each time. */
  onEvent(event: WebhookEvent): unknown;
  /** Where accepted events wait. Default: in memory; `new DiskQueue(folder)` survives a crash. */
  queue?: EventQueue | undefined;
  /** Which deliveries have come already. Default: 100,000 of them, in memory. */
  duplicates?: DuplicateStore | undefined;
  /** Events worked on at once. Default 4. */
  concurrency?: number | undefined;
  /** First wait, in milliseconds, before an event is tried again; it doubles each time, up to a minute. Default 1,000. */
  retryMs?: number | undefined;
  /** Told of an event that could not be kept, or not be worked on, each time. */
  onError?: ((error: unknown, event: WebhookEvent) => void) | undefined;
}

/** Takes deliveries, answers fast, works on them in the background. */
export interface WebhookHandler {
  (request: Request): Promise<Response>;
  /** For node:http, Express and Fastify (`request.raw`, `reply.raw`); a body that a framework has parsed is taken as it is. */
  node(request: IncomingMessage & { body?: unknown }, response: ServerResponse): Promise<void>;
  /** Takes up what the last process has accepted and not done. */
  resume(): Promise<number>;
  /** Waits until nothing is under way, nor waits to be tried again. */
  idle(): Promise<void>;
  /** For the end of a process: takes no more (503), finishes what is under way; what waits stays in the queue for `resume()`. */
  close(): Promise<void>;
}

const HANDLER_OPTIONS = {
  ...DELIVERY_OPTIONS,
  onEvent: 1,
  queue: 1,
  duplicates: 1,
  concurrency: 1,
  retryMs: 1,
  onError: 1,
} as const satisfies Record<keyof HandlerOptions, 1>;

const LONGEST_RETRY_MS = 60_000;

/**
 * Makes a handler `(Request) => Response`. An event counts as accepted, and is answered with 200, once the queue has it; it
 * is then worked on until that succeeds. A delivery that came before is answered with 200 and not worked on again.
 */
export function webhookHandler(options: HandlerOptions): WebhookHandler {
  assertKnownOptions(options, HANDLER_OPTIONS, 'webhookHandler()', ConfigurationError);
  if (options.retryMs !== undefined && options.retryMs !== 0) duration('retryMs', options.retryMs);
  const { queue = new MemoryQueue(), duplicates = new MemoryDuplicates(), concurrency = 4, retryMs = 1000 } = options;
  const { maxBytes = DEFAULT_MAX_BYTES } = options;
  const waiting: { queued: QueuedEvent; attempt: number }[] = [];
  const running = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  let isClosed = false;

  function pump(): void {
    while (!isClosed && running.size < concurrency && waiting.length > 0) {
      const { queued, attempt } = waiting.shift() as { queued: QueuedEvent; attempt: number };
      const run: Promise<void> = work(queued, attempt).finally(() => {
        running.delete(run);
        pump();
      });
      running.add(run);
    }
  }

  async function work(queued: QueuedEvent, attempt: number): Promise<void> {
    try {
      await options.onEvent(queued.event);
      await queue.done(queued.id);
    } catch (error) {
      options.onError?.(error, queued.event);
      if (isClosed) return;
      const timer = setTimeout(
        () => {
          timers.delete(timer);
          waiting.push({ queued, attempt: attempt + 1 });
          pump();
        },
        Math.min(LONGEST_RETRY_MS, retryMs * 2 ** attempt),
      );
      timers.add(timer);
    }
  }

  async function accept(read: () => Promise<unknown>, headers: HeaderSource): Promise<{ status: number; text: string }> {
    if (isClosed) return { status: 503, text: 'Closing; send it again.' };
    try {
      await keep(eventFrom(await read(), headers, options));
      return { status: 200, text: 'ok' };
    } catch (error) {
      if (error instanceof WebhookError) return { status: error.status, text: error.message };
      throw error;
    }
  }

  /** An event that cannot be kept is not accepted: the platform is told so, and sends it again. */
  async function keep(event: WebhookEvent): Promise<void> {
    try {
      // Queued first: what the queue could not take is no duplicate when it comes again.
      const queued = await queue.push(event);
      if (await duplicates.add(event.hash)) {
        waiting.push({ queued, attempt: 0 });
        setImmediate(pump);
      } else await queue.done(queued.id);
    } catch (error) {
      options.onError?.(error, event);
      throw new WebhookError('The delivery could not be kept; send it again.', 503, { cause: error });
    }
  }

  const handler = async (request: Request): Promise<Response> => {
    if (request.method !== 'POST') return new Response('Deliveries come by POST.', { status: 405 });
    const { status, text } = await accept(() => bodyOf(request.body ?? [], maxBytes), request.headers);
    return new Response(text, { status });
  };
  return Object.assign(handler, {
    async node(request: IncomingMessage & { body?: unknown }, response: ServerResponse): Promise<void> {
      const { status, text } = await accept(async () => request.body ?? bodyOf(request, maxBytes), request.headers);
      response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
    },
    async resume(): Promise<number> {
      const pending = await queue.pending();
      for (const queued of pending) {
        await duplicates.add(queued.event.hash);
        waiting.push({ queued, attempt: 0 });
      }
      pump();
      return pending.length;
    },
    async idle(): Promise<void> {
      while (!isClosed && (waiting.length > 0 || running.size > 0 || timers.size > 0))
        await new Promise((resolve) => setTimeout(resolve, 5));
    },
    async close(): Promise<void> {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  });
}

async function bodyOf(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
