import { Attribute, Model, RecordNotFoundError, Resource, type Session, UncertainOutcomeError, ValidationError } from 'bigrecord';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { json, serve } from '../support/http-server.js';

@Resource('/jars', { version: 'v2', batch: { create: 10, update: 10, delete: 10 } })
class Jar extends Model<Jar> {
  @Attribute() declare id: number;
  @Attribute({ unique: true }) declare code: string;
  @Attribute() declare size: number;
  @Attribute() declare label: string;
}

type Sent = Record<string, unknown>;
type Outcome = readonly [record: Record<string, unknown>, error: Error | undefined];

/** What a bulk write makes of an answer; given what was sent. */
async function against(
  status: number,
  answer: (sent: Sent[]) => unknown,
  work: (session: Session) => PromiseLike<{ succeeded: readonly object[]; failed: readonly { record: object; error: Error }[] }>,
): Promise<{ succeeded: Record<string, unknown>[]; failed: Outcome[]; requests: number }> {
  const server = await serve(({ body }, response) => {
    const given = answer(body === '' ? [] : (JSON.parse(body) as Sent[]));
    if (typeof given === 'string') response.writeHead(status, { 'content-type': 'application/json' }).end(given);
    else if (given === undefined) response.writeHead(status).end();
    else json(response, given, status);
  });
  try {
    const { succeeded, failed } = await work(server.session({ retry: false }));
    return {
      succeeded: [...succeeded] as Record<string, unknown>[],
      failed: failed.map(({ record, error }) => [record as Record<string, unknown>, error] as const),
      requests: server.requests.length,
    };
  } finally {
    await server.close();
  }
}

const people = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ email: `p${at}@example.com`, first_name: `P${at}`, last_name: 'L' }));
const createPeople = (count: number) => (session: Session) => v3.Customer.using(session).createMany(people(count));
const savePrices =
  (...ids: number[]) =>
  (session: Session) => {
    const products = ids.map((id) => v3.Product.using(session).load({ id, sku: `s-${id}`, price: 0 }));
    for (const product of products) product.price = product.id;
    return v3.Product.using(session).saveMany(products);
  };
const updateJars = (count: number) => (session: Session) => {
  const jars = Array.from({ length: count }, (_, at) => Jar.using(session).load({ id: at + 1, code: `c${at + 1}`, size: 0 }));
  for (const jar of jars) jar.size = 5;
  return Jar.using(session).saveMany(jars);
};
const jars = (list: object[]) => (session: Session) => Jar.using(session).createMany(list);
const ids = (list: readonly Record<string, unknown>[]): unknown[] => list.map(({ id }) => id);
const failures = (failed: readonly Outcome[]): unknown[] => failed.map(([{ id, email }, error]) => [id ?? email, error?.name]);

/** What becomes of three changes, of which the store refuses one, by its position in what was sent. */
async function refusing(bad: number): Promise<{ succeeded: Record<string, unknown>[]; failed: Outcome[] }> {
  const server = await serve(({ body }, response) => {
    const sent = JSON.parse(body) as Sent[];
    const place = sent.findIndex(({ id }) => id === bad);
    if (place < 0) json(response, { data: sent });
    else json(response, { status: 422, title: 'Refused', errors: { [`${place}.price`]: 'too low' } }, 422);
  });
  try {
    const { succeeded, failed } = await savePrices(1, 2, 3)(server.session({ retry: false }));
    const plain = (record: object): Record<string, unknown> => record as Record<string, unknown>;
    return { succeeded: succeeded.map(plain), failed: failed.map(({ record, error }) => [plain(record), error] as const) };
  } finally {
    await server.close();
  }
}

