import { Attribute, HasMany, Model, Resource } from 'bigrecord';
import { expect } from 'chai';
import { Exclude, Expose, instanceToPlain, plainToInstance, Transform, Type } from 'class-transformer';
import { models, sentBy, useStore } from '../support/store.js';

const json = (value: unknown): Record<string, unknown> => JSON.parse(JSON.stringify(value));

class Geo {
  @Attribute({ name: 'lat' }) latitude!: number;
  @Attribute(() => Date) measured!: Date | null;
}

class Place {
  @Expose({ name: 'street_1' }) street!: string;
  @Attribute({ name: 'postal_code' }) postcode!: string;
  @Attribute(() => Geo) geo!: Geo;
  @Attribute(() => Geo) others!: Geo[];
  @Exclude({ toPlainOnly: true }) checked = false;

  get label(): string {
    return `${this.street} ${this.postcode}`;
  }
}

class Money {
  @Transform(({ value }) => Number(value) / 100, { toClassOnly: true })
  @Transform(({ value }) => Math.round(value * 100), { toPlainOnly: true })
  amount!: number;
  @Expose({ name: 'currency_code' }) currency!: string;
}

@Resource('/users', { version: 'v3' })
class User extends Model<User> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() first!: string;
  @Expose({ name: 'surname' }) @Attribute() last!: string;
  @Exclude() @Attribute() password!: string;
  @Exclude({ toPlainOnly: true }) @Attribute() token!: string;
  @Expose({ name: 'shoe_size', toPlainOnly: true }) @Attribute() size!: number;
  @Transform(({ value }) => (value as Date).getUTCFullYear()) @Attribute(() => Date) born!: Date;
  @Transform(({ value }) => (value as Date | null)?.toISOString().slice(0, 10), { toPlainOnly: true })
  @Attribute(() => Date)
  joined!: Date | null;
  @Attribute({ name: 'date_created' }) createdAt!: string;
  @HasMany(() => User) friends!: HasMany<User>;

  @Expose() get full(): string {
    return `${this.first} ${this.last}`;
  }
  @Expose({ name: 'initials' }) get short(): string {
    return `${this.first[0]}${this.last[0]}`;
  }
}

const ROW = {
  id: 1,
  first: 'Ann',
  last: 'Bee',
  password: 'hush',
  token: 'secret',
  size: 39,
  born: '2000-05-05T00:00:00Z',
  joined: '2026-01-05T09:00:00Z',
  date_created: '2026',
};
const OUTPUT = { id: 1, first: 'Ann', surname: 'Bee', shoe_size: 39, born: 2000, joined: '2026-01-05', full: 'Ann Bee', initials: 'AB' };

@Resource('/places', { version: 'v3' })
class Shop extends Model<Shop> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute(() => Place) place!: Place | null;
  @Attribute(() => Money) fees!: Money[];
  @Transform(({ value }) => (value as string).split(','), { toClassOnly: true })
  @Transform(({ value }) => (value as string[]).join(','), { toPlainOnly: true })
  @Attribute()
  tags!: string[] | null;
  @Type(() => Money) @Attribute() total!: Money;
  @Transform(({ value }) => `<${value}>`, { toPlainOnly: true }) @Attribute() note!: string;
}

const SHOP = {
  id: 1,
  place: {
    street_1: 'Main St',
    postal_code: '1234',
    geo: { lat: 1.5, measured: '2026-01-05T09:00:00Z' },
    others: [{ lat: 2, measured: '' }],
  },
  fees: [{ amount: 1250, currency_code: 'EUR' }],
  tags: 'a,b',
  total: { amount: 100, currency_code: 'USD' },
  note: 'n',
};

