import { Session } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { fillOrders, fillProducts } from '../support/big-store.js';
import { json, type Listening, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';
import { sent, useStore } from '../support/store.js';
import { until } from '../support/waiting.js';

const range = (count: number, from = 1): number[] => Array.from({ length: count }, (_, index) => from + index);
const models = { v2: v2.Product as unknown as typeof v3.Product, v3: v3.Product };

describe('pages in the order of keys, several at once', () => {
  const context = useStore({ seed: false });

  /** The most requests under way at once while `work` runs. */
  const mostAtOnce = async (work: () => Promise<unknown>): Promise<number> => {
    let underWay = 0;
    let most = 0;
    context.session.use(async (request, next) => {
      most = Math.max(most, ++underWay);
      return next(request).finally(() => underWay--);
    });
    context.store.latency = 5;
    await work();
    return most;
  };

  for (const [version, Product] of Object.entries(models)) {
    it(`read as many as the session allows, with a record in common: ${version}`, async () => {
      fillProducts(context.store, 500);
      let ids: number[] = [];
      const most = await mostAtOnce(async () => (ids = await Product.where({}).perPage(25).stable().pluck('id')));
      expect(ids).to.deep.equal(range(500));
      expect(most).to.equal(8);
      expect(context.store.requests.length).to.be.within(20, 23);
    });

    it(`take no request more for a list of a page, and at most the count for one of two: ${version}`, async () => {
      for (const [count, requests] of [
        [0, 1],
        [19, 1],
        [39, 2],
      ] as const) {
        fillProducts(context.store, count);
        context.store.requests.length = 0;
        expect(await Product.where({}).perPage(20).stable().pluck('id')).to.deep.equal(range(count));
        // The count may have been on its way when the second page, which was the last, ended the walk.
        const pages = sent(context.store).filter((line) => !line.includes('/count'));
        expect(pages, `${count} records`).to.have.length(requests);
        expect(context.store.requests.length - pages.length).to.be.at.most(version === 'v2' && count > 20 ? 1 : 0);
      }
    });

    it(`are full pages, however they were read: ${version}`, async () => {
      fillProducts(context.store, 203);
      const sizes: number[] = [];
      for await (const page of Product.where({}).perPage(20).stable().pages()) {
        sizes.push(page.items.length);
        expect(page.number).to.equal(sizes.length);
      }
      expect(sizes).to.deep.equal([...Array(10).fill(20), 3]);
    });

    it(`end with the limit, and with the loop: ${version}`, async () => {
      fillProducts(context.store, 1000);
      expect(await Product.where({}).perPage(20).limit(70).stable().pluck('id')).to.deep.equal(range(70));
      expect(context.store.requests.length).to.be.at.most(5);
      for await (const { id } of Product.where({}).perPage(20).stable()) if (id === 190) break;
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(context.store.requests.length, 'those of the limit, and the pages up to there with a few ahead').to.be.at.most(5 + 10 + 9);
    });
  }

  it('are read no further ahead than a slow consumer needs', async () => {
    fillProducts(context.store, 1000);
    context.store.latency = 1;
    const ahead: number[] = [];
    for await (const { number } of v3.Product.where({}).perPage(10).stable().pages()) {
      await new Promise((resolve) => setTimeout(resolve, 12));
      ahead.push(context.store.requests.length - number);
      if (number === 11) break;
    }
    // On a busy machine a page may be late, and more are requested for a while.
    expect(ahead.sort((a, b) => a - b)[5]).to.be.within(1, 4);
  });

  it('take no request more than the limit needs', async () => {
    fillProducts(context.store, 160);
    for (const Product of Object.values(models))
      for (const limit of [40, 70, 80, 159]) {
        context.store.requests.length = 0;
        expect(await Product.where({}).perPage(20).limit(limit).stable().pluck('id')).to.deep.equal(range(limit));
        expect(context.store.requests, `limit ${limit}`).to.have.length(Math.ceil(limit / 20));
      }
    context.store.requests.length = 0;
    expect(await v3.Product.where({}).perPage(20).limit(5000).stable().pluck('id')).to.deep.equal(range(160));
    expect(context.store.requests, 'a limit above the total').to.have.length(8);
  });

  it('count among the requests of a bulk write, with the count and what is read twice', async () => {
    fillProducts(context.store, 60);
    for (const Product of Object.values(models))
      for (const query of [Product.where({ is_visible: true }).perPage(10), Product.where({ is_visible: true }).perPage(10).stable()]) {
        context.store.requests.length = 0;
        const { requests, succeeded } = await query.updateAll({ condition: 'Used' });
        expect(succeeded).to.have.length(60);
        expect(requests).to.equal(context.store.requests.length);
      }
  });

  it('throw the error of a page once, after the pages before it', async () => {
    fillProducts(context.store, 400);
    const seen: number[] = [];
    const error = await rejection(async () => {
      for await (const page of v3.Product.where({}).perPage(20).stable().pages()) {
        seen.push(...page.items.map(({ id }) => id));
        if (page.number === 5) context.store.fail({ status: 403, times: 99 });
      }
    });
    expect((error as { status?: number }).status).to.equal(403);
    expect(seen).to.deep.equal(range(seen.length)).and.have.length.of.at.least(100);
  });

  it('miss nothing and repeat nothing while others delete and insert', async () => {
    for (const [version, Product] of Object.entries(models)) {
      fillProducts(context.store, 300);
      const kept = new Set(range(300));
      const seen: number[] = [];
      let next = 10_000;
      let turn = 0;
      context.session.use(async (request, send) => {
        const response = await send(request);
        if (request.method !== 'GET' || ++turn % 3 !== 0) return response;
        // What has not been read yet loses records, and gets new ones.
        const gone = [...kept].filter((id) => id > (seen.at(-1) ?? 0) && id % 7 === turn % 7).slice(0, 8);
        for (const id of gone) kept.delete(id);
        if (gone.length > 0) await outside.request('DELETE', '/catalog/products', { query: { 'id:in': gone } });
        context.store.insert(v3.Product as never, [{ id: next++, name: `N ${next} ${version}` }]);
        return response;
      });
      const outside = new Session({ ...context.store.credentials });
      for await (const { id } of Product.where({}).perPage(20).stable()) seen.push(id);
      expect(new Set(seen).size, 'no record twice').to.equal(seen.length);
      expect(seen).to.deep.equal([...seen].sort((a, b) => a - b));
      for (const id of kept) expect(seen, `${version}: ${id}`).to.include(id);
      await outside.close();
      context.session.close();
      context.session = Session.configure({ ...context.store.credentials });
    }
  });

  it('go on where the store cuts the pages shorter than declared', async () => {
    const ids = range(500).map((at) => at * 3);
    const server = await serve((request, response) => {
      const { searchParams } = new URL(request.url ?? '', 'http://x');
      const found = ids.filter((id) => id > Number(searchParams.get('id:greater') ?? 0));
      const limit = Math.min(30, Number(searchParams.get('limit')));
      const page = Number(searchParams.get('page') ?? 1);
      const rows = found.slice((page - 1) * limit, page * limit).map((id) => ({ id }));
      json(response, { data: rows, meta: { pagination: { total: found.length, total_pages: Math.ceil(found.length / limit) } } });
    });
    expect(await v3.Product.using(server.session()).where({}).stable().pluck('id')).to.deep.equal(ids);
    expect(server.requests.length).to.be.at.most(19);
    await server.close();
  });
});

describe('pages of V2 by number', () => {
  const context = useStore({ seed: false });

  it('are counted beside the second one, and then read several at once', async () => {
    fillOrders(context.store, 500);
    context.store.latency = 5;
    let underWay = 0;
    let most = 0;
    context.session.on('request', () => (most = Math.max(most, ++underWay)));
    context.session.on('response', () => underWay--);
    const ids = await v2.Order.where({}).perPage(20).pluck('id');
    expect([...ids].sort((a, b) => a - b)).to.deep.equal(range(500));
    expect(most).to.equal(8);
    const lines = sent(context.store);
    expect(lines.filter((line) => line.includes('/count'))).to.deep.equal(['GET /v2/orders/count']);
    expect(lines.length).to.be.within(26, 27);
  });

  it('take no count where a limit ends soon, nor where the second page is not waited for and is the last', async () => {
    fillOrders(context.store, 39);
    await v2.Order.where({}).perPage(10).limit(30).all();
    let arrived = 0;
    context.session.on('response', () => arrived++);
    for await (const { number } of v2.Order.where({}).perPage(20).pages()) if (number === 1) await until(() => arrived === 2);
    for await (const _ of v2.Order.where({}).perPage(20).pages()) break;
    await v2.Order.where({}).perPage(40).all();
    expect(sent(context.store)).to.deep.equal([
      'GET /v2/orders?limit=10',
      'GET /v2/orders?page=2&limit=10',
      'GET /v2/orders?page=3&limit=10',
      'GET /v2/orders?limit=20',
      'GET /v2/orders?page=2&limit=20',
      'GET /v2/orders?limit=20',
      'GET /v2/orders?limit=40',
    ]);
  });

  const counting = async (answer: (count: number) => number | undefined): Promise<Listening> =>
    serve((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
      if (pathname.endsWith('/count')) {
        const count = answer(205);
        return count === undefined ? json(response, { title: 'No count here' }, 404) : json(response, { count });
      }
      const page = Number(searchParams.get('page') ?? 1);
      const rows = range(10, (page - 1) * 10 + 1).filter((id) => id <= 205);
      json(
        response,
        rows.map((id) => ({ id })),
      );
    });

  it('go on where the count is refused, too low or too high', async () => {
    for (const [count, most] of [
      [undefined, 33],
      [(): number => 37, 24],
      [(): number => 230, 26],
    ] as const) {
      const server = await counting((real) => (count === undefined ? undefined : count() || real));
      expect(await v2.Order.using(server.session()).where({}).perPage(10).pluck('id')).to.deep.equal(range(205));
      expect(server.requests.length).to.be.at.most(most);
      await server.close();
    }
  });
});
