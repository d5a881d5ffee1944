import { Attribute, BelongsTo, ConfigurationError, HasMany, Model, Resource } from 'bigrecord';
import { expect } from 'chai';

describe('declaring a model', () => {
  it('refuses an attribute with the name of a member of every record', () => {
    for (const name of ['save', 'changed', 'session', 'isNew', 'toJSON', 'request']) {
      expect(() => {
        class Bad extends Model {}
        Attribute()(Bad.prototype, name);
        return Resource('/bad', { version: 'v3' })(Bad);
      }, name).to.throw(ConfigurationError, name);
    }
  });

  it('leaves every other name to the store', () => {
    @Resource('/jobs', { version: 'v3' })
    class Job extends Model {
      @Attribute() attributes!: unknown;
      @Attribute() options!: unknown;
      @Attribute() meta!: unknown;
      @Attribute() key!: unknown;
      @Attribute() count!: unknown;
      @Attribute() status!: unknown;
      @Attribute() name!: unknown;
      @Attribute({ name: 'errors' }) errors!: unknown;
      @Attribute({ name: 'session' }) the_session!: unknown;
    }
    const row = { attributes: 1, options: 2, meta: 3, key: 4, count: 5, status: 6, name: 7, errors: 8, session: 9 };
    const job = Job.load(row);
    expect(job.toObject()).to.deep.equal(row);
    expect([job.count, job.errors, job.the_session]).to.deep.equal([5, 8, 9]);
    expect(job.isDirty).to.equal(false);
  });

  it('refuses names that lead to prototypes, and two properties for one attribute', () => {
    expect(() => {
      class Bad extends Model {}
      Attribute()(Bad.prototype, 'then');
      return Resource('/bad')(Bad);
    }).to.throw(ConfigurationError, 'then');
    expect(() => {
      class Bad extends Model {}
      Attribute({ name: 'x' })(Bad.prototype, 'a');
      Attribute({ name: 'x' })(Bad.prototype, 'b');
      return Resource('/bad')(Bad);
    }).to.throw(ConfigurationError, 'x');
  });

  it('refuses a path or version that is none', () => {
    const make = (path: string | undefined, version = 'v3') => {
      class Bad extends Model {}
      return Resource(path, { version: version as 'v3' })(Bad);
    };
    for (const path of ['/a/../b', '/a?b=1', '/a//b', '', '/a b', undefined])
      expect(() => make(path), String(path)).to.throw(ConfigurationError);
    expect(() => make('/a', 'v4')).to.throw(ConfigurationError, 'version');
  });

  it('refuses a class that is no model, and decorators on what is no property', () => {
    expect(() => Resource('/x')(class Plain {})).to.throw(ConfigurationError, 'Model');
    expect(() => Attribute()({}, Symbol('x'))).to.throw(ConfigurationError);
  });

  it('refuses what would hide an attribute: an accessor or a method under its decorator, a relation of the parent', () => {
    class Getter extends Model {
      get total(): number {
        return 1;
      }
    }
    const descriptor = Object.getOwnPropertyDescriptor(Getter.prototype, 'total');
    expect(() => Attribute()(Getter.prototype, 'total', descriptor)).to.throw(ConfigurationError, '`total`');
    for (const kind of ['accessor', 'getter', 'setter', 'method'])
      expect(() => Attribute()(undefined, { kind, name: 'total', metadata: {} }), kind).to.throw(ConfigurationError, '`total`');

    class Hen extends Model {
      @HasMany(() => Hen) chicks!: HasMany<Hen>;
    }
    Resource('/hens', { version: 'v3' })(Hen);
    class Special extends Hen {}
    Attribute()(Special.prototype, 'chicks');
    expect(() => Resource()(Special)).to.throw(ConfigurationError, 'Special.chicks');
  });

  it('lets models refer to each other in circles', () => {
    @Resource('/hens', { version: 'v3' })
    class Hen extends Model {
      @Attribute() id!: number;
      @HasMany(() => Egg) eggs!: HasMany<Egg>;
    }
    @Resource('/hens/:hen_id/eggs', { version: 'v3' })
    class Egg extends Model {
      @Attribute() hen_id!: number;
      @BelongsTo(() => Hen, { key: 'hen_id' }) hen!: BelongsTo<Hen>;
    }
    expect(Hen.ref(1).eggs.toRequest().path).to.equal('/hens/1/eggs');
    expect(Egg.resource.relations['hen']?.target()).to.equal(Hen);
  });

  it('inherits attributes, relations and path; a redeclared attribute takes the place of the first', () => {
    @Resource('/base', { version: 'v2', key: 'code', operations: ['list', 'get'] })
    class Base extends Model {
      @Attribute() code!: string;
      @Attribute() value!: number;
      type = 'base';
    }
    @Resource()
    class Special extends Base {
      @Attribute({ name: 'val' }) override value!: number;
      @Attribute() more = 'default';
    }
    expect(Special.resource).to.deep.include({ name: 'Special', path: '/base', version: 'v2', key: 'code' });
    expect(Object.keys(Special.resource.attributes)).to.deep.equal(['code', 'val', 'more']);
    const special = new Special({ code: 'x' });
    expect([special.more, special.type]).to.deep.equal(['default', 'base']);
    expect(special).to.be.instanceOf(Base);
    expect(Special.load({ code: 'y' }).more).to.equal(undefined);
  });

  it('keeps constructors and accessors of the class', () => {
    @Resource('/made', { version: 'v3' })
    class Made extends Model {
      @Attribute() first!: string;
      @Attribute() last!: string;
      readonly built: boolean;
      constructor(attributes: object = {}) {
        super(attributes as never);
        this.built = true;
      }
      get full(): string {
        return `${this.first} ${this.last}`;
      }
      static helper(): string {
        return this.name;
      }
    }
    const made = new Made({ first: 'A', last: 'B' });
    expect([made.full, made.built, Made.helper()]).to.deep.equal(['A B', true, 'Made']);
    expect(Made.load({ first: 'C', last: 'D' }).full).to.equal('C D');
  });
});
