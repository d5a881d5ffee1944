import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Session } from 'bigrecord';
import { Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { run } from '../support/run.js';

const SHAPES = join(dirname(fileURLToPath(import.meta.url)), '../support/shapes.js');
const COLLECTIONS = join(dirname(fileURLToPath(import.meta.url)), '../support/collections.js');
const FIELDS = 60;

/** What loading costs, in counts that are the same on every machine. */
describe('the cost of a record', () => {
  const session = new Session({ storeHash: 'abc', accessToken: 'x', baseUrl: 'http://127.0.0.1:9' });
  const reads: PropertyKey[] = [];
  const row = (id: number): object =>
    new Proxy(
      Object.fromEntries(Array.from({ length: FIELDS }, (_, at) => (at === 0 ? ['id', id] : [`field_${at}`, at % 7 === 0 ? [at] : at]))),
      {
        get(target, name) {
          reads.push(name);
          return Reflect.get(target, name);
        },
      },
    );
  session.use(async () => ({ status: 200, headers: {}, body: { data: Array.from({ length: 100 }, (_, at) => row(at + 1)), meta: {} } }));
  beforeEach(() => (reads.length = 0));

  it('is not that of its attributes: loading reads the key, and asking for changes reads nothing', async () => {
    const products = await Product.using(session).limit(100).all();
    expect(products).to.have.length(100);
    expect(reads.length).to.be.at.most(100 * 4);
    expect(new Set(reads)).to.not.include('field_7');
    reads.length = 0;
    expect(products.filter(({ isDirty }) => isDirty)).to.deep.equal([]);
    expect(reads).to.deep.equal([]);
  });

  it('of a change is that of the change: the attribute alone is compared', async () => {
    const [product] = await Product.using(session).limit(1);
    reads.length = 0;
    (product as unknown as { field_7: number[] }).field_7.push(1);
    (product as unknown as { field_8: number }).field_8 = 1;
    expect(product?.changed).to.have.members(['field_7', 'field_8']);
    expect(new Set(reads)).to.deep.equal(new Set(['field_7', 'field_8']));
  });

  it('is one own property, and one hidden class for all records of a model', async () => {
    expect(Reflect.ownKeys(Product.load({ id: 1, name: 'A' }))).to.have.length(1);
    const { stdout } = await run(process.execPath, ['--allow-natives-syntax', SHAPES]);
    const { compared, same } = JSON.parse(stdout) as { compared: number; same: number };
    expect(compared).to.be.above(20);
    expect(same).to.equal(compared);
  });

  it('does not rise again after a full collection that found no record alive: the compiled code stays', async () => {
    const { stdout } = await run(process.execPath, ['--expose-gc', '--trace-deopt', COLLECTIONS]);
    const thrownAway = stdout
      .split('\n')
      .filter((line) => /SharedFunctionInfo (RecordState|Values|giveValues|hydrate|begin|_?Model)>.*weak objects/.test(line));
    expect(thrownAway).to.deep.equal([]);
  });
});
