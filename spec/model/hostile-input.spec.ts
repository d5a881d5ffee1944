import { ArgumentError, ConfigurationError, Session } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { sentBy, useStore } from '../support/store.js';

const NO_KEYS: unknown[] = [
  undefined,
  null,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
  0,
  1.5,
  '',
  ' ',
  {},
  true,
  1n,
  Symbol('x'),
  () => 1,
  new Date(),
  '../orders',
  '..',
  '.',
  '%2e%2e',
  '1/../../x',
  '1\\..',
  '1?x=1',
  '1#x',
  '1;a',
  '1%00',
  '1\t',
  '1\n',
  '0',
  'abc',
  '1'.repeat(600),
]; // prettier-ignore

describe('bad input', () => {
  const context = useStore();

  it('is refused wherever a key is taken, before any request', async () => {
    const lines = await sentBy(context.store, async () => {
      for (const key of NO_KEYS as never[]) {
        const shown = String(key);
        await rejection(() => v2.Product.find(key), ArgumentError);
        await rejection(() => v3.Product.find([1, key]), ArgumentError);
        await rejection(() => v3.Customer.find(key), ArgumentError);
        await rejection(() => v2.Product.destroy(key), ArgumentError);
        await rejection(() => v3.Customer.destroy(key), ArgumentError);
        await rejection(() => v2.Product.update(key, { name: 'x' }), ArgumentError);
        await rejection(() => v2.Product.ref(1).options.find(key), ArgumentError);
        expect(() => v2.Product.ref(key), shown).to.throw(ArgumentError);
        if (shown !== 'abc') expect(() => v2.ProductOption.of(key), shown).to.throw(ArgumentError);
        if (shown !== 'undefined' && typeof key !== 'object') await rejection(() => v2.Product.exists(key), ArgumentError);
      }
      await rejection(() => v2.Product.find([[1]] as never), ArgumentError);
    });
    expect(lines).to.deep.equal([]);
  });

  it('is refused as a path of the low-level verbs', async () => {
    const { session } = context;
    const lines = await sentBy(context.store, async () => {
      for (const path of [
        '',
        '/a/../b',
        '/a/%2e%2e/b',
        '/a?b',
        '/a#b',
        '/a\\b',
        '/a//b',
        '/a%2fb',
        '/a\n',
        '/a b',
        7,
        null,
        '//evil.example/x',
      ])
        await rejection(() => session.get(path as string), ArgumentError);
    });
    expect(lines).to.deep.equal([]);
  });

  it('is refused as a filter value that would filter nothing', () => {
    for (const value of [undefined, null, Number.NaN, new Date('x'), () => 1, Symbol('x'), {}, [undefined], [Number.NaN]])
      expect(() => v3.Product.where({ name: value as never }), String(value)).to.throw(ArgumentError);
    expect(() => v3.Product.where(null as never)).to.throw(ArgumentError);
    expect(() => v3.Product.where([] as never)).to.throw(ArgumentError);
  });

  it('never pollutes a prototype, whatever the keys of an answer', () => {
    const row = JSON.parse(
      '{"id":1,"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"prototype":1,"hasOwnProperty":2,' +
        '"toString":3,"then":4,"save":5,"session":6,"isNew":7,"custom_url":{"__proto__":{"polluted":1},"constructor":1}}',
    );
    const product = v3.Product.load(row);
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
    expect((product as unknown as Record<string, unknown>)['polluted']).to.equal(undefined);
    expect((product.custom_url as Record<string, unknown>)['polluted']).to.equal(undefined);
    expect(Object.getPrototypeOf(product)).to.equal(v3.Product.prototype);
    expect(product.save).to.be.a('function');
    expect(product.session).to.be.instanceOf(Session);
    expect(product.isNew).to.equal(false);
    expect((product as { then?: unknown }).then).to.equal(undefined);
    expect(`${product}`).to.equal('[object Object]');
    expect(product.toObject()).to.deep.include({ then: 4, save: 5, session: 6 });
    expect(product.isDirty).to.equal(false);
  });

  it('never pollutes a prototype by mass assignment', () => {
    const input = JSON.parse('{"name":"x","__proto__":{"polluted":1},"constructor":1,"session":2,"isNew":false,"then":3,"save":4}');
    for (const product of [new v3.Product(input), new v3.Product().assign(input)]) {
      expect(product.save).to.be.a('function');
      expect(product.isNew).to.equal(true);
      expect(product.session).to.be.instanceOf(Session);
      expect((product as unknown as Record<string, unknown>)['polluted']).to.equal(undefined);
      expect(product.constructor).to.equal(v3.Product);
    }
    for (const none of [null, 7, 'x', []]) expect(() => new v3.Product(none as never), String(none)).to.throw(ArgumentError);
  });

  it('says when there is no session, or none of a record', async () => {
    await context.session.run(async () => expect(Session.default).to.equal(context.session));
    const shared = (globalThis as Record<symbol, { fallback: unknown }>)[Symbol.for('bigrecord.session')] as { fallback: unknown };
    const before = shared.fallback;
    shared.fallback = undefined;
    try {
      expect((await rejection(() => v2.Product.find(1), ConfigurationError)).message).to.contain('Session.configure');
      await rejection(() => new v2.Product({ name: 'x' }).save(), ConfigurationError);
      expect(() => Session.default).to.throw(ConfigurationError);
    } finally {
      shared.fallback = before;
    }
  });
});
