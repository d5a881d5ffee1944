import { Session } from 'bigrecord';
import { Product } from 'bigrecord/v3';
import { bareGot } from './support/rivals.js';

const PAGE = 250;

// A process of its own: walks so many products, with the library or without, and tells the most memory that it had. Where it may
// collect (--expose-gc) it does so now and then, and tells what was then alive.
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
