import { resolve } from 'node:path';
import { ArgumentError } from '../errors/argument-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import type { StoreCredentials } from '../sandbox/app.js';
import { serverDialectAt } from '../sandbox/dialects.js';
import { toWire, type WireRequest, type WireResponse, withoutSecrets } from '../sandbox/http.js';
import { openInProcess } from '../sandbox/in-process.js';
import type { LoggedRequest } from '../sandbox/responder.js';
import { parseJson } from '../transport/json.js';
import { decodedPath, type Exchange, identityOf, type RecordedRequest, STORE } from './cassette.js';
import { readCassette } from './cassette-file.js';
import { describeForm } from './cassette-form.js';
import type { Mask } from './cassette-mask.js';
import { AGAIN, explainMiss } from './cassette-miss.js';
import { MASK_OPTIONS, type MaskOptions, maskLike } from './mask-options.js';

/** Options of {@link replay}: what a cassette cannot keep of the options with which it was recorded. */
export interface ReplayOptions extends MaskOptions {}

/** A request that the cassette has no response to. */
export interface MissedRequest extends RecordedRequest {
  /** Which recorded request is nearest, and how it differs. */
  readonly message: string;
}

/**
 * Starts a store that answers from a cassette. Each request gets the response that was recorded for the same method, path, query and body;
 * one that was recorded several times gets its responses in order. Any other request gets a 421, which says what is nearest to it.
 *
 * @throws ConfigurationError if the file is missing, truncated, or no cassette
 * @example
 * const store = await replay('spec/cassettes/orders.json');
 * Session.configure(store.credentials);
 * await importOrders();
 * expect(store.unused).to.deep.equal([]);
 * await store.stop();
 */
export async function replay(file: string, options: ReplayOptions = {}): Promise<ReplayStore> {
  if (typeof file !== 'string' || file === '') throw new ArgumentError("replay() needs the path of a cassette: replay('orders.json').");
  assertKnownOptions(options, MASK_OPTIONS, 'replay()', ArgumentError);
  const { mask, exchanges } = readCassette(resolve(file));
  const tape = new Tape(file, exchanges, maskLike(mask, exchanges, options, file));
  return new ReplayStore(tape);
}

/** A status that no session repeats, and no model takes for an empty result. */
const MISSED = 421;

/** A store that answers from a cassette. {@link replay} starts it. */
export class ReplayStore {
  /** All requests so far, in order of arrival. May be emptied. */
  readonly requests: LoggedRequest[] = [];
  /** The requests that are not on the cassette, or were asked more often than they were recorded. */
  readonly missed: MissedRequest[] = [];
  readonly #tape: Tape;
  readonly #listening = openInProcess((request) => this.#respond(request));

  /** @internal */
  constructor(tape: Tape) {
    this.#tape = tape;
  }

  /** The options with which `Session.configure` or `new Session` connect to this store. */
  get credentials(): StoreCredentials {
    return {
      storeHash: 'replay',
      accessToken: 'replay-access-token',
      clientId: 'replay-client-id',
      baseUrl: this.#listening.baseUrl,
    };
  }

  /** The recorded requests that have not been asked yet, or not as often as they were recorded. */
  get unused(): RecordedRequest[] {
    return this.#tape.unused;
  }

  /** Ends the replay. Whoever still uses the store gets an error that says so. */
  async stop(): Promise<void> {
    await this.#listening.close();
  }

  async #respond(request: WireRequest): Promise<WireResponse | null> {
    const { method, headers } = request;
    const { pathname, searchParams, search } = new URL(request.url);
    const path = decodedPath(pathname.replace(/^\/stores\/[^/]+|^\/api(?=\/)/, ''));
    const asked: RecordedRequest = { method, path, query: Object.fromEntries(searchParams), body: await bodyOf(request) };
    const answer = this.#tape.answer(asked);
    const reply = 'message' in answer ? this.#missed(asked, answer.message) : replyOf(answer, this.credentials);
    const { status = 0, body: responseBody } = reply ?? {};
    this.requests.push({ ...asked, body: asked.body, url: `${pathname}${search}`, headers: withoutSecrets(headers), status, responseBody });
    return reply === undefined ? null : toWire(reply, {});
  }

  #missed(asked: RecordedRequest, message: string): Exchange['response'] {
    this.missed.push({ ...asked, message: `${message} ${AGAIN}` });
    const { body } = serverDialectAt(asked.path).error(MISSED, message);
    return { status: MISSED, headers: {}, body };
  }
}

