import { expect } from 'chai';
import { joinLinks, type Link } from '../../../lib/session/link.js';
import { End, newOperation, requestOf } from '../../support/links.js';

describe('a chain of links', () => {
  it('passes a request through its links in their order, without those that are not needed', async () => {
    const seen: string[] = [];
    const noting =
      (name: string) =>
      (next: Link): Link => ({
        send: async (request, operation) => {
          seen.push(`${name} down`);
          const response = await next.send(request, operation);
          seen.push(`${name} up`);
          return response;
        },
      });
    const end = new End();
    const chain = joinLinks([noting('first'), undefined, noting('second')], end);
    expect((await chain.send(requestOf('GET'), newOperation())).status).to.equal(200);
    expect(seen).to.deep.equal(['first down', 'second down', 'second up', 'first up']);
    expect(end.requests).to.have.length(1);
  });
});
