import { ArgumentError, Attribute, ConflictError, Model, Resource, Session, UncertainOutcomeError, ValidationError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import { expect } from 'chai';
import { json, type Listening, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';
import { sent, sentBy, useStore } from '../support/store.js';

@Resource('/gadgets', { version: 'v3' })
class Gadget extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ unique: true }) name!: string;
}

@Resource('/catalog/brands', { version: 'v3', filters: { name: String } })
class Maker extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ unique: true }) name!: string;
  @Attribute() page_title!: string;
  @Attribute() price!: number;
  @Attribute(() => Date) founded!: Date | null;
  @Attribute() tags!: number[];
  @Attribute() secret!: string;
  @Attribute() is_visible!: boolean;
  @Attribute() note!: string | null;
}

type Row = Record<string, unknown>;

describe('a create that is reconciled', () => {
  let server: Listening;
  let rows: Row[];
  /** What the store does with the n-th POST; its connection is cut without an answer. */
  let onPost: (body: Row, number: number) => void;
  let session: Session;

  beforeEach(async () => {
    rows = [];
    onPost = () => {};
    let posts = 0;
    server = await serve((request, response) => {
      if (request.method === 'GET') return json(response, { data: rows, meta: { pagination: { total: rows.length, total_pages: 1 } } });
      onPost(JSON.parse(request.body) as Row, ++posts);
      if (posts === 1) return void request.socket.destroy();
      json(response, { data: { id: 99, ...(JSON.parse(request.body) as Row) } });
    });
    session = server.session({ retry: { baseMs: 1 } });
  });
  afterEach(() => server.close());

  const verbs = (): string => server.requests.map(({ method }) => method).join(' ');
  const given = { name: 'Acme', page_title: 'Acme & Co' };

  it('finds a record that agrees with everything that was sent, in whatever spelling', async () => {
    onPost = () => {
      rows = [
        {
          id: 7,
          name: 'ACME',
          page_title: 'Acme & Co',
          price: '10.0000',
          founded: '2001-02-03T04:05:06+00:00',
          tags: [2, 1],
          is_visible: 1,
          note: '',
          extra: 'default',
        },
      ];
    };
    const maker: Maker = await Maker.using(session).create(
      {
        ...given,
        price: 10,
        founded: new Date('2001-02-03T04:05:06Z'),
        tags: [1, 2],
        secret: 's3cret',
        is_visible: true,
        note: null,
      } as never,
      { reconcile: true },
    );
    expect([maker.id, maker.isNew, maker.isDirty, verbs()]).to.deep.equal([7, false, false, 'POST GET']);
  });

  for (const [name, other] of Object.entries({
    page_title: 'Another',
    price: 11,
    founded: '2002-02-03T04:05:06Z',
    tags: [1, 2, 3],
    is_visible: false,
    note: 'x',
  }))
    it(`never adopts another that has the same name: its ${name} is not what was sent`, async () => {
      const whole = { ...given, price: 10, founded: '2001-02-03T04:05:06Z', tags: [1, 2], is_visible: true, note: null };
      rows = [{ id: 7, ...whole, [name]: other }];
      await rejection(Maker.using(session).create(whole as never, { reconcile: true }), UncertainOutcomeError);
      expect(verbs()).to.equal('POST GET');
    });

  it('never adopts the first row of a list that is not filtered', async () => {
    rows = [{ id: 1, name: 'First', page_title: 'Acme & Co' }];
    await rejection(Maker.using(session).create(given, { reconcile: { waitMs: 0 } }), UncertainOutcomeError);
    expect(verbs()).to.equal('POST GET');
  });

  it('looks for nothing where the resource is not known to have the filter', async () => {
    rows = [{ id: 1, name: 'Acme' }];
    await rejection(Gadget.using(session).create({ name: 'Acme' }, { reconcile: true }), UncertainOutcomeError);
    expect(verbs()).to.equal('POST');
  });

  it('does not create once more while the store may still be at work on the first attempt', async () => {
    onPost = (body) => void setTimeout(() => (rows = [{ id: 7, ...body }]), 600);
    const maker = await Maker.using(session).create(given, { reconcile: true });
    expect(maker.id).to.equal(7);
    expect(verbs()).to.match(/^POST( GET){2,}$/);
  });

  it('creates once more where nothing turns up, and finds the first where the second is refused', async () => {
    expect((await Maker.using(session).create(given, { reconcile: { waitMs: 30 } })).id).to.equal(99);
    expect(verbs()).to.match(/^POST( GET){2,} POST$/);
  });

  it('can be given up', async () => {
    const waiting = new AbortController();
    setTimeout(() => waiting.abort(new Error('enough')), 50);
    const error = await rejection(Maker.using(session).create(given, { reconcile: { waitMs: 60_000 }, signal: waiting.signal }));
    expect(error.message).to.equal('enough');
  });
});

