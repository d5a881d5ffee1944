import {
  AfterHookError,
  AfterSave,
  ArgumentError,
  Attribute,
  BeforeSave,
  BulkError,
  ConflictError,
  HttpError,
  Model,
  ReadonlyAttributeError,
  RecordNotFoundError,
  Resource,
  type Session,
  StaleRecordError,
  UncertainOutcomeError,
  UnknownFilterError,
  ValidationError,
} from 'bigrecord';
import type { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { models } from '../../support/store.js';
import { nextRequest } from '../../support/waiting.js';
import { answer, type Fault, failureOf, outcomeOf, range, row, withStore, withTcp } from './fault.js';

const people = (count: number) => range(count).map((at) => ({ email: `p${at}@example.com`, first_name: 'P', last_name: String(at) }));
const verbs = (store: Sandbox): string[] => store.requests.map(({ method }) => method);
const GIVEN = { name: 'New', type: 'physical', weight: 1, price: 1 } as const;

/** What is wrong with a save that failed, and how it is made to fail. */
const FAILURES: readonly (readonly [string, object])[] = [
  ['422', { status: 422, body: { title: 'no', errors: { name: 'bad' } } }],
  ['409', { status: 409 }],
  ['500', { status: 500, times: 9 }],
  ['a lost connection', { reset: 'before', times: 9 }],
  ['404', { status: 404 }],
];

@Resource()
class Hooked extends v3.Brand {
  static failing: 'before' | 'after' | undefined;
  @BeforeSave() before(): void {
    if (Hooked.failing === 'before') throw new Error('before says no');
  }
  @AfterSave() after(): void {
    if (Hooked.failing === 'after') throw new Error('after says no');
  }
}

@Resource('/lone', { version: 'v3', filters: { name: String } })
class Lone extends Model<Lone> {
  @Attribute() declare id: number;
  @Attribute() declare name: string;
}

const lost = (method: string) => ({ reset: 'after', method }) as const;

/** Values of a filter that name nothing, or nothing that there is. */
const NOTHING: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['NaN', Number.NaN],
  ['an empty object', {}],
  ['a list of nothing', [undefined]],
  ['an invalid Date', new Date('x')],
  ['a function', () => 1],
];

const refused = (method: string) => ({ status: 429, method, headers: { 'X-Rate-Limit-Time-Reset-Ms': '1' } });

