/** `npm run bench:walks`: 120 pages at 50 ms, read in the order of keys and by V2, against a concurrent reader written by hand. */
import { Agent, request as nodeRequest } from 'node:http';
import { Session } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { median, openShop, rounds } from './support/measure.js';

const LATENCY_MS = 50;
const AT_ONCE = 8;
const SIZE = 250;
const ROUNDS = 5;

const shop = await openShop(LATENCY_MS, './walk-shop.js');
const session = new Session({ storeHash: 'abc', accessToken: 'token', baseUrl: `http://127.0.0.1:${shop.port}`, rateLimit: false });
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

const get = (path: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    nodeRequest({ port: shop.port, path: `/stores/abc${path}`, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
    })
      .on('error', reject)
      .end();
  });

/** Reads the number of records, then all pages by number, several at once. */
async function byHand(count: () => Promise<number>, page: (number: number) => Promise<number>): Promise<number> {
  const pages = Math.ceil((await count()) / SIZE);
  let next = 1;
  let rows = 0;
  const read = async (): Promise<void> => {
    while (next <= pages) {
      const read = await page(next++);
      rows += read;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, read));
  return rows;
}

type List = { data: unknown[]; meta: { pagination: { total: number } } };
const v3Path = '/v3/catalog/products?sort=id&limit=';
const walks: Record<string, () => Promise<number>> = {
  'by hand, V3': () =>
    byHand(
      async () => ((await get(`${v3Path}1`)) as List).meta.pagination.total,
      async (page) => ((await get(`${v3Path}${SIZE}&page=${page}`)) as List).data.length,
    ),
  'V3 stable().all()': async () => (await v3.Product.using(session).stable()).length,
  'V3 stable(), for await': async () => {
    let rows = 0;
    for await (const page of v3.Product.using(session).stable().pages()) rows += page.items.length;
    return rows;
  },
  'by hand, V2': () =>
    byHand(
      async () => ((await get('/v2/products/count')) as { count: number }).count,
      async (page) => ((await get(`/v2/products?limit=${SIZE}&page=${page}`)) as unknown[]).length,
    ),
  'V2 all()': async () => (await v2.Product.using(session).all()).length,
  'V2 stable().all()': async () => (await v2.Product.using(session).stable()).length,
};

const requests = new Map<string, number>();
const contestants = Object.fromEntries(
  Object.entries(walks).map(([name, walk]) => [
    name,
    async () => {
      const rows = await walk();
      if (rows !== 30_000) throw new Error(`${name} read ${rows} records.`);
      requests.set(name, await shop.requests());
    },
  ]),
);
const times = await rounds(contestants, ROUNDS);
for (const [name, each] of times) {
  const rival = times.get(`by hand, ${name.includes('V2') ? 'V2' : 'V3'}`) ?? each;
  const ratios = each.map((time, at) => time / (rival[at] ?? time));
  console.log(
    `${name.padEnd(24)} ${Math.round(median(each))} ms  ${median(ratios).toFixed(2)} × by hand  ${requests.get(name)} requests for ${30_000 / SIZE} pages`,
  );
}
await session.close();
agent.destroy();
shop.close();
