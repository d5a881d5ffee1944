import { HttpError } from '../../errors/http-error.js';
import { reasonOf } from '../../session/safe-call.js';
import type { StoreSession } from '../../session/session.js';

/** What came of one GET. */
export interface Reading {
  /** `undefined` if there was no response. */
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly ms: number;
  /** Milliseconds since 1970, halfway between request and response. */
  readonly at: number;
  /** What failed, in a sentence. */
  readonly reason: string | undefined;
}

const TIMEOUT_MS = 15_000;

/** Reads from a store, once each and without retries, and counts. */
export class Probe {
  requests = 0;
  readonly #session: StoreSession;

  constructor(session: StoreSession) {
    this.#session = session;
  }

  /** Sends a GET; never rejects. */
  async read(version: 'v2' | 'v3', path: string, query: Readonly<Record<string, string | number>> = {}): Promise<Reading> {
    this.requests++;
    const startedAt = performance.now();
    const started = Date.now();
    const reading = (status: number | undefined, headers: Readonly<Record<string, string>>, body: unknown, reason?: string): Reading => {
      const ms = performance.now() - startedAt;
      return { status, headers, body, ms, at: started + ms / 2, reason };
    };
    try {
      const { status, headers, body } = await this.#session.get(path, { version, query, retry: false, timeout: TIMEOUT_MS });
      return reading(status, headers, body);
    } catch (error) {
      if (error instanceof HttpError) return reading(error.status, error.headers, error.body, reasonOf(error));
      return reading(undefined, {}, undefined, reasonOf(error));
    }
  }
}
