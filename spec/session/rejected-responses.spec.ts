import { BigRecordError, GraphQLError, type Session } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import { Customer, Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { json, type Listening, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';

describe('a response that a call rejects', () => {
  let server: Listening;
  let answer: { status: number; body: unknown };
  beforeEach(async () => {
    server = await serve((_, response) => json(response, answer.body, answer.status));
  });
  afterEach(() => server.close());

  /** The failures that a call reports: as events, and in the log. */
  async function reported(call: (session: Session) => unknown): Promise<{ error: Error; events: Error[]; lines: string[] }> {
    const lines: string[] = [];
    const session = server.session({ logger: { debug: () => {}, warn: () => {}, error: (line) => lines.push(line) } });
    const events: Error[] = [];
    session.on('error', ({ error }) => events.push(error));
    const error = await rejection(async () => {
      await call(session);
    });
    await session.close();
    return { error, events, lines };
  }

  const CASES: Readonly<Record<string, [status: number, body: unknown, call: (session: Session) => unknown]>> = {
    'another record than the one asked for': [200, { data: { id: 2, name: 'B' } }, (s) => Product.using(s).find(1)],
    'another record, reloaded': [
      200,
      { data: { id: 2, name: 'B' } },
      (s) =>
        Product.using(s)
          .load({ id: 1, name: 'A' } as never)
          .reload(),
    ],
    'an empty 200 for a record': [200, undefined, (s) => v2.Brand.using(s).find(1)],
    'a create without key': [200, { data: { name: 'A' } }, (s) => Product.using(s).create({ name: 'A' } as never)],
    'an update of another record': [200, { data: { id: 9 } }, (s) => Product.using(s).update(1, { name: 'A' })],
    'rows that cannot be read': [200, { data: [1, 2] }, (s) => Product.using(s).all()],
    'rows that cannot be read, page by page': [200, { data: 'x' }, (s) => Product.using(s).page(1)],
    'rows without keys': [200, { data: [{ name: 'A' }] }, (s) => Product.using(s).first()],
    'others than the keys asked for': [200, { data: [{ id: 7 }] }, (s) => Customer.using(s).find(1)],
    'a count that is none': [200, { data: [], meta: { pagination: { total: 1.5 } } }, (s) => Product.using(s).count()],
    'a list for a singleton': [200, ['a', 'b'], (s) => v2.Store.using(s).get()],
    'errors of GraphQL': [200, { errors: [{ message: 'no' }] }, (s) => s.graphql('query { a }')],
    'nothing about a mutation': [200, {}, (s) => s.graphql('mutation { a }')],
    'a refusal of the store': [422, { title: 'no' }, (s) => Product.using(s).find(1)],
  };
  for (const [name, [status, body, call]] of Object.entries(CASES))
    it(`is reported once, as an event and in the log: ${name}`, async () => {
      answer = { status, body };
      const { error, events, lines } = await reported(call);
      expect(error).to.be.instanceOf(BigRecordError);
      expect(events.map(({ message }) => message)).to.deep.equal([error.message]);
      expect(lines).to.have.length(1);
      expect(lines[0]).to.match(new RegExp(`^(GET|POST|PUT) /\\S+ failed: ${error.name}`));
    });

  it('is reported once for a bulk write, although it fails each of its records', async () => {
    answer = { status: 200, body: { data: 'x' } };
    const { error, events, lines } = await reported(async (session) => {
      const result = await Customer.using(session).createMany([
        { email: 'a@example.com', first_name: 'A', last_name: 'A' },
        { email: 'b@example.com', first_name: 'B', last_name: 'B' },
      ]);
      expect(result.failed).to.have.length(2);
      throw result.failed[0]?.error;
    });
    expect(error).to.be.instanceOf(BigRecordError);
    expect([events.length, lines.length]).to.deep.equal([1, 1]);
  });

  it('is reported also where a middleware has replaced it', async () => {
    answer = { status: 200, body: { data: { id: 1, name: 'A' } } };
    const { events } = await reported((session) => {
      session.use(async (request, next) => ({ ...(await next(request)), body: { data: 'x' } }));
      return Product.using(session).find(1);
    });
    expect(events).to.have.length(1);
  });

  it('keeps the partial data on the error of GraphQL', async () => {
    answer = { status: 200, body: { data: { a: 1 }, errors: [{ message: 'half' }] } };
    const { error } = await reported((session) => session.graphql('query { a }'));
    expect(error).to.be.instanceOf(GraphQLError).and.have.deep.property('data', { a: 1 });
  });
});
