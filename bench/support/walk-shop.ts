// A store with many products, in a separate process: lists by page and by key, and counts. Keys are sparse.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const LATENCY_MS = Number(process.argv[2] ?? 0);
const COUNT = 30_000;
const GAP = 7;
let requests = 0;

/** Returns how many keys are below one. */
const rankOf = (key: number): number => Math.min(COUNT, Math.max(0, Math.ceil(key / GAP) - 1));

const row = (rank: number): object => ({
  id: (rank + 1) * GAP,
  name: `Product ${rank}`,
  sku: `P-${rank}`,
  price: 10,
  weight: 1,
  is_visible: true,
});

const server = createServer((request, response) => {
  requests++;
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
  const least = Math.max(Number(searchParams.get('id:greater') ?? 0) + 1, Number(searchParams.get('min_id') ?? 1));
  const begin = rankOf(least);
  const total = COUNT - begin;
  const limit = Number(searchParams.get('limit') ?? 50);
  const page = Number(searchParams.get('page') ?? 1);
  const first = (page - 1) * limit;
  const rows = Array.from({ length: Math.max(0, Math.min(limit, total - first)) }, (_, at) => row(begin + first + at));
  const pagination = { total, count: rows.length, per_page: limit, current_page: page, total_pages: Math.ceil(total / limit) };
  const list = pathname.includes('/v2/') ? rows : { data: rows, meta: { pagination } };
  const text = JSON.stringify(pathname.endsWith('/count') ? { count: total } : list);
  setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end(text), LATENCY_MS);
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', () => {
  process.send?.({ requests });
  requests = 0;
});
process.once('disconnect', () => process.exit());
