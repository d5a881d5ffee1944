import { Attribute, BelongsTo, BigRecordError, HasMany, Model, Resource, UnknownFilterError } from 'bigrecord';
import { expect } from 'chai';
import { json, type Listening, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';
import { models, sent, sentBy, useStore } from '../support/store.js';

@Resource('/teams', { version: 'v3', key: 'teamId' })
class Team extends Model {
  @Attribute(() => Number, { name: 'id', readOnly: true }) teamId!: number;
  @Attribute({ name: 'team_name' }) name!: string;
  @HasMany(() => Person, { by: 'teamId' }) people!: HasMany<Person>;
}

@Resource('/people', { version: 'v3', includes: ['main_photo'] })
class Person extends Model {
  @Attribute({ name: 'id', readOnly: true }) personId!: number;
  @Attribute({ name: 'first_name' }) firstName!: string;
  @Attribute({ name: 'email', unique: true }) emailAddress!: string;
  @Attribute(() => Date, { name: 'date_created' }) createdAt!: Date | null;
  @Attribute(() => Number, { name: 'is_active' }) isActive!: number;
  @Attribute(() => Boolean, { name: 'is_member' }) isMember!: boolean;
  @Attribute({ name: 'team_id' }) teamId!: number;
  @Attribute({ name: 'main_photo' }) mainPhoto!: string;
  @BelongsTo(() => Team, { key: 'teamId' }) team!: BelongsTo<Team>;
}

@Resource('/members', { version: 'v2' })
class Member extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ name: 'first_name' }) firstName!: string;
  @Attribute(() => Date, { name: 'date_created' }) createdAt!: Date | null;
}

@Resource('/vouchers', { version: 'v2' })
class Voucher extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute(() => Number, { name: 'num_uses' }) uses!: number;
  @Attribute(() => Number, { name: 'max_uses' }) limit!: number;
}

@Resource('/listed', { version: 'v3', filters: { 'id:in': Number, first_name: String, 'first_name:like': String, date_created: Date } })
class Listed extends Model<Listed, { 'id:in': NumberConstructor; first_name: StringConstructor; date_created: DateConstructor }> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ name: 'first_name' }) firstName!: string;
  @Attribute(() => Date, { name: 'date_created' }) createdAt!: Date | null;
}

const query = (asked: { toRequest(): { query: object } }): object => asked.toRequest().query;
const DAY = new Date('2026-03-01T00:00:00Z');

