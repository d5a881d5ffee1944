import { Agent, createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { ConfigurationError, NetworkError, Session, type SessionOptions } from 'bigrecord';
import { fetchToken } from 'bigrecord/oauth';
import { expect } from 'chai';
import { proxyFor } from '../../lib/transport/proxy.js';
import { certificates } from '../support/certificates.js';
import { type ConnectProxy, connectProxy } from '../support/connect-proxy.js';
import { rejection } from '../support/rejection.js';

describe('networks', () => {
  let server: Server;
  let ca: string;
  let baseUrl: string;
  let heads: { url: string | undefined; agent: string | undefined }[];
  let connections: number;
  let proxy: ConnectProxy;
  let sessions: Session[];
  const before_ = { HTTPS_PROXY: process.env['HTTPS_PROXY'], NO_PROXY: process.env['NO_PROXY'] };

  before(async () => {
    const made = await certificates();
    ca = made.authority;
    server = createServer(await made.of('good'), (request, response) => {
      heads.push({ url: request.url, agent: request.headers['user-agent'] });
      response.setHeader('content-type', 'application/json');
      response.end(request.url === '/oauth2/token' ? '{"access_token":"t","context":"stores/abc"}' : '{"data":{}}');
    });
    server.on('secureConnection', () => connections++);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    baseUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  beforeEach(async () => {
    [heads, connections, sessions] = [[], 0, []];
    proxy = await connectProxy();
    for (const name of ['https_proxy', 'no_proxy', 'NO_PROXY']) delete process.env[name];
    process.env['HTTPS_PROXY'] = `http://127.0.0.1:${proxy.port}`;
  });
  afterEach(async () => {
    for (const session of sessions) await session.close();
    await proxy.close();
    for (const [name, value] of Object.entries(before_)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  function session(options: SessionOptions = {}): Session {
    const made = new Session({ storeHash: 'abc', accessToken: 'token', baseUrl, ca, retry: false, rateLimit: false, ...options });
    sessions.push(made);
    return made;
  }

  describe('a proxy', () => {
    it('of HTTPS_PROXY carries the connections, which are kept', async () => {
      const through = session();
      for (let count = 0; count < 3; count++) await through.get('/catalog/summary');
      await through.post('/catalog/brands', { body: { name: 'A' } });
      expect(heads).to.have.length(4);
      expect(proxy.asked.map(({ target }) => `https://${target}`)).to.include(baseUrl);
      expect(proxy.asked.length).to.equal(connections).and.be.below(4);
    });

    it('is told its credentials, which appear nowhere else', async () => {
      process.env['HTTPS_PROXY'] = `http://anna:s%20cret@127.0.0.1:${proxy.port}`;
      await session().get('/catalog/summary');
      expect(proxy.asked[0]?.authorization).to.equal(`Basic ${Buffer.from('anna:s cret').toString('base64')}`);
      expect(JSON.stringify(heads)).not.to.contain('anna');
    });

    it('is left aside for hosts in NO_PROXY, for an agent of the user, and for plain http', async () => {
      process.env['NO_PROXY'] = 'example.com, 127.0.0.0/8';
      await session().get('/catalog/summary');
      process.env['NO_PROXY'] = '';
      const agent = new Agent({ ca, keepAlive: true });
      const own = session({ agent, ca: undefined });
      await own.get('/catalog/summary');
      await own.close();
      expect(Object.keys(agent.freeSockets)).to.have.length(1);
      agent.destroy();
      expect(heads).to.have.length(2);
      expect(proxy.asked).to.deep.equal([]);
    });

    it('carries the token exchange of an app too', async () => {
      const app = { clientId: 'a', clientSecret: 'b', code: 'c', context: 'stores/abc', scope: 'd', redirectUri: 'e' };
      const { session: made } = await fetchToken({ ...app, loginUrl: baseUrl, baseUrl, ca, userAgent: 'my-app/1.0' });
      await made.get('/catalog/summary');
      await made.close();
      expect(heads.map(({ url, agent }) => [url, agent])).to.deep.equal([
        ['/oauth2/token', 'my-app/1.0'],
        ['/stores/abc/v3/catalog/summary', 'my-app/1.0'],
      ]);
      expect(proxy.asked).to.have.length(2);
    });

    for (const status of [407, 502]) {
      it(`that answers ${status} is an error of the network: nothing was sent, also of a POST`, async () => {
        const refusing = await connectProxy(status);
        process.env['HTTPS_PROXY'] = `http://anna:secret@127.0.0.1:${refusing.port}`;
        for (const method of ['get', 'post'] as const) {
          const error = await rejection(session()[method]('/catalog/summary'), NetworkError);
          expect(error).to.include({ name: 'NetworkError', sent: 'no', phase: 'connect', code: `ERR_PROXY_${status}` });
          expect(error.message).to.contain('HTTPS_PROXY').and.contain('NO_PROXY').and.not.contain('secret');
        }
        expect(heads).to.deep.equal([]);
        await refusing.close();
      });
    }

    it('that is not there is told as such, not as the store', async () => {
      const { port } = proxy;
      await proxy.close();
      process.env['HTTPS_PROXY'] = `127.0.0.1:${port}`;
      const error = await rejection(session().get('/catalog/summary'), NetworkError);
      expect(error).to.include({ sent: 'no', code: 'ERR_PROXY_ECONNREFUSED' });
    });

    it('does not weaken what is asked of the certificate', async () => {
      const error = await rejection(session({ ca: undefined }).get('/catalog/summary'), NetworkError);
      expect(error.sent).to.equal('no');
      expect(error.message).to.contain('certificate');
      expect(heads).to.deep.equal([]);
    });

    it('that is no address is refused when the session is made, without its value', () => {
      for (const wrong of ['socks5://anna:secret@x:1', 'http://:secret@/']) {
        process.env['HTTPS_PROXY'] = wrong;
        expect(() => session())
          .to.throw(ConfigurationError, 'HTTPS_PROXY')
          .with.property('message')
          .that.does.not.contain('secret');
      }
    });

    it('is found by the usual rules', () => {
      const at = (NO_PROXY: string, address: string): boolean =>
        proxyFor(address, { HTTPS_PROXY: 'http://p:3128', NO_PROXY }) !== undefined;
      for (const [list, address, isUsed] of [
        ['', 'https://api.bigcommerce.com', true],
        ['', 'http://api.bigcommerce.com', false],
        ['*', 'https://api.bigcommerce.com', false],
        ['bigcommerce.com', 'https://api.bigcommerce.com', false],
        ['.bigcommerce.com', 'https://api.bigcommerce.com', false],
        ['*.bigcommerce.com', 'https://api.bigcommerce.com', false],
        ['commerce.com', 'https://api.bigcommerce.com', true],
        ['API.bigcommerce.com:443', 'https://api.bigcommerce.com', false],
        ['api.bigcommerce.com:8443', 'https://api.bigcommerce.com', true],
        ['localhost 10.0.0.0/8', 'https://10.1.2.3', false],
        ['10.0.0.0/8', 'https://11.1.2.3', true],
        ['1.2.3', 'https://10.1.2.3', true],
        ['::1', 'https://[::1]:8443', false],
        ['[::1]:8443', 'https://[::1]:8443', false],
        ['fd00::/8', 'https://[fd12::1]', false],
      ] as const)
        expect(at(list, address), `${list} ${address}`).to.equal(isUsed);
      expect(proxyFor('https://a.b', { HTTPS_PROXY: 'http://x:1', https_proxy: 'http://y' })).to.include({ host: 'y', port: 80 });
      expect(proxyFor('https://a.b', { HTTPS_PROXY: 'http://x:1', https_proxy: '' })).to.equal(undefined);
    });
  });

  it('takes certificates besides those of Node, in any form', async () => {
    process.env['NO_PROXY'] = '*';
    for (const given of [ca, Buffer.from(ca), [ca]]) await session({ ca: given }).get('/catalog/summary');
    expect(heads).to.have.length(3);
    expect(() => session({ ca: '/etc/ssl/company.pem' })).to.throw(ConfigurationError, 'the content of a file');
    expect(() => session({ agent: new Agent() })).to.throw(ConfigurationError, 'either agent or ca');
    expect(() => session({ ca: undefined, agent: {} as never })).to.throw(ConfigurationError, 'agent must be');
  });

  it('says who asks, as told', async () => {
    await session({ userAgent: 'my-app/1.0 (ops@example.org)' }).get('/catalog/summary');
    await session().get('/catalog/summary');
    expect(heads.map(({ agent }) => agent)).to.deep.equal(['my-app/1.0 (ops@example.org)', 'bigrecord']);
    for (const wrong of ['', 'a\r\nx: y', ' a', 'ü']) expect(() => session({ userAgent: wrong })).to.throw(ConfigurationError, 'userAgent');
  });
});
