import { strict as assert } from 'node:assert';
import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { inspect } from 'node:util';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { ArgumentError, Attribute, HasMany, Model, Resource } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { IsString, Min, validateSync } from 'class-validator';
import { stringify } from 'csv-stringify/sync';
import equal from 'fast-deep-equal';
import Handlebars from 'handlebars';
import _ from 'lodash';
import { normalize, schema } from 'normalizr';
import { pino } from 'pino';
import { rejection } from '../support/rejection.js';
import { sentBy, useStore } from '../support/store.js';

class Address {
  city!: string;

  get line(): string {
    return `in ${this.city}`;
  }
}

@Resource('/bowls', { version: 'v3' })
class Bowl extends Model<Bowl> {
  @Attribute({ readOnly: true }) id!: number;
  @IsString() @Attribute() name!: string;
  @Min(1) @Attribute() price!: number;
  @Attribute() categories!: number[];
  @Attribute() custom_url!: { url: string; is_customized: boolean };
  @Attribute(() => Date) date_created!: Date | null;
  @Attribute(() => Address) address!: Address | null;
  @HasMany(() => Bowl) bowls!: HasMany<Bowl>;

  get isCheap(): boolean {
    return this.price < 20;
  }
}

const ROW = {
  id: 1,
  name: 'Bowl',
  price: 10.5,
  categories: [1, 2],
  custom_url: { url: '/bowl', is_customized: false },
  date_created: '2026-01-05T09:00:00Z',
  address: { city: 'Austin' },
  bowls: [{ id: 2 }],
  extra: { undeclared: true },
};
const NAMES = ['id', 'name', 'price', 'categories', 'custom_url', 'date_created', 'address', 'extra'];
const load = (more: object = {}): Bowl & Record<string, unknown> => Bowl.load({ ...ROW, ...more }) as Bowl & Record<string, unknown>;
const any = (record: object): Record<string, unknown> => record as Record<string, unknown>;

