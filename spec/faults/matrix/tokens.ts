import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { ArgumentError, ClientError, ConfigurationError, ParseError } from 'bigrecord';
import { customerLoginToken, fetchToken, SignedPayloadError, verifySignedPayload, verifySignedPayloadJwt } from 'bigrecord/oauth';
import { Sandbox } from 'bigrecord/sandbox';
import { MemoryQueue, parseDelivery, WebhookError, webhookHandler } from 'bigrecord/webhooks';
import { expect } from 'chai';
import { delivery, HEADERS, SECRETS } from '../../support/deliveries.js';
import { answer, type Case, type Fault, failureOf, on, outcomeOf, withStore, withTcp } from './fault.js';

const row = (id: string, name: string, expected: string, by: Fault['by'], ...cases: Case[]): Fault => ({
  row: id,
  name,
  by,
  expected,
  cases,
});

const APP = { clientId: 'sandbox-client-id', clientSecret: 'sandbox-client-secret' };
const encode = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const now = (): number => Math.floor(Date.now() / 1000);
const claims = (changes: object = {}): Record<string, unknown> => ({
  aud: APP.clientId,
  iss: 'bc',
  iat: now(),
  nbf: now() - 5,
  exp: now() + 3600,
  jti: 'j',
  sub: 'stores/sandbox',
  url: '/',
  channel_id: null,
  user: { id: 7, email: 'o@example.com', locale: 'en' },
  owner: { id: 7, email: 'o@example.com', locale: 'en' },
  ...changes,
}); // prettier-ignore

/** A token with any header and payload, signed with HMAC. */
function hmac(header: unknown, payload: unknown, secret = APP.clientSecret, algorithm = 'sha256'): string {
  const signed = `${encode(header)}.${encode(payload)}`;
  return `${signed}.${createHmac(algorithm, secret).update(signed).digest('base64url')}`;
}

const good = (): string => hmac({ alg: 'HS256', typ: 'JWT' }, claims());

/** Tokens that must not be believed. */
function refused(id: string, tokens: Record<string, () => string>): readonly Fault[] {
  return Object.entries(tokens).map(([name, make]) =>
    row(
      id,
      name,
      'SignedPayloadError; nothing of the payload is returned',
      'caller',
      on('verifySignedPayloadJwt', async () => {
        const error = await failureOf(() => verifySignedPayloadJwt(make(), APP), SignedPayloadError);
        expect(`${error.message} ${error.stack}`).to.not.contain(APP.clientSecret);
      }),
    ),
  );
}

const parts = (): [string, string, string] => good().split('.') as [string, string, string];

function rsa(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const signed = `${encode({ alg: 'RS256' })}.${encode(claims())}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey).toString('base64url')}`;
}

function flipped(): string {
  const [header, payload, signature] = parts();
  const bytes = Buffer.from(signature, 'base64url');
  bytes[0] = (bytes[0] as number) ^ 1;
  return `${header}.${payload}.${bytes.toString('base64url')}`;
}

const unbelieved = (name: string, headers: Record<string, unknown>): Fault =>
  row(
    'T10',
    name,
    'WebhookError with status 401; it reveals nothing of the secret',
    'caller',
    on('parseDelivery', async () => {
      const error = await failureOf(() => parseDelivery(delivery(), headers as never, { secretHeaders: SECRETS }), WebhookError);
      expect(error.status).to.equal(401);
      expect(error.message).to.not.contain('canary');
    }),
    on('webhookHandler', async () => {
      const seen: unknown[] = [];
      const handler = webhookHandler({ secretHeaders: SECRETS, onEvent: (event) => seen.push(event) });
      const entries = Object.entries(headers).filter(([, value]) => typeof value === 'string') as [string, string][];
      const response = await handler(new Request('http://x/hook', { method: 'POST', headers: entries, body: delivery() }));
      await handler.idle();
      // Headers of a Request of one name are joined, and then are the value of neither.
      expect([response.status, seen.length]).to.deep.equal([401, 0]);
    }),
  );

const malformed = (name: string, body: unknown, status: number): Fault =>
  row(
    'T11',
    name,
    `WebhookError with status ${status}`,
    'caller',
    on('parseDelivery', async () => {
      const error = await failureOf(() => parseDelivery(body, HEADERS, { secretHeaders: SECRETS }), WebhookError);
      expect(error.status).to.equal(status);
    }),
  );

