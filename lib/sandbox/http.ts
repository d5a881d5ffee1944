import { isJsonObject } from '../json-object.js';
import type { Reply } from './dialect.js';

const SECRET_HEADERS: ReadonlySet<string> = new Set(['x-auth-token', 'authorization', 'cookie']);

/** Stands for a body that is not valid JSON. */
export const INVALID_JSON = Symbol('invalid JSON');

/** A request as it arrives. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | FormData | undefined;
}

/** A response as it leaves. */
export interface WireResponse {
  readonly status: number;
  /** Names are in lower case. */
  readonly headers: Record<string, string>;
  readonly text: string | undefined;
}

/** A parsed request. */
export interface ParsedRequest extends Pick<WireRequest, 'method' | 'headers'> {
  readonly url: URL;
  /** Below the store: `/v2/products/1`. */
  readonly path: string;
  /** The address of the store, for links. */
  readonly root: string;
  readonly query: Readonly<Record<string, string>>;
  /** The parsed body; for a form, its fields, with the names of files. */
  readonly body: unknown;
  /** The form that the body is, if it is one. */
  readonly form: FormData | undefined;
}

export function parseRequest({ method, url: address, headers, body }: WireRequest): ParsedRequest {
  const url = new URL(address);
  const path = url.pathname.replace(/^\/stores\/[^/]+|^\/api(?=\/)/, '');
  const root = `${url.origin}${url.pathname.slice(0, url.pathname.length - path.length)}`;
  return {
    method,
    url,
    path,
    root,
    query: url.search === '' ? {} : Object.fromEntries(url.searchParams),
    body: bodyOf(body),
    form: body instanceof FormData ? body : undefined,
    headers,
  };
}

/** Statuses of responses without a body. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

export function toWire({ status, body, headers }: Reply, extraHeaders: Readonly<Record<string, string>>): WireResponse {
  const isText = typeof body === 'string';
  const text = body === undefined || BODILESS.has(status) ? undefined : isText ? body : JSON.stringify(body);
  const type: Record<string, string> = text === undefined ? {} : { 'content-type': isText ? 'text/html' : 'application/json' };
  return { status, headers: { ...type, ...extraHeaders, ...lowerCased(headers) }, text };
}

/** Returns headers with their names in lower case. */
export const lowerCased = (headers: Readonly<Record<string, string>> = {}): Record<string, string> =>
  chosen(headers, (name) => name.toLowerCase());

/** Returns headers without credentials. */
export const withoutSecrets = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  chosen(headers, (name) => (SECRET_HEADERS.has(name) ? undefined : name));

/** Returns headers under the names that a function gives them; those without a name are left out. Each request and response has some. */
function chosen(headers: Readonly<Record<string, string>>, nameOf: (name: string) => string | undefined): Record<string, string> {
  const all: Record<string, string> = {};
  for (const given of Object.keys(headers)) {
    const name = nameOf(given);
    const value = headers[given];
    if (name !== undefined && value !== undefined) all[name] = value;
  }
  return all;
}

/** Returns a body of the token endpoint without its secrets. */
export function redacted(value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, /secret|token|code/.test(name) ? '[redacted]' : each]));
}

/** Returns the texts of the files of a form, by the names of its fields. */
export async function filesIn(body: string | FormData | undefined): Promise<Readonly<Record<string, string>>> {
  if (body === undefined || typeof body === 'string') return {};
  const files = [...body].map(async ([name, value]) => (typeof value === 'string' ? [] : [[name, await value.text()]]));
  return Object.fromEntries((await Promise.all(files)).flat());
}

function bodyOf(body: string | FormData | undefined): unknown {
  if (body === undefined || body === '') return undefined;
  if (typeof body === 'string') return parse(body);
  return Object.fromEntries([...body].map(([name, value]) => [name, typeof value === 'string' ? value : value.name]));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return INVALID_JSON;
  }
}
