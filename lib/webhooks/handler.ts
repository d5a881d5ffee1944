import { assertAnnouncedLength, readWebStream } from './body.js';
import { FastifyRequests } from './fastify.js';
import { bodyOf, type NodeRequest, type NodeResponse, rawRequestOf } from './frameworks.js';
import { type CheckedOptions, checkOptions, type HandlerOptions } from './handler-options.js';
import { Intake } from './intake.js';
import { type ReconcileOptions, type Reconciliation, reconcile } from './reconcile.js';
import { reporterTo, warn } from './report.js';
import { respond } from './respond.js';
import { Takeover } from './takeover.js';
import { WebhookError } from './webhook-error.js';

/** Accepts deliveries, responds at once, and processes their events in the background. */
export interface WebhookHandler {
  /** For Hono (`handler(c.req.raw)`), and whatever else has a `Request`. Never rejects. */
  (request: Request): Promise<Response>;
  /**
   * For node:http, Express and Fastify: pass the request and the response of the framework. The body is taken from wherever the
   * framework left it (parsed, raw, or still in the stream). Never rejects, whatever the client does.
   *
   * @example app.post('/hooks', (request, response) => handler.node(request, response));
   */
  node(request: NodeRequest, response: NodeResponse): Promise<void>;
  /**
   * Takes up accepted events that are not done and belong to no living process, and looks again every `takeoverMs`. Call it once
   * when the process starts; calling it again is harmless.
   *
   * @returns how many events were taken up
   */
  resume(): Promise<number>;
  /**
   * Looks for changes whose deliveries were missed, and processes them as the same events: `store/product/updated` and so on. Give it the
   * `until` of the run before. Nothing tells of deleted records.
   *
   * @throws ArgumentError for a scope whose records the API does not list by date of change; what a request or the queue throws
   * @example
   * const { until } = await handler.reconcile({ scopes: ['store/order/*', 'store/product/updated'], since: await lastRun() });
   */
  reconcile(options: ReconcileOptions): Promise<Reconciliation>;
  /** Waits until no event is being processed or waits for a retry. An event that keeps failing is waited for until it is given up. */
  idle(): Promise<void>;
  /** Shuts down: accepts no more deliveries (503), finishes the events under way, and gives the rest back for `resume()`. */
  close(): Promise<void>;
}

/**
 * Makes a handler `(Request) => Response`. An event is accepted, with status 200, once the queue has stored it. It is then
 * processed until that succeeds or has failed `maxAttempts` times. A duplicate delivery gets status 200 and is not processed again.
 *
 * @throws ConfigurationError for an unknown or unusable option
 * @example
 * const handler = webhookHandler({ secretHeaders: { 'x-webhook-secret': secret }, onEvent: (event) => console.log(event.scope) });
 */
export function webhookHandler(options: HandlerOptions): WebhookHandler {
  const checked = checkOptions(options);
  const report = reporterTo(checked.onError);
  const intake = new Intake(checked, report);
  const takeover = new Takeover(checked, intake, report);
  const fastify = new FastifyRequests();

  const handler = async (request: Request): Promise<Response> => {
    const reply = await intake.accept({
      method: () => request.method,
      headers: () => request.headers,
      body: () => webBodyOf(request, checked),
    });
    return new Response(reply?.text ?? '', { status: reply?.status ?? 400 });
  };
  return Object.assign(handler, {
    async node(request: NodeRequest, response: NodeResponse): Promise<void> {
      const reply = await intake.accept({
        method: () => rawRequestOf(request).method,
        headers: () => rawRequestOf(request).headers,
        body: () => bodyOf(request, checked, fastify),
      });
      if (reply !== undefined) respond(request, response, reply);
    },
    resume: () => takeover.resume(),
    reconcile: (options: ReconcileOptions) => reconcile(intake, options),
    idle: () => intake.worker.idle(),
    async close(): Promise<void> {
      intake.close();
      fastify.close();
      await takeover.close();
      await intake.settled();
      await intake.worker.close();
    },
  });
}

async function webBodyOf(request: Request, limits: CheckedOptions): Promise<unknown> {
  if (request.bodyUsed) {
    warn('something read the body of a webhook delivery before the handler: pass it a Request that nobody has read.');
    throw new WebhookError('The server no longer has the body of this delivery: see its log.', 500);
  }
  assertAnnouncedLength(request.headers.get('content-length'), limits);
  return request.body === null ? '' : readWebStream(request.body, limits);
}
