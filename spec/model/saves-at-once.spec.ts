import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Product } from 'bigrecord/v3';
import { expect } from 'chai';

const MOST_PREPARED = 256;
const QUOTA = 10;

describe('more saves at once than a store takes', () => {
  let store: Sandbox;
  let session: Session;

  const begin = async (quota: number): Promise<void> => {
    store = await Sandbox.start({ port: false, rateLimit: { quota, windowMs: 60_000 } });
    session = new Session({ ...store.credentials, retry: false });
    await session.get('/catalog/products/1');
  };
  const saves = (count: number): Promise<PromiseSettledResult<Product>[]> =>
    Promise.allSettled(
      Array.from({ length: count }, (_, at) => {
        const product = Product.using(session).load({ id: 1, name: 'before' });
        product.name = `changed ${at}`;
        return product.save();
      }),
    );
  /** Saves that have sent their request, or would as soon as the quota lets them. */
  const prepared = (): number => session.rateLimit.waiting + store.requests.length - 1;
  const untilPrepared = async (count: number): Promise<void> => {
    while (prepared() < count) await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setTimeout(resolve, 20));
  };

  afterEach(async () => {
    await session.close({ abort: true });
    await store.stop();
  });

  it('prepares 256 of them, and the others wait without a request', async () => {
    await begin(QUOTA);
    const all = saves(1000);
    await untilPrepared(MOST_PREPARED);
    // Those that have been answered made room for others.
    expect(session.rateLimit.waiting).to.be.at.most(MOST_PREPARED);
    expect(prepared()).to.be.within(MOST_PREPARED, MOST_PREPARED + QUOTA);
    await session.close({ abort: true });
    const results = await all;
    expect(results.filter(({ status }) => status === 'rejected').length).to.be.at.least(1000 - QUOTA);
    expect(store.requests.length).to.be.at.most(QUOTA);
  });

  it('saves all of them, in the order in which they came', async () => {
    await begin(100_000);
    const results = await saves(1000);
    expect(results.every(({ status }) => status === 'fulfilled')).to.equal(true);
    const names = store.requests.filter(({ method }) => method === 'PUT').map(({ body }) => (body as { name: string }).name);
    expect(names).to.deep.equal(Array.from({ length: 1000 }, (_, at) => `changed ${at}`));
  });

  it('prepares all of them with middleware, which may save records itself', async () => {
    await begin(QUOTA);
    session.use((request, next) => next(request));
    const all = saves(300);
    await untilPrepared(300);
    expect(prepared()).to.equal(300);
    await session.close({ abort: true });
    await all;
  });
});
