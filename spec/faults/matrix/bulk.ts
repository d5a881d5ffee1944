import { ArgumentError, type BulkResult, RecordNotFoundError, StaleRecordError, UncertainOutcomeError } from 'bigrecord';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { answer, type Fault, failureOf, range, row, withStore, withTcp } from './fault.js';

const people = (count: number) => range(count).map((at) => ({ email: `p${at}@example.com`, first_name: 'P', last_name: String(at) }));

/** A run that ends in an error: what that carries. */
async function resultOf(run: PromiseLike<unknown>): Promise<BulkResult<v3.Customer>> {
  const error = (await failureOf(() => run, Error)) as Error & { result: BulkResult<v3.Customer> };
  return error.result;
}

/** Writes of many records: answers that come in another order, runs that end early, writes that never start. */
export const bulk: readonly Fault[] = [
  row('W23', 'status 207 with a status for each record, in another order', 'matched by the ids; never crossed', 'TCP', {
    saveMany: () =>
      withTcp(
        (socket) =>
          answer(
            socket,
            [
              { status: 200, data: { id: 3, name: 'c' } },
              { status: 422, id: 1, errors: { price: 'no' } },
              { status: 200, data: { id: 2 } },
            ],
            207,
          ),
        async (session) => {
          const products = [1, 2, 3].map((id) => v3.Product.using(session).load({ id, price: 0 }));
          for (const product of products) product.price = 5;
          const { succeeded, failed } = await v3.Product.using(session).saveMany(products);
          expect([succeeded.map(({ id }) => id), failed.map(({ record }) => record.id)]).to.deep.equal([[2, 3], [1]]);
        },
      ),
  }),
  row('W24', 'entries of an answer that cannot be told apart', 'each outcome is unknown, and says so', 'TCP', {
    saveMany: () =>
      withTcp(
        (socket) =>
          answer(
            socket,
            [
              { status: 200, data: { id: 2 } },
              { status: 422, errors: { a: 'b' } },
              { status: 422, errors: { a: 'c' } },
            ],
            207,
          ),
        async (session) => {
          const products = [1, 2, 3].map((id) => v3.Product.using(session).load({ id, price: 0 }));
          for (const product of products) product.price = 5;
          const { failed } = await v3.Product.using(session).saveMany(products);
          expect(failed.map(({ error }) => error instanceof UncertainOutcomeError)).to.deep.equal([true, true]);
        },
      ),
  }),
  row('W25', 'a bulk run is ended by its source or a row', '`error.result` has what was done; the rest is called not sent', 'sandbox', {
    'a null row': () =>
      withStore(async (_, session) => {
        const { succeeded, failed } = await resultOf(v3.Customer.using(session).createMany([...people(15), null as never, ...people(1)]));
        expect([succeeded.length, failed.length]).to.deep.equal([10, 6]);
      }),
    'a source that throws': () =>
      withStore(async (_, session) => {
        const source = function* () {
          yield* people(15);
          throw new Error('the file ends');
        };
        const { succeeded, failed } = await resultOf(v3.Customer.using(session).createMany(source()));
        expect([succeeded.length, failed.length]).to.deep.equal([10, 5]);
      }),
    'an aborted signal': () => {
      const abort = new AbortController();
      return withTcp(
        () => abort.abort(new Error('enough')),
        async (session) => {
          const { failed } = await resultOf(v3.Customer.using(session).createMany(people(20), { concurrency: 1, signal: abort.signal }));
          expect([failed.length, failed.filter(({ error }) => error instanceof UncertainOutcomeError).length]).to.deep.equal([20, 10]);
        },
      );
    },
  }),
  row(
    'W26',
    'a row of updateMany names a record that is not there, or that a row before named',
    'its row fails; nothing is created',
    'sandbox',
    {
      updateMany: () =>
        withStore(async (_, session) => {
          const Product = v3.Product.using(session);
          const [before, { sku }] = [await Product.count(), await Product.find(1)];
          const { succeeded, failed } = await Product.updateMany(
            [
              { sku, price: 3 },
              { sku: 'NONE', price: 3 },
              { sku, price: 4 },
            ],
            { by: 'sku' },
          );
          expect(succeeded.map(({ id, price }) => [id, price])).to.deep.equal([[1, 3]]);
          expect(failed[0]?.error).to.be.instanceOf(RecordNotFoundError);
          expect(failed[1]?.error).to.be.instanceOf(ArgumentError);
          expect(await Product.count()).to.equal(before);
        }),
    },
  ),
  row(
    'W27',
    'somebody else changes some of the records of a bulk save with `ifUnchanged`',
    'these are refused, the others saved',
    'sandbox',
    {
      saveMany: () =>
        withStore(async (_, session) => {
          const Product = v3.Product.using(session);
          const products = await Product.find([1, 2, 3]);
          await Product.update(2, { price: 77 });
          for (const product of products) product.price = 5;
          const { succeeded, failed } = await Product.saveMany(products, { ifUnchanged: true });
          expect([succeeded.length, failed[0]?.record.id]).to.deep.equal([2, 2]);
          expect(failed[0]?.error).to.be.instanceOf(StaleRecordError);
        }),
    },
  ),
  row('W28', 'a deferred write is never awaited', 'nothing is sent; a warning names its line', 'sandbox', {
    deleteAll: () =>
      withStore(async (store, session) => {
        const warnings: string[] = [];
        const listen = ({ message }: Error): void => void warnings.push(message);
        process.on('warning', listen);
        v3.Product.using(session).where({ brand_id: 1 }).deleteAll();
        await session.close();
        process.off('warning', listen);
        expect(store.requests).to.deep.equal([]);
        expect(warnings.filter((message) => /deleteAll\(\) of Product was never started/.test(message))).to.have.length(1);
      }),
  }),
  row('W29', 'a look-up of a bulk write fails', 'its rows fail and are not sent; the others are written', 'sandbox', {
    updateMany: () =>
      withStore(async (store, session) => {
        const Product = v3.Product.using(session);
        const [{ sku }, before] = [await Product.find(1), await Product.count()];
        const rows = [...range(250).map((at) => ({ sku: `NONE-${at}`, price: 3 })), { sku, price: 3 }];
        store.fail({ status: 501, times: 1, path: '/v3/catalog/products' });
        const { succeeded, failed } = await Product.updateMany(rows, { by: 'sku' });
        expect([succeeded.map(({ id }) => id), failed.length]).to.deep.equal([[1], 250]);
        expect(failed.every(({ error }) => error.name === 'ServerError')).to.equal(true);
        expect(await Product.count()).to.equal(before);
      }),
  }),
  row('W30', 'status 207 with errors that name none of several missing records', 'each outcome is unknown, and says why', 'TCP', {
    saveMany: () =>
      withTcp(
        (socket) => answer(socket, { data: [{ id: 2 }], errors: { price: 'too low' } }, 207),
        async (session) => {
          const products = [1, 2, 3].map((id) => v3.Product.using(session).load({ id, price: 0 }));
          for (const product of products) product.price = 5;
          const { succeeded, failed } = await v3.Product.using(session).saveMany(products);
          expect([succeeded.map(({ id }) => id), failed.map(({ record }) => record.id)]).to.deep.equal([[2], [1, 3]]);
          for (const { error } of failed) {
            expect(error).to.be.instanceOf(UncertainOutcomeError);
            expect(error.message).to.contain('too low');
          }
        },
      ),
  }),
];
