import { ConfigurationError, type Session, UnauthorizedError } from 'bigrecord';
import { Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { type Listening, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';

describe('a token that a function gives', () => {
  let store: Listening;
  let valid: string;
  let asked: number;
  let given: () => string | Promise<string>;

  beforeEach(async () => {
    [valid, asked] = ['token-1', 0];
    given = async () => valid;
    store = await serve((request, response) => {
      const isKnown = request.headers['x-auth-token'] === valid;
      response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
      response.end(isKnown ? '{"data":{"id":1,"name":"A"}}' : '{"title":"Unauthorized"}');
    });
  });
  afterEach(() => store.close());

  const session = (): Session =>
    store.session({
      accessToken: () => {
        asked++;
        return given();
      },
    });
  const tokens = (): unknown[] => store.requests.map(({ headers }) => headers['x-auth-token']);

  it('is asked for once, when the first request needs it', async () => {
    const made = session();
    expect(asked).to.equal(0);
    await Promise.all([made.get('/a'), made.get('/b')]);
    await made.get('/c');
    expect(asked).to.equal(1);
    expect(tokens()).to.deep.equal(['token-1', 'token-1', 'token-1']);
  });

  it('is asked for again when the store refuses it, once for all that were refused, whatever their method', async () => {
    const made = session();
    await made.get('/a');
    valid = 'token-2';
    await Promise.all([made.get('/b'), made.post('/c', { body: { name: 'B' } }), made.delete('/d')]);
    expect(asked).to.equal(2);
    expect(tokens().filter((token) => token === 'token-2')).to.have.length(3);
    expect(store.requests.filter(({ method }) => method === 'POST').map(({ body }) => body)).to.deep.equal([
      '{"name":"B"}',
      '{"name":"B"}',
    ]);
  });

  it('is not asked for a third time: a 401 of the new one is an UnauthorizedError', async () => {
    const made = session();
    await made.get('/a');
    valid = 'never';
    given = () => `token-${asked}`;
    await rejection(made.get('/b'), UnauthorizedError);
    expect(asked).to.equal(2);
    expect(store.requests).to.have.length(3);
  });

  it('that stays the same after a 401 is not sent again', async () => {
    given = () => 'stale';
    await rejection(session().get('/a'), UnauthorizedError);
    expect(asked).to.equal(2);
    expect(store.requests).to.have.length(1);
  });

  it('works for models, and gives way to rotate()', async () => {
    const made = session();
    const product = await Product.using(made).find(1);
    valid = 'token-2';
    await product.reload();
    made.rotate((valid = 'token-3'));
    await product.reload();
    expect(asked).to.equal(2);
  });

  it('that cannot be given is a ConfigurationError with the cause, and is asked for again by the next request', async () => {
    given = () => Promise.reject(new Error('the vault is sealed'));
    const made = session();
    const error = await rejection(made.get('/a'), ConfigurationError);
    expect(error.cause).to.have.property('message', 'the vault is sealed');
    given = () => 'a\nb';
    await rejection(made.get('/a'), ConfigurationError);
    expect(store.requests).to.deep.equal([]);
    given = () => valid;
    await made.get('/a');
  });

  it('appears nowhere', async () => {
    const made = session();
    const error = await rejection(
      made.get('/a').then(() => made.get('/\u0000')),
      Error,
    );
    valid = 'other';
    given = () => 'token-1';
    const refused = await rejection(made.get('/a'), UnauthorizedError);
    for (const shown of [made, error, refused]) expect(JSON.stringify(shown) + String(shown)).not.to.contain('token-1');
  });
});
