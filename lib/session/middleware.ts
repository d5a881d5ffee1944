import { ArgumentError } from '../errors/argument-error.js';
import type { ApiResponse, RequestDescription } from '../transport/request.js';

/** Sends a request on, towards the store. */
export type Next = (request: RequestDescription) => Promise<ApiResponse>;

/**
 * Sees every request on its way down and every response on its way up; it may replace either, and must return a response. An
 * error that it throws rejects the call. Each `next(request)` sends the request: calling it twice, as after renewing a token,
 * sends it twice, even a POST.
 *
 * @example
 * session.use(async (request, next) => {
 *   const response = await next(request);
 *   metrics.count(request.method, response.status);
 *   return response;
 * });
 */
export type Middleware = (request: RequestDescription, next: Next) => Promise<ApiResponse>;

/** Composes middleware and what follows it into one function; the first middleware is the outermost. */
export function applyMiddleware(all: readonly Middleware[], end: Next): Next {
  return all.reduceRight<Next>((next, middleware) => (request) => run(middleware, request, next), end);
}

/** @throws what the middleware throws; ArgumentError if it returns no response, or passes no request on */
async function run(middleware: Middleware, request: RequestDescription, next: Next): Promise<ApiResponse> {
  let isSent = false;
  const response = await middleware(request, (passed) => {
    const sent = pass(middleware, passed, next);
    isSent ||= isRequest(passed);
    // A middleware that does not wait for the response does not handle its failure either.
    sent.catch(() => {});
    return sent;
  });
  if (isResponse(response)) return response;
  throw new ArgumentError(
    `${nameOf(middleware)} returned no response to ${request.method} ${request.path}: it must return what next(request) resolves to, or` +
      ` { status, headers, body }. ${isSent ? 'The request was sent all the same, and may have been carried out.' : 'Nothing was sent.'}`,
  );
}

async function pass(middleware: Middleware, request: RequestDescription, next: Next): Promise<ApiResponse> {
  if (isRequest(request)) return next(request);
  throw new ArgumentError(
    `${nameOf(middleware)} called next() without a request: call next(request), or next({ ...request, query }). Nothing was sent.`,
  );
}

const nameOf = (middleware: Middleware): string => (middleware.name === '' ? 'A middleware' : `The middleware ${middleware.name}`);

/** Whether a program without types passed a request on. */
function isRequest(value: Partial<RequestDescription> | null | undefined): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof value.method === 'string' &&
    typeof value.path === 'string' &&
    typeof value.query === 'object' &&
    value.query !== null
  );
}

/** Whether a program without types returned a response. */
function isResponse(value: Partial<ApiResponse> | null | undefined): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Number.isInteger(value.status) &&
    typeof value.headers === 'object' &&
    value.headers !== null
  );
}
