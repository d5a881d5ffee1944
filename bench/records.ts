import 'reflect-metadata';
import { execFile } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Session } from 'bigrecord';
import { Product } from 'bigrecord/v3';
import { plainToInstance } from 'class-transformer';
import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import { product } from './support/catalog.js';
import { median, openShop, ratio, rounds } from './support/measure.js';
import type { Section } from './support/report.js';

const PAGE = 250;
const TIMES = 12;
const FIELDS = Object.keys(product(1, 'v3', []));

/** A plain class whose fields are assigned. */
class Plain {
  constructor(row: Record<string, unknown>) {
    Object.assign(this, row);
  }
}

/** The same product as a TypeORM entity; TypeORM can create instances without a database. */
function typeorm(): (rows: object[]) => object[] {
  class Item {}
  Entity()(Item);
  for (const name of FIELDS) (name === 'id' ? PrimaryColumn({ type: 'int' }) : Column({ type: 'text' }))(Item.prototype, name);
  const source = new DataSource({ type: 'better-sqlite3', database: ':memory:', driver: class {}, entities: [Item] } as never);
  (source as unknown as { buildMetadatas(): void }).buildMetadatas();
  return (rows) => source.manager.create(Item, rows as never) as unknown as object[];
}

/** (e), (f) and (i): the cost of a record, without any network. */
export async function records(): Promise<Section[]> {
  const session = Session.configure({ storeHash: 'abc', accessToken: 'token', baseUrl: 'http://127.0.0.1:9' });
  const text = JSON.stringify({
    data: Array.from({ length: PAGE }, (_, at) => product(at + 1, 'v3', [])),
    meta: { pagination: { total: PAGE, total_pages: 1 } },
  });
  session.use(async () => ({ status: 200, headers: {}, body: JSON.parse(text) }));
  const parse = (): Record<string, unknown>[] => (JSON.parse(text) as { data: Record<string, unknown>[] }).data;
  const create = typeorm();
  const ways = {
    'JSON.parse alone': parse,
    'and plain assignment': () => parse().map((row) => new Plain(row)),
    'bigrecord: tracked records': () => Product.limit(PAGE).all(),
    'and class-transformer': () => plainToInstance(Plain, parse()),
    'and TypeORM create()': () => create(parse()),
  };
  const times = await rounds(
    Object.fromEntries(
      Object.entries(ways).map(([name, way]) => [
        name,
        async () => {
          for (let time = 0; time < TIMES; time++) await way();
        },
      ]),
    ),
    15,
    3,
  );
  const hydration: Section = {
    id: 'hydration',
    title: `A product of ${FIELDS.length} fields, from its JSON`,
    drawn: 'µs per record',
    lines: Object.keys(ways).map((name) => ({
      name,
      figures: {
        'µs per record': ((median(times.get(name) as number[]) / TIMES / PAGE) * 1000).toFixed(1),
        'JSON.parse = 1': ratio(times, name, 'JSON.parse alone').toFixed(2),
      },
    })),
  };

  const all = await Product.limit(PAGE).all();
  const changed = await Product.limit(PAGE).all();
  for (const each of changed) each.price = 1;
  const deep = await Product.limit(PAGE).all();
  for (const each of deep) each.categories.push(7);
  const checks = {
    'bigrecord: untouched': () => all.filter(({ isDirty }) => isDirty),
    'bigrecord: one scalar changed': () => changed.filter(({ isDirty }) => isDirty),
    'bigrecord: one array changed': () => deep.filter(({ isDirty }) => isDirty),
    'bigrecord: one scalar changed, names and values': () => changed.map(({ changes }) => changes),
  };
  const checked = await rounds(
    Object.fromEntries(
      Object.entries(checks).map(([name, check]) => [
        name,
        () => {
          for (let time = 0; time < 40; time++) check();
        },
      ]),
    ),
    15,
    3,
  );
  const dirty: Section = {
    id: 'dirty',
    title: 'Change detection',
    drawn: 'µs per record',
    lines: Object.keys(checks).map((name) => ({
      name,
      figures: { 'µs per record': ((median(checked.get(name) as number[]) / 40 / PAGE) * 1000).toFixed(2) },
    })),
  };
  const use = await using(all);
  await session.close();
  return [hydration, dirty, use, await size(), await delay()];
}