/** The exchanges of a cassette, and how far they have been played. */
class Tape {
  readonly #name: string;
  readonly #mask: Mask;
  readonly #exchanges: readonly Exchange[];
  /** The exchanges of each request that are left, in order. */
  readonly #left = new Map<string, { exchange: Exchange; attempts: number }[]>();

  constructor(name: string, exchanges: readonly Exchange[], mask: Mask) {
    this.#name = name;
    this.#mask = mask;
    this.#exchanges = exchanges;
    for (const exchange of exchanges) {
      const identity = identityOf(exchange.request);
      const left = this.#left.get(identity) ?? [];
      left.push({ exchange, attempts: exchange.attempts ?? 1 });
      this.#left.set(identity, left);
    }
  }

  get unused(): RecordedRequest[] {
    return [...this.#left.values()].flatMap((left) => left.map(({ exchange }) => exchange.request));
  }

  /** Returns what was recorded for a request: as it was asked, or as it looks when it is masked. */
  answer(asked: RecordedRequest): Exchange | { readonly message: string } {
    const masked = this.#masked(asked);
    for (const identity of [identityOf(asked), identityOf(masked)]) {
      const left = this.#left.get(identity);
      const [first] = left ?? [];
      if (left === undefined || first === undefined) continue;
      first.attempts--;
      if (first.attempts > 0) return withoutWait(first.exchange);
      left.shift();
      return first.exchange;
    }
    return { message: explainMiss(this.#name, masked, this.#exchanges) };
  }

  #masked({ method, path, query, body }: RecordedRequest): RecordedRequest {
    const masked = this.#mask.body(body, path, 'request');
    return {
      method,
      path: this.#mask.text(path),
      query: this.#mask.query(query, path),
      ...(masked === undefined ? {} : { body: masked }),
    };
  }
}

/** A session that repeats a request does not wait as long as it did when this was recorded. */
function withoutWait(exchange: Exchange): Exchange {
  const { response } = exchange;
  if (response?.status !== 429) return exchange;
  return { ...exchange, response: { ...response, headers: { ...response.headers, 'x-rate-limit-time-reset-ms': '1' } } };
}

type Reply = NonNullable<Exchange['response']>;

/** Returns the response of an exchange, with a quota that slows nobody down; `undefined` if the connection was lost. */
function replyOf({ response }: Exchange, { baseUrl, storeHash }: StoreCredentials): Reply | undefined {
  if (response === undefined) return undefined;
  const { status, headers, body } = response;
  const quota = headers['x-rate-limit-requests-quota'];
  const windowMs = headers['x-rate-limit-time-window-ms'];
  const fresh = {
    ...(quota === undefined ? {} : { 'x-rate-limit-requests-left': quota }),
    ...(windowMs === undefined ? {} : { 'x-rate-limit-time-reset-ms': windowMs }),
  };
  const all = { ...fresh, ...headers };
  if (body === undefined) return { status, headers: all };
  const json = JSON.stringify(body).replaceAll(STORE, `${baseUrl}/stores/${storeHash}`);
  const isJsonText = typeof body === 'string' && /json/.test(headers['content-type'] ?? '');
  return { status, headers: all, body: isJsonText ? json : JSON.parse(json) };
}

async function bodyOf({ body }: WireRequest): Promise<unknown> {
  if (body === undefined || body === '') return undefined;
  if (typeof body !== 'string') return describeForm(body);
  try {
    return parseJson(body);
  } catch {
    return body;
  }
}
