import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Session } from '../../lib/index.js';
import { importJob } from '../../lib/jobs/index.js';
import { Product } from '../../lib/resources/v3/index.js';
import { Sandbox } from '../../lib/sandbox/index.js';
import { useProducts } from '../support/products.js';

describe('revert() of a run in this process', () => {
  const products = useProducts(12);
  let store: Sandbox;
  let session: Session;
  let folder: string;
  let files = 0;
  const file = (): string => join(folder, `${++files}.ndjson`);
  const column = (name: string): unknown[] => store.rows(Product).map((row) => row[name]);

  before(() => {
    ({ store, session } = products);
    folder = mkdtempSync(join(tmpdir(), 'undo-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
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
});
