import { Sandbox } from 'bigrecord/sandbox';
import { expect } from 'chai';

describe('the sandbox, to whoever asks for a path that is not in a store', () => {
  let store: Sandbox;

  before(async () => {
    store = await Sandbox.start({ seed: 'empty', storeHash: 'abc123' });
  });
  after(() => store.stop());

  const ask = async (path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: Record<string, string> }> => {
    const response = await fetch(`${store.credentials.baseUrl}${path}`, { headers });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };

  it('says what the path should be', async () => {
    for (const [path, meant] of [
      ['/v3/catalog/products', '/stores/abc123/v3/catalog/products'],
      ['/v2/orders?page=2', '/stores/abc123/v2/orders'],
      ['/catalog/products', '/stores/abc123/v3/…'],
      ['/stores/abc123', '/stores/abc123/v3/…'],
    ] as const) {
      const { status, body } = await ask(path, { 'x-auth-token': store.credentials.accessToken });
      expect([status, body['status']]).to.deep.equal([404, 404]);
      expect(body['title']).to.include(`such as ${meant}.`);
    }
    expect((await ask('/stores/other/v3/catalog/products')).status).to.equal(401);
  });

  it('says where the API, the page and the docs are', async () => {
    const { status, body } = await ask('/');
    expect(status).to.equal(200);
    expect(body['title']).to.include(`${store.credentials.baseUrl}/stores/abc123/v3/`);
    expect([body['page'], body['docs']].join()).to.include('/__sandbox').and.include('docs/testing.md');
  });
});
