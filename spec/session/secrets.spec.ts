import { channel } from 'node:diagnostics_channel';
import { Session } from 'bigrecord';
import { Product } from 'bigrecord/v2';
import { expect } from 'chai';
import { json, type Listening, serve, serveRaw, sessionAt } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';
import { assertClean, BASIC, CANARY } from '../support/secrets.js';

describe('credentials', () => {
  let server: Listening | undefined;
  afterEach(async () => server?.close());

  it('are in no error, whatever goes wrong', async () => {
    const echo = (status: number, type = 'application/json') =>
      serve((request, response) => {
        const token = request.headers['x-auth-token'] ?? request.headers['authorization'];
        response
          .writeHead(status, { 'content-type': type, location: `https://evil.example/?t=${token}`, 'x-echo': String(token) })
          .end(
            type === 'text/html'
              ? `<html>${token}</html>`
              : JSON.stringify({ title: `bad ${token}`, errors: { a: token, [String(token)]: 1 } }),
          );
      });
    for (const status of [200, 301, 400, 401, 403, 404, 409, 422, 429, 500, 503]) {
      for (const type of ['application/json', 'text/html']) {
        if (status === 200 && type === 'application/json') continue;
        server = await echo(status, type);
        const legacy = new Session({ host: 'x.example', basicAuth: BASIC, baseUrl: `http://127.0.0.1:${server.port}`, retry: false });
        for (const session of [server.session({ retry: false }), legacy]) {
          assertClean(await rejection(session.get('/x', { query: { q: 1 } })), `${status} ${type}`);
          assertClean(await rejection(Product.using(session).find(1)), `find ${status} ${type}`);
        }
        legacy.close();
        await server.close();
      }
    }
    server = await serveRaw((socket) => socket.destroy());
    for (const method of ['GET', 'POST'] as const)
      assertClean(await rejection(server.session({ retry: false }).request(method, '/x')), method);
    const { port } = server;
    await server.close();
    assertClean(await rejection(sessionAt(port, { retry: false }).get('/x')), 'refused');
    server = await serve(() => {});
    assertClean(await rejection(server.session({ timeout: { response: 20 }, retry: false }).get('/x')), 'time-out');
  });

  it('are in no object of the library, nor in events, logs and diagnostics', async () => {
    server = await serve((_, response, number) => json(response, { id: 1, name: 'x', price: '1' }, number === 1 ? 500 : 200));
    const logged: string[] = [];
    const log = (line: string): void => void logged.push(line);
    const session = Session.configure({
      storeHash: 'abc123',
      accessToken: CANARY,
      baseUrl: `http://127.0.0.1:${server.port}`,
      retry: { baseMs: 1 },
      logger: { debug: log, warn: log },
    });
    const seen: unknown[] = [];
    for (const name of ['request', 'response', 'retry', 'throttle', 'error'] as const) {
      session.on(name, (event) => seen.push(event));
      channel(`bigrecord:${name}`).subscribe((event) => seen.push(event));
    }
    session.use((request, next) => {
      seen.push(request);
      return next(request);
    });
    const product = await Product.find(1);
    await product.update({ name: 'y' });
    expect(seen.length).to.be.greaterThan(6);
    const bound = Product.using(session);
    for (const value of [
      session,
      product,
      product.session,
      product.options,
      product.brand,
      Product.where({ name: 'x' }),
      bound,
      logged,
      ...seen,
    ])
      assertClean(value, 'object');
    assertClean(await session.get('/x'), 'answer');
    expect(() => structuredClone(session)).to.not.throw();
    assertClean(structuredClone(session), 'clone');
    session.close();
  });

  it('are not sent to another host by a redirect', async () => {
    const other = await serve((_, response) => json(response, {}));
    server = await serve((_, response) => response.writeHead(302, { location: `http://127.0.0.1:${other.port}/steal` }).end());
    for (const method of ['GET', 'PUT', 'POST'] as const) {
      const error = await rejection(server.session().request(method, '/x'));
      expect(error.name).to.equal('RedirectionError');
    }
    expect(other.requests).to.deep.equal([]);
    expect(server.requests).to.have.length(3);
    await other.close();
  });
});
