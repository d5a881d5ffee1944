import { randomBytes } from 'node:crypto';
import { onAbort } from '../transport/abort.js';
import { IN_PROCESS, type InProcessRequest, registeredStores } from '../transport/in-process.js';
import type { Failure, Reason, Received } from '../transport/outcome.js';
import { lowerCased, type WireRequest, type WireResponse } from './http.js';
import { type Listening, noteStopped, type Respond } from './server.js';

/** Taken early: fake timers of a user's tests must not stop what stands for the network. */
const { setImmediate } = globalThis;

type Outcome = Received | Failure;

/** Makes a store reachable by the sessions of this process, without a socket. */
export function openInProcess(respond: Respond): Listening {
  const baseUrl = `https://${randomBytes(6).toString('hex')}${IN_PROCESS}`;
  const waiting = new Set<() => void>();
  registeredStores().set(baseUrl, { send: (request) => exchange(request, respond, waiting) });
  return {
    baseUrl,
    async close() {
      noteStopped(baseUrl);
      for (const breakOff of [...waiting]) breakOff();
    },
  };
}

/**
 * Carries out one request as a connection would: within the limits of time and size, until the signal is aborted or the store stops.
 * The response arrives in a later turn of the event loop, as from a socket: a program that waits for it lets others run.
 */
function exchange(request: InProcessRequest, respond: Respond, waiting: Set<() => void>): Promise<Outcome> {
  const { limits, signal, maxBytes } = request;
  return new Promise((resolve) => {
    const finish = (outcome: Outcome): void => {
      clearTimeout(timer);
      waiting.delete(onReset);
      leave();
      resolve(outcome);
    };
    const onReset = (): void => finish(unanswered({ kind: 'failed', error: RESET() }));
    const phase = limits.response <= limits.total ? 'response' : 'total';
    const timer = setTimeout(() => finish(unanswered({ kind: 'timeout', phase })), Math.min(limits.response, limits.total));
    waiting.add(onReset);
    const leave = onAbort(signal, () => finish(unanswered({ kind: 'aborted' })));
    void respond(wireOf(request)).then(
      (response) => setImmediate(() => (response === null ? onReset() : finish(outcomeOf(response, maxBytes)))),
      () => finish(outcomeOf({ status: 500, headers: {}, text: undefined }, maxBytes)),
    );
  });
}

const RESET = (): Error & { code: string } => Object.assign(new Error('The sandbox closed the connection.'), { code: 'ECONNRESET' });

/** The outcome of a request that has no response: it may have been carried out. */
const unanswered = (reason: Reason): Failure => ({ reason, sent: 'maybe', status: 0, headers: {} });

function outcomeOf({ status, headers, text = '' }: WireResponse, maxBytes: number): Outcome {
  if (Buffer.byteLength(text) > maxBytes) return { reason: { kind: 'too large' }, sent: 'yes', status, headers };
  return { status, headers, body: { take: () => text } };
}

function wireOf({ method, url, headers, body }: InProcessRequest): WireRequest {
  const type = typeof body === 'string' ? 'application/json' : 'multipart/form-data';
  return { method, url, headers: { ...lowerCased(headers), ...(body !== undefined && { 'content-type': type }) }, body };
}
