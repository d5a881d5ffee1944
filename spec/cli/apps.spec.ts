import { fetchToken, verifySignedPayloadJwt } from 'bigrecord/oauth';
import { expect } from 'chai';
import { type StoreServer, startStoreServer } from '../../lib/cli/sandbox/store-server.js';
import { command } from '../support/command.js';
import { type Listening, serve } from '../support/http-server.js';

describe('the control panel of npx bigrecord sandbox', function () {
  this.timeout(60_000);
  let app: Listening;
  let server: StoreServer;
  let page: string;
  /** What the app has got. */
  let token = '';

  beforeEach(async () => {
    app = await serve((_request, response) => void response.end('{}'));
    server = await startStoreServer({ port: 0, allowedHosts: [], apps: [`http://127.0.0.1:${app.port}/api/`], onExchange: () => {} });
    page = `${server.credentials.baseUrl}/__sandbox/apps`;
  });

  afterEach(async () => {
    await server.stop();
    await app.close();
  });

  const text = async (path = ''): Promise<string> => (await fetch(`${page}${path}`)).text();
  const post = (path: string, form: Record<string, string>, headers = {}) =>
    fetch(`${page}${path}`, { method: 'POST', body: new URLSearchParams(form), headers, redirect: 'manual' });
  const frameIn = (html: string): URL => new URL((/<iframe [^>]*src="([^"]*)"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&'));
  const credentials = () => ({ clientId: server.credentials.clientId, clientSecret: server.store.clientSecret });

  /** Installs the app, as the app would. Returns the address of its frame. */
  async function install(): Promise<URL> {
    const { headers } = await post('/install', { app: '1' });
    const frame = frameIn(await (await fetch(new URL(headers.get('location') ?? '', page))).text());
    const query = Object.fromEntries(frame.searchParams);
    const { code = '', context = '', scope = '' } = query;
    const loginUrl = server.credentials.baseUrl;
    const { session, accessToken } = await fetchToken({
      ...credentials(),
      code,
      context,
      scope,
      redirectUri: `${frame.origin}/api/auth`,
      loginUrl,
    });
    await session.close();
    token = accessToken;
    return frame;
  }

  it('installs an app with a code that works once', async () => {
    expect(await text())
      .to.contain('Not installed.')
      .and.contain(`http://127.0.0.1:${app.port}/api/remove_user`);
    const frame = await install();
    expect([frame.origin, frame.pathname]).to.deep.equal([`http://127.0.0.1:${app.port}`, '/api/auth']);
    expect([...frame.searchParams.keys()]).to.deep.equal(['account_uuid', 'code', 'context', 'scope']);
    expect(await text()).to.contain('>Installed.<');
  });

  it('opens it in a frame, for a member of the staff', async () => {
    expect((await fetch(`${page}/1?user=8`, { redirect: 'manual' })).status).to.equal(303);
    await install();
    const response = await fetch(`${page}/1?user=8`);
    expect(response.headers.get('content-security-policy')).to.contain(`frame-src http://127.0.0.1:${app.port};`);
    const payload = await verifySignedPayloadJwt(
      frameIn(await response.text()).searchParams.get('signed_payload_jwt') ?? '',
      credentials(),
    );
    expect(payload).to.deep.include({ storeHash: 'sandbox', url: '/', channelId: null });
    expect([payload.user, payload.owner]).to.deep.equal([
      { id: 8, email: 'sam@example.com', locale: 'en' },
      { id: 7, email: 'owner@example.com' },
    ]);
  });

  it('removes users and uninstalls, and says what the app has responded', async () => {
    await install();
    await post('/remove-user', { app: '1', user: '8' });
    expect(await text())
      .to.contain('/api/remove_user responded with 200.')
      .and.not.contain('<option value="8">');
    expect((await fetch(`${page}/1?user=8`, { redirect: 'manual' })).status).to.equal(303);
    await post('/add-user', { app: '1', user: '8' });
    expect(await text()).to.contain('<option value="8">');
    await post('/uninstall', { app: '1' });
    expect(await text())
      .to.contain('Not installed.')
      .and.contain('/api/uninstall responded with 200.');
    const asked = app.requests.map(({ url }) => new URL(url, page));
    expect(asked.map(({ pathname }) => pathname)).to.deep.equal(['/api/remove_user', '/api/uninstall']);
    const users = asked.map(async ({ searchParams }) => {
      const { user } = await verifySignedPayloadJwt(searchParams.get('signed_payload_jwt') ?? '', credentials());
      return user.id;
    });
    expect(await Promise.all(users)).to.deep.equal([8, 7]);
  });

  it('revokes the token of an app that is uninstalled, and deletes its hooks', async () => {
    const { baseUrl, accessToken } = server.credentials;
    const hooks = `${baseUrl}/stores/sandbox/v3/hooks`;
    const send = (as: string, body?: object): Promise<Response> =>
      fetch(hooks, {
        headers: { 'x-auth-token': as, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      });
    const destinations = async (): Promise<string[]> => {
      const { data }: { data: { destination: string }[] } = JSON.parse(await (await send(accessToken)).text());
      return data.map(({ destination }) => destination);
    };
    const hookTo = (name: string): object => ({
      scope: 'store/product/updated',
      destination: `https://${name}.example.com/`,
      is_active: true,
    });
    await install();
    expect(token).to.not.equal(accessToken);
    expect((await send(token, hookTo('app'))).status).to.equal(200);
    expect((await send(accessToken, hookTo('other'))).status).to.equal(200);
    expect(await destinations()).to.include.members(['https://app.example.com/', 'https://other.example.com/']);
    await post('/uninstall', { app: '1' });
    expect((await send(token)).status).to.equal(401);
    expect(await destinations())
      .to.include('https://other.example.com/')
      .and.not.include('https://app.example.com/');
    await install();
    expect((await send(token)).status).to.equal(200);
  });

  it('takes other callbacks and other apps, and refuses what is no address, and forms of other pages', async () => {
    const root = 'http://127.0.0.1:9';
    await post('/callbacks', { app: '1', auth: `${root}/a`, load: `${root}/b`, uninstall: `${root}/c`, removeUser: `${root}/d` });
    await post('/uninstall', { app: '1' });
    expect(await text()).to.contain(`${root}/c could not be reached: `);
    expect((await post('/add', { address: 'http://localhost:3001' })).status).to.equal(303);
    expect(await text()).to.contain('http://localhost:3001/load');
    for (const address of ['', 'nothing', 'javascript:alert(1)', '<b>']) {
      const refused = await post('/add', { address });
      expect([refused.status, (await refused.text()).includes('role="alert"')], address).to.deep.equal([422, true]);
    }
    expect((await post('/callbacks', { app: '1', auth: 'x' })).status).to.equal(422);
    expect((await post('/uninstall', { app: '99' })).status).to.equal(303);
    expect((await post('/install', { app: '1' }, { origin: 'http://evil.example' })).status).to.equal(403);
    expect((await fetch(`${page}/99`)).status).to.equal(404);
  });

  it('is named by the command, with what the app needs', async () => {
    const wrong = command(['sandbox', '--app', 'nonsense']);
    const running = command(['sandbox', '--port', '0', '--json', '--app', 'http://127.0.0.1:3000']);
    const [line] = await running.printed(/^.*"started".*$/m);
    const { app, baseUrl } = JSON.parse(line);
    expect(app).to.deep.equal({
      page: `${baseUrl.replace('127.0.0.1', 'localhost')}/__sandbox/apps`,
      environment: { BIGCOMMERCE_CLIENT_SECRET: 'sandbox-client-secret', BIGCOMMERCE_LOGIN_URL: baseUrl },
    });
    await running.end();
    expect([await wrong.code, /must be the address of an app/.test(wrong.output.stderr)]).to.deep.equal([2, true]);
  });
});
