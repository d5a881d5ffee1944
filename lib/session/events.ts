import { type Channel, type ChannelListener, channel } from 'node:diagnostics_channel';
import type { BigRecordError } from '../errors/bigrecord-error.js';
import type { Method, QueryValue } from '../transport/request.js';
import { harmlessly } from './safe-call.js';

interface Exchange {
  /** Store hash, or `undefined` on legacy sessions. */
  readonly store: string | undefined;
  readonly method: Method;
  /** `/v2/products/1`. */
  readonly path: string;
  readonly query: Readonly<Record<string, QueryValue>>;
  /** 1 for the first try. */
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
  readonly means: 'include' | 'list' | 'keys' | 'each';
  /** Because a relation of one of them was awaited, not because `preload()` was said. */
  readonly isAutomatic: boolean;
}

/** What happens in a session. Payloads hold neither headers nor bodies of requests. */
export interface SessionEvents {
  /** A request is about to be sent. */
  request: Exchange;
  /** An answer arrived; `ms` since the request was sent. */
  response: Exchange & {
    readonly status: number;
    readonly ms: number;
    /** The platform's name for the exchange (`X-Request-Id`), for its support. */
    readonly requestId: string | undefined;
  };
  /** A safe request will be sent again in `waitMs`. */
  retry: Exchange & { readonly waitMs: number; readonly reason: string };
  /** A request waits for quota. */
  throttle: Exchange & { readonly waitMs: number; readonly reason: string };
  /** A relation is loaded for several records at once. */
  preload: Preload;
  /** An operation failed for good. */
  error: Exchange & { readonly error: BigRecordError };
}

export type SessionEventName = keyof SessionEvents;
type Listener<E extends SessionEventName> = (event: SessionEvents[E]) => void;

const NAMES: readonly SessionEventName[] = ['request', 'response', 'retry', 'throttle', 'preload', 'error'];
const CHANNELS = Object.fromEntries(NAMES.map((name) => [name, channel(`bigrecord:${name}`)])) as Record<
  SessionEventName,
  ReturnType<typeof channel>
>;

/**
 * The listeners of one session. Every event also goes to `node:diagnostics_channel` as `bigrecord:{name}`.
 * A listener that throws or rejects is reported as a process warning, once, and disturbs neither the request nor the other
 * listeners; what it returns is not waited for.
 */
export class Events {
  readonly #listeners: { [E in SessionEventName]?: Set<Listener<E>> } = {};

  on<E extends SessionEventName>(name: E, listener: Listener<E>): () => void {
    const all: Set<Listener<E>> = (this.#listeners[name] as Set<Listener<E>> | undefined) ?? new Set();
    (this.#listeners as Record<string, unknown>)[name] = all.add(listener);
    return () => void all.delete(listener);
  }

  off<E extends SessionEventName>(name: E, listener: Listener<E>): void {
    (this.#listeners[name] as Set<Listener<E>> | undefined)?.delete(listener);
  }

  /** Tells the listeners; the payload is made only when somebody listens. */
  emit<E extends SessionEventName>(name: E, payload: () => SessionEvents[E]): void {
    const listeners = this.#listeners[name] as Set<Listener<E>> | undefined;
    const isPublished = CHANNELS[name].hasSubscribers;
    if (!isPublished && (listeners === undefined || listeners.size === 0)) return;
    const event = payload();
    Object.freeze(event);
    if (isPublished) publish(CHANNELS[name], event);
    for (const listener of listeners ?? []) harmlessly(`a listener of '${name}'`, () => listener(event), listener);
  }
}

/**
 * Tells the subscribers of a channel. `publish` would do so too, but end the process where one of them throws; so they are called
 * here, as long as Node keeps them where it does (`lib/diagnostics_channel.js`).
 */
function publish(to: Channel, event: object): void {
  const subscribers: unknown = Reflect.get(to, '_subscribers');
  if (!Array.isArray(subscribers)) {
    to.publish(event);
    return;
  }
  for (const subscriber of [...subscribers])
    harmlessly(`a subscriber of ${String(to.name)}`, () => (subscriber as ChannelListener)(event, to.name), subscriber);
}
