import { NetworkError } from 'bigrecord';
import { expect } from 'chai';
import { policyOf } from '../../../lib/session/policy.js';
import { Retry } from '../../../lib/session/retry.js';
import { RetryBudget } from '../../../lib/session/retry-budget.js';
import { End, newOperation, notedEvents, requestOf, responseOf } from '../../support/links.js';
import { rejection } from '../../support/rejection.js';

describe('the link Retry', () => {
  const linked = (next: End, limit = 3, abort = new AbortController()) => {
    const { events, names } = notedEvents();
    const policy = policyOf({ retry: { limit, baseMs: 1, maxMs: 5 } });
    return { names, abort, link: new Retry(next, policy, new RetryBudget(), events, abort.signal) };
  };
  const lost = (sent: 'no' | 'maybe'): NetworkError =>
    new NetworkError('lost', { method: 'GET', path: '/v3/x', sent, phase: 'response', code: 'ECONNRESET' });

  it('repeats a GET until it is answered, and numbers the attempts', async () => {
    const end = new End((number) => responseOf(number < 3 ? 503 : 200));
    const { link, names } = linked(end);
    const operation = newOperation();
    expect((await link.send(requestOf('GET'), operation)).status).to.equal(200);
    expect([operation.attempt, end.requests.length, names]).to.deep.equal([3, 3, ['retry', 'retry']]);
  });

  it('gives the last response when its limit is reached', async () => {
    const end = new End(() => responseOf(503));
    expect((await linked(end, 2).link.send(requestOf('GET'), newOperation())).status).to.equal(503);
    expect(end.requests).to.have.length(3);
  });

  it('repeats a POST only if it was never sent', async () => {
    const unsent = new End((number) => (number === 1 ? Promise.reject(lost('no')) : responseOf(201)));
    expect((await linked(unsent).link.send(requestOf('POST'), newOperation())).status).to.equal(201);
    const sent = new End(() => Promise.reject(lost('maybe')));
    expect((await rejection(linked(sent).link.send(requestOf('POST'), newOperation()), NetworkError)).attempts).to.equal(1);
    expect(sent.requests).to.have.length(1);
  });

  it('takes a DELETE that finds nothing after a lost attempt for done', async () => {
    const end = new End((number) => (number === 1 ? Promise.reject(lost('maybe')) : responseOf(404)));
    expect((await linked(end).link.send(requestOf('DELETE'), newOperation())).status).to.equal(204);
  });

  it('stops when a link says that the outcome is final', async () => {
    const end = new End(() => responseOf(503));
    const { events } = notedEvents();
    const final = {
      send: (request: ReturnType<typeof requestOf>, operation: ReturnType<typeof newOperation>) => {
        const response = end.send(request, operation);
        operation.isFinal = true;
        return response;
      },
    };
    const link = new Retry(final, policyOf({ retry: { baseMs: 1 } }), new RetryBudget(), events, new AbortController().signal);
    expect((await link.send(requestOf('GET'), newOperation())).status).to.equal(503);
    expect(end.requests).to.have.length(1);
  });

  it('ends with the reason of the session or of the call when either is aborted', async () => {
    const { link, abort } = linked(new End(() => responseOf(503)));
    const waiting = rejection(link.send(requestOf('GET', '/x', { retry: { baseMs: 60_000, limit: 1, maxMs: 60_000 } }), newOperation()));
    await new Promise((resolve) => setTimeout(resolve, 5));
    abort.abort(new Error('closed'));
    expect((await waiting).message).to.equal('closed');
    const end = new End();
    const call = requestOf('GET', '/x', { signal: AbortSignal.abort(new Error('enough')) });
    expect((await rejection(linked(end).link.send(call, newOperation()))).message).to.equal('enough');
    expect(end.requests).to.have.length(0);
  });

  it('gives each attempt what is left of the total time', async () => {
    const end = new End((number) => responseOf(number < 2 ? 503 : 200));
    await linked(end).link.send(requestOf('GET', '/x', { timeout: 10_000 }), newOperation());
    const [first = 0, second = 0] = end.requests.map(({ limits }) => limits?.total);
    expect(first).to.equal(10_000);
    expect(second).to.be.below(10_000);
  });
});