describe('the property of an attribute that the API calls otherwise', () => {
  const context = useStore({ seed: false, models: models(Team, Person, Member, Listed) });

  const fill = (): void => {
    const rows = ['Bob', 'Ann', 'Bob'].map((first_name, at) => ({
      id: at + 1,
      first_name,
      email: `${at}@example.com`,
      team_id: 1 + (at % 2),
    }));
    context.store.insert(Person as never, rows);
    context.store.insert(Member as never, rows);
    context.store.insert(Listed as never, rows);
    context.store.insert(Team as never, [
      { id: 1, team_name: 'Red' },
      { id: 2, team_name: 'Blue' },
    ]);
  };

  it('is sent as the API has it, in filters with and without operators, in orders, selections and includes', () => {
    expect(query(Person.where({ firstName: 'Bob', teamId: { in: [1, 2] }, createdAt: { min: DAY } }))).to.deep.equal({
      first_name: 'Bob',
      'team_id:in': ['1', '2'],
      'date_created:min': '2026-03-01T00:00:00.000Z',
      limit: 250,
    });
    expect(query(Person.where('firstName', { like: 'o' }))).to.deep.equal({ 'first_name:like': 'o', limit: 250 });
    expect(query(Person.where({ 'firstName:like': 'o', 'personId:greater': 3 }))).to.deep.include({
      'first_name:like': 'o',
      'id:greater': 3,
    });
    expect(query(Person.where({ teamId: [1, 2] }))).to.deep.include({ 'team_id:in': ['1', '2'] });
    expect(query(Person.where({ first_name: 'Bob' }))).to.deep.include({ first_name: 'Bob' });
    expect(query(Person.order('createdAt', 'desc'))).to.deep.include({ sort: 'date_created', direction: 'desc' });
    expect(query(Person.order('date_created'))).to.deep.include({ sort: 'date_created' });
    expect(query(Person.select('firstName', 'teamId'))).to.deep.include({ include_fields: ['first_name', 'team_id'] });
    expect(query(Person.include('mainPhoto'))).to.deep.include({ include: ['main_photo'] });
    expect(query(Member.where({ firstName: 'Bob', createdAt: { min: DAY } }).order('createdAt'))).to.deep.equal({
      first_name: 'Bob',
      min_date_created: 'Sun, 01 Mar 2026 00:00:00 +0000',
      sort: 'date_created:asc',
      limit: 250,
    });
    expect(query(Member.where({ max_createdAt: DAY }))).to.deep.include({ max_date_created: 'Sun, 01 Mar 2026 00:00:00 +0000' });
    expect(query(Listed.where({ firstName: { like: 'o' }, createdAt: DAY }))).to.deep.include({
      'first_name:like': 'o',
      date_created: '2026-03-01T00:00:00.000Z',
    });
  });

  it('writes values by the type of the attribute', () => {
    expect(query(Person.where({ isActive: true, isMember: true, createdAt: DAY }))).to.deep.include({
      is_active: 1,
      is_member: true,
      date_created: '2026-03-01T00:00:00.000Z',
    });
    expect(query(Person.where({ isActive: { in: [true, false] } }))).to.deep.include({ 'is_active:in': ['1', '0'] });
  });

  it('is not read as the lower or upper limit of another property', () => {
    expect(query(Voucher.where({ max_uses: 5 }))).to.deep.include({ max_uses: 5 });
    expect(query(Voucher.where({ limit: 5 }))).to.deep.include({ max_uses: 5 });
    expect(query(Voucher.where({ uses: { max: 5 } }))).to.deep.include({ max_num_uses: 5 });
    expect(query(Voucher.where({ min_uses: 5 }))).to.deep.include({ min_num_uses: 5 });
  });

  it('works in everything that reads', async () => {
    fill();
    expect(await Person.pluck('firstName')).to.deep.equal(['Bob', 'Ann', 'Bob']);
    expect(await Person.pluck('first_name' as 'firstName')).to.deep.equal(['Bob', 'Ann', 'Bob']);
    expect((await Person.findBy({ firstName: 'Ann' }))?.personId).to.equal(2);
    expect(await Person.where({ firstName: 'Bob' }).count()).to.equal(2);
    expect(await Person.exists({ firstName: 'Zoe' })).to.equal(false);
    expect((await Person.select('firstName').first())?.firstName).to.equal('Bob');
    expect((await Member.where({ firstName: 'Bob' })).map(({ id }) => id)).to.deep.equal([1, 3]);
    expect((await Listed.where({ firstName: 'Ann' })).map(({ id }) => id)).to.deep.equal([2]);
  });

  it('becomes an attribute of what is created', async () => {
    fill();
    const found = await Person.firstOrCreate({ firstName: 'Ann' }, { teamId: 2 });
    expect(found.personId).to.equal(2);
    const lines = await sentBy(context.store, () =>
      Person.firstOrCreate({ firstName: 'Zoe', teamId: { min: 1 } }, { emailAddress: 'z@example.com' }),
    );
    expect(lines).to.deep.equal([
      'GET /v3/people?first_name=Zoe&team_id:min=1&limit=1',
      'POST /v3/people {"first_name":"Zoe","email":"z@example.com"}',
    ]);
    expect((await Person.firstOrNew({ first_name: 'Yan' })).firstName).to.equal('Yan');
    const other = await Person.firstOrNew({ first_name: 'Yan' }, { firstName: 'Yann' });
    expect(other.changes).to.deep.equal({ firstName: [undefined, 'Yann'] });
  });

  it('narrows what is changed and deleted: never one request for everything', async () => {
    fill();
    await Person.where({ firstName: 'Bob' }).updateAll({ teamId: 2 });
    await Person.where({ firstName: 'Bob' }).deleteAll();
    await Member.where({ firstName: 'Bob' }).deleteAll();
    await Member.where({ firstName: 'Ann' }).destroyAll();
    expect(sent(context.store).map((line) => line.replace('&limit=250', ''))).to.deep.equal([
      'GET /v3/people?first_name=Bob&include_fields=id,first_name',
      'PUT /v3/people/1 {"team_id":2}',
      'PUT /v3/people/3 {"team_id":2}',
      'GET /v3/people?first_name=Bob&include_fields=id,first_name',
      'DELETE /v3/people/1',
      'DELETE /v3/people/3',
      'GET /v2/members?first_name=Bob',
      'DELETE /v2/members/1',
      'DELETE /v2/members/3',
      'GET /v2/members?first_name=Ann',
      'DELETE /v2/members/2',
    ]);
    expect(await Person.pluck('firstName')).to.deep.equal(['Ann']);
  });

  it('names keys and conditions of relations, and the key of the model itself', async () => {
    fill();
    expect([Team.resource.key, Person.resource.relations['team']?.key]).to.deep.equal(['id', 'team_id']);
    const person = await Person.find(1);
    expect((await person.team)?.name).to.equal('Red');
    const team = await Team.find(1);
    expect((await team.people).map(({ personId }) => personId)).to.deep.equal([1, 3]);
    expect((await team.people.find(3)).firstName).to.equal('Bob');
    expect(team.people.build({ firstName: 'Zoe' }).teamId).to.equal(1);
    await team.people.destroy(3);
    expect((await team.people).map(({ personId }) => personId)).to.deep.equal([1]);
    Object.assign(person, { team: await Team.find(2) });
    expect(person.teamId).to.equal(2);
    expect(sent(context.store)).to.include('GET /v3/people?team_id=1&limit=250').and.to.include('DELETE /v3/people/3');
  });

  it('is what upserted records are known by', async () => {
    fill();
    const { succeeded } = await Person.upsertMany([
      { emailAddress: '1@example.com', firstName: 'Anna' },
      { email: '9@example.com', firstName: 'New' } as never,
      { personId: 1, firstName: 'Robert' } as never,
    ]);
    expect(succeeded).to.have.length(3);
    expect(sent(context.store).filter((line) => !line.startsWith('GET'))).to.have.members([
      'PUT /v3/people/2 {"first_name":"Anna"}',
      'POST /v3/people {"first_name":"New","email":"9@example.com"}',
      'PUT /v3/people/1 {"first_name":"Robert"}',
    ]);
  });

  it('refuses a name that is no attribute before any request, whatever is asked', async () => {
    const wrong = { firstNam: 'Bob' };
    const lines = await sentBy(context.store, async () => {
      for (const call of [
        () => Person.where(wrong),
        () => Person.where('firstNam', 'Bob'),
        () => Person.where({ firstNam: { in: ['Bob'] } }),
        () => Person.where({ firstNam: ['Bob'] }),
        () => Person.where({ 'firstNam:like': 'Bob' }),
        () => Person.where({ 'firstName:likes': 'Bob' }),
        () => Person.where(wrong).deleteAll(),
        () => Person.where(wrong).updateAll({ teamId: 1 }),
        () => Person.where(wrong).destroyAll(),
        () => Person.findBy(wrong),
        () => Person.exists(wrong),
        () => Person.firstOrCreate(wrong),
        () => Person.firstOrNew(wrong),
        () => Member.where({ min_creatdAt: DAY }),
        () => Member.where({ firstName: { like: 'o' } as never }),
        () => Team.ref(1).people.where(wrong),
        () => Listed.where({ createdOn: DAY } as never),
      ]) {
        const error = await rejection(async () => call(), UnknownFilterError);
        expect(error.message).to.contain('nothing was sent');
      }
    });
    expect(lines).to.deep.equal([]);
    const error = (await rejection(async () => Person.where(wrong), UnknownFilterError)) as UnknownFilterError;
    expect(error.suggestion).to.equal('firstName');
  });

  it('refuses two values for one attribute under its two names', () => {
    expect(() => Person.where({ firstName: 'Bob', first_name: 'Ann' })).to.throw('twice');
    expect(() => Person.where({ firstName: 'Bob' }).where({ first_name: 'Ann' })).to.throw('twice');
  });
});

