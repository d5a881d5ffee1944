import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ModelClass } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Brand } from 'bigrecord/v3';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { command } from '../support/command.js';
import { commandHere, workIn } from '../support/command-here.js';
import { hasPseudoTerminal, onTerminal } from '../support/pseudo-terminal.js';
import { ROOT } from '../support/run.js';

const execute = promisify(execFile);

const BRANDS = 2600;

describe('npx bigrecord export', function () {
  this.timeout(60_000);
  let folder: string;
  let store: Sandbox;
  let env: Record<string, string>;
  let goBack: () => void;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bigrecord-export-'));
    store = await Sandbox.start({ seed: 'empty' });
    const { storeHash, accessToken, baseUrl } = store.credentials;
    env = { BIGCOMMERCE_STORE_HASH: storeHash, BIGCOMMERCE_ACCESS_TOKEN: accessToken, BIGCOMMERCE_API_URL: baseUrl };
    goBack = workIn(folder);
    await writeFile(
      '.env',
      Object.entries(env)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
    const rows = Array.from({ length: BRANDS }, (_, at) => ({ id: at + 1, name: `Brand ${at + 1}` }));
    const brand: ModelClass = Brand;
    store.insert(brand, rows);
  });

  after(async () => {
    goBack();
    await store.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const at = (name: string): string => join(folder, name);
  /** Within this process, which saves a start: for what writes a file, or is refused. */
  const runHere = (...args: string[]) => commandHere(['export', ...args, '--dotenv', '.env']);
  const run = async (...args: string[]) => {
    const running = command(['export', ...args], { env, cwd: folder });
    const code = await running.code;
    return { code, ...running.output };
  };
  const linesOf = async (name: string): Promise<string[]> => (await readFile(at(name), 'utf8')).trimEnd().split('\n');
  const idsIn = async (name: string): Promise<number[]> => (await linesOf(name)).map((line) => JSON.parse(line).id);
  const ALL = Array.from({ length: BRANDS }, (_, index) => index + 1);

  it('writes every row once, and says what it did', async () => {
    const { code, stdout, stderr } = await run('Brand', 'all.ndjson');
    expect(code, stderr).to.equal(0);
    expect(stdout).to.equal('');
    expect(stderr).to.match(/^Wrote 2,600 rows of v3\.Brand \([\d,]+ bytes\) to all\.ndjson in .+, with 1[12] requests\.\n$/m);
    expect(await idsIn('all.ndjson')).to.deep.equal(ALL);
    expect(existsSync(at('all.ndjson.part')) || existsSync(at('all.ndjson.part.json'))).to.equal(false);
    const again = await runHere('Brand', 'all.ndjson');
    expect([again.code, again.stderr]).to.deep.equal([
      2,
      'error: all.ndjson exists already. Pass --force to replace it once the export is whole.\n',
    ]);
  });

  for (const format of ['ndjson', 'csv'])
    it(`continues after kill -9, without losing or doubling a row (${format})`, async () => {
      const file = `killed.${format}`;
      store.latency = 80;
      let kills = 0;
      for (; kills < 2; kills++) {
        const running = command(['export', 'v3.Brand', file], { env, cwd: folder });
        const before = await checkpointIn(`${file}.part.json`);
        while ((await checkpointIn(`${file}.part.json`)) === before && running.process.exitCode === null) await sleep(5);
        if (running.process.exitCode !== null) break;
        // A row that is half written must not stay.
        await running.end('SIGKILL');
        await writeFile(at(`${file}.part`), '{"id": 99999', { flag: 'a' });
        expect(existsSync(at(file)), 'half a file looks whole').to.equal(false);
      }
      store.latency = 0;
      expect(kills).to.be.greaterThan(0);
      const { code, stderr } = await run('v3.Brand', file);
      expect(code, stderr).to.equal(0);
      expect(stderr).to.match(/^Continues an interrupted export of v3\.Brand after [\d,]+ rows\.\n[\s\S]*Wrote 2,600 rows/);
      const ids =
        format === 'csv'
          ? parse(await readFile(at(file), 'utf8'), { columns: true }).map((row) => Number(Reflect.get(Object(row), 'id')))
          : await idsIn(file);
      expect(ids).to.deep.equal(ALL);
    });

  const checkpointIn = (name: string): Promise<string> => readFile(at(name), 'utf8').catch(() => '');

  it('refuses to continue another export, and begins again if it is told to', async () => {
    store.latency = 250;
    const running = command(['export', 'v3.Brand', 'other.ndjson', '--json'], { env, cwd: folder });
    while ((await checkpointIn('other.ndjson.part.json')) === '' && running.process.exitCode === null) await sleep(5);
    expect(await running.end('SIGINT')).to.equal(1);
    store.latency = 0;
    expect(running.output.stderr).to.match(/Interrupted: the same command goes on with other\.ndjson\./);
    const [filtered, restarted] = [
      await runHere('v3.Brand', 'other.ndjson', '--where', 'id:max=10'),
      await runHere('v3.Brand', 'other.ndjson', '--where', 'id:max=10', '--restart'),
    ];
    expect(filtered.code).to.equal(2);
    expect(filtered.stderr).to.match(
      /^error: An interrupted export of other\.ndjson was another one: query is \{"id:max":.*--restart to begin again\.\n$/,
    );
    expect(restarted.code, restarted.stderr).to.equal(0);
    expect(await idsIn('other.ndjson')).to.deep.equal(ALL.slice(0, 10));
  });

  it('filters, selects and limits, for both generations, on the standard output', async () => {
    const [json, pair, v2, csv] = await Promise.all([
      run('v3.Brand', '--where', '{"id:min": 2590}', '--select', 'name', '--limit', '2'),
      run('v3.Brand', '-', '--where', 'id:in=5,7', '--select', 'name'),
      command(['export', 'v2.Order', '--sandbox', '--where', 'total:min=100', '--select', 'total_inc_tax', '--limit', '2'], {
        cwd: folder,
      }),
      command(['export', 'v3.Product', '--sandbox', '--limit', '1', '--format', 'csv', '--select', 'name,custom_url'], { cwd: folder }),
    ]);
    expect(json.stdout).to.equal('{"id":2590,"name":"Brand 2590"}\n{"id":2591,"name":"Brand 2591"}\n');
    expect(pair.stdout).to.equal('{"id":5,"name":"Brand 5"}\n{"id":7,"name":"Brand 7"}\n');
    await v2.code;
    for (const line of v2.output.stdout.trim().split('\n')) expect(Number(JSON.parse(line).total_inc_tax)).to.be.at.least(100);
    await csv.code;
    expect(csv.output.stdout).to.equal('id,name,custom_url.url,custom_url.is_customized,_more\n1,Oak Bowl,/oak-bowl/,false,\n');
  });

  it('says what is wrong before it sends anything', async () => {
    const before = store.requests.length;
    const wrong: readonly (readonly [string[], string])[] = [
      [['Image'], 'There is no model `Image`; did you mean `v3.ProductImage`?'],
      [['v3.Prodct'], 'There is no model `v3.Prodct`; did you mean `v3.Product`?'],
      [['v3.Product', '--where', 'pric=3'], '--where: v3.Product has no filter `pric`; did you mean `price`?'],
      [['v3.Product', '--where', 'price:min=dear'], '--where price:min: it takes a number, got "dear".'],
      [['v3.Product', '--select', 'nme'], '--select: v3.Product has no attribute `nme`; did you mean `name`?'],
      [['v3.Product', '--order', 'pricee:desc'], '--order: v3.Product has no attribute `pricee`; did you mean `price`?'],
      [['v3.Product', '--include', 'varints'], '--include: v3.Product has no relation `varints`; did you mean `variants`?'],
      [['v3.ProductImage'], 'v3.ProductImage is below /catalog/products/:product_id/images: say whose it is with --of <product_id>.'],
      [['v3.Product', '--of', '3'], '--of: v3.Product has no parents.'],
      [['v3.Product', 'table.xlsx'], 'The name table.xlsx does not tell the format'],
      [['v3.Product', 'no/such.csv'], 'no/such.csv cannot be written: there is no folder no. Make it first.'],
      [['v3.Product', '/dev/null', '--force'], '/dev/null is not a file that can be replaced'],
      [['v3.Product', '.', '--force'], '. is a folder: name a file in it.'],
      [['v3.Product', '--limt', '3'], "error: unknown option '--limt' (Did you mean --limit?)"],
    ];
    for (const [args, message] of wrong) {
      const { code, stderr } = await runHere(...args);
      expect(code, stderr).to.equal(2);
      expect(stderr).to.contain(message).and.not.contain('.param(').and.not.contain('.of(');
    }
    expect(store.requests.length).to.equal(before);
  });

  it('fails if the standard output is full, and does not if nobody reads it any more', async function () {
    if (!existsSync('/dev/full')) this.skip();
    const program = `'${process.execPath}' '${join(ROOT, 'dist/cjs/cli.cjs')}'`;
    const script = `${program} export v3.Brand > /dev/full; echo $?; { ${program} export v3.Brand; echo $? >&2; } | head -1`;
    const { stdout, stderr } = await execute('sh', ['-c', script], { cwd: folder, env: { ...process.env, ...env } });
    expect(stdout).to.equal('1\n{"id":1,"name":"Brand 1"}\n');
    expect(stderr).to.equal('error: the standard output cannot be written: ENOSPC: no space left on device, write.\n0\n');
  });

  it('does not go on with an export of another store of the same name', async () => {
    const other = await Sandbox.start({ seed: 'empty' });
    await writeFile(
      at('other.env'),
      `BIGCOMMERCE_STORE_HASH=sandbox\nBIGCOMMERCE_ACCESS_TOKEN=x\nBIGCOMMERCE_API_URL=${other.credentials.baseUrl}\n`,
    );
    store.latency = 250;
    const running = command(['export', 'v3.Brand', 'store.ndjson'], { env, cwd: folder });
    while ((await checkpointIn('store.ndjson.part.json')) === '' && running.process.exitCode === null) await sleep(5);
    await running.end('SIGTERM');
    store.latency = 0;
    const { code, stderr } = await commandHere(['export', 'v3.Brand', 'store.ndjson', '--dotenv', 'other.env']);
    await other.stop();
    expect(code).to.equal(2);
    expect(stderr).to.contain('store is store sandbox at http://127.0.0.1:');
  });

  it('prints events with --json', async () => {
    const { stdout, stderr } = await runHere('v3.Brand', 'events.ndjson', '--where', 'id:max=3', '--json');
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.map(({ event }) => event)).to.deep.equal(['started', 'done']);
    expect(events[0]).to.deep.include({ model: 'v3.Brand', total: 3, before: 0, format: 'ndjson' });
    expect(events[1]).to.deep.include({ rows: 3, file: 'events.ndjson' });
    expect(stderr).to.equal('');
  });

  it('draws a bar on a terminal, with the rate and the time left', async function () {
    if (!hasPseudoTerminal) this.skip();
    store.latency = 20;
    const terminal = onTerminal(['export', 'v3.Brand', 'bar.ndjson'], { env, cwd: folder });
    expect(await terminal.code).to.equal(0);
    store.latency = 0;
    expect(terminal.written()).to.match(/█+░+ +\d+% {2}[\d,]+ of 2,600 rows, [\d,]+\/s/);
    expect(terminal.screen.text()).to.match(/█{30} 100% {2}2,600 of 2,600 rows/);
    expect(terminal.written()).to.contain('\u001b[?25h'); // the cursor is back
  });
});
