import { ArgumentError, Model, UnknownFilterError } from 'bigrecord';
import { Product as V2Product } from 'bigrecord/v2';
import { Product, ProductImage } from 'bigrecord/v3';
import { expect } from 'chai';
import { CALLS } from '../../lib/schema/guesses.js';

const call = (target: object, name: string): unknown => (target as Record<string, (...args: unknown[]) => unknown>)[name]?.(1, {});

describe('names of other libraries', () => {
  it('throw on models, queries and relations, and name ours', () => {
    for (const target of [Product, V2Product, Product.where({ is_visible: true }), ProductImage.of(1), Product.load({ id: 1 }).images]) {
      for (const [name, ours] of Object.entries(CALLS))
        expect(() => call(target, name), name).to.throw(ArgumentError, `There is no ${name}(): use ${ours}. Nothing was sent.`);
    }
    expect(() => call(Product, 'findAll')).to.throw('use all()');
    expect(() => call(Product, 'orderBy')).to.throw('use order(name, direction)');
    expect(() => call(Product, 'last')).to.throw("use order(name, 'desc').first()");
  });

  it('throw on records, without becoming attributes of theirs', () => {
    const product = Product.load({ id: 1, name: 'A' });
    expect(() => call(product, 'delete')).to.throw(ArgumentError, 'use destroy()');
    expect(JSON.stringify(product)).to.equal('{"id":1,"name":"A"}');
  });

  it('lead to calls that exist', () => {
    for (const [name, ours] of Object.entries(CALLS)) {
      const word = /^\w+/.exec(ours)?.[0] ?? '';
      expect(word === 'for' || word in Product || word in Product.where({}), `${name}: ${ours}`).to.equal(true);
      expect(Object.hasOwn(Model, name), name).to.equal(true);
    }
  });

  for (const [name, ours] of [
    ['gt', 'greater'],
    ['gte', 'min'],
    ['lt', 'less'],
    ['$lte', 'max'],
    ['not_in', 'notIn'],
    ['nin', 'notIn'],
    ['contains', 'like'],
    ['lik', 'like'],
    ['maxx', 'max'],
  ] as const) {
    it(`are operators too: ${name}, which is ${ours}`, () => {
      const error = expect(() => Product.where({ id: { [name]: 1 } } as never)).to.throw(UnknownFilterError);
      error.with.property('suggestion', ours);
      error.with.property('message').that.contains(`did you mean \`${ours}\`?`);
    });
  }

  it('are operators behind a colon too', () => {
    expect(() => Product.where({ 'id:gte': 1 } as never)).to.throw(UnknownFilterError, 'did you mean `id:min`?');
    expect(() => Product.where({ 'id:nin': 1 } as never)).to.throw(UnknownFilterError, 'did you mean `id:not_in`?');
  });

  it('exist where they say what is meant: destroyAll and updateAll of a model, which ask to be told', () => {
    expect(() => Product.destroyAll()).to.throw(ArgumentError, '{ all: true }');
    expect(() => Product.updateAll({ price: 1 })).to.throw(ArgumentError, '{ all: true }');
  });
});
