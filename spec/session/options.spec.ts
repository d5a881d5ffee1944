import {
  ArgumentError,
  Attribute,
  BelongsTo,
  ConfigurationError,
  HasMany,
  HasOne,
  Model,
  Resource,
  type ResourceOptions,
  Session,
  type SessionOptions,
} from 'bigrecord';
import { customerLoginToken, fetchToken, verifySignedPayloadJwt } from 'bigrecord/oauth';
import { redisBudget, redisCache } from 'bigrecord/redis';
import { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { parseDelivery, webhookHandler } from 'bigrecord/webhooks';
import { expect } from 'chai';
import { json, type Listening, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';

const CREDENTIALS = { storeHash: 'abc', accessToken: 'a-token-of-the-specs' };
const wrong = (options: object): never => options as never;

describe('an option that does not exist', () => {
  it('is refused by a session, with the nearest that there is', () => {
    const cases: readonly (readonly [options: object, unknown: string, nearest: string | undefined])[] = [
      [{ ...CREDENTIALS, concurency: 4 }, 'concurency', 'concurrency'],
      [{ ...CREDENTIALS, storehash: 'x' }, 'storehash', 'storeHash'],
      [{ ...CREDENTIALS, timeOut: 5 }, 'timeOut', 'timeout'],
      [{ ...CREDENTIALS, zebra: 1 }, 'zebra', undefined],
      [{ ...CREDENTIALS, timeout: { conect: 5 } }, 'conect', 'connect'],
      [{ ...CREDENTIALS, retry: { limt: 5 } }, 'limt', 'limit'],
      [{ ...CREDENTIALS, cache: { ttl: 5 } }, 'ttl', 'ttlMs'],
      [{ host: 'a.example', basicAuth: { username: 'u', token: 'basic-token', user: 'u' } }, 'user', 'username'],
    ];
    for (const [options, unknown, nearest] of cases)
      for (const make of [
        () => new Session(wrong(options)),
        () => Session.configure(wrong(options)),
        () => Session.fromEnv(wrong(options), {}),
      ]) {
        expect(make, unknown).to.throw(
          ConfigurationError,
          new RegExp(`has no option \`${unknown}\`${nearest === undefined ? '\\.' : `; did you mean \`${nearest}\``}`),
        );
      }
    new Session({ ...CREDENTIALS, ...({ zebra: undefined } as object) });
  });

  it('is not blamed where a session is given in place of options', () => {
    const session = new Session(CREDENTIALS);
    for (const make of [() => Session.configure(wrong(session)), () => new Session(wrong(session))])
      expect(make).to.throw(ConfigurationError, /got a session.*the default already/);
    expect(() => new Session(wrong({}))).to.throw(ConfigurationError, /storeHash and accessToken are missing/);
    expect(() => new Session(wrong({ storeHash: 'abc' }))).to.throw(ConfigurationError, /: accessToken is missing/);
  });

  it('is refused by the decorators', () => {
    const declare = (options: ResourceOptions): unknown => {
      class Thing extends Model {}
      return Resource('/things', options)(Thing);
    };
    const cases: readonly (readonly [declare: () => unknown, unknown: string, nearest: string])[] = [
      [() => declare(wrong({ filter: {} })), 'filter', 'filters'],
      [() => declare(wrong({ pagesize: 5 })), 'pagesize', 'pageSize'],
      [() => declare({ batch: wrong({ creat: 5 }) }), 'creat', 'create'],
      [() => declare({ collectionPath: wrong({ path: '/a', parents: 'x' }) }), 'parents', 'parent'],
      [() => declare({ statuses: wrong({ updated: 200 }) }), 'updated', 'update'],
      [() => Attribute(wrong({ readonly: true }))({}, 'x'), 'readonly', 'readOnly'],
      [() => Attribute(() => Date, wrong({ nme: 'y' }))({}, 'x'), 'nme', 'name'],
      [() => HasMany(() => Model, wrong({ inlin: true }))({}, 'x'), 'inlin', 'inline'],
      [() => HasOne(() => Model, wrong({ inlined: true }))({}, 'x'), 'inlined', 'inline'],
      [() => BelongsTo(() => Model, wrong({ key: 'a', kee: 'b' }))({}, 'x'), 'kee', 'key'],
    ];
    for (const [make, unknown, nearest] of cases)
      expect(make, unknown).to.throw(ConfigurationError, `has no option \`${unknown}\`; did you mean \`${nearest}\`?`);
    for (const decimals of [-1, 1.5, 99, 'x', { amount: -1 }])
      expect(() => Attribute(wrong({ decimals }))({}, 'x')).to.throw(ConfigurationError, 'decimals');
  });

  it('is refused by what has an entry point of its own', async () => {
    for (const make of [
      () => Sandbox.start(wrong({ latensy: 5 })),
      () => Sandbox.start({ rateLimit: wrong({ qouta: 5 }) }),
      () => webhookHandler(wrong({ secretHeaders: { a: 'b' }, onEvent: () => {}, onEvnt: 1 })),
      () => parseDelivery('{}', {}, wrong({ secretHeader: { a: 'b' } })),
      () => fetchToken(wrong({ redirect_uri: 'x' })),
      () => verifySignedPayloadJwt('a.b.c', wrong({ clientId: 'a', clientSecret: 'b', leeway: 5 })),
      () => customerLoginToken(wrong({ customer_id: 5 })),
      () => redisBudget('redis://127.0.0.1:9', wrong({ prefx: 'a' })),
      () => redisCache('redis://127.0.0.1:9', wrong({ prefx: 'a' })),
    ])
      expect((await rejection(make, ConfigurationError)).message).to.match(/has no option `\w+`/);
    const store = await Sandbox.start({ seed: false });
    expect(() => store.fail(wrong({ state: 503 }))).to.throw(ConfigurationError, '`status`');
    await store.stop();
  });

  describe('of a call', () => {
    let server: Listening;
    let session: Session;
    beforeEach(async () => {
      server = await serve((_, response) => json(response, { data: [{ id: 1 }], meta: {} }));
      session = server.session();
    });
    afterEach(() => server.close());

    it('is refused before anything is sent', async () => {
      const typo = wrong({ timeut: 5 });
      const Product = v3.Product.using(session);
      const product = Product.load({ id: 1, name: 'A', brand_id: 2 });
      const calls: Readonly<Record<string, () => unknown>> = {
        find: () => Product.find(1, typo),
        'find of several': () => Product.find([1, 2], typo),
        findBy: () => Product.findBy({ name: 'a' }, typo),
        first: () => Product.first(typo),
        all: () => Product.all(typo),
        page: () => Product.page(1, typo),
        pages: () => Product.pages(typo).next(),
        batches: () => Product.batches(2, typo).next(),
        pluck: () => Product.pluck('name', typo),
        count: () => Product.count(typo),
        exists: () => Product.exists(1, typo),
        'exists by filters': () => Product.exists({ name: 'a' }, typo),
        get: () => v2.Store.using(session).get(typo),
        create: () => Product.create({ name: 'A' } as never, typo),
        update: () => Product.update(1, { name: 'A' }, typo),
        destroy: () => Product.destroy(1, typo),
        deleteAll: () => Product.where({ name: 'a' }).deleteAll(typo),
        'deleteAll of everything': () => Product.deleteAll(typo),
        'deleteAll of a relation': () => product.images.deleteAll(typo),
        updateAll: () => Product.where({ name: 'a' }).updateAll({ name: 'b' }, typo),
        destroyAll: () => Product.where({ name: 'a' }).destroyAll(typo),
        createMany: () => Product.createMany([], typo),
        saveMany: () => Product.saveMany([product], typo),
        upsertMany: () => Product.upsertMany([], typo),
        destroyMany: () => Product.destroyMany([1], typo),
        firstOrCreate: () => Product.firstOrCreate({ name: 'a' }, {} as never, typo),
        firstOrNew: () => Product.firstOrNew({ name: 'a' }, {} as never, typo),
        save: () => product.save(typo),
        'update of a record': () => product.update({ name: 'B' }, typo),
        'destroy of a record': () => product.destroy(typo),
        reload: () => product.reload(typo),
        toObject: () => product.toObject(typo),
        'all of a relation': () => product.images.all(typo),
        'first of a relation': () => product.images.first(typo),
        'find of a relation': () => product.images.find(1, typo),
        'reload of a relation': () => product.images.reload(typo),
        'create of a relation': () => product.images.create({} as never, typo),
        'reload of a to-one relation': () => product.brand.reload(typo),
        'request of a model': () => Product.request('GET', 'x', typo),
        'request of a record': () => product.request('GET', 'x', typo),
        'session.get': () => session.get('/x', typo),
        'session.post': () => session.post('/x', typo),
        'session.request': () => session.request('PUT', '/x', typo),
        graphql: () => session.graphql('query { a }', {}, typo),
        saveAll: () => session.saveAll([product], typo),
        close: () => session.close(wrong({ timeut: true })),
      };
      for (const [name, call] of Object.entries(calls)) {
        const { message } = await rejection(call, ArgumentError).catch((error: unknown) => {
          throw new Error(name, { cause: error });
        });
        expect(message, name).to.contain('has no option `timeut`').and.contain('Nothing was sent');
      }
      expect([product.name, product.isDirty]).to.deep.equal(['A', false]);
      expect(server.requests).to.deep.equal([]);
    });

    it('is refused where a filter, a signal or nothing is given in place of the options', async () => {
      const Product = v3.Product.using(session);
      for (const given of [{ name: 'a' }, { limit: 5 }, new AbortController().signal, null, 'x', 7])
        for (const call of [
          () => Product.first(given as never),
          () => Product.count(given as never),
          () => Product.find(1, given as never),
        ])
          await rejection(call, ArgumentError);
      expect(server.requests).to.deep.equal([]);
    });

    it('is refused in place of the options of what changes or deletes everything', async () => {
      const Product = v3.Product.using(session);
      const product = Product.load({ id: 1, name: 'A' });
      const inPlaceOfOptions = [
        Product.where({ name: 'a' }),
        new AbortController().signal,
        [],
        [1, 2],
        new Map([['all', true]]),
        null,
        'x',
        7,
      ];
      const internal = [{ isLocal: true }, { onDeleted: () => {} }, { onSettled: () => {} }];
      const calls: Readonly<Record<string, (given: never) => PromiseLike<unknown>>> = {
        'deleteAll of a query': (given) => Product.where({ name: 'a' }).deleteAll(given),
        'deleteAll of everything': (given) => Product.deleteAll(given),
        'deleteAll of a relation': (given) => product.images.deleteAll(given),
        'deleteAll below a path': (given) => v3.ProductImage.using(session).of(1).deleteAll(given),
        destroyAll: (given) => Product.destroyAll(given),
        updateAll: (given) => Product.updateAll({ name: 'b' }, given),
      };
      for (const [name, call] of Object.entries(calls))
        for (const given of [...inPlaceOfOptions, ...internal])
          await rejection(() => call(given as never), ArgumentError).catch((error: unknown) => {
            throw new Error(`${name} ${String(given)}`, { cause: error });
          });
      expect(server.requests).to.deep.equal([]);
    });

    it('is refused within its limits too', async () => {
      for (const options of [{ timeout: { conect: 5 } }, { retry: { limt: 1 } }]) {
        await rejection(v3.Product.using(session).find(1, wrong(options)), ArgumentError);
        await rejection(session.get('/x', wrong(options)), ArgumentError);
      }
      expect(server.requests).to.deep.equal([]);
    });

    it('is no trouble for what exists', async () => {
      const { signal } = new AbortController();
      const call = {
        signal,
        retry: { limit: 1, baseMs: 1, maxMs: 5 },
        timeout: { connect: 500, response: 5000, body: 5000, total: 5000 },
        cache: false,
      } as const;
      const Product = v3.Product.using(session);
      await Product.all(call);
      await Product.where({ name: 'a' }).first({ ...call, timeout: 5000, retry: false });
      await session.get('/x', { ...call, version: 'v2', query: { a: 1 }, headers: { 'x-a': 'b' } });
      await session.put('/x', { body: {} });
      await Product.createMany([], { ...call, onProgress: () => {}, concurrency: 2 });
      await Product.all(undefined);
      await Product.all({});
    });
  });
});

describe('a time that is longer than a timer can wait', () => {
  const TOO_LONG = 2 ** 31;
  const LONGEST = TOO_LONG - 1;

  it('is refused by its name', async () => {
    const cases: readonly (readonly [options: SessionOptions, name: string])[] = [
      [{ timeout: TOO_LONG }, 'timeout'],
      ...(['connect', 'response', 'body', 'total'] as const).map((name) => [{ timeout: { [name]: TOO_LONG } }, `timeout.${name}`] as const),
      [{ retry: { baseMs: TOO_LONG } }, 'retry.baseMs'],
      [{ retry: { maxMs: TOO_LONG } }, 'retry.maxMs'],
      [{ cache: { ttlMs: TOO_LONG } }, 'cache.ttlMs'],
    ];
    for (const [options, name] of cases)
      expect(() => new Session({ ...CREDENTIALS, ...options }), name).to.throw(
        ConfigurationError,
        `${name} must be at most ${LONGEST} milliseconds`,
      );
    new Session({ ...CREDENTIALS, timeout: LONGEST, retry: { baseMs: LONGEST, maxMs: LONGEST }, cache: { ttlMs: LONGEST } });
    expect(() => webhookHandler({ secretHeaders: { a: 'b' }, onEvent: () => {}, retryMs: TOO_LONG })).to.throw(
      ConfigurationError,
      'retryMs',
    );
    await rejection(Sandbox.start({ latency: TOO_LONG }), ConfigurationError);
    await rejection(Sandbox.start({ rateLimit: { windowMs: TOO_LONG } }), ConfigurationError);
  });

  it('is refused for one call, and the longest is kept', async () => {
    const server = await serve((_, response) => setTimeout(() => json(response, { data: { id: 1 }, meta: {} }), 20));
    const session = server.session();
    for (const options of [{ timeout: TOO_LONG }, { timeout: { response: TOO_LONG } }, { retry: { baseMs: TOO_LONG } }])
      await rejection(v3.Product.using(session).find(1, options), ConfigurationError);
    expect(server.requests).to.deep.equal([]);
    expect((await v3.Product.using(session).find(1, { timeout: LONGEST })).id).to.equal(1);
    await server.close();
    const store = await Sandbox.start({ seed: false });
    expect(() => (store.latency = TOO_LONG)).to.throw(ConfigurationError, 'latency');
    await store.stop();
  });
});

describe('a wrong value of an option', () => {
  /** A call to be refused, and the option that its error has to name. */
  type Wrong = readonly [option: string, values: readonly unknown[]];

  it('is refused by a session, which names the option and not its value', () => {
    const cases: readonly Wrong[] = [
      ['logger', [5, 'console', null, {}, { debug: () => {} }, { debug: 1, warn: 2 }, { debug: () => {}, warn: () => {}, error: 5 }]],
      ['cache', ['maybe', true, 5, null, {}]],
      ['timeout', ['x', true, null, Number.NaN, -1]],
      ['retry', ['x', true, 5, null]],
      ['userAgent', [5, '', 'a\nb', null]],
      ['storeHash', [5, {}]],
      ['accessToken', [5, {}, null]],
      ['clientId', [5, '', {}]],
      ['baseUrl', [5, {}, 'x']],
      ['concurrency', ['x', '8', 0, null, Number.NaN]],
      ['rateLimit', [5, 'x', true, null, {}]],
      ['circuitBreaker', [5, 'x', true, null]],
      ['preload', [5, 'x', true]],
      ['maxResponseBytes', ['x', 0, -1]],
      ['agent', [5, 'x', null, {}]],
      ['ca', [5, 'x', [], [5], null]],
    ];
    for (const [option, values] of cases)
      for (const value of values) {
        if (value === null && (option === 'concurrency' || option === 'accessToken')) continue; // for a default, or missing
        expect(() => new Session(wrong({ ...CREDENTIALS, [option]: value })), `${option}: ${String(value)}`).to.throw(
          ConfigurationError,
          option,
        );
      }
    for (const basicAuth of [5, 'x', { username: 5, token: 'a-token' }, { username: 'u', token: {} }])
      expect(() => new Session(wrong({ host: 'a.example', basicAuth }))).to.throw(ConfigurationError, 'basicAuth');
    expect(() => new Session(wrong({ host: 5, basicAuth: { username: 'u', token: 'a-token' } }))).to.throw(ConfigurationError, 'host');
  });

  it('is refused by a call before anything is sent', async () => {
    const server = await serve((_, response) => json(response, { data: [{ id: 1 }], meta: {} }));
    const session = server.session();
    const Product = v3.Product.using(session);
    const product = Product.load({ id: 1, name: 'A', brand_id: 2 });
    const call: readonly Wrong[] = [
      ['signal', [5, 'x', true, {}]],
      ['timeout', ['x', true, null, 0]],
      ['retry', ['x', true, 5, null]],
      ['cache', [true, 'x', 5, null, {}]],
    ];
    const save: readonly Wrong[] = [
      ['ifUnchanged', ['x', 1, null]],
      ['reconcile', ['x', 1, null]],
    ];
    const low: readonly Wrong[] = [
      ['version', ['v4', 'V3', 3, null]],
      ['query', ['a=b', 5, ['a'], null]],
      ['headers', ['a: b', 5, ['a'], null]],
    ];
    const calls: readonly (readonly [readonly Wrong[], Readonly<Record<string, (options: never) => unknown>>])[] = [
      [
        call,
        {
          find: (options) => Product.find(1, options),
          all: (options) => Product.all(options),
          count: (options) => Product.count(options),
          page: (options) => Product.page(1, options),
          get: (options) => session.get('/x', options),
          graphql: (options) => session.graphql('query { a }', {}, options),
          reload: (options) => product.reload(options),
          'all of a relation': (options) => product.images.all(options),
        },
      ],
      [
        [...call, ...save],
        {
          create: (options) => Product.create({ name: 'A' } as never, options),
          save: (options) => product.save(options),
        },
      ],
      [[['onProgress', [5, 'x', {}]]], { saveMany: (options) => Product.saveMany([product], options) }],
      [
        low,
        {
          'session.get': (options) => session.get('/x', options),
          'request of a model': (options) => Product.request('GET', '/x', options),
        },
      ],
      [[['all', ['yes', 1]]], { deleteAll: (options) => Product.where({ name: 'a' }).deleteAll(options) }],
      [[['abort', ['yes', 1]]], { close: (options) => session.close(options) }],
    ];
    for (const [wrongs, of] of calls)
      for (const [name, make] of Object.entries(of))
        for (const [option, values] of wrongs)
          for (const value of values) {
            const error = await rejection(async () => {
              await make(wrong({ [option]: value }));
            }).catch((cause: unknown) => {
              throw new Error(`${name} ${option}: ${String(value)}`, { cause });
            });
            expect(error, `${name} ${option}: ${String(value)}`).to.satisfy(
              (each: unknown) => each instanceof ArgumentError || each instanceof ConfigurationError,
            );
            expect(error.message, name).to.contain(option);
          }
    expect(server.requests).to.deep.equal([]);
    await server.close();
  });

  it('is refused where a session takes a function or the name of an event', () => {
    const session = new Session(CREDENTIALS);
    expect(() => session.use(wrong({}))).to.throw(ArgumentError, 'use()');
    expect(() => session.on(wrong({}), () => {})).to.throw(ArgumentError, 'event');
    expect(() => session.on('request', wrong({}))).to.throw(ArgumentError, 'listener');
  });
});
