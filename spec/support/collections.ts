// A process of its own, run with --expose-gc --trace-deopt: a job that keeps no record from one page to the next.
import { setImmediate } from 'node:timers/promises';
import { Session } from 'bigrecord';
import { Product } from 'bigrecord/v3';

const session = new Session({ storeHash: 'abc', accessToken: 'x', baseUrl: 'http://127.0.0.1:9' });
const text = JSON.stringify({ data: Array.from({ length: 250 }, (_, at) => ({ id: at + 1, name: `Product ${at}`, categories: [at] })) });
session.use(async () => ({ status: 200, headers: {}, body: JSON.parse(text) }));
for (let round = 0; round < 15; round++) {
  for (let page = 0; page < 12; page++) await Product.using(session).limit(250).all();
  // V8 keeps a hidden class for a few collections more.
  for (let collection = 0; collection < 4; collection++) {
    await setImmediate();
    globalThis.gc?.();
  }
}
