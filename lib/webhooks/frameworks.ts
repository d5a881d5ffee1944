import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { propertyOf } from '../json-object.js';
import { assertAnnouncedLength, type BodyLimits, ClientGone, readStream, readWebStream } from './body.js';
import type { FastifyRequests } from './fastify.js';
import { warn } from './report.js';
import { WebhookError } from './webhook-error.js';

/** The properties in which frameworks leave the body. */
interface BodyHolder {
  readonly body?: unknown;
  readonly rawBody?: unknown;
}

/** A request as node:http, Express (with `body` or `rawBody`) or Fastify (with `raw` and `body`) have it. */
export type NodeRequest = (IncomingMessage | { readonly raw: IncomingMessage }) & BodyHolder;

/** A response as node:http, Express or Fastify (a reply, with `raw`) have it. */
export type NodeResponse = ServerResponse | { readonly raw: ServerResponse };

export const rawRequestOf = (request: NodeRequest): IncomingMessage & BodyHolder => ('raw' in request ? request.raw : request);

const NO_BODY =
  'something read the body of a webhook delivery and kept it nowhere. Register the handler before any body parser, let a parser ' +
  'leave the body in `request.body` or `request.rawBody`, or with Fastify pass `request` and `reply` themselves. See docs/webhooks.md.';

/**
 * Takes the body from wherever the framework left it: raw, parsed, or still in the stream.
 *
 * @throws WebhookError with the status of the response; ClientGone if nobody waits for one
 */
export async function bodyOf(request: NodeRequest, limits: BodyLimits, fastify: FastifyRequests): Promise<unknown> {
  const raw = rawRequestOf(request);
  assertAnnouncedLength(raw.headers['content-length'], limits);
  const left = leftBody([request, fastify.find(raw), raw]);
  if (left instanceof ReadableStream) return readWebStream(left, limits);
  const stream = isStream(left) ? left : raw;
  const isRead = stream.readableDidRead || stream.readableEnded;
  if (left !== undefined && left !== stream && (isRead || !isEmpty(left))) return left;
  if (!isRead) {
    if (stream.destroyed) throw new ClientGone('The client disconnected.');
    return readStream(stream, limits);
  }
  warn(NO_BODY);
  throw new WebhookError('The server no longer has the body of this delivery: see its log.', 500);
}

function leftBody(holders: readonly unknown[]): unknown {
  try {
    for (const holder of holders) {
      const raw = propertyOf(holder, 'rawBody');
      if (isText(raw)) return raw;
    }
    return holders.map((holder) => propertyOf(holder, 'body') ?? undefined).find((body) => body !== undefined);
  } catch (error) {
    // Some frameworks parse the body when it is asked for.
    throw new WebhookError('The body of the delivery could not be parsed.', 400, { cause: error });
  }
}

const isText = (body: unknown): boolean => (typeof body === 'string' || body instanceof Uint8Array) && body.length > 0;

/** Whether a body is what body parsers leave when they do not read it. */
const isEmpty = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && !(body instanceof Uint8Array) ? Object.keys(body).length === 0 : !isText(body);

const isStream = (body: unknown): body is Readable =>
  typeof body === 'object' && body !== null && 'readableDidRead' in body && 'on' in body && typeof body.on === 'function';