const exchange = (
  name: string,
  expected: string,
  changes: Record<string, unknown>,
  Class: abstract new (...args: never[]) => Error,
): Fault =>
  row(
    'T13',
    name,
    expected,
    'sandbox',
    on('fetchToken', () =>
      withStore(async (store) => {
        await failureOf(() => fetchToken({ ...store.authorize(), redirectUri: 'https://app.example.com/cb', ...changes }), Class);
      }),
    ),
  );

export const tokens: readonly Fault[] = [
  ...refused('T1', {
    'a token without a signature: alg none': () => `${encode({ alg: 'none' })}.${encode(claims())}.`,
    'a token without a signature: alg None': () => `${encode({ alg: 'None' })}.${encode(claims())}.`,
    'a token without an algorithm': () => `${encode({})}.${encode(claims())}.${parts()[2]}`,
    'a token signed with RS256': rsa,
    'a token that calls our secret a public key: RS256 over HMAC': () => hmac({ alg: 'RS256' }, claims()),
    'a token signed with HS512': () => hmac({ alg: 'HS512' }, claims(), APP.clientSecret, 'sha512'),
    'a token whose header asks for a key from elsewhere': () =>
      hmac({ alg: 'HS256', jwk: { kty: 'oct', k: 'AAAA' }, jku: 'https://evil.example' }, claims(), 'other'),
    'a token with a critical extension': () => hmac({ alg: 'HS256', crit: ['b64'], b64: false }, claims()),
  }),
  ...refused('T2', {
    'a signature one bit off': flipped,
    'a truncated signature': () => good().slice(0, -4),
    'an empty signature': () => `${parts()[0]}.${parts()[1]}.`,
    'a padded signature': () => `${good()}=`,
    'a token with a dot behind it': () => `${good()}.`,
    'a token with two signatures': () => `${good()}.${parts()[2]}`,
    'a signature that is not base64url': () => `${parts()[0]}.${parts()[1]}.+/+/`,
    'the signature of another payload': () => `${parts()[0]}.${encode(claims({ sub: 'stores/other' }))}.${parts()[2]}`,
    'a token signed with another secret': () => hmac({ alg: 'HS256' }, claims(), 'other-secret'),
    'a token with a space in it': () => good().replace('.', '. '),
    'no token at all': () => '',
    'an object for a token': () => ({}) as never,
    'a token of a megabyte': () => `${'a'.repeat(1_000_000)}.b.c`,
  }),
  ...refused('T3', {
    'a token for another app': () => hmac({ alg: 'HS256' }, claims({ aud: 'other' })),
    'a token for several apps': () => hmac({ alg: 'HS256' }, claims({ aud: [APP.clientId, 'other'] })),
    'a token for no app': () => hmac({ alg: 'HS256' }, claims({ aud: undefined })),
    'a token of another issuer': () => hmac({ alg: 'HS256' }, claims({ iss: 'evil' })),
    'a token whose subject is not a store': () => hmac({ alg: 'HS256' }, claims({ sub: 'sandbox' })),
    'a token whose subject is a path': () => hmac({ alg: 'HS256' }, claims({ sub: 'stores/../x' })),
    'a token whose subject is an object': () => hmac({ alg: 'HS256' }, claims({ sub: { toString: 'stores/x' } })),
    'a token whose user is a string': () => hmac({ alg: 'HS256' }, claims({ user: 'admin' })),
    'a token without a user': () => hmac({ alg: 'HS256' }, claims({ user: undefined })),
  }),
  ...refused('T4', {
    'a token that has expired': () => hmac({ alg: 'HS256' }, claims({ exp: now() - 120 })),
    'a token that never expires': () => hmac({ alg: 'HS256' }, claims({ exp: undefined })),
    'a token that expires at a string': () => hmac({ alg: 'HS256' }, claims({ exp: 'tomorrow' })),
    'a token that expires at NaN': () => hmac({ alg: 'HS256' }, claims({ exp: null })),
    'a token that expires at 1e309': () => hmac({ alg: 'HS256' }, JSON.stringify(claims()).replace(/"exp":\d+/, '"exp":1e309')),
    'a token that is not valid yet': () => hmac({ alg: 'HS256' }, claims({ nbf: now() + 120 })),
    'a token of the future': () => hmac({ alg: 'HS256' }, claims({ iat: now() + 120 })),
  }),
  row(
    'T5',
    'clocks that differ by 30 seconds',
    'believed',
    'caller',
    on('verifySignedPayloadJwt', () => verifySignedPayloadJwt(hmac({ alg: 'HS256' }, claims({ exp: now() - 30 })), APP)),
    on('issued ahead', () => verifySignedPayloadJwt(hmac({ alg: 'HS256' }, claims({ iat: now() + 30, nbf: now() + 30 })), APP)),
  ),
  row(
    'T6',
    'an old signed payload that was changed',
    'SignedPayloadError, before anything of it is parsed',
    'sandbox',
    ...(
      [
        ['halves swapped', (text: string) => text.split('.').reverse().join('.')],
        ['an extra dot', (text: string) => `${text}.`],
        ['one half', (text: string) => text.split('.')[0] as string],
        ['letters outside ASCII', (text: string) => `ü${text}`],
        ['a megabyte', () => `${'a'.repeat(1_000_000)}.${'b'.repeat(10)}`],
        ['nothing', () => ''],
        ['a payload that is not JSON, unsigned', (text: string) => `${Buffer.from('{').toString('base64')}.${text.split('.')[1]}`],
      ] as const
    ).map(([name, change]) =>
      on(name, () =>
        withStore(async (store) => {
          await failureOf(() => verifySignedPayload(change(store.signLegacyPayload()), APP.clientSecret), SignedPayloadError);
        }),
      ),
    ),
  ),
  ...refused('T7', {
    'a payload with a key twice': () => hmac({ alg: 'HS256' }, JSON.stringify(claims()).replace('{', '{"sub":"stores/other",')),
    'a payload that is not UTF-8': () => {
      const signed = `${encode({ alg: 'HS256' })}.${Buffer.from([0x7b, 0xff, 0xfe, 0x7d]).toString('base64url')}`;
      return `${signed}.${createHmac('sha256', APP.clientSecret).update(signed).digest('base64url')}`;
    },
    'a payload that is a list': () => hmac({ alg: 'HS256' }, []),
    'a payload that is null': () => hmac({ alg: 'HS256' }, 'null'),
  }),
  row(
    'T8',
    'an empty client secret',
    'refused at the call: an HMAC with nothing verifies what anybody signs',
    'caller',
    on('verifySignedPayloadJwt', () =>
      failureOf(() => verifySignedPayloadJwt(hmac({ alg: 'HS256' }, claims(), ''), { ...APP, clientSecret: '' }), ConfigurationError),
    ),
    on('verifySignedPayload', () => failureOf(() => verifySignedPayload('a.b', ''), ConfigurationError)),
    on('customerLoginToken', () =>
      failureOf(() => customerLoginToken({ storeHash: 'abc', customerId: 1, ...APP, clientSecret: '' } as never), ConfigurationError),
    ),
  ),
  row(
    'T9',
    'customer login tokens of the same second',
    'each has a jti of its own; `iat` is now',
    'caller',
    on('customerLoginToken', async () => {
      const made = await Promise.all([1, 2, 3].map(() => customerLoginToken({ storeHash: 'abc', customerId: 1, ...APP } as never)));
      const payloads = made.map((token) => JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString()));
      expect(new Set(payloads.map(({ jti }) => jti)).size).to.equal(3);
      for (const { iat, request_ip } of payloads) expect([Math.abs(iat - now()) < 3, request_ip]).to.deep.equal([true, undefined]);
    }),
  ),
  unbelieved('a delivery without secret headers', {}),
  unbelieved('a delivery with one of two secret headers', { 'x-hook-secret': 'hook-canary' }),
  unbelieved('a delivery with a truncated secret', { ...HEADERS, 'x-second': 'tw' }),
  unbelieved('a delivery with a longer secret', { ...HEADERS, 'x-hook-secret': 'hook-canaryX' }),
  unbelieved('a delivery with a secret header twice, in two spellings', { ...HEADERS, 'X-Hook-Secret': 'other' }),
  row(
    'T10',
    'a secret header in other case, or as a list of one',
    'believed',
    'caller',
    on('parseDelivery', async () => {
      for (const headers of [{ 'X-HOOK-SECRET': 'hook-canary', 'x-Second': ['two'] }, new Headers(HEADERS)])
        expect(parseDelivery(delivery(), headers as never, { secretHeaders: SECRETS }).hash).to.equal('abc123');
    }),
  ),
  row(
    'T10',
    'a handler without a secret to check',
    'ConfigurationError',
    'caller',
    on('parseDelivery', () => failureOf(() => parseDelivery(delivery(), HEADERS, { secretHeaders: {} }), ConfigurationError)),
    on('parseDelivery with an empty one', () =>
      failureOf(() => parseDelivery(delivery(), HEADERS, { secretHeaders: { 'x-a': '' } }), ConfigurationError),
    ),
  ),
  malformed('a delivery that is not JSON', 'x=1', 400),
  malformed('a delivery that is a list', '[]', 400),
  malformed('a delivery without a scope', delivery({ scope: undefined }), 400),
  malformed('a delivery of a producer that is a path', delivery({ producer: 'stores/../y' }), 400),
  malformed('a delivery without a hash', delivery({ hash: undefined }), 400),
  malformed('a delivery whose data is a list', delivery({ data: [] }), 400),
  malformed('a delivery of two megabytes', delivery({ data: { type: 'x'.repeat(2_000_000) } }), 413),
  malformed('a gzip bomb for a delivery', gzipSync(Buffer.alloc(5_000_000, 32)), 413),
  malformed('bytes that are not text', new Uint8Array([0xff, 0xfe]), 400),
  row(
    'T11',
    'a delivery that was parsed, re-serialised or compressed on the way',
    'accepted: the secret is in the headers',
    'caller',
    on('parseDelivery', async () => {
      for (const body of [
        JSON.parse(delivery()),
        JSON.stringify(JSON.parse(delivery()), null, 2),
        gzipSync(delivery()),
        Buffer.from(delivery()),
      ])
        expect(parseDelivery(body, HEADERS, { secretHeaders: SECRETS })).to.have.nested.property('data.id', 100);
    }),
  ),
  row(
    'T12',
    'the same delivery twice, and out of order',
    'handled once',
    'caller',
    on('webhookHandler', async () => {
      const seen: string[] = [];
      const handler = webhookHandler({ secretHeaders: SECRETS, queue: new MemoryQueue(), onEvent: ({ hash }) => seen.push(hash) });
      for (const hash of ['b', 'a', 'b', 'b', 'a'])
        await handler(new Request('http://x/hook', { method: 'POST', headers: HEADERS, body: delivery({ hash }) }));
      await handler.idle();
      expect(seen.sort()).to.deep.equal(['a', 'b']);
    }),
  ),
  row(
    'T12',
    'a delivery of another store',
    'WebhookError',
    'caller',
    on('parseDelivery', () =>
      failureOf(() => parseDelivery(delivery(), HEADERS, { secretHeaders: SECRETS, storeHash: 'other' }), WebhookError),
    ),
  ),
  exchange('a callback whose context is a path', 'ArgumentError; nothing is sent', { context: 'stores/../x' }, ArgumentError),
  exchange('a callback without a scope', 'ConfigurationError; nothing is sent', { scope: undefined }, ConfigurationError),
  exchange(
    'a callback with a mistyped code',
    'ClientError, without the code or the secret',
    { code: 'wrong-canary-basic-77aa' },
    ClientError,
  ),
  exchange('a callback of another store', 'ClientError', { context: 'stores/other' }, ClientError),
  row(
    'T13',
    'a code that was used',
    'ClientError',
    'sandbox',
    on('fetchToken', () =>
      withStore(async (store: Sandbox) => {
        const given = { ...store.authorize(), redirectUri: 'https://app.example.com/cb' };
        await (await fetchToken(given)).session.close();
        await failureOf(() => fetchToken(given), ClientError);
      }),
    ),
  ),
  row(
    'T13',
    'the token endpoint answers without a token, or with a hostile context',
    'ParseError; sent once',
    'TCP',
    ...[{}, { access_token: 'x', context: 'stores/../y' }, { context: 'stores/a' }, null, [1]].map((body) =>
      on(JSON.stringify(body), () =>
        withTcp(
          (socket) => answer(socket, body),
          async (_, { port, requests }) => {
            const given = {
              ...APP,
              code: 'c',
              context: 'stores/abc',
              scope: 's',
              redirectUri: 'https://app.example.com/cb',
              loginUrl: `http://127.0.0.1:${port}`,
            };
            await failureOf(() => fetchToken(given), ParseError);
            expect(requests).to.have.length(1);
          },
        ),
      ),
    ),
  ),
  row(
    'T13',
    'the response of the token endpoint is lost',
    'an error that says so; the code is not sent again',
    'TCP',
    on('fetchToken', () =>
      withTcp(
        (socket) => socket.destroy(),
        async (_, { port, requests }) => {
          const { error } = await outcomeOf(() =>
            fetchToken({
              ...APP,
              code: 'c',
              context: 'stores/abc',
              scope: 's',
              redirectUri: 'https://app.example.com/cb',
              loginUrl: `http://127.0.0.1:${port}`,
            }),
          );
          expect([error?.name, requests.length]).to.deep.equal(['UncertainOutcomeError', 1]);
        },
      ),
    ),
  ),
];
