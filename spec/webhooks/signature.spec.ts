import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { ConfigurationError } from 'bigrecord';
import { Webhook } from 'bigrecord/v3';
import { parseDelivery, WebhookError, webhookHandler } from 'bigrecord/webhooks';
import { expect } from 'chai';
import express from 'express';
import { delivery, HEADERS, SECRETS } from '../support/deliveries.js';
import { useStore } from '../support/store.js';

const SECRET = 'client-secret-canary';
const now = (): number => Math.floor(Date.now() / 1000);

/** Signs as the documentation's example does: HMAC-SHA256 with the bytes of the secret over id, time and body. */
function signed(body: string | Buffer, secret = SECRET, timestamp: number | string = now()): Record<string, string> {
  const signature = createHmac('sha256', secret).update(`msg_1.${timestamp}.`).update(body).digest('base64');
  return { 'webhook-id': 'msg_1', 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` };
}

describe('a signed delivery', () => {
  it('is accepted with the client secret alone, and with secret headers', () => {
    const body = delivery();
    expect(parseDelivery(body, signed(body), { signingSecret: SECRET }).hash).to.equal('abc123');
    expect(parseDelivery(Buffer.from(body), new Headers(signed(body)), { signingSecret: SECRET }).hash).to.equal('abc123');
    const both = { secretHeaders: SECRETS, signingSecret: SECRET };
    expect(parseDelivery(body, { ...HEADERS, ...signed(body) }, both).hash).to.equal('abc123');
    for (const headers of [signed(body), HEADERS, {}])
      expect(() => parseDelivery(body, headers, both))
        .to.throw(WebhookError)
        .with.property('status', 401);
  });

  it('is what another implementation signs', () => {
    // hmac.new(secret, f"{id}.{timestamp}.{body}", sha256) of Python
    const body = '{"scope":"store/order/created","producer":"stores/abc","hash":"h1","data":{"type":"order","id":1}}';
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,gNvjpaGHsgdYr1WckskVwIWfnHWcNsmez519uqpspIM=',
    };
    expect(() => parseDelivery(body, headers, { signingSecret: SECRET })).to.throw(WebhookError, 'too old');
    expect(parseDelivery(body, headers, { signingSecret: SECRET, signatureToleranceMs: Number.MAX_SAFE_INTEGER }).hash).to.equal('h1');
  });

  it('may be compressed, whichever form was signed', () => {
    const zipped = gzipSync(delivery());
    for (const signature of [signed(zipped), signed(delivery())])
      expect(parseDelivery(zipped, signature, { signingSecret: SECRET }).hash).to.equal('abc123');
  });

  it('may carry several signatures, and be checked against several secrets, while one is rotated', () => {
    const body = delivery();
    const [first, second] = [signed(body, 'first'), signed(body, 'second')];
    const headers = { ...first, 'webhook-signature': `v1a,x ${first['webhook-signature']} ${second['webhook-signature']}` };
    for (const signingSecret of ['first', 'second', ['third', 'second']])
      expect(parseDelivery(body, headers, { signingSecret }).hash).to.equal('abc123');
    const secretHeaders = { 'x-hook-secret': ['new', 'hook-canary'], 'x-second': 'two' };
    expect(parseDelivery(body, HEADERS, { secretHeaders }).hash).to.equal('abc123');
    expect(() => parseDelivery(body, { ...HEADERS, 'x-second': 'new' }, { secretHeaders })).to.throw(WebhookError);
  });

  it('is refused when anything is wrong with it, and the error tells nothing of the secret', () => {
    const body = delivery();
    const right = signed(body);
    const wrong: [string, Record<string, string>][] = [
      [body.replace('100', '101'), right],
      [`${body} `, right],
      [body, {}],
      [body, { ...right, 'webhook-id': 'msg_2' }],
      [body, { ...right, 'webhook-id': '' }],
      [body, { ...right, 'webhook-signature': right['webhook-signature']?.replace('v1,', 'v2,') ?? '' }],
      [body, { ...right, 'webhook-signature': 'v1,' }],
      [body, signed(body, 'another secret')],
      [body, signed(body, SECRET, now() - 301)],
      [body, signed(body, SECRET, now() + 310)],
      [body, signed(body, SECRET, 'today')],
      [body, signed(body, SECRET, `${now()}.0`)],
    ];
    for (const [text, headers] of wrong) {
      const attempt = (): unknown => parseDelivery(text, headers, { signingSecret: SECRET });
      expect(attempt, JSON.stringify(headers)).to.throw(WebhookError).with.property('status', 401);
      expect(attempt).to.throw().with.property('message').that.does.not.contain('canary');
    }
    const late = signed(body, SECRET, now() - 3000);
    expect(() => parseDelivery(body, late, { signingSecret: SECRET, signatureToleranceMs: Number.NaN })).to.throw(WebhookError, 'too old');
    expect(parseDelivery(body, late, { signingSecret: SECRET, signatureToleranceMs: 3_600_000 }).hash).to.equal('abc123');
  });

  it('needs the raw body, and a secret', () => {
    const body = delivery();
    expect(() => parseDelivery(JSON.parse(body), signed(body), { signingSecret: SECRET })).to.throw(ConfigurationError, 'rawBody');
    const none: object[] = [{}, { signingSecret: '' }, { signingSecret: [] }, { signingSecret: ['a', ''] }, { secretHeaders: { a: [] } }];
    for (const options of none) {
      expect(() => parseDelivery(body, signed(body), options), JSON.stringify(options)).to.throw(ConfigurationError);
      expect(() => webhookHandler({ ...options, onEvent: () => {} })).to.throw(ConfigurationError);
    }
    expect(() => webhookHandler({ signingSecret: SECRET, signatureToleranceMs: -1, onEvent: () => {} })).to.throw(ConfigurationError);
  });
});

describe('deliveries of the sandbox', () => {
  const context = useStore();

  it('are signed with the client secret of its app, and reach hooks with wildcards', async () => {
    const seen: string[] = [];
    const handler = webhookHandler({ signingSecret: context.store.clientSecret, onEvent: ({ scope }) => seen.push(scope) });
    const app = express();
    app.post('/hooks', (request, response) => handler.node(request, response));
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const destination = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
    await Webhook.sync(
      ['store/order/*', 'store/cart/*', 'store/channel/2/settings/*', 'store/channel/*/inventory/product/stock_changed'],
      destination,
    );
    const { store } = context;
    const reports = [
      await store.deliver('store/order/metafield/created', { metafield_id: 14, resource_id: '270' }),
      await store.deliver('store/cart/lineItem/created', { type: 'cart_line_item', id: 'a', cartId: 'b' }),
      await store.deliver('store/channel/2/settings/SEO/updated', {}),
      await store.deliver('store/channel/3/settings/SEO/updated', {}),
      await store.deliver('store/channel/*/inventory/product/stock_changed', { variant_id: 1, product_id: 1, location_id: 1 }),
      await store.deliver('store/product/created', { type: 'product', id: 1 }),
      await store.deliver(Webhook.scope('store/order/new/thing'), {}),
    ];
    expect(reports.map((report) => report.map(({ statuses }) => statuses))).to.deep.equal([
      [[200]],
      [[200]],
      [[200]],
      [],
      [[200]],
      [],
      [[200]],
    ]);
    await handler.idle();
    expect(seen).to.have.length(5);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('have a scope: one that is misspelt, or stands for several, is an error', async () => {
    for (const scope of ['store/order/craeted', 'store/order/*', 'order/created', 'store/product/update'])
      expect(
        await context.store.deliver(scope as 'store/order/created', { type: 'order', id: 1 }).catch((error: Error) => error.message),
      ).to.contain(scope);
  });
});

describe('Webhook.sync()', () => {
  const context = useStore({ seed: false });
  const URL = 'https://example.com/hooks';

  it('gives existing hooks new headers, together with the activation', async () => {
    const scopes = ['store/order/*', 'store/product/updated'] as const;
    await Webhook.sync(scopes, URL, { headers: { 'x-secret': 'old' } });
    const [first] = await Webhook.all();
    await first?.update({ is_active: false });
    context.store.requests.length = 0;
    const rotated = await Webhook.sync(scopes, URL, { headers: { 'x-secret': 'new' } });
    expect([rotated.created, rotated.activated, rotated.updated, rotated.removed].map(({ length }) => length)).to.deep.equal([0, 1, 2, 0]);
    const puts = context.store.requests.filter(({ method }) => method === 'PUT').map(({ body }) => body);
    expect(puts).to.deep.equal([{ headers: { 'x-secret': 'new' }, is_active: true }, { headers: { 'x-secret': 'new' } }]);
    expect((await Webhook.all()).map(({ headers, is_active }) => [headers, is_active])).to.deep.equal([
      [{ 'x-secret': 'new' }, true],
      [{ 'x-secret': 'new' }, true],
    ]);
    context.store.requests.length = 0;
    await Webhook.sync(scopes, URL, { headers: { 'x-secret': 'new' } });
    await Webhook.sync(scopes, URL);
    expect(context.store.requests.map(({ method }) => method)).to.deep.equal(['GET', 'GET']);
  });

  it('takes a scope that nobody knows, if one says so', async () => {
    await Webhook.sync([Webhook.scope('store/new/thing')], URL);
    expect((await Webhook.all()).map(({ scope }) => scope)).to.deep.equal(['store/new/thing']);
    for (const name of ['order/created', 'store/', 'store/a b', '']) expect(() => Webhook.scope(name)).to.throw('scope');
  });
});
