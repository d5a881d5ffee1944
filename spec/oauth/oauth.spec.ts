import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { ArgumentError, ClientError, ConfigurationError, ParseError } from 'bigrecord';
import {
  customerLoginToken,
  customerLoginUrl,
  fetchToken,
  SignedPayloadError,
  verifySignedPayload,
  verifySignedPayloadJwt,
} from 'bigrecord/oauth';
import { Product } from 'bigrecord/v2';
import { expect } from 'chai';
import { json, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';
import { useStore } from '../support/store.js';

const decode = (token: string, part: number): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[part] as string, 'base64url').toString());

describe('exchanging a code for a token', () => {
  const context = useStore();
  const redirectUri = 'https://app.example.com/callback';

  it('gives the token, the store, the user and a session that works', async () => {
    const token = await fetchToken({ ...context.store.authorize('store_v2_orders'), redirectUri });
    expect(token.accessToken).to.equal(context.store.credentials.accessToken);
    expect(token).to.deep.include({
      storeHash: 'sandbox',
      scope: 'store_v2_orders',
      user: { id: 7, username: 'owner@example.com', email: 'owner@example.com' },
    });
    expect((await Product.using(token.session).find(1)).id).to.equal(1);
    for (const text of [inspect(token, { depth: 9, showHidden: false }), JSON.stringify(token)])
      expect(text).to.not.contain(context.store.credentials.accessToken);
    token.session.close();
  });

  it('is done once: a used, foreign or mistyped code is refused, and no secret is in the error', async () => {
    const given = { ...context.store.authorize(), redirectUri };
    (await fetchToken(given)).session.close();
    for (const wrong of [
      given,
      { ...given, clientSecret: 'wrong-secret-canary' },
      { ...given, code: 'wrong-code-canary' },
      { ...given, context: 'stores/other' },
    ]) {
      const error = await rejection(fetchToken(wrong), ClientError);
      expect(error.status).to.equal(400);
      expect(inspect(error, { depth: 9, showHidden: true })).to.not.match(/canary|sandbox-client-secret/);
    }
    expect(JSON.stringify(context.store.requests)).to.not.match(/sandbox-client-secret|sandbox-access-token/);
  });

  it('needs everything, and a context that names one store', async () => {
    const given = { ...context.store.authorize(), redirectUri };
    for (const name of ['clientId', 'clientSecret', 'code', 'context', 'scope', 'redirectUri'])
      expect((await rejection(fetchToken({ ...given, [name]: '' }), ConfigurationError)).message).to.contain(name);
    for (const bad of ['stores/../x', 'stores/', 'stores/a/b', 'abc', 'stores/a?x'])
      await rejection(fetchToken({ ...given, context: bad }), ArgumentError);
    expect(context.store.requests).to.deep.equal([]);
  });

  it('refuses an answer that is none', async () => {
    for (const body of [{}, { access_token: 'x', context: 'stores/../y' }, { context: 'stores/abc' }, null]) {
      const server = await serve((_, response) => json(response, body));
      await rejection(fetchToken({ ...context.store.authorize(), redirectUri, loginUrl: `http://127.0.0.1:${server.port}` }), ParseError);
      expect(server.requests).to.have.length(1);
      await server.close();
    }
  });
});

