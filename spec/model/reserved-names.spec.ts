import { expect } from 'chai';
import { Attribute, ConfigurationError, Model, type ReservedName, Resource } from '../../lib/index.js';

const RESERVED = {
  save: 1,
  update: 1,
  assign: 1,
  destroy: 1,
  reload: 1,
  restore: 1,
  clone: 1,
  isSame: 1,
  request: 1,
  validate: 1,
  isNew: 1,
  isDirty: 1,
  isDestroyed: 1,
  changed: 1,
  changes: 1,
  previousChanges: 1,
  fieldErrors: 1,
  toObject: 1,
  toJSON: 1,
  session: 1,
} satisfies Record<ReservedName, 1>;

describe('the members that every record has', () => {
  const declare = (name: string): unknown => {
    class Thing extends Model {}
    Attribute()(Thing.prototype, name);
    return Resource('/things')(Thing);
  };

  it('are those that the types reserve', () => {
    const members = Object.getOwnPropertyNames(Model.prototype).filter((name) => name !== 'constructor' && name !== 'delete');
    expect(members.sort()).to.deep.equal(Object.keys(RESERVED).sort());
  });

  it('cannot be attributes; the name of a call of other libraries can', () => {
    for (const name of Object.keys(RESERVED))
      expect(() => declare(name), name).to.throw(ConfigurationError, `\`${name}\` is a member of every record.`);
    expect(() => declare('then')).to.throw(ConfigurationError, '`then` cannot be an attribute');
    expect(() => declare('delete')).not.to.throw();
  });
});
