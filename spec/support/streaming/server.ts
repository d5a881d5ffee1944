/** A process of its own that serves so many product rows by pages, and accepts lists: for measuring the memory of a client. */
import { createServer } from 'node:http';

const total = Number(process.argv[2]);
const name = 'A product with a name of some length';
const row = (id: number): object => ({
  id,
  name,
  price: 1,
  sku: `S-${id}`,
  description: name.repeat(5),
  categories: [1, 2, 3],
  is_visible: true,
});

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '', 'http://localhost');
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    if (request.method !== 'GET') {
      response.end(JSON.stringify({ data: JSON.parse(Buffer.concat(chunks).toString()), meta: {} }));
      return;
    }
    const limit = Number(url.searchParams.get('limit'));
    const page = Number(url.searchParams.get('page') ?? 1);
    const first = (page - 1) * limit + 1;
    const data = Array.from({ length: Math.max(0, Math.min(limit, total - first + 1)) }, (_, at) => row(first + at));
    response.end(JSON.stringify({ data, meta: { pagination: { total, total_pages: Math.ceil(total / limit) } } }));
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port));