describe('verifying a signed payload', () => {
  const context = useStore();
  const app = { clientId: 'sandbox-client-id', clientSecret: 'sandbox-client-secret' };
  const sign = (claims = {}): string => context.store.signPayload(claims);
  const hs256 = (header: object, payload: string, secret = app.clientSecret): string => {
    const signed = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${Buffer.from(payload).toString('base64url')}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };

  it('gives store, user, owner, url and channel', async () => {
    const payload = await verifySignedPayloadJwt(sign({ url: '/products', channel_id: 3 }), app);
    expect(payload).to.deep.include({ storeHash: 'sandbox', url: '/products', channelId: 3 });
    expect(payload.user).to.deep.equal({ id: 7, email: 'owner@example.com', locale: 'en' });
    expect(payload.claims['iss']).to.equal('bc');
    expect((await verifySignedPayloadJwt(sign(), app)).channelId).to.equal(null);
  });

  it('allows clocks to differ a little', async () => {
    const now = Math.floor(Date.now() / 1000);
    await verifySignedPayloadJwt(sign({ exp: now - 30 }), app);
    await verifySignedPayloadJwt(sign({ iat: now + 30, nbf: now + 30 }), app);
    await rejection(verifySignedPayloadJwt(sign({ exp: now - 30 }), { ...app, leewaySeconds: 5 }), SignedPayloadError);
    await rejection(verifySignedPayloadJwt(sign({ exp: now - 90 }), { ...app, leewaySeconds: 9999 }), SignedPayloadError);
  });

  it('refuses whatever is not of the platform, for this app, in its time', async () => {
    const now = Math.floor(Date.now() / 1000);
    const wrong: Record<string, unknown>[] = [
      { aud: 'another-app' },
      { aud: ['sandbox-client-id', 'other'] },
      { aud: undefined },
      { iss: 'someone' },
      { iss: undefined },
      { sub: 'sandbox' },
      { sub: 'stores/../x' },
      { sub: undefined },
      { sub: {} },
      { user: undefined },
      { user: 'x' },
      { user: { id: '7' } },
      { exp: now - 100 },
      { exp: undefined },
      { exp: 'never' },
      { exp: null },
      { nbf: now + 100 },
      { iat: now + 100 },
      { iat: undefined },
    ]; // prettier-ignore
    for (const claims of wrong) {
      const error = await rejection(verifySignedPayloadJwt(sign(claims), app), SignedPayloadError);
      expect(error.message, JSON.stringify(claims)).to.contain('refused');
      expect(error.code).to.match(/^ERR_/);
    }
    await rejection(
      verifySignedPayloadJwt(hs256({ alg: 'HS256' }, JSON.stringify(decode(sign(), 1)).replace(/"exp":\d+/, '"exp":1e309')), app),
      SignedPayloadError,
    );
  });

  it('refuses every other algorithm, signature and spelling', async () => {
    const good = sign();
    const [header, payload, signature] = good.split('.') as [string, string, string];
    const unsigned = (alg: unknown): string => `${Buffer.from(JSON.stringify({ alg })).toString('base64url')}.${payload}.`;
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const rs = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${payload}`;
    const h512 = `${Buffer.from('{"alg":"HS512"}').toString('base64url')}.${payload}`;
    const flipped = Buffer.from(signature, 'base64url');
    flipped[0] = (flipped[0] as number) ^ 1;
    const body = JSON.stringify(decode(good, 1));
    for (const token of [
      unsigned('none'),
      unsigned('None'),
      unsigned('HS256'),
      unsigned(undefined),
      `${unsigned('none')}x`,
      `${rs}.${createSign('RSA-SHA256').update(rs).sign(privateKey).toString('base64url')}`,
      `${h512}.${createHmac('sha512', app.clientSecret).update(h512).digest('base64url')}`,
      `${header}.${payload}.${flipped.toString('base64url')}`,
      `${header}.${payload}.${signature.slice(0, -4)}`,
      `${header}.${payload}.`,
      `${header}.${payload}`,
      `${good}.`,
      `${good}=`,
      `${good}.x`,
      ` ${good}`,
      `${header}.${payload}.${signature}A`,
      '',
      '...',
      'x'.repeat(100_000),
      context.store.signPayload({}, 'another-secret'),
      hs256({ alg: 'HS256', crit: ['x'], x: 1 }, body),
      hs256({ alg: 'HS256' }, body.replace('{', '{"aud":"other",')),
      hs256({ alg: 'HS256' }, 'no json'),
      hs256({ alg: 'HS256' }, '[]'),
      `${header}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.${signature}`,
    ])
      await rejection(verifySignedPayloadJwt(token, app), SignedPayloadError); // prettier-ignore
    for (const none of [undefined, null, 7, {}]) await rejection(verifySignedPayloadJwt(none as never, app), SignedPayloadError);
  });

  it('never verifies with an empty secret', async () => {
    const forged = context.store.signPayload({}, '');
    for (const clientSecret of ['', ' ', undefined])
      await rejection(verifySignedPayloadJwt(forged, { ...app, clientSecret: clientSecret as string }), ConfigurationError);
    expect(() => verifySignedPayload('a.b', '')).to.throw(ConfigurationError);
  });

  it('of the old form: in constant time, parsed only when verified', () => {
    const good = context.store.signLegacyPayload({ extra: 'ü' });
    expect(verifySignedPayload(good, app.clientSecret)).to.deep.include({ extra: 'ü', context: 'stores/sandbox' });
    const [data, signature] = good.split('.') as [string, string];
    const other = context.store.signLegacyPayload({}, 'another');
    for (const bad of [
      `${signature}.${data}`,
      `${data}.`,
      `.${signature}`,
      data,
      `${good}.x`,
      `${data}.${other.split('.')[1]}`,
      `${data}x.${signature}`,
      `${data}.${signature.slice(0, -4)}`,
      'ü.ü',
      '',
      'x'.repeat(1_000_000),
      other,
    ])
      expect(() => verifySignedPayload(bad, app.clientSecret), bad.slice(0, 30)).to.throw(SignedPayloadError);
  });
});

describe('logging a customer in', () => {
  const login = { clientId: 'app', clientSecret: 'secret-canary', storeHash: 'abc', customerId: 7 };

  it('makes a token that works once', async () => {
    const token = await customerLoginToken({ ...login, redirectTo: '/account.php', channelId: 2 });
    expect(decode(token, 0)).to.deep.equal({ alg: 'HS256', typ: 'JWT' });
    const claims = decode(token, 1);
    expect(claims).to.deep.include({
      iss: 'app',
      operation: 'customer_login',
      store_hash: 'abc',
      customer_id: 7,
      redirect_to: '/account.php',
      channel_id: 2,
    });
    expect(claims).to.not.have.property('request_ip');
    expect(Math.abs(Number(claims['iat']) - Date.now() / 1000)).to.be.below(60);
    expect(decode(await customerLoginToken(login), 1)['jti']).to.not.equal(claims['jti']);
    expect(decode(await customerLoginToken({ ...login, requestIp: '203.0.113.7' }), 1)['request_ip']).to.equal('203.0.113.7');
    const [header, payload, signature] = token.split('.');
    expect(signature).to.equal(createHmac('sha256', 'secret-canary').update(`${header}.${payload}`).digest('base64url'));
    expect(customerLoginUrl('https://shop.example.com/x', token)).to.equal(`https://shop.example.com/login/token/${token}`);
  });

  it('refuses what cannot be', async () => {
    await rejection(customerLoginToken({ ...login, clientSecret: '' }), ConfigurationError);
    for (const customerId of [0, -1, 'x', Number.NaN]) await rejection(customerLoginToken({ ...login, customerId }), ArgumentError);
    for (const redirectTo of ['//evil.example', 'https://evil.example', '/\\evil'])
      await rejection(customerLoginToken({ ...login, redirectTo }), ArgumentError);
    for (const channelId of [0, -1, 1.5, 'x', Number.NaN])
      await rejection(customerLoginToken({ ...login, channelId } as never), ArgumentError);
    for (const requestIp of [5, '', 'localhost', '203.0.113'])
      await rejection(customerLoginToken({ ...login, requestIp } as never), ArgumentError);
    for (const issuedAt of [Number.NaN, -1, 1.5, Date.now(), '1796025828'])
      await rejection(customerLoginToken({ ...login, issuedAt } as never), ArgumentError);
    for (const url of ['nonsense', 'javascript:alert(1)']) expect(() => customerLoginUrl(url, 'x')).to.throw(ArgumentError);
  });
});
