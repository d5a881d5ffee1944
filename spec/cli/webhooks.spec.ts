import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Webhook } from 'bigrecord/v3';
import { parseDelivery } from 'bigrecord/webhooks';
import { expect } from 'chai';
import { command, runCommand } from '../support/command.js';
import { sent } from '../support/store.js';
import { until } from '../support/waiting.js';

interface Received {
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

describe('npx bigrecord webhooks', function () {
  this.timeout(60_000);
  let folder: string;
  let store: Sandbox;
  let session: Session;
  let env: Record<string, string>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bigrecord-hooks-'));
    store = await Sandbox.start({ seed: 'empty' });
    session = new Session(store.credentials);
    const { storeHash, accessToken, baseUrl } = store.credentials;
    env = {
      BIGCOMMERCE_STORE_HASH: storeHash,
      BIGCOMMERCE_ACCESS_TOKEN: accessToken,
      BIGCOMMERCE_API_URL: baseUrl,
      BIGCOMMERCE_CLIENT_SECRET: store.clientSecret,
      XDG_STATE_HOME: folder,
    };
  });

  after(async () => {
    await session.close();
    await store.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const hooks = () => session.run(() => Webhook.all());

  it('lists hooks without their secrets, and makes them equal to a list', async () => {
    const destination = 'https://example.com/hooks';
    const row = { client_id: 'a', store_hash: 'sandbox', destination, is_active: true, headers: null };
    store.insert(Webhook, [
      { ...row, id: 1, scope: 'store/order/*', is_active: false },
      { ...row, id: 2, scope: 'store/cart/*', headers: { 'x-secret': 'listed-secret' } },
      { ...row, id: 3, scope: 'store/order/*', destination: 'https://example.com/old' },
    ]);
    const file = join(folder, 'hooks.json');
    await writeFile(
      file,
      JSON.stringify({ destination, scopes: ['store/order/*', 'store/product/updated'], headers: { 'x-secret': `\${HOOK_SECRET}` } }),
    );
    const setting = { env: { ...env, HOOK_SECRET: 'of-the-environment' } };
    const [listed, json, dry, refused, unset] = await Promise.all([
      runCommand(['webhooks', 'list'], { env }),
      runCommand(['webhooks', 'list', '--json'], { env }),
      runCommand(['webhooks', 'sync', file, '--dry-run', '--json'], setting),
      runCommand(['webhooks', 'sync', file], setting),
      runCommand(['webhooks', 'sync', file, '--write'], { env }),
    ]);
    expect(listed.stdout).to.match(/^id {2}state +scope +destination +headers\n1 +deactivated +store\/order\/\* /);
    expect(listed.stdout + json.stdout).to.not.contain('listed-secret');
    expect(JSON.parse(json.stdout)[1]).to.include({ id: 2, scope: 'store/cart/*', is_active: true });
    const changes = JSON.parse(dry.stdout);
    expect(changes.dryRun).to.equal(true);
    expect(changes.created).to.deep.equal([{ scope: 'store/product/updated', destination, is_active: true, headers: ['x-secret'] }]);
    expect([changes.activated, changes.removed].map((all) => all.map(({ id }: { id: number }) => id))).to.deep.equal([[1], [2, 3]]);
    expect([refused.code, unset.code]).to.deep.equal([2, 2]);
    expect(refused.stderr).to.match(/was not sent: without --write/);
    expect(unset.stderr).to.match(/the variable HOOK_SECRET of the header x-secret is not set/);
    expect(sent(store).filter((line) => !line.startsWith('GET'))).to.deep.equal([]);
    const done = await runCommand(['webhooks', 'sync', file, '--write'], setting);
    expect(done.code).to.equal(0);
    expect(done.stdout)
      .to.match(/^\+ {2}store\/product\/updated .*created$/m)
      .and.match(/^- {2}store\/cart\/\* .*deleted$/m)
      .and.not.contain('of-the-environment');
    const now = await hooks();
    expect(now.map(({ scope, is_active: isActive }) => [scope, isActive])).to.deep.equal([
      ['store/order/*', true],
      ['store/product/updated', true],
    ]);
    expect(now.map(({ headers }) => headers?.['x-secret'])).to.deep.equal(['of-the-environment', 'of-the-environment']);
    const again = await runCommand(['webhooks', 'sync', file, '--write'], setting);
    expect(again.stdout).to.equal('The hooks are as declared: nothing to change.\n');
    for (const hook of now) await hook.destroy();
  });

  it('verifies, prints, saves and passes on what is delivered, and sends it again', async () => {
    const received: Received[] = [];
    const app = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      received.push({ body: Buffer.concat(chunks).toString(), headers: request.headers });
      response.writeHead(202).end();
    });
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    const to = `http://127.0.0.1:${(app.address() as AddressInfo).port}/hooks`;
    const file = join(folder, 'deliveries.ndjson');
    const listener = command(['webhooks', 'listen', '--port', '0', '--forward', to, '--save', file], { env });
    const [, url = ''] = await listener.printed(/accepted at (http:\S+) and/);
    const hook = await session.run(() => Webhook.create({ scope: 'store/order/*', destination: url, is_active: true }));
    const [report] = await store.deliver('store/order/created', { type: 'order', id: 100 });
    expect(report?.statuses).to.deep.equal([200]);
    await listener.printed(/^store\/order\/created {2}\{"type":"order","id":100\} /m);
    await listener.printed(/passed on: 202/);
    const [delivery] = received;
    const event = parseDelivery(delivery?.body, delivery?.headers ?? {}, { signingSecret: store.clientSecret });
    expect(event).to.deep.include({ scope: 'store/order/created', data: { type: 'order', id: 100 } });

    const forged = await fetch(url, { method: 'POST', body: delivery?.body ?? '' });
    expect(forged.status).to.equal(401);
    const headers = Object.fromEntries(Object.entries(delivery?.headers ?? {}).filter(([name]) => name.startsWith('webhook-')));
    expect((await fetch(url, { method: 'POST', body: delivery?.body ?? '', headers: headers as Record<string, string> })).status).to.equal(
      200,
    );
    await listener.printed(/ again$/m);
    expect(received).to.have.length(1);
    expect(await listener.end()).to.equal(0);
    expect(listener.output.stdout)
      .to.match(/refused 401/)
      .and.match(/Stopped\.\n$/);
    const saved = await readFile(file, 'utf8');
    expect(saved.trim().split('\n')).to.have.length(1);
    expect(saved).to.not.contain('webhook-signature');

    const [last, fromFile, other] = await Promise.all([
      runCommand(['webhooks', 'replay', '--last', '--to', to], { env }),
      runCommand(['webhooks', 'replay', file, '--hash', event.hash.slice(0, 6), '--new-hash', '--to', to, '--json'], { env }),
      runCommand(['webhooks', 'replay', file, '--to', 'http://127.0.0.1:9/'], { env }),
    ]);
    expect([last.code, fromFile.code, other.code]).to.deep.equal([0, 0, 1]);
    await until(() => received.length === 3);
    const hashes = received.slice(1).map(({ body, headers }) => parseDelivery(body, headers, { signingSecret: store.clientSecret }).hash);
    expect(hashes).to.include(event.hash);
    expect(hashes).to.include(JSON.parse(fromFile.stdout).hash);
    expect(new Set(hashes).size).to.equal(2);
    app.close();
    app.closeAllConnections();
    await hook.destroy();
  });