describe('matching the answers to a list with its records', () => {
  it('207: a status for each, in another order, by the id of its data', async () => {
    const { succeeded, failed } = await against(
      207,
      () => [
        { status: 200, data: { id: 3, name: 'c' } },
        { status: 422, id: 2, errors: { price: 'too low' } },
        { status: 200, data: { id: 1, name: 'a' } },
      ],
      savePrices(1, 2, 3),
    );
    expect(succeeded.map(({ id, name }) => `${id}${name}`)).to.deep.equal(['1a', '3c']);
    expect(failures(failed)).to.deep.equal([[2, 'ValidationError']]);
    expect(failed.map(([, error]) => (error as ValidationError).errors)).to.deep.equal([{ price: ['too low'] }]);
    expect(failed[0]?.[0]['isDirty']).to.equal(true);
  });

  it('207: a failure that names no record is that of the last one left, whatever its place', async () => {
    const { succeeded, failed } = await against(
      207,
      () => [
        { status: 422, errors: { price: 'no' } },
        { status: 200, data: { id: 1 } },
        { status: 200, data: { id: 3 } },
      ],
      savePrices(1, 2, 3),
    );
    expect(ids(succeeded)).to.deep.equal([1, 3]);
    expect(failures(failed)).to.deep.equal([[2, 'ValidationError']]);
  });

  it('207: failures that name no record are taken by place only where the others stand in theirs', async () => {
    const inOrder = await against(
      207,
      () => [
        { status: 422, errors: { price: 'first' } },
        { status: 200, data: { id: 2 } },
        { status: 422, errors: { price: 'third' } },
      ],
      savePrices(1, 2, 3),
    );
    expect(inOrder.failed.map(([{ id }, error]) => [id, (error as ValidationError).errors])).to.deep.equal([
      [1, { price: ['first'] }],
      [3, { price: ['third'] }],
    ]);
    const mixed = await against(
      207,
      () => [
        { status: 200, data: { id: 2 } },
        { status: 422, errors: { price: 'one of them' } },
        { status: 422, errors: { price: 'the other' } },
      ],
      savePrices(1, 2, 3),
    );
    expect(ids(mixed.succeeded)).to.deep.equal([2]);
    expect(failures(mixed.failed)).to.deep.equal([
      [1, 'UncertainOutcomeError'],
      [3, 'UncertainOutcomeError'],
    ]);
    expect(mixed.failed[0]?.[1]?.message).to.contain('no row that certainly belongs to this record');
  });

  it('207: by index, and by the names of errors', async () => {
    const { succeeded, failed } = await against(
      207,
      () => [
        { status: 422, index: 2, errors: { price: 'third' } },
        { status: 422, errors: { '[0].price': 'first' } },
        { status: 200, index: 1, data: { id: 2 } },
      ],
      savePrices(11, 2, 13),
    );
    expect(ids(succeeded)).to.deep.equal([2]);
    expect(failed.map(([{ id }, error]) => [id, Object.values((error as ValidationError).errors).flat()])).to.deep.equal([
      [11, ['first']],
      [13, ['third']],
    ]);
  });

  it('207: statuses that are texts, and rows among failures that have a status', async () => {
    const texts = await against(
      207,
      () => [
        { status: '422', id: 2, errors: { price: 'no' } },
        { status: '200', data: { id: 1, name: 'a' } },
      ],
      savePrices(1, 2),
    );
    expect([ids(texts.succeeded), failures(texts.failed)]).to.deep.equal([[1], [[2, 'ValidationError']]]);
    expect(texts.failed[0]?.[0]).to.not.have.property('errors');
    const mixed = await against(
      207,
      () => ({
        data: [
          { id: 3, name: 'c' },
          { status: 409, id: 1, title: 'taken' },
          { id: 2, name: 'b' },
        ],
      }),
      savePrices(1, 2, 3),
    );
    expect([ids(mixed.succeeded), failures(mixed.failed)]).to.deep.equal([[2, 3], [[1, 'ConflictError']]]);
    expect(mixed.failed[0]?.[0]['isDirty']).to.equal(true);
  });

  it('207: errors that name no record are those of the only one that is missing', async () => {
    const { succeeded, failed } = await against(
      207,
      () => ({ data: [{ id: 3 }, { id: 2 }], errors: { price: 'too low' } }),
      savePrices(1, 2, 3),
    );
    expect([ids(succeeded), failures(failed)]).to.deep.equal([[2, 3], [[1, 'ValidationError']]]);
    expect(failed.map(([, error]) => (error as ValidationError).errors)).to.deep.equal([{ price: ['too low'] }]);
  });

  it('207: errors that name none of several missing records are given to none of them', async () => {
    const errors = [
      { status: 422, title: 'bad A' },
      { status: 422, title: 'bad B' },
    ];
    const unknown = await against(207, () => ({ data: [{ id: 2 }], errors }), savePrices(1, 2, 3));
    expect(ids(unknown.succeeded)).to.deep.equal([2]);
    expect(failures(unknown.failed)).to.deep.equal([
      [1, 'UncertainOutcomeError'],
      [3, 'UncertainOutcomeError'],
    ]);
    expect(unknown.failed[0]?.[1]?.message).to.contain('for 2 records without naming them').and.to.contain('bad A, bad B');
    const created = await against(207, () => ({ data: [], errors: { email: 'taken' } }), createPeople(2));
    expect(created.failed.map(([, error]) => error?.name)).to.deep.equal(['UncertainOutcomeError', 'UncertainOutcomeError']);
  });

  it('207: where the answer counts as many failures as are missing, all of them were refused, for a reason that is not told', async () => {
    const { succeeded, failed } = await against(
      207,
      () => ({ data: [{ id: 2 }], errors: { price: 'too low' }, meta: { total: 3, success: 1, failed: 2 } }),
      savePrices(1, 2, 3),
    );
    expect([ids(succeeded), failures(failed)]).to.deep.equal([
      [2],
      [
        [1, 'ValidationError'],
        [3, 'ValidationError'],
      ],
    ]);
    for (const [, error] of failed) {
      expect((error as ValidationError).errors).to.have.all.keys('base');
      expect(error?.message).to.contain('price: too low');
    }
  });

  it('207: an error of one record is not that of another which is missing too', async () => {
    const errors = { '0.email': 'taken' };
    const unknown = await against(207, (sent) => ({ data: [{ ...sent[1], id: 7 }], errors }), createPeople(3));
    expect(failures(unknown.failed)).to.deep.equal([
      ['p0@example.com', 'ValidationError'],
      ['p2@example.com', 'UncertainOutcomeError'],
    ]);
    expect(unknown.failed[1]?.[1]?.message).to.not.contain('taken');
    const counted = await against(207, (sent) => ({ data: [{ ...sent[1], id: 7 }], errors, meta: { failed: 2 } }), createPeople(3));
    expect(counted.failed.map(([, error]) => (error as ValidationError).errors)).to.deep.equal([{ email: ['taken'] }, {}]);
    const listed = await against(
      207,
      () => ({ data: [{ id: 1 }], errors: [{ id: 3, message: 'of 3' }, { message: 'of the other' }] }),
      savePrices(1, 2, 3),
    );
    expect(listed.failed.map(([{ id }, error]) => [id, (error as ValidationError).errors])).to.deep.equal([
      [2, { base: ['of the other'] }],
      [3, { base: ['of 3'] }],
    ]);
  });

  it('rows with null for what the store says nothing of: the others by what they say, never by place', async () => {
    const updated = await against(200, () => ({ data: [null, { id: 2, name: 'b' }] }), savePrices(1, 2));
    expect([ids(updated.succeeded), failures(updated.failed)]).to.deep.equal([[2], [[1, 'UncertainOutcomeError']]]);
    const created = await against(200, () => [null, { id: 5 }], jars([{ size: 1 }, { size: 1 }]));
    expect(created.succeeded).to.deep.equal([]);
    expect(created.failed.map(([, error]) => error?.name)).to.deep.equal(['UncertainOutcomeError', 'UncertainOutcomeError']);
  });

  it('rows that say one of several things that tell records apart, or differ in nested values only', async () => {
    const fields = await against(
      200,
      (sent) => ({ data: sent.map((row) => ({ address_id: null, customer_id: null, ...row })).reverse() }),
      (session) =>
        v3.CustomerFormFieldValue.using(session).upsertMany([
          { customer_id: 1, name: 'size', value: 'S' },
          { customer_id: 2, name: 'size', value: 'S' },
          { address_id: 5, name: 'size', value: 'S' },
        ]),
    );
    expect(fields.succeeded.map(({ customer_id, address_id }) => [customer_id ?? null, address_id ?? null])).to.deep.equal([
      [1, null],
      [2, null],
      [null, 5],
    ]);
    const rates = await against(
      200,
      (sent) => ({ data: sent.map((row, at) => ({ ...row, id: at + 1 })).reverse() }),
      (session) =>
        v3.TaxRate.using(session).createMany(
          [1.5, 2.5, 3.5].map((rate) => ({ name: 'R', priority: 1, tax_zone_id: 1, class_rates: [{ rate, tax_class_id: 1 }] })),
        ),
    );
    expect(ids(rates.succeeded)).to.deep.equal([1, 2, 3]);
  });

  it('a row that comes twice is taken once', async () => {
    const { succeeded, failed } = await against(
      200,
      (sent) => ({ data: [0, 0, 2].map((at) => ({ ...sent[at], id: 10 + at })) }),
      createPeople(3),
    );
    expect(ids(succeeded)).to.deep.equal([10, 12]);
    expect(failures(failed)).to.deep.equal([['p1@example.com', 'UncertainOutcomeError']]);
  });

  it('two new records that are given one key are neither of them certain', async () => {
    const { succeeded, failed } = await against(
      200,
      (sent) => ({ data: sent.map((row, at) => ({ ...row, id: at === 2 ? 8 : 7 })) }),
      createPeople(3),
    );
    expect(succeeded.map(({ id, email }) => [id, email])).to.deep.equal([[8, 'p2@example.com']]);
    expect(failures(failed)).to.deep.equal([
      ['p0@example.com', 'UncertainOutcomeError'],
      ['p1@example.com', 'UncertainOutcomeError'],
    ]);
  });

  it('codes that are the same number are different codes', async () => {
    const updated = await against(
      200,
      () => [
        { code: '1', label: 'one' },
        { code: '1e0', label: 'exponent' },
        { code: '001', label: 'zeros' },
      ],
      (session) => {
        const all = ['001', '1', '1e0'].map((code, at) => Jar.using(session).load({ id: at + 1, code, size: 0 }));
        for (const jar of all) jar.size = 5;
        return Jar.using(session).saveMany(all);
      },
    );
    expect(updated.succeeded.map(({ id, label }) => `${id} ${label}`)).to.deep.equal(['1 zeros', '2 one', '3 exponent']);
    const created = await against(
      200,
      (sent) => sent.map((row, at) => ({ ...row, id: 10 + at })).reverse(),
      jars([{ label: '07' }, { label: '7' }]),
    );
    expect(created.succeeded.map(({ id, label }) => `${id} ${label}`)).to.deep.equal(['10 07', '11 7']);
  });

  it('207: too few, too many, doubled and foreign entries leave unknown what they do not name', async () => {
    const few = await against(207, () => [{ status: 200, data: { id: 3 } }], savePrices(1, 2, 3));
    expect([ids(few.succeeded), failures(few.failed)]).to.deep.equal([
      [3],
      [
        [1, 'UncertainOutcomeError'],
        [2, 'UncertainOutcomeError'],
      ],
    ]);
    const doubled = await against(
      207,
      () => [
        { status: 200, data: { id: 1 } },
        { status: 200, data: { id: 1 } },
        { status: 200, data: { id: 9 } },
      ],
      savePrices(1, 2, 3),
    );
    expect(ids(doubled.succeeded)).to.deep.equal([1]);
    expect(failures(doubled.failed)).to.deep.equal([
      [2, 'UncertainOutcomeError'],
      [3, 'UncertainOutcomeError'],
    ]);
    const many = await against(207, () => [1, 2, 3, 4].map((id) => ({ status: 200, data: { id } })), savePrices(3, 1));
    expect(ids(many.succeeded)).to.deep.equal([3, 1]);
  });

  it('207: the class of each error follows its own status', async () => {
    const { failed } = await against(
      207,
      () => [
        { status: 409, id: 3, title: 'taken' },
        { status: 404, id: 1, title: 'gone' },
        { status: 500, id: 2, title: 'boom' },
      ],
      savePrices(1, 2, 3),
    );
    expect(failures(failed)).to.deep.equal([
      [1, 'RecordNotFoundError'],
      [2, 'ServerError'],
      [3, 'ConflictError'],
    ]);
  });

  it('207: new records by what only one can have', async () => {
    const { succeeded, failed } = await against(
      207,
      (sent) => [
        { status: 201, data: { id: 12, email: String(sent[2]?.['email']).toUpperCase() } },
        { status: 422, email: sent[0]?.['email'], errors: { email: 'taken' } },
        { status: 201, data: { id: 11, email: sent[1]?.['email'] } },
      ],
      createPeople(3),
    );
    expect(succeeded.map(({ id, first_name }) => `${id} ${first_name}`)).to.deep.equal(['11 P1', '12 P2']);
    expect(failures(failed)).to.deep.equal([['p0@example.com', 'ValidationError']]);
  });

  it('rows of new records: by a unique attribute, then by agreement, then by place', async () => {
    const shuffled = await against(200, (sent) => ({ data: [2, 0, 1].map((at) => ({ ...sent[at], id: 10 + at })) }), createPeople(3));
    expect(ids(shuffled.succeeded)).to.deep.equal([10, 11, 12]);
    const agreeing = await against(
      200,
      () => [
        { id: 2, size: 2 },
        { id: 1, size: 1, label: 'x' },
      ],
      jars([
        { size: 1, label: 'x' },
        { size: 2, label: 'x' },
      ]),
    );
    expect(ids(agreeing.succeeded)).to.deep.equal([1, 2]);
    // The second row says less, and could be of both; the first can be of the second record only.
    const deduced = await against(
      200,
      () => [
        { id: 2, size: 1, label: 'b' },
        { id: 1, size: 1 },
      ],
      jars([
        { size: 1, label: 'a' },
        { size: 1, label: 'b' },
      ]),
    );
    expect(ids(deduced.succeeded)).to.deep.equal([1, 2]);
    const byPlace = await against(
      200,
      () => [{ id: 1 }, { id: 2 }],
      jars([
        { size: 1, label: 'a' },
        { size: 1, label: 'b' },
      ]),
    );
    expect(ids(byPlace.succeeded)).to.deep.equal([1, 2]);
  });

  it('rows that cannot be told apart, of fewer than were sent, leave the outcome unknown', async () => {
    const { succeeded, failed } = await against(200, () => [{ id: 1, size: 1 }], jars([{ size: 1 }, { size: 1 }]));
    expect(succeeded).to.deep.equal([]);
    expect(failed.map(([, error]) => error?.name)).to.deep.equal(['UncertainOutcomeError', 'UncertainOutcomeError']);
    expect(failed.map(([record]) => record['isNew'])).to.deep.equal([true, true]);
  });

  it('a lone record takes the only row, though the store spells its values in another way', async () => {
    const { succeeded } = await against(200, () => [{ id: 4, code: 'trimmed' }], jars([{ code: ' Trimmed and cut ' }]));
    expect(ids(succeeded)).to.deep.equal([4]);
  });

  it('rows of updates that give no key: by a unique attribute', async () => {
    const { succeeded } = await against(
      200,
      () => [
        { code: 'c2', label: 'two' },
        { code: 'c1', label: 'one' },
      ],
      updateJars(2),
    );
    expect(succeeded.map(({ id, label }) => `${id} ${label}`)).to.deep.equal(['1 one', '2 two']);
  });

  it('an upsert by PUT: by the key that the program chose, in whatever order', async () => {
    const { succeeded } = await against(
      200,
      (sent) => ({ data: [...sent].reverse().map((row) => ({ ...row, price_list_id: 1 })) }),
      (session) =>
        v3.PriceListRecord.using(session)
          .of(1)
          .upsertMany([
            { variant_id: 1, currency: 'usd', price: 1 },
            { variant_id: 1, currency: 'eur', price: 2 },
            { variant_id: 2, currency: 'usd', price: 3 },
          ]),
    );
    expect(succeeded.map(({ variant_id, currency, price }) => `${variant_id} ${currency} ${price}`)).to.deep.equal([
      '1 usd 1',
      '1 eur 2',
      '2 usd 3',
    ]);
  });

  it('the deletion of several, with a status for each', async () => {
    const destroy = (session: Session) => Jar.using(session).destroyMany([1, 2, 3]);
    const { succeeded, failed } = await against(
      207,
      () => [
        { status: 204, id: 3 },
        { status: 404, id: 2, title: 'gone' },
        { status: 204, id: 1 },
      ],
      destroy,
    );
    expect(ids(succeeded)).to.deep.equal([1, 3]);
    expect(failed[0]?.[1]).to.be.instanceOf(RecordNotFoundError);
    expect(failed[0]?.[0]['isDestroyed']).to.equal(false);
    const unnamed = await against(207, () => [{ status: 204, id: 1 }], destroy);
    expect(failures(unnamed.failed)).to.deep.equal([
      [2, 'UncertainOutcomeError'],
      [3, 'UncertainOutcomeError'],
    ]);
    expect(ids((await against(204, () => undefined, destroy)).succeeded)).to.deep.equal([1, 2, 3]);
  });

  it('207: a list of errors that each name their record, by key, natural key or place', async () => {
    const byKey = await against(
      207,
      () => ({
        data: [{ id: 1 }],
        errors: [
          { id: 3, message: 'bad price' },
          { id: 2, status: 409, title: 'taken' },
        ],
      }),
      savePrices(1, 2, 3),
    );
    expect([ids(byKey.succeeded), failures(byKey.failed)]).to.deep.equal([
      [1],
      [
        [2, 'ConflictError'],
        [3, 'ValidationError'],
      ],
    ]);
    expect(byKey.failed[1]?.[1]?.message).to.contain('bad price');
    const byEmail = await against(
      207,
      (sent) => ({
        data: [{ ...sent[0], id: 1 }],
        errors: [
          { email: 'P2@example.com', message: 'second' },
          { email: 'p1@example.com', message: 'first' },
        ],
      }),
      createPeople(3),
    );
    expect(byEmail.failed.map(([{ email }, error]) => [email, (error as ValidationError).errors])).to.deep.equal([
      ['p1@example.com', { base: ['first'] }],
      ['p2@example.com', { base: ['second'] }],
    ]);
    const byPlace = await against(
      207,
      () => ({ data: [{ id: 1 }, { id: 3 }], errors: [{ index: 1, message: 'no' }] }),
      savePrices(1, 2, 3),
    );
    expect([ids(byPlace.succeeded), failures(byPlace.failed)]).to.deep.equal([[1, 3], [[2, 'ValidationError']]]);
  });

  it('the deletion of several, with errors that name theirs, rows of what is gone, or a count of failures', async () => {
    const destroy = (session: Session) => Jar.using(session).destroyMany([1, 2, 3]);
    const named = await against(207, () => ({ errors: [{ id: 2, message: 'locked' }] }), destroy);
    expect([ids(named.succeeded), failures(named.failed)]).to.deep.equal([[1, 3], [[2, 'ValidationError']]]);
    expect(named.failed[0]?.[1]?.message).to.contain('locked');
    const gone = await against(207, () => [{ id: 3 }, { id: 1 }], destroy);
    expect([ids(gone.succeeded), failures(gone.failed)]).to.deep.equal([[1, 3], [[2, 'UncertainOutcomeError']]]);
    const holes = await against(207, () => [null, { status: 404, id: 2 }, null], destroy);
    expect(failures(holes.failed)).to.deep.equal([
      [1, 'UncertainOutcomeError'],
      [2, 'RecordNotFoundError'],
      [3, 'UncertainOutcomeError'],
    ]);
    const counted = await against(207, () => ({ meta: { total: 3, success: 2, failed: 1 } }), destroy);
    expect(counted.failed.map(([, error]) => error?.name)).to.deep.equal(Array(3).fill('UncertainOutcomeError'));
  });

  it('by updateMany, as by saveMany', async () => {
    const { succeeded, failed } = await against(
      207,
      () => [
        { status: 422, id: 2, errors: { price: 'no' } },
        { status: 200, data: { id: 1, name: 'a' } },
      ],
      (session) =>
        v3.Product.using(session).updateMany([
          { id: 1, price: 1 },
          { id: 2, price: 2 },
        ]),
    );
    expect([ids(succeeded), failures(failed)]).to.deep.equal([[1], [[2, 'ValidationError']]]);
  });

  for (const bad of [1, 2, 3]) {
    it(`a refusal that names record ${bad} of 3 by its position has the names of its fields`, async () => {
      const { succeeded, failed } = await refusing(bad);
      expect(ids(succeeded)).to.deep.equal([1, 2, 3].filter((id) => id !== bad));
      expect(failed.map(([record, error]) => [record['id'], (error as ValidationError).errors])).to.deep.equal([
        [bad, { price: ['too low'] }],
      ]);
      expect(failed[0]?.[1]?.message)
        .to.contain('price: too low')
        .and.not.match(/\d\.price/);
    });
  }

  const UNREADABLE: Readonly<Record<string, unknown>> = {
    'that is cut off': '{"data":[{"id":1',
    'that is a page of HTML': '<html></html>',
    'without rows': { data: [] },
    'that is empty': undefined,
    'of the wrong shape': { data: 7 },
    'of an object without rows': { data: {}, meta: {} },
    'whose rows have no keys': { data: people(2) },
  };
  for (const [name, body] of Object.entries(UNREADABLE)) {
    it(`a success ${name} leaves the creation of each record unknown`, async () => {
      const { succeeded, failed, requests } = await against(200, () => body, createPeople(2));
      expect(succeeded).to.deep.equal([]);
      expect(failures(failed)).to.deep.equal([
        ['p0@example.com', 'UncertainOutcomeError'],
        ['p1@example.com', 'UncertainOutcomeError'],
      ]);
      for (const [record, error] of failed) {
        expect(error).to.be.instanceOf(UncertainOutcomeError);
        expect(error?.message).to.contain('look before you repeat it');
        expect(record['isNew']).to.equal(true);
      }
      expect(requests).to.equal(1);
    });
  }
});
