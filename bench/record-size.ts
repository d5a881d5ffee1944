// Runs in a separate process with --expose-gc: measures the memory of 10,000 products as rows, plain objects or records.
import { setTimeout } from 'node:timers/promises';
import { Session } from 'bigrecord';
import { Product } from 'bigrecord/v3';
import { product } from './support/catalog.js';

const PAGE = 250;
const PAGES = 40;

const [way = 'records'] = process.argv.slice(2);
const text = JSON.stringify({ data: Array.from({ length: PAGE }, (_, at) => product(at + 1, 'v3', [])), meta: {} });
const session = Session.configure({ storeHash: 'abc', accessToken: 'token', baseUrl: 'http://127.0.0.1:9' });
session.use(async () => ({ status: 200, headers: {}, body: JSON.parse(text) }));

const parse = (): Record<string, unknown>[] => (JSON.parse(text) as { data: Record<string, unknown>[] }).data;
class Plain {}
const ways: Record<string, () => unknown> = {
  rows: parse,
  assigned: () => parse().map((row) => Object.assign(new Plain(), row)),
  records: () => Product.limit(PAGE).perPage(PAGE).all(),
};

async function heap(): Promise<number> {
  await setTimeout(20);
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const load = ways[way] as () => unknown;
for (let time = 0; time < 20; time++) await load();
const before = await heap();
const kept: unknown[] = [];
for (let page = 0; page < PAGES; page++) kept.push(await load());
const loaded = await heap();
for (const page of kept as Product[][]) {
  if (way === 'records') for (const record of page) void [record.isDirty, { ...record }];
  JSON.stringify(page);
}
const used = await heap();
console.log(JSON.stringify({ bytes: (loaded - before) / PAGES / PAGE, grown: (used - loaded) / PAGES / PAGE, kept: kept.length }));
await session.close();
