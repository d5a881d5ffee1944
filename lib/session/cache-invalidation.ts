import type { RawResponse } from '../transport/raw-response.js';
import { isCreating } from '../transport/request.js';
import type { TimedRequest } from '../transport/transport.js';
import { type Changes, changesOf, storeChanged } from './cache-generation.js';
import type { Link, Operation } from './link.js';

/** Invalidates all caches of the store after a request that may have changed it, whether or not this session has a cache. */
export class CacheInvalidation implements Link {
  readonly #next: Link;
  readonly #changes: Changes;

  constructor(next: Link, store: string) {
    this.#next = next;
    this.#changes = changesOf(store);
  }

  async send(request: TimedRequest, operation: Operation): Promise<RawResponse> {
    try {
      return await this.#next.send(request, operation);
    } finally {
      const { method } = request;
      // GraphQL queries are POSTs too: one without a mutation changes nothing.
      if (method !== 'GET' && (method !== 'POST' || isCreating(request))) await storeChanged(this.#changes);
    }
  }
}
