import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ConfigurationError } from 'bigrecord';
import { Order } from 'bigrecord/v2';
import { Webhook } from 'bigrecord/v3';
import { DiskQueue, parseDelivery, WebhookError, type WebhookEvent, webhookHandler } from 'bigrecord/webhooks';
import { expect } from 'chai';
import { delivery, HEADERS, SECRETS } from '../support/deliveries.js';
import { rejection } from '../support/rejection.js';
import { sent, useStore } from '../support/store.js';
import { until } from '../support/waiting.js';

describe('a webhook delivery', () => {
  const context = useStore();

  it('gives a typed event, with the record on demand', async () => {
    const long = delivery().replace('"id":100', '"id":9007199254740993');
    expect(parseDelivery(long, HEADERS, { secretHeaders: SECRETS })).to.have.nested.property('data.id', '9007199254740993');
    const event = parseDelivery(delivery(), HEADERS, { secretHeaders: SECRETS, storeHash: 'sandbox' });
    expect(event).to.deep.include({ scope: 'store/order/created', storeHash: 'sandbox', hash: 'abc123', data: { type: 'order', id: 100 } });
    expect(event.createdAt?.getTime()).to.equal(1_700_000_000_000);
    expect(sent(context.store)).to.deep.equal([]);
    expect(await event.record()).to.be.instanceOf(Order);
    expect(sent(context.store)).to.deep.equal(['GET /v2/orders/100']);
    expect(await parseDelivery(delivery({ data: { type: 'order', id: 9999 } }), HEADERS, { secretHeaders: SECRETS }).record()).to.equal(
      null,
    );
    expect(await parseDelivery(delivery({ data: { type: 'unheard_of', id: 1 } }), HEADERS, { secretHeaders: SECRETS }).record()).to.equal(
      null,
    );
  });

  it('is taken as text, bytes, gzip, or what a framework made of it; with headers of either kind', () => {
    for (const body of [delivery(), Buffer.from(delivery()), gzipSync(delivery()), JSON.parse(delivery())])
      for (const headers of [HEADERS, new Headers(HEADERS), { 'X-HOOK-SECRET': ['hook-canary'], 'x-second': 'two' }])
        expect(parseDelivery(body, headers, { secretHeaders: SECRETS }).hash).to.equal('abc123');
  });

  it('is refused without every secret header, and the error tells nothing of it', () => {
    const wrong = [
      {},
      { 'x-hook-secret': 'hook-canary' },
      { ...HEADERS, 'x-second': 'tw' },
      { ...HEADERS, 'x-hook-secret': 'hook-canaryX' },
      { ...HEADERS, 'x-hook-secret': ['hook-canary', 'hook-canary'] },
      { ...HEADERS, 'X-Hook-Secret': 'other' },
      { ...HEADERS, 'x-second': undefined },
    ]; // prettier-ignore
    for (const headers of wrong) {
      expect(() => parseDelivery(delivery(), headers, { secretHeaders: SECRETS }), JSON.stringify(headers))
        .to.throw(WebhookError)
        .with.property('status', 401);
      expect(() => parseDelivery(delivery(), headers, { secretHeaders: SECRETS }))
        .to.throw()
        .with.property('message')
        .that.does.not.contain('canary');
    }
    for (const none of [{}, { 'x-a': '' }] as Record<string, string>[])
      expect(() => parseDelivery(delivery(), HEADERS, { secretHeaders: none })).to.throw(ConfigurationError);
    expect(() => parseDelivery(delivery(), HEADERS, { secretHeaders: SECRETS, storeHash: 'other' })).to.throw(
      WebhookError,
      'another store',
    );
  });

  it('is taken without its time where that is none', () => {
    for (const created_at of [1e300, -1e13, 'today', null])
      expect(parseDelivery(delivery({ created_at }), HEADERS, { secretHeaders: SECRETS }).createdAt).to.equal(undefined);
  });

  it('is refused when malformed or too large', () => {
    const bodies: [unknown, number][] = [
      ['no json', 400],
      ['[]', 400],
      ['null', 400],
      [new Uint8Array([0xff, 0xfe]), 400],
      [undefined, 400],
      [7, 400],
      ...[
        { scope: 1 },
        { scope: 'x' },
        { producer: 'x' },
        { producer: 'stores/../y' },
        { hash: undefined },
        { hash: '../x' },
        { data: null },
        { data: [] },
      ].map((changes): [string, number] => [delivery(changes), 400]),
      [delivery({ data: { type: 'x'.repeat(2_000_000) } }), 413],
      [gzipSync(Buffer.alloc(5_000_000, 32)), 413],
    ]; // prettier-ignore
    for (const [body, status] of bodies)
      expect(() => parseDelivery(body, HEADERS, { secretHeaders: SECRETS }), String(body).slice(0, 60))
        .to.throw(WebhookError)
        .with.property('status', status);
  });
});

