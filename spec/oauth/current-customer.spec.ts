import { createHmac } from 'node:crypto';
import { ConfigurationError } from 'bigrecord';
import { SignedPayloadError, verifyCurrentCustomerJwt } from 'bigrecord/oauth';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';

describe('verifying the token of the current customer', () => {
  const app = { clientId: 'app-id', clientSecret: 'secret-canary' };
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = (): number => Math.floor(Date.now() / 1000);

  /** Signs a token as the platform does, with some claims replaced. */
  function sign(changes: object = {}, header: object = { alg: 'HS256', typ: 'JWT' }, secret = app.clientSecret): string {
    const claims = {
      customer: { id: 4927, email: 'jane@example.com', group_id: '6' },
      iss: 'bc/apps',
      sub: 'abc123',
      iat: now(),
      exp: now() + 900,
      version: 1,
      aud: app.clientId,
      application_id: app.clientId,
      store_hash: 'abc123',
      operation: 'current_customer',
      ...changes,
    };
    const signed = `${encode(header)}.${encode(claims)}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  }

  it('gives the customer, the group and the store', async () => {
    const customer = await verifyCurrentCustomerJwt(sign(), app);
    expect(customer).to.deep.include({ id: 4927, email: 'jane@example.com', groupId: 6, storeHash: 'abc123' });
    expect(customer.claims['application_id']).to.equal('app-id');
  });

  it('gives no group where the token names none', async () => {
    for (const group_id of [undefined, null, '', 'x', 1.5])
      expect((await verifyCurrentCustomerJwt(sign({ customer: { id: 1, email: 'a@b.co', group_id } }), app)).groupId).to.equal(null);
    for (const group_id of ['0', 0])
      expect((await verifyCurrentCustomerJwt(sign({ customer: { id: 1, email: 'a@b.co', group_id } }), app)).groupId).to.equal(0);
  });

  it('refuses a token for another app, store, purpose or time', async () => {
    const wrong: object[] = [
      { aud: 'another-app' },
      { aud: undefined },
      { iss: 'bc' },
      { iss: undefined },
      { sub: 'other' },
      { sub: undefined },
      { store_hash: 'other' },
      { store_hash: '../x', sub: '../x' },
      { operation: 'customer_login' },
      { operation: undefined },
      { customer: undefined },
      { customer: 'x' },
      { customer: { id: '4927', email: 'a@b.co' } },
      { customer: { id: 0, email: 'a@b.co' } },
      { customer: { id: 1 } },
      { exp: now() - 100 },
      { exp: undefined },
      { iat: now() + 100 },
    ];
    for (const changes of wrong) {
      const error = await rejection(verifyCurrentCustomerJwt(sign(changes), app), SignedPayloadError);
      expect(error.message, JSON.stringify(changes)).to.contain('The customer token is refused');
      expect(error.code).to.match(/^ERR_/);
    }
  });

  it('refuses another signature or algorithm', async () => {
    const [header, payload] = sign().split('.');
    const tokens = [sign({}, undefined, 'wrong'), sign({}, { alg: 'none' }), sign({}, { alg: 'HS512' }), `${header}.${payload}.`, '', 'x'];
    for (const token of tokens) await rejection(verifyCurrentCustomerJwt(token, app), SignedPayloadError);
  });

  it('needs the id and the secret of the app', async () => {
    await rejection(verifyCurrentCustomerJwt(sign(), { ...app, clientSecret: '' }), ConfigurationError);
    await rejection(verifyCurrentCustomerJwt(sign(), { ...app, clientId: '' }), ConfigurationError);
    const error = await rejection(verifyCurrentCustomerJwt(sign(), { ...app, clientSecrets: 'x' } as typeof app), ConfigurationError);
    expect(error.message).to.contain('verifyCurrentCustomerJwt()');
  });
});