export const writes: readonly Fault[] = [
  row(
    'W1',
    'the response to a create is lost after the store has carried it out',
    'one record on the store; the outcome is reported as unknown; never sent again',
    'sandbox',
    {
      create: () =>
        withStore(async (store, session) => {
          store.fail(lost('POST'));
          const before = await v3.Product.using(session).count();
          const error = await failureOf(() => v3.Product.using(session).create(GIVEN), UncertainOutcomeError);
          expect(error.message).to.contain('look before');
          expect(await v3.Product.using(session).count()).to.equal(before + 1);
        }),
      'create (V2)': () =>
        withStore(async (store, session) => {
          store.fail(lost('POST'));
          await failureOf(() => v2.Brand.using(session).create({ name: 'One' }), UncertainOutcomeError);
          expect(await v2.Brand.using(session).where({ name: 'One' }).count()).to.equal(1);
        }),
      'create with reconcile': () =>
        withStore(async (store, session) => {
          store.fail(lost('POST'));
          const product = await v3.Product.using(session).create({ ...GIVEN, sku: 'R' }, { reconcile: true });
          expect(product.isNew).to.equal(false);
          expect(verbs(store)).to.deep.equal(['POST', 'GET']);
        }),
      createMany: () =>
        withStore(async (store, session) => {
          store.fail(lost('POST'));
          const { failed } = await v3.Customer.using(session).createMany(people(1));
          expect(failed[0]?.error).to.be.instanceOf(UncertainOutcomeError);
          expect(verbs(store)).to.deep.equal(['POST']);
        }),
      'a relation’s create': () =>
        withStore(async (store, session) => {
          store.fail(lost('POST'));
          const custom = { name: 'a', value: 'b' };
          await failureOf(() => v3.Product.using(session).ref(1).custom_fields.create(custom), UncertainOutcomeError);
          expect(verbs(store)).to.deep.equal(['POST']);
        }),
    },
  ),
  row(
    'W2',
    'the response to a deletion is lost after it was carried out',
    'done: the second attempt finds nothing, and that is what was wanted',
    'sandbox',
    {
      destroy: () =>
        withStore(async (store, session) => {
          const product = await v3.Product.using(session).find(1);
          store.fail(lost('DELETE'));
          await product.destroy();
          expect(product.isDestroyed).to.equal(true);
        }),
      'destroy by id': () =>
        withStore(async (store, session) => {
          store.fail(lost('DELETE'));
          await v2.Product.using(session).destroy(1);
          expect(await v2.Product.using(session).exists(1)).to.equal(false);
        }),
      destroyMany: () =>
        withStore(async (store, session) => {
          store.fail(lost('DELETE'));
          (await v3.Product.using(session).destroyMany([1, 2, 3])).orThrow();
          expect(
            await v3.Product.using(session)
              .where({ id: { in: [1, 2, 3] } })
              .count(),
          ).to.equal(0);
        }),
    },
  ),
  row(
    'W2',
    'a deletion is refused with 429, and finds nothing at the second attempt',
    'RecordNotFoundError: it was not carried out before',
    'sandbox',
    {
      destroy: () =>
        withStore((store, session) => {
          store.fail(refused('DELETE'));
          return failureOf(() => v3.Product.using(session).load({ id: 9999 }).destroy(), RecordNotFoundError);
        }),
      'destroy by id': () =>
        withStore((store, session) => {
          store.fail(refused('DELETE'));
          return failureOf(() => v2.Product.using(session).destroy(9999), RecordNotFoundError);
        }),
      'session.delete': () =>
        withStore((store, session) => {
          store.fail(refused('DELETE'));
          return failureOf(() => session.delete('/catalog/products/9999/images/1'), RecordNotFoundError);
        }),
    },
  ),
  row('W2', 'a deletion finds nothing at the first try', 'RecordNotFoundError', 'sandbox', {
    destroy: () => withStore((_, session) => failureOf(() => v3.Product.using(session).load({ id: 9999 }).destroy(), RecordNotFoundError)),
    'destroy by id': () => withStore((_, session) => failureOf(() => v2.Product.using(session).destroy(9999), RecordNotFoundError)),
  }),
  row(
    'W3',
    'somebody else changes other fields between two attempts of an update',
    'their fields stay: only what was changed is sent',
    'sandbox',
    {
      save: () =>
        withStore(async (store, session) => {
          const [mine, theirs] = [await v3.Product.using(session).find(1), await v3.Product.using(session).find(1)];
          store.fail({ status: 503, method: 'PUT' });
          mine.name = 'Mine';
          const saving = mine.save();
          await new Promise((resolve) => setTimeout(resolve, 3));
          await theirs.update({ price: 77 });
          await saving;
          const now = await v3.Product.using(session).find(1);
          expect([now.name, now.price]).to.deep.equal(['Mine', 77]);
        }),
    },
  ),
  row('W4', 'two saves of one record at once', 'one after the other; the second sends what changed since; nothing is lost', 'sandbox', {
    save: () =>
      withStore(async (store, session) => {
        const product = await v3.Product.using(session).find(1);
        store.latency = 10;
        product.name = 'A';
        const isSent = nextRequest(session);
        const first = product.save();
        await isSent;
        product.sku = 'B';
        await Promise.all([first, product.save()]);
        const bodies = store.requests.filter(({ method }) => method === 'PUT').map(({ body }) => body);
        expect(bodies).to.deep.equal([{ name: 'A' }, { sku: 'B' }]);
      }),
    'save and saveMany': () =>
      withStore(async (store, session) => {
        const product = await v3.Product.using(session).find(1);
        store.latency = 10;
        product.name = 'A';
        await Promise.all([product.save(), v3.Product.using(session).saveMany([product])]);
        expect(verbs(store)).to.deep.equal(['GET', 'PUT']);
      }),
    'save and reload': () =>
      withStore(async (store, session) => {
        const product = await v3.Product.using(session).find(1);
        store.latency = 10;
        product.name = 'A';
        await Promise.all([product.save(), product.reload()]);
        expect([product.name, product.isDirty]).to.deep.equal(['A', false]);
      }),
  }),
  row('W5', 'an attribute is changed while its save is under way', 'still changed afterwards; the next save sends it', 'sandbox', {
    save: () =>
      withStore(async (store, session) => {
        const product = await v3.Product.using(session).find(1);
        store.latency = 10;
        product.name = 'A';
        const isSent = nextRequest(session);
        const saving = product.save();
        await isSent;
        product.name = 'B';
        await saving;
        expect(product.changes).to.deep.equal({ name: ['A', 'B'] });
      }),
    create: () =>
      withStore(async (store, session) => {
        const product = new v3.Product(GIVEN);
        store.latency = 10;
        const isSent = nextRequest(session);
        const saving = session.run(() => product.save());
        await isSent;
        product.name = 'B';
        await saving;
        expect(product.changed).to.deep.equal(['name']);
      }),
  }),
  ...FAILURES.map(([name, fault]) =>
    row('W6', `a save fails with ${name}`, 'the same changes as before; `isNew` as before; no after-hook has run', 'sandbox', {
      save: () =>
        withStore(async (store, session) => {
          const product = await v3.Product.using(session).find(1);
          product.assign({ name: 'A', price: 3 });
          const { changes } = product;
          store.fail({ ...fault, method: 'PUT' });
          await failureOf(() => product.save(), Error);
          expect([product.changes, product.isNew]).to.deep.equal([changes, false]);
          store.heal();
          await product.save();
          expect(product.isDirty).to.equal(false);
        }),
      create: () =>
        withStore(async (store, session) => {
          const product = session.run(() => new v3.Product(GIVEN));
          store.fail({ ...fault, method: 'POST' });
          await failureOf(() => product.save(), Error);
          expect([product.isNew, product.changed]).to.deep.equal([true, Object.keys(GIVEN)]);
        }),
      saveMany: () =>
        withStore(async (store, session) => {
          const products = await v3.Product.using(session)
            .where({ id: { in: [1, 2] } })
            .all();
          for (const product of products) product.name = 'A';
          store.fail({ ...fault, times: 99, method: 'PUT' });
          const { failed } = await v3.Product.using(session).saveMany(products);
          expect(failed).to.have.length(2);
          for (const product of products) expect(product.changed).to.deep.equal(['name']);
        }),
    }),
  ),
  row(
    'W7',
    'status 207: one of three of a list failed',
    'two are saved, the third keeps its error, matched by id; BulkError has both',
    'TCP',
    {
      saveMany: () =>
        withTcp(
          (socket) => answer(socket, { data: [{ id: 3 }, { id: 1 }], errors: { '1.price': 'too low' } }, 207),
          async (session) => {
            const products = [1, 2, 3].map((id) => v3.Product.using(session).load({ id, price: 0 }));
            for (const product of products) product.price = 5;
            const result = await v3.Product.using(session).saveMany(products);
            expect(result.succeeded.map(({ id }) => id).sort()).to.deep.equal([1, 3]);
            expect(products[1]?.fieldErrors).to.deep.equal({ price: ['too low'] });
            expect(() => result.orThrow()).to.throw(BulkError);
          },
        ),
    },
  ),
  row(
    'W8',
    'status 422 for a whole list',
    'the bad one is found from the keys of the errors; it alone is reported, the others are saved',
    'sandbox',
    {
      createMany: () =>
        withStore(async (_, session) => {
          const rows = people(10);
          (rows[4] as { email?: string }).email = 'no address';
          const twins = people(1);
          const { succeeded, failed } = await v3.Customer.using(session).createMany([
            ...rows.filter(({ email }) => email !== 'no address'),
            ...twins,
          ]);
          expect(succeeded.length + failed.length).to.equal(10);
          expect(failed.every(({ error }) => error instanceof HttpError)).to.equal(true);
        }),
      saveMany: () =>
        withStore(async (_store, session) => {
          const products = await v3.Product.using(session).find(range(4));
          for (const product of products) product.price = 5;
          (products[2] as v3.Product).sku = (await v3.Product.using(session).find(9)).sku;
          const { succeeded, failed } = await v3.Product.using(session).saveMany(products);
          expect(failed.map(({ record }) => record.id)).to.deep.equal([3]);
          expect(succeeded).to.have.length(3);
        }),
    },
  ),
  row(
    'W9',
    'a list is returned in another order, with fewer, more or doubled rows',
    'matched by id; what has no row is reported as unknown; never crossed',
    'TCP',
    {
      saveMany: () =>
        withTcp(
          (socket) =>
            answer(socket, {
              data: [
                { id: 3, name: 'c' },
                { id: 9, name: 'x' },
                { id: 3, name: 'd' },
              ],
            }),
          async (session) => {
            const products = [1, 2, 3].map((id) => v3.Product.using(session).load({ id, price: 0, name: '' }));
            for (const product of products) product.price = 5;
            const { succeeded, failed } = await v3.Product.using(session).saveMany(products);
            expect(succeeded.map(({ id, name }) => `${id}${name}`)).to.deep.equal(['3c']);
            expect(failed.every(({ error }) => error instanceof UncertainOutcomeError)).to.equal(true);
          },
        ),
    },
  ),
  row(
    'W10',
    'the third list of seven is lost',
    'six lists are saved; the records of the third are reported as unknown; none is sent again',
    'sandbox',
    {
      createMany: () =>
        withStore(
          async (store, session) => {
            let posts = 0;
            session.use((request, next) => {
              if (request.method === 'POST' && ++posts === 3) store.fail(lost('POST'));
              return next(request);
            });
            const { succeeded, failed } = await v3.Customer.using(session).createMany(people(70), { concurrency: 1 });
            expect([succeeded.length, failed.length, store.requests.length]).to.deep.equal([60, 10, 7]);
            expect(failed.map(({ record }) => record.email)).to.deep.equal(
              people(30)
                .slice(20)
                .map(({ email }) => email),
            );
          },
          { seed: false },
        ),
    },
  ),
  row(
    'W11',
    'a list of new records is lost after it was sent',
    'not sent again by itself; upsertMany finds what was made and makes the rest',
    'sandbox',
    {
      'createMany, upsertMany': () =>
        withStore(
          async (store, session) => {
            store.fail(lost('POST'));
            const { failed } = await v3.Customer.using(session).createMany(people(25), { concurrency: 1 });
            expect(failed).to.have.length(10);
            (await v3.Customer.using(session).upsertMany(people(25))).orThrow();
            expect(await v3.Customer.using(session).count()).to.equal(25);
          },
          { seed: false },
        ),
    },
  ),
  row('W12', 'a bulk change is run twice', 'the second changes nothing, and is harmless', 'sandbox', {
    updateAll: () =>
      withStore(async (_, session) => {
        const query = v3.Product.using(session).where({ id: { in: range(20) } });
        for (const _ of [1, 2]) (await query.updateAll({ price: 9 })).orThrow();
        expect((await query.all()).every(({ price }) => price === 9)).to.equal(true);
      }),
    destroyAll: () =>
      withStore(async (_, session) => {
        const query = v3.Product.using(session).where({ id: { in: range(20) } });
        for (const _ of [1, 2]) (await query.destroyAll()).orThrow();
        expect(await query.count()).to.equal(0);
      }),
  }),
  row('W13', 'eleven of which ten fit, and none at all', 'cut into ten and one; nothing is sent for none', 'sandbox', {
    createMany: () =>
      withStore(async (store, session) => {
        (await v3.Customer.using(session).createMany(people(11))).orThrow();
        (await v3.Customer.using(session).createMany([])).orThrow();
        expect(store.requests.map(({ body }) => (body as unknown[]).length).sort()).to.deep.equal([1, 10]);
      }),
    destroyMany: () =>
      withStore(async (store, session) => {
        await v3.Product.using(session).destroyMany([]);
        expect(store.requests).to.deep.equal([]);
      }),
  }),
  ...NOTHING.map(([name, value]) =>
    row('W15', `a deletion by a filter that is ${name}`, 'ArgumentError; nothing is sent, nothing deleted', 'sandbox', {
      deleteAll: () =>
        refusesToDelete((session) =>
          v3.Product.using(session)
            .where({ name: value as never })
            .deleteAll(),
        ),
      destroyAll: () =>
        refusesToDelete((session) =>
          v3.Product.using(session)
            .where({ name: value as never })
            .destroyAll(),
        ),
      'deleteAll (V2)': () =>
        refusesToDelete((session) =>
          v2.Product.using(session)
            .where({ name: value as never })
            .deleteAll(),
        ),
      updateAll: () =>
        refusesToDelete((session) =>
          v3.Product.using(session)
            .where({ id: { in: value as never } })
            .updateAll({ price: 1 }),
        ),
      'destroy by id': () => refusesToDelete((session) => v3.Product.using(session).destroy(value as never)),
      destroyMany: () =>
        refusesToDelete((session) =>
          v3.Product.using(session)
            .destroyMany([value as never])
            .then(({ failed }) => {
              throw failed[0]?.error;
            }),
        ),
    }),
  ),
  row('W15', 'a deletion by an empty list of ids', 'nothing is sent, nothing deleted', 'sandbox', {
    deleteAll: () =>
      deletesNothing((session) =>
        v3.Product.using(session)
          .where({ id: { in: [] } })
          .deleteAll(),
      ),
    destroyAll: () =>
      deletesNothing((session) =>
        v3.Product.using(session)
          .where({ id: { in: [] } })
          .destroyAll(),
      ),
    updateAll: () =>
      deletesNothing((session) =>
        v3.Product.using(session)
          .where({ id: { in: [] } })
          .updateAll({ price: 1 }),
      ),
  }),
  row('W15', 'a deletion without a filter', 'ArgumentError that says how to delete all; nothing is sent', 'sandbox', {
    'deleteAll of a query': () => refusesToDelete((session) => v3.Product.using(session).order('name').deleteAll()),
    destroyAll: () => refusesToDelete((session) => v3.Product.using(session).order('name').destroyAll()),
  }),
  row('W16', 'a misspelt filter on a deletion', 'UnknownFilterError with the nearest name; nothing is sent', 'sandbox', {
    deleteAll: () =>
      refusesToDelete(
        (session) =>
          v3.Product.using(session)
            .where({ nmae: 'x' } as never)
            .deleteAll(),
        UnknownFilterError,
      ),
    destroyAll: () =>
      refusesToDelete(
        (session) =>
          v2.Customer.using(session)
            .where({ first_nam: 'x' } as never)
            .destroyAll(),
        UnknownFilterError,
      ),
    count: () =>
      refusesToDelete(
        (session) =>
          v2.Order.using(session)
            .where({ custmer_id: 1 } as never)
            .count(),
        UnknownFilterError,
      ),
  }),
  row('W17', 'read-only attributes are set', 'ReadonlyAttributeError; nothing is sent', 'sandbox', {
    save: () =>
      withStore(async (store, session) => {
        const product = await v3.Product.using(session).find(1);
        (product as { calculated_price: number }).calculated_price = 1;
        await failureOf(() => product.save(), ReadonlyAttributeError);
        expect(verbs(store)).to.deep.equal(['GET']);
      }),
    create: () =>
      withStore(async (store, session) => {
        await failureOf(() => v3.Product.using(session).create({ ...GIVEN, calculated_price: 5 } as never), ReadonlyAttributeError);
        await failureOf(() => v3.Product.using(session).create({ ...GIVEN, id: 5 } as never), ReadonlyAttributeError);
        expect(store.requests).to.deep.equal([]);
      }),
    update: () =>
      withStore(async (store, session) => {
        await failureOf(() => v3.Product.using(session).update(1, { calculated_price: 5 } as never), ReadonlyAttributeError);
        await failureOf(() => v3.Product.using(session).update(1, { id: 2 } as never), ReadonlyAttributeError);
        expect(store.requests).to.deep.equal([]);
      }),
    updateAll: () =>
      withStore(async (store, session) => {
        const all = v3.Product.using(session).where({ is_visible: true });
        await failureOf(() => all.updateAll({ calculated_price: 5 } as never), ReadonlyAttributeError);
        expect(store.requests).to.deep.equal([]);
      }),
  }),
  row('W18', 'undefined, null and absent', 'undefined is never sent, null clears', 'sandbox', {
    save: () =>
      withStore(async (store, session) => {
        const product = await v3.Product.using(session).find(1);
        product.assign({ name: undefined as never, brand_id: null as never });
        await product.save();
        expect(store.requests.at(-1)?.body).to.deep.equal({ brand_id: null });
      }),
    create: () =>
      withStore(async (store, session) => {
        await v3.Product.using(session).create({ ...GIVEN, sku: undefined as never, description: null as never });
        expect(store.requests[0]?.body).to.deep.equal({ ...GIVEN, description: null });
      }),
  }),
  row(
    'W19',
    'a record that is gone',
    'save and destroy after destroy are refused without a request; a 404 is told, and the data stays',
    'sandbox',
    {
      'save, destroy, reload after destroy': () =>
        withStore(async (store, session) => {
          const product = await v3.Product.using(session).find(1);
          await product.destroy();
          product.name = 'Late';
          for (const work of [() => product.save(), () => product.destroy(), () => product.reload()])
            await failureOf(work, StaleRecordError);
          expect(verbs(store)).to.deep.equal(['GET', 'DELETE']);
        }),
      'save of one that somebody else deleted': () =>
        withStore(async (_, session) => {
          const product = await v3.Product.using(session).find(1);
          await v3.Product.using(session).destroy(1);
          product.name = 'Late';
          await failureOf(() => product.save(), RecordNotFoundError);
          expect(product.changed).to.deep.equal(['name']);
        }),
      'reload of one that somebody else deleted': () =>
        withStore(async (_, session) => {
          const product = await v3.Product.using(session).find(1);
          await v3.Product.using(session).destroy(1);
          await failureOf(() => product.reload(), RecordNotFoundError);
          expect(product.name).to.be.a('string');
        }),
    },
  ),
  row('W20', 'a hook throws', 'before: no request is sent; after: the record is saved, and the error says so', 'sandbox', {
    'before-hook': () =>
      withStore(async (store, session) => {
        Hooked.failing = 'before';
        await failureOf(() => Hooked.using(session).create({ name: 'H' } as never), Error);
        expect(store.requests).to.deep.equal([]);
        Hooked.failing = undefined;
      }).then(() =>
        withStore(async (_, session) => {
          Hooked.failing = 'after';
          const brand = session.run(() => new Hooked({ name: 'H' } as never));
          const error = await failureOf(() => brand.save(), AfterHookError);
          expect(error.message).to.match(/was saved; .*after says no/);
          expect([brand.isNew, brand.isDirty]).to.deep.equal([false, false]);
          Hooked.failing = undefined;
        }),
      ),
  }),
  row('W21', 'a list is changed that the API replaces', 'all of the list is sent, never the changed entry alone', 'sandbox', {
    save: () =>
      withStore(async (store, session) => {
        const product = await v3.Product.using(session).find(1);
        await product.update({ categories: [1, 2, 3] });
        product.categories.push(4);
        await product.save();
        expect(store.requests.at(-1)?.body).to.deep.equal({ categories: [1, 2, 3, 4] });
      }),
  }),
  row('W22', 'somebody else has changed the version: status 409', 'ConflictError that says to reload; sent once; the changes stay', 'TCP', {
    save: () =>
      withTcp(
        (socket) => answer(socket, { title: 'version mismatch' }, 409),
        async (session, { requests }) => {
          const cart = v3.Cart.using(session).load({ id: '7f1b3b8f-0000-4000-8000-000000000000', customer_id: 1, version: 3 });
          cart.customer_id = 5;
          const error = await failureOf(() => cart.save(), ConflictError);
          expect(error.message).to.contain('reload');
          expect([requests.length, cart.isDirty]).to.deep.equal([1, true]);
        },
      ),
  }),
  row(
    'W22',
    'two processes change one cart',
    '`ifUnchanged` sends the version that was read, and the store refuses: ConflictError; reload and save succeed',
    'sandbox',
    {
      save: () =>
        withStore(async (store, session) => {
          const { id } = await v3.Cart.using(session).create({
            customer_id: 1,
            line_items: [{ product_id: 1, quantity: 1 }],
            version: 1,
          } as never);
          const [mine, theirs] = [await v3.Cart.using(session).find(id), await v3.Cart.using(session).find(id)];
          await theirs.update({ customer_id: 2 }, { ifUnchanged: true });
          mine.customer_id = 3;
          const before = store.requests.length;
          await failureOf(() => mine.save({ ifUnchanged: true }), ConflictError);
          expect(store.requests.slice(before).map(({ method, body }) => [method, body])).to.deep.equal([
            ['PUT', { customer_id: 3, version: 1 }],
          ]);
          await mine.reload();
          await mine.update({ customer_id: 3 }, { ifUnchanged: true });
          expect((await v3.Cart.using(session).find(id)).customer_id).to.equal(3);
        }),
    },
  ),
  row('W22', 'two processes change one field', '`ifUnchanged` refuses with StaleRecordError, and names the field', 'sandbox', {
    save: () =>
      withStore(async (_, session) => {
        const [mine, theirs] = [await v3.Product.using(session).find(1), await v3.Product.using(session).find(1)];
        await theirs.update({ price: 77 });
        mine.price = 5;
        const error = await failureOf(() => mine.save({ ifUnchanged: true }), StaleRecordError);
        expect(Object.keys(error.conflicts)).to.deep.equal(['price']);
      }),
  }),
  row(
    'W1',
    'a custom model without anything unique is created, and the response is lost',
    'unknown, with `reconcile` too: nothing tells it from others',
    'sandbox',
    {
      create: () =>
        withStore(
          async (store, session) => {
            store.fail(lost('POST'));
            await failureOf(() => Lone.using(session).create({ name: 'x' }, { reconcile: true }), UncertainOutcomeError);
            expect(verbs(store)).to.deep.equal(['POST']);
          },
          { models: models(Lone) },
        ),
    },
  ),
  row('W6', 'the store refuses a create', 'the messages are on the record, the record can be put right and saved', 'sandbox', {
    create: () =>
      withStore(async (_, session) => {
        const product = session.run(() => new v3.Product({ name: 'Only' } as never));
        const error = await failureOf(() => product.save(), ValidationError);
        expect(product.fieldErrors).to.deep.equal(error.errors);
        await product.update({ type: 'physical', weight: 1, price: 1 });
        expect(product.isNew).to.equal(false);
      }),
  }),
];

async function refusesToDelete(
  work: (session: Session) => PromiseLike<unknown>,
  ...classes: (abstract new (
    ...args: never[]
  ) => Error)[]
): Promise<void> {
  await withStore(async (store, session) => {
    const error = await failureOf(() => work(session), Error);
    expect(
      [ArgumentError, UnknownFilterError, ...classes].some((Class) => error instanceof Class),
      error.message,
    ).to.equal(true);
    expect(store.requests).to.deep.equal([]);
  });
}

async function deletesNothing(work: (session: Session) => PromiseLike<unknown>): Promise<void> {
  await withStore(async (store, session) => {
    const { error } = await outcomeOf(() => work(session));
    expect(error).to.equal(undefined);
    expect(store.requests).to.deep.equal([]);
  });
}
