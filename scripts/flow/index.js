/**
 * Counts, for a few operations, the function entries in lib/ and the returns to a file that was already left. `npm run flow`
 */
import { createServer } from 'node:http';
import { register } from 'node:module';

const trace = [];
globalThis.__entered = (file) => trace.push(file);
register('./instrument.js', import.meta.url);
const { Session } = await import('../../dist/lib/index.js');
const { Product } = await import('../../dist/lib/resources/v3/index.js');

const product = (id) => ({ id, name: `Product ${id}`, price: id, sku: `S${id}`, brand_id: 1 });
const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks)) : undefined;
  const { pathname, searchParams } = new URL(request.url, 'http://store');
  const path = pathname.replace(/^\/stores\/abc\/v3\/catalog/, '');
  let data;
  if (Array.isArray(body)) data = body.map((row) => ({ ...product(row.id), ...row }));
  else if (body !== undefined) data = { ...product(1), ...body };
  else if (path === '/products') {
    const ids = searchParams.get('id:in')?.split(',').map(Number) ?? Array.from({ length: 60 }, (_, at) => at + 1);
    data = ids.map((id) => (searchParams.get('include') ? { ...product(id), images: [{ id, product_id: id }], variants: [{ id, product_id: id }] } : product(id)));
  } else data = product(Number(path.split('/').at(-1)));
  const rows = Array.isArray(data) ? data.length : 1;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ data, meta: { pagination: { total: rows, count: rows, per_page: 250, current_page: 1, total_pages: 1 } } }));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const session = Session.configure({ storeHash: 'abc', accessToken: 'flow-token-of-a-store', baseUrl: `http://127.0.0.1:${server.address().port}` });

async function measure(name, work) {
  trace.length = 0;
  await work();
  await new Promise((resolve) => setImmediate(resolve));
  const left = new Set();
  let returns = 0;
  let current;
  for (const file of trace) {
    if (file === current) continue;
    if (current !== undefined) left.add(current);
    if (left.has(file)) returns++;
    current = file;
  }
  console.log(`${name}: ${trace.length} entries, ${returns} returns, ${new Set(trace).size} files`);
  if (process.argv.includes('--trace')) {
    const by = new Map();
    for (const file of trace) by.set(file, (by.get(file) ?? 0) + 1);
    console.log([...by].sort((a, b) => b[1] - a[1]).map(([file, times]) => `  ${times} ${file}`).join('\n'));
  }
}

// Once before, so that what is made once is not counted.
const warm = await Product.limit(60).all();
await warm[0].images;
warm[0].name = 'warm';
await warm[0].save();
await Product.saveMany(warm.slice(0, 2).map((each) => each.assign({ name: 'w' })));

let one;
await measure('find', async () => {
  one = await Product.find(1);
});
await measure('save', async () => {
  one.name = 'changed';
  await one.save();
});
const page = await Product.limit(60).all();
await measure('first lazy await of a page of 60', async () => page[0].images);
const many = await Product.limit(10).all();
await measure('saveMany(10)', async () => {
  for (const each of many) each.name = 'many';
  await Product.saveMany(many);
});
await session.close();
server.closeAllConnections();
server.close();
