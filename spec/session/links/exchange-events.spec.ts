import { expect } from 'chai';
import { Events } from '../../../lib/session/events.js';
import { ExchangeEvents } from '../../../lib/session/exchange-events.js';
import { End, newOperation, requestOf, responseOf } from '../../support/links.js';
import { rejection } from '../../support/rejection.js';

describe('the link ExchangeEvents', () => {
  it('emits a request before it is sent and its response after, and notes when it was sent', async () => {
    const events = new Events('abc');
    const seen: object[] = [];
    events.on('request', (event) => seen.push({ ...event }));
    events.on('response', ({ ms, ...event }) => seen.push({ ...event, isTimed: ms >= 0 }));
    const end = new End(() => {
      expect(seen).to.have.length(1);
      return responseOf(404);
    });
    const operation = { ...newOperation(), attempt: 2 };
    await new ExchangeEvents(end, events).send(requestOf('GET', '/x', { query: { a: 1 } }), operation);
    const exchange = { store: 'abc', method: 'GET', path: '/v3/x', query: { a: 1 }, attempt: 2 };
    expect(seen).to.deep.equal([exchange, { ...exchange, status: 404, requestId: undefined, isTimed: true }]);
    expect(operation.startedAt).to.be.within(1, performance.now());
  });

  it('emits no response where none came', async () => {
    const events = new Events('abc');
    const seen: string[] = [];
    events.on('response', () => seen.push('response'));
    await rejection(new ExchangeEvents(new End(() => Promise.reject(new Error('lost'))), events).send(requestOf('GET'), newOperation()));
    expect(seen).to.deep.equal([]);
  });

  it('refuses an event that does not exist, and a listener that is no function', () => {
    const events = new Events('abc');
    expect(() => events.on('reqest' as never, () => {})).to.throw(/no event 'reqest'. Events: request, response/);
    expect(() => events.off('x' as never, () => {})).to.throw(/no event 'x'/);
    expect(() => events.on('request', 5 as never)).to.throw(/must be a function/);
  });
});
