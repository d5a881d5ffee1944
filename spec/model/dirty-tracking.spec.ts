import { Attribute, Model, ReadonlyAttributeError, Resource } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import fc from 'fast-check';
import { rejection } from '../support/rejection.js';
import { models, sentBy, useStore } from '../support/store.js';

class Dimensions {
  width!: number;
  depth!: number;

  get area(): number {
    return this.width * this.depth;
  }
}

class Contact {
  name!: string;
  phones!: string[];
}

@Resource('/things', { version: 'v3' })
class Thing extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() name!: string;
  @Attribute(() => Dimensions) dimensions!: Dimensions | null;
  @Attribute(() => Contact) contacts!: Contact[];
  @Attribute() tags!: string[];
  @Attribute() extra!: Record<string, unknown>;
  @Attribute(() => Date) due!: Date | null;
  @Attribute({ name: 'date_created', readOnly: true }) createdAt!: string;
  @Attribute({ cast: { read: (text: unknown) => String(text ?? '').split(','), write: (list: string[]) => list.join(',') } })
  colours!: string[];
}

const ROW = {
  id: 1,
  name: 'Thing',
  dimensions: { width: 2, depth: 5 },
  contacts: [{ name: 'Ann', phones: ['1'] }],
  tags: ['a', 'b'],
  extra: { deep: { er: [1, { x: null }] } },
  due: '2026-01-02T03:04:05+00:00',
  date_created: '2026-01-01T00:00:00+00:00',
  colours: 'red,blue',
};
const load = (): Thing => Thing.load(structuredClone(ROW));

