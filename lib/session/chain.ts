import type { Answer, RequestDescription } from '../transport/request.js';

/** Sends a request on, towards the store. */
export type Next = (request: RequestDescription) => Promise<Answer>;

/** A link of the chain: it may look at or replace the request, send it on any number of times, and look at the answer. */
export type Middleware = (request: RequestDescription, next: Next) => Promise<Answer>;

/** Joins links and an end into one function; the first link is the outermost. */
export function chain(links: readonly Middleware[], end: Next): Next {
  return links.reduceRight<Next>((next, link) => (request) => link(request, next), end);
}
