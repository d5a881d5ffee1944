import { ArgumentError } from '../errors/argument-error.js';
import type { ApiResponse, RequestDescription } from '../transport/request.js';

/** Sends a request on, towards the store. */
export type Next = (request: RequestDescription) => Promise<ApiResponse>;

/**
 * A link of the chain: it may look at or replace the request, and look at or replace the answer, which it must return. What it
 * throws rejects the call. Each `next(request)` sends the request: calling it twice, as after renewing a token, sends it twice,
 * a POST too.
 *
 * @example
 * session.use(async (request, next) => {
 *   const answer = await next(request);
 *   metrics.count(request.method, answer.status);
 *   return answer;
 * });
 */
export type Middleware = (request: RequestDescription, next: Next) => Promise<ApiResponse>;

/** Joins links and an end into one function; the first link is the outermost. */
export function chain(links: readonly Middleware[], end: Next): Next {
  return links.reduceRight<Next>((next, link) => (request) => pass(link, request, next), end);
}

/** @throws what the link throws; ArgumentError where it gives no answer, or passes no request on */
async function pass(link: Middleware, request: RequestDescription, next: Next): Promise<ApiResponse> {
  let isSent = false;
  const answer: unknown = await link(request, (passed) => {
    const sent = send(link, passed, next);
    isSent ||= isRequest(passed);
    // A link that does not wait for its answer does not handle its failure either.
    sent.catch(() => {});
    return sent;
  });
  if (isAnswer(answer)) return answer;
  throw new ArgumentError(
    `${nameOf(link)} gave no answer to ${request.method} ${request.path}: it must return what next(request) resolves to, or` +
      ` { status, headers, body }. ${isSent ? 'The request was sent all the same, and may have been carried out.' : 'Nothing was sent.'}`,
  );
}

async function send(link: Middleware, request: unknown, next: Next): Promise<ApiResponse> {
  if (isRequest(request)) return next(request);
  throw new ArgumentError(
    `${nameOf(link)} called next() without a request: call next(request), or next({ ...request, query }). Nothing was sent.`,
  );
}

const nameOf = (link: Middleware): string => (link.name === '' ? 'A middleware' : `The middleware ${link.name}`);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isRequest = (value: unknown): value is RequestDescription =>
  isObject(value) && typeof value['method'] === 'string' && typeof value['path'] === 'string' && isObject(value['query']);

const isAnswer = (value: unknown): value is ApiResponse =>
  isObject(value) && Number.isInteger(value['status']) && isObject(value['headers']);
