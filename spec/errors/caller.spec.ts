import {
  ArgumentError,
  BelongsTo,
  BigRecordError,
  type BulkResult,
  HasMany,
  type HasMany as Many,
  Model,
  NetworkError,
  RecordNotFoundError,
  Resource,
  ServerError,
  type Session,
  ValidationError,
} from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { json, type Listening, serve, sessionAt } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';

const FILE = /caller\.spec\.(ts|js):\d+:\d+/;

@Resource('/nests', { version: 'v3' })
class Nest extends Model<Nest> {
  declare id: number;
  declare tree_id: number;
  @HasMany(() => Egg) declare eggs: Many<Egg>;
  @BelongsTo(() => Nest, { key: 'tree_id' }) declare tree: BelongsTo<Nest>;
}

@Resource('/nests/:nest_id/eggs', { version: 'v3' })
class Egg extends Model<Egg> {
  declare id: number;
  declare label: string;
}

/** Calls through so many asynchronous functions of a program. */
async function nested<T>(depth: number, call: () => PromiseLike<T>): Promise<T> {
  return depth === 0 ? await call() : await nested(depth - 1, call);
}

/** One way of calling the library, by a function whose name the stack has to show. */
const CALLS: Readonly<Record<string, (session: Session) => PromiseLike<unknown>>> = {
  find: async function theCaller(s) {
    await v3.Product.using(s).find(1);
  },
  'find (V2)': async function theCaller(s) {
    await v2.Product.using(s).find(1);
  },
  'find, its promise handed on': function theCaller(s) {
    return v2.Product.using(s).find(1);
  },
  'find of several': async function theCaller(s) {
    await v3.Product.using(s).find([1, 2, 3]);
  },
  all: async function theCaller(s) {
    await v3.Product.using(s).all();
  },
  'an awaited query': async function theCaller(s) {
    await v3.Product.using(s).where({ is_visible: true });
  },
  first: async function theCaller(s) {
    await v2.Customer.using(s).first();
  },
  findBy: async function theCaller(s) {
    await v3.Product.using(s).findBy({ sku: 'x' });
  },
  page: async function theCaller(s) {
    await v3.Product.using(s).page(2);
  },
  count: async function theCaller(s) {
    await v3.Product.using(s).count();
  },
  'count (V2)': async function theCaller(s) {
    await v2.Product.using(s).count();
  },
  exists: async function theCaller(s) {
    await v3.Product.using(s).exists({ sku: 'x' });
  },
  pluck: async function theCaller(s) {
    await v3.Product.using(s).pluck('name');
  },
  'iterating a query': async function theCaller(s) {
    for await (const _ of v3.Product.using(s).where({ is_visible: true }));
  },
  'iterating pages': async function theCaller(s) {
    for await (const _ of v3.Product.using(s).pages());
  },
  'iterating batches': async function theCaller(s) {
    for await (const _ of v3.Product.using(s).batches(10));
  },
  'a relation': async function theCaller(s) {
    await Nest.using(s).ref(1).eggs;
  },
  'iterating a relation': async function theCaller(s) {
    for await (const _ of Nest.using(s).ref(1).eggs);
  },
  'a query of a relation': async function theCaller(s) {
    await Nest.using(s).ref(1).eggs.where({ id: 1 });
  },
  'reloading a relation': async function theCaller(s) {
    await Nest.using(s).ref(1).eggs.reload();
  },
  'reloading a relation, its promise handed on': function theCaller(s) {
    return Nest.using(s).ref(1).eggs.reload();
  },
  'reloading a reference': async function theCaller(s) {
    await Nest.using(s).load({ id: 1, tree_id: 2 }).tree.reload();
  },
  'reloading a reference, its promise handed on': function theCaller(s) {
    return Nest.using(s).load({ id: 1, tree_id: 2 }).tree.reload();
  },
  'update in a relation': async function theCaller(s) {
    await Nest.using(s).ref(1).eggs.update(2, { label: 'x' });
  },
  'create in a relation': async function theCaller(s) {
    await Nest.using(s).ref(1).eggs.create({ label: 'x' });
  },
  save: async function theCaller(s) {
    const product = v3.Product.using(s).ref(1);
    product.name = 'x';
    await product.save();
  },
  'save, its promise handed on': function theCaller(s) {
    return v3.Product.using(s).ref(1).assign({ name: 'x' }).save();
  },
  'update of a record': async function theCaller(s) {
    await v2.Product.using(s).ref(1).update({ name: 'x' });
  },
  create: async function theCaller(s) {
    await v3.Product.using(s).create({ name: 'x', type: 'physical', weight: 1, price: 1 });
  },
  update: async function theCaller(s) {
    await v3.Product.using(s).update(1, { name: 'x' });
  },
  destroy: async function theCaller(s) {
    await v3.Product.using(s).destroy(1);
  },
  'destroy of a record': async function theCaller(s) {
    await v3.Product.using(s).ref(1).destroy();
  },
  reload: async function theCaller(s) {
    await v3.Product.using(s).ref(1).reload();
  },
  firstOrCreate: async function theCaller(s) {
    await v3.Product.using(s).firstOrCreate({ name: 'x' }, { type: 'physical', weight: 1, price: 1 });
  },
  deleteAll: async function theCaller(s) {
    await v3.Product.using(s).where({ brand_id: 1 }).deleteAll();
  },
  updateAll: async function theCaller(s) {
    (await v3.Product.using(s).where({ brand_id: 1 }).updateAll({ price: 1 })).orThrow();
  },
  'the rows of a bulk write': async function theCaller(s) {
    throw firstError(await v3.Customer.using(s).createMany([{ email: 'a@b.co', first_name: 'a', last_name: 'b' }]));
  },
  'the rows of an iterated bulk write': async function theCaller(s) {
    for await (const { error } of v3.Product.using(s).upsertMany([{ id: 1, name: 'x' } as never])) throw error;
  },
  'session.get': async function theCaller(s) {
    await s.get('/catalog/summary');
  },
  'session.post': async function theCaller(s) {
    await s.post('/catalog/summary', { body: {} });
  },
  'session.graphql': async function theCaller(s) {
    await s.graphql('query { a }');
  },
  'Model.request': async function theCaller(s) {
    await v3.Product.using(s).request('GET', 'x');
  },
};

