import { GraphQLError } from 'bigrecord';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { useStore } from '../support/store.js';

describe('GraphQL', () => {
  const context = useStore({
    graphql: (query, variables) =>
      query.includes('broken')
        ? { data: { store: null }, errors: [{ message: 'no such field', path: ['store', 'broken'] }] }
        : { data: { store: { name: 'Sandbox', variables } } },
  });

  it('gives the data of the answer', async () => {
    const data = await context.session.graphql<{ store: { name: string } }>('query { store { name } }', { first: 2 });
    expect(data).to.deep.equal({ store: { name: 'Sandbox', variables: { first: 2 } } });
    expect(context.store.requests[0]).to.deep.include({
      method: 'POST',
      path: '/graphql',
      url: '/stores/sandbox/graphql',
      body: { query: 'query { store { name } }', variables: { first: 2 } },
    });
    await context.session.graphql('{ store { name } }');
    expect(context.store.requests[1]?.body).to.deep.equal({ query: '{ store { name } }', variables: {} });
  });

  it('raises errors that come with status 200, with the partial data', async () => {
    const error = await rejection(context.session.graphql('{ store { broken } }'), GraphQLError);
    expect(error.message).to.contain('no such field');
    expect(error.errors[0]?.path).to.deep.equal(['store', 'broken']);
    expect(error.data).to.deep.equal({ store: null });
  });

  it('goes through middleware, repetitions of a 429, and signals', async () => {
    const seen: string[] = [];
    context.session.use((request, next) => {
      seen.push(request.path);
      return next(request);
    });
    context.store.fail({ status: 429, headers: { 'x-rate-limit-time-reset-ms': '5' } });
    await context.session.graphql('{ x }');
    expect(seen).to.deep.equal(['/graphql']);
    expect(context.store.requests).to.have.length(2);
    await rejection(context.session.graphql('{ x }', {}, { signal: AbortSignal.abort(new Error('enough')) }));
  });
});