describe('dirty tracking', () => {
  const context = useStore({ models: models(Thing) });

  it('finds a loaded record clean, whatever the spelling of its values', () => {
    const thing = load();
    expect(thing.dimensions).to.be.instanceOf(Dimensions);
    expect(thing.dimensions?.area).to.equal(10);
    expect(thing.contacts[0]).to.be.instanceOf(Contact);
    expect(thing.due).to.be.instanceOf(Date);
    expect(thing.createdAt).to.equal(ROW.date_created);
    expect(thing.colours).to.deep.equal(['red', 'blue']);
    expect(thing.isDirty).to.equal(false);
    expect(thing.changed).to.deep.equal([]);
    expect(thing.changes).to.deep.equal({});
  });

  const edits: [string, (thing: Thing) => void, object][] = [
    ['a nested value', (thing) => Object.assign(thing.dimensions as object, { width: 3 }), { dimensions: { width: 3, depth: 5 } }],
    [
      'a push to an array of value objects',
      (thing) => thing.contacts.push(Object.assign(new Contact(), { name: 'Bo', phones: [] })),
      {
        contacts: [
          { name: 'Ann', phones: ['1'] },
          { name: 'Bo', phones: [] },
        ],
      },
    ],
    [
      'a push deep inside a value object',
      (thing) => thing.contacts[0]?.phones.push('2'),
      { contacts: [{ name: 'Ann', phones: ['1', '2'] }] },
    ],
    ['a push to a plain array', (thing) => thing.tags.push('c'), { tags: ['a', 'b', 'c'] }],
    ['a reordered array', (thing) => thing.tags.reverse(), { tags: ['b', 'a'] }],
    [
      'a change deep in a plain object',
      (thing) => ((thing.extra as { deep: { er: unknown[] } }).deep.er[0] = 2),
      { extra: { deep: { er: [2, { x: null }] } } },
    ],
    ['a mutated date', (thing) => thing.due?.setUTCFullYear(2027), { due: '2027-01-02T03:04:05.000Z' }],
    ['null for a date', (thing) => (thing.due = null), { due: null }],
    ['null for a value object', (thing) => (thing.dimensions = null), { dimensions: null }],
    ['a custom cast', (thing) => thing.colours.push('green'), { colours: 'red,blue,green' }],
  ];
  for (const [what, edit, body] of edits) {
    it(`notices ${what}`, async () => {
      context.store.insert(Thing as never, [structuredClone(ROW)]);
      const thing = load();
      edit(thing);
      expect(thing.changed).to.deep.equal(Object.keys(body));
      expect(await sentBy(context.store, () => thing.save())).to.deep.equal([`PUT /v3/things/1 ${JSON.stringify(body)}`]);
      expect(thing.isDirty).to.equal(false);
    });
  }

  it('takes a value that was set back, at any depth, for unchanged', () => {
    const thing = load();
    thing.tags.push('c');
    thing.tags.pop();
    (thing.dimensions as Dimensions).width = 9;
    (thing.dimensions as Dimensions).width = 2;
    thing.due = new Date(ROW.due);
    expect(thing.isDirty).to.equal(false);
  });

  it('compares texts of amounts as texts', async () => {
    const product = await v2.Product.find(1);
    product.price = '10.95';
    expect(product.changes).to.deep.equal({ price: ['10.9500', '10.95'] });
  });

  it('gives copies in changes, which later edits do not touch', () => {
    const thing = load();
    thing.tags.push('c');
    const { changes } = thing;
    thing.tags.push('d');
    expect(changes['tags']).to.deep.equal([
      ['a', 'b'],
      ['a', 'b', 'c'],
    ]);
  });

  it('gives value objects and cast values in changes as what they are, before and after', async () => {
    context.store.insert(Thing as never, [structuredClone(ROW)]);
    const thing = load();
    (thing.dimensions as Dimensions).width = 3;
    thing.contacts[0]?.phones.push('2');
    const areas = (values: unknown): unknown[] => (values as Dimensions[]).map(({ area }) => area);
    expect(areas(thing.changes['dimensions'])).to.deep.equal([10, 15]);
    const contacts = thing.changes['contacts']?.[1] as Contact[] | undefined;
    expect(contacts?.[0]).to.be.instanceOf(Contact).and.not.equal(thing.contacts[0]);
    await thing.save();
    expect(areas(thing.previousChanges['dimensions'])).to.deep.equal([10, 15]);
  });

  it('takes the API name, set on the record itself, for the attribute that has another property', async () => {
    @Resource('/things', { version: 'v3' })
    class Renamed extends Model {
      @Attribute({ readOnly: true }) id!: number;
      @Attribute({ name: 'first_name' }) first!: string;
      @Attribute(() => Date, { name: 'date_due' }) due!: Date;
      @Attribute({ name: 'date_created', readOnly: true }) createdAt!: string;
    }
    const row = { id: 1, first_name: 'Ann', date_due: '2026-01-02T00:00:00Z', date_created: 'then' };
    context.store.insert(Thing as never, [{ ...row }]);
    const record = Renamed.load({ ...row });
    Object.assign(record, record.toObject());
    expect(record.changed).to.deep.equal([]);
    Object.assign(record, { first_name: 'Bea' });
    expect(record.changes).to.deep.equal({ first: ['Ann', 'Bea'] });
    expect(Object.keys(record)).to.deep.equal(['id', 'first', 'due', 'createdAt']);
    Object.assign(record, { first_name: 'Cem', date_due: '2027-01-02T00:00:00Z' });
    expect(await sentBy(context.store, () => record.save())).to.deep.equal([
      'PUT /v3/things/1 {"first_name":"Cem","date_due":"2027-01-02T00:00:00Z"}',
    ]);
    expect([record.first, record.isDirty, record.due.getUTCFullYear()]).to.deep.equal(['Cem', false, 2027]);
    Object.assign(record, { date_created: 'now' });
    await rejection(record.save(), ReadonlyAttributeError);
    expect(record.restore().isDirty).to.equal(false);
    const made = Object.assign(new Renamed(), { first_name: 'Dee' });
    expect(await sentBy(context.store, () => made.save())).to.deep.equal(['POST /v3/things {"first_name":"Dee"}']);
    expect([made.first, made.isDirty]).to.deep.equal(['Dee', false]);
  });

  it('holds, once saved, what the declaration says: dates for texts, value objects for plain ones, be the answer silent or not', async () => {
    for (const answer of [{}, { id: 1 }, undefined]) {
      const thing = load() as Thing & Record<string, unknown>;
      Object.assign(thing, { due: '2027-01-02T03:04:05Z', dimensions: { width: 1, depth: 2 }, contacts: [{ name: 'Bo' }] });
      context.session.use(async (request, next) =>
        request.method === 'PUT'
          ? { status: answer === undefined ? 204 : 200, headers: {}, body: answer && { data: answer } }
          : next(request),
      );
      await thing.save();
      expect(thing.due).to.deep.equal(new Date('2027-01-02T03:04:05Z'));
      expect(thing.dimensions?.area).to.equal(2);
      expect(thing.contacts[0]).to.be.instanceOf(Contact);
      expect(thing.isDirty).to.equal(false);
    }
  });

  it('drops on restore() what a new record was not given, and puts its defaults back', () => {
    @Resource('/things', { version: 'v3' })
    class Fresh extends Model<Fresh> {
      @Attribute() name!: string;
      @Attribute() price = 9;
      @Attribute() tags: string[] = ['new'];
      cache = 1;
    }
    const fresh = new Fresh({ name: 'a' }) as Fresh & Record<string, unknown>;
    const asMade = { ...fresh };
    fresh.name = 'b';
    fresh.price = 1;
    fresh.tags.push('more');
    fresh['extra'] = 1;
    fresh.cache = 2;
    fresh['_seen'] = true;
    expect({ ...fresh.restore() }).to.deep.equal({ ...asMade, tags: ['new'], cache: 2, _seen: true });
    fresh.tags.push('x');
    expect(fresh.restore().tags).to.deep.equal(['new']);
    expect(fresh.changed).to.deep.equal(['name', 'price', 'tags']);
  });

  it('drops unsaved changes on restore()', () => {
    const thing = load();
    thing.name = 'Other';
    thing.tags.push('c');
    (thing.dimensions as Dimensions).width = 7;
    thing.assign({ due: null });
    (thing as unknown as Record<string, unknown>)['unknown_before'] = 1;
    expect(thing.restore()).to.equal(thing);
    expect(thing.name).to.equal('Thing');
    expect(thing.tags).to.deep.equal(['a', 'b']);
    expect(thing.dimensions?.width).to.equal(2);
    expect(thing.due?.toISOString()).to.equal('2026-01-02T03:04:05.000Z');
    expect(thing.isDirty).to.equal(false);
  });

  it('keeps attributes that the class does not declare, and sends them only when changed', async () => {
    context.store.insert(Thing as never, [structuredClone(ROW)]);
    const thing = Thing.load({ ...structuredClone(ROW), novelty: { a: 1 } }) as Thing & { novelty: { a: number } };
    expect(thing.novelty).to.deep.equal({ a: 1 });
    thing.name = 'New';
    expect(await sentBy(context.store, () => thing.save())).to.deep.equal(['PUT /v3/things/1 {"name":"New"}']);
    thing.novelty.a = 2;
    expect(thing.changed).to.deep.equal(['novelty']);
    expect(await sentBy(context.store, () => thing.save())).to.deep.equal(['PUT /v3/things/1 {"novelty":{"a":2}}']);
  });

  it('tells of a change to what only the store may set, and refuses to save it', async () => {
    const product = await v3.Product.find(1);
    Object.assign(product, { calculated_price: 1 });
    expect([product.isDirty, product.changed]).to.deep.equal([true, ['calculated_price']]);
    await rejection(product.save(), ReadonlyAttributeError);
    expect(product.restore().isDirty).to.equal(false);
    expect(await sentBy(context.store, () => product.save())).to.deep.equal([]);
  });

  it('keeps values of an unexpected type as they came, and does not send them back', () => {
    const product = v3.Product.load({ id: 1, price: '12', name: 7, categories: null, date_modified: 'no date', is_visible: 'yes' });
    expect(product.price).to.equal('12');
    expect(product.name).to.equal(7);
    expect(product.categories).to.equal(null);
    expect(product.date_modified).to.equal(null);
    expect(product.isDirty).to.equal(false);
  });

  it('reads the dates of both generations, and none where there is none', () => {
    const order = v2.Order.load({ id: 1, date_created: 'Tue, 20 Nov 2012 00:00:00 +0000', date_shipped: '' });
    expect(order.date_created?.toISOString()).to.equal('2012-11-20T00:00:00.000Z');
    expect(order.date_shipped).to.equal(null);
    for (const none of ['', '0', '0000-00-00', 'x'.repeat(100_000), null])
      expect(v2.Order.load({ id: 1, date_shipped: none }).date_shipped, String(none).slice(0, 20)).to.equal(null);
    expect(order.isDirty).to.equal(false);
  });

  it('sends, for any edits, exactly what makes the copy of the store equal the record', () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.jsonValue({ maxDepth: 3 }));
    const edit = fc.oneof(
      fc.record({ on: fc.constantFrom('name', 'tags', 'extra', 'novelty'), to: value }),
      fc.record({ on: fc.constant('width'), to: fc.integer() }),
      fc.record({ on: fc.constant('phone'), to: fc.string() }),
      fc.record({ on: fc.constant('day'), to: fc.integer({ min: 0, max: 2_000_000_000_000 }) }),
    );
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (all) => {
        const thing = load();
        const any = thing as unknown as Record<string, unknown>;
        for (const { on, to } of all) {
          if (on === 'width') (thing.dimensions as Dimensions).width = to as number;
          else if (on === 'phone') thing.contacts[0]?.phones.push(to as string);
          else if (on === 'day') thing.due?.setTime(to as number);
          else any[on] = structuredClone(to);
        }
        const wanted = thing.toJSON();
        const copy: Record<string, unknown> = { ...(load().toJSON() as object) };
        for (const name of thing.changed) copy[name] = wanted[name];
        expect(copy).to.deep.equal(wanted);
        const untouched = load().toJSON();
        for (const name of thing.changed) expect(untouched[name]).to.not.deep.equal(wanted[name]);
      }),
      { numRuns: 300 },
    );
  });
});
