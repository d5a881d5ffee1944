import { expect } from 'chai';
import { Cache, ResponseCache } from '../../../lib/session/response-cache.js';
import { End, newOperation, requestOf, responseOf } from '../../support/links.js';

let stores = 0;

describe('the link ResponseCache', () => {
  const linked = (end: End, store = `cached${++stores}`) => {
    const hits: string[] = [];
    const cache = new Cache({ ttlMs: 60_000 }, store, { 'x-auth-token': 'a' });
    return { cache, hits, link: new ResponseCache(end, cache, ({ path }) => hits.push(path)) };
  };

  it('answers a GET from the cache the second time', async () => {
    const end = new End(() => responseOf(200, { a: 'b' }, { data: [1] }));
    const { link, hits } = linked(end);
    for (const _ of [1, 2]) {
      const response = await link.send(requestOf('GET'), newOperation());
      expect(response.read()).to.deep.equal({ status: 200, headers: { a: 'b' }, body: { data: [1] } });
    }
    expect([end.requests.length, hits]).to.deep.equal([1, ['/x']]);
  });

  it('passes on writes, requests with headers of their own, and failures', async () => {
    const end = new End((_, { path }) => responseOf(path === '/bad' ? 500 : 200));
    const { link } = linked(end);
    for (const request of [requestOf('PUT'), requestOf('GET', '/x', { headers: { a: 'b' } }), requestOf('GET', '/bad')])
      for (const _ of [1, 2]) await link.send(request, newOperation());
    expect(end.requests).to.have.length(6);
  });

  it('asks again for a response that was forgotten, and for other credentials', async () => {
    const end = new End();
    const { link, cache } = linked(end);
    const operation = newOperation();
    await link.send(requestOf('GET'), operation);
    for (const forget of operation.forget) forget();
    await link.send(requestOf('GET'), newOperation());
    expect(end.requests).to.have.length(2);
    cache.identify({ 'x-auth-token': 'b' });
    await link.send(requestOf('GET'), newOperation());
    expect(end.requests).to.have.length(3);
  });
});
