import { expect } from 'chai';
import { Session } from '../../lib/index.js';
import { defineJob, type JobContext } from '../../lib/jobs/index.js';
import { Product } from '../../lib/resources/v3/index.js';
import { Sandbox } from '../../lib/sandbox/index.js';
import { useFolder } from '../support/folder.js';
import { useProducts } from '../support/products.js';

describe('local()', () => {
  const products = useProducts(60);
  let store: Sandbox;
  let session: Session;
  const { file } = useFolder();

  before(() => {
    ({ store, session } = products);
  });
  const prices = (): number[] => store.rows(Product).map((row) => Number(row['price']));

  const reprice = defineJob('reprice', {
    source: () => Product.where({ is_visible: true }),
    each: (product: Product, { params }: JobContext<{ factor: number }>) => {
      product.price *= params.factor;
    },
    batchSize: 10,
  });

  it('changes each record once, and reports it; the same call again sends nothing', async () => {
    const options = { params: { factor: 1.1 }, checkpoint: file(), session };
    const report = await reprice.local(options);
    expect(report).to.include({ done: 60, succeeded: 60, failed: 0, repeated: 0, total: 60, state: 'completed' });
    expect(new Set(prices())).to.deep.equal(new Set([110]));
    const before = store.requests.length;
    expect(await reprice.local(options)).to.include({ done: 60, state: 'completed' });
    expect(store.requests.length).to.equal(before);
  });

  it('is reverted, but for records that were changed since', async () => {
    const run = await reprice.local({ params: { factor: 1.1 }, checkpoint: file(), session });
    const first = await Product.using(session).first();
    await first?.update({ price: 5 });
    const { succeeded, failed, refused } = await run.revert();
    expect({ succeeded, failed }).to.deep.equal({ succeeded: 59, failed: 1 });
    expect(refused[0]).to.include({ key: first?.id, stage: 'conflict' });
    expect(prices().sort((a, b) => a - b)).to.deep.equal([5, ...Array(59).fill(100)]);
  });
});
