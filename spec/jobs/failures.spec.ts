import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Session } from '../../lib/index.js';
import { copyJob, defineJob, exportJob, importJob, type JobFailure, reconcileJob, updateAllJob } from '../../lib/jobs/index.js';
import { Brand, Product } from '../../lib/resources/v3/index.js';
import { Sandbox } from '../../lib/sandbox/index.js';
import { rejection } from '../support/rejection.js';

const allOf = async <T>(values: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
};

describe('a job', () => {
  let store: Sandbox;
  let session: Session;
  let folder: string;
  let files = 0;
  const file = (): string => join(folder, `${++files}.ndjson`);

  before(async () => {
    store = await Sandbox.start({ port: false, seed: 'empty' });
    session = new Session(store.credentials);
    folder = mkdtempSync(join(tmpdir(), 'jobs-'));
  });
  after(async () => {
    await session.close();
    await store.stop();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    store.reset();
    for (let n = 1; n <= 12; n++) store.create(Product, { name: `P${n}`, sku: `S${n}`, price: 100, weight: 1, type: 'physical' });
  });
  const column = (name: string): unknown[] => store.rows(Product).map((row) => row[name]);

  it('keeps rows that fail, which are fixed and tried again', async () => {
    const rename = defineJob('rename', {
      source: () => Product.where({}),
      each: (product: Product) => {
        if (product.sku === 'S2') throw new RangeError('not this one');
        product.name = product.sku === 'S3' ? 'P4' : `${product.name}!`;
      },
      batchSize: 5,
      partitions: 1,
    });
    const run = rename.local({ checkpoint: file(), session });
    expect(await run).to.include({ done: 12, succeeded: 10, failed: 2 });
    const failures = await allOf(run.failures());
    expect(failures.map(({ stage, key }) => [stage, key])).to.have.deep.members([
      ['define', column('id')[1]],
      ['write', column('id')[2]],
    ]);
    const taken = failures.find(({ stage }) => stage === 'write') as JobFailure;
    expect(taken.status).to.be.oneOf([409, 422]);
    taken.row['name'] = 'fixed';
    expect(await run.retry([taken])).to.include({ done: 12, succeeded: 11, failed: 1 });
    expect(column('name')[2]).to.equal('fixed');
    expect((await allOf(run.failures())).map(({ stage }) => stage)).to.deep.equal(['define']);
  });

  it('creates by natural key, adopts what is there, and undoes it', async () => {
    const create = defineJob('create', {
      model: Product,
      naturalKey: 'sku',
      *rows() {
        for (let n = 1; n <= 4; n++) yield { n };
      },
      create: ({ n }: { n: number }) => ({
        name: `New ${n}`,
        sku: n === 1 ? 'S1' : `N${n}`,
        type: 'physical' as const,
        weight: 1,
        price: 5,
      }),
    });
    const run = create.local({ checkpoint: file(), session, settleMs: 0 });
    expect(await run).to.include({ succeeded: 3, failed: 1 });
    const [taken] = await allOf(run.failures());
    expect(taken).to.include({ key: 'S1', stage: 'conflict' });
    expect(column('sku')).to.have.lengthOf(15);
    expect(await run.revert()).to.include({ succeeded: 3, failed: 0 });
    expect(column('sku')).to.have.lengthOf(12);
  });

  it('deletes, and counts what is gone already as done', async () => {
    const remove = defineJob('remove', { source: () => Product.where({}), destroy: (product: Product) => product.sku !== 'S1' });
    const run = remove.local({ checkpoint: file(), session });
    expect(await run).to.include({ done: 12, failed: 0 });
    expect(column('sku')).to.deep.equal(['S1']);
    expect(String(await rejection(run.revert()))).to.match(/cannot be reverted/);
  });

  it('hands batches over, which it tries row by row if they throw again and again', async () => {
    const sizes: number[] = [];
    const batch = defineJob('batch', {
      source: () => Product.where({}),
      batch: (products: Product[]) => {
        sizes.push(products.length);
        if (products.some(({ sku }) => sku === 'S3')) throw new Error('S3 is bad');
      },
      batchSize: 4,
      partitions: 1,
    });
    const run = batch.local({ checkpoint: file(), session });
    expect(await run).to.include({ done: 12, succeeded: 11, failed: 1 });
    const [failure] = await allOf(run.failures());
    expect(failure?.row['sku']).to.equal('S3');
    expect(sizes.filter((size) => size === 1).length).to.be.greaterThan(3);
  }).timeout(30_000);

  it('exports, imports, copies, sets and reconciles', async () => {
    const output = join(folder, 'products.csv');
    const columns = ['sku', 'price', 'name', 'type', 'weight'];
    const catalog = exportJob('catalog', { source: () => Product.where({}), file: output, format: 'csv', columns });
    expect(await catalog.local({ checkpoint: file(), session })).to.include({ succeeded: 12 });
    expect(readFileSync(output, 'utf8').split('\n')).to.have.lengthOf(14).and.include('S1,100,P1,physical,1');
    writeFileSync(output, `${columns.join()}\nS1,7,P1,physical,1\nX1,8,New,physical,1\n`);
    const prices = importJob('prices', { model: Product, naturalKey: 'sku', file: output, format: 'csv' });
    expect(await prices.local({ checkpoint: file(), session, settleMs: 0 })).to.include({ succeeded: 2, failed: 0 });
    expect(column('price').slice(0, 2).concat(column('price').at(-1))).to.deep.equal([7, 100, 8]);
    const hide = updateAllJob('hide', { source: () => Product.where({}), set: { is_visible: false } });
    expect(await hide.local({ checkpoint: file(), session })).to.include({ succeeded: 13, failed: 0 });
    expect(new Set(column('is_visible'))).to.deep.equal(new Set([false]));
    const seen: string[] = [];
    const sync = reconcileJob('sync', {
      source: ({ since }) => Product.where({ date_modified: { min: since } }),
      batch: (products: Product[]) => seen.push(...products.map(({ sku }) => sku)),
    });
    await sync.local({ checkpoint: file(), session, params: { since: new Date().toISOString() } });
    expect(seen).to.have.lengthOf(13);
  });

  it('copies to another store, with the keys of what it refers to', async () => {
    const other = await Sandbox.start({ port: false, seed: 'empty' });
    const target = new Session(other.credentials);
    try {
      store.create(Brand, { name: 'Acme' });
      for (const name of ['Other', 'Acme']) other.create(Brand, { name });
      const { id } = store.rows(Brand)[0] ?? {};
      store.create(Product, { name: 'Branded', sku: 'B', price: 1, weight: 1, type: 'physical', brand_id: Number(id) });
      const copy = copyJob('copy', {
        source: () => Product.where({ sku: 'B' }),
        to: () => 'other',
        naturalKey: 'sku',
        references: { brand_id: { model: Brand, by: 'name' } },
        map: ({ name, sku, price, weight, type, brand_id }) => ({ name, sku, price, weight, type, brand_id }),
      });
      const run = copy.local({ checkpoint: file(), session, settleMs: 0, stores: { session: () => target } });
      expect(await run).to.include({ succeeded: 1, failed: 0 });
      const acme = other.rows(Brand).find(({ name }) => name === 'Acme');
      expect(other.rows(Product)[0]).to.include({ sku: 'B', brand_id: acme?.['id'] });
    } finally {
      await target.close();
      await other.stop();
    }
  });

  it('says what is wrong with a definition', () => {
    const source = () => Product.where({});
    const wrong: [string, object, RegExp][] = [
      ['a:b', { source, each() {} }, /no `:`/],
      ['a', { source }, /needs one of `each`/],
      ['a', { each() {} }, /needs one of `source`/],
      ['a', { source, each() {}, destroy() {} }, /takes one of/],
      ['a', { source, create() {} }, /needs `naturalKey`/],
      ['a', { source, eech() {} }, /did you mean `each`/],
      ['a', { source, each() {}, batchSize: 0 }, /whole number from 1/],
      ['a', { rows: () => [], each() {} }, /works on records of `source`/],
    ];
    for (const [name, definition, message] of wrong) expect(() => defineJob(name, definition), String(message)).to.throw(message);
  });

  it('refuses a source that cannot be walked by keys, and the checkpoint of another run', async () => {
    const ordered = defineJob('ordered', { source: () => Product.where({}).order('name'), each() {} });
    expect(String(await rejection(ordered.local({ checkpoint: file(), session })))).to.match(/leave out order\(\)/);
    const touch = defineJob('touch', { source: () => Product.where({}), each() {} });
    const checkpoint = file();
    await touch.local({ checkpoint, session, params: { a: 1 } });
    expect(String(await rejection(touch.local({ checkpoint, session, params: { a: 2 } })))).to.match(/another run: its params/);
  });
});
