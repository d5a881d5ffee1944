import { isJsonObject } from '../json-object.js';

/** A request on a cassette: masked, and without host, credentials and headers. */
export interface RecordedRequest {
  readonly method: string;
  /** Below the store: `/v2/products/1`. */
  readonly path: string;
  /** Parameters as the URL has them; arrays are joined with commas. */
  readonly query: Readonly<Record<string, string>>;
  /** The JSON that was sent, or `{ form: { … } }` for an upload; `undefined` for none. */
  readonly body?: unknown;
}

/** A response on a cassette. */
export interface RecordedResponse {
  readonly status: number;
  /** Those that mean something when the response is replayed: the type of the content, waits, the quota. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON, or a text; `undefined` for an empty body. */
  readonly body?: unknown;
}

/** A failure without a response: the connection was lost, or a time limit was exceeded. */
interface RecordedFailure {
  /** The name of the error: `NetworkError`. */
  readonly error: string;
}

/** A request of a session, and how it ended. */
export interface Exchange {
  readonly request: RecordedRequest;
  /** Missing if there was none. */
  readonly response?: RecordedResponse;
  /** Why there was no response. */
  readonly failure?: RecordedFailure;
  /** How often the session tried, if all attempts failed. */
  readonly attempts?: number;
}

/** A masking rule as a cassette keeps it; functions cannot be kept. */
export type KeptRule = string | { readonly pattern: string; readonly flags: string };

/** How the values of a cassette were masked: whoever replays it masks requests in the same way. */
export interface KeptMask {
  /** Whether personal fields are masked. */
  readonly personal: boolean;
  readonly rules: readonly KeptRule[];
  /** Whether rules were functions: `replay()` needs the same ones. */
  readonly hasFunctions: boolean;
  /** Whether a key was mixed into the pseudonyms: `replay()` needs the same one. */
  readonly hasKey: boolean;
}

/** What a file holds. */
export interface Cassette {
  readonly mask: KeptMask;
  readonly exchanges: readonly Exchange[];
}

/** Stands for the address of the store, `https://api.bigcommerce.com/stores/abc123`, in the links of responses. */
export const STORE = '{store}';

/** Returns a path without escapes, as cassettes have it. */
export function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Returns what tells recorded requests apart: two with the same identity get their responses in the order in which they were recorded. */
export function identityOf({ method, path, query, body }: RecordedRequest): string {
  return JSON.stringify([path, Object.entries(query).sort(byName), method, inOrder(body) ?? null]);
}

/** Sorts the names of objects at any depth: their order means nothing. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(byName)
      .map(([name, each]) => [name, inOrder(each)]),
  );
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

/** Returns exchanges in the order in which a file has them: the same, whatever arrived first. */
export function sorted(exchanges: readonly Exchange[]): Exchange[] {
  return exchanges
    .map((exchange) => ({ exchange, identity: identityOf(exchange.request) }))
    .sort((a, b) => (a.identity === b.identity ? 0 : a.identity < b.identity ? -1 : 1))
    .map(({ exchange }) => exchange);
}

/** Writes a request as messages show it: `GET /v2/products?page=2 {"name":"Mug"}`. */
export function lineOf({ method, path, query, body }: RecordedRequest): string {
  const search = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return `${method} ${path}${search.length === 0 ? '' : `?${search.join('&')}`}${body === undefined ? '' : ` ${shortened(JSON.stringify(body))}`}`;
}

const shortened = (text: string): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text);

/** The leaves of a value by their paths: `{ a: [{ b: 1 }] }` has `a[0].b`. */
export function leavesOf(value: unknown, path: string): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  const visit = (each: unknown, at: string): void => {
    if (isJsonObject(each)) {
      for (const [name, entry] of Object.entries(each)) visit(entry, `${at}.${name}`);
    } else if (Array.isArray(each)) {
      for (const [index, entry] of each.entries()) visit(entry, `${at}[${index}]`);
      if (each.length === 0) leaves.set(at, EMPTY_ARRAY);
    } else if (each !== undefined) {
      leaves.set(at, each);
    }
  };
  visit(value, path);
  return leaves;
}

const EMPTY_ARRAY: readonly never[] = Object.freeze([]);