describe("class-transformer's decorators on a record", () => {
  const context = useStore({ models: models(User, Shop) });

  it('leave loading to the API: all attributes are there, under their properties', () => {
    const user = User.load({ ...ROW });
    expect({ ...user }).to.deep.equal({
      id: 1,
      first: 'Ann',
      last: 'Bee',
      password: 'hush',
      token: 'secret',
      size: 39,
      born: new Date(ROW.born),
      joined: new Date(ROW.joined),
      createdAt: '2026',
    });
    expect(user.isDirty).to.equal(false);
  });

  it('mean in instanceToPlain what class-transformer says', () => {
    const user = User.load({ ...ROW });
    expect(instanceToPlain(user)).to.deep.equal({ ...OUTPUT, createdAt: '2026' });
    expect(instanceToPlain([user])).to.deep.equal([{ ...OUTPUT, createdAt: '2026' }]);
  });

  it('mean the same in toObject() and JSON: excluded, renamed, transformed, computed', () => {
    const user = User.load({ ...ROW });
    expect(user.toObject()).to.deep.equal({ ...OUTPUT, date_created: '2026' });
    expect(json(user)).to.deep.equal({ ...OUTPUT, date_created: '2026' });
    expect(json({ ...{ user: new Proxy(user, {}) } })['user']).to.deep.equal({ ...OUTPUT, date_created: '2026' });
    expect(JSON.stringify(Object.assign(Object.create(User.prototype), user))).to.not.contain('hush');
  });

  it('hold for attributes that the class does not declare', () => {
    @Resource('/users', { version: 'v3' })
    class Account extends Model<Account> {
      @Attribute() name!: string;
      @Exclude() declare password: string;
      @Transform(({ value }) => `${value}!`, { toPlainOnly: true }) declare title: string;
    }
    const account = Account.load({ id: 1, name: 'n', password: 'hush', title: 't' });
    expect(account.password).to.equal('hush');
    expect(json(account)).to.deep.equal({ id: 1, name: 'n', title: 't!' });
  });

  it('leave requests to the API: excluded and renamed attributes are sent under their names', async () => {
    context.store.insert(User as never, [{ ...ROW }]);
    const user = User.load({ ...ROW });
    user.assign({ password: 'new', last: 'Cee' });
    user.size = 40;
    user.joined = new Date(0);
    expect(await sentBy(context.store, () => user.save())).to.deep.equal([
      'PUT /v3/users/1 {"last":"Cee","password":"new","size":40,"joined":"1970-01-01T00:00:00.000Z"}',
    ]);
    expect(user.isDirty).to.equal(false);
  });

  it('take JSON back by load()', () => {
    const user = User.load(json(User.load({ ...ROW })));
    expect([user.last, user.size, user.createdAt]).to.deep.equal(['Bee', 39, '2026']);
  });

  it('@Exclude() of a whole class works below and above @Resource', () => {
    @Resource('/users', { version: 'v3' })
    @Exclude()
    class Below extends Model<Below> {
      @Expose() @Attribute() id!: number;
      @Attribute() secret!: string;
    }
    @Exclude()
    @Resource('/users', { version: 'v3' })
    class Above extends Model<Above> {
      @Expose() @Attribute() id!: number;
      @Attribute() secret!: string;
    }
    for (const model of [Below, Above] as (typeof Below)[]) {
      const record = model.load({ id: 1, secret: 's', more: 2 });
      expect(instanceToPlain(record), model.name).to.deep.equal({ id: 1 });
      expect(record.toObject(), model.name).to.deep.equal({ id: 1 });
      expect(json(record), model.name).to.deep.equal({ id: 1 });
    }
    expect(plainToInstance(Below, { id: 2, secret: 'x' }, { excludeExtraneousValues: true }).secret).to.equal(undefined);
  });

  it('make records of plain objects: new ones, with their relations', () => {
    const user = plainToInstance(User, { first: 'A', surname: 'B', friends: [{ first: 'C' }] });
    expect(user).to.be.instanceOf(User);
    expect(user.isNew).to.equal(true);
    expect(user.last).to.equal('B');
    expect(Object.keys(user)).to.not.include('friends');
    expect(user.changed).to.include.members(['first', 'last']);
    for (const name of ['full', 'isNew', 'session', 'save', 'toJSON'])
      expect(plainToInstance(User, { first: 'A', [name]: 'x' }).isNew, name).to.equal(true);
  });

  it('are all heeded by value objects, nested ones and lists too', () => {
    const shop = Shop.load(structuredClone(SHOP));
    const place = shop.place as Place;
    expect(place).to.be.instanceOf(Place);
    expect([place.label, place.geo.latitude, place.checked]).to.deep.equal(['Main St 1234', 1.5, false]);
    expect(place.geo).to.be.instanceOf(Geo);
    expect(place.geo.measured).to.deep.equal(new Date('2026-01-05T09:00:00Z'));
    expect(place.others[0]).to.be.instanceOf(Geo);
    expect(place.others[0]?.measured).to.equal(null);
    expect(shop.fees[0]).to.be.instanceOf(Money).and.include({ amount: 12.5, currency: 'EUR' });
    expect(shop.total).to.be.instanceOf(Money).and.include({ amount: 1, currency: 'USD' });
    expect(shop.tags).to.deep.equal(['a', 'b']);
    expect(shop.changed).to.deep.equal([]);
    expect(json(shop)).to.deep.equal({
      ...SHOP,
      note: '<n>',
      place: { ...SHOP.place, geo: { lat: 1.5, measured: '2026-01-05T09:00:00.000Z' }, others: [{ lat: 2, measured: null }] },
    });
  });

  it('are heeded when value objects are changed, given as plain ones, and copied', async () => {
    context.store.insert(Shop as never, [structuredClone(SHOP)]);
    const shop = Shop.load(structuredClone(SHOP));
    (shop.place as Place).geo.latitude = 9;
    (shop.fees[0] as Money).amount = 13;
    shop.tags?.push('c');
    expect(shop.changed).to.deep.equal(['place', 'fees', 'tags']);
    expect(shop.changes['tags']).to.deep.equal([
      ['a', 'b'],
      ['a', 'b', 'c'],
    ]);
    const [line] = await sentBy(context.store, () => shop.save());
    expect(JSON.parse((line as string).slice('PUT /v3/places/1 '.length))).to.deep.equal({
      place: { ...SHOP.place, geo: { lat: 9, measured: '2026-01-05T09:00:00.000Z' }, others: [{ lat: 2, measured: null }] },
      fees: [{ amount: 1300, currency_code: 'EUR' }],
      tags: 'a,b,c',
    });
    expect(shop.isDirty).to.equal(false);
    expect(shop.fees[0]?.amount).to.equal(13);

    shop.place = { street: 'Side St', postcode: '99' } as Place;
    expect(await sentBy(context.store, () => shop.save())).to.deep.equal([
      'PUT /v3/places/1 {"place":{"street_1":"Side St","postal_code":"99"}}',
    ]);
    expect(shop.place).to.be.instanceOf(Place);
    shop.assign({ total: { amount: 500, currency: 'CHF' } });
    expect(shop.total).to.be.instanceOf(Money).and.include({ amount: 5, currency: 'CHF' });
    const [first] = shop.fees;
    shop.fees.push({ amount: 7, currency: 'USD' } as Money);
    await shop.save();
    expect(shop.fees[0], 'kept in hand').to.equal(first);
    expect(shop.fees[1]).to.be.instanceOf(Money);
    expect(shop.isDirty).to.equal(false);
    const copy = shop.clone();
    expect(copy.place).to.be.instanceOf(Place).and.not.equal(shop.place);
    expect(copy.place?.label).to.equal('Side St 99');
    expect(copy.tags).to.deep.equal(['a', 'b', 'c']);
  });

  it('are heeded by what @Type nests in value objects that are given as plain ones, under the names of their properties', () => {
    class Fee {
      @Expose({ name: 'fee_name' }) label!: string;
      @Type(() => Money) price!: Money;
    }
    class Service {
      @Expose({ name: 'service_fee' }) @Type(() => Fee) fee!: Fee;
      @Type((help) => (help?.object['kind'] === 'odd' ? Place : Fee)) fees!: Fee[];
    }
    @Resource('/offers', { version: 'v3' })
    class Offer extends Model<Offer> {
      @Attribute(() => Service) service!: Service;
    }
    const fee = { label: 'a', price: { amount: 500, currency: 'CHF' } };
    const offer = new Offer({ service: { fee, fees: [fee] } });
    expect(offer.service.fee).to.be.instanceOf(Fee);
    expect(offer.service.fees[0]?.price).to.be.instanceOf(Money).and.include({ amount: 5, currency: 'CHF' });
    const sent = { fee_name: 'a', price: { amount: 500, currency_code: 'CHF' } };
    expect(json(offer)).to.deep.equal({ service: { service_fee: sent, fees: [sent] } });
    expect(Offer.load({ service: { service_fee: sent, fees: [sent] } }).service).to.deep.equal(offer.service);
    expect(fee).to.deep.equal({ label: 'a', price: { amount: 500, currency: 'CHF' } });
  });

  it('of a value object read without a change never make it dirty, whatever its fields', () => {
    const shop = Shop.load(structuredClone(SHOP));
    void shop.place?.label;
    (shop.place as Place).checked = true; // not sent, so no change
    expect(shop.isDirty).to.equal(false);
    (shop.fees[0] as Money).amount = 1;
    expect(shop.restore().fees[0]).to.be.instanceOf(Money).and.include({ amount: 12.5 });
  });
});
