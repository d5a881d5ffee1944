import type { ResourceDeclaration } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { useStore } from '../support/store.js';

/** Values that are right for few attributes or for none. */
const BAD: readonly unknown[] = [null, 'soon', -1, [null], [{}]];

describe('bad bodies', function () {
  this.timeout(60_000);
  const context = useStore();

  it('are refused or stored, and never make the sandbox fail', async () => {
    const { baseUrl, storeHash, accessToken } = context.store.credentials;
    const headers = { 'x-auth-token': accessToken, 'content-type': 'application/json' };
    const send = async (method: string, url: string, body: unknown): Promise<void> => {
      await (await fetch(`${baseUrl}/stores/${storeHash}${url}`, { method, headers, body: JSON.stringify(body) })).text();
    };
    for (const resource of resources) {
      for (const bad of BAD) {
        const whole = Object.fromEntries(namesIn(resource).map((name) => [name, bad]));
        for (const body of [whole, [whole]]) {
          await send('POST', pathOf(resource), body);
          await send('PUT', pathOf(resource), body);
          await send('PUT', `${pathOf(resource)}/1`, body);
        }
      }
    }
    const failed = context.store.requests.filter(({ status }) => status >= 500 || status === 0);
    expect(failed.map(({ method, path, body }) => `${method} ${path} ${JSON.stringify(body)}`)).to.deep.equal([]);
    expect(context.store.requests).to.have.length(resources.length * BAD.length * 6);
  });
});

const resources: readonly ResourceDeclaration[] = [...Object.values(v3), ...Object.values(v2)].flatMap((each) =>
  typeof each === 'function' && 'resource' in each ? [each.resource] : [],
);

const pathOf = ({ version, path }: ResourceDeclaration): string => `/${version}${path.replace(/:\w+/g, '1')}`;

const namesIn = ({ attributes, relations }: ResourceDeclaration): string[] => [...Object.keys(attributes), ...Object.keys(relations)];