describe('a webhook handler', () => {
  const context = useStore();
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bigrecord-queue-'));
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));
  const post = (body: string, headers: Record<string, string> = HEADERS): Request =>
    new Request('http://x/hook', { method: 'POST', headers, body });

  it('answers at once, works in the background, and once for a delivery that comes twice', async () => {
    const seen: string[] = [];
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const handler = webhookHandler({
      secretHeaders: SECRETS,
      onEvent: async (event) => {
        await gate;
        seen.push(event.hash);
      },
    });
    for (const hash of ['a', 'b', 'a']) expect((await handler(post(delivery({ hash })))).status).to.equal(200);
    expect(seen).to.deep.equal([]);
    release();
    await handler.idle();
    expect(seen.sort()).to.deep.equal(['a', 'b']);
    expect((await handler(post(delivery(), {}))).status).to.equal(401);
    expect((await handler(post('x'))).status).to.equal(400);
    expect((await handler(new Request('http://x/hook'))).status).to.equal(405);
  });

  it('loses no accepted event: it is tried again, and taken up by the next process', async () => {
    const queue = new DiskQueue(folder);
    const errors: unknown[] = [];
    const first = webhookHandler({
      secretHeaders: SECRETS,
      queue,
      retryMs: 60_000,
      onError: (error) => errors.push(error),
      onEvent: () => {
        throw new Error('not today');
      },
    });
    expect((await first(post(delivery()))).status).to.equal(200);
    await until(() => errors.length === 1);
    await first.close();
    expect((await first(post(delivery({ hash: 'late' })))).status).to.equal(503);
    expect(await readdir(folder)).to.have.length(1);
    const seen: WebhookEvent[] = [];
    const second = webhookHandler({ secretHeaders: SECRETS, queue: new DiskQueue(folder), onEvent: (event) => seen.push(event) });
    expect(await second.resume()).to.equal(1);
    await second.idle();
    expect(seen[0]).to.deep.include({ scope: 'store/order/created', hash: 'abc123' });
    expect(seen[0]?.createdAt).to.be.instanceOf(Date);
    expect(await readdir(folder)).to.deep.equal([]);
    let attempts = 0;
    const third = webhookHandler({
      secretHeaders: SECRETS,
      retryMs: 5,
      onEvent: () => {
        if (++attempts < 3) throw new Error('not yet');
      },
    });
    await third(post(delivery()));
    await third.idle();
    expect(attempts).to.equal(3);
  });

  it('does not take for accepted what its queue could not keep', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'bigrecord-')), 'file');
    await writeFile(file, '');
    const told: string[] = [];
    const seen: string[] = [];
    const handler = webhookHandler({
      secretHeaders: SECRETS,
      queue: new DiskQueue(join(file, 'folder')),
      onEvent: ({ scope }) => seen.push(scope),
      onError: (error) => told.push((error as NodeJS.ErrnoException).code ?? ''),
    });
    expect((await handler(post(delivery()))).status).to.equal(503);
    await rm(file); // the disk is back
    expect((await handler(post(delivery()))).status).to.equal(200);
    await handler.idle();
    expect([told, seen.length]).to.deep.equal([['ENOTDIR'], 1]);
  });

  it('fits node:http, and takes what the sandbox delivers, as often as it must', async () => {
    const seen: string[] = [];
    const handler = webhookHandler({ secretHeaders: { 'x-hook-secret': 'hook-canary' }, onEvent: (event) => seen.push(event.scope) });
    let refusals = 2;
    const server = createServer((request, response) => {
      if (refusals-- > 0) response.writeHead(500).end();
      else void handler.node(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const destination = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
    const options = { headers: { 'x-hook-secret': 'hook-canary' } };
    expect((await Webhook.sync(['store/order/*', 'store/product/updated'], destination, options)).created).to.have.length(2);
    const [report] = await context.store.deliver('store/order/created', { type: 'order', id: 100 }, 0.0001);
    expect(report?.statuses).to.deep.equal([500, 500, 200]);
    expect(await context.store.deliver('store/customer/created', { type: 'customer', id: 1 })).to.deep.equal([]);
    await handler.idle();
    expect(seen).to.deep.equal(['store/order/created']);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await context.store.deliver('store/product/updated', { type: 'product', id: 1 }, 0.0000001);
    const hooks = await Webhook.all();
    expect(hooks.find(({ scope }) => scope === 'store/product/updated')?.is_active).to.equal(false);
    const synced = await Webhook.sync(['store/product/updated', 'store/cart/created'], destination, options);
    expect([synced.created.length, synced.activated.length, synced.removed.length]).to.deep.equal([1, 1, 1]);
    const again = await Webhook.sync(['store/product/updated', 'store/cart/created'], destination, options);
    expect([again.created, again.activated, again.removed]).to.deep.equal([[], [], []]);
  });

  it('are still there if a new one is refused', async () => {
    const destination = 'https://app.example.com/hooks';
    await Webhook.sync(['store/order/created'], destination);
    const before = (await Webhook.all()).length;
    await rejection(() => Webhook.sync(['store/ordr/created' as 'store/order/*'], destination));
    expect((await Webhook.all()).map(({ scope }) => scope))
      .to.have.length(before)
      .and.to.include('store/order/created');
  });
});
