import { resolve } from 'node:path';
import { ArgumentError } from '../errors/argument-error.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { NetworkError } from '../errors/network-error.js';
import { propertyOf } from '../json-object.js';
import type { SessionEvents } from '../session/events.js';
import type { Middleware } from '../session/middleware.js';
import { reasonOf } from '../session/safe-call.js';
import { StoreSession } from '../session/session.js';
import { type ApiResponse, addressOf, type QueryValue, type RequestDescription } from '../transport/request.js';
import { decodedPath, type Exchange, type KeptMask, type RecordedResponse, STORE, sorted } from './cassette.js';
import { assertWritable, writeCassette } from './cassette-file.js';
import { describeForm } from './cassette-form.js';
import type { Mask } from './cassette-mask.js';
import { keptMask, MASK_OPTIONS, type MaskOptions, maskFor } from './mask-options.js';

/** Options of {@link record}. */
export interface RecordOptions extends MaskOptions {
  /** Whose requests are recorded. */
  session: StoreSession;
  /** Path of the cassette. A file of an earlier recording is replaced when this one is saved. */
  file: string;
}

const RECORD_OPTIONS = { session: 1, file: 1, ...MASK_OPTIONS } as const satisfies Record<keyof RecordOptions, 1>;

/**
 * Records what a session sends and receives into a cassette, from which `replay()` answers later. Start it after the middleware of the
 * session has been added: it records what the middleware passes on.
 *
 * The cassette is written by `stop()` and `save()`, and when the process ends, be it by an exception. It is JSON, with the requests in the
 * order of their paths: recording the same program again gives the same file. It never holds credentials; personal fields are masked.
 *
 * @throws ConfigurationError if the file cannot be written, or another recording writes it
 * @example
 * const recording = record({ session, file: 'spec/cassettes/orders.json' });
 * await importOrders();
 * await recording.stop();
 */
export function record(options: RecordOptions): Recording {
  assertKnownOptions(options, RECORD_OPTIONS, 'record()', ArgumentError);
  if (!(options.session instanceof StoreSession)) throw new ArgumentError('record() needs a session: record({ session, file }).');
  if (typeof options.file !== 'string' || options.file === '')
    throw new ArgumentError('record() needs the path of a file: { session, file }.');
  return new Recording(options);
}

/** A call of the session that has not ended. */
interface Call {
  readonly request: RequestDescription;
  /** What was sent last, as the events tell; `undefined` as long as nothing was. */
  sent: SessionEvents['request'] | undefined;
  /** How often it was sent. */
  attempts: number;
}

/** Recordings that have not been stopped, by the paths of their files. */
const open = new Map<string, Recording>();

/** A recording that {@link record} has started. */
export class Recording {
  /** Path of the cassette. */
  readonly file: string;
  readonly #session: StoreSession;
  readonly #mask: Mask;
  readonly #kept: KeptMask;
  /** In the order in which the calls began; `undefined` for those that have not ended, or sent nothing. */
  readonly #exchanges: (Exchange | undefined)[] = [];
  /** By their queries: each call has one of its own, which its events carry. */
  readonly #calls = new Map<object, Call>();
  /** Calls that are being recorded. */
  readonly #pending = new Set<Promise<void>>();
  #isStopped = false;

  /** @internal */
  constructor(options: RecordOptions) {
    this.file = resolve(options.file);
    this.#session = options.session;
    this.#mask = maskFor(options);
    this.#kept = keptMask(options);
    if (open.has(this.file)) throw new ConfigurationError(`Another recording writes ${this.file}: stop it first, or use another file.`);
    assertWritable(this.file);
    if (open.size === 0) process.on('exit', writeAll);
    open.set(this.file, this);
    this.#session.use(this.#observe).on('request', this.#noteSent);
  }

  /** How many requests have been recorded. */
  get size(): number {
    return this.#recorded.length;
  }

