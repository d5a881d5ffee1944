import { CircuitOpenError, NetworkError } from 'bigrecord';
import { expect } from 'chai';
import { BreakerGuard } from '../../../lib/session/breaker-guard.js';
import { BreakerMonitor, OPENED_MEANWHILE } from '../../../lib/session/breaker-monitor.js';
import { CircuitBreaker } from '../../../lib/session/circuit-breaker.js';
import { End, newOperation, requestOf, responseOf } from '../../support/links.js';
import { rejection } from '../../support/rejection.js';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const breaker = (probeAfterMs = 60_000): CircuitBreaker => new CircuitBreaker({ failures: 1, overMs: 0, probeAfterMs, maxProbeMs: 60_000 });

describe('the link BreakerMonitor', () => {
  it('opens the circuit for failures, and marks an interactive call as final then', async () => {
    const lost = new NetworkError('lost', { method: 'GET', path: '/x', sent: 'maybe', phase: 'response' });
    for (const failing of [new End(() => responseOf(500)), new End(() => Promise.reject(lost))]) {
      const [interactive, bulk] = [newOperation(), newOperation()];
      const made = breaker();
      await new BreakerMonitor(failing, made).send(requestOf('GET'), interactive).catch(() => {});
      expect([made.isHolding, interactive.isFinal]).to.deep.equal([true, true]);
      await new BreakerMonitor(failing, breaker()).send(requestOf('GET', '/x', { priority: 'bulk' }), bulk).catch(() => {});
      expect(bulk.isFinal).to.equal(false);
    }
  });

  it('leaves it closed for other responses', async () => {
    for (const status of [200, 404, 429]) {
      const made = breaker();
      await new BreakerMonitor(new End(() => responseOf(status)), made).send(requestOf('GET'), newOperation());
      expect(made.isHolding, String(status)).to.equal(false);
    }
  });

  it('ends a probe whose success comes when another request has closed the circuit already', async () => {
    const made = breaker(1);
    made.ended(false);
    await pause(5);
    const probing = new BreakerMonitor(
      new End(() => {
        made.ended(true); // one that was under way when the circuit opened
        return responseOf(200);
      }),
      made,
    );
    await probing.send(requestOf('GET'), newOperation());
    made.ended(false);
    await pause(5);
    expect(made.isHolding, 'the next probe may go').to.equal(false);
  });

  it('sends nothing once the circuit is open', async () => {
    const made = breaker();
    made.ended(false);
    const end = new End();
    expect(await rejection(new BreakerMonitor(end, made).send(requestOf('GET'), newOperation()))).to.equal(OPENED_MEANWHILE);
    expect(end.requests).to.have.length(0);
  });
});

describe('the link BreakerGuard', () => {
  const closing = new AbortController().signal;

  it('fails an interactive call at once while the circuit is open', async () => {
    const made = breaker();
    made.ended(false);
    await rejection(new BreakerGuard(new End(), made, closing).send(requestOf('GET'), newOperation()), CircuitOpenError);
  });

  it('lets bulk work wait until the store may be probed, or the session closes', async () => {
    const made = breaker(30);
    made.ended(false);
    const end = new End();
    const waiting = new BreakerGuard(end, made, closing).send(requestOf('GET', '/x', { priority: 'bulk' }), newOperation());
    await pause(5);
    expect(end.requests).to.have.length(0);
    expect((await waiting).status).to.equal(200);
    const open = breaker();
    open.ended(false);
    const ended = new AbortController();
    const bulk = new BreakerGuard(end, open, ended.signal).send(requestOf('GET', '/x', { priority: 'bulk' }), newOperation());
    ended.abort(new Error('closed'));
    expect((await rejection(bulk)).message).to.equal('closed');
  });

  it('takes a request back that waited while the circuit opened', async () => {
    const made = breaker();
    const end = new End(() => {
      made.ended(false);
      throw OPENED_MEANWHILE;
    });
    await rejection(new BreakerGuard(end, made, closing).send(requestOf('GET'), newOperation()), CircuitOpenError);
    expect(end.requests).to.have.length(1);
  });
});
