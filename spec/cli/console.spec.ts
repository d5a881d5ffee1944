import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Sandbox } from 'bigrecord/sandbox';
import { expect } from 'chai';
import { runCommand } from '../support/command.js';
import { hasPseudoTerminal, onTerminal, type PseudoTerminal } from '../support/pseudo-terminal.js';
import { sent } from '../support/store.js';

const TOKEN = 'token-of-a-real-store';

describe('npx bigrecord console', function () {
  this.timeout(60_000);
  let folder: string;
  let store: Sandbox;
  let env: Record<string, string>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bigrecord-console-'));
    store = await Sandbox.start({ accessToken: TOKEN });
    const { storeHash, accessToken, baseUrl } = store.credentials;
    env = {
      BIGCOMMERCE_STORE_HASH: storeHash,
      BIGCOMMERCE_ACCESS_TOKEN: accessToken,
      BIGCOMMERCE_API_URL: baseUrl,
      BIGCOMMERCE_CLIENT_SECRET: 'secret-of-an-app',
      XDG_STATE_HOME: folder,
    };
  });

  after(async () => {
    await store.stop();
    await rm(folder, { recursive: true, force: true });
  });

  describe('with a script', () => {
    it('prints the value of --eval, and requests with status, time and quota on the standard error output', async () => {
      const [count, json, quiet] = await Promise.all([
        runCommand(['console', '--sandbox', '--eval', 'await v3.Product.count()']),
        runCommand(['console', '--sandbox', '--json', '--eval', "v3.Product.where({ id: { min: 3 } }).select('name').limit(1)"]),
        runCommand(['console', '--sandbox', '--quiet', '-e', 'const brand = await Brand.find(1); brand.name = `Other`; brand']),
      ]);
      expect(count).to.include({ code: 0, stdout: '60\n' });
      expect(count.stderr).to.match(/^GET \/v3\/catalog\/products\?limit=1 {2}200 {2}\d+ ms {2}\d+ of \d+ left\n$/);
      expect(JSON.parse(json.stdout)).to.deep.equal([{ id: 3, name: json.stdout.match(/"name":"([^"]+)"/)?.[1] }]);
      expect(quiet.stderr).to.equal('');
      expect(quiet.stdout)
        .to.match(/^Brand \{\n {2}id: 1,\n~ name: 'Other', {2}\/\/ was '[^']+'\n/)
        .and.match(/\/\/ not loaded: .*metafields/);
    });

    it('suggests the nearest model for one that does not exist', async () => {
      const { code, stderr } = await runCommand(['console', '--sandbox', '--eval', 'v3.Produkt.count()']);
      expect(code).to.equal(2);
      expect(stderr).to.match(/no model `v3\.Produkt`; did you mean `v3\.Product`\?/);
    });

    it('runs the standard input, with await anywhere in it', async () => {
      const script = 'const all = [];\nfor await (const brand of v3.Brand.all) all.push(brand);\n'.replace(
        'v3.Brand.all',
        'v3.Brand.where({ id: { in: [1, 2] } })',
      );
      const { code, stdout } = await runCommand(['console', '--sandbox', '-q'], {
        input: `${script}console.log('first', all[0].id);\nall.length`,
      });
      expect([code, stdout]).to.deep.equal([0, 'first 1\n2\n']);
    });

    it('brings the exports of modules into scope', async () => {
      await writeFile(join(folder, 'helpers.mjs'), 'export const double = (n) => n * 2;\n');
      const { code, stdout } = await runCommand(['console', '--sandbox', '-r', 'helpers.mjs', '-e', 'double(21)'], { cwd: folder });
      expect([code, stdout]).to.deep.equal([0, '42\n']);
    });

    it('says what failed, with exit code 1, or 2 for a wrong call', async () => {
      const script = (code: string, ...more: string[]) => ['console', '--sandbox', '-q', ...more, '-e', code];
      const calls: [string[], number, RegExp][] = [
        [script('await Product.find(999)'), 1, /^error: GET \/v3\/catalog\/products\/999 returned 404/],
        [script('nothing.at.all'), 1, /^error: ReferenceError: nothing is not defined\n$/],
        [script('void Promise.reject(new Error("lost")); 1'), 1, /^error: unhandled rejection: lost\n$/],
        [script('const = 1'), 2, /^error: The script is not valid JavaScript/],
        [script('1', '-r', 'nowhere.js'), 2, /^error: --require: nowhere\.js cannot be loaded/],
        [['console', '--seed', 'empty', '-e', '1'], 2, /give --sandbox too/],
        [['console', '-e', '1'], 2, /^error: No store is given: BIGCOMMERCE_STORE_HASH and BIGCOMMERCE_ACCESS_TOKEN are not set\./],
        [['console', '--dotenv', 'nowhere.env', '-e', '1'], 2, /nowhere\.env cannot be read/],
      ];
      const none = { BIGCOMMERCE_STORE_HASH: '', BIGCOMMERCE_ACCESS_TOKEN: '' };
      const ended = await Promise.all(calls.map(([args]) => runCommand(args, { cwd: folder, env: none })));
      for (const [at, [args, code, message]] of calls.entries()) {
        expect(ended[at]?.stderr, args.join(' ')).to.match(message);
        expect(ended[at]?.code, args.join(' ')).to.equal(code);
      }
    });

    it('sends no write to a real store without --write', async () => {
      const before = store.requests.length;
      const code = 'const brand = await Brand.find(2); brand.meta_keywords = ["new"]; await brand.save(); brand.isDirty';
      const refused = await runCommand(['console', '-e', code], { env });
      expect(refused.code).to.equal(2);
      expect(refused.stderr).to.match(/error: PUT \/v3\/catalog\/brands\/2 was not sent: .*--write/);
      const calls = ["session.delete('/catalog/brands/2')", "Brand.create({ name: 'B' })", "session.graphql('mutation { a }')"];
      const messages = `Promise.all([${calls.map((call) => `${call}.catch((error) => error.message)`).join(', ')}])`;
      const others = await runCommand(['console', '-q', '-e', `(await ${messages}).every((each) => each.includes('was not sent'))`], {
        env,
      });
      expect(others).to.include({ code: 0, stdout: 'true\n' });
      const lines = sent(store).slice(before);
      expect(lines.filter((line) => !line.startsWith('GET'))).to.deep.equal([]);
      const allowed = await runCommand(['console', '--write', '-q', '-e', code], { env });
      expect(allowed).to.include({ code: 0, stdout: 'false\n' });
      expect(sent(store).at(-1)).to.equal('PUT /v3/catalog/brands/2 {"meta_keywords":["new"]}');
    });

    it('shows no credentials to code', async () => {
      const code =
        'const { inspect } = await import("node:util"); await Brand.find(1);' +
        ' inspect([session, process.env, process.argv, Session, Object.keys(globalThis)], { showHidden: true, depth: 8 }) + JSON.stringify([session, process.env])';
      const { stdout, stderr, code: exit } = await runCommand(['console', '--eval', code], { env });
      expect([exit, stderr.includes('200')]).to.deep.equal([0, true]);
      expect(stdout.length).to.be.above(1000);
      expect(stdout + stderr)
        .to.not.contain(TOKEN)
        .and.not.contain('secret-of-an-app');
    });
  });

  describe('at a terminal', () => {
    let terminal: PseudoTerminal;

    before(function () {
      if (hasPseudoTerminal) return;
      console.log('      skipped: there is no `script` of util-linux here, which gives a pseudo-terminal');
      this.skip();
    });

    beforeEach(async () => {
      terminal = onTerminal(['console'], { env });
      await terminal.shows(/read-only: start it with --write(.|\n)*\nsandbox>$/);
    });

    afterEach(() => terminal.kill());

    const enter = async (line: string, shown: RegExp): Promise<void> => {
      terminal.type(`${line}\r`);
      await terminal.shows(new RegExp(`${shown.source}(.|\\n)*\\nsandbox>$`));
    };

    /** What the line is after a Tab. */
    const completed = async (line: string, whole: RegExp): Promise<void> => {
      terminal.type(line);
      await terminal.shows(new RegExp(`${line.slice(-8).replace(/[^\w ]/g, '\\$&')}$`));
      terminal.type('\t');
      await terminal.shows(whole);
      terminal.type('\x15'); // clears the line
      await terminal.shows(/\nsandbox>$/);
    };

    it('completes models, methods, filters and their operators, relations, and attributes of records', async () => {
      await completed('v3.ProductVa', /v3\.ProductVariant$/);
      await completed('Product.where({ inventory_le', /where\(\{ inventory_level$/);
      await completed('Product.where({ is_visible: true, inventory_level: { gr', /inventory_level: \{ greater$/);
      await completed("v2.Order.preload('cust", /preload\('customer$/);
      await completed("Product.include('im", /include\('images$/);
      await completed('await Product.where({ id: 1 }).inc', /\.include$/);
      await completed('Customer.create({ email: "a@b.c", first_n', /first_name$/);
      await enter('const brand = await Brand.find(1)', /200/);
      await completed('brand.page_t', /brand\.page_title$/);
      await completed('brand.update({ meta_de', /meta_description$/);
    });

    it('survives errors and unhandled rejections, refuses writes, stops waiting with Ctrl-C, and ends with Ctrl-D', async () => {
      await enter("session.delete('/catalog/brands/1').catch((error) => error.message)", /Promise/);
      await enter("await session.delete('/catalog/brands/1')", /DELETE \/v3\/catalog\/brands\/1 was not sent/);
      await enter("setTimeout(() => Promise.reject(new Error('lost')), 20); 'waiting'", /waiting(.|\n)*lost/);
      await enter("setTimeout(() => { throw new Error('thrown late') }, 20); 'again'", /again(.|\n)*thrown late/);
      terminal.type('await new Promise(() => setInterval(() => {}, 1000))\r');
      await sleep(100);
      terminal.type('\x03');
      await terminal.shows(/interrupted(.|\n)*\nsandbox>$/);
      await enter('.describe Brand', /Filters: id/);
      await terminal.endInput();
      expect(await terminal.code).to.equal(0);
    });

    it('keeps lines in a file of the user, without those that have a secret in them', async () => {
      await enter("'kept'.length", /4/);
      await enter("const other = { accessToken: 'abcdefghij' }", /accessToken/);
      await enter(`'${TOKEN}'`, /\[secret\]/);
      await terminal.endInput();
      expect(await terminal.code).to.equal(0);
      const file = join(folder, 'bigrecord/console-history');
      const text = await readFile(file, 'utf8');
      expect(text).to.contain("'kept'.length").and.not.contain('abcdefghij').and.not.contain(TOKEN);
      expect(((await stat(file)).mode & 0o777).toString(8)).to.equal('600');
    });
  });
});
