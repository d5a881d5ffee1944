import { Session } from 'bigrecord';
import { Product } from 'bigrecord/v3';
import { type Contestants, median, openShop, ratio, rounds, type Shop } from './support/measure.js';
import type { Section } from './support/report.js';
import { atOnce, bareGot, nodeBigCommerce, space48 } from './support/rivals.js';

const LATENCY_MS = 50;
const CONCURRENCY = 8;
const OWN = 'bigrecord';
const BARE = 'got, by hand';

interface Row {
  id: number;
  price: number;
}

/** (b), (c), (d): typical jobs, with network latency. */
export async function jobs(): Promise<Section[]> {
  const shop = await openShop(LATENCY_MS);
  const session = new Session({
    storeHash: 'abc',
    accessToken: 'token',
    baseUrl: `http://127.0.0.1:${shop.port}`,
    concurrency: CONCURRENCY,
  });
  const Products = Product.using(session);
  const got = bareGot(shop.port, CONCURRENCY);
  const old = nodeBigCommerce(shop.port, 'v2');
  const other = space48(shop.port);
  const page = (number: number, query = '') =>
    got(`v3/catalog/products?limit=250&page=${number}${query}`).json<{ data: Row[]; meta: { pagination: { total_pages: number } } }>();

  const reading = await compare(
    shop,
    'read',
    'Read 10,000 products',
    {
      [OWN]: () => Products.all(),
      [BARE]: async () => {
        const first = await page(1);
        const rest: Row[][] = [];
        await atOnce(first.meta.pagination.total_pages - 1, CONCURRENCY, async (at) => (rest[at] = (await page(at + 2)).data));
        return [first.data, ...rest].flat();
      },
    },
    {
      'node-bigcommerce': [
        1,
        async () => {
          const all: unknown[] = [];
          for (let number = 1; all.length < 10_000; number++) all.push(...((await old.get(`/products?page=${number}`)) as unknown[]));
        },
      ],
      '@space48/bigcommerce-api': [
        1,
        async () => {
          let _count = 0;
          for await (const _ of other.v3.list('/catalog/products')) _count++;
        },
      ],
    },
  );

  const products = (await Products.limit(1000).all()) as Product[];
  let price = 1000;
  const writing = await compare(
    shop,
    'update',
    'Change 1,000 prices',
    {
      [OWN]: async () => {
        price++;
        for (const product of products) product.price = price;
        (await Products.saveMany(products)).orThrow();
      },
      [BARE]: async () => {
        price++;
        await atOnce(100, CONCURRENCY, (at) =>
          got.put('v3/catalog/products', { json: products.slice(at * 10, at * 10 + 10).map(({ id }) => ({ id, price })) }).json(),
        );
      },
    },
    {
      'node-bigcommerce': [
        10,
        async () => {
          for (const { id } of products.slice(0, 100)) await old.put(`/products/${id}`, { price: '1.00' });
        },
      ],
      '@space48/bigcommerce-api': [
        10,
        async () => {
          for (const { id } of products.slice(0, 100))
            await other.v3.put('/catalog/products/{product_id}', { path: { product_id: id }, body: { price: 1 } } as never);
        },
      ],
    },
  );

  const relating = await compare(
    shop,
    'relations',
    'Read 250 products with images and variants',
    {
      [OWN]: async () => {
        for (const product of await Products.include('images', 'variants').limit(250)) {
          await product.images;
          await product.variants;
        }
      },
      [BARE]: () => page(1, '&include=images,variants'),
    },
    {
      'node-bigcommerce': [
        5,
        async () => {
          for (const { id } of (await old.get('/products')) as Row[]) {
            await old.get(`/products/${id}/images`);
            await old.get(`/products/${id}/variants`);
          }
        },
      ],
      '@space48/bigcommerce-api': [
        1,
        async () => {
          let count = 0;
          for await (const _ of other.v3.list('/catalog/products', { query: { include: ['images', 'variants'] } } as never))
            if (++count === 250) break;
        },
      ],
    },
  );

  await session.close();
  shop.close();
  return [reading, writing, relating];
}

/** Measures bigrecord and got in rounds; the npm clients once, with part of the job if all of it would take minutes. */
async function compare(
  shop: Shop,
  id: string,
  title: string,
  pair: Contestants,
  rivals: Readonly<Record<string, readonly [scale: number, work: () => Promise<unknown>]>>,
): Promise<Section> {
  await shop.requests();
  const asked = new Map<string, number>();
  for (const [name, work] of Object.entries(pair)) {
    await work();
    asked.set(name, await shop.requests());
  }
  const times = await rounds(pair, 7);
  await shop.requests();
  const own = median(times.get(OWN) as number[]);
  const lines = Object.keys(pair).map((name) => ({
    name,
    figures: {
      requests: asked.get(name) ?? 0,
      seconds: (median(times.get(name) as number[]) / 1000).toFixed(2),
      'time, bigrecord = 1': ratio(times, name, OWN).toFixed(2),
    },
  }));
  for (const [name, [scale, work]] of Object.entries(rivals)) {
    const begun = performance.now();
    await work();
    const ms = (performance.now() - begun) * scale;
    lines.push({
      name,
      figures: { requests: (await shop.requests()) * scale, seconds: (ms / 1000).toFixed(2), 'time, bigrecord = 1': (ms / own).toFixed(2) },
    });
  }
  const scaled = Object.entries(rivals)
    .filter(([, [scale]]) => scale > 1)
    .map(([name, [scale]]) => `${name}: part of the job was measured, and multiplied by ${scale}`);
  return {
    id,
    title,
    lines,
    drawn: 'seconds',
    notes: [
      `Each response takes ${LATENCY_MS} ms. bigrecord and got send ${CONCURRENCY} requests at once; the npm clients are used as in their READMEs.${scaled.length > 0 ? ` ${scaled.join('; ')}.` : ''}`,
    ],
  };
}
