import { expect } from 'chai';
import { CacheInvalidation } from '../../../lib/session/cache-invalidation.js';
import { Cache, ResponseCache } from '../../../lib/session/response-cache.js';
import { End, newOperation, requestOf, responseOf } from '../../support/links.js';
import { rejection } from '../../support/rejection.js';

describe('the link CacheInvalidation', () => {
  /** Whether what was cached of the store before is gone after a request. */
  async function invalidates(request: ReturnType<typeof requestOf>, end = new End()): Promise<boolean> {
    const store = `invalidated${Math.random()}`;
    const reads = new End();
    const reader = new ResponseCache(reads, new Cache({ ttlMs: 60_000 }, store, {}), () => {});
    await reader.send(requestOf('GET'), newOperation());
    await new CacheInvalidation(end, store).send(request, newOperation()).catch(() => {});
    await reader.send(requestOf('GET'), newOperation());
    return reads.requests.length === 2;
  }

  it('invalidates the caches of the store after a write, even one that failed', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) expect(await invalidates(requestOf(method)), method).to.equal(true);
    const broken = new End(() => {
      throw new Error('lost');
    });
    expect(await invalidates(requestOf('PUT'), broken)).to.equal(true);
    expect(await invalidates(requestOf('POST', '/graphql', { version: undefined, body: { query: 'mutation { a }' } }))).to.equal(true);
  });

  it('does not after a read, or a query of GraphQL', async () => {
    expect(await invalidates(requestOf('GET'))).to.equal(false);
    expect(await invalidates(requestOf('POST', '/graphql', { version: undefined, body: { query: 'query { a }' } }))).to.equal(false);
  });

  it('passes on the response and the error', async () => {
    const link = new CacheInvalidation(new End(() => responseOf(204)), 'passed-on');
    expect((await link.send(requestOf('PUT'), newOperation())).status).to.equal(204);
    const lost = new Error('lost');
    const failing = new CacheInvalidation(new End(() => Promise.reject(lost)), 'passed-on');
    expect(await rejection(failing.send(requestOf('PUT'), newOperation()))).to.equal(lost);
  });
});