  /** Writes what has been recorded so far, and goes on. */
  async save(): Promise<void> {
    await Promise.all(this.#pending);
    this.write();
  }

  /** Waits for the calls that have begun, writes the cassette and ends the recording. */
  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    await Promise.all(this.#pending);
    this.#session.off('request', this.#noteSent);
    open.delete(this.file);
    if (open.size === 0) process.off('exit', writeAll);
    this.write();
  }

  /** Ends the recording at the end of a block: `await using recording = record({ … })`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** @internal Writes what there is, without waiting for anything. */
  write(): void {
    writeCassette(this.file, { mask: this.#kept, exchanges: sorted(this.#recorded) });
  }

  get #recorded(): Exchange[] {
    return this.#exchanges.filter((exchange) => exchange !== undefined);
  }

  /** The middleware that sees every call. */
  readonly #observe: Middleware = async (request, next) => {
    if (this.#isStopped) return next(request);
    const observed = { ...request, query: { ...request.query } };
    const call: Call = { request: observed, sent: undefined, attempts: 0 };
    this.#calls.set(observed.query, call);
    const at = this.#exchanges.push(undefined) - 1;
    const body = bodyOf(observed.body);
    const response = next(observed);
    const pending = this.#record(call, body, response)
      .then((exchange) => {
        this.#exchanges[at] = exchange;
      })
      .catch((error: unknown) => {
        process.emitWarning(`bigrecord: ${request.method} ${addressOf(request)} was not recorded: ${reasonOf(error)}`);
      });
    this.#pending.add(pending);
    await pending; // whoever has the response finds it recorded
    this.#pending.delete(pending);
    return response;
  };

  async #record(call: Call, sentBody: Promise<unknown>, sent: Promise<ApiResponse>): Promise<Exchange | undefined> {
    const outcome = await outcomeOf(sent);
    this.#calls.delete(call.request.query);
    // A response from the cache, or a call that the program itself has aborted: the store was not asked.
    if (outcome === undefined || call.sent === undefined) return undefined;
    const mask = this.#mask;
    const { method, query } = call.sent;
    const path = mask.text(decodedPath(call.sent.path));
    const body = mask.body(await sentBody, path, 'request');
    const request = { method, path, query: mask.query(textsOf(query), path), ...(body === undefined ? {} : { body }) };
    if (outcome.response === undefined) return { request, ...outcome, attempts: call.attempts };
    const response = maskedResponse(outcome.response, path, mask);
    return { request, response, ...(response.status < 400 ? {} : { attempts: call.attempts }) };
  }

  readonly #noteSent = (event: SessionEvents['request']): void => {
    const call = this.#calls.get(event.query) ?? this.#callBehind(event);
    if (call === undefined) return;
    call.sent = event;
    call.attempts++;
  };

  /** Finds the call of a request that middleware behind this one has changed. */
  #callBehind({ method, path }: SessionEvents['request']): Call | undefined {
    const calls = [...this.#calls.values()].filter(({ request }) => request.method === method);
    return calls.find(({ request }) => addressOf(request) === path) ?? calls[0];
  }
}

function writeAll(): void {
  for (const recording of open.values())
    try {
      recording.write();
    } catch (error) {
      process.stderr.write(`bigrecord: the cassette ${recording.file} could not be written: ${reasonOf(error)}\n`);
      process.exitCode ||= 1;
    }
}

/** Copies a body as it is sent: the program may change it meanwhile. */
async function bodyOf(body: unknown): Promise<unknown> {
  if (body instanceof FormData) return describeForm(body);
  return body === undefined ? undefined : JSON.parse(JSON.stringify(body));
}

const textsOf = (query: Readonly<Record<string, QueryValue>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (value === undefined || value === null ? [] : [[name, String(value)]])),
  );

/** How a call ended; `undefined` if it says nothing about the store. */
async function outcomeOf(sent: Promise<ApiResponse>): Promise<Pick<Exchange, 'response' | 'failure'> | undefined> {
  try {
    return { response: await sent };
  } catch (error) {
    const [status, body] = [propertyOf(error, 'status'), propertyOf(error, 'body')];
    // A success that could not be read: a page instead of JSON.
    if (typeof status === 'number') return { response: { status, headers: { 'content-type': 'text/html' }, body } };
    return error instanceof NetworkError ? { failure: { error: error.name } } : undefined;
  }
}

/** Headers that mean something when they are replayed. */
const HEADERS = ['content-type', 'retry-after', 'x-retry-after', 'x-rate-limit-requests-quota', 'x-rate-limit-time-window-ms'];
/** What is left of the quota changes with each run, and matters only when it is used up. */
const HEADERS_OF_429 = ['x-rate-limit-requests-left', 'x-rate-limit-time-reset-ms'];
/** The address of a store in a link, up to the version of the API. */
const STORE_ADDRESS = /https?:\/\/[^/\s"']+\/(stores\/[^/\s"']+|api)(?=\/v[23]\/)/g;

function maskedResponse({ status, headers, body }: RecordedResponse, path: string, mask: Mask): RecordedResponse {
  const names = status === 429 ? [...HEADERS, ...HEADERS_OF_429] : HEADERS;
  const kept = names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]]));
  const masked = mask.body(body, path, 'response');
  const relative: unknown = masked === undefined ? undefined : JSON.parse(JSON.stringify(masked).replace(STORE_ADDRESS, STORE));
  return { status, headers: Object.fromEntries(kept), ...(relative === undefined ? {} : { body: relative }) };
}
