import * as bigrecord from 'bigrecord';
import { BigRecordError, ClientError, HttpError, NetworkError, ServerError, ValidationError } from 'bigrecord';
import { expect } from 'chai';
import fc from 'fast-check';
import { json, type Listening, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';

const CLASSES: Readonly<Record<string, unknown>> = bigrecord;

const TABLE: [number, string, unknown][] = [
  [301, 'RedirectionError', HttpError],
  [400, 'ClientError', HttpError],
  [401, 'UnauthorizedError', ClientError],
  [403, 'ForbiddenError', ClientError],
  [404, 'RecordNotFoundError', ClientError],
  [405, 'ClientError', HttpError],
  [409, 'ConflictError', ClientError],
  [413, 'ClientError', HttpError],
  [415, 'ClientError', HttpError],
  [422, 'ValidationError', ClientError],
  [423, 'ClientError', HttpError],
  [429, 'RateLimitError', ClientError],
  [499, 'ClientError', HttpError],
  [500, 'ServerError', HttpError],
  [501, 'ServerError', HttpError],
  [503, 'ServerError', HttpError],
  [507, 'ServerError', HttpError],
  [599, 'ServerError', HttpError],
];

describe('errors of the store', () => {
  let server: Listening | undefined;
  afterEach(async () => server?.close());

  it('have a class each, from one table', async () => {
    for (const [status, name, Parent] of TABLE) {
      server = await serve((_, response) => json(response, { title: 'Said so', errors: { a: 'b' } }, status, { 'x-request-id': 'r1' }));
      const error = await rejection<HttpError>(server.session({ retry: false }).get('/x'), CLASSES[name] as never);
      expect(error.name, String(status)).to.equal(name);
      expect(error)
        .to.be.instanceOf(Parent as never)
        .and.instanceOf(BigRecordError);
      expect(error).to.deep.include({
        status,
        method: 'GET',
        path: '/v3/x',
        requestId: 'r1',
        body: { title: 'Said so', errors: { a: 'b' } },
      });
      expect(error.headers['content-type']).to.equal('application/json');
      expect(error.message).to.contain(`GET /v3/x returned ${status}`).and.contain('a: b');
      await server.close();
    }
  });

  it('are of one family', () => {
    const {
      TimeoutError,
      UncertainOutcomeError,
      ParseError,
      StaleRecordError,
      UnknownFilterError,
      UnsupportedOperationError,
      ConfigurationError,
    } = bigrecord;
    expect(TimeoutError.prototype).to.be.instanceOf(NetworkError);
    expect(UncertainOutcomeError.prototype).to.be.instanceOf(NetworkError);
    for (const Class of [
      NetworkError,
      ParseError,
      StaleRecordError,
      UnknownFilterError,
      UnsupportedOperationError,
      ConfigurationError,
      ServerError,
    ])
      expect(Class.prototype).to.be.instanceOf(BigRecordError);
  });

  const bodies: [string, unknown, Record<string, string[]>][] = [
    ['a map', { title: 'T', errors: { name: 'taken', 'a.b': 'bad' } }, { name: ['taken'], 'a.b': ['bad'] }],
    ['a nested map', { errors: { address: { city: 'missing' } } }, { 'address.city': ['missing'] }],
    ['lists in a map', { errors: { name: ['a', 'b'] } }, { name: ['a', 'b'] }],
    ['a list', { errors: ['first', 'second'] }, { base: ['first', 'second'] }],
    ['a list of objects', { errors: [{ field: 'x', message: 'm' }] }, { x: ['m'] }],
    ['a text', { errors: 'all wrong' }, { base: ['all wrong'] }],
    ['null', { title: 'Only a title', errors: null }, { base: ['Only a title'] }],
    ['V2', [{ status: 400, message: 'bad name', details: { invalid_reason: 'taken' } }], { base: ['bad name'], invalid_reason: ['taken'] }],
    ['rows of a batch', { errors: { '0.name': 'taken' } }, { '0.name': ['taken'] }],
    ['a prototype', JSON.parse('{"errors":{"__proto__":"x","constructor":"y"}}'), { constructor: ['y'] } as never],
  ];
  for (const [what, body, expected] of bodies) {
    it(`reads messages by field from ${what}`, async () => {
      server = await serve((_, response) => json(response, body, 422));
      const { errors } = await rejection(server.session().post('/x'), ValidationError);
      expect(Object.entries(errors)).to.deep.equal(Object.entries(expected));
    });
  }

  it('are made of any body whatever without throwing anything else, and stay short', async () => {
    let body = '';
    server = await serve((_, response) => response.writeHead(422).end(body));
    const session = server.session();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.json({ maxDepth: 6 }),
          fc.string(),
          fc.json().map((text) => `{"errors":${text}}`),
        ),
        async (text) => {
          body = text;
          const error = await rejection(session.post('/x'), ValidationError);
          for (const messages of Object.values(error.errors))
            expect(messages.every((message) => typeof message === 'string')).to.equal(true);
          expect(error.message.length).to.be.below(800);
        },
      ),
      { numRuns: 150 },
    );
    body = JSON.stringify({ errors: Array.from({ length: 200_000 }, (_, index) => `error ${index} ${'x'.repeat(20)}`) });
    const error = await rejection(session.post('/x'), ValidationError);
    expect(error.message.length).to.be.below(800);
    body = '['.repeat(50_000);
    expect((await rejection(session.post('/x'), ValidationError)).message.length).to.be.below(800);
  });
});
