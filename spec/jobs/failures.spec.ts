import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ArgumentError, Session } from '../../lib/index.js';
import {
  copyJob,
  defineJob,
  exportJob,
  importJob,
  type JobContext,
  type JobFailure,
  reconcileJob,
  startWorker,
  updateAllJob,
} from '../../lib/jobs/index.js';
import { Brand, Product } from '../../lib/resources/v3/index.js';
import { Sandbox } from '../../lib/sandbox/index.js';
import { allOf } from '../support/all-of.js';
import { useFolder } from '../support/folder.js';
import { useProducts } from '../support/products.js';
import { rejection } from '../support/rejection.js';
import { ROOT, run } from '../support/run.js';

const TO_THE_LIMIT = `
import { Session } from 'bigrecord';
import { defineJob } from 'bigrecord/jobs';
import { Product } from 'bigrecord/v3';
const session = new Session(JSON.parse(process.argv[1]));
const job = defineJob('full', { source: () => Product.where({}), each: (p) => { p.price *= 1.1; }, batchSize: 1, partitions: 3 });
const outcome = await job.local({ session, checkpoint: process.argv[2] }).then(({ state }) => state, String);
console.log(outcome);
await session.close();`;

describe('a job', () => {
  const products = useProducts(12);
  let store: Sandbox;
  let session: Session;
  const folder = useFolder();
  const { file } = folder;

  before(() => {
    ({ store, session } = products);
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
    const sent = store.requests.length;
    expect(await run.retry([taken, taken]), 'what was retried').to.include({ done: 12, succeeded: 11, failed: 1 });
    for (const wrong of [[{ ...taken, id: '0-99' }], [{}], [null], 5, 'all'])
      expect(String(await rejection(run.retry(wrong as never))), JSON.stringify(wrong)).to.match(
        /^ArgumentError: retry\(\) takes failures/,
      );
    expect(store.requests.length).to.equal(sent);
    expect(await run.report()).to.include({ done: 12, succeeded: 11, failed: 1 });
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
    const run = create.local({ checkpoint: file(), session, inFlightMs: 0 });
    expect(await run).to.include({ succeeded: 3, failed: 1 });
    const [taken] = await allOf(run.failures());
    expect(taken).to.include({ key: 'S1', stage: 'conflict' });
    expect(column('sku')).to.have.lengthOf(15);
    const [changed] = await Product.using(session).where({ sku: 'N2' });
    await changed?.update({ price: 9 });
    const { refused, ...undone } = await run.revert();
    expect(undone).to.include({ succeeded: 2, failed: 1 });
    expect(refused.map(({ message }) => message).join()).to.match(/`price` is 9, not 5\. It was left as it is/);
    expect(column('sku')).to.have.lengthOf(13);
  });

  it('deletes, and counts what is gone already as done', async () => {
    const remove = defineJob('remove', { source: () => Product.where({}), destroy: (product: Product) => product.sku !== 'S1' });
    const run = remove.local({ checkpoint: file(), session });
    expect(await run).to.include({ done: 12, failed: 0 });
    expect(column('sku')).to.deep.equal(['S1']);
    expect(String(await rejection(run.revert()))).to.match(/cannot be reverted/);
  });

  it('deletes nothing for what is neither true nor false, and says so', async () => {
    const remove = defineJob('remove', { source: () => Product.where({ sku: 'S1' }), destroy: (() => 1) as never });
    const run = remove.local({ checkpoint: file(), session });
    expect(await run).to.include({ succeeded: 0, failed: 1 });
    expect((await allOf(run.failures()))[0]?.message).to.match(/`destroy` must return true or false, got 1/);
    expect(column('sku')).to.have.lengthOf(12);
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
    const output = join(folder.path, 'products.csv');
    const columns = ['sku', 'price', 'name', 'type', 'weight'];
    const catalog = exportJob('catalog', { source: () => Product.where({}), file: output, format: 'csv', columns });
    expect(await catalog.local({ checkpoint: file(), session })).to.include({ succeeded: 12 });
    expect(readFileSync(output, 'utf8').split('\n')).to.have.lengthOf(14).and.include('S1,100,P1,physical,1');
    writeFileSync(output, `${columns.join()}\nS1,7,P1,physical,1\nX1,8,New,physical,1\n`);
    const prices = importJob('prices', { model: Product, naturalKey: 'sku', file: output, format: 'csv' });
    expect(await prices.local({ checkpoint: file(), session, inFlightMs: 0 })).to.include({ succeeded: 2, failed: 0 });
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

  it('writes over what others change between its read and its write, unless it is to check first', async () => {
    const other = new Session(store.credentials);
    try {
      const lists: number[] = [];
      for (const checkFirst of [false, true]) {
        const job = defineJob('checked', {
          source: () => Product.where({}),
          each: async (product: Product) => {
            if (product.sku === 'S2') await Product.using(other).update(product.id, { price: 5 });
            product.price += 1;
          },
          checkFirst,
          partitions: 1,
        });
        const before = store.requests.length;
        const run = job.local({ checkpoint: file(), session });
        expect(await run).to.include({ done: 12, failed: checkFirst ? 1 : 0 });
        expect(column('price')[1]).to.equal(checkFirst ? 5 : 101);
        expect((await allOf(run.failures())).map(({ stage }) => stage)).to.deep.equal(checkFirst ? ['conflict'] : []);
        lists.push(store.requests.slice(before).filter(({ method }) => method === 'GET').length);
        store.reset();
        for (let n = 1; n <= 12; n++) store.create(Product, { name: `P${n}`, sku: `S${n}`, price: 100, weight: 1, type: 'physical' });
      }
      const [plain = 0, checked] = lists;
      expect(checked, 'one request more for the batch').to.equal(plain + 1);
    } finally {
      await other.close();
    }
  });

  it('gives a row that was fixed to the function that had thrown', async () => {
    const strict = defineJob('strict', {
      source: () => Product.where({}),
      each: (product: Product) => {
        if (product.sku === 'S2') throw new RangeError('not this one');
        product.price = 7;
      },
    });
    const run = strict.local({ checkpoint: file(), session });
    const [failure] = await allOf((await run).failures());
    if (failure !== undefined) failure.row['sku'] = 'S2-fixed';
    expect(await run.retry(failure === undefined ? [] : [failure])).to.include({ succeeded: 12, failed: 0 });
    expect(store.rows(Product)[1]).to.include({ sku: 'S2-fixed', price: 7 });
  });

  it('refuses functions that write, since they run once only', async () => {
    const impure = defineJob('impure', {
      source: () => Product.where({}),
      each: async (product: Product) => {
        await product.update({ price: product.price * 2 });
      },
    });
    expect(String(await rejection(impure.local({ checkpoint: file(), session })))).to.match(/`each` must not write \(PUT .*use `batch`/);
    expect(new Set(column('price'))).to.deep.equal(new Set([100]));
  });

  it('keeps dates among its params, and names what other processes could not read', async () => {
    const since = new Date(0);
    const dated = defineJob('dated', {
      source: () => Product.where({ sku: 'S1' }),
      each: (product: Product, { params }: JobContext<{ since: Date }>) => {
        product.description = params.since.toISOString();
      },
    });
    const checkpoint = file();
    expect(await dated.local({ checkpoint, session, params: { since } })).to.include({ succeeded: 1 });
    expect(column('description')[0]).to.equal(since.toISOString());
    expect(await dated.local({ checkpoint, session, params: { since } })).to.include({ succeeded: 1 });
    const loose = defineJob('loose', { source: () => Product.where({}), each() {} });
    const wrong: [unknown, RegExp][] = [
      [{ a: [1, { b: 1n }] }, /`params.a\[1\].b` is/],
      [{ since: new Map() }, /`params.since` is a Map/],
      [{ factor: Number.NaN }, /`params.factor` is NaN/],
    ];
    for (const [params, message] of wrong) expect(() => loose.local({ checkpoint, session, params })).to.throw(message);
  });

  it('stops when the disk is full, says so, and goes on when it is not: each row is done once', async () => {
    const served = await Sandbox.start({ seed: 'empty' });
    try {
      for (let n = 1; n <= 60; n++) served.create(Product, { name: `P${n}`, sku: `S${n}`, price: 100, weight: 1, type: 'physical' });
      const checkpoint = file();
      const args = ['--input-type=module', '-e', TO_THE_LIMIT, JSON.stringify(served.credentials), checkpoint];
      // A limit in blocks of 1,024 bytes: the line that goes beyond is written in part, as on a full disk.
      const limited = await run('bash', ['-c', 'ulimit -f 8; exec "$0" "$@"', process.execPath, ...args], { cwd: ROOT });
      expect(limited.stdout).to.match(/^ConfigurationError: The checkpoint .* cannot be written: EFBIG.*the same call goes on/);
      expect(served.rows(Product).filter(({ price }) => price === 110).length).to.be.within(1, 59);
      expect((await run(process.execPath, args, { cwd: ROOT })).stdout).to.equal('completed\n');
      expect(new Set(served.rows(Product).map(({ price }) => price))).to.deep.equal(new Set([110]));
    } finally {
      await served.stop();
    }
  }).timeout(20_000);

  it('refuses checkpoints and outputs that are no regular files', async () => {
    const touch = defineJob('touch', { source: () => Product.where({}), each() {} });
    const toDevice = exportJob('to-device', { source: () => Product.where({}), file: '/dev/full' });
    for (const path of ['/dev/full', folder.path])
      expect(String(await rejection(touch.local({ checkpoint: path, session })))).to.match(/is not a regular file/);
    expect(String(await rejection(touch.local({ checkpoint: join(folder.path, 'x'.repeat(300)), session })))).to.match(
      /cannot be locked: ENAMETOOLONG/,
    );
    expect(String(await rejection(toDevice.local({ checkpoint: file(), session })))).to.match(/output \/dev\/full is not a regular file/);
  });

  it('says what is wrong with rows, with options and with the folder of a checkpoint', async () => {
    const once = [{ n: 1 }, { n: 2 }, { n: 3 }][Symbol.iterator]();
    const job = (rows: () => unknown, work: () => void = () => {}) =>
      defineJob('rows', { rows: rows as () => object[], batch: work, batchSize: 2 });
    const run = (each: ReturnType<typeof job>, more = {}) =>
      rejection(each.local({ checkpoint: file(), session, ...more }) as PromiseLike<unknown>);
    expect(String(await run(job(() => 5)))).to.match(/must return an iterable.*got 5/);
    expect(String(await run(job(async () => [{}])))).to.match(/async \*rows/);
    expect(String(await run(job(() => ['a'])))).to.match(/must yield objects, got "a"/);
    let calls = 0;
    const failing = () => {
      if (calls++ < 4) throw new Error('later');
    };
    expect(String(await run(job(() => once, failing)))).to.match(/iterator that it had returned before/);
    expect(() => job(() => []).local({ checkpoint: file(), session, chekpoint: 1 } as never)).to.throw(/did you mean `checkpoint`/);
    expect(String(await rejection(job(() => []).local({ checkpoint: join(folder.path, 'no/file'), session })))).to.match(
      /folder .* does not exist/,
    );
  }).timeout(20_000);

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
      const run = copy.local({ checkpoint: file(), session, inFlightMs: 0, stores: { session: () => target } });
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
      ['a', { source, destroy() {}, checkFirst: true }, /`checkFirst` belongs to `each`/],
    ];
    for (const [name, definition, message] of wrong) expect(() => defineJob(name, definition), String(message)).to.throw(message);
  });

  it('says what is missing where a program of JavaScript leaves out what it has to give', async () => {
    const touch = defineJob('touch', { source: () => Product.where({}), each() {} });
    const call = (method: (...args: never[]) => unknown, ...args: unknown[]): unknown => Reflect.apply(method, touch, args);
    expect(() => call(defineJob, 'touch')).to.throw(ArgumentError, /needs a definition/);
    expect(String(await rejection(async () => call(touch.local)))).to.match(/needs `checkpoint`/);
    expect(String(await rejection(async () => call(touch.enqueue)))).to.match(/needs `stores`/);
    expect(String(await rejection(async () => call(touch.enqueue, { stores: [undefined] })))).to.match(
      /a store hash such as 'abc123', got undefined/,
    );
    expect(() => call(startWorker)).to.throw(ArgumentError, /needs `jobs`/);
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
