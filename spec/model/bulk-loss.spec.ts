import { ArgumentError, BeforeSave, BulkError, type BulkResult, Resource, type Session, UncertainOutcomeError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { fillProducts } from '../support/big-store.js';
import { json, type Listening, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';
import { sent, useStore } from '../support/store.js';

type Ended = Error & { result: BulkResult<v3.Customer> };
type Row = { first_name: string; last_name: string; email: string };

const person = (at: number): Row => ({ first_name: `F${at}`, last_name: 'L', email: `c${at}@example.com` });
const people = (count: number): Row[] => Array.from({ length: count }, (_, at) => person(at));
const emails = (list: readonly { email: string }[]): string[] => list.map(({ email }) => email);
const failedEmails = ({ failed }: BulkResult<v3.Customer>): string[] => failed.map(({ record }) => record.email);

/** What a run came to that is iterated. */
async function iterated(run: AsyncIterable<{ status: string; error?: Error | undefined }>) {
  const outcomes: { status: string; error?: Error | undefined }[] = [];
  const error = await rejection(async () => {
    for await (const outcome of run) outcomes.push(outcome);
  });
  return { outcomes, error };
}

@Resource()
class Shy extends v3.Customer {
  @BeforeSave() check(): void {
    if (this.first_name === 'F3') throw new Error('not me');
  }
}

describe('a bulk run that ends early loses nothing of what was done', () => {
  const context = useStore({ seed: false });

  const endings: Readonly<Record<string, { rows: () => unknown; error: RegExp; left: number }>> = {
    'a row that is null': { rows: () => [...people(25), null, ...people(40).slice(30)], error: /each entry must be an object/, left: 10 },
    'a row that is undefined': { rows: () => [...people(25), undefined], error: /each entry must be an object/, left: 0 },
    'a row that is a text': { rows: () => [...people(25), 'text'], error: /each entry must be an object/, left: 0 },
    'a row that is a list': { rows: () => [...people(25), []], error: /each entry must be an object/, left: 0 },
    'a getter that throws': {
      rows: () => [
        ...people(25),
        {
          get email(): string {
            throw new Error('no such column');
          },
        },
      ],
      error: /no such column/,
      left: 0,
    },
    'a source that throws half-way': {
      rows: function* () {
        yield* people(25);
        throw new Error('the file ends here');
      },
      error: /the file ends here/,
      left: 0,
    },
    'an asynchronous source that rejects half-way': {
      rows: async function* () {
        yield* people(25);
        throw new Error('the stream ends here');
      },
      error: /the stream ends here/,
      left: 0,
    },
  };

  for (const [name, { rows, error: expected, left }] of Object.entries(endings)) {
    const source = (): never => (typeof rows() === 'object' && !(Symbol.iterator in Object(rows())) ? rows() : rows()) as never;
    for (const concurrency of [1, 3]) {
      it(`${name}, awaited, ${concurrency} at once`, async () => {
        const error = (await rejection(v3.Customer.createMany(source(), { concurrency }))) as Ended;
        expect(error.message).to.match(expected);
        const { succeeded, failed, requests } = error.result;
        expect(emails(succeeded)).to.deep.equal(emails(people(20)));
        expect(succeeded.every(({ id }) => id > 0)).to.equal(true);
        expect(requests).to.equal(2);
        expect(failed).to.have.length(5 + left);
        expect(failedEmails(error.result).slice(0, 5)).to.deep.equal(emails(people(25).slice(20)));
        for (const { error: own } of failed) expect(own.message).to.match(/^This record was not sent: .*Nothing was stored\.$/);
        expect(Object.keys(error)).to.not.contain('result');
        expect(await v3.Customer.count()).to.equal(20);
      });
    }

    it(`${name}, iterated`, async () => {
      const { outcomes, error } = await iterated(v3.Customer.createMany(source(), { concurrency: 2 }));
      expect(error.message).to.match(expected);
      expect(outcomes.filter(({ status }) => status === 'succeeded')).to.have.length(20);
      expect(outcomes.filter(({ status }) => status === 'failed')).to.have.length(5 + left);
    });
  }

  /** Answers the first list, and is told of the second, which it never answers. */
  const leaving = (onSecond: () => void): Promise<Listening> =>
    serve(({ body }, response, number) => {
      if (number > 1) return onSecond();
      json(response, { data: (JSON.parse(body) as Row[]).map((row, at) => ({ id: at + 1, ...row })) });
    });

  it('an abort: what was under way is unknown, what waited is not sent', async () => {
    const abort = new AbortController();
    const server = await leaving(() => abort.abort(new Error('enough')));
    const run = v3.Customer.using(server.session()).createMany(people(60), { concurrency: 1, signal: abort.signal });
    const error = (await rejection(run)) as Ended;
    expect(error).to.equal(abort.signal.reason);
    const { succeeded, failed } = error.result;
    expect([succeeded.length, failed.length]).to.deep.equal([10, 50]);
    const unknown = failed.filter(({ error: own }) => own instanceof UncertainOutcomeError);
    expect(unknown).to.have.length(10);
    expect(unknown[0]?.error.message).to.contain('was aborted after it may have been sent').and.to.contain('look before you repeat it');
    expect(failed.filter(({ error: own }) => /was not sent/.test(own.message))).to.have.length(40);
    await server.close();
  });

  it('an abort of changes under way leaves these unknown', async () => {
    const abort = new AbortController();
    const server = await leaving(() => abort.abort(new Error('enough')));
    const Product = v3.Product.using(server.session());
    const products = Array.from({ length: 30 }, (_, at) => Product.load({ id: at + 1, price: 0 }));
    for (const product of products) product.price = 5;
    const error = (await rejection(v3.Product.saveMany(products, { concurrency: 1, signal: abort.signal }))) as Error & {
      result: BulkResult<v3.Product>;
    };
    const { succeeded, failed } = error.result;
    expect([succeeded.length, failed.length]).to.deep.equal([10, 20]);
    expect(failed[0]?.error).to.be.instanceOf(UncertainOutcomeError);
    expect(failed[0]?.error.message).to.contain('was aborted while running (enough)').and.to.contain('may have been changed');
    expect(failed.at(-1)?.error.message).to.contain('was not sent');
    expect(products.filter(({ isDirty }) => isDirty)).to.have.length(20);
    await server.close();
  });

  it('a reason that cannot carry a result, or carries that of another run, is the cause of a BulkError that does', async () => {
    const reason = 'stop';
    const text = await rejection<BulkError>(v3.Customer.createMany(people(3), { signal: AbortSignal.abort(reason) }), BulkError);
    expect([text.cause, text.result.succeeded, text.result.requests]).to.deep.equal([reason, [], 0]);
    const frozen = Object.freeze(new Error('frozen'));
    const source = function* (): Generator<Row> {
      yield* people(10);
      throw frozen;
    };
    const other = await rejection<BulkError>(v3.Customer.createMany(source()), BulkError);
    expect([other.cause, other.result.succeeded.length]).to.deep.equal([frozen, 10]);
    const shared = AbortSignal.abort(new Error('for both'));
    const [first, second] = await Promise.all([
      rejection(v3.Customer.createMany(people(1), { signal: shared })),
      rejection(v3.Customer.createMany(people(2), { signal: shared })),
    ]);
    expect(first).to.equal(shared.reason);
    expect(second).to.be.instanceOf(BulkError);
    expect(second.cause).to.equal(shared.reason);
  });

  it('a source that hangs does not hold up an abort', async () => {
    const abort = new AbortController();
    async function* source(): AsyncGenerator<Row> {
      yield* people(10);
      await new Promise(() => {});
    }
    const run = v3.Customer.createMany(source(), { signal: abort.signal, onProgress: () => abort.abort(new Error('enough')) });
    const error = (await rejection(run)) as Ended;
    expect(error.result.succeeded).to.have.length(10);
  });

  it('a session that is closed in between', async () => {
    let posts = 0;
    context.session.on('response', () => {
      if (++posts === 2) void context.session.close();
    });
    const { succeeded, failed } = await v3.Customer.using(context.session).createMany(people(50), { concurrency: 1 });
    expect(emails(succeeded)).to.deep.equal(emails(people(20)));
    expect(failed).to.have.length(30);
    for (const { error } of failed) expect(error.message).to.contain('Nothing was sent');
  });

  it('a session that is aborted in between leaves what was under way unknown', async () => {
    let session: Session | undefined;
    const server = await leaving(() => void session?.close({ abort: true }));
    session = server.session();
    const { succeeded, failed } = await v3.Customer.using(session).createMany(people(40), { concurrency: 1 });
    expect(succeeded).to.have.length(10);
    const unknown = failed.filter(({ error }) => error instanceof UncertainOutcomeError);
    expect([unknown.length, failed.length]).to.deep.equal([10, 30]);
    await server.close();
  });

  it('onProgress that throws or rejects ends nothing', async () => {
    for (const onProgress of [
      () => {
        throw new Error('bar is broken');
      },
      async () => {
        throw new Error('bar is broken');
      },
    ]) {
      const { succeeded } = await v3.Customer.createMany(people(20), { onProgress });
      expect(succeeded).to.have.length(20);
      await v3.Customer.destroyMany(succeeded);
      let seen = 0;
      for await (const { status } of v3.Customer.createMany(people(20), { onProgress })) if (status === 'succeeded') seen++;
      expect(seen).to.equal(20);
      await v3.Customer.where({ id: { min: 1 } }).destroyAll();
    }
  });

  it('one record that cannot be written fails alone', async () => {
    fillProducts(context.store, 120, true);
    const rows = Array.from({ length: 120 }, (_, at) => ({ sku: at === 60 ? 'UNKNOWN' : `p-${at + 1}-v`, price: 4 }));
    const known = (await v3.ProductVariant.all()).slice(0, 110);
    const { succeeded, failed } = await v3.ProductVariant.upsertMany([
      ...known.slice(0, 60).map(({ sku }) => ({ sku, price: 4 })),
      { sku: 'UNKNOWN', price: 4 },
      ...known.slice(60).map(({ sku }) => ({ sku, price: 4 })),
    ]);
    expect(rows).to.have.length(120);
    expect([succeeded.length, failed.length]).to.deep.equal([110, 1]);
    expect(failed[0]?.record.sku).to.equal('UNKNOWN');
    expect(failed[0]?.error).to.be.instanceOf(ArgumentError);
    expect(failed[0]?.error.message).to.contain('product_id');
    const shy = await Shy.createMany(people(12));
    expect([shy.succeeded.length, shy.failed[0]?.error.message]).to.deep.equal([11, 'not me']);
  });

  it('look-ups count, and are under way while others are', async () => {
    fillProducts(context.store, 10);
    context.store.latency = 30;
    let most = 0;
    let underWay = 0;
    context.session.use(async (request, next) => {
      if (request.method !== 'GET') return next(request);
      most = Math.max(most, ++underWay);
      try {
        return await next(request);
      } finally {
        underWay--;
      }
    });
    const { requests } = await v3.Product.upsertMany(
      Array.from({ length: 600 }, (_, at) => ({ sku: `p-${at + 1}`, name: `N${at}`, type: 'physical', weight: 1, price: 1 })),
      { concurrency: 8 },
    );
    expect(requests).to.equal(sent(context.store).length);
    expect(sent(context.store).filter((line) => line.startsWith('GET'))).to.have.length(3);
    expect(most).to.be.greaterThan(1);
  });

  it('a list with an entry that cannot be read, or with a hole', async () => {
    const unreadable = people(3);
    Object.defineProperty(unreadable, 1, {
      get: () => {
        throw new Error('no such row');
      },
    });
    const first = (await rejection(v3.Customer.createMany(unreadable))) as Ended;
    expect([first.message, failedEmails(first.result)]).to.deep.equal(['no such row', [person(0).email, person(2).email]]);
    const sparse = people(3);
    delete sparse[1];
    const second = (await rejection(v3.Customer.createMany(sparse))) as Ended;
    expect(second.message).to.contain('each entry must be an object of attributes or a record, got undefined');
    expect(failedEmails(second.result)).to.deep.equal([person(0).email, person(2).email]);
  });

  it('rows that wait for their look-up when a source throws or the run is aborted are reported', async () => {
    const rows = function* (end: () => void): Generator<{ sku: string; price: number }> {
      for (let at = 1; at <= 5; at++) yield { sku: `p-${at}`, price: at };
      end();
    };
    const skus = ({ result }: Error & { result: BulkResult<v3.Product> }) => result.failed.map(({ record }) => record.sku);
    const broken = (): never => {
      throw new Error('the file ends here');
    };
    const all = ['p-1', 'p-2', 'p-3', 'p-4', 'p-5'];
    for (const run of [v3.Product.updateMany(rows(broken), { by: 'sku' }), v3.Product.upsertMany(rows(broken))]) {
      const error = (await rejection(run)) as Error & { result: BulkResult<v3.Product> };
      expect([error.message, skus(error)]).to.deep.equal(['the file ends here', all]);
    }
    const aborting = new AbortController();
    const hanging = async function* (): AsyncGenerator<{ sku: string; price: number }> {
      yield* rows(() => {});
      setTimeout(() => aborting.abort(new Error('enough')), 5);
      await new Promise(() => {});
    };
    const error = await rejection(v3.Product.updateMany(hanging(), { by: 'sku', signal: aborting.signal }));
    expect(skus(error as Error & { result: BulkResult<v3.Product> })).to.deep.equal(all);
    expect(sent(context.store)).to.deep.equal([]);
  });

  /** A store that fails the look-ups which name a SKU, and does all else. */
  const failingLookUpOf = (sku: string): Promise<Listening> =>
    serve(({ method, url, body }, response) => {
      const { pathname, searchParams } = new URL(url ?? '', 'http://store');
      const named = (searchParams.get('sku:in') ?? searchParams.get('sku') ?? '').split(',');
      const isFirstPage = (searchParams.get('page') ?? '1') === '1';
      const rows = (isFirstPage ? named : []).map((each) => ({ id: Number(each.slice(1)) + 1, sku: each }));
      if (method === 'PUT') {
        const given = JSON.parse(body) as object;
        return json(response, Array.isArray(given) ? { data: given } : { id: Number(pathname.split('/').at(-1)), ...given });
      }
      if (named.includes(sku)) return json(response, { title: 'down' }, 500);
      json(response, pathname.includes('/v2/') ? rows : { data: rows });
    });
  const priced = <T>(count: number, price: (at: number) => T) =>
    Array.from({ length: count }, (_, at) => ({ sku: `k${at}`, price: price(at) }));

  it('a look-up that fails fails its rows, and no others', async () => {
    const server = await failingLookUpOf('k300');
    const session = server.session({ retry: false });
    const runs = {
      updateMany: v3.Product.using(session).updateMany(priced(600, Number), { by: 'sku' }),
      upsertMany: v3.Product.using(session).upsertMany(priced(600, Number)),
    };
    for (const [name, run] of Object.entries(runs)) {
      const { succeeded, failed } = await run;
      expect([succeeded.length, failed.length], name).to.deep.equal([350, 250]);
      expect([failed[0]?.record.sku, failed.at(-1)?.record.sku], name).to.deep.equal(['k250', 'k499']);
      expect([failed[0]?.error.name, failed[0]?.record.isNew], name).to.deep.equal(['ServerError', true]);
    }
    expect(server.requests.some(({ method }) => method === 'POST')).to.equal(false);
    await server.close();
  });

  it('a plan of what would be sent fails with a look-up of it, and leaves out what is not there', async () => {
    const server = await failingLookUpOf('k3');
    const Product = v3.Product.using(server.session({ retry: false }));
    expect((await rejection(Product.updateMany(priced(6, Number), { by: 'sku' }).dryRun())).name).to.equal('ServerError');
    expect(await Product.updateMany(priced(3, Number), { by: 'sku' }).dryRun()).to.have.length(1);
    await server.close();
  });

  it('a single look-up that fails fails its row alone (V2)', async () => {
    const server = await failingLookUpOf('k3');
    const session = server.session({ retry: false });
    const { succeeded, failed } = await v2.Product.using(session).updateMany(priced(6, String), { by: 'sku' });
    expect(succeeded.map(({ sku }) => sku)).to.deep.equal(['k0', 'k1', 'k2', 'k4', 'k5']);
    expect(failed.map(({ record, error }) => [record.sku, error.name])).to.deep.equal([['k3', 'ServerError']]);
    await server.close();
  });

  it('a record that cannot be read again for `ifUnchanged` fails alone, and those of one list together', async () => {
    const server = await serve(({ method, url, body }, response) => {
      if (method === 'PUT') return json(response, { data: JSON.parse(body) as object });
      const ids = new URL(url ?? '', 'http://store').searchParams.get('id:in')?.split(',');
      const [own] = /\d+$/.exec(url ?? '') ?? [];
      if (own === '2' || ids?.includes('300')) return json(response, { title: 'down' }, 500);
      json(response, { data: ids?.map((id) => ({ id: Number(id), price: 0 })) ?? { id: Number(own), product_id: 1, price: 0 } });
    });
    const session = server.session({ retry: false });
    const changed = <T extends { price: unknown }>(all: T[]): T[] => {
      for (const each of all) each.price = 5;
      return all;
    };
    const variants = changed([1, 2, 3].map((id) => v3.ProductVariant.using(session).load({ id, product_id: 1, price: 0 })));
    const one = await v3.ProductVariant.using(session).saveMany(variants, { ifUnchanged: true });
    expect([one.succeeded.map(({ id }) => id), one.failed.map(({ record, error }) => [record.id, error.name])]).to.deep.equal([
      [1, 3],
      [[2, 'ServerError']],
    ]);
    const products = changed(Array.from({ length: 400 }, (_, at) => v3.Product.using(session).load({ id: at + 1, price: 0 })));
    const many = await v3.Product.using(session).saveMany(products, { ifUnchanged: true });
    expect([many.succeeded.length, many.failed.length, many.failed[0]?.record.id]).to.deep.equal([250, 150, 251]);
    expect(many.failed[0]?.error.name).to.equal('ServerError');
    await server.close();
  });

  it('saveAll() too', async () => {
    const customer = (at: number): v3.Customer => new v3.Customer(person(at));
    const error = (await rejection(context.session.saveAll([customer(1), null as never, customer(2)]))) as Ended;
    expect(error).to.be.instanceOf(ArgumentError);
    expect(failedEmails(error.result)).to.deep.equal([person(1).email, person(2).email]);
    expect(await v3.Customer.count()).to.equal(0);
  });
});