  it('says what is wrong with a call, with exit code 2', async () => {
    await writeFile(join(folder, 'misspelt.json'), '[{ "destination": "https://example.com/h", "scopes": ["store/order/creatd"] }]');
    await writeFile(join(folder, 'foreign.json'), '{"a":1}\n');
    const calls: [string[], RegExp][] = [
      [['listen', '--port', '0'], /Nothing tells who sends deliveries/],
      [['listen', '--forward', 'https://example.com/hooks', '--insecure'], /address of this machine/],
      [['listen', '--secret-header', 'nothing'], /'name: value'/],
      [['replay', '--to', 'http://127.0.0.1:9/'], /Say which delivery/],
      [['replay', 'foreign.json', '--to', 'http://127.0.0.1:9/'], /is not a delivery/],
      [['sync', 'misspelt.json', '--sandbox'], /did you mean store\/order\/created\?/],
      [['sync', 'nowhere.json', '--sandbox'], /nowhere\.json cannot be read/],
    ];
    const setting = { cwd: folder, env: { ...env, BIGCOMMERCE_CLIENT_SECRET: '' } };
    const ended = await Promise.all(calls.map(([args]) => runCommand(['webhooks', ...args], setting)));
    for (const [at, [args, message]] of calls.entries()) {
      expect(ended[at]?.stderr, args.join(' ')).to.match(message);
      expect(ended[at]?.code, args.join(' ')).to.equal(2);
    }
  });
});
