import { HttpError, NetworkError, RateLimitError, RecordNotFoundError, ServerError, type SessionOptions, TimeoutError } from 'bigrecord';
import { Brand, Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { json, type Listening, serve, sessionAt } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';

describe('sending again', () => {
  let server: Listening | undefined;
  afterEach(async () => server?.close());

  /** A server that gives these answers in turn, then 200. */
  const answering = async (...answers: [number, Record<string, string>?][]): Promise<Listening> => {
    server = await serve((_, response, number) => {
      const [status, headers] = answers[number - 1] ?? [200];
      json(response, status === 200 ? { data: { id: 1 } } : { title: 'no' }, status, headers);
    });
    return server;
  };

  for (const status of [408, 425, 499, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529]) {
    it(`repeats GET, PUT and DELETE on ${status}; POST and PATCH never, and calls them uncertain`, async () => {
      for (const method of ['GET', 'PUT', 'DELETE'] as const) {
        const { requests, session, close } = await answering([status], [status]);
        expect((await session().request(method, '/x')).status).to.equal(200);
        expect(requests).to.have.length(3);
        await close();
      }
      for (const method of ['POST', 'PATCH'] as const) {
        const { requests, session, close } = await answering([status, { 'retry-after': '0' }]);
        const error = await rejection(session().request(method, '/x', { body: {} }), HttpError);
        expect(error).to.include({ status, isUncertain: true });
        expect(error.message).to.contain('look for what it creates before you repeat it').and.not.contain('Client Error');
        expect(requests).to.have.length(1);
        await close();
      }
    });
  }

  for (const status of [501, 505, 507, 599])
    it(`calls a POST that is answered ${status} uncertain, and repeats nothing`, async () => {
      const { requests, session } = await answering([status], [status], [status], [status], [status]);
      expect(await rejection(session().post('/x', { body: {} }), ServerError)).to.include({ isUncertain: true });
      expect(await rejection(session().get('/x'), ServerError)).to.include({ isUncertain: false });
      expect(requests).to.have.length(2);
    });

  it('is certain of what a POST was refused for', async () => {
    for (const status of [400, 401, 403, 404, 409, 413, 422]) {
      const { session, close } = await answering([status]);
      expect(await rejection(session().post('/x', { body: {} }), HttpError)).to.include({ isUncertain: false });
      await close();
    }
  });

  for (const status of [400, 404, 409, 413, 415, 422, 423, 501, 505, 507]) {
    it(`does not repeat on ${status}`, async () => {
      const { requests, session } = await answering([status]);
      await rejection(session().get('/x'));
      expect(requests).to.have.length(1);
    });
  }

  it('waits as long as a 429 asks for, for POST too', async () => {
    const { requests, session } = await answering([429, { 'x-rate-limit-time-reset-ms': '120' }]);
    const begun = performance.now();
    await session().post('/x', { body: {} });
    expect(performance.now() - begun).to.be.at.least(119);
    expect(requests).to.have.length(2);
  });

  for (const headers of [{ 'retry-after': '0' }, { 'retry-after': '1' }, { 'x-retry-after': '1' }] as Record<string, string>[])
    it(`does not send a POST again after a 503 with ${JSON.stringify(headers)}: a gateway may have passed it on`, async () => {
      const { requests, session } = await answering([503, headers]);
      expect(await rejection(session().post('/x', { body: {} }), ServerError)).to.include({ isUncertain: true });
      expect(requests).to.have.length(1);
    });

  it('creates no record twice where a gateway answers 503 for one that was created', async () => {
    const rows: string[] = [];
    server = await serve((request, response, number) => {
      if (request.method === 'POST') rows.push(JSON.parse(request.body).name);
      if (number === 1) json(response, {}, 503, { 'retry-after': '0' });
      else if (request.method === 'POST') json(response, { data: { id: rows.length, name: 'A' } });
      else json(response, { data: rows.map((name, at) => ({ id: at + 1, name })) });
    });
    const Brands = Brand.using(server.session());
    await rejection(Brands.create({ name: 'A' }), ServerError);
    expect(rows).to.deep.equal(['A']);
    await server.close();
  });

  for (const status of [408, 425, 499, 500, 503, 524])
    it(`reconcile finds what was created by a POST that was answered ${status}`, async () => {
      let created = 0;
      server = await serve((request, response) => {
        if (request.method !== 'POST') return json(response, { data: created === 0 ? [] : [{ id: 7, name: 'A' }] });
        created++;
        json(response, {}, status, { 'retry-after': '0' });
      });
      const brand = await Brand.using(server.session()).create({ name: 'A' }, { reconcile: true });
      expect([brand.id, created]).to.deep.equal([7, 1]);
    });

  describe('a DELETE that is answered 404', () => {
    /** Answers in turn, as a raw server can: a status, or a connection that is cut. */
    const deleting = async (...answers: (number | 'cut')[]): Promise<Listening> => {
      server = await serve((_, response, number) => {
        const answer = answers[number - 1] ?? 404;
        if (answer === 'cut') response.destroy();
        else json(response, {}, answer, answer === 429 ? { 'x-rate-limit-time-reset-ms': '1' } : {});
      });
      return server;
    };

    it('is a 404 after a 429: nothing had been done', async () => {
      const { session, requests } = await deleting(429, 404);
      await rejection(session().delete('/x'), RecordNotFoundError);
      expect(requests).to.have.length(2);
    });

    it('is a 404 after several refusals, and at once', async () => {
      const { session } = await deleting(404, 429, 429, 404);
      await rejection(session().delete('/x'), RecordNotFoundError);
      await rejection(session().delete('/x'), RecordNotFoundError);
    });

    it('is a 404 after connections that were never made', async () => {
      const free = await serve(() => {});
      await free.close();
      const running = rejection(
        sessionAt(free.port, { storeHash: 'late', retry: { limit: 9, baseMs: 30 } }).delete('/x'),
        RecordNotFoundError,
      );
      await new Promise((resolve) => setTimeout(resolve, 20));
      const { createServer } = await import('node:http');
      const late = createServer((_, response) => void response.writeHead(404).end('{}'));
      await new Promise<void>((resolve) => late.listen(free.port, '127.0.0.1', resolve));
      await running;
      late.closeAllConnections();
      await new Promise((resolve) => late.close(resolve));
    });

    for (const lost of [500, 502, 504, 408, 499, 520, 'cut'] as const)
      it(`is done after ${lost}: the first may have been carried out`, async () => {
        const { session } = await deleting(lost, 404);
        expect((await session().delete('/x')).status).to.equal(204);
      });

    it('is done after a lost answer and a refusal', async () => {
      const { session } = await deleting('cut', 429, 404);
      expect((await session().delete('/x')).status).to.equal(204);
    });

    it('of a record: destroy() fails after a 429, and is done after a lost answer', async () => {
      const { session } = await deleting(429, 404, 'cut', 404);
      const Products = Product.using(session());
      await rejection(Products.load({ id: 1, name: 'A' }).destroy(), RecordNotFoundError);
      const other = Products.load({ id: 2, name: 'B' });
      await other.destroy();
      expect(other.isDestroyed).to.equal(true);
    });
  });

  it('waits at least a second on a 429 without headers', async () => {
    const { session } = await answering([429]);
    const begun = performance.now();
    await session().get('/x');
    expect(performance.now() - begun).to.be.at.least(999);
  });

  it('fails at once where a store asks for too long a wait', async () => {
    const { requests, session } = await answering([429, { 'retry-after': '86400' }]);
    const error = await rejection(session().get('/x'), RateLimitError);
    expect(error.retryAfterMs).to.equal(86_400_000);
    expect(requests).to.have.length(1);
  });

  it('never loops without a pause on a date in the past', async () => {
    const past = { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' };
    const { requests, session } = await answering([429, past], [429, past], [429, past], [429, past]);
    const begun = performance.now();
    await rejection(session({ retry: { baseMs: 20, limit: 3 } }).get('/x'), RateLimitError);
    expect(performance.now() - begun).to.be.at.least(55);
    expect(requests).to.have.length(4);
  });

  it('ends after the limit, and never begins with retry: false', async () => {
    const many = Array.from({ length: 20 }, (): [number] => [503]);
    const first = await answering(...many);
    await rejection(first.session({ retry: { limit: 2, baseMs: 1 } }).get('/x'), ServerError);
    expect(first.requests).to.have.length(3);
    await first.close();
    const second = await answering(...many);
    await rejection(second.session({ retry: false }).get('/x'), ServerError);
    expect(second.requests).to.have.length(1);
  });

  it('ends with the total time', async () => {
    const many = Array.from({ length: 20 }, (): [number] => [503]);
    const { session, requests } = await answering(...many);
    await rejection(session({ timeout: 200, retry: { limit: 20, baseMs: 50 } }).get('/x'));
    expect(requests.length).to.be.within(2, 8); // 20 repetitions would take minutes
  });

  it('says how often it tried', async () => {
    const { port, close } = await serve(() => {});
    await close();
    const options: SessionOptions = { retry: { limit: 2, baseMs: 1 } };
    const error = await rejection(sessionAt(port, options).post('/x'), NetworkError);
    expect(error).to.include({ sent: 'no', code: 'ECONNREFUSED', phase: 'connect', attempts: 3 });
    expect(error.message).to.contain(`127.0.0.1:${port}`);
  });

  it('tries again when the answer takes too long, within the limits', async () => {
    server = await serve((_, response, number) => {
      if (number > 1) json(response, { data: 1 });
    });
    expect((await server.session({ timeout: { response: 60 } }).get('/x')).body).to.deep.equal({ data: 1 });
    await server.close();
    server = await serve(() => {});
    const error = await rejection(server.session({ timeout: { response: 50 }, retry: { limit: 1, baseMs: 1 } }).get('/x'), TimeoutError);
    expect(error).to.include({ phase: 'response', sent: 'maybe', attempts: 2 });
  });

  it('stops waiting at once when it is aborted', async () => {
    const { requests, session } = await answering([429, { 'x-rate-limit-time-reset-ms': '5000' }]);
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error('enough')), 40);
    const begun = performance.now();
    expect((await rejection(session().get('/x', { signal: abort.signal }))).message).to.equal('enough');
    expect(performance.now() - begun).to.be.below(4500); // of the 5 seconds that were asked for
    expect(requests).to.have.length(1);
  });
});
