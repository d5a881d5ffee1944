import { expect } from 'chai';
import { AccessToken } from '../../../lib/session/access-token.js';
import { TokenRenewal } from '../../../lib/session/token-renewal.js';
import { End, newOperation, requestOf, responseOf } from '../../support/links.js';

describe('the link TokenRenewal', () => {
  const tokens = (...given: string[]) => {
    const used: string[] = [];
    return {
      used,
      token: new AccessToken(
        () => given.shift() ?? 'none',
        (token) => used.push(token),
      ),
    };
  };

  it('sends again with a new token after a 401', async () => {
    const { token, used } = tokens('first-token', 'second-token');
    await token.ready();
    const end = new End((number) => responseOf(number === 1 ? 401 : 200));
    expect((await new TokenRenewal(end, token).send(requestOf('POST'), newOperation())).status).to.equal(200);
    expect([end.requests.length, used]).to.deep.equal([2, ['first-token', 'second-token']]);
  });

  it('gives the 401 where the function has no other token, and any other response', async () => {
    const { token } = tokens('same-token', 'same-token');
    await token.ready();
    for (const status of [401, 403, 200]) {
      const end = new End(() => responseOf(status));
      expect((await new TokenRenewal(end, token).send(requestOf('GET'), newOperation())).status).to.equal(status);
      expect(end.requests).to.have.length(1);
    }
  });
});
