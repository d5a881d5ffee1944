import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { isJsonObject, propertyOf } from '../json-object.js';

/** The diagnostics channel that Fastify documents. */
const CHANNEL = 'tracing:fastify.request.handler:start';

/**
 * Finds the request of Fastify for a raw one, so that `handler.node(request.raw, reply.raw)` works too: Fastify leaves the parsed
 * body on its own request alone.
 */
export class FastifyRequests {
  readonly #byRaw = new WeakMap<object, unknown>();
  readonly #onStart: (message: unknown) => void;

  constructor() {
    this.#onStart = listenerFor(new WeakRef(this.#byRaw));
    subscribe(CHANNEL, this.#onStart);
  }

  find(raw: object): unknown {
    return this.#byRaw.get(raw);
  }

  close(): void {
    unsubscribe(CHANNEL, this.#onStart);
  }
}

/** Holds the map weakly and ends itself: a handler that is dropped without `close()` must not stay in memory. */
function listenerFor(map: WeakRef<WeakMap<object, unknown>>): (message: unknown) => void {
  return function onStart(message) {
    const byRaw = map.deref();
    if (byRaw === undefined) {
      unsubscribe(CHANNEL, onStart);
      return;
    }
    const request = propertyOf(message, 'request');
    const raw = propertyOf(request, 'raw');
    if (isJsonObject(raw)) byRaw.set(raw, request);
  };
}
