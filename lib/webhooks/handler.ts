import { assertAnnouncedLength, ClientGone, readWebStream } from './body.js';
import { eventFrom } from './delivery.js';
import { MemoryDuplicates } from './duplicates.js';
import type { WebhookEvent } from './event.js';
import { bodyOf, type NodeRequest, type NodeResponse, rawRequestOf, watchFastify } from './frameworks.js';
import { checkOptions, type HandlerOptions } from './handler-options.js';
import { reasonOf } from './queue.js';
import { type Answer, respond } from './respond.js';
import { type HeaderSource, verifySecretHeaders } from './secret-headers.js';
import { WebhookError } from './webhook-error.js';
import { type EventFailure, EventWorker } from './worker.js';

/** Accepts deliveries, answers fast, processes their events in the background. */
export interface WebhookHandler {
  /** For Hono (`handler(c.req.raw)`), and whatever else has a `Request`. Never rejects. */
  (request: Request): Promise<Response>;
  /**
   * For node:http, Express and Fastify: pass the request and the response of the framework. The body is taken from where the
   * framework left it (parsed, raw, or still in the stream). Never rejects, whatever the client does.
   *
   * @example app.post('/hooks', (request, response) => handler.node(request, response));
   */
  node(request: NodeRequest, response: NodeResponse): Promise<void>;
  /**
   * Takes up what was accepted and is not done, and belongs to no living process; then looks again every `takeoverMs`. Call it once
   * at the start of a process; calling it again does no harm.
   *
   * @returns how many events it has taken up
   */
  resume(): Promise<number>;
  /** Waits until nothing is under way, nor waits to be tried again. */
  idle(): Promise<void>;
  /** For the end of a process: accepts no more (503), finishes what is under way, and gives back what waits, for `resume()`. */
  close(): Promise<void>;
}

/**
 * Makes a handler `(Request) => Response`. An event counts as accepted, and is answered with 200, once the queue has it; it is
 * then processed until that succeeds, or has failed `maxAttempts` times. A delivery that came before is answered with 200 and not
 * processed again.
 *
 * @throws ConfigurationError for an unknown or unusable option
 * @example
 * const handler = webhookHandler({ secretHeaders: { 'x-webhook-secret': secret }, onEvent: (event) => console.log(event.scope) });
 */
