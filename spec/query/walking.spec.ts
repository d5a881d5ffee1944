import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { sent, useStore } from '../support/store.js';

describe('walking over pages', () => {
  const context = useStore();

  it('asks for the largest pages', async () => {
    await v2.Product.all();
    await v3.Product.all();
    expect(sent(context.store)).to.deep.equal(['GET /v2/products?limit=250', 'GET /v3/catalog/products?limit=250']);
  });

  it('yields no record twice when rows are inserted while it walks', async () => {
    const seen: number[] = [];
    for await (const page of v3.Product.where({}).order('id', 'desc').perPage(10).pages()) {
      if (page.number <= 3) context.store.insert(v3.Product as never, [{ id: 200 + page.number, name: `New ${page.number}` }]);
      seen.push(...page.items.map(({ id }) => id));
    }
    expect(new Set(seen).size).to.equal(seen.length);
    expect(seen.filter((id) => id <= 60)).to.have.length(60);
  });

  it('stops asking when the loop is left', async () => {
    for await (const product of v3.Product.where({}).perPage(5)) if (product.id === 3) break;
    const asked = context.store.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(context.store.requests.length).to.equal(asked);
  });

  it('throws where a page fails, after the pages before it', async () => {
    let seen = 0;
    let failed: unknown;
    try {
      for await (const page of v3.Product.where({}).perPage(20).pages()) {
        seen += page.items.length;
        if (page.number === 1) context.store.fail({ status: 403, times: 9 });
      }
    } catch (error) {
      failed = error;
    }
    expect((failed as { status: number }).status).to.equal(403);
    expect(seen).to.be.within(20, 40);
  });
});
