import { Session } from 'bigrecord';
import { Product } from 'bigrecord/v3';
import { bareGot } from './support/rivals.js';

const PAGE = 250;

// Runs in a separate process: iterates over a number of products, with or without the library, and reports the maximum memory. With
// --expose-gc it collects garbage regularly, and reports what is alive then.
const EVERY = 5000;
const [port = '', count = '', walker = 'bigrecord'] = process.argv.slice(2);
let seen = 0;
let heap = 0;
const saw = (records: number): void => {
  seen += records;
  if (globalThis.gc !== undefined) {
    if (seen % EVERY > 0) return;
    globalThis.gc();
  }
  heap = Math.max(heap, process.memoryUsage().heapUsed);
};
if (walker === 'bigrecord') {
  const session = new Session({ storeHash: 'abc', accessToken: 'token', baseUrl: `http://127.0.0.1:${port}`, rateLimit: false });
  for await (const page of Product.using(session)
    .where({ price: { max: Number(count) } })
    .pages())
    saw(page.items.length);
  await session.close();
} else {
  const got = bareGot(Number(port), 1);
  for (let page = 1; page <= Number(count) / PAGE; page++)
    saw((await got(`v3/catalog/products?limit=${PAGE}&page=${page}&price:max=${count}`).json<{ data: unknown[] }>()).data.length);
}
process.send?.({ seen, heap, resident: process.resourceUsage().maxRSS * 1024 });
process.disconnect?.();
