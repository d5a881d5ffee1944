import { type Model, type ModelClass, Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { type Dice, repeat, type Tell, timeFor } from '../support/differential.js';

type Row = Record<string, unknown> & { id: number };

/** A resource whose records are written, and the table as a naive writer keeps it. */
interface Subject {
  readonly name: string;
  readonly model: ModelClass;
  /** Attributes for a new record, which no other has. */
  attributes(number: number, dice: Dice): Record<string, unknown>;
  /** What the API demands: without it a record is refused. */
  readonly required: string;
  /** An attribute that is changed and filtered by, and its values. */
  readonly changed: string;
  readonly values: readonly (string | number)[];
}

const SUBJECTS: readonly Subject[] = [
  {
    name: 'v3.Product',
    model: v3.Product as unknown as ModelClass,
    attributes: (number, dice) => ({
      name: `Product ${number}`,
      type: 'physical',
      weight: 1,
      price: dice.int(1, 9),
      brand_id: dice.int(1, 4),
    }),
    required: 'name',
    changed: 'brand_id',
    values: [1, 2, 3, 4],
  },
  {
    name: 'v3.Customer',
    model: v3.Customer as unknown as ModelClass,
    attributes: (number, dice) => ({ email: `c${number}@example.com`, first_name: 'a', last_name: 'b', customer_group_id: dice.int(1, 4) }),
    required: 'email',
    changed: 'customer_group_id',
    values: [1, 2, 3, 4],
  },
  {
    name: 'v3.Brand',
    model: v3.Brand as unknown as ModelClass,
    attributes: (number, dice) => ({ name: `Brand ${number}`, page_title: dice.pick(['oak', 'elm', 'fir']) }),
    required: 'name',
    changed: 'page_title',
    values: ['oak', 'elm', 'fir', 'ash'],
  },
  {
    name: 'v2.Brand',
    model: v2.Brand as unknown as ModelClass,
    attributes: (number, dice) => ({ name: `Old brand ${number}`, page_title: dice.pick(['oak', 'elm', 'fir']) }),
    required: 'name',
    changed: 'page_title',
    values: ['oak', 'elm', 'fir', 'ash'],
  },
];

type Found = Model & Row;

describe('random writes of many records and a naive table', function () {
  const ROUNDS = 20;
  this.timeout(timeFor(ROUNDS));
  let store: Sandbox;
  let session: Session;

  before(async () => {
    store = await Sandbox.start({ seed: false });
    session = Session.configure(store.credentials);
    const brands = [1, 2, 3, 4].map((id) => ({ id, name: `Brand of products ${id}` }));
    store.insert(v3.Brand, brands);
    const groups = [1, 2, 3, 4].map((id) => ({ id, name: `Group of customers ${id}` }));
    store.insert(v2.CustomerGroup, groups);
  });
  after(async () => {
    await session.close();
    await store.stop();
  });

  /** The whole table, by plain HTTP. */
  async function readTable({ model: { resource }, changed }: Subject): Promise<Map<number, unknown>> {
    const { baseUrl, storeHash, accessToken } = store.credentials;
    const rows: Row[] = [];
    for (let page = 1; rows.length === (page - 1) * 250; page++) {
      const url = `${baseUrl}/stores/${storeHash}/${resource.version}${resource.path}?limit=250&page=${page}`;
      const response = await fetch(url, { headers: { 'x-auth-token': accessToken } });
      if (response.status === 204) break;
      const body = (await response.json()) as Row[] | { data: Row[] };
      rows.push(...(Array.isArray(body) ? body : body.data));
    }
    return new Map(rows.map((row) => [row.id, row[changed]]));
  }

  for (const subject of SUBJECTS)
    it(`agree on ${subject.name}`, async () => {
      const { model, changed, values, required } = subject;
      let number = 0;
      await model
        .where({})
        .deleteAll({ all: true })
        .then(undefined, async () => {
          const left = await model.all();
          if (left.length > 0) await model.destroyMany(left as never);
        });
      const table = new Map<number, unknown>();
      const newOne = (dice: Dice): Record<string, unknown> => subject.attributes(++number, dice);
      const filterOf = (dice: Dice): { where: object; test: (id: number) => boolean } => {
        const canFilter =
          model.resource.filters !== undefined &&
          [changed, `${changed}:in`].some((name) => Object.hasOwn(model.resource.filters ?? {}, name));
        const known = [...table.keys()];
        if (model.resource.version === 'v3' && (!canFilter || dice.chance(0.5))) {
          const ids = dice.some(
            [...known, ...Array.from({ length: dice.pick([0, 5, 600]) }, (_, at) => 100_000 + at)],
            dice.pick([1, 20, 700]),
          );
          return { where: { id: { in: ids } }, test: (id) => ids.includes(id) };
        }
        if (!canFilter) {
          const least = dice.pick([0, ...known]);
          const name = Object.hasOwn(model.resource.filters ?? {}, 'min_id') ? 'id' : undefined;
          return name === undefined
            ? { where: { name: 'nobody' }, test: () => false }
            : { where: { id: { min: least } }, test: (id) => id >= least };
        }
        const value = dice.pick(values);
        return { where: { [changed]: value }, test: (id) => table.get(id) === value };
      };

      const ACTIONS: Record<string, (dice: Dice, tell: Tell) => Promise<void>> = {
        async createMany(dice, tell) {
          const rows = Array.from({ length: dice.pick([1, 7, 12, 40]) }, () => newOne(dice));
          const wrong = new Set(rows.filter(() => dice.chance(0.1)));
          for (const row of wrong) delete row[required];
          tell(`createMany of ${rows.length}, ${wrong.size} wrong`);
          const { succeeded, failed } = await model.createMany(rows as never);
          expect([succeeded.length, failed.length]).to.deep.equal([rows.length - wrong.size, wrong.size]);
          const right = rows.filter((row) => !wrong.has(row));
          for (const [at, record] of (succeeded as unknown as Found[]).entries()) {
            expect(record[changed], 'in the order given').to.equal(right[at]?.[changed]);
            table.set(record.id, record[changed]);
          }
        },
        async saveMany(dice, tell) {
          const records = (await model.all()) as unknown as Found[];
          const some = dice.some(records, dice.int(0, 40));
          let wanted = 0;
          for (const record of some) {
            if (dice.chance(0.2)) continue;
            const value = dice.pick(values);
            if (record[changed] !== value) wanted++;
            (record as Record<string, unknown>)[changed] = value;
          }
          const created = Array.from(
            { length: dice.int(0, 4) },
            () => new (model as unknown as new (given: object) => Found)(newOne(dice)),
          );
          tell(`saveMany of ${some.length}, ${wanted} changed, ${created.length} new`);
          const { succeeded, failed } = await model.saveMany(dice.shuffled([...some, ...created]) as never);
          expect([succeeded.length, failed.length]).to.deep.equal([some.length + created.length, 0]);
          for (const record of [...some, ...created]) {
            expect(record.isDirty || record.isNew).to.equal(false);
            table.set(record.id, record[changed]);
          }
        },
        async updateAll(dice, tell) {
          const { where, test } = filterOf(dice);
          const value = dice.pick(values);
          const limit = dice.chance(0.2) ? dice.int(1, 5) : undefined;
          const matching = [...table.keys()].filter(test);
          tell(`where(${JSON.stringify(where).slice(0, 300)}).limit(${limit}).updateAll to ${value}, ${matching.length} match`);
          const query = model.where(where as never);
          const { succeeded, failed } = await (limit === undefined ? query : query.limit(limit)).updateAll({ [changed]: value } as never);
          expect([succeeded.length, failed.length]).to.deep.equal([Math.min(limit ?? Number.POSITIVE_INFINITY, matching.length), 0]);
          for (const record of succeeded as unknown as Found[]) {
            expect(matching).to.include(record.id);
            table.set(record.id, value);
          }
        },
        async destroyMany(dice, tell) {
          const ids = dice.some([...table.keys()], dice.int(0, 15));
          const isByKey = dice.chance(0.5);
          tell(`destroyMany of ${ids} ${isByKey ? 'by key' : 'as records'}`);
          const records = isByKey ? ids : ids.map((id) => model.ref(id));
          const { succeeded } = await model.destroyMany(records as never);
          expect(succeeded).to.have.length(ids.length);
          for (const id of ids) table.delete(id);
        },
        async deleteAll(dice, tell) {
          const { where, test } = filterOf(dice);
          const matching = [...table.keys()].filter((id) => test(id));
          tell(`where(${JSON.stringify(where).slice(0, 300)}).deleteAll, ${matching.length} match`);
          if (dice.chance(0.5)) await model.where(where as never).deleteAll();
          else await model.where(where as never).destroyAll();
          for (const id of matching) table.delete(id);
        },
        async upsertMany(dice, tell) {
          const known = dice.some([...table.keys()], dice.int(0, 15)).map((id) => ({ id, [changed]: dice.pick(values) }));
          const created = Array.from({ length: dice.int(0, 10) }, () => newOne(dice));
          tell(`upsertMany of ${known.length} known and ${created.length} new`);
          const { succeeded, failed } = await model.upsertMany(dice.shuffled([...known, ...created]) as never);
          expect([succeeded.length, failed.length]).to.deep.equal([known.length + created.length, 0]);
          for (const record of succeeded as unknown as Found[]) table.set(record.id, record[changed]);
        },
      };

      await repeat(ROUNDS, async (dice, tell) => {
        if (table.size < 20) await ACTIONS['createMany']?.(dice, tell);
        await dice.pick(Object.values(ACTIONS))(dice, tell);
        expect(Object.fromEntries(await readTable(subject)), 'the table').to.deep.equal(Object.fromEntries(table));
      });
    });
});
