import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Session } from 'bigrecord';
import { record } from 'bigrecord/testing';
import { Product as ProductV2 } from 'bigrecord/v2';
import { Brand, Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { command, type RunningCommand } from '../support/command.js';
import { consumer } from '../support/packed.js';
import { run } from '../support/run.js';

interface Started {
  readonly event: string;
  readonly storeHash: string;
  readonly accessToken: string;
  readonly clientId: string;
  readonly baseUrl: string;
  readonly page: string;
}

/** The status of a response to curl, which may name any host. */
async function statusFor(host: string, url: string, ...options: readonly string[]): Promise<string> {
  const { stdout } = await run('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code}', '-H', `Host: ${host}`, ...options, url]);
  return stdout;
}

describe('npx bigrecord sandbox', function () {
  this.timeout(60_000);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bigrecord-command-'));
  });

  after(() => rm(folder, { recursive: true, force: true }));

  /** Starts it with `--json`, and waits until it listens. */
  async function start(...args: string[]): Promise<{ running: RunningCommand; started: Started }> {
    const running = command(['sandbox', '--port', '0', '--json', ...args], { cwd: folder });
    const [line] = await running.printed(/^.*"started".*$/m);
    return { running, started: JSON.parse(line) };
  }

  it('prints credentials, an .env block, a curl line that works, and requests as they arrive; Ctrl-C stops it', async () => {
    const running = command(['sandbox', '--port', '0']);
    const [curl] = await running.printed(/^curl .*$/m);
    const { stdout } = await run('sh', ['-c', curl.replace('curl', 'curl -s')]);
    expect(JSON.parse(stdout).data[0]).to.include({ id: 1 });
    await running.printed(/^GET +\/v3\/catalog\/products\?limit=1 {2}200 {2}\d+ ms$/m);
    const variables = Object.fromEntries(
      [...running.output.stdout.matchAll(/^(BIGCOMMERCE_\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
    );
    expect(Object.keys(variables)).to.have.length(4);
    const session = Session.fromEnv({}, variables);
    expect((await session.run(() => Product.find(1))).id).to.equal(1);
    await session.close();
    expect(await running.end()).to.equal(0);
    expect(running.output.stdout)
      .to.match(/Stopped\.\n$/)
      .and.not.contain('\u001b');
    expect(running.output.stderr).to.equal('');
  });

  it('takes a seed, faults, latency and a quota; SIGTERM stops it too', async () => {
    const { running, started } = await start(
      '--seed',
      'empty',
      '--fail',
      '503 1 GET /v3/catalog/brands',
      '--fail',
      '418',
      '--latency',
      '30',
      '--rate-limit',
      '5',
    );
    const session = new Session({ ...started, event: undefined, page: undefined, retry: false } as never);
    const statuses: number[] = [];
    for (const path of ['/catalog/brands', '/catalog/brands', '/catalog/brands', '/catalog/products', '/catalog/products'])
      statuses.push(
        (await fetch(`${started.baseUrl}/stores/${started.storeHash}/v3${path}`, { headers: { 'x-auth-token': started.accessToken } }))
          .status,
      );
    expect(statuses).to.deep.equal([503, 418, 200, 200, 200]);
    await session.close();
    const events = running.output.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.slice(1).map(({ event, method, path, status }) => `${event} ${method} ${path} ${status}`)[0]).to.equal(
      'request GET /v3/catalog/brands 503',
    );
    for (const { ms } of events.slice(1)) expect(ms).to.be.above(25);
    const late = await fetch(`${started.baseUrl}/stores/${started.storeHash}/v3/catalog/products`, {
      headers: { 'x-auth-token': started.accessToken },
    });
    expect([late.status, late.headers.get('x-rate-limit-requests-left')]).to.deep.equal([429, '0']);
    expect(await running.end('SIGTERM')).to.equal(0);
    expect(running.output.stdout).to.match(/\{"event":"stopped"\}\n$/);
  });

  it('begins with the rows of a cassette, and writes an .env file whose other lines stay', async () => {
    const source = await start();
    const session = new Session({ storeHash: 'sandbox', accessToken: source.started.accessToken, baseUrl: source.started.baseUrl });
    const recording = record({ session, file: join(folder, 'brands.json') });
    await session.run(() => Brand.find(3));
    await recording.stop();
    await session.close();
    await source.running.end();
    await writeFile(join(folder, '.env'), 'NODE_ENV=test\nexport BIGCOMMERCE_STORE_HASH=abc\nLAST=1');
    const { running, started } = await start('--seed', 'brands.json', '--env', '.env');
    expect(await readFile(join(folder, '.env'), 'utf8')).to.equal(
      `NODE_ENV=test\nexport BIGCOMMERCE_STORE_HASH=sandbox\nLAST=1\nBIGCOMMERCE_ACCESS_TOKEN=${started.accessToken}\nBIGCOMMERCE_CLIENT_ID=${started.clientId}\nBIGCOMMERCE_API_URL=${started.baseUrl}\n`,
    );
    const seeded = new Session({ storeHash: 'sandbox', accessToken: started.accessToken, baseUrl: started.baseUrl });
    expect((await seeded.run(() => Brand.all())).map(({ id }) => id)).to.deep.equal([3]);
    await seeded.close();
    await running.end();
  });

  it('says in one line what is wrong, with exit code 2, or 1 if it failed', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await writeFile(join(folder, 'broken.json'), '{"v3.Produkt": []}');
    const calls: [string[], number, RegExp][] = [
      [['sandbox', '--port', String(port)], 1, /Port \d+ is in use/],
      [['sandbox', '--port', 'many'], 2, /whole number from 0 to 65535/],
      [['sandbox', '--prot', '1'], 2, /Did you mean --port\?/],
      [['sandbox', '--fail', 'always'], 2, /'503 2 \/v3\/catalog\/products'/],
      [['sandbox', '--seed', 'nowhere.json'], 2, /nowhere\.json cannot be read/],
      [['sandbox', '--seed', 'broken.json'], 2, /did you mean `v3\.Product`/],
      [['sandbox', '--port', '0', '--env', 'no/such/folder/.env'], 2, /--env/],
      [['sandbox', 'now'], 2, /too many arguments/],
      [['sandboxes'], 2, /Did you mean sandbox\?/],
    ];
    const ended = await Promise.all(
      calls.map(async ([args]) => {
        const { code, output } = command(args, { cwd: folder });
        return { code: await code, ...output };
      }),
    );
    other.close();
    for (const [at, [args, code, message]] of calls.entries()) {
      expect(ended[at]?.stderr, args.join(' '))
        .to.match(message)
        .and.match(/^error: [^\n]+\n$/);
      expect(ended[at]?.code, args.join(' ')).to.equal(code);
    }
  });

  it('prints help with examples, and its version', async () => {
    const help = command(['sandbox', '--help']);
    expect(await help.code).to.equal(0);
    expect(help.output.stdout).to.contain('Examples:').and.contain('--seed').and.contain('Exit codes');
    const version = command(['--version']);
    expect(await version.code).to.equal(0);
    expect(version.output.stdout).to.match(/^\d+\.\d+\.\d+\n$/);
    const all = command(['--help']);
    expect(await all.code).to.equal(0);
    expect(all.output.stdout).to.contain('sandbox');
  });

  describe('its page', () => {
    let running: RunningCommand;
    let started: Started;
    let session: Session;

    before(async () => {
      ({ running, started } = await start());
      session = new Session({ storeHash: started.storeHash, accessToken: started.accessToken, baseUrl: started.baseUrl });
    });

    after(async () => {
      await session.close();
      await running.end();
    });

    const get = async (path = '', headers = {}): Promise<{ status: number; text: string; headers: Headers }> => {
      const response = await fetch(`${started.page}${path}`, { headers });
      return { status: response.status, text: await response.text(), headers: response.headers };
    };
    const post = (path: string, form: Record<string, string> = {}, headers = {}) =>
      fetch(`${started.page}${path}`, { method: 'POST', body: new URLSearchParams(form), headers, redirect: 'manual' });

    it('shows requests with their bodies, escaped', async () => {
      await session.run(() => Brand.create({ name: '<script>alert("x")</script>' }));
      const { text, headers } = await get();
      const [, path = ''] = /href="[^"]*(\/requests\/\d+)">POST \/v3\/catalog\/brands</.exec(text) ?? [];
      const shown = await get(path);
      expect(shown.text).to.contain('&lt;script&gt;alert(').and.not.contain('<script>alert');
      const rows = (await get('/rows/v3.Brand?q=%3Cscript')).text;
      expect(rows).to.contain('&lt;script&gt;').and.contain('value="&lt;script"').and.not.contain('<script>alert');
      expect(headers.get('content-security-policy')).to.contain("default-src 'none'").and.not.contain('unsafe');
    });

    it('asks no other host for anything, and names what it shows', async () => {
      for (const path of ['', '/rows', '/rows/v2.Order', '/webhooks', '/faults']) {
        const { text } = await get(path);
        expect(text.match(/(src|href)="(?!\/__sandbox|#|data:,")[^"]*"/g), path).to.equal(null);
        expect(text)
          .to.contain('<html lang="en">')
          .and.match(/<h1>[^<]+<\/h1>/);
        const inputs = text.match(/<input/g)?.length ?? 0;
        expect(text.match(/<label[^>]*>[^<]*<input/g)?.length ?? 0, path).to.equal(inputs);
      }
    });

    it('shows rows by model: counted, searched, a page at a time, and one by one', async () => {
      expect((await get('/rows')).text).to.match(
        /v3\.Product<\/a><\/td><td class="mono">\/v3\/catalog\/products<\/td><td class="number">60</,
      );
      expect((await get('/rows/v3.Product')).text)
        .to.contain('60 rows')
        .and.contain('Page 1 of 3')
        .and.contain('page=2');
      expect((await get('/rows/v3.Product?page=3')).text).to.contain('Page 3 of 3');
      const { name } = await session.run(() => Product.find(7));
      const found = await get(`/rows/v3.Product?q=${encodeURIComponent(name.toUpperCase())}`);
      expect(found.text).to.contain('>1 row<').and.contain(name);
      expect((await get('/rows/v3.Product/7')).text).to.contain(`&quot;name&quot;: &quot;${name}&quot;`);
      expect((await get('/rows/v3.Product/999')).status).to.equal(404);
      expect((await get('/rows/v9.Nothing')).status).to.equal(404);
      expect((await get('/rows/v3.Product/%E0%A4%A')).status).to.equal(404);
    });

    it('shows the quota, adds faults and removes them, and says what is wrong with one', async () => {
      expect((await post('/faults', { fault: '503 2 /v3/catalog/products' })).status).to.equal(303);
      expect((await get('/faults')).text)
        .to.contain('503 2 /v3/catalog/products')
        .and.contain('1,000,000 requests in 30 seconds');
      const wrong = await post('/faults', { fault: '<b>never</b>' });
      expect(wrong.status).to.equal(422);
      expect(await wrong.text())
        .to.contain('role="alert"')
        .and.contain('value="&lt;b&gt;never&lt;/b&gt;"');
      await post('/heal');
      expect((await get('/faults')).text).to.contain('No request is going to fail');
    });

    it('shows hooks, and what was delivered to them', async () => {
      const receiver = createServer((_, response) => void response.writeHead(202).end());
      await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
      const destination = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`;
      const { running: other, started: at } = await start();
      const session = new Session({ storeHash: at.storeHash, accessToken: at.accessToken, baseUrl: at.baseUrl });
      const shown = async (): Promise<string> => (await fetch(`${at.page}/webhooks`)).text();
      await session.run(async () => {
        await session.post('/hooks', { body: { scope: 'store/product/updated', destination, is_active: true, headers: {} } });
        expect(await shown())
          .to.contain('store/product/updated')
          .and.contain(destination)
          .and.contain('Nothing has been delivered yet');
        await (await ProductV2.find(3)).update({ name: 'Told to a hook' });
      });
      const deadline = Date.now() + 10_000;
      while (!(await shown()).includes('<td>202</td>') && Date.now() < deadline) await sleep(20);
      expect(await shown())
        .to.contain('<td>202</td>')
        .and.contain('{&quot;type&quot;:&quot;product&quot;,&quot;id&quot;:3');
      await session.close();
      await other.end();
      receiver.close();
    });

    it('resets the store', async () => {
      await session.run(async () => (await ProductV2.find(2)).update({ name: 'Changed' }));
      const response = await post('/reset');
      expect([response.status, response.headers.get('location')]).to.deep.equal([303, '/__sandbox']);
      expect((await get()).text).to.contain('Nothing has been asked yet');
      expect((await session.run(() => ProductV2.find(2))).name).to.not.equal('Changed');
    });

    it('takes no forms of other pages, and answers to no other name than its own', async () => {
      for (const headers of [{ origin: 'http://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])
        expect((await post('/reset', {}, headers)).status, JSON.stringify(headers)).to.equal(403);
      const { port } = new URL(started.baseUrl);
      const asked = (host: string, path: string): Promise<string> =>
        statusFor(host, `${started.baseUrl}${path}`, '-H', `X-Auth-Token: ${started.accessToken}`);
      for (const path of ['/__sandbox', '/__sandbox/rows', '/stores/sandbox/v2/products/1']) {
        expect(await asked(`evil.example:${port}`, path)).to.equal('403');
        expect(await asked(`127.0.0.1.evil.example:${port}`, path)).to.equal('403');
        expect(await asked(`localhost:${port}`, path)).to.equal('200');
        expect(await asked(`shop.localhost:${port}`, path)).to.equal('200');
      }
      const allowing = await start('--allow-host', 'host.docker.internal');
      expect(await statusFor('host.docker.internal:1', allowing.started.page)).to.equal('200');
      await allowing.running.end();
    });
  });

  for (const type of ['module', 'commonjs'])
    it(`runs from the packed package, in a project of type ${type}`, async () => {
      const project = await consumer('hono', '@hono/node-server');
      await writeFile(join(project, 'package.json'), JSON.stringify({ type }));
      const { bin } = JSON.parse(await readFile(join(project, 'node_modules/bigrecord/package.json'), 'utf8'));
      const program = join(project, 'node_modules/bigrecord', bin.bigrecord);
      expect(await readFile(program, 'utf8')).to.match(/^#!\/usr\/bin\/env node\n/);
      const running = command(['sandbox', '--port', '0', '--json'], { cwd: project, program });
      const [line] = await running.printed(/^.*"started".*$/m);
      const { baseUrl, accessToken, page }: Started = JSON.parse(line);
      const response = await fetch(`${baseUrl}/stores/sandbox/v2/products/1`, { headers: { 'x-auth-token': accessToken } });
      expect([response.status, (await fetch(page)).status]).to.deep.equal([200, 200]);
      expect(await running.end()).to.equal(0);
    });

  it('says how to install what it needs', async () => {
    const project = await consumer();
    const running = command(['sandbox'], { cwd: project, program: join(project, 'node_modules/bigrecord/dist/cjs/cli.cjs') });
    expect(await running.code).to.equal(2);
    expect(running.output.stderr).to.match(/^error: .*npm install --save-dev hono @hono\/node-server\n$/);
  });
});
