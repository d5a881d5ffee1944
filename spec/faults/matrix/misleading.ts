import { ArgumentError, ConfigurationError, NetworkError, ParseError, Session, UncertainOutcomeError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { answer, answerBytes, type Fault, failureOf, row, withTcp } from './fault.js';

const JSON_TYPE = { 'Content-Type': 'application/json' };

/** Works against a store that gives every request this answer. */
const answered =
  (body: string, work: (session: Session, requests: readonly unknown[]) => Promise<unknown>, status = 200) =>
  (): Promise<void> =>
    withTcp(
      (socket) => void socket.write(answerBytes(status, { ...JSON_TYPE, 'X-Request-Id': 'exchange-17' }, body)),
      (session, { requests }) => work(session, requests),
      { retry: false },
    );

/** Nothing may be sent. */
const refused = (work: (session: Session) => unknown) =>
  answered('{"data":[]}', async (session, requests) => {
    await failureOf(() => work(session), ArgumentError);
    expect(requests).to.deep.equal([]);
  });

/** Answers that say something else than what was asked, and calls that say something else than what was meant. */
export const misleading: readonly Fault[] = [
  row('A25', 'a price of 0.1 + 0.2, and other decimals of 16 digits and more', 'read as JSON.parse does', 'TCP', {
    all: answered('{"data":[{"id":1,"price":0.30000000000000004,"weight":12345678901234567.5}]}', async (session) => {
      const [product] = await v3.Product.using(session).all();
      expect(product?.price).to.equal(0.30000000000000004);
    }),
    create: answered('{"data":{"id":1,"price":1.9999999999999998}}', (session) => v3.Product.using(session).create({ name: 'A' } as never)),
  }),
  row('A26', 'another record than the one that was asked for', 'ParseError; a changed record keeps its key', 'TCP', {
    find: answered('{"data":{"id":2}}', (session) => failureOf(() => v3.Product.using(session).find(1), ParseError)),
    'find (V2)': answered('{"id":2}', (session) => failureOf(() => v2.Product.using(session).find(1), ParseError)),
    save: answered('{"data":{"id":2}}', async (session) => {
      const product = v3.Product.using(session).load({ id: 1, name: 'A' });
      await failureOf(() => product.update({ name: 'B' }), ParseError);
      expect(product.id).to.equal(1);
    }),
  }),
  row('A27', 'rows without keys', 'ParseError', 'TCP', {
    all: answered('{"data":[{"name":"A"}]}', (session) => failureOf(() => v3.Product.using(session).all(), ParseError)),
    'all (V2)': answered('[{"name":"A"}]', (session) => failureOf(() => v2.Product.using(session).all(), ParseError)),
  }),
  row('A28', 'a count that is none: 1.5, -1, a text', 'ParseError', 'TCP', {
    'count (V2)': answered('{"count":"1.5"}', (session) => failureOf(() => v2.Product.using(session).count(), ParseError)),
    count: answered('{"data":[],"meta":{"pagination":{"total":1.5}}}', (session) =>
      failureOf(() => v3.Product.using(session).count(), ParseError),
    ),
  }),
  row('A29', 'a new record without its key', 'UncertainOutcomeError with status and request id', 'TCP', {
    create: answered(
      '{"data":{"name":"A"}}',
      async (session) => {
        const error = await failureOf(() => v3.Product.using(session).create({ name: 'A' } as never), UncertainOutcomeError);
        expect(error).to.include({ sent: 'yes', status: 201, requestId: 'exchange-17' });
      },
      201,
    ),
  }),
  row('A30', 'an empty body with status 200 where a record is due', 'ParseError; it does not say "deleted"', 'TCP', {
    find: answered('', async (session) => {
      expect((await failureOf(() => v3.Product.using(session).find(1), ParseError)).message).to.not.contain('deleted');
    }),
  }),
  row('I17', 'half a surrogate pair in a key or a filter', 'ArgumentError; nothing is sent', 'caller', {
    find: refused((session) => v3.Cart.using(session).find('\ud83d')),
    where: refused((session) => v3.Product.using(session).where({ name: '\ud83d' }).all()),
    'session.get': refused((session) => session.get('/x', { query: { a: '\ud83d' } })),
  }),
  row('I18', 'a Map, a function, a cycle in a value', 'ArgumentError that names the attribute; nothing is sent', 'caller', {
    create: refused((session) => v3.Product.using(session).create({ name: 'A', custom_url: new Map() } as never)),
    'session.post': refused((session) => session.post('/x', { body: { a: () => 1 } })),
    graphql: refused((session) => session.graphql('query { a }', { a: Symbol('a') })),
  }),
  row('I19', 'a misspelt option of a call', 'ArgumentError that names it; nothing is sent', 'caller', {
    find: refused((session) => v3.Product.using(session).find(1, { timeut: 5 } as never)),
    count: refused((session) => v3.Product.using(session).count({ is_visible: true } as never)),
  }),
  row('I20', 'a time that no timer can wait for', 'ConfigurationError; it does not fire at once', 'caller', {
    'new Session': async () => {
      await failureOf(() => new Session({ storeHash: 'a', accessToken: 'b', timeout: 2 ** 31 }), ConfigurationError);
    },
  }),
  row('S6', 'the cause of a network error', 'code and syscall; no credential and no request', 'TCP', {
    'session.get': () =>
      withTcp(
        (socket) => socket.resetAndDestroy(),
        async (session) =>
          expect((await failureOf(() => session.get('/x', { retry: false }), NetworkError)).cause).to.include({ code: 'ECONNRESET' }),
      ),
  }),
  row('S7', 'a token of one letter', 'messages stay readable', 'TCP', {
    'session.get': () =>
      withTcp(
        (socket) => answer(socket, { title: 'The title is too short' }, 422),
        async (_, { port }) => {
          const session = new Session({ storeHash: 'abc', accessToken: 't', baseUrl: `http://127.0.0.1:${port}` });
          expect((await failureOf(() => session.get('/x'), Error)).message).to.contain('The title is too short');
          await session.close();
        },
      ),
  }),
];
