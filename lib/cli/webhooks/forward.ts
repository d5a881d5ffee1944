import type { IncomingHttpHeaders } from 'node:http';
import { propertyOf } from '../../json-object.js';
import { reasonOf } from '../../session/safe-call.js';
import type { ListenOutput } from './listen-output.js';

/** What a connection sets by itself. */
const OWN = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'expect', 'keep-alive', 'upgrade']);
const TIMEOUT_MS = 30_000;

/** What a receiver made of a delivery. */
export interface Receipt {
  /** `undefined` if it did not respond. */
  readonly status: number | undefined;
  readonly ms: number;
  readonly reason: string | undefined;
}

/** Sends a delivery to a receiver; never rejects. Redirects are not followed: the delivery has a secret. */
export async function deliver(url: string, body: Uint8Array | string, headers: Record<string, string>): Promise<Receipt> {
  const startedAt = performance.now();
  try {
    const { status } = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { status, ms: performance.now() - startedAt, reason: undefined };
  } catch (error) {
    const reason = propertyOf(error, 'cause') ?? error;
    return { status: undefined, ms: performance.now() - startedAt, reason: reasonOf(reason) };
  }
}

/** Passes deliveries on as they came, one after another, so that they keep their order. */
export class Forwarder {
  readonly #url: string;
  readonly #output: ListenOutput;
  #last: Promise<void> = Promise.resolve();

  constructor(url: string, output: ListenOutput) {
    this.#url = url;
    this.#output = output;
  }

  forward(hash: string, body: Uint8Array, headers: IncomingHttpHeaders): void {
    this.#last = this.#last.then(async () => {
      const { status, ms, reason } = await deliver(this.#url, body, passedOn(headers));
      this.#output.forwarded(hash, status, ms, reason);
    });
  }

  /** Waits for those that are under way. */
  finished(): Promise<void> {
    return this.#last;
  }
}

const passedOn = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (OWN.has(name) || typeof value !== 'string' ? [] : [[name, value]])),
  );