describe('a store that ignores a filter', () => {
  let server: Listening | undefined;
  afterEach(async () => server?.close());

  const everyone = [1, 2, 3].map((id) => ({ id, first_name: id === 1 ? 'Bob' : 'Ann', is_member: id === 1 }));

  for (const [name, work] of [
    ['deleteAll', (model: typeof Person) => model.where({ firstName: 'Bob' }).deleteAll()],
    ['deleteAll of a list', (model: typeof Person) => model.where({ firstName: { in: ['Bob', 'Zoe'] } }).deleteAll()],
    ['deleteAll by a boolean', (model: typeof Person) => model.where({ isMember: true }).deleteAll()],
    ['deleteAll by an empty text', (model: typeof Person) => model.where({ firstName: '' }).deleteAll()],
    ['updateAll', (model: typeof Person) => model.where({ firstName: 'Bob' }).updateAll({ teamId: 1 })],
    ['destroyAll', (model: typeof Person) => model.where({ firstName: 'Bob' }).destroyAll()],
  ] as const)
    it(`loses nothing by ${name}`, async () => {
      server = await serve((_, response) => json(response, { data: everyone }));
      const error = await rejection(() => work(Person.using((server as Listening).session())), BigRecordError);
      expect(error.message).to.contain('ignored the filter');
      expect(server.requests.map(({ method }) => method)).to.deep.equal(['GET']);
    });

  it('loses nothing either where a parameter is not documented for deletions', async () => {
    server = await serve((request, response) =>
      request.method === 'GET' ? json(response, { data: [{ id: 7 }] }) : response.writeHead(204).end(),
    );
    const { Product } = await import('bigrecord/v3');
    const session = server.session();
    await Product.using(session).where({ name: 'a' }).param('price:min', 10).deleteAll();
    await Product.using(session).param('price:min', 10).deleteAll({ all: true });
    await Product.using(session).where({ name: '' }).deleteAll();
    const lines = server.requests.map(
      ({ method, url }) => `${method} ${decodeURIComponent(url).replace('/stores/abc123/v3/catalog/products', '')}`,
    );
    expect(lines).to.deep.equal([
      'GET ?name=a&price:min=10&include_fields=id&limit=250',
      'DELETE /7',
      'GET ?price:min=10&include_fields=id&limit=250',
      'DELETE /7',
      'GET ?name=&include_fields=id&limit=250',
      'DELETE /7',
    ]);
  });

  it('a record without a key ends a deletion before anything is deleted', async () => {
    server = await serve((_, response) => json(response, { data: [{ id: 1, first_name: 'Bob' }, { first_name: 'Bob' }] }));
    await rejection(
      () =>
        Person.using((server as Listening).session())
          .where({ firstName: 'Bob' })
          .deleteAll(),
      BigRecordError,
    );
    expect(server.requests.map(({ method }) => method)).to.deep.equal(['GET']);
  });
});