function firstError({ failed }: BulkResult<object>): Error {
  return (failed[0] as { error: Error }).error;
}

function expectCaller(error: Error): void {
  expect(error.stack).to.contain(`${error.name}: ${error.message}`);
  const frame = (error.stack as string).split('\n').find((line) => line.includes('theCaller'));
  expect(frame, error.stack).to.match(FILE);
}

describe('the stack of an error names the line of the caller', () => {
  let server: Listening;
  let answers: { status: number; body: unknown };
  before(async () => {
    server = await serve((_, response) => json(response, answers.body, answers.status));
  });
  after(async () => server.close());

  const failures: readonly [string, () => Session, abstract new (...args: never[]) => Error][] = [
    [
      'status 404',
      () => {
        answers = { status: 404, body: { title: 'gone' } };
        return server.session({ retry: false });
      },
      RecordNotFoundError,
    ],
    [
      'status 422',
      () => {
        answers = { status: 422, body: { title: 'no', errors: { name: 'bad' } } };
        return server.session({ retry: false });
      },
      ValidationError,
    ],
    [
      'status 500 to the last',
      () => {
        answers = { status: 500, body: {} };
        return server.session({ retry: { limit: 1, baseMs: 1 } });
      },
      ServerError,
    ],
    ['a refused connection', () => sessionAt(1, { retry: false }), NetworkError],
  ];

  for (const [name, sessionOf, Class] of failures) {
    for (const [call, work] of Object.entries(CALLS)) {
      if (name === 'status 404' && call.startsWith('reloading a reference')) continue; // to nothing: `null`
      it(`${call}: ${name}`, async () => {
        const session = sessionOf();
        expectCaller(
          await rejection(
            nested(12, () => work(session)),
            Class,
          ),
        );
        await session.close();
      });
    }
  }

  it('an error before any request', async () => {
    const session = server.session();
    const wrong: Record<string, () => unknown> = {
      find: async function theCaller() {
        await v3.Product.using(session).find('../x');
      },
      where: async function theCaller() {
        await v3.Product.using(session).where({ name: undefined as never });
      },
      page: async function theCaller() {
        await v3.Product.using(session).page(0);
      },
      deleteAll: async function theCaller() {
        await v3.Product.using(session).where({}).deleteAll();
      },
      createMany: async function theCaller() {
        await v3.Product.using(session).createMany([7 as never]);
      },
    };
    for (const call of Object.values(wrong))
      expectCaller(
        await rejection(
          nested(12, async () => call()),
          ArgumentError,
        ),
      );
  });

  it('each of several finds that share a request, with an error of its own', async () => {
    for (const status of [500, 200]) {
      answers = { status, body: { data: [] } };
      const session = server.session({ retry: false });
      const { requests } = server;
      requests.length = 0;
      async function theCallerOne(): Promise<void> {
        await v3.Product.using(session).find(1);
      }
      async function theCallerTwo(): Promise<void> {
        await v3.Product.using(session).find(2);
      }
      const [one, two] = await Promise.all([
        rejection(
          nested(12, () => theCallerOne()),
          BigRecordError,
        ),
        rejection(
          nested(12, () => theCallerTwo()),
          BigRecordError,
        ),
      ]);
      expect(requests).to.have.length(1);
      expect(one).to.not.equal(two);
      for (const error of [one, two]) expectCaller(error);
      expect(one.stack).to.contain('theCallerOne').and.not.contain('theCallerTwo');
      expect(two.stack).to.contain('theCallerTwo').and.not.contain('theCallerOne');
      expect([one.constructor, Object.keys(one)]).to.deep.equal([two.constructor, Object.keys(two)]);
      await session.close();
    }
  });

  it('each of several that await relations which one request would load', async () => {
    const session = server.session({ retry: false });
    answers = { status: 200, body: { data: [1, 2, 3].map((id) => ({ id, tree_id: id === 1 ? 8 : 9 })), meta: {} } };
    const nests = await Nest.using(session).all();
    answers = { status: 500, body: {} };
    async function theCallerFirst(): Promise<void> {
      await nests[1]?.tree;
    }
    async function theCallerSecond(): Promise<void> {
      await nests[2]?.tree;
    }
    const [first, second] = await Promise.all([rejection(theCallerFirst()), rejection(theCallerSecond())]);
    expect(first.stack).to.contain('theCallerFirst').and.not.contain('theCallerSecond');
    expect(second.stack).to.contain('theCallerSecond').and.not.contain('theCallerFirst');
    await session.close();
  });

  it('a page that was asked for ahead', async () => {
    const far = await serve(({ url }, response) => {
      const page = Number(new URL(url as string, 'http://x').searchParams.get('page') ?? 1);
      if (page === 5) return json(response, {}, 500);
      json(response, { data: [{ id: page }], meta: { pagination: { total: 9, total_pages: 9, current_page: page } } });
    });
    const session = far.session({ retry: false });
    async function theCallerOfAll(): Promise<void> {
      await v3.Product.using(session).perPage(1).all();
    }
    async function theCallerOfPages(): Promise<void> {
      for await (const _ of v3.Product.using(session).perPage(1));
    }
    for (const call of [theCallerOfAll, theCallerOfPages])
      expectCaller(
        await rejection(
          nested(12, () => call()),
          ServerError,
        ),
      );
    await far.close();
  });

  it('a save that waited for another of the same record', async () => {
    answers = { status: 422, body: { title: 'no' } };
    const session = server.session({ retry: false });
    const product = v3.Product.using(session).ref(1);
    product.name = 'x';
    async function theCaller(): Promise<void> {
      await product.save();
    }
    const [one, two] = await Promise.all([rejection(product.save()), rejection(nested(12, () => theCaller()))]);
    expect(one).to.not.equal(two);
    expectCaller(two);
    await session.close();
  });

  it('keeps the class, name and fields of an error, and what a program writes to its stack', async () => {
    answers = { status: 404, body: { title: 'gone' } };
    const session = server.session({ retry: false });
    const error = await rejection(session.get('/x'), RecordNotFoundError);
    expect(Object.keys(error)).to.not.contain('stack');
    expect(error.stack).to.match(/^RecordNotFoundError: GET \/v3\/x returned 404/);
    error.stack = 'mine';
    expect(error.stack).to.equal('mine');
    await session.close();
  });

  it('heeds a program that has turned stacks off', async () => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      const error = new BigRecordError('quiet');
      expect(error.stack).to.equal('BigRecordError: quiet');
      expect(Error.stackTraceLimit).to.equal(0);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  });
});