describe('the second attempt of a create that is reconciled', () => {
  it('is refused where the first came through in the last moment, which is then found', async () => {
    let rows: Row[] = [];
    let posts = 0;
    const server = await serve((request, response) => {
      if (request.method === 'GET') return json(response, { data: rows, meta: { pagination: { total: rows.length, total_pages: 1 } } });
      if (++posts === 1) return void request.socket.destroy();
      rows = [{ id: 7, name: 'Acme' }];
      json(response, { status: 409, title: 'The name is taken' }, 409);
    });
    const maker = await Maker.using(server.session()).create({ name: 'Acme' }, { reconcile: { waitMs: 0 } });
    expect(maker.id).to.equal(7);
    await server.close();
  });
});

describe('the time for which a create is looked for', () => {
  const context = useStore();

  it('is one that a timer can wait', async () => {
    for (const waitMs of [2 ** 31, -1, Number.NaN, Number.POSITIVE_INFINITY])
      await rejection(v2.Brand.create({ name: 'Acme' }, { reconcile: { waitMs } }), ArgumentError);
    expect(sent(context.store)).to.deep.equal([]);
  });
});

describe('firstOrCreate under a race', () => {
  const context = useStore();

  /** Somebody else creates the record between the look-up and the create. */
  function race(refusal: { status: number; body: unknown }): void {
    const other = new Session({ ...context.store.credentials });
    context.session.use(async (request, next) => {
      if (request.method !== 'POST') return next(request);
      await v2.Brand.using(other)
        .create({ name: 'Rival' })
        .catch(() => {});
      context.store.fail({ ...refusal, method: 'POST', path: /brands/ });
      return next(request).finally(() => other.close());
    });
  }

  for (const [said, refusal] of Object.entries({
    '409': { status: 409, body: { title: 'Conflict' } },
    '422 that says taken': { status: 422, body: { title: 'Invalid', errors: { name: 'has already been taken' } } },
    '422 that says duplicate': { status: 422, body: { title: 'A duplicate name was given' } },
    '400 of V2': { status: 400, body: [{ status: 400, message: "The field 'name' must be unique." }] },
  })) {
    it(`looks up again on ${said}`, async () => {
      race(refusal);
      const lines = await sentBy(context.store, async () => {
        expect((await v2.Brand.firstOrCreate({ name: 'Rival' })).name).to.equal('Rival');
      });
      expect(lines.filter((line) => line.startsWith('GET'))).to.have.length(2);
      expect(await v2.Brand.where({ name: 'Rival' }).count()).to.equal(1);
    });
  }

  it('asks the store, not what is kept of it', async () => {
    const cached = new Session({ ...context.store.credentials, cache: { ttlMs: 60_000 } });
    const Brand = v2.Brand.using(cached);
    expect(await Brand.findBy({ name: 'Kept' })).to.equal(null);
    await v2.Brand.create({ name: 'Kept' });
    expect((await Brand.firstOrCreate({ name: 'Kept' })).name).to.equal('Kept');
    cached.close();
  });

  it('throws what else the store refuses, and a conflict with a record that the filters do not find', async () => {
    context.store.fail({ status: 422, method: 'POST', body: { title: 'no', errors: { name: 'is too long' } } });
    await rejection(v2.Brand.firstOrCreate({ name: 'Long' }), ValidationError);
    expect(sent(context.store)).to.have.length(2);
    context.store.fail({ status: 409, method: 'POST' });
    await rejection(v2.Brand.firstOrCreate({ name: 'Long' }), ConflictError);
    expect(sent(context.store).slice(2)).to.deep.equal([
      'GET /v2/brands?name=Long&limit=1',
      'POST /v2/brands {"name":"Long"}',
      'GET /v2/brands?name=Long&limit=1',
    ]);
  });
});
