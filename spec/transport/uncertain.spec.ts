import { NetworkError, ParseError, type Session, UncertainOutcomeError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { json, type Listening, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';
import { assertClean, CANARY } from '../support/secrets.js';

/** Answers of success that do not tell what was made. */
const UNUSABLE: Readonly<Record<string, string>> = {
  'a page of HTML': `<html>${CANARY}</html>`,
  'broken JSON': '{"data":{"id":1',
  'too much': JSON.stringify({ data: { id: 1, name: 'x'.repeat(200_000) } }),
  nothing: '',
  'an envelope around nothing': '{"data":null,"meta":{}}',
  'an empty envelope': '{"data":{},"meta":{}}',
  'no envelope and no key': '{"name":"A"}',
  'a list of several': '{"data":[{"id":1},{"id":2}],"meta":{}}',
  'an empty list': '{"data":[],"meta":{}}',
  'a text': '"done"',
  'a row without a key': '{"data":{"name":"A"},"meta":{}}',
  'a row with an empty key': '{"data":{"id":null,"name":"A"},"meta":{}}',
};

describe('a POST that was answered with success', () => {
  let server: Listening | undefined;
  afterEach(async () => server?.close());

  async function served(text: string, status = 201): Promise<Session> {
    server = await serve((_, response) =>
      response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'exchange-17' }).end(text),
    );
    return server.session({ maxResponseBytes: 100_000 });
  }

  for (const [name, text] of Object.entries(UNUSABLE)) {
    it(`is uncertain where the answer is ${name}`, async () => {
      for (const status of [200, 201, 202]) {
        const session = await served(text, status);
        const creates = [
          () => v3.Product.using(session).create({ name: 'A' } as never),
          () => new (v2.Brand.using(session))({ name: 'A' }).save(),
          () =>
            v3.ProductImage.using(session)
              .of(1)
              .create({ image_url: 'https://x.example/a.jpg' } as never),
          () =>
            v3.Product.using(session)
              .ref(1)
              .images.create({ image_url: 'https://x.example/a.jpg' } as never),
        ];
        for (const create of creates) {
          const error = await rejection(create, UncertainOutcomeError);
          expect(error).to.be.instanceOf(NetworkError);
          expect(error).to.include({ sent: 'yes', phase: 'body', method: 'POST', status, requestId: 'exchange-17' });
          expect(error.message).to.contain('look before you repeat it');
          expect(error.cause).to.be.instanceOf(ParseError);
          assertClean(error, name);
        }
        expect(server?.requests).to.have.length(creates.length);
        await server?.close();
      }
    });
  }

  it('leaves the record new and as changed as it was', async () => {
    const product = new (v3.Product.using(await served('{"data":{}}')))({ name: 'A' } as never);
    await rejection(product.save(), UncertainOutcomeError);
    expect([product.isNew, product.isDirty, product.name]).to.deep.equal([true, true, 'A']);
  });

  it('is uncertain for what has no model, and for mutations', async () => {
    const session = await served('<html>maintenance</html>', 200);
    const error = await rejection(session.post('/x', { body: { a: 1 } }), UncertainOutcomeError);
    expect(error.body).to.contain('maintenance');
    await rejection(session.patch('/x', { body: { a: 1 } }), UncertainOutcomeError);
    await rejection(v3.Product.using(session).request('POST', 'x', { body: {} }), UncertainOutcomeError);
    await rejection(session.graphql('mutation { a }'), UncertainOutcomeError);
    const asked = await rejection(session.graphql('query { store }'), ParseError);
    expect(asked.requestId).to.equal('exchange-17');
    await server?.close();
    const silent = await served('{}', 200);
    await rejection(silent.graphql('mutation { a }'), UncertainOutcomeError);
  });

  it('is a ParseError for what can be repeated', async () => {
    const session = await served('<html></html>', 200);
    for (const method of ['GET', 'PUT', 'DELETE'] as const)
      expect(await rejection(session.request(method, '/x'), ParseError)).to.include({ status: 200, requestId: 'exchange-17' });
    await rejection(v3.Product.using(session).load({ id: 1, name: 'A' }).update({ name: 'B' }), ParseError);
  });

  it('may be answered without its record where it has a key already, or the API is documented to do so', async () => {
    const session = await served('', 204);
    await v3.PageWidget.using(session).create({} as never);
    const listing = await v3.ProductTaxProperty.using(session).create({ product_id: 7 } as never);
    expect(listing.isNew).to.equal(false);
  });

  for (const [name, text] of Object.entries(UNUSABLE)) {
    it(`is looked up with reconcile where the answer is ${name}`, async () => {
      server = await serve((request, response) =>
        request.method === 'POST'
          ? response.writeHead(200).end(text)
          : json(response, { data: [{ id: 7, name: 'A', sku: 'A-1' }], meta: {} }),
      );
      const session = server.session({ maxResponseBytes: 100_000 });
      const product = await v3.Product.using(session).create({ name: 'A', sku: 'A-1' } as never, { reconcile: true });
      expect([product.id, product.isNew]).to.deep.equal([7, false]);
      expect(server.requests.map(({ method }) => method)).to.deep.equal(['POST', 'GET']);
    });
  }
});
