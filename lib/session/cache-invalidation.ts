import type { RawResponse } from '../transport/raw-response.js';
import { isCreating, type RequestDescription } from '../transport/request.js';
import type { TimedRequest } from '../transport/transport.js';
import { storeChanged } from './cache-generation.js';
import type { Link, Operation } from './link.js';

/** Invalidates all caches of the store after a request that may have changed it, whether or not this session has a cache. */
export class CacheInvalidation implements Link {
  readonly #next: Link;
  readonly #store: string;

  constructor(next: Link, store: string) {
    this.#next = next;
    this.#store = store;
  }

  send(request: TimedRequest, operation: Operation): Promise<RawResponse> {
    return request.method === 'GET' ? this.#next.send(request, operation) : this.#sendChange(request, operation);
  }

  async #sendChange(request: TimedRequest, operation: Operation): Promise<RawResponse> {
    try {
      return await this.#next.send(request, operation);
    } finally {
      if (mayChange(request)) await storeChanged(this.#store);
    }
  }
}

/** Whether a request may change the store. GraphQL queries are POSTs too: one without a mutation changes nothing. */
const mayChange = (request: RequestDescription): boolean => request.method !== 'POST' || isCreating(request);
