import { inspect, isDeepStrictEqual } from 'node:util';
import { ArgumentError, BigRecordError, RecordNotFoundError, ServerError, Session } from 'bigrecord';
import type { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { fillProducts } from '../../support/big-store.js';
import { settled } from '../../support/waiting.js';
import { answer, type Fault, failureOf, outcomeOf, pause, range, row, withStore, withTcp } from './fault.js';

const ids = (records: readonly { id: number }[]): number[] => records.map(({ id }) => id);

/** A store of so many products, from id 1. */
const withProducts = (count: number, work: (store: Sandbox, session: Session) => Promise<unknown>): Promise<void> =>
  withStore(
    async (store, session) => {
      fillProducts(store, count);
      await work(store, session);
    },
    { seed: false },
  );

/** A list that answers each page as it is told; a page is asked for by its number. */
const pages = (page: (number: number) => object, work: (session: Session, asked: () => number[]) => Promise<unknown>): Promise<void> => {
  const asked: number[] = [];
  return withTcp(
    (socket, text) => {
      const number = Number(/[?&]page=(\d+)/.exec(text)?.[1] ?? 1);
      asked.push(number);
      answer(socket, page(number));
    },
    (session) => work(session, () => asked),
  );
};

const full = (number: number, size = 250): { id: number }[] => range(size).map((at) => ({ id: (number - 1) * 250 + at }));
const meta = (total: number, total_pages: number, current_page: number) => ({
  pagination: { total, total_pages, current_page, per_page: 250, count: 250 },
});

const read: Record<string, (session: Session) => Promise<number[]>> = {
  all: async (session) => ids(await v3.Product.using(session).all()),
  'for await': async (session) => {
    const seen: number[] = [];
    for await (const { id } of v3.Product.using(session).where({})) seen.push(id);
    return seen;
  },
  pages: async (session) => {
    const seen: number[] = [];
    for await (const page of v3.Product.using(session).pages()) seen.push(...ids(page.items));
    return seen;
  },
};

/** A list that lies about itself, read in every way; what must be read of it. */
const lyingList = (
  id: string,
  name: string,
  expected: string,
  page: (number: number) => object,
  due: readonly number[] | 'an error',
): Fault =>
  row(
    id,
    name,
    expected,
    'TCP',
    Object.fromEntries(
      Object.entries(read).map(([operation, run]) => [
        operation,
        () =>
          pages(page, async (session, asked) => {
            const { value, error } = await outcomeOf(() => run(session));
            if (due === 'an error') expect(error).to.be.instanceOf(BigRecordError);
            else expect(value).to.deep.equal(due);
            expect(asked().length).to.be.below(40);
          }),
      ]),
    ),
  );

const circular = async (session: Session): Promise<v3.Product> => {
  const product = await v3.Product.using(session).find(1);
  const brand = await product.brand;
  expect(brand).to.be.instanceOf(v3.Brand);
  return product;
};

/** Looking at a record in every way must ask the store for nothing. */
const looking = (name: string, look: (product: v3.Product, session: Session) => unknown) =>
  [
    name,
    () =>
      withProducts(3, async (store, session) => {
        const product = await circular(session);
        const before = store.requests.length;
        await look(product, session);
        await pause(2);
        expect(store.requests.length).to.equal(before);
      }),
  ] as const;

export const reads: readonly Fault[] = [
  row('P1', 'records of earlier pages are deleted during iteration', '`stable()` misses none that stays; no record twice', 'sandbox', {
    'stable()': () =>
      withProducts(900, async (_, session) => {
        const seen: number[] = [];
        for await (const { id } of v3.Product.using(session).stable()) {
          seen.push(id);
          if (id % 100 === 0) await v3.Product.using(session).destroy(id - 50);
        }
        expect(new Set(seen).size).to.equal(seen.length);
        const removed = new Set(range(9).map((at) => at * 100 - 50));
        expect(range(900).filter((id) => !removed.has(id) && !seen.includes(id))).to.deep.equal([]);
      }),
    destroy: () =>
      withProducts(600, async (_, session) => {
        let left = 0;
        for await (const product of v3.Product.using(session).stable()) if (product.id % 2 === 0) await product.destroy();
        for (const { id } of await v3.Product.using(session).all()) if (id % 2 === 0) left++;
        expect(left).to.equal(0);
      }),
  }),
  row('P2', 'records are inserted before the place of a walk', 'no record twice', 'sandbox', {
    'for await': () =>
      withProducts(600, async (store, session) => {
        const seen: number[] = [];
        for await (const { id } of v3.Product.using(session).order('id', 'desc')) {
          seen.push(id);
          if (seen.length % 200 === 0)
            store.insert(v3.Product as never, [{ id: 1000 + seen.length, name: `N${seen.length}`, type: 'physical', weight: 1, price: 1 }]);
        }
        expect(new Set(seen).size).to.equal(seen.length);
      }),
  }),
  row('P3', 'what a query finds is deleted while it is walked', 'all of it is gone after one run', 'sandbox', {
    destroyAll: () =>
      withProducts(700, async (_, session) => {
        (await v3.Product.using(session).where({ is_visible: true }).destroyAll()).orThrow();
        expect(await v3.Product.using(session).count()).to.equal(0);
      }),
    'deleteAll (V2)': () =>
      withStore(async (_, session) => {
        await v2.Product.using(session)
          .where({ min_id: 2 } as never)
          .deleteAll();
        expect(ids(await v2.Product.using(session).all())).to.deep.equal([1]);
      }),
  }),
  lyingList(
    'P4',
    'every page is the first page',
    'BigRecordError "page loop"; iteration ends',
    () => ({ data: full(1), meta: meta(1000, 4, 1) }),
    'an error',
  ),
  lyingList(
    'P4',
    'every page is the first page, without totals',
    'BigRecordError "page loop"; iteration ends',
    () => ({ data: full(1) }),
    'an error',
  ),
  lyingList(
    'P4a',
    'pages alternate: 1, 2, 3, 1, 2, 3',
    'BigRecordError "page loop"; iteration ends',
    (n) => ({ data: full(((n - 1) % 3) + 1), meta: meta(100_000, 400, n) }),
    'an error',
  ),
  lyingList(
    'P4b',
    'rows have no key, and every page is the same',
    'BigRecordError "page loop"; iteration ends',
    () => ({ data: range(250).map((at) => ({ name: `N${at}` })), meta: meta(100_000, 400, 1) }),
    'an error',
  ),
  lyingList(
    'P4c',
    'a page of nothing but records that came before, as after insertions',
    'iteration continues',
    (n) => ({ data: full(n < 3 ? n : n === 3 ? 2 : n - 1), meta: meta(1000, 4, n) }),
    range(750),
  ),
  lyingList(
    'P5a',
    'pages are empty while the total says more',
    'BigRecordError; nothing is taken for the end that is none',
    (n) => ({ data: n === 1 ? full(n) : [], meta: meta(5000, 20, n) }),
    'an error',
  ),
  lyingList('P5', 'total_pages is 0', 'all pages are read', (n) => ({ data: n <= 2 ? full(n) : [], meta: meta(500, 0, n) }), range(500)),
  lyingList(
    'P5',
    'total_pages is a thousand',
    'ends behind the last record',
    (n) => ({ data: n <= 2 ? full(n) : [], meta: meta(500, 1000, n) }),
    range(500),
  ),
  lyingList(
    'P5',
    'total_pages shrinks',
    'ends, and misses nothing that came',
    (n) => ({ data: n <= 3 ? full(n) : [], meta: meta(750, n === 1 ? 3 : 2, n) }),
    range(750),
  ),
  lyingList('P5', 'total_pages is missing', 'all pages are read', (n) => ({ data: n <= 2 ? full(n) : [], meta: {} }), range(500)),
  lyingList(
    'P6',
    'a page in the middle is empty',
    'goes on while the totals say more',
    (n) => ({ data: n === 2 ? [] : full(n), meta: meta(750, 3, n) }),
    [...range(250), ...full(3).map(({ id }) => id)],
  ),
  lyingList(
    'P7',
    'pages are smaller than requested',
    'nothing is lost',
    (n) => ({
      data: range(10).map((at) => ({ id: (n - 1) * 10 + at })),
      meta: { pagination: { total: 50, total_pages: 5, current_page: n, per_page: 10 } },
    }),
    range(50),
  ),
  lyingList(
    'P7',
    'a page is larger than requested',
    'nothing is lost',
    () => ({ data: range(300).map((id) => ({ id })), meta: meta(300, 1, 1) }),
    range(300),
  ),
  lyingList(
    'P8',
    '`links.next` leads to another host',
    'never followed',
    (n) => ({
      data: n <= 2 ? full(n) : [],
      meta: { pagination: { ...meta(500, 2, n).pagination, links: { next: 'http://169.254.169.254/latest' } } },
    }),
    range(500),
  ),
  row(
    'P10',
    'the fourth page of six fails',
    'what came before it is yielded; the error comes once, at its place; no request afterwards',
    'sandbox',
    {
      'for await': () =>
        failingPage(async (session, seen) => {
          for await (const { id } of v3.Product.using(session).where({})) seen.push(id);
        }),
      pages: () =>
        failingPage(async (session, seen) => {
          for await (const page of v3.Product.using(session).pages()) seen.push(...ids(page.items));
        }),
      batches: () =>
        failingPage(async (session, seen) => {
          for await (const batch of v3.Product.using(session).batches(125)) seen.push(...ids(batch));
        }),
    },
  ),
  row('P11', 'a loop is left early', 'what was asked for ahead is ended; no request afterwards', 'sandbox', {
    'for await': () =>
      withProducts(2000, async (store, session) => {
        for await (const { id } of v3.Product.using(session).where({})) if (id === 3) break;
        expect(await settled(() => store.requests.length)).to.be.below(6); // of eight pages
      }),
    'for await with a throw': () =>
      withProducts(2000, async (store, session) => {
        await failureOf(async () => {
          for await (const { id } of v3.Product.using(session).where({})) if (id === 3) throw new RangeError('mine');
        }, RangeError);
        expect(await settled(() => store.requests.length)).to.be.below(6);
      }),
  }),
  row('P12', 'a walk over 20,000 records', 'no page is held longer than it is used', 'TCP', {
    'for await': () =>
      pages(
        (n) => ({ data: n <= 80 ? full(n) : [], meta: meta(20_000, 80, n) }),
        async (session) => {
          let count = 0;
          const refs: WeakRef<object>[] = [];
          for await (const product of v3.Product.using(session).where({})) if (++count % 1000 === 0) refs.push(new WeakRef(product));
          expect(count).to.equal(20_000);
          const { setFlagsFromString } = await import('node:v8');
          setFlagsFromString('--expose-gc');
          (await import('node:vm')).runInNewContext('gc')();
          await pause(1);
          (await import('node:vm')).runInNewContext('gc')();
          expect(refs.filter((ref) => ref.deref() !== undefined).length).to.be.at.most(4);
        },
      ),
  }),
  row('P13', 'a page of 50 products with 300 variants each', 'read whole, in one request', 'TCP', {
    all: () =>
      pages(
        () => ({
          data: range(50).map((id) => ({ id, name: `P${id}`, variants: range(300).map((at) => ({ id: id * 1000 + at, sku: `S${at}` })) })),
          meta: meta(50, 1, 1),
        }),
        async (session, asked) => {
          const products = await v3.Product.using(session).include('variants').all();
          let variants = 0;
          for (const product of products) variants += (await product.variants).length;
          expect([variants, asked().length]).to.deep.equal([15_000, 1]);
        },
      ),
  }),
  row('P15', 'what is loaded for 100 records at once fails', 'all of them are told; it was asked for once', 'sandbox', {
    relation: () =>
      withProducts(100, async (store, session) => {
        const products = await v3.Product.using(session).all();
        store.fail({ status: 500, times: 99, path: '/v3/catalog/brands' });
        const before = store.requests.length;
        const results = await Promise.allSettled(products.map(async (product) => await product.brand));
        expect(results.every(({ status }) => status === 'rejected')).to.equal(true);
        expect(store.requests.length - before).to.equal(4);
      }),
  }),
  row('P16', 'the same is asked of two stores in one tick', 'never asked together; each store gets its own', 'sandbox', {
    find: () =>
      withProducts(20, (one, first) =>
        withProducts(20, async (two, second) => {
          await Promise.all(range(20).flatMap((id) => [first, second].map((session) => v3.Product.using(session).find(id))));
          expect([one.requests.length, two.requests.length]).to.deep.equal([1, 1]);
        }),
      ),
    relation: () =>
      withProducts(20, (one, first) =>
        withProducts(20, async (two, second) => {
          const products = (await Promise.all([first, second].map((session) => v3.Product.using(session).all()))).flat();
          await Promise.all(products.map(async (product) => await product.brand));
          expect([one.requests.length, two.requests.length]).to.deep.equal([2, 2]);
        }),
      ),
  }),
  row(
    'P17',
    'ids in any order, doubled, missing, and thousands of them',
    'the order is kept; one error names all that are missing; addresses stay short',
    'sandbox',
    {
      'find([3, 1, 3])': () =>
        withProducts(5, async (_, session) => expect(ids(await v3.Product.using(session).find([3, 1, 3]))).to.deep.equal([3, 1, 3])),
      'find([1, 1]) is one record': () =>
        withProducts(5, async (store, session) => {
          const [a, b] = await v3.Product.using(session).find([1, 1]);
          expect(a).to.equal(b);
          expect(store.requests).to.have.length(1);
        }),
      'where: parts of a list without records end nothing': () =>
        withProducts(5, async (_, session) => {
          const query = v3.Product.using(session).where({ id: { in: [...range(1500).map((at) => 9000 + at), 2, 1] } });
          expect(ids(await query)).to.deep.equal([2, 1]);
          expect((await query.first())?.id).to.equal(2);
        }),
      'find with missing': () =>
        withProducts(5, async (_, session) => {
          const error = await failureOf(() => v3.Product.using(session).find([9, 1, 8]), RecordNotFoundError);
          expect(error.message).to.contain('9, 8');
        }),
      'find of 2,000': () =>
        withProducts(2000, async (store, session) => {
          const wanted = range(2000).reverse();
          expect(ids(await v3.Product.using(session).find(wanted))).to.deep.equal(wanted);
          expect(Math.max(...store.requests.map(({ url }) => url.length))).to.be.below(4000);
          expect(store.requests.length).to.be.at.most(8);
        }),
    },
  ),
  row('P18', 'an empty list', 'null or []', 'sandbox', {
    'first (V2)': () => withStore(async (_, session) => expect(await v2.Product.using(session).first()).to.equal(null), { seed: false }),
    'all (V2)': () => withStore(async (_, session) => expect(await v2.Product.using(session).all()).to.deep.equal([]), { seed: false }),
    'first (V3)': () => withStore(async (_, session) => expect(await v3.Product.using(session).first()).to.equal(null), { seed: false }),
    findBy: () =>
      withStore(async (_, session) => expect(await v3.Customer.using(session).findBy({ email: 'x@example.com' } as never)).to.equal(null), {
        seed: false,
      }),
  }),
  row('P19', 'a record is read again that is gone', 'RecordNotFoundError; it keeps its data', 'sandbox', {
    reload: () =>
      withProducts(2, async (_, session) => {
        const product = await v3.Product.using(session).find(1);
        await v3.Product.using(session).destroy(1);
        await failureOf(() => product.reload(), RecordNotFoundError);
        expect(product.name).to.equal('Product 1');
      }),
  }),
  row(
    'P20',
    'a record is printed, copied, compared or awaited that knows others in a circle',
    'no endless recursion, no request',
    'sandbox',
    Object.fromEntries([
      looking('inspect', (product) => inspect(product, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true })),
      looking('JSON.stringify', (product) => JSON.stringify({ product })),
      looking('toObject', (product) => product.toObject({ include: ['brand'] })),
      looking('structuredClone', (product) => structuredClone(product.toObject())),
      looking('deep equality', (product) => isDeepStrictEqual(product, product.clone())),
      looking('chai deep equality', (product) => expect(product).to.not.deep.equal(product.clone())),
      looking('await', async (product) => await product),
      looking('Object.keys and spread', (product) => [...Object.keys(product), ...Object.keys({ ...product })]),
      looking('a template', (product) => `${product}`),
    ]),
  ),
  row('P10', 'a relation of a page is awaited, and fails', 'the error comes where it is awaited; awaiting it again asks again', 'sandbox', {
    relation: () =>
      withProducts(3, async (store, session) => {
        const [product] = await v3.Product.using(session).all();
        store.fail({ status: 400, path: '/v3/catalog/brands' });
        await failureOf(async () => await product?.brand, BigRecordError);
        expect(await product?.brand).to.be.instanceOf(v3.Brand);
      }),
  }),
  row(
    'P7',
    'a page, limit or size that is not a whole number',
    'ArgumentError; nothing is sent',
    'caller',
    Object.fromEntries(
      [0, -1, 1.5, Number.NaN, '2', null].flatMap((bad) => [
        [`page(${bad})`, () => refused((session) => v3.Product.using(session).page(bad as never))],
        [
          `limit(${bad})`,
          () =>
            bad === 0
              ? Promise.resolve()
              : refused((session) =>
                  v3.Product.using(session)
                    .limit(bad as never)
                    .all(),
                ),
        ],
        [
          `perPage(${bad})`,
          () =>
            refused((session) =>
              v3.Product.using(session)
                .perPage(bad as never)
                .all(),
            ),
        ],
      ]),
    ),
  ),
];

const refused = (work: (session: Session) => unknown): Promise<void> =>
  withTcp(
    (socket) => answer(socket, { data: [] }),
    async (session, { requests }) => {
      await failureOf(async () => await work(session), ArgumentError);
      expect(requests).to.deep.equal([]);
    },
  );

function failingPage(work: (session: Session, seen: number[]) => Promise<void>): Promise<void> {
  return withProducts(1500, async (_, session) => {
    session.use(async (request, next) => {
      const answered = await next(request);
      return request.query['page'] === 4 ? { ...answered, status: 500, body: undefined } : answered;
    });
    const seen: number[] = [];
    let asked = 0;
    session.on('request', () => asked++);
    await failureOf(() => work(session, seen), ServerError);
    expect(seen.length).to.be.at.most(750);
    expect(seen).to.deep.equal(range(seen.length));
    const then = asked;
    await pause(60);
    expect(asked).to.equal(then);
  });
}