describe('a record is a plain object', () => {
  const context = useStore();

  it('of own, enumerable data properties: its attributes, and nothing else', () => {
    const bowl = load();
    expect(Reflect.ownKeys(bowl)).to.deep.equal(NAMES);
    for (const name of NAMES) {
      const { value, ...flags } = Object.getOwnPropertyDescriptor(bowl, name) as PropertyDescriptor;
      expect(flags, name).to.deep.equal({ writable: true, enumerable: true, configurable: true });
    }
    const seen: string[] = [];
    for (const name in bowl) seen.push(name);
    expect(seen).to.deep.equal(NAMES);
    expect(Object.entries(bowl).map(([name]) => name)).to.deep.equal(NAMES);
    expect(bowl.date_created).to.be.instanceOf(Date);
    expect(bowl.address).to.be.instanceOf(Address);
  });

  it('whose relations and methods are on the prototype', () => {
    const bowl = load();
    for (const name of ['bowls', 'save', 'isDirty', 'isCheap']) expect(Object.hasOwn(bowl, name), name).to.equal(false);
    expect(bowl.bowls.isLoaded).to.equal(true);
    expect(Object.keys(bowl)).to.deep.equal(NAMES);
    const copy = Object.assign(new Bowl(), { name: 'x', bowls: [{ name: 'y' }] });
    expect(Object.keys(copy)).to.deep.equal(['name']);
    expect(copy.isDirty).to.equal(true);
  });

  it('spread, structuredClone, postMessage', () => {
    const bowl = load();
    expect({ ...bowl }).to.deep.include({ id: 1, name: 'Bowl', extra: { undeclared: true } });
    const cloned = structuredClone(bowl);
    expect(Object.getPrototypeOf(cloned)).to.equal(Object.prototype);
    expect(Object.keys(cloned)).to.deep.equal(NAMES);
    expect(cloned.date_created).to.deep.equal(new Date(ROW.date_created));
    const { port1, port2 } = new MessageChannel();
    port1.postMessage(bowl);
    expect((receiveMessageOnPort(port2) as { message: object }).message).to.deep.equal(cloned);
    port1.close();
  });

  it('JSON, inspect, console.table', () => {
    const bowl = load();
    const json = JSON.parse(JSON.stringify({ bowl })).bowl as object;
    expect(json).to.deep.equal({ ..._.omit(ROW, 'bowls'), date_created: '2026-01-05T09:00:00.000Z' });
    expect(JSON.parse(JSON.stringify([bowl]))).to.deep.equal([json]);
    expect(inspect(bowl)).to.match(/^Bowl \{\n {2}id: 1,\n {2}name: 'Bowl'/);
    expect(inspect(bowl)).to.not.match(/session|original|shape|state/);
    const out = new PassThrough();
    new Console(out).table([bowl]);
    expect(String(out.read())).to.contain('│ name ').and.contain("'Bowl'");
  });

  it('a string names it', () => {
    const bowl = load();
    expect(`${bowl}`).to.equal('Bowl 1');
    expect(String(new Bowl({ name: 'New' }))).to.equal('Bowl (new)');
    expect(String(v2.Store.load({ name: 'Shop' })), 'there is one, without a key').to.equal('Store');
    expect(String(v3.InventoryItem.load({ identity: { sku: 'A' } })), 'a key that is an object').to.equal('InventoryItem');
    expect(String(Bowl.ref(7))).to.equal('Bowl 7');
    expect(['a', bowl].join(' ')).to.equal('a Bowl 1');
    expect(Number(bowl)).to.be.NaN;
    @Resource()
    class Named extends Bowl {
      override toString(): string {
        return this.name;
      }
      override valueOf(): number {
        return this.price;
      }
    }
    const named = Named.load({ id: 1, name: 'Own', price: 3 });
    expect(`${named}`).to.equal('Own');
    expect(Number(named), "a model's own value").to.equal(3);
    // Not an own property, and no tag: lodash and matchers would no longer take a record for an object.
    expect(Object.keys(bowl)).to.deep.equal(NAMES);
    expect(Object.getOwnPropertySymbols(bowl)).to.deep.equal([]);
    expect(Object.prototype.toString.call(bowl)).to.equal('[object Object]');
    // What is no record has no name.
    expect(String(Bowl.prototype)).to.equal('[object Object]');
    expect(String({ ...bowl })).to.equal('[object Object]');
    expect(String(_.cloneDeep(bowl))).to.equal('[object Object]');
    expect(String(new Proxy(bowl, {}))).to.equal('[object Object]');
    expect(Handlebars.compile('{{bowl}}')({ bowl })).to.equal('Bowl 1');
  });

  it('gives JSON.stringify itself, and matchers, which ask without a key, a copy', () => {
    const bowl = load();
    (bowl as { address: unknown }).address = undefined;
    const product = v3.Product.load({ id: 1, name: 'A', date_created: '2026-01-05T09:00:00Z' });
    expect(product.toJSON('')).to.equal(product);
    expect(product.toJSON()).to.not.equal(product);
    expect(product.toJSON()).to.deep.equal({ id: 1, name: 'A', date_created: new Date('2026-01-05T09:00:00Z') });
    any(product)['_seen'] = 1;
    any(product)['$$hashKey'] = 2;
    any(product)['log'] = () => {};
    expect(product.toJSON('')).to.deep.equal({ id: 1, name: 'A', date_created: new Date('2026-01-05T09:00:00Z') });
    const order = v2.Order.load({ id: 1, date_created: 'Tue, 20 Nov 2012 00:00:00 +0000' });
    expect(JSON.stringify(order)).to.equal('{"id":1,"date_created":"Tue, 20 Nov 2012 00:00:00 +0000"}');
  });

  it('lodash: pick, omit, sortBy, groupBy, isEqual', () => {
    expect(_.pick(load(), 'name')).to.deep.equal({ name: 'Bowl' });
    expect(Object.keys(_.omit(load(), 'name'))).to.deep.equal(NAMES.filter((name) => name !== 'name'));
    expect(_.sortBy([load({ name: 'b' }), load({ name: 'a' })], 'name').map(({ name }) => name)).to.deep.equal(['a', 'b']);
    expect(Object.keys(_.groupBy([load()], 'name'))).to.deep.equal(['Bowl']);
    expect(_.isEqual(load(), load())).to.equal(true);
    expect(_.isEqual(load(), load({ custom_url: {} }))).to.equal(false);
  });

  it('lodash: merge into and out of a record', () => {
    const bowl = load();
    _.merge(bowl, { custom_url: { url: '/other' }, name: 'Merged' });
    expect(bowl.changed).to.deep.equal(['name', 'custom_url']);
    expect(bowl.custom_url).to.deep.equal({ url: '/other', is_customized: false });
    expect(_.merge({}, load())).to.deep.include({ name: 'Bowl', categories: [1, 2] });
    const [a, b] = [load(), load({ custom_url: { url: '/b' } })];
    _.merge(a, b);
    a.custom_url.url = '/mine';
    expect(b.isDirty).to.equal(false);
  });

  it('fast-deep-equal and assert', () => {
    expect(equal(load(), load())).to.equal(true);
    expect(equal(load(), load({ price: 1 }))).to.equal(false);
    assert.deepStrictEqual(load(), load());
    assert.notDeepStrictEqual(load(), load({ price: 1 }));
  });

  it('normalizr, Handlebars, csv-stringify, pino', () => {
    expect(normalize([load()], [new schema.Entity('bowls')]).entities['bowls']?.[1]).to.deep.include({ name: 'Bowl' });
    expect(Handlebars.compile('{{name}} {{custom_url.url}} {{#each categories}}{{this}}{{/each}}')(load())).to.equal('Bowl /bowl 12');
    expect(stringify([load()], { columns: ['id', 'name'] })).to.equal('1,Bowl\n');
    const lines: string[] = [];
    const log = pino({ base: null, timestamp: false }, { write: (line: string) => void lines.push(line) });
    log.info(load());
    log.info({ bowl: load() });
    const [flat, nested] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(flat).to.deep.include({ name: 'Bowl', categories: [1, 2] });
    expect(nested?.['bowl']).to.deep.include({ name: 'Bowl', categories: [1, 2] });
  });

  it('class-validator', () => {
    expect(validateSync(load())).to.deep.equal([]);
    expect(validateSync(load({ name: 5, price: 0 })).map(({ property }) => property)).to.have.members(['name', 'price']);
    const stripped = load();
    validateSync(stripped, { whitelist: true });
    expect(stripped.isDirty).to.equal(false);
  });

  it('freezing', () => {
    const bowl = Object.freeze(load());
    expect(bowl.isDirty).to.equal(false);
    expect(() => Object.assign(bowl, { name: 'x' })).to.throw(TypeError);
  });

  it('holds through a store: what is listed, found, created and saved', async () => {
    const product = await v3.Product.find(1);
    expect({ ...product }).to.deep.equal({ ...product.toObject() });
    const listed = (await v3.Product.limit(1))[0] as v3.Product;
    expect(structuredClone(listed)).to.deep.equal({ ...listed });
    const created = await v3.Product.create({ name: 'New', type: 'physical', weight: 1, price: 2 });
    expect(Object.keys(created)).to.include.members(['id', 'name', 'price', 'date_created']);
    expect(created.date_created).to.be.instanceOf(Date);
    any(product)['new_attribute'] = 1;
    expect(await sentBy(context.store, () => product.save())).to.deep.equal(['PUT /v3/catalog/products/1 {"new_attribute":1}']);
    expect(product.isDirty).to.equal(false);
  });
});

describe('what is an attribute', () => {
  const context = useStore();

  it('is a name set after construction, whatever other records had, and it is sent', async () => {
    const product = await v3.Product.find(1);
    const other = await v3.Product.find(2);
    any(product)['brand_new'] = { deep: [1] };
    expect(product.changed).to.deep.equal(['brand_new']);
    expect(product.changes).to.deep.equal({ brand_new: [undefined, { deep: [1] }] });
    expect(Object.hasOwn(other, 'brand_new')).to.equal(false);
    await product.save();
    expect(product.isDirty).to.equal(false);
    (any(product)['brand_new'] as { deep: number[] }).deep.push(2);
    expect(product.changed).to.deep.equal(['brand_new']);
    expect(new v3.Product({ name: 'x', novelty: 1 } as object).changed).to.deep.equal(['name', 'novelty']);
  });

  it('is none that is a symbol, a function, not enumerable, or begins with _ or $', () => {
    const bowl = load();
    bowl['_seen'] = 1;
    bowl['$$hashKey'] = 'object:3';
    bowl['log'] = () => 1;
    any(bowl)[Symbol('x') as unknown as string] = 1;
    Object.defineProperty(bowl, 'hidden', { value: 1, enumerable: false, writable: true });
    bowl['nothing'] = undefined;
    expect(bowl.changed).to.deep.equal([]);
    expect(Object.keys(bowl.toObject())).to.deep.equal(NAMES);
    expect(Object.keys(JSON.parse(JSON.stringify(bowl)))).to.deep.equal(NAMES);
    expect(context.store.requests).to.deep.equal([]);
  });

  it('is none that the class defines without @Attribute', () => {
    @Resource('/cups', { version: 'v3' })
    class Cup extends Model<Cup> {
      @Attribute() name!: string;
      cache = new Map<string, number>();
      state: string | undefined = undefined;
      readonly #secret = 42;
      total: number;
      constructor(attributes: object = {}) {
        super(attributes as never);
        this.total = 7;
      }
      reveal = (): number => this.#secret;
    }
    for (const cup of [Cup.load({ id: 1, name: 'A', total: 'from the store', cache: 'too' }), new Cup({ name: 'A' })]) {
      cup.cache.set('a', 1);
      cup.state = 'busy';
      cup.total++;
      expect(cup.reveal()).to.equal(42);
      expect(cup.total).to.equal(8);
      expect(cup.changed).to.deep.equal(cup.isNew ? ['name'] : []);
      expect(cup.toObject()).to.deep.equal(cup.isNew ? { name: 'A' } : { id: 1, name: 'A', total: 'from the store', cache: 'too' });
    }
  });

  it('has a default on new records only: after a select() it is not sent over what the store has', async () => {
    @Resource('/catalog/products', { version: 'v3' })
    class Mug extends Model<Mug> {
      @Attribute({ readOnly: true }) id!: number;
      @Attribute() name!: string;
      @Attribute() price = 9;
      @Attribute() condition: string | null = 'Used';
    }
    const [mug = expect.fail('no record')] = await Mug.select('name').limit(1);
    expect(Object.keys(mug)).to.have.members(['id', 'name']);
    mug.name = 'B';
    expect(await sentBy(context.store, () => mug.save())).to.deep.equal(['PUT /v3/catalog/products/1 {"name":"B"}']);
    expect(new Mug({ name: 'A' }).toObject()).to.deep.equal({ price: 9, condition: 'Used', name: 'A' });
    expect(new Mug({ price: 1 }).price).to.equal(1);
    expect(Mug.load({ id: 1, price: null, condition: null })).to.deep.include({ price: null, condition: null });
  });

  it('of a name that is taken is kept aside, given by toObject(), and sent when it is set', async () => {
    const row = { id: 1, name: 'n', save: 's', isNew: 'i', toJSON: 't', then: 'th', constructor: 'c', isCheap: 'yes', valueOf: 'v' };
    const bowl = Bowl.load(JSON.parse(JSON.stringify(row).replace('{', '{"__proto__":{"polluted":1},')));
    expect(typeof bowl.save).to.equal('function');
    expect([bowl.isNew, bowl.isCheap, bowl.constructor]).to.deep.equal([false, false, Bowl]);
    expect(any(bowl)['then']).to.equal(undefined);
    expect(any(bowl)['polluted']).to.equal(undefined);
    expect(Object.keys(bowl)).to.deep.equal(['id', 'name']);
    const { constructor: _constructor, ...kept } = row;
    expect(Object.entries(bowl.toObject())).to.deep.equal(Object.entries(kept));
    expect(JSON.parse(JSON.stringify(bowl))).to.deep.equal(kept);
    expect(bowl.isDirty).to.equal(false);
    bowl.assign({ then: 'other' } as object);
    expect(bowl.changed).to.deep.equal(['then']);
    expect(bowl.changes).to.deep.equal({ then: ['th', 'other'] });
    expect(bowl.restore().isDirty).to.equal(false);
  });

  it('is what a setter of the class sets, where it is given by name', async () => {
    @Resource('/users', { version: 'v3' })
    class User extends Model<User> {
      @Attribute({ readOnly: true }) id!: number;
      @Attribute() first!: string;
      @Attribute() last!: string;

      get full(): string {
        return `${this.first} ${this.last}`;
      }
      set full(names: string) {
        [this.first, this.last] = names.split(' ') as [string, string];
      }
    }
    expect(new User({ full: 'Ann Bee' }).toObject()).to.deep.equal({ first: 'Ann', last: 'Bee' });
    const user = User.load({ id: 1, first: 'A', last: 'B', full: 'of the store' });
    expect([user.full, user.isDirty]).to.deep.equal(['A B', false]);
    expect(user.assign({ full: 'Cem Dee' }).changes).to.deep.equal({ first: ['A', 'Cem'], last: ['B', 'Dee'] });
    expect(new User({ full: 'Ann Bee', first: 'Eve' }).full).to.equal('Eve Bee');
  });

  it('is loaded by its property or the name of the API wherever records are', () => {
    @Resource('/bowls/:bowl_id/stains', { version: 'v3' })
    class Stain extends Model<Stain> {
      @Attribute({ readOnly: true }) id!: number;
      @Attribute({ name: 'first_seen' }) seenAt!: string;
      @Attribute(() => Address) address!: Address;
    }
    const stain = Stain.of(1).load({ id: 3, first_seen: 'then', address: { city: 'Austin' } });
    for (const copy of [Stain.of(1).load({ ...stain }), Stain.of(1).load(structuredClone(stain))]) {
      expect([copy.seenAt, copy.address.line, copy.isDirty]).to.deep.equal(['then', 'in Austin', false]);
      expect(copy.address).to.not.equal(stain.address);
    }
  });

  it('are not given by what is no object of attributes: nothing is made of it, nothing sent', async () => {
    const none = [null, 1, 'x', [1], () => 1, new Map([['name', 'x']]), new Set([1]), new Date(), Promise.resolve({ name: 'x' })];
    for (const given of none as object[]) {
      expect(() => new Bowl(given), String(given)).to.throw(ArgumentError);
      expect(() => Bowl.load(given), String(given)).to.throw(ArgumentError);
      expect(() => load().assign(given), String(given)).to.throw(ArgumentError);
      await rejection(Bowl.create(given), ArgumentError);
      await rejection(Bowl.update(1, given), ArgumentError);
      await rejection(load().update(given), ArgumentError);
    }
    expect(context.store.requests).to.deep.equal([]);
  });

  it('keeps nested keys __proto__ out of what the program is handed', () => {
    const bowl = Bowl.load(JSON.parse('{"id":1,"extra":{"a":{"__proto__":{"polluted":1}}}}')) as Bowl & { extra: { a: object } };
    expect(Object.keys(bowl.extra.a)).to.deep.equal([]);
    expect(_.merge({}, bowl).extra.a).to.not.have.property('polluted');
  });
});

describe('two records', () => {
  it('share nothing after assign()', () => {
    const [a, b] = [load(), load({ categories: [4], address: { city: 'B' } })];
    a.assign(b);
    a.categories.push(8);
    a.custom_url.url = '/a';
    a.date_created?.setUTCFullYear(1999);
    (a.address as Address).city = 'A';
    (a['extra'] as { more?: number }).more = 1;
    expect(a.address).to.be.instanceOf(Address);
    expect(b.changed).to.deep.equal([]);
    const list = [1];
    const made = new Bowl({ categories: list });
    list.push(2);
    expect(made.categories).to.deep.equal([1]);
  });

  it('share nested values after Object.assign(), as plain objects do, and never their state', () => {
    const [a, b] = [load(), load({ id: 2, name: 'B' })];
    Object.assign(a, b);
    expect(a.changed).to.deep.equal(['id', 'name']);
    a.categories.push(5);
    expect(b.changed).to.deep.equal(['categories']);
    expect(b.name).to.equal('B');
    expect(a.bowls).to.not.equal(b.bowls);
  });
});

describe('a date', () => {
  it('set as text is compared as a date', () => {
    const bowl = load();
    for (const text of ['2026-01-05T09:00:00Z', '2026-01-05T10:00:00+01:00', 'Mon, 05 Jan 2026 09:00:00 +0000']) {
      any(bowl)['date_created'] = text;
      expect(bowl.isDirty, text).to.equal(false);
    }
    any(bowl)['date_created'] = '2027-01-05T09:00:00Z';
    expect(bowl.changes).to.deep.equal({ date_created: [new Date(ROW.date_created), '2027-01-05T09:00:00Z'] });
    expect(bowl.restore().date_created).to.deep.equal(new Date(ROW.date_created));
  });

  it('is read as Date.parse reads it', () => {
    const texts = ['2026-01-05T09:00:00Z', '2026-01-05T09:00:00.123Z', '2026-12-31T23:59:59+00:00', '2024-02-29T00:00:00Z'];
    const others = ['2026-01-05T09:00:00+02:00', '2026-01-05T24:00:00Z', '2026-01-05T09:00:00.12Z', '1999-02-28T00:00:00Z', '2026-01-05'];
    for (const text of [...texts, ...others]) expect(load({ date_created: text }).date_created?.getTime(), text).to.equal(Date.parse(text));
    for (const text of ['2026-13-05T09:00:00Z', '2026-01-05T09:00:61Z', '2026-01-05Txx:00:00Z'])
      expect(load({ date_created: text }).date_created, text).to.equal(null);
  });

  it('on an undeclared name is clean after a save', async () => {
    const bowl = load();
    bowl['seen_at'] = new Date(0);
    expect(bowl.changed).to.deep.equal(['seen_at']);
  });
});
