import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import { Brand, Category, Customer, PriceList, Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { command } from '../support/command.js';
import { commandHere, workIn } from '../support/command-here.js';

describe('npx bigrecord import', function () {
  this.timeout(60_000);
  let folder: string;
  let goBack: () => void;
  let store: Sandbox;
  let session: Session;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bigrecord-import-'));
    goBack = workIn(folder);
  });
  after(async () => {
    goBack();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    store = await Sandbox.start({ seed: 'empty' });
    session = new Session(store.credentials);
  });
  afterEach(async () => {
    await session.close();
    await store.stop();
  });

  const envOf = ({ credentials: { storeHash, accessToken, baseUrl } }: Sandbox): Record<string, string> => ({
    BIGCOMMERCE_STORE_HASH: storeHash,
    BIGCOMMERCE_ACCESS_TOKEN: accessToken,
    BIGCOMMERCE_API_URL: baseUrl,
  });
  const at = (name: string): string => join(folder, name);
  /** Runs it within this process, which saves its start. */
  const runOn = async (on: Sandbox, ...args: string[]) => {
    const lines = Object.entries(envOf(on)).map(([variable, value]) => `${variable}=${value}\n`);
    const file = `.env.${new URL(on.credentials.baseUrl).port}`; // of its own: runs at the same time read it while others begin
    if (!existsSync(at(file))) writeFileSync(at(file), lines.join(''));
    return commandHere([...args, '--dotenv', file]);
  };
  const run = (...args: string[]) => runOn(store, 'import', ...args);
  const write = (name: string, rows: readonly object[]): Promise<void> =>
    writeFile(at(name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const linesOf = async (name: string): Promise<Record<string, unknown>[]> =>
    (await readFile(at(name), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const writes = (): string[] => store.requests.filter(({ method }) => method !== 'GET').map(({ method, url }) => `${method} ${url}`);

  it('takes an export into an empty store: groups, customers, brands, categories, products, price lists and orders', async () => {
    const demo = await Sandbox.start();
    const files: readonly (readonly [string, string, string[], string[]])[] = [
      ['v2.CustomerGroup', 'groups.ndjson', [], []],
      ['v3.Customer', 'customers.ndjson', [], ['--map', 'customer_group_id=groups.ndjson']],
      ['v3.Brand', 'brands.csv', [], []],
      ['v3.Category', 'categories.ndjson', [], []],
      ['v3.Product', 'products.csv', [], ['--map', 'brand_id=brands.csv', '--map', 'categories=categories.ndjson']],
      ['v3.PriceList', 'lists.csv', [], []],
      [
        'v2.Order',
        'orders.ndjson',
        ['--include', 'products,shipping_addresses'],
        ['--map', 'customer_id=customers.ndjson', '--map', 'products.product_id=products.csv', '--omit', 'products.variant_id'],
      ],
    ];
    for (const [model, file, options] of files) await runOn(demo, 'export', model, file, ...options);
    await demo.stop();
    // Keys of the new store are others than those of the old one.
    await Brand.using(session).createMany([{ name: 'First' }, { name: 'Second' }]);
    for (const [model, file, , options] of files) {
      const { code, stderr } = await run(model, file, '--write', ...options);
      expect(code, `${file}: ${stderr}`).to.equal(0);
      expect(stderr).to.match(/Left out, because only the store sets them: .*\bid\b/);
    }
    const counts = await Promise.all([
      v2.CustomerGroup.using(session).count(),
      Customer.using(session).count(),
      Brand.using(session).count(),
      Category.using(session).count(),
      Product.using(session).count(),
      PriceList.using(session).count(),
      v2.Order.using(session).count(),
    ]);
    expect(counts).to.deep.equal([3, 30, 10, 10, 60, 2, 40]);
    const bowl = await Product.using(session).findBy({ sku: 'OAK-BOWL' });
    expect((await bowl?.brand)?.name).to.equal('Alder & Ash');
    const line = await v2.Order.using(session).first();
    expect((await line?.products)?.length).to.be.greaterThan(0);
  });

  it('continues after kill -9 without creating a row twice', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `Brand ${index + 1}`);
    await write(
      'killed.ndjson',
      names.map((name, index) => ({ id: index + 1, name })),
    );
    store.latency = 15;
    for (let kills = 0; kills < 2; kills++) {
      const running = command(['import', 'v3.Brand', 'killed.ndjson', '--write'], { env: envOf(store), cwd: folder });
      const before = writes().length;
      while (writes().length < before + 40 && running.process.exitCode === null) await sleep(5);
      expect(running.process.exitCode).to.equal(null);
      await running.end('SIGKILL');
    }
    store.latency = 0;
    const { code, stderr } = await run('v3.Brand', 'killed.ndjson', '--write');
    expect(code, stderr).to.equal(0);
    expect(stderr).to.match(/Continues an interrupted import of killed\.ndjson after \d+ rows\.\n300 created in store/);
    const brands = await Brand.using(session).all();
    expect(brands.map(({ name }) => name).sort()).to.deep.equal([...names].sort());
    expect(writes().length, 'a row was sent twice').to.equal(300);
    expect(existsSync(at('killed.ndjson.import-journal'))).to.equal(false);
    const keys = new Map((await linesOf('killed.ndjson.keys.ndjson')).map(({ from, to }) => [from, to]));
    expect(keys.size).to.equal(300);
    for (const { id, name } of brands) expect(keys.get(names.indexOf(name) + 1)).to.equal(id);
  });

  it('keeps rows that fail, with their errors, to be mended and imported again', async () => {
    await write('mixed.ndjson', [{ name: 'Heron' }, { name: '' }, { name: 'Heron' }, { name: 'Wren', image_url: 'x' }]);
    const first = await run('v3.Brand', 'mixed.ndjson', '--write', '--json');
    expect(first.code).to.equal(1);
    const done = JSON.parse(first.stdout.trim().split('\n').at(-1) ?? '');
    expect(done).to.deep.include({ event: 'done', created: 2, failed: 2, failures: 'mixed.ndjson.failed.ndjson' });
    const failed = await linesOf('mixed.ndjson.failed.ndjson');
    expect(failed.map(({ row }) => row).sort()).to.deep.equal([2, 3]);
    for (const { errors } of failed) expect(Object.keys(errors ?? {})).to.have.length.greaterThan(0);
    const mended = (await readFile(at('mixed.ndjson.failed.ndjson'), 'utf8'))
      .replace('"data":{"name":""}', '"data":{"name":"Teal"}')
      .replace('"data":{"name":"Heron"}', '"data":{"name":"Ibis"}');
    await writeFile(at('mended.ndjson'), mended);
    const second = await run('v3.Brand', 'mended.ndjson', '--write');
    expect(second.code, second.stderr).to.equal(0);
    expect((await Brand.using(session).pluck('name')).sort()).to.deep.equal(['Heron', 'Ibis', 'Teal', 'Wren']);
  });

  it('updates by an attribute what a spreadsheet has changed, and sends nothing else', async () => {
    const [cup] = (
      await Product.using(session).createMany([
        { name: 'Cup', sku: 'CUP', type: 'physical', weight: 1, price: 5, upc: '0012', is_visible: false },
        { name: 'Jug', sku: 'JUG', type: 'physical', weight: 1, price: 9 },
      ])
    ).succeeded;
    store.requests.length = 0;
    await writeFile(
      at('prices.csv'),
      '\uFEFFsku;price;is_visible;upc;custom_url.url;meta_keywords\r\nCUP;7.5;TRUE;0012;/a-cup/;"[""a"",""b""]"\r\nJUG;9;;;;\r\nNONE;1;;;;\r\n',
    );
    const { code, stderr } = await run('v3.Product', 'prices.csv', '--by', 'sku', '--update-only', '--write');
    expect(code, stderr).to.equal(1);
    expect(stderr).to.contain('1 updated, 1 unchanged, 1 failed').and.contain('row 3: sku: No record has "NONE".');
    const puts = store.requests.filter(({ method }) => method === 'PUT').map(({ body }) => body);
    expect(puts).to.have.length(1);
    expect(JSON.stringify(puts[0]))
      .to.contain('"price":7.5')
      .and.contain('"is_visible":true')
      .and.contain('"meta_keywords":["a","b"]')
      .and.not.contain('upc');
    expect((await Product.using(session).find(cup?.id ?? 0)).custom_url.url).to.equal('/a-cup/');
  });

  it('creates what is missing with --by, and leaves what exists with --create-only', async () => {
    await Customer.using(session).createMany([{ email: 'ann@example.com', first_name: 'Ann', last_name: 'Lee' }]);
    await write('people.ndjson', [
      { email: 'ann@example.com', first_name: 'Anna', last_name: 'Lee' },
      { email: 'ben@example.com', first_name: 'Ben', last_name: 'Lee' },
    ]);
    const kept = await run('v3.Customer', 'people.ndjson', '--by', 'email', '--create-only', '--write');
    expect(kept.stderr).to.contain('1 created, 1 skipped');
    const updated = await run('v3.Customer', 'people.ndjson', '--by', 'email', '--write');
    expect(updated.stderr).to.contain('1 updated, 1 unchanged');
    expect((await Customer.using(session).pluck('first_name')).sort()).to.deep.equal(['Anna', 'Ben']);
  });

  it('sends nothing without --write, in a dry run, or if a column is unknown', async () => {
    await write('some.ndjson', [{ id: 3, name: 'Heron', nmae: 1 }]);
    await writeFile(at('cells.csv'), 'name,views\nOne,many\nTwo,3\n');
    const [unknown, refused, planned, dry] = await Promise.all([
      run('v3.Brand', 'some.ndjson', '--write'),
      run('v3.Brand', 'some.ndjson', '--ignore-unknown'),
      run('v3.Brand', 'some.ndjson', '--ignore-unknown', '--dry-run'),
      run('v3.Category', 'cells.csv', '--dry-run', '--json'),
    ]);
    expect([unknown.code, refused.code, planned.code, dry.code]).to.deep.equal([2, 2, 0, 0]);
    expect(unknown.stderr).to.contain('v3.Brand does not have this column: `nmae` (did you mean `name`?).');
    expect(refused.stderr).to.contain('Nothing was sent: an import writes to the store. Pass --write to allow it');
    expect(planned.stdout)
      .to.contain('Of 1 row, 1 would be created and 0 updated')
      .and.contain('POST /v3/catalog/brands\n{\n  "name": "Heron"\n}');
    expect(planned.stderr).to.contain('only the store sets them: id.').and.contain('does not have them: nmae.');
    expect(JSON.parse(dry.stdout.trim().split('\n').at(-1) ?? '')).to.deep.include({ event: 'planned', create: 1, invalid: 1 });
    expect(store.requests).to.have.length(0);
    expect(existsSync(at('cells.csv.failed.ndjson'))).to.equal(false);
  });

  it('creates categories below those of the same file, whatever their order', async () => {
    await write('tree.ndjson', [
      { id: 70, name: 'Leaf', parent_id: 60 },
      { id: 60, name: 'Branch', parent_id: 50 },
      { id: 50, name: 'Root', parent_id: 0 },
    ]);
    const { code, stderr } = await run('v3.Category', 'tree.ndjson', '--write');
    expect(code, stderr).to.equal(0);
    const leaf = await Category.using(session).findBy({ name: 'Leaf' });
    const branch = await leaf?.parent;
    expect([branch?.name, (await branch?.parent)?.name]).to.deep.equal(['Branch', 'Root']);
  });

  it('stops when the token is refused, and goes on later', async () => {
    await write('stopped.ndjson', [{ name: 'One' }, { name: 'Two' }]);
    store.fail({ status: 401, times: 2, method: 'POST' });
    const first = await run('v3.Brand', 'stopped.ndjson', '--write');
    expect(first.code).to.equal(1);
    expect(first.stderr).to.match(/Stopped: .*401.* The same command goes on with the rows that are left\./s);
    const second = await run('v3.Brand', 'stopped.ndjson', '--write');
    expect(second.code, second.stderr).to.equal(0);
    expect(await Brand.using(session).count()).to.equal(2);
  });

  it('takes products with their options, variants and modifiers, as they were', async () => {
    const demo = await Sandbox.start();
    await runOn(
      demo,
      'export',
      'v3.Product',
      'whole.ndjson',
      '--include',
      'variants,options,modifiers',
      '--where',
      'id:min=3',
      '--limit',
      '3',
    );
    await demo.stop();
    await Product.using(session).createMany([{ name: 'First', type: 'physical', weight: 1, price: 1 }]); // keys are others than before
    const { code, stderr } = await run('v3.Product', 'whole.ndjson', '--write', '--omit', 'brand_id,categories');
    expect(code, stderr).to.equal(0);
    const wanted = (await linesOf('whole.ndjson')).map(choicesOf);
    expect(wanted[0]).to.deep.include({ options: ['Colour: Sand, Moss, Ink', 'Size: Small, Large'], variants: 3 });
    await runOn(store, 'export', 'v3.Product', 'again.ndjson', '--include', 'variants,options,modifiers', '--where', 'id:min=2');
    expect((await linesOf('again.ndjson')).map(choicesOf)).to.deep.equal(wanted);
  });

  it('tells that a record was created, if what comes with it was not', async () => {
    await write('half.ndjson', [
      { name: 'Cup', type: 'physical', weight: 1, price: 5, options: [{ display_name: 'Size', type: 'rectangles' }] },
    ]);
    const { code, stderr } = await run('v3.Product', 'half.ndjson', '--write');
    expect(code).to.equal(1);
    expect(stderr).to.match(/row 1: It was created, with the id \d+, but not all of what comes with it; option_values: /);
    expect(await Product.using(session).count()).to.equal(1);
  });

  it('finds the keys of rows that were mended, and of several files', async () => {
    await write('all.ndjson', [
      { id: 7, name: 'Heron' },
      { id: 8, name: '' },
    ]);
    expect((await run('v3.Brand', 'all.ndjson', '--write')).code).to.equal(1);
    const failed = await readFile(at('all.ndjson.failed.ndjson'), 'utf8');
    await writeFile(at('all.ndjson.failed.ndjson'), failed.replace('"name":""', '"name":"Teal"'));
    expect((await run('v3.Brand', 'all.ndjson.failed.ndjson', '--write')).code).to.equal(0);
    await write('others.ndjson', [{ id: 9, name: 'Ibis' }]);
    await run('v3.Brand', 'others.ndjson', '--write');
    await write(
      'products.ndjson',
      [7, 8, 9].map((brand_id) => ({ name: `Of ${brand_id}`, type: 'physical', weight: 1, price: 1, brand_id })),
    );
    const maps = ['--map', 'brand_id=all.ndjson', '--map', 'brand_id=others.ndjson'];
    const { code, stderr } = await run('v3.Product', 'products.ndjson', '--write', ...maps);
    expect(code, stderr).to.equal(0);
    const names = (await Product.using(session).all()).map(async (product) => (await product.brand)?.name);
    expect((await Promise.all(names)).sort()).to.deep.equal(['Heron', 'Ibis', 'Teal']);
  });

  it('says what is wrong with a file or an option before it sends anything', async () => {
    await writeFile(at('array.json'), '[{"name":"A"}]');
    await writeFile(at('comma.csv'), 'name;weight\r\nA;1,5\r\n;\r\n');
    const results = [
      await run('v3.Brand', 'array.json', '--write'),
      await run('v3.Product', 'comma.csv', '--write', '--omit', 'brnd_id'),
      await run('v3.Product', 'comma.csv', '--write', '--map', 'brandid=x'),
      await run('v3.ProductImage', 'comma.csv', '--ignore-unknown', '--write', '--of', '1,2'),
      await run('v3.Product', 'table.xlsx', '--write'),
    ];
    expect(results.map(({ code }) => code)).to.deep.equal([2, 2, 2, 2, 2]);
    const [array, omit, map, of] = results.map(({ stderr }) => stderr);
    expect(array).to.contain("array.json is a JSON array, and rows are lines: `jq -c '.[]' array.json > rows.ndjson` makes them of it.");
    expect(omit).to.contain('--omit brnd_id: neither the file nor v3.Product has `brnd_id`; did you mean `brand_id`?');
    expect(map).to.contain('--map brandid: neither the file nor v3.Product has `brandid`; did you mean `brand_id`?');
    expect(of).to.contain('--of 1,2: v3.ProductImage is below /catalog/products/:product_id/images, so it takes product_id.');
    const { code, stderr } = await run('v3.Product', 'comma.csv', '--write');
    expect(code).to.equal(1);
    expect(stderr).to.contain('1 failed').and.contain('weight: "1,5" is not a number. Write a point before decimals.');
    expect(store.requests).to.have.length(0);
  });

  it('fails a row whose cell for what the first rows did not have is no object', async () => {
    await writeFile(at('more.csv'), 'name,type,weight,_more\nMug,physical,1,9\n');
    const { code, stderr } = await run('v3.Product', 'more.csv', '--write');
    expect(code).to.equal(1);
    expect(stderr).to.contain('1 failed').and.contain('The cell of _more is not an object of JSON');
    expect(store.requests).to.have.length(0);
  });
});

interface Choices {
  readonly options?: readonly { readonly display_name: string; readonly option_values: readonly { readonly label: string }[] }[];
  readonly variants?: readonly unknown[];
  readonly modifiers?: readonly { readonly display_name: string }[];
}

/** What a buyer of a product chooses from. */
const choicesOf = ({ options = [], variants = [], modifiers = [] }: Choices): object => ({
  options: options.map(({ display_name, option_values }) => `${display_name}: ${option_values.map(({ label }) => label).join(', ')}`),
  variants: variants.length,
  modifiers: modifiers.map(({ display_name }) => display_name),
});
