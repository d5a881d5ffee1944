import { ArgumentError, Attribute, Model, Resource } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { json, type Listening, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';

class Size {
  width!: number;
  notes!: unknown;
}

@Resource('/boxes', { version: 'v3' })
class Box extends Model<Box> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() extra!: unknown;
  @Attribute(() => Size) size!: Size;
}

class Empty {
  #hidden = 1;
  get shown(): number {
    return this.#hidden;
  }
}

/** Values that JSON would change in silence, with a word of the message. */
const LOST: readonly (readonly [value: unknown, word: string])[] = [
  [new Map([['a', 1]]), 'Map'],
  [new Set([1]), 'Set'],
  [() => 1, 'function'],
  [Symbol('x'), 'symbol'],
  [10n, 'bigint'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
  [new Date(Number.NaN), 'invalid Date'],
  [Promise.resolve(1), 'await'],
  [/x/, 'RegExp'],
  [new Error('x'), 'Error'],
  [new WeakMap(), 'WeakMap'],
  [new Empty(), 'Empty'],
  [Buffer.from('x'), 'bytes'],
  [new Uint8Array(2), 'bytes'],
  [new ArrayBuffer(2), 'bytes'],
  [new URLSearchParams('a=1'), 'URLSearchParams'],
];

function loop(): Record<string, unknown> {
  const loop: Record<string, unknown> = { a: { b: [] } };
  ((loop['a'] as { b: unknown[] }).b as unknown[]).push(loop);
  return loop;
}

describe('a record that holds itself', () => {
  for (const [version, load] of [
    ['v2', () => v2.Product.load({ id: 1, name: 'a' })],
    ['v3', () => v3.Product.load({ id: 1, name: 'a' })],
  ] as const)
    it(`of ${version} is refused by save() and JSON, in no time`, async () => {
      const record = load() as Model as Model & Record<string, unknown>;
      record['self'] = { again: record };
      record['also'] = [record];
      expect(Object.keys(record.toObject())).to.deep.equal(['id', 'name', 'self', 'also']);
      expect(Object.keys(record.toJSON())).to.deep.equal(['id', 'name', 'self', 'also']);
      expect(() => JSON.stringify(record)).to.throw(Error);
      expect(record.changed).to.deep.equal(['self', 'also']);
      await rejection(record.save(), ArgumentError);
    });
});

describe('values that are sent', () => {
  let server: Listening;
  beforeEach(async () => {
    server = await serve((_, response) => json(response, { data: { id: 1 }, meta: {} }));
  });
  afterEach(() => server.close());

  for (const [value, word] of LOST) {
    it(`are refused by the name of their attribute: ${word} (${Object.prototype.toString.call(value)})`, async () => {
      const session = server.session();
      const SessionBox = Box.using(session);
      const saves: readonly (readonly [name: string, save: () => unknown])[] = [
        ['extra', () => SessionBox.create({ extra: value })],
        ['extra.deep.value', () => SessionBox.create({ extra: { deep: { value } } })],
        ['extra[1].value', () => SessionBox.create({ extra: [0, { value }] })],
        ['extra', () => SessionBox.load({ id: 1 }).update({ extra: value })],
        ['extra', () => SessionBox.update(1, { extra: value })],
        ['size', () => SessionBox.create({ size: value as never })],
        ['size.notes', () => SessionBox.create({ size: { width: 1, notes: value } })],
        ['dimensions.width', () => v3.Product.using(session).create({ name: 'A', dimensions: { width: value } } as never)],
        [
          'width',
          () =>
            v2.Product.using(session)
              .load({ id: 1 })
              .update({ width: value as never }),
        ],
        ['body.a.b', () => session.post('/x', { body: { a: { b: value } } })],
        ['body', () => session.put('/x', { body: value })],
        ['body[0]', () => session.post('/x', { body: [value] })],
        ['variables.a', () => session.graphql('query { a }', { a: value })],
      ];
      for (const [name, save] of saves) {
        const { message } = await rejection(save, ArgumentError);
        // In a class of its own class-transformer has its say: it writes a Map as an object, a Set as an array.
        expect(message)
          .to.match(new RegExp(`^${name.replace(/[[\].]/g, '\\$&')} `))
          .and.contain('Nothing was sent');
        expect(message).to.contain(word);
      }
      expect(server.requests).to.deep.equal([]);
    });
  }

  it('are refused for one record of many', async () => {
    const { failed, succeeded } = await Box.using(server.session()).createMany([{ extra: 1 }, { extra: new Map() }]);
    expect(succeeded).to.have.length(1);
    expect(failed[0]?.error).to.be.instanceOf(ArgumentError).with.property('message').that.contains('extra is a Map');
  });

  it('are refused where they refer to themselves, by the attribute and not by two hundred names', async () => {
    const session = server.session();
    const SessionBox = Box.using(session);
    for (const [name, save] of [
      ['extra', () => SessionBox.create({ extra: loop() })],
      ['size', () => SessionBox.create({ size: loop() as never })],
      ['extra[0]', () => SessionBox.create({ extra: [loop()] })],
      ['dimensions', () => v3.Product.using(session).create({ name: 'A', dimensions: loop() } as never)],
      ['body', () => session.post('/x', { body: loop() })],
      ['variables', () => session.graphql('query { a }', loop())],
    ] as const) {
      const { message } = await rejection(save, ArgumentError);
      expect(message.startsWith(`${name} refers to itself`), message).to.equal(true);
      expect(message).to.have.length.below(200);
    }
    let deep: unknown = 1;
    for (let level = 0; level < 300; level++) deep = { deep };
    const { message } = await rejection(() => SessionBox.create({ extra: deep }), ArgumentError);
    expect(message).to.contain('extra is nested more than').and.have.length.below(200);
    const endless = { toJSON: (): object => ({ again: endless }) };
    expect((await rejection(() => SessionBox.create({ extra: endless }), ArgumentError)).message).to.have.length.below(200);
    expect(server.requests).to.deep.equal([]);
  });

  it('are sent where JSON can carry them', async () => {
    const shared = { a: 1 };
    const session = server.session();
    const extra = {
      twice: [shared, shared],
      nothing: undefined,
      none: null,
      holes: [undefined, 1],
      date: new Date(0),
      link: new URL('https://x.example/'),
      own: { toJSON: () => 'own' },
      itself: {
        b: 1,
        toJSON() {
          return this;
        },
      },
      bare: Object.assign(Object.create(null), { a: 1 }),
      instance: Object.assign(new Size(), { width: 2 }),
      boxed: [Object(1), Object('a'), Object(false)],
    };
    const due = {
      twice: [{ a: 1 }, { a: 1 }],
      none: null,
      holes: [null, 1],
      date: '1970-01-01T00:00:00.000Z',
      link: 'https://x.example/',
      own: 'own',
      itself: { b: 1 },
      bare: { a: 1 },
      instance: { width: 2 },
      boxed: [1, 'a', false],
    };
    await Box.using(session).create({ extra });
    await session.post('/x', { body: { extra } });
    for (const { body } of server.requests) expect(JSON.parse(body)).to.deep.equal({ extra: due });
    const form = new FormData();
    form.set('a', 'b');
    await session.post('/x', { body: form });
    await session.post('/x', { body: 'text' });
    expect(server.requests.at(-1)?.body).to.equal('"text"');
  });

  it('have the decimals that the store keeps', async () => {
    const session = server.session();
    const bodies = (): unknown[] => server.requests.map(({ body }) => JSON.parse(body) as unknown);
    const sum = 0.1 + 0.2;
    await v3.Product.using(session).create({ name: 'A', price: sum, weight: sum, cost_price: 1.00005, sale_price: -1.00005 } as never);
    await v3.Product.using(session).create({
      name: 'A',
      price: 1e-7,
      variants: [{ sku: 'a', price: sum, option_values: [] }],
      bulk_pricing_rules: [{ quantity_min: 1, quantity_max: 2, type: 'price', amount: sum }],
    } as never);
    await v3.Product.using(session).update(1, { price: 10 / 3, retail_price: 123_456_789.123_456_78 });
    await v2.Product.using(session).update(1, { price: sum as never });
    await v3.ProductModifierValue.using(session)
      .of(1, 2)
      .update(1, { adjusters: { price: { adjuster: 'relative', adjuster_value: sum } } } as never);
    expect(bodies()).to.deep.equal(
      [
        { name: 'A', weight: sum, price: 0.3, cost_price: 1.0001, sale_price: -1.0001 },
        {
          name: 'A',
          price: 0,
          variants: [{ sku: 'a', price: 0.3, option_values: [] }],
          bulk_pricing_rules: [{ quantity_min: 1, quantity_max: 2, type: 'price', amount: 0.3 }],
        },
        { price: 3.3333, retail_price: 123456789.1235 },
        { price: 0.3 },
        { label: undefined, adjusters: { price: { adjuster: 'relative', adjuster_value: 0.3 } } },
      ].map((body) => JSON.parse(JSON.stringify(body)) as unknown),
    );
  });

  it('are rounded in lists too, and leave the records unchanged after the save', async () => {
    await server.close();
    server = await serve((request, response) => {
      const rows =
        request.body === ''
          ? [
              { id: 1, price: 5 },
              { id: 2, price: 5 },
            ]
          : (JSON.parse(request.body) as unknown);
      json(response, {
        data: Array.isArray(rows) ? rows : { id: 1, ...(rows as object) },
        meta: { pagination: { total: 2, total_pages: 1 } },
      });
    });
    const Product = v3.Product.using(server.session());
    const one = await Product.load({ id: 1, price: 5 }).update({ price: 0.1 + 0.2 });
    expect([one.price, one.isDirty, one.changed]).to.deep.equal([0.3, false, []]);
    const records = [1, 2].map((id) => Product.load({ id, price: 5 }));
    for (const record of records) record.price = 0.1 + 0.2;
    await Product.saveMany(records);
    expect(records.map(({ price, isDirty }) => [price, isDirty])).to.deep.equal([
      [0.3, false],
      [0.3, false],
    ]);
    await Product.where({ is_visible: true }).updateAll({ price: 0.1 + 0.2 });
    const sent = server.requests.filter(({ method }) => method === 'PUT').map(({ body }) => JSON.parse(body) as unknown);
    expect(sent).to.deep.equal([
      { price: 0.3 },
      [
        { id: 1, price: 0.3 },
        { id: 2, price: 0.3 },
      ],
      [
        { id: 1, price: 0.3 },
        { id: 2, price: 0.3 },
      ],
    ]);
    const record = Product.load({ id: 1, price: 0.3 });
    record.price = 0.1 + 0.2;
    expect(record.isDirty).to.equal(false);
    const exact = Product.load({ id: 1, price: 0.1 + 0.2 });
    expect([exact.price, exact.isDirty]).to.deep.equal([0.30000000000000004, false]);
  });
});

describe('text in an address', () => {
  const HALF = 'cut \ud83d';

  it('is refused where it holds half of a surrogate pair', async () => {
    const server = await serve((_, response) => json(response, { data: [], meta: {} }));
    const session = server.session();
    const Product = v3.Product.using(session);
    const reads: readonly (() => unknown)[] = [
      () => v3.Cart.using(session).find(HALF),
      () => Product.find('\udc00' as never),
      () => v3.Cart.using(session).find([HALF]),
      () => v3.Cart.using(session).ref(HALF),
      () => v3.ProductImage.using(session).of(HALF).all(),
      () => v3.Cart.using(session).destroy(HALF),
      () => v3.Cart.using(session).update(HALF, {}),
      () => Product.where({ name: HALF }).all(),
      () => Product.where({ name: HALF }).count(),
      () => Product.where({ name: { like: HALF } }),
      () => Product.where({ 'sku:in': ['a', HALF] }).all(),
      () => Product.where({ sku: { in: [HALF] } }).deleteAll(),
      () => Product.findBy({ name: HALF }),
      () => Product.exists({ name: HALF }),
      () => Product.firstOrCreate({ name: HALF }, { type: 'physical', weight: 1, price: 1 }),
      () => Product.param('x', HALF).all(),
      () => Product.param(HALF, 1).all(),
      () => Product.order(HALF as never).all(),
      () => v2.Product.using(session).where({ sku: HALF }).all(),
      () =>
        Box.using(session)
          .where({ extra: HALF } as never)
          .all(),
      () => session.get(`/x/${HALF}`),
      () => session.get('/x', { query: { a: HALF } }),
      () => session.get('/x', { query: { a: ['b', HALF] } }),
      () => Product.load({ id: 1, brand_id: HALF }).brand,
      () => v3.Cart.using(session).load({ id: 'a' }).request('GET', HALF),
      () =>
        v3.Cart.using(session)
          .load({ id: 'a' })
          .updateItem(HALF, {} as never),
      () => v3.Cart.using(session).load({ id: HALF }).reload(),
      () => Product.upsertMany([{ sku: HALF } as never]),
    ];
    for (const read of reads) await rejection(read, ArgumentError);
    expect(server.requests).to.deep.equal([]);
    await server.close();
  });

  it('may hold anything else', async () => {
    const server = await serve((_, response) => json(response, { data: [], meta: {} }));
    await v3.Product.using(server.session()).where({ name: '日本 😀 &=%' }).all();
    expect(server.requests[0]?.url).to.contain('name=%E6%97%A5%E6%9C%AC%20%F0%9F%98%80%20%26%3D%25');
    await server.close();
  });
});

describe('the key 0', () => {
  it('is refused as a number and as a text, wherever a record is named', async () => {
    const server = await serve((_, response) => json(response, { data: [], meta: {} }));
    const session = server.session();
    for (const zero of [0, '0', '00', '0.0', ' 0', '0 ', '+0', '-0', -0]) {
      const key = zero as number;
      for (const model of [v2.Product, v3.Product, v3.Customer, v3.Cart, Box]) {
        const bound = (model as typeof v3.Product).using(session);
        for (const name of [
          () => bound.find(key),
          () => bound.find([1, key]),
          () => bound.ref(key),
          () => bound.exists(key),
          () => bound.update(key, {}),
          () => bound.destroy(key),
          () => bound.load({ id: key, name: 'A' }).update({ name: 'B' }),
          () => bound.load({ id: key }).reload(),
          () => bound.load({ id: key }).destroy(),
          () => bound.destroyMany([key]).then((result) => result.orThrow()),
        ])
          await rejection(name).then((error) =>
            expect(error.message, `${model.name} ${JSON.stringify(zero)} ${name}`).to.match(/cannot be|must be|is a number/),
          );
      }
      for (const of of [
        () => v2.ProductImage.using(session).of(key),
        () => v3.ProductImage.using(session).of(key).all(),
        () => v3.ProductModifierValue.using(session).of(1, key).all(),
      ])
        await rejection(of, ArgumentError);
    }
    expect(server.requests).to.deep.equal([]);
    await server.close();
  });
});
