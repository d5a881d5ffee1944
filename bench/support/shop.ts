// The store of the benchmarks, in a separate process. Responses are prepared beforehand, so that the store is never the bottleneck.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { product } from './catalog.js';

const LATENCY_MS = Number(process.argv[2] ?? 0);
const COUNT = 500_000;
const ready = new Map<string, Buffer>();
let requests = 0;

/** Returns the body for a URL, prepared on first use. */
function made(url: string, make: () => unknown): Buffer {
  let bytes = ready.get(url);
  if (bytes === undefined) {
    bytes = Buffer.from(JSON.stringify(make()));
    if (ready.size < 600) ready.set(url, bytes);
  }
  return bytes;
}

const range = (first: number, count: number): number[] => Array.from({ length: count }, (_, at) => first + at);

/** Returns the rows for a URL: a page, some ids, the children of a product. */
function bodyOf(path: string, query: URLSearchParams, version: string): unknown {
  const [, id, child] = /\/products(?:\/(\d+))?(?:\/(\w+))?$/.exec(path) ?? [];
  const include = (query.get('include') ?? '').split(',');
  const row = (each: number) => product(each, version, include);
  if (child !== undefined) {
    const rows = (product(Number(id), version, [child]) as Record<string, unknown>)[child];
    return version === 'v3' ? { data: rows, meta: { pagination: { total: 3, count: 3, total_pages: 1, current_page: 1 } } } : rows;
  }
  if (id !== undefined) return version === 'v3' ? { data: row(Number(id)), meta: {} } : row(Number(id));
  const limit = Number(query.get('limit') ?? 50);
  const page = Number(query.get('page') ?? 1);
  const total = Math.min(COUNT, Number(query.get('price:max') ?? query.get('max_price') ?? 10_000));
  const wanted =
    query.get('id:in')?.split(',').map(Number) ?? range(1 + (page - 1) * limit, Math.max(0, Math.min(limit, total - (page - 1) * limit)));
  const data = wanted.map(row);
  if (version !== 'v3') return data;
  return {
    data,
    meta: { pagination: { total, count: data.length, per_page: limit, current_page: page, total_pages: Math.ceil(total / limit) } },
  };
}

function respond(response: ServerResponse, bytes: Buffer | undefined): void {
  const send = (): void => {
    response.writeHead(bytes === undefined ? 204 : 200, { 'content-type': 'application/json', 'content-length': bytes?.length ?? 0 });
    response.end(bytes);
  };
  if (LATENCY_MS > 0) setTimeout(send, LATENCY_MS);
  else send();
}

const server = createServer((request, response) => {
  requests++;
  const url = request.url ?? '';
  if (request.method === 'GET') {
    const { pathname, searchParams } = new URL(url, 'http://x');
    const version = pathname.includes('/v2/') ? 'v2' : 'v3';
    respond(
      response,
      made(url, () => bodyOf(pathname, searchParams, version)),
    );
    request.resume();
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const given = JSON.parse(Buffer.concat(chunks).toString() || 'null') as Record<string, unknown> | Record<string, unknown>[];
    const rows = Array.isArray(given)
      ? given.map((row) => ({ ...product(Number(row['id']), 'v3', []), ...row }))
      : { ...product(Number(/\d+$/.exec(url)?.[0] ?? 1), 'v3', []), ...given };
    respond(response, Buffer.from(JSON.stringify(url.includes('/v2/') ? rows : { data: rows, meta: {} })));
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', () => {
  process.send?.({ requests });
  requests = 0;
});
process.on('disconnect', () => process.exit());
