import { Events, type SessionEventName } from '../../lib/session/events.js';
import type { Link, Operation } from '../../lib/session/link.js';
import type { RawResponse } from '../../lib/transport/raw-response.js';
import type { Method } from '../../lib/transport/request.js';
import type { TimedRequest } from '../../lib/transport/transport.js';

/** What the links note about a call that begins. */
export const newOperation = (): Operation => ({ attempt: 1, startedAt: undefined, isFinal: false, hasFailed: false, forget: [] });

/** A request as a link gets it. */
export const requestOf = (method: Method, path = '/x', more: Partial<TimedRequest> = {}): TimedRequest => ({
  method,
  version: 'v3',
  path,
  query: {},
  ...more,
});

export const responseOf = (status: number, headers: Record<string, string> = {}, body: unknown = {}): RawResponse => ({
  status,
  headers,
  read: () => ({ status, headers, body }),
});

/** The end of a chain: it answers what a spec tells it, and notes what it was sent. */
export class End implements Link {
  readonly requests: TimedRequest[] = [];
  readonly #answer: (number: number, request: TimedRequest) => RawResponse | Promise<RawResponse>;

  constructor(answer: (number: number, request: TimedRequest) => RawResponse | Promise<RawResponse> = () => responseOf(200)) {
    this.#answer = answer;
  }

  async send(request: TimedRequest, operation: Operation): Promise<RawResponse> {
    operation.startedAt ??= performance.now();
    this.requests.push(request);
    return this.#answer(this.requests.length, request);
  }
}

/** Events that note the names of those that are emitted. */
export function notedEvents(): { events: Events; names: string[] } {
  const events = new Events('spec');
  const names: string[] = [];
  const all: SessionEventName[] = ['request', 'response', 'retry', 'throttle', 'error'];
  for (const name of all) events.on(name, () => names.push(name));
  return { events, names };
}

/** Answers that a spec gives one by one. */
export class Gate {
  readonly #waiting: (() => void)[] = [];

  readonly pass = (): Promise<RawResponse> =>
    new Promise((resolve) => {
      this.#waiting.push(() => resolve(responseOf(200)));
    });

  /** Lets the next one go. */
  open(): void {
    this.#waiting.shift()?.();
  }
}
