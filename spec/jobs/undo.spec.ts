import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { Session } from '../../lib/index.js';
import { importJob, type LocalRun } from '../../lib/jobs/index.js';
import { Product } from '../../lib/resources/v3/index.js';
import { Sandbox } from '../../lib/sandbox/index.js';
import { doubling } from '../support/doubling.js';
import { useFolder } from '../support/folder.js';
import { useProducts } from '../support/products.js';
import { rejection } from '../support/rejection.js';

describe('revert() of a run in this process', () => {
  const products = useProducts(12);
  let store: Sandbox;
  let session: Session;
  const { file } = useFolder();
  const column = (name: string): unknown[] => store.rows(Product).map((row) => row[name]);

  before(() => {
    ({ store, session } = products);
  });

  it('deletes what an import has created, leaves alone what was there with the same values, and sets back what it has updated', async () => {
    const input = file();
    const rows = [
      { sku: 'S1', price: 100 },
      { sku: 'S2', price: 7 },
      { sku: 'N1', price: 5, name: 'New', type: 'physical', weight: 1 },
    ];
    writeFileSync(input, rows.map((row) => JSON.stringify(row)).join('\n'));
    const run = importJob('prices', { model: Product, naturalKey: 'sku', file: input }).local({
      checkpoint: file(),
      session,
      inFlightMs: 0,
    });
    expect(await run).to.include({ succeeded: 3, failed: 0 });
    expect(column('price')).to.deep.equal([100, 7, ...Array(10).fill(100), 5]);
    expect(await run.revert()).to.include({ state: 'completed', failed: 0 });
    expect(column('sku')).to.deep.equal(Array.from({ length: 12 }, (_, at) => `S${at + 1}`));
    expect(new Set(column('price'))).to.deep.equal(new Set([100]));
  });

  const failsForS3 = { failing: ['S3'], batchSize: 2, partitions: 1 } as const;

  it('sets back what a retry has changed since it was called before', async () => {
    const { job, mend } = doubling(failsForS3);
    const run = job.local({ checkpoint: file(), session });
    expect(await run).to.include({ succeeded: 11, failed: 1 });
    expect(await run.revert()).to.include({ done: 11, failed: 0 });
    expect(await run.revert(), 'without a retry').to.include({ done: 11, failed: 0 });
    mend();
    await run.retry();
    expect(column('price')[2]).to.equal(200);
    expect(await run.revert()).to.include({ done: 12, failed: 0 });
    expect(new Set(column('price'))).to.deep.equal(new Set([100]));
  });

  /** A run that was cancelled in its second batch, and has failed for S3. */
  async function cancelled(): Promise<{ run: LocalRun; again: LocalRun; mend: () => void }> {
    let calls = 0;
    const { job, mend } = doubling({ ...failsForS3, each: () => ++calls === 6 && run.cancel() });
    const checkpoint = file();
    const run = job.local({ checkpoint, session });
    expect(await run).to.include({ state: 'cancelled', done: 4, failed: 1 });
    return { run, again: job.local({ checkpoint, session }), mend };
  }

  it('sets back what was done before the run was cancelled', async () => {
    const { run, again } = await cancelled();
    expect(await run.revert()).to.include({ state: 'completed', done: 3 });
    expect(new Set(column('price'))).to.deep.equal(new Set([100]));
    expect(await again, 'in another process').to.include({ state: 'cancelled', done: 4 });
  });

  it('leaves the failures of a run that was cancelled to retry()', async () => {
    const { run, mend } = await cancelled();
    mend();
    expect(await run.retry()).to.include({ state: 'cancelled', done: 4, failed: 0 });
    expect(column('price')[2]).to.equal(200);
  });

  it('is refused before the run has ended', async () => {
    const run = doubling(failsForS3).job.local({ checkpoint: file(), session });
    expect(String(await rejection(run.revert()))).to.match(/has not ended: .*cancel\(\)/);
    expect(new Set(column('price'))).to.deep.equal(new Set([100]));
    expect(await run.report()).to.include({ done: 0 });
  });
});
