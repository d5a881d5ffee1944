import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { assertAnnouncedLength, type BodyLimits, ClientGone, readStream, readWebStream } from './body.js';
import { WebhookError } from './webhook-error.js';

/** Where a framework leaves the body. */
interface BodyHolder {
  readonly body?: unknown;
  readonly rawBody?: unknown;
}

/** A request as node:http, Express (with `body` or `rawBody`) or Fastify (with `raw` and `body`) have it. */
export type NodeRequest = (IncomingMessage | { readonly raw: IncomingMessage }) & BodyHolder;

/** A response as node:http, Express or Fastify (a reply, with `raw`) have it. */
export type NodeResponse = ServerResponse | { readonly raw: ServerResponse };

export const rawRequestOf = (request: NodeRequest): IncomingMessage & BodyHolder => ('raw' in request ? request.raw : request);

/** Fastify's requests by their raw ones: it parses the body, and leaves it on its own request alone. */
const fastifyRequests = new WeakMap<IncomingMessage, BodyHolder>();
let isWatching = false;

/** Lets `handler.node(request.raw, reply.raw)` find what Fastify parsed, by the diagnostics channel that Fastify documents. */
export function watchFastify(): void {
  if (isWatching) return;
  isWatching = true;
  subscribe('tracing:fastify.request.handler:start', (message) => {
    const { request } = message as { request?: BodyHolder & { raw?: IncomingMessage } };
    if (request?.raw !== undefined) fastifyRequests.set(request.raw, request);
  });
}

const NO_BODY =
  'Something read the body of a webhook delivery and left it nowhere. Register the handler before what reads bodies, let a parser ' +
  'leave the body in `request.body` or `request.rawBody`, or with Fastify pass `request` and `reply` themselves. See docs/webhooks.md.';

/**
 * Takes the body from where the framework left it: raw, parsed, or still in the stream.
 *
 * @throws WebhookError with the status to answer; ClientGone where there is nobody to answer
 */
export async function bodyOf(request: NodeRequest, limits: BodyLimits): Promise<unknown> {
  const raw = rawRequestOf(request);
  assertAnnouncedLength(raw.headers['content-length'], limits);
  const left = leftBody([request, fastifyRequests.get(raw), raw]);
  if (isWebStream(left)) return readWebStream(left, limits);
  const stream = isStream(left) ? left : raw;
  const isRead = stream.readableDidRead || stream.readableEnded;
  if (left !== undefined && left !== stream && (isRead || !isEmpty(left))) return left;
  if (!isRead) {
    if (stream.destroyed) throw new ClientGone('The client disconnected.');
    return readStream(stream, limits);
  }
  process.emitWarning(`bigrecord: ${NO_BODY}`);
  throw new WebhookError('The server has no body of this delivery: see its log.', 500);
}

function leftBody(holders: readonly (BodyHolder | undefined)[]): unknown {
  try {
    for (const holder of holders) if (isText(holder?.rawBody)) return holder.rawBody;
    return holders.map((holder) => holder?.body ?? undefined).find((body) => body !== undefined);
  } catch (error) {
    throw new WebhookError('The body of the delivery could not be parsed.', 400, { cause: error }); // some parse when it is asked for
  }
}

const isText = (body: unknown): body is string | Uint8Array => (typeof body === 'string' || body instanceof Uint8Array) && body.length > 0;

/** What body parsers leave for a body that they do not read. */
const isEmpty = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && !(body instanceof Uint8Array) ? Object.keys(body).length === 0 : !isText(body);

const isWebStream = (body: unknown): body is ReadableStream<Uint8Array> => body instanceof ReadableStream;

const isStream = (body: unknown): body is Readable =>
  typeof body === 'object' && body !== null && 'readableDidRead' in body && 'on' in body && typeof body.on === 'function';
