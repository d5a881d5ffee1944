import { type Channel, channel } from 'node:diagnostics_channel';
import { ArgumentError } from '../errors/argument-error.js';
import { BigRecordError } from '../errors/bigrecord-error.js';
import { addressOf, type Method, type QueryValue, type RequestDescription } from '../transport/request.js';
import type { Operation } from './link.js';
import { callSafely } from './safe-call.js';

interface Exchange {
  /** Store hash, or `undefined` on legacy sessions. */
  readonly store: string | undefined;
  readonly method: Method;
  /** `/v2/products/1`. */
  readonly path: string;
  readonly query: Readonly<Record<string, QueryValue>>;
  /** 1 for the first attempt. */
  readonly attempt: number;
}

/** A relation that is loaded for several records at once. */
interface Preload {
  readonly store: string | undefined;
  readonly model: string;
  readonly relation: string;
  /** How many records it is loaded for. */
  readonly records: number;
  /** `include`: embedded in the records; `list`: one list by the keys of the parents; `keys`: one list by their own; `each`: one by one. */
  readonly strategy: 'include' | 'list' | 'keys' | 'each';
  /** Whether it was loaded because the relation of one record was awaited, rather than by `preload()`. */
  readonly isAutomatic: boolean;
}

/** The events of a session. Payloads contain no credentials; only `error` has the headers and the body of a response, in its `error`. */
export interface SessionEvents {
  /** A request is about to be sent. */
  request: Exchange;
  /** A response has arrived, `ms` after the request was sent. */
  response: Exchange & {
    readonly status: number;
    readonly ms: number;
    /** The platform's name for the exchange (`X-Request-Id`), for its support. */
    readonly requestId: string | undefined;
  };
  /** A request will be sent again in `waitMs`, after a failure other than 429. */
  retry: Exchange & { readonly waitMs: number; readonly reason: string };
  /** A request waits for quota or for its turn, or will be sent again after a 429 (`reason` is `status 429`). */
  throttle: Exchange & { readonly waitMs: number; readonly reason: string };
  /** A relation is loaded for several records at once. */
  preload: Preload;
  /** An operation has failed for good. The `error` has the `body` and `headers` of its response, if there was one. */
  error: Exchange & { readonly error: BigRecordError };
}

export type SessionEventName = keyof SessionEvents;
type Listener<E extends SessionEventName> = (event: SessionEvents[E]) => void;

const CHANNELS: Readonly<Record<SessionEventName, Channel>> = {
  request: channel('bigrecord:request'),
  response: channel('bigrecord:response'),
  retry: channel('bigrecord:retry'),
  throttle: channel('bigrecord:throttle'),
  preload: channel('bigrecord:preload'),
  error: channel('bigrecord:error'),
};

/**
 * Emits the events of one session to its listeners, and to `node:diagnostics_channel` as `bigrecord:{name}`.
 * A listener that throws or rejects is reported as a process warning, once, and disturbs neither the request nor the other
 * listeners; what it returns is not awaited.
 */
export class Events {
  readonly #listeners: { readonly [E in SessionEventName]: Set<Listener<E>> } = {
    request: new Set(),
    response: new Set(),
    retry: new Set(),
    throttle: new Set(),
    preload: new Set(),
    error: new Set(),
  };

  readonly #store: string | undefined;

  /** @param store the hash that payloads carry */
  constructor(store: string | undefined) {
    this.#store = store;
  }

  /** Adds a listener. @throws ArgumentError for an event that does not exist, or a listener that is no function */
  on<E extends SessionEventName>(name: E, listener: Listener<E>): void {
    checkName(name);
    if (typeof listener !== 'function') throw new ArgumentError(`The listener of '${name}' must be a function.`);
    this.#listeners[name].add(listener);
  }

  /** Removes a listener. */
  off<E extends SessionEventName>(name: E, listener: Listener<E>): void {
    checkName(name);
    this.#listeners[name].delete(listener);
  }

  /** Calls the listeners; the payload is made only if somebody listens. */
  emit<E extends SessionEventName>(name: E, payload: () => SessionEvents[E]): void {
    const listeners = this.#listeners[name];
    const isPublished = CHANNELS[name].hasSubscribers;
    if (!isPublished && listeners.size === 0) return;
    const event = payload();
    Object.freeze(event);
    if (isPublished) publish(CHANNELS[name], event);
    for (const listener of listeners) callSafely(`a listener of '${name}'`, () => listener(event), listener);
  }

  /** Returns what the payloads of a request's events have in common. */
  exchange(request: RequestDescription, attempt: number): Exchange {
    return { store: this.#store, method: request.method, path: addressOf(request), query: request.query, attempt };
  }

  /** Emits `throttle` for a request that waits for its turn. */
  throttled(request: RequestDescription, { attempt }: Operation, reason: string, waitMs: number): void {
    if (attempt > 1 && reason === 'pause') return; // this request's own response asked for the pause, and that was emitted
    this.emit('throttle', () => ({ ...this.exchange(request, attempt), waitMs, reason }));
  }

  /** Emits `error` for an operation that has failed for good, once. */
  failed(request: RequestDescription, operation: Operation, error: unknown): void {
    if (!(error instanceof BigRecordError) || operation.hasFailed) return;
    operation.hasFailed = true;
    const attempt = 'attempts' in error ? Number(error.attempts) : 1;
    this.emit('error', () => ({ ...this.exchange(request, attempt), error }));
  }
}

function checkName(name: SessionEventName): void {
  if (!Object.hasOwn(CHANNELS, name))
    throw new ArgumentError(`A session has no event '${String(name).slice(0, 60)}'. Events: ${Object.keys(CHANNELS).join(', ')}.`);
}

/**
 * Calls the subscribers of a channel. `publish` would do so too, but end the process if one of them throws; so they are called
 * here, as long as Node keeps them where it does (`lib/diagnostics_channel.js`).
 */
function publish(to: Channel, event: object): void {
  const subscribers: unknown = Reflect.get(to, '_subscribers');
  if (!Array.isArray(subscribers)) {
    to.publish(event);
    return;
  }
  for (const subscriber of [...subscribers]) callSafely(`a subscriber of ${String(to.name)}`, () => subscriber(event, to.name), subscriber);
}
