import { isJsonObject } from '../json-object.js';
import type { Reply } from './dialect.js';

const SECRET_HEADERS: ReadonlySet<string> = new Set(['x-auth-token', 'authorization', 'cookie']);

/** Stands for a body that is not valid JSON. */
export const INVALID_JSON = Symbol('invalid JSON');

/** A parsed request. */
export interface ParsedRequest {
  readonly method: string;
  readonly url: URL;
  /** Below the store: `/v2/products/1`. */
  readonly path: string;
  /** The address of the store, for links. */
  readonly root: string;
  readonly query: Readonly<Record<string, string>>;
  /** The parsed body; for a form, its fields, with the names of files. */
  readonly body: unknown;
  readonly headers: Headers;
}

/** Returns the path of a request below the store: `/v2/products/1`. */
export const pathOf = ({ url }: Request): string => new URL(url).pathname.replace(/^\/stores\/[^/]+|^\/api(?=\/)/, '');

export async function parseRequest(request: Request): Promise<ParsedRequest> {
  const url = new URL(request.url);
  const path = pathOf(request);
  const root = `${url.origin}${url.pathname.slice(0, url.pathname.length - path.length)}`;
  const { method, headers } = request;
  return { method, url, path, root, query: Object.fromEntries(url.searchParams), body: await bodyOf(request), headers };
}

export function toResponse({ status, body, headers }: Reply, extraHeaders: Readonly<Record<string, string>>): Response {
  if (body === undefined) return new Response(null, { status, headers: { ...extraHeaders, ...headers } });
  const isText = typeof body === 'string';
  const type = { 'content-type': isText ? 'text/html' : 'application/json' };
  return new Response(isText ? body : JSON.stringify(body), { status, headers: { ...type, ...extraHeaders, ...headers } });
}

/** Returns headers without credentials. */
export const withoutSecrets = (headers: Headers): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => !SECRET_HEADERS.has(name)));

/** Returns a body of the token endpoint without its secrets. */
export function redacted(value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, /secret|token|code/.test(name) ? '[redacted]' : each]));
}

async function bodyOf(request: Request): Promise<unknown> {
  if (request.headers.get('content-type')?.startsWith('multipart/form-data')) {
    const form = await request.formData();
    return Object.fromEntries([...form].map(([name, value]) => [name, typeof value === 'string' ? value : value.name]));
  }
  const text = await request.text();
  return text === '' ? undefined : parse(text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return INVALID_JSON;
  }
}
