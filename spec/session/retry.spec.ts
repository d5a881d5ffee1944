import { NetworkError, RateLimitError, ServerError, type SessionOptions, TimeoutError } from 'bigrecord';
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

  for (const status of [500, 502, 503, 504]) {
    it(`repeats GET, PUT and DELETE on ${status}, POST never`, async () => {
      for (const method of ['GET', 'PUT', 'DELETE'] as const) {
        const { requests, session, close } = await answering([status], [status]);
        expect((await session().request(method, '/x')).status).to.equal(200);
        expect(requests).to.have.length(3);
        await close();
      }
      const { requests, session } = await answering([status]);
      await rejection(session().post('/x', { body: {} }), ServerError);
      expect(requests).to.have.length(1);
    });
  }

  for (const status of [400, 404, 409, 413, 415, 423, 501, 507]) {
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

  it('sends a POST again after a 503 that says when, since it was refused', async () => {
    const { requests, session } = await answering([503, { 'retry-after': '0' }]);
    expect((await session().post('/x', { body: {} })).status).to.equal(200);
    expect(requests).to.have.length(2);
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
    const { session } = await answering(...many);
    const begun = performance.now();
    await rejection(session({ timeout: 200, retry: { limit: 20, baseMs: 50 } }).get('/x'));
    expect(performance.now() - begun).to.be.below(400);
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
    expect(performance.now() - begun).to.be.below(300);
    expect(requests).to.have.length(1);
  });
});
