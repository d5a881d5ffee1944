import { Brand } from 'bigrecord/v3';
import { expect } from 'chai';
import fc from 'fast-check';
import { json, serve } from '../support/http-server.js';

describe('what a filter is given', () => {
  it('arrives as it was, whatever its characters', async () => {
    const server = await serve((_, response) => json(response, { data: [], meta: {} }));
    const session = server.session();
    const anything = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).filter((text) => text.trim() !== '');
    await fc.assert(
      fc.asyncProperty(anything, anything, async (name, title) => {
        await Brand.using(session).where({ name, page_title: title }).first();
        const asked = new URL(server.requests.at(-1)?.url ?? '', 'http://store').searchParams;
        expect([asked.getAll('name'), asked.getAll('page_title')]).to.deep.equal([[name], [title]]);
      }),
      { numRuns: 300 },
    );
    await server.close();
  });
});