/** Compares common uses of records with those of plain objects that have the same attributes. */
async function using(all: readonly Product[]): Promise<Section> {
  const plain = all.map((each) => ({ ...each }));
  const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  const uses: Record<string, (list: readonly Pick<Product, 'name' | 'price' | 'is_visible'>[]) => unknown> = {
    'JSON.stringify': (list) => JSON.stringify(list),
    'a copy of each, by spreading': (list) => list.map((each) => ({ ...each })),
    'reading two attributes, in a filter': (list) => list.filter(({ price, is_visible }) => price > 100 && is_visible),
    'sorting by name': (list) => [...list].sort(byName),
  };
  const times = await rounds(
    Object.fromEntries(
      Object.entries(uses).flatMap(([name, use]) =>
        [plain, all].map((list) => [
          `${name} ${list === all ? 'records' : 'plain'}`,
          () => {
            for (let time = 0; time < 40; time++) use(list);
          },
        ]),
      ),
    ),
    15,
    3,
  );
  return {
    id: 'use',
    title: 'Records, and plain objects with the same attributes',
    drawn: 'plain object = 1',
    lines: Object.keys(uses).map((name) => ({
      name,
      figures: {
        'plain, µs': ((median(times.get(`${name} plain`) as number[]) / 40 / PAGE) * 1000).toFixed(3),
        'records, µs': ((median(times.get(`${name} records`) as number[]) / 40 / PAGE) * 1000).toFixed(3),
        'plain object = 1': ratio(times, `${name} records`, `${name} plain`).toFixed(2),
      },
    })),
  };
}

/** Measures the memory of records, rows and plain objects, each in a separate process. */
async function size(): Promise<Section> {
  const program = fileURLToPath(new URL('./record-size.js', import.meta.url));
  const ways = { rows: 'the rows that JSON.parse gives', assigned: 'and plain assignment', records: 'bigrecord: tracked records' };
  const sizes = new Map<string, { bytes: number; grown: number }>();
  for (const way of Object.keys(ways)) {
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, way]);
    sizes.set(way, JSON.parse(stdout) as { bytes: number; grown: number });
  }
  const rows = sizes.get('rows') as { bytes: number };
  return {
    id: 'size',
    title: `A product of ${FIELDS.length} fields in memory`,
    drawn: 'rows = 1',
    lines: Object.entries(ways).map(([way, name]) => {
      const { bytes, grown } = sizes.get(way) as { bytes: number; grown: number };
      return {
        name,
        figures: {
          bytes: Math.round(bytes),
          'rows = 1': (bytes / rows.bytes).toFixed(2),
          'more after isDirty, spread and JSON': Math.round(grown),
        },
      };
    }),
  };
}

/** (i) The delay of the event loop while 10,000 products are read at full speed. */
async function delay(): Promise<Section> {
  const shop = await openShop();
  const session = new Session({ storeHash: 'abc', accessToken: 'token', baseUrl: `http://127.0.0.1:${shop.port}` });
  await Product.using(session).all();
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  for (let time = 0; time < 5; time++) await Product.using(session).all();
  histogram.disable();
  await session.close();
  shop.close();
  const ms = (nanoseconds: number): string => (nanoseconds / 1e6).toFixed(1);
  return {
    id: 'event-loop',
    title: 'The event loop, while 10,000 products are read at full speed',
    drawn: 'delay, ms',
    lines: [50, 99, 99.9].map((percentile) => ({
      name: `bigrecord: ${percentile}th percentile`,
      figures: { 'delay, ms': ms(histogram.percentile(percentile)) },
    })),
    notes: ['The resolution of the timer is 1 ms.'],
  };
}
