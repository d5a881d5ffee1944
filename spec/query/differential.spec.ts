import { type Model, type ModelClass, type Query, Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { assertFound, Dice, type Expectation, type Row, repeat, sizeOf, timeFor } from '../support/differential.js';

/** A filter, as the query is told of it and as a naive reader applies it. */
interface Filter {
  readonly where: Record<string, unknown>;
  test(row: Row): boolean;
  /** Keys in the order in which they are asked for. */
  readonly keys?: readonly number[];
}

/** A resource, its rows, and what can be asked of it. */
interface Subject {
  readonly name: string;
  readonly model: ModelClass;
  readonly rows: readonly Row[];
  readonly orders: readonly string[];
  readonly canSelect: boolean;
  readonly filters: readonly ((dice: Dice) => Filter)[];
}

type Found = Model & { readonly id: number };

const range = (count: number, from = 1): number[] => Array.from({ length: count }, (_, index) => from + index);
const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const dateOf = (day: number): string => new Date(START + day * DAY).toISOString();
const numberIn = (row: Row, name: string): number => row[name] as number;

/** The tables of one store: what is random in them is the same for every run. */
function tables() {
  const dice = new Dice(4711);
  const products = range(300).map((at) => ({
    id: at * 2, // every other key is unknown
    name: `${dice.word(6)}`,
    sku: `sku${dice.word(5)}${at}`,
    price: dice.int(1, 40) / 2,
    inventory_level: dice.int(0, 20),
    brand_id: dice.int(1, 6),
    categories: dice.some(range(120), dice.int(1, 4)),
    is_visible: dice.chance(0.7),
    is_featured: dice.chance(0.3),
    date_modified: dateOf(dice.int(0, 50)),
  }));
  const customers = range(280).map((at) => ({
    id: at + 1000,
    email: `c${at}.${dice.word(12)}@example.com`,
    first_name: dice.pick(['ann', 'bob', 'cid', 'dan']),
    last_name: dice.word(5),
    company: dice.pick(['', 'oak', 'elm', 'fir']),
    customer_group_id: dice.int(0, 5),
    date_created: dateOf(dice.int(0, 30)),
  }));
  const orders = range(260).map((at) => ({
    id: at + 100,
    customer_id: 1000 + dice.int(1, 40),
    status_id: dice.int(0, 14),
    total_inc_tax: dice.int(1, 100) / 4,
    date_created: dateOf(dice.int(0, 40)),
  }));
  return { products, customers, orders };
}

/** A list of 0 to 1,000 values, some of which are in the table, some perhaps twice. */
function listOf<T>(dice: Dice, known: readonly T[], unknown: (at: number) => T): T[] {
  const size = dice.pick([0, 1, 2, 10, 60, 250, 251, 500, 1000]);
  const share = dice.pick([0, 0.005, 0.1, 0.5, 1]);
  const list = Array.from({ length: size }, (_, at) => (dice.chance(share) ? dice.pick(known) : unknown(at)));
  return dice.chance(0.5) ? list : [...list].sort();
}

const between = (name: string, values: (dice: Dice) => number, toFilter: (value: number) => unknown = (value) => value) => {
  return (dice: Dice): Filter => {
    const value = values(dice);
    return dice.chance(0.5)
      ? { where: { [name]: { min: toFilter(value) } }, test: (row) => numberIn(row, name) >= value }
      : { where: { [name]: { max: toFilter(value) } }, test: (row) => numberIn(row, name) <= value };
  };
};

const dayBetween =
  (name: string) =>
  (dice: Dice): Filter => {
    const date = dateOf(dice.int(0, 50));
    return dice.chance(0.5)
      ? { where: { [name]: { min: new Date(date) } }, test: (row) => (row[name] as string) >= date }
      : { where: { [name]: { max: new Date(date) } }, test: (row) => (row[name] as string) <= date };
  };

const equal =
  (name: string, values: (dice: Dice) => unknown) =>
  (dice: Dice): Filter => {
    const value = values(dice);
    return { where: { [name]: value }, test: (row) => row[name] === value };
  };

const among =
  <T>(name: string, list: (dice: Dice) => T[]) =>
  (dice: Dice): Filter => {
    const values = list(dice);
    const set = new Set<unknown>(values);
    const holds = (value: unknown): boolean => (Array.isArray(value) ? value.some((each) => set.has(each)) : set.has(value));
    return {
      where: { [name]: dice.chance(0.3) ? values : { in: values } },
      test: (row) => holds(row[name]),
      ...(name === 'id' ? { keys: values as number[] } : {}),
    };
  };

const notAmong =
  (name: string, list: (dice: Dice) => number[]) =>
  (dice: Dice): Filter => {
    const values = list(dice);
    return { where: { [name]: { notIn: values } }, test: (row) => !values.includes(numberIn(row, name)) };
  };

function subjects(): Subject[] {
  const { products, customers, orders } = tables();
  const ids = products.map(({ id }) => id);
  return [
    {
      name: 'v3.Product',
      model: v3.Product as unknown as ModelClass,
      rows: products,
      orders: ['id', 'name', 'price', 'inventory_level', 'date_modified'],
      canSelect: true,
      filters: [
        among('id', (dice) => listOf(dice, ids, (at) => at * 2 + 1)),
        among('id', (dice) => listOf(dice, ids, (at) => 5000 + at)),
        among('sku', (dice) =>
          listOf(
            dice,
            products.map(({ sku }) => sku),
            (at) => `unknown${at}`,
          ),
        ),
        among('categories', (dice) => listOf(dice, range(120), (at) => 5000 + at)),
        notAmong('id', (dice) => dice.some(ids, dice.int(0, 200))),
        notAmong('inventory_level', (dice) => range(dice.int(0, 15))),
        between('id', (dice) => dice.int(1, 600)),
        between('price', (dice) => dice.int(1, 20)),
        between('inventory_level', (dice) => dice.int(0, 20)),
        dayBetween('date_modified'),
        equal('is_visible', (dice) => dice.chance(0.5)),
        equal('is_featured', (dice) => dice.chance(0.5)),
        equal('brand_id', (dice) => dice.int(1, 7)),
        (dice) => {
          const letter = dice.word(1);
          return { where: { name: { like: letter } }, test: (row) => (row['name'] as string).includes(letter) };
        },
        (dice) => {
          const level = dice.int(0, 20);
          return { where: { inventory_level: { greater: level } }, test: (row) => numberIn(row, 'inventory_level') > level };
        },
        (dice) => {
          const level = dice.int(0, 20);
          return { where: { inventory_level: { less: level } }, test: (row) => numberIn(row, 'inventory_level') < level };
        },
      ],
    },
    {
      name: 'v3.Customer',
      model: v3.Customer as unknown as ModelClass,
      rows: customers,
      orders: ['id', 'last_name', 'date_created'],
      canSelect: false,
      filters: [
        among('id', (dice) =>
          listOf(
            dice,
            customers.map(({ id }) => id),
            (at) => 5000 + at,
          ),
        ),
        among('email', (dice) =>
          listOf(
            dice,
            customers.map(({ email }) => email),
            (at) => `unknown${at}@example.com`,
          ),
        ),
        among('customer_group_id', (dice) => range(dice.int(0, 6))),
        among('company', (dice) => dice.some(['oak', 'elm', 'fir', 'ash'], dice.int(1, 4))),
        dayBetween('date_created'),
      ],
    },
    {
      name: 'v2.Product',
      model: v2.Product as unknown as ModelClass,
      rows: products,
      orders: ['id', 'name', 'inventory_level'],
      canSelect: false,
      filters: [
        between('id', (dice) => dice.int(1, 600)),
        between('price', (dice) => dice.int(1, 20), String),
        between('inventory_level', (dice) => dice.int(0, 20)),
        equal('is_visible', (dice) => dice.chance(0.5)),
        equal('brand_id', (dice) => dice.int(1, 7)),
        equal('name', (dice) => (dice.chance(0.5) ? dice.pick(products).name : 'nobody')),
        (dice) => {
          const category = dice.int(1, 120);
          return { where: { category }, test: (row) => (row['categories'] as number[]).includes(category) };
        },
      ],
    },
    {
      name: 'v2.Order',
      model: v2.Order as unknown as ModelClass,
      rows: orders,
      orders: ['id', 'customer_id', 'date_created'],
      canSelect: false,
      filters: [
        between('id', (dice) => dice.int(90, 380)),
        equal('customer_id', (dice) => 1000 + dice.int(1, 40)),
        equal('status_id', (dice) => dice.int(0, 15)),
        dayBetween('date_created'),
        (dice) => {
          const total = dice.int(1, 25);
          return { where: { total: { min: total } }, test: (row) => numberIn(row, 'total_inc_tax') >= total };
        },
      ],
    },
  ];
}

describe('random queries and a naive reader of whole tables', function () {
  const ROUNDS = 40;
  this.timeout(timeFor(ROUNDS));
  let store: Sandbox;
  let session: Session;

  before(async () => {
    store = await Sandbox.start({ seed: false });
    session = Session.configure(store.credentials);
    const { products, customers, orders } = tables();
    store.insert(v3.Product, products);
    store.insert(v3.Customer, customers);
    store.insert(v2.Order, orders);
  });
  after(async () => {
    await session.close();
    await store.stop();
  });

  for (const subject of subjects())
    it(`agree on ${subject.name}`, async () => {
      const { model, rows } = subject;
      await repeat(ROUNDS, async (dice, tell) => {
        store.requests.length = 0;
        let query: Query<Model> = model.where({} as never);
        let matching = [...rows];
        let asked: readonly number[] | undefined;
        const used = new Set<string>();
        for (const makeFilter of dice.some(subject.filters, dice.pick([0, 1, 1, 2, 3]))) {
          const { where, test, keys } = makeFilter(dice);
          const [name] = Object.keys(where) as [string];
          if (used.has(name)) continue;
          used.add(name);
          tell(`.where(${JSON.stringify(where)})`);
          query = query.where(where as never);
          matching = matching.filter(test);
          if (keys !== undefined) asked = keys;
        }
        let order: Expectation['order'];
        if (dice.chance(0.4)) {
          order = { name: dice.pick(subject.orders), direction: dice.pick(['asc', 'desc']) };
          query = query.order(order.name, order.direction);
        }
        if (subject.canSelect && dice.chance(0.2)) query = query.select('name' as never);
        const isStable = order === undefined && subject.model.resource.name === 'Product' && dice.chance(0.15);
        if (isStable) {
          order = { name: 'id', direction: 'asc' };
          query = query.stable();
        }
        const limit = dice.chance(0.4) ? dice.int(0, 60) : Number.POSITIVE_INFINITY;
        if (limit < Number.POSITIVE_INFINITY) query = query.limit(limit);
        const perPage = dice.pick([undefined, undefined, 250, 100, 33, asked === undefined || asked.length < 300 ? 7 : 50]);
        if (perPage !== undefined) query = query.perPage(perPage);
        tell(`order ${JSON.stringify(order)} stable ${isStable} limit ${limit} perPage ${perPage}`);
        const expected: Expectation = { matching, order, asked, limit };
        const terminal = dice.pick(TERMINALS);
        tell(terminal.name);
        await terminal.check(query as unknown as Query<Found>, expected, { dice, size: perPage ?? 250 });
        for (const { url, status } of store.requests) {
          expect(url.length, 'length of an address').to.be.below(8000);
          expect(status, url).to.be.below(300);
        }
      });
    });

  it('agree on finding by keys', async () => {
    const [products] = subjects() as [Subject];
    await repeat(ROUNDS, async (dice, tell) => {
      const keys = Array.from({ length: dice.pick([0, 1, 2, 30, 251, 600]) }, () => dice.pick(products.rows).id);
      const missing = dice.chance(0.3) ? Array.from({ length: dice.int(1, 3) }, (_, at) => 7001 + at) : [];
      const model = (dice.chance(keys.length > 30 ? 0 : 0.4) ? v2.Product : v3.Product) as unknown as typeof v3.Product;
      tell(`${model.resource.version} find(${JSON.stringify(keys)}) and ${missing}`);
      store.requests.length = 0;
      const found = await model.find([...keys, ...missing]).catch((error: { body?: { missing?: unknown } }) => error.body?.missing);
      if (missing.length > 0) return expect(found).to.deep.equal(missing) && undefined;
      const records = found as v3.Product[];
      expect(records.map(({ id }) => id)).to.deep.equal(keys);
      for (const [at, key] of keys.entries()) expect(records[at]).to.equal(records[keys.indexOf(key)]);
      const single = dice.some(keys, 5);
      const one = await Promise.all(single.map((key) => model.find(key)));
      expect(one.map(({ id }) => id)).to.deep.equal(single);
      return undefined;
    });
  });
});

interface Terminal {
  readonly name: string;
  check(query: Query<Found>, expected: Expectation, given: { dice: Dice; size: number }): Promise<void>;
}

const idsOf = (records: Iterable<Found>): number[] => [...records].map(({ id }) => id);

const TERMINALS: readonly Terminal[] = [
  { name: 'all', check: async (query, expected) => assertFound(idsOf(await query.all()), expected) },
  { name: 'await', check: async (query, expected) => assertFound(idsOf(await query), expected) },
  { name: 'pluck', check: async (query, expected) => assertFound(await query.pluck('id' as never), expected) },
  {
    name: 'iteration',
    async check(query, expected) {
      const found: number[] = [];
      for await (const record of query) found.push(record.id);
      assertFound(found, expected);
    },
  },
  {
    name: 'pages',
    async check(query, expected, { size }) {
      const found: number[] = [];
      let number = 0;
      for await (const page of query.pages()) {
        expect(page.number).to.equal(++number);
        if (found.length + page.items.length < sizeOf(expected))
          expect(page.items.length, 'a full page').to.equal(Math.min(size, expected.limit));
        found.push(...idsOf(page));
      }
      assertFound(found, expected);
    },
  },
  {
    name: 'batches',
    async check(query, expected, { dice }) {
      const size = dice.int(1, 40);
      const found: number[] = [];
      for await (const batch of query.batches(size)) {
        found.push(...idsOf(batch));
        if (found.length < sizeOf(expected)) expect(batch).to.have.length(size);
      }
      assertFound(found, expected);
    },
  },
  {
    name: 'first',
    async check(query, expected) {
      const found = await query.first();
      assertFound(found === null ? [] : [found.id], { ...expected, limit: Math.min(1, expected.limit) });
    },
  },
  { name: 'exists', check: async (query, expected) => expect(await query.exists()).to.equal(sizeOf(expected) > 0) && undefined },
  { name: 'count', check: async (query, expected) => expect(await query.count()).to.equal(sizeOf(expected)) && undefined },
  {
    name: 'page',
    async check(query, expected, { dice, size }) {
      const number = dice.int(1, 4);
      const page = await query.page(number);
      assertFound(idsOf(page), expected, Math.min((number - 1) * size, sizeOf(expected)), size);
      expect(page.number).to.equal(number);
      if (page.total === undefined) return;
      expect([page.total, page.totalPages]).to.deep.equal([sizeOf(expected), Math.ceil(sizeOf(expected) / size)]);
    },
  },
  {
    name: 'a loop that is left',
    async check(query, expected, { dice }) {
      const most = dice.int(1, 20);
      const found: number[] = [];
      if (sizeOf(expected) > 0) {
        for await (const record of query) {
          found.push(record.id);
          if (found.length === most) break;
        }
      }
      assertFound(found, { ...expected, limit: Math.min(expected.limit, most) });
    },
  },
];