export function webhookHandler(options: HandlerOptions): WebhookHandler {
  const checked = checkOptions(options);
  const { queue, duplicates, secretHeaders, onError } = checked;
  /** Hashes of what this handler has accepted: a second file of the same event is found by it. */
  const accepted = new MemoryDuplicates();
  const worker = new EventWorker({ ...checked, report }, ({ hash }) => accepted.delete(hash));
  const accepting = new Set<Promise<void>>();
  let resuming: Promise<number> | undefined;
  let takeover: NodeJS.Timeout | undefined;
  let isClosed = false;
  watchFastify();

  function report(error: unknown, event: WebhookEvent, failure: EventFailure): void {
    if (onError === undefined) {
      if (!failure.willRetry) warn(`an event (${event.scope}) could not be processed: ${reasonOf(error)}`);
      return;
    }
    const failed = (own: unknown): void => warn(`onError failed: ${reasonOf(own)}; it was told of: ${reasonOf(error)}`);
    try {
      Promise.resolve(onError(error, event, failure)).catch(failed);
    } catch (own) {
      failed(own);
    }
  }

  /** Never rejects; `undefined` where there is nobody to answer. */
  async function accept(
    method: () => string | undefined,
    headers: () => HeaderSource,
    body: () => Promise<unknown>,
  ): Promise<Answer | undefined> {
    try {
      if (method() !== 'POST') return { status: 405, text: 'Deliveries come by POST.' };
      if (isClosed) return { status: 503, text: 'Closing; send it again.' };
      verifySecretHeaders(headers(), secretHeaders);
      const event = eventFrom(await body(), headers(), checked);
      const kept = keep(event);
      accepting.add(kept);
      await kept.finally(() => accepting.delete(kept));
      return { status: 200, text: 'ok' };
    } catch (error) {
      if (error instanceof ClientGone) return undefined;
      if (error instanceof WebhookError) return { status: error.status, text: error.message };
      warn(`a delivery could not be read: ${reasonOf(error)}`);
      return { status: 500, text: 'The delivery could not be read.' };
    }
  }

  /** An event that cannot be stored is not accepted: the platform is told so, and sends it again. */
  async function keep(event: WebhookEvent): Promise<void> {
    try {
      if (isClosed) throw new WebhookError('Closing; send it again.', 503);
      // Queued first: what the queue could not take is no duplicate when it comes again.
      const queued = await queue.push(event);
      let isNew = false;
      try {
        isNew = await duplicates.add(event.hash);
      } finally {
        // What could not be compared is not accepted, and must not be found later either.
        worker.add(queued, isNew ? 'process' : 'remove');
      }
      if (isNew) accepted.add(event.hash);
    } catch (error) {
      report(error, event, { attempts: 0, willRetry: false });
      if (error instanceof WebhookError) throw error;
      throw new WebhookError('The delivery could not be stored; send it again.', 503, { cause: error });
    }
  }

  async function takeUp(): Promise<number> {
    const pending = await queue.pending();
    await Promise.allSettled(accepting); // by then the worker knows what was pushed while the list was made
    let taken = 0;
    for (const queued of pending) {
      if (isClosed) break;
      try {
        if (worker.has(queued.id) || (await queue.claim?.(queued.id)) === false) continue;
      } catch (error) {
        report(error, queued.event, { attempts: queued.attempts ?? 0, willRetry: true });
        continue;
      }
      const isNew = accepted.add(queued.event.hash);
      worker.add(queued, isNew ? 'process' : 'remove');
      if (isNew) taken++;
      remember(queued.event);
    }
    return taken;
  }

  /** For the platform's repetitions; that they are not told apart is no reason not to process what was accepted. */
  function remember(event: WebhookEvent): void {
    const failed = (error: unknown): void => report(error, event, { attempts: 0, willRetry: true });
    try {
      Promise.resolve(duplicates.add(event.hash)).catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  /** One at a time; a call that comes meanwhile gets the same result. */
  function resume(): Promise<number> {
    resuming ??= takeUp().finally(() => {
      resuming = undefined;
    });
    return resuming;
  }

  const handler = async (request: Request): Promise<Response> => {
    const answer = await accept(
      () => request.method,
      () => request.headers,
      async () => {
        if (request.bodyUsed) {
          warn('something read the body of a webhook delivery before the handler: pass it a Request that nobody has read.');
          throw new WebhookError('The server has no body of this delivery: see its log.', 500);
        }
        assertAnnouncedLength(request.headers.get('content-length'), checked);
        return request.body === null ? '' : readWebStream(request.body, checked);
      },
    );
    return new Response(answer?.text ?? '', { status: answer?.status ?? 400 });
  };
  return Object.assign(handler, {
    async node(request: NodeRequest, response: NodeResponse): Promise<void> {
      const answer = await accept(
        () => rawRequestOf(request).method,
        () => rawRequestOf(request).headers,
        () => bodyOf(request, checked),
      );
      if (answer !== undefined) respond(request, response, answer);
    },
    async resume(): Promise<number> {
      if (isClosed) return 0;
      const taken = await resume();
      if (queue.claim !== undefined && !isClosed)
        takeover ??= setInterval(() => void resume().catch((error) => warn(reasonOf(error))), checked.takeoverMs).unref();
      return taken;
    },
    idle: () => worker.idle(),
    async close(): Promise<void> {
      isClosed = true;
      clearInterval(takeover);
      await Promise.allSettled([...accepting, resuming]);
      await worker.close();
    },
  });
}

const warn = (message: string): void => process.emitWarning(`bigrecord: ${message}`);
