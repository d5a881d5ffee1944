import { Session } from 'bigrecord';
import { Product } from 'bigrecord/v3';

// A process of its own: walks so many products and tells the most memory that it had.
const [port = '', count = ''] = process.argv.slice(2);
const session = new Session({ storeHash: 'abc', accessToken: 'token', baseUrl: `http://127.0.0.1:${port}`, rateLimit: false });
let seen = 0;
let heap = 0;
for await (const page of Product.using(session)
  .where({ price: { max: Number(count) } })
  .pages()) {
  seen += page.items.length;
  heap = Math.max(heap, process.memoryUsage().heapUsed);
}
await session.close();
process.send?.({ seen, heap, resident: process.resourceUsage().maxRSS * 1024 });
process.disconnect?.();
