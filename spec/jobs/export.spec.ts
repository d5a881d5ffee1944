import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Session } from '../../lib/index.js';
import { defineJob, exportJob, importJob, type JobFailure, startWorker } from '../../lib/jobs/index.js';
import { Product } from '../../lib/resources/v3/index.js';
import { allOf } from '../support/all-of.js';
import { useFolder } from '../support/folder.js';
import { useProducts } from '../support/products.js';
import { useRedis } from '../support/redis.js';
import { rejection } from '../support/rejection.js';

describe('a job that writes a file', () => {
  const products = useProducts(6);
  let session: Session;
  const folder = useFolder();
  const { file } = folder;

  before(() => {
    ({ session } = products);
  });

  /** A job that fails for some rows until it is mended. */
  function failing(output: string) {
    let isMended = false;
    const job = defineJob('list', {
      source: () => Product.where({}),
      write: ({ sku }: Product) => {
        if (!isMended && ['S2', 'S5'].includes(sku)) throw new Error('not yet');
        return `${sku}\n`;
      },
      output: () => ({ file: output, header: 'SKU\n' }),
      batchSize: 2,
    });
    return { job, mend: () => void (isMended = true) };
  }

  it('appends rows that are tried again to what was written', async () => {
    const output = file();
    const { job, mend } = failing(output);
    const run = job.local({ checkpoint: file(), session });
    expect(await run).to.include({ succeeded: 4, failed: 2 });
    const failures = await allOf(run.failures());
    mend();
    await run.retry(failures.slice(0, 1));
    expect(await run.retry()).to.include({ succeeded: 6, failed: 0 });
    expect(readFileSync(output, 'utf8').split('\n')).to.deep.equal(['SKU', 'S1', 'S3', 'S4', 'S6', 'S2', 'S5', '']);
  });

  describe('on Redis', () => {
    const redis = useRedis();

    it('does so too', async () => {
      const output = file();
      const { job, mend } = failing(output);
      const worker = startWorker({ jobs: [job], connection: redis.client, stores: { session: () => session }, lockMs: 2000 });
      try {
        const run = await job.enqueue({ stores: ['abc'], connection: redis.client });
        expect(await run.finished()).to.include({ succeeded: 4, failed: 2 });
        mend();
        expect(await run.retry()).to.include({ succeeded: 6, failed: 0 });
        expect(readFileSync(output, 'utf8').split('\n')).to.deep.equal(['SKU', 'S1', 'S3', 'S4', 'S6', 'S2', 'S5', '']);
      } finally {
        await worker.drain(2_000);
      }
    });
  });

  it('writes the file of a query without records, in place of an older one', async () => {
    for (const [format, text] of [
      ['csv', 'id,name\n'],
      ['ndjson', ''],
    ] as const) {
      const output = file();
      writeFileSync(output, 'of yesterday\n');
      const none = exportJob('none', { source: () => Product.where({ sku: 'none' }), file: output, format, columns: ['id', 'name'] });
      expect(await none.local({ checkpoint: file(), session })).to.include({ state: 'completed', done: 0 });
      expect(readFileSync(output, 'utf8')).to.equal(text);
    }
  });

  it('is imported again with a byte order mark; a file that is missing fails the run, not the process', async () => {
    const input = file();
    writeFileSync(input, '\uFEFF{"sku":"S1","price":7}\r\n');
    const from = (path: string, format: 'csv' | 'ndjson') =>
      importJob('in', { model: Product, naturalKey: 'sku', file: path, format }).local({ checkpoint: file(), session, inFlightMs: 0 });
    expect(await from(input, 'ndjson')).to.include({ succeeded: 1, failed: 0 });
    for (const format of ['csv', 'ndjson'] as const)
      expect(String(await rejection(from(join(folder.path, 'missing'), format)))).to.match(/ENOENT: no such file.*missing/);
  }).timeout(20_000);

  it('is imported with lines that cannot be read: they fail alone, and can be mended', async () => {
    for (const [format, text, where] of [
      [
        'ndjson',
        '{"sku":"S1","price":8}\n{"sku":"S2","pri\n[1]\n{"sku":"S3","price":8}\n',
        ['line 2: not a JSON object', 'line 3: not a JSON object'],
      ],
      ['csv', 'sku,price\nS1,9\nS2\nS2,9,7\nS3,9\n', ['line 3: more or fewer cells', 'line 4: more or fewer cells']],
    ] as const) {
      const input = file();
      writeFileSync(input, text);
      const run = importJob('in', { model: Product, naturalKey: 'sku', file: input, format }).local({
        checkpoint: file(),
        session,
        inFlightMs: 0,
      });
      expect(await run).to.include({ done: 4, succeeded: 2, failed: 2, state: 'completed' });
      const failures = await allOf(run.failures());
      failures.forEach(({ message, stage }, at) => {
        expect(message).to.include(`${input}, ${where[at]}`);
        expect(stage).to.equal('define');
      });
      const [first] = failures;
      const price = format === 'csv' ? 9 : 8;
      expect(await run.retry([{ ...first, row: { sku: 'S2', price } } as JobFailure])).to.include({ succeeded: 3, failed: 1 });
      expect(
        await Product.using(session)
          .where({ sku: ['S1', 'S2', 'S3'] })
          .pluck('price'),
      ).to.deep.equal([price, price, price]);
    }
  }).timeout(20_000);

  it('names the CSV file that cannot be read at all', async () => {
    const input = file();
    writeFileSync(input, 'sku,price\nS1,"9\n');
    const run = importJob('in', { model: Product, naturalKey: 'sku', file: input, format: 'csv' }).local({ checkpoint: file(), session });
    expect(String(await rejection(run))).to.match(/^ArgumentError: .* cannot be read as CSV: Quote Not Closed/);
  });

  it('refuses its own checkpoint as output, and what is no text', async () => {
    const checkpoint = file();
    const same = exportJob('same', { source: () => Product.where({}), file: checkpoint });
    expect(String(await rejection(same.local({ checkpoint, session })))).to.match(/is the checkpoint of this run, too\. Choose another/);
    const run = defineJob('object', {
      source: () => Product.where({ sku: 'S1' }),
      write: (() => ({ a: 1 })) as never,
      output: () => ({ file: file() }),
    }).local({ checkpoint: file(), session });
    expect(await run).to.include({ succeeded: 0, failed: 1 });
    expect((await allOf(run.failures()))[0]?.message).to.match(/`write` must return a text, got an object/);
  });
});
