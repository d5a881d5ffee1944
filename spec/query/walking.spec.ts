import { Attribute, BigRecordError, Model, Resource, Session, UnsupportedOperationError } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import fc from 'fast-check';
import { fillProducts } from '../support/big-store.js';
import { json, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';
import { sent, useStore } from '../support/store.js';

/** Rows that nothing tells apart: no key is declared. */
@Resource('/reports', { version: 'v2' })
class Report extends Model {
  @Attribute(() => Number) sold!: number;
}

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

describe('walking while the store changes', () => {
  const context = useStore({ seed: false });

  it('stable() sees every record that exists throughout exactly once, whatever is inserted and deleted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 80 }),
        fc.array(
          fc.record({
            remove: fc.array(fc.integer({ min: 0, max: 79 }), { maxLength: 6 }),
            insert: fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 6 }),
          }),
          { maxLength: 30 },
        ),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        async (ids, changes, size, isV2) => {
          const store = await Sandbox.start({ seed: false });
          const session = new Session(store.credentials);
          const put = (id: number): void => store.insert(v3.Product as never, [{ id, name: `P${id}` }]);
          for (const id of ids) put(id);
          const throughout = new Set(ids);
          const everywhere = new Set(ids);
          const seen: number[] = [];
          const model = (isV2 ? v2.Product : v3.Product) as unknown as typeof v3.Product;
          let step = 0;
          for await (const page of model.using(session).stable().perPage(size).pages()) {
            seen.push(...page.items.map(({ id }) => id));
            const change = changes[step++];
            for (const at of change?.remove ?? []) {
              const id = ids[at];
              if (id === undefined || !everywhere.delete(id)) continue;
              throughout.delete(id);
              await v3.Product.using(session).destroy(id);
            }
            for (const id of change?.insert ?? []) {
              if (everywhere.has(id)) continue;
              everywhere.add(id);
              put(id);
            }
          }
          session.close();
          await store.stop();
          expect(new Set(seen).size, 'no record twice').to.equal(seen.length);
          for (const id of throughout) expect(seen, 'none missed').to.include(id);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('yields no record twice by pages either, however far the set shifts', async () => {
    fillProducts(context.store, 100);
    const seen: number[] = [];
    let next = 1000;
    for await (const page of v3.Product.where({}).order('id', 'desc').perPage(10).pages()) {
      seen.push(...page.items.map(({ id }) => id));
      if (page.number < 5)
        context.store.insert(
          v3.Product as never,
          Array.from({ length: 17 }, () => ({ id: next++, name: `N${next}` })),
        );
    }
    expect(new Set(seen).size).to.equal(seen.length);
    expect(seen.filter((id) => id <= 100)).to.have.length(100);
  });

  it('never piles up pages for a slow consumer', async () => {
    fillProducts(context.store, 1000);
    context.store.latency = 1;
    let number = 0;
    for await (const page of v3.Product.where({}).perPage(10).pages()) {
      number = page.number;
      await new Promise((resolve) => setTimeout(resolve, 15));
      expect(context.store.requests.length - number).to.be.at.most(4);
      if (number === 20) break;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(context.store.requests.length - number).to.be.at.most(4);
  });

  it('reads ahead for a fast one', async () => {
    fillProducts(context.store, 400);
    context.store.latency = 20;
    let underWay = 0;
    let most = 0;
    context.session.on('request', () => (most = Math.max(most, ++underWay)));
    context.session.on('response', () => underWay--);
    for await (const page of v3.Product.where({}).perPage(10).pages()) expect(page.items).to.have.length(10);
    expect(most).to.equal(8);
  });

  it('leaves nothing running when the loop is left or the signal aborted', async () => {
    fillProducts(context.store, 1000);
    const state = { underWay: 0 };
    context.session.use(async (request, next) => {
      state.underWay++;
      return next(request).finally(() => state.underWay--);
    });
    context.store.latency = 30;
    for await (const _ of v3.Product.where({}).perPage(10).pages()) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(state.underWay).to.equal(0);
    const asked = context.store.requests.length;
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error('enough')), 45);
    expect((await rejection(v3.Product.where({}).perPage(10).all({ signal: abort.signal }))).message).to.equal('enough');
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(state.underWay).to.equal(0);
    expect(asked).to.be.at.most(3);
  });

  it('goes on over an empty page while the totals say more, and ends whatever they say', async () => {
    const rows = (from: number, count: number): object[] => Array.from({ length: count }, (_, at) => ({ id: from + at }));
    const walk = async (pages: { rows: object[]; total_pages?: number }[]): Promise<number[]> => {
      const server = await serve((request, response) => {
        const number = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page') ?? 1);
        const page = pages[number - 1] ?? { rows: [], total_pages: pages[0]?.total_pages };
        const pagination = page.total_pages === undefined ? {} : { total_pages: page.total_pages };
        json(response, { data: page.rows, meta: { pagination } });
      });
      const found = await v3.Product.using(server.session()).perPage(2).all();
      await server.close();
      return found.map(({ id }) => id);
    };
    expect(
      await walk([
        { rows: rows(1, 2), total_pages: 3 },
        { rows: [], total_pages: 3 },
        { rows: rows(3, 1), total_pages: 3 },
      ]),
    ).to.deep.equal([1, 2, 3]);
    // A page in the middle that says nothing at all does not end what the first page has promised.
    expect(await walk([{ rows: rows(1, 2), total_pages: 3 }, { rows: [] }, { rows: rows(3, 1), total_pages: 3 }])).to.deep.equal([1, 2, 3]);
    expect(
      await walk([
        { rows: rows(1, 2), total_pages: 0 },
        { rows: rows(3, 2), total_pages: 0 },
        { rows: rows(5, 1), total_pages: 0 },
      ]),
    ).to.deep.equal([1, 2, 3, 4, 5]);
    expect(
      await walk([
        { rows: rows(1, 2), total_pages: 900_000 },
        { rows: rows(3, 2), total_pages: 900_000 },
      ]),
    ).to.deep.equal([1, 2, 3, 4]);
    expect(await walk([{ rows: rows(1, 2) }, { rows: rows(3, 2) }, { rows: [] }])).to.deep.equal([1, 2, 3, 4]);
    expect(
      await walk([
        { rows: rows(1, 3), total_pages: 2 },
        { rows: rows(4, 1), total_pages: 2 },
      ]),
    ).to.deep.equal([1, 2, 3, 4]);
  });

  describe('without end', () => {
    type Answer = { rows: object[]; cursor?: string; total?: number };
    /** Walks what a store answers to the n-th request. */
    const walk = async (
      answer: (number: number, page: number) => Answer,
      work: (session: Session) => PromiseLike<unknown>,
    ): Promise<unknown> => {
      const server = await serve((request, response, number) => {
        const url = new URL(request.url ?? '', 'http://x');
        const { rows, cursor, total } = answer(number, Number(url.searchParams.get('page') ?? 1));
        const pagination = total === undefined ? {} : { pagination: { total, total_pages: Math.ceil(total / 2) } };
        const cursors = cursor === undefined ? {} : { cursor_pagination: { end_cursor: cursor, links: { next: `?after=${cursor}` } } };
        json(response, url.pathname.includes('/v2/') ? rows : { data: rows, meta: { ...pagination, ...cursors } });
      });
      try {
        return await work(server.session({ concurrency: 1 }));
      } finally {
        requests = server.requests.length;
        await server.close();
      }
    };
    let requests = 0;
    const pair = (at: number): object[] => [{ id: at * 2 + 1 }, { id: at * 2 + 2 }];
    const keyless = (at: number): object[] => [
      { day: at, sold: 1 },
      { day: at, sold: 2 },
    ];

    const ENDLESS: [string, (number: number, page: number) => Answer, (session: Session) => PromiseLike<unknown>, number][] = [
      ['A, A, A', () => ({ rows: pair(0), total: 1000 }), (session) => v3.Product.using(session).perPage(2).all(), 4],
      ['A, B, A, B', (_, page) => ({ rows: pair(page % 2), total: 1000 }), (session) => v3.Product.using(session).perPage(2).all(), 5],
      ['A, B, C, A', (_, page) => ({ rows: pair(page % 3), total: 1000 }), (session) => v3.Product.using(session).perPage(2).all(), 6],
      ['A, B, A, the end', (_, page) => ({ rows: pair(page % 2), total: 6 }), (session) => v3.Product.using(session).perPage(2).all(), 3],
      ['V2 that repeats its pages', () => ({ rows: pair(0) }), (session) => v2.Product.using(session).perPage(2).all(), 4],
      ['V2, two pages in turn', (_, page) => ({ rows: pair(page % 2) }), (session) => v2.Order.using(session).perPage(2).all(), 5],
      ['rows without keys', () => ({ rows: keyless(1) }), (session) => Report.using(session).perPage(2).all(), 4],
      ['rows without keys, in turn', (_, page) => ({ rows: keyless(page % 3) }), (session) => Report.using(session).perPage(2).all(), 6],
      [
        'empty pages',
        (_, page) => ({ rows: page === 1 ? pair(0) : [], total: 1000 }),
        (session) => v3.Product.using(session).perPage(2).all(),
        4,
      ],
      ['a cursor that repeats', () => ({ rows: pair(0), cursor: 'same' }), (session) => v3.Customer.using(session).perPage(2).all(), 4],
      [
        'cursors in turn',
        (number) => ({ rows: pair(number % 2), cursor: `c${number % 2}` }),
        (session) => v3.Customer.using(session).perPage(2).all(),
        5,
      ],
      ['a cursor over nothing', () => ({ rows: [], cursor: 'next' }), (session) => v3.Customer.using(session).perPage(2).all(), 3],
      [
        'stable(), where the filter is ignored',
        () => ({ rows: pair(0), total: 1000 }),
        (session) => v3.Product.using(session).perPage(2).stable().all(),
        4,
      ],
      [
        'a count of a list that is read',
        () => ({ rows: pair(0), total: 1000 }),
        (session) => v3.Product.using(session).where({ name: 'x' }).perPage(2).destroyAll(),
        4,
      ],
    ];
    for (const [name, answer, work, most] of ENDLESS)
      it(`ends: ${name}`, async () => {
        const error = (await walk(answer, (session) => rejection(work(session), BigRecordError))) as BigRecordError;
        expect(error.message).to.match(/^Page loop: GET \/v[23]\/[\w/]+ announces .* but page [\d, ]+ had none/);
        expect(requests, 'requests, with what was read ahead').to.be.at.most(most + 2);
      });

    it('goes on where the set has only shifted: one page, or two, without anything new', async () => {
      for (const shift of [1, 2]) {
        const rows = (page: number): object[] => pair(page <= 1 ? 0 : page <= 1 + shift ? 0 : page - shift - 1);
        const found = await walk(
          (_, page) => ({ rows: page > 4 + shift ? [] : rows(page), total: 2 * (4 + shift) }),
          (session) => v3.Product.using(session).perPage(2).pluck('id'),
        );
        expect(found).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8]);
      }
    });

    it('yields all rows without keys, those that are alike too', async () => {
      const pages = [[{ sold: 1 }, { sold: 1 }], [{ sold: 1 }, { sold: 2 }], [{ sold: 1 }]];
      const found = await walk(
        (_, page) => ({ rows: pages[page - 1] ?? [] }),
        (session) => Report.using(session).perPage(2).all(),
      );
      expect(found).to.have.length(5);
    });
  });

  it('refuses stable() where keys cannot be walked', async () => {
    @Resource('/coded', { version: 'v3', key: 'code', filters: { name: String } })
    class Coded extends Model {
      @Attribute() code!: string;
    }
    expect(() => Coded.stable()).to.throw(UnsupportedOperationError, 'does not support stable()');
    const server = await serve((_, response) => json(response, { data: [{ id: 2 }, { id: 1 }], meta: { pagination: { total_pages: 2 } } }));
    await rejection(v3.Product.using(server.session()).stable().all(), BigRecordError);
    await server.close();
  });
});
