import { ArgumentError, Attribute, BigRecordError, ConfigurationError, Model, Resource, Session, UnknownFilterError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { CANARY } from '../../support/secrets.js';
import { answer, answerBytes, type Fault, failureOf, outcomeOf, row, withStore, withTcp } from './fault.js';

@Resource('/plain', { version: 'v3' })
class Plain extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ name: 'first_name' }) firstName!: string;
}

/** Everything that changes or deletes what filters choose. */
const NARROWED: Record<string, (model: typeof Plain, filters: Record<string, string>) => unknown> = {
  deleteAll: (model, filters) => model.where(filters).deleteAll(),
  destroyAll: (model, filters) => model.where(filters).destroyAll(),
  updateAll: (model, filters) => model.where(filters).updateAll({ firstName: 'X' }),
};

/** Everything that takes a key. */
const TAKERS: Record<string, (session: Session, key: never) => unknown> = {
  find: (s, key) => v3.Product.using(s).find(key),
  'find (V2)': (s, key) => v2.Product.using(s).find(key),
  'find of a list': (s, key) => v3.Product.using(s).find([1, key]),
  'update by id': (s, key) => v2.Product.using(s).update(key, { name: 'x' }),
  'destroy by id': (s, key) => v3.Product.using(s).destroy(key),
  'destroy by id (V2)': (s, key) => v2.Product.using(s).destroy(key),
  'find (by filter)': (s, key) => v3.Customer.using(s).find(key),
  'destroy by id (by filter)': (s, key) => v3.Customer.using(s).destroy(key),
  'ref(…).images.deleteAll': (s, key) => v3.Product.using(s).ref(key).images.deleteAll(),
  'ref(…).options': async (s, key) => await v2.Product.using(s).ref(key).options,
  'ref(1).images.find': (s, key) => v3.Product.using(s).ref(1).images.find(key),
  'save of a record with it': (s, key) => {
    const product = v3.Product.using(s).load({ id: key, name: 'A' });
    product.name = 'B';
    return product.save();
  },
  'destroy of a record with it': (s, key) => v3.Product.using(s).load({ id: key }).destroy(),
};

/** What names no record, and would lead elsewhere: to a list, to another record, to another place. */
const KEYS: readonly (readonly [string, string, unknown])[] = [
  ['I1', 'the key is a path: ../orders', '../orders'],
  ['I1', 'the key is a path: ..', '..'],
  ['I1', 'the key is a path: .', '.'],
  ['I1', 'the key is a path, encoded: %2e%2e', '%2e%2e'],
  ['I1', 'the key is a path: 1/../../x', '1/../../x'],
  ['I1', 'the key is a path of Windows: 1\\..', '1\\..'],
  ['I2', 'the key has a query: 1?x=', '1?x='],
  ['I2', 'the key has a fragment: 1#x', '1#x'],
  ['I2', 'the key has a parameter: 1;a', '1;a'],
  ['I2', 'the key has an encoded zero: 1%00', '1%00'],
  ['I2', 'the key has a tab', '1\t'],
  ['I2', 'the key has a line break', '1\n'],
  ['I2', 'the key has a line separator of Unicode', '1\u2028'],
  ['I3', 'the key is an empty text', ''],
  ['I3', 'the key is a space', ' '],
  ['I3', 'the key is null', null],
  ['I3', 'the key is undefined', undefined],
  ['I3', 'the key is NaN', Number.NaN],
  ['I3', 'the key is infinite', Number.POSITIVE_INFINITY],
  ['I3', 'the key is negative', -1],
  ['I3', 'the key is zero', 0],
  ['I3', 'the key is a fraction', 1.5],
  ['I3', 'the key is an object', {}],
  ['I3', 'the key is an object that spells itself as a number', { toString: () => '1' }],
  ['I3', 'the key is a list', [[1]]],
  ['I3', 'the key is true', true],
  ['I3', 'the key is a big integer', 1n],
  ['I3', 'the key is a symbol', Symbol('x')],
  ['I3', 'the key is a function', () => 1],
  ['I3', 'the key is a Date', new Date()],
  ['I3', 'the key is letters where a number is due', 'abc'],
  ['I3', 'the key is a thousand digits', '1'.repeat(1000)],
];

const keys: readonly Fault[] = KEYS.map(([id, name, key]) =>
  row(
    id,
    name,
    'ArgumentError; nothing is sent',
    'caller',
    Object.fromEntries(
      Object.entries(TAKERS).map(([operation, take]) => [
        operation,
        () =>
          withTcp(
            (socket) => answer(socket, { data: [] }),
            async (session, { requests }) => {
              const { error, value } = await outcomeOf(async () => await take(session, key as never));
              expect(error, `${JSON.stringify(value)}`).to.be.instanceOf(ArgumentError);
              expect(requests).to.deep.equal([]);
            },
          ),
      ]),
    ),
  ),
);

const CONFIGURATIONS: readonly (readonly [string, string, object, string])[] = [
  ['I6', 'a token with a line break', { accessToken: `${CANARY}\r\nX-Evil: 1` }, 'accessToken'],
  ['I6', 'a token with a space', { accessToken: `${CANARY} x` }, 'accessToken'],
  ['I6', 'an empty token', { accessToken: '' }, 'accessToken'],
  ['I6', 'a client id with a line break', { clientId: `${CANARY}\n` }, 'clientId'],
  ['I7', 'a store hash with a path', { storeHash: 'a/../b' }, 'storeHash'],
  ['I7', 'a store hash with a query', { storeHash: 'a?' }, 'storeHash'],
  ['I7', 'a store hash that begins with stores/', { storeHash: 'stores/abc' }, 'storeHash'],
  ['I7', 'a store hash with spaces', { storeHash: ' abc ' }, 'storeHash'],
  ['I7', 'an address for a store hash', { storeHash: 'https://store-abc.mybigcommerce.com' }, 'storeHash'],
  ['I8', 'a base address with user and password', { baseUrl: `https://user:${CANARY}@127.0.0.1` }, 'baseUrl'],
  ['I8', 'a base address of another scheme', { baseUrl: 'ftp://127.0.0.1' }, 'baseUrl'],
  ['I8', 'a base address that is none', { baseUrl: 'api.bigcommerce.com' }, 'baseUrl'],
  ['I8', 'a base address with a query', { baseUrl: 'https://127.0.0.1/?a=1' }, 'baseUrl'],
  ['I10', 'a concurrency of zero', { concurrency: 0 }, 'concurrency'],
  ['I10', 'a timeout of NaN', { timeout: Number.NaN }, 'timeout'],
  ['I10', 'a timeout with a phase that there is not', { timeout: { conect: 5 } }, 'timeout'],
  ['I10', 'a limit of repetitions below zero', { retry: { limit: -1 } }, 'retry'],
  ['I10', 'a retry option that there is not', { retry: { limt: 1 } }, 'retry'],
];

const configurations: readonly Fault[] = CONFIGURATIONS.map(([id, name, options, option]) =>
  row(id, name, 'ConfigurationError that names the option, never its value', 'caller', {
    'new Session': async () => {
      const error = await failureOf(() => new Session({ storeHash: 'abc', accessToken: 'x', ...options }), ConfigurationError);
      expect(error.message).to.contain(option);
    },
    'Session.fromEnv': async () => {
      const error = await failureOf(
        () => Session.fromEnv(options, { BIGCOMMERCE_STORE_HASH: 'a', BIGCOMMERCE_ACCESS_TOKEN: 'b' }),
        ConfigurationError,
      );
      expect(error.message).to.contain(option);
    },
  }),
);

const PATHS = [
  '',
  '/a/../b',
  '/a/%2e%2e/b',
  '/a?b=1',
  '/a#b',
  '/a\\b',
  '/a//b',
  '/a%2fb',
  '/a\n',
  '/a b',
  '//evil.example/x',
  '/%',
  7,
  null,
];

const HOSTILE =
  '{"id":1,"name":"A","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"prototype":1,"hasOwnProperty":2,"toString":3,"valueOf":3,"then":4,"save":5,"session":6,"isNew":7,"toJSON":8,"custom_url":{"__proto__":{"polluted":1}}}';

function assertUnharmed(product: v3.Product): void {
  expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  expect((product as unknown as Record<string, unknown>)['polluted']).to.equal(undefined);
  expect(Object.getPrototypeOf(product)).to.equal(v3.Product.prototype);
  expect(product.save).to.be.a('function');
  expect(product.toJSON).to.be.a('function');
  expect((product as { then?: unknown }).then).to.equal(undefined);
  expect(JSON.stringify(product)).to.be.a('string');
}

const slow = (work: () => unknown): void => {
  const begun = process.cpuUsage(); // not time, of which others may take their part
  work();
  const { user, system } = process.cpuUsage(begun);
  expect((user + system) / 1000).to.be.below(400);
};

export const input: readonly Fault[] = [
  ...keys,
  ...configurations,
  row(
    'I4',
    'an empty string where a record to delete is named',
    'ArgumentError; nothing is sent: it would be the whole collection',
    'sandbox',
    {
      'destroy by id': () => deletesNothing((session) => v3.Product.using(session).destroy('')),
      'destroy by id (V2)': () => deletesNothing((session) => v2.Product.using(session).destroy('')),
      'ref(…).images.deleteAll': () => deletesNothing((session) => v3.Product.using(session).ref('').images.deleteAll()),
      'of(…).deleteAll': () => deletesNothing((session) => v2.ProductOption.using(session).of('').deleteAll()),
      destroyMany: () =>
        deletesNothing((session) =>
          v3.Product.using(session)
            .destroyMany([''])
            .then(({ failed }) => {
              throw failed[0]?.error;
            }),
        ),
      'session.delete': () => deletesNothing((session) => session.delete('')),
    },
  ),
  row(
    'I5',
    'the key of a relation is what the store should not have sent',
    'none or an ArgumentError; nothing is sent',
    'TCP',
    Object.fromEntries(
      [0, null, 'x/../..', '..', '', {}, -5].map((key) => [
        `brand_id: ${JSON.stringify(key)}`,
        () =>
          withTcp(
            (socket) => answer(socket, { data: [] }),
            async (session, { requests }) => {
              const product = v3.Product.using(session).load({ id: 1, brand_id: key });
              const { value, error } = await outcomeOf(async () => await product.brand);
              expect(value === null || error instanceof ArgumentError, String(error ?? JSON.stringify(value))).to.equal(true);
              expect(requests).to.deep.equal([]);
            },
          ),
      ]),
    ),
  ),
  row(
    'I10',
    'the value of a filter is no value',
    'ArgumentError; nothing is sent',
    'caller',
    Object.fromEntries(
      ([undefined, null, Number.NaN, new Date('x'), () => 1, Symbol('x'), {}, [undefined], [Number.NaN], [{}]] as never[]).flatMap(
        (value, at) => [
          [`where ${at}`, async () => void expect(() => v3.Product.where({ name: value })).to.throw(ArgumentError)],
          [
            `param ${at}`,
            () =>
              withTcp(
                (socket) => answer(socket, { data: [] }),
                async (session, { requests }) => {
                  await failureOf(() => session.get('/x', { query: { a: (value ?? { nothing: 1 }) as never } }), ArgumentError);
                  expect(requests).to.deep.equal([]);
                },
              ),
          ],
        ],
      ),
    ),
  ),
  row(
    'I2',
    'a path for the low-level verbs that leads elsewhere',
    'ArgumentError; nothing is sent',
    'caller',
    Object.fromEntries(
      PATHS.map((path) => [
        `get ${JSON.stringify(path)}`,
        () =>
          withTcp(
            (socket) => answer(socket, {}),
            async (session, { requests }) => {
              await failureOf(() => session.get(path as string), ArgumentError);
              expect(requests).to.deep.equal([]);
            },
          ),
      ]),
    ),
  ),
  row(
    'I6',
    'an invalid extra header, or one that would replace a credential',
    'ArgumentError that names the header; nothing is sent',
    'caller',
    Object.fromEntries(
      Object.entries({
        'X-Auth-Token': 'a',
        Authorization: 'a',
        Host: 'a',
        'Content-Length': '0',
        'X-A': 'a\r\nX-B: 1',
        'X A': 'a',
        'X-Ü': 'a',
      }).map(([name, value]) => [
        name,
        () =>
          withTcp(
            (socket) => answer(socket, {}),
            async (session, { requests }) => {
              await failureOf(() => session.get('/x', { headers: { [name]: value } }), ArgumentError);
              expect(requests).to.deep.equal([]);
            },
          ),
      ]),
    ),
  ),
  row(
    'I11',
    'keys of a response that lead to prototypes or are named like methods',
    'no prototype is touched; methods stay; a record is never a promise',
    'TCP',
    {
      find: () => withHostile(async (session) => assertUnharmed(await v3.Product.using(session).find(1))),
      reload: () =>
        withHostile(async (session) => {
          const product = v3.Product.using(session).load({ id: 1 });
          await product.reload();
          assertUnharmed(product);
        }),
      save: () =>
        withHostile(async (session) => {
          const product = v3.Product.using(session).load({ id: 1, name: 'Z' });
          product.name = 'Y';
          await product.save();
          assertUnharmed(product);
        }),
      create: () => withHostile(async (session) => assertUnharmed(await v3.Product.using(session).create({ name: 'A' } as never))),
      load: async () => assertUnharmed(v3.Product.load(JSON.parse(HOSTILE))),
    },
  ),
  row('I12', 'the same keys by mass assignment', 'no prototype is touched; `session` and `isNew` cannot be set', 'caller', {
    new: async () => assertUnharmed(new v3.Product(JSON.parse(HOSTILE))),
    assign: async () => assertUnharmed(new v3.Product().assign(JSON.parse(HOSTILE))),
    isNew: async () => expect(new v3.Product({ isNew: false, session: 1 } as never).isNew).to.equal(true),
  }),
  row('I13', 'a stub of V2 that leads to another host or path', 'neither is asked for: the path is that of the declaration', 'TCP', {
    relation: () =>
      withTcp(
        (socket) => answer(socket, []),
        async (session, { requests }) => {
          const product = v2.Product.using(session).load({
            id: 1,
            options: { url: 'http://169.254.169.254/latest', resource: '//evil.example/x' },
          } as never);
          expect(await product.options).to.deep.equal([]);
          expect(requests.map(({ url }) => url.replace(/\?.*/, ''))).to.deep.equal([`/stores/${session.storeHash}/v2/products/1/options`]);
        },
      ),
  }),
  row('I14', 'an attribute is called like a method', 'kept for `toObject()`, sent back unharmed, the method stays', 'TCP', {
    find: () =>
      withHostile(async (session) => {
        const product = await v3.Product.using(session).find(1);
        expect(product.toObject()).to.deep.include({ save: 5, session: 6 });
        expect(product.isDirty).to.equal(false);
      }),
  }),
  row('I16', 'texts of 100,000 characters where a date, a number or a key should be', 'read in linear time', 'caller', {
    date: async () => slow(() => v3.Product.load({ id: 1, date_created: `${' '.repeat(100_000)}x` })),
    key: async () => slow(() => void outcomeOf(() => v3.Product.find(' '.repeat(100_000)))),
    path: async () =>
      slow(
        () =>
          void outcomeOf(() =>
            new Session({ storeHash: 'a', accessToken: 'b' }).get(`/${'a'.repeat(100_000)}!`, { signal: AbortSignal.abort() }),
          ),
      ),
    'Retry-After': () =>
      withTcp(
        (socket, _, number) =>
          number === 1 ? answer(socket, {}, 503, { 'Retry-After': `${'1'.repeat(5000)} ${' '.repeat(5000)}x` }) : answer(socket, {}),
        async (session) => expect((await outcomeOf(() => session.get('/x'))).ms).to.be.below(5000),
      ),
    HTML: () =>
      withTcp(
        (socket) => socket.write(answerBytes(500, { 'Content-Type': 'text/html' }, `<title>${' '.repeat(100_000)}`)),
        async (session) => expect((await outcomeOf(() => session.get('/x', { retry: false }))).ms).to.be.below(5000),
      ),
    errors: () =>
      withTcp(
        (socket) => answer(socket, { errors: { ['a.'.repeat(20_000)]: ' '.repeat(50_000) } }, 422),
        async (session) => expect((await outcomeOf(() => session.get('/x'))).ms).to.be.below(5000),
      ),
  }),
  row(
    'I17',
    'what is changed or deleted is chosen by a name that no attribute has, on a model without a list of filters',
    'UnknownFilterError; nothing is sent',
    'caller',
    Object.fromEntries(
      Object.entries(NARROWED).map(([operation, narrowed]) => [
        operation,
        () =>
          withTcp(
            (socket) => answer(socket, { data: [{ id: 1 }, { id: 2 }] }),
            async (session, { requests }) => {
              await failureOf(() => narrowed(Plain.using(session), { firstNam: 'Bob' }), UnknownFilterError);
              expect(requests).to.deep.equal([]);
            },
          ),
      ]),
    ),
  ),
  row(
    'I18',
    'the store ignores the filter by which records are changed or deleted',
    'BigRecordError; nothing is changed',
    'TCP',
    Object.fromEntries(
      Object.entries(NARROWED).map(([operation, narrowed]) => [
        operation,
        () =>
          withTcp(
            (socket) =>
              answer(socket, {
                data: [
                  { id: 1, first_name: 'Bob' },
                  { id: 2, first_name: 'Ann' },
                ],
              }),
            async (session, { requests }) => {
              await failureOf(() => narrowed(Plain.using(session), { firstName: 'Bob' }), BigRecordError);
              expect(requests.map(({ method }) => method)).to.deep.equal(['GET']);
            },
          ),
      ]),
    ),
  ),
  row(
    'I10',
    'a call with invalid limits',
    'ConfigurationError that names them; nothing is sent',
    'caller',
    Object.fromEntries(
      ([{ timeout: -1 }, { timeout: { total: 'x' } }, { retry: { limit: Number.NaN } }, { retry: 7 }] as never[]).map((options) => [
        JSON.stringify(options),
        () =>
          withTcp(
            (socket) => answer(socket, { data: [] }),
            async (session, { requests }) => {
              await failureOf(() => v3.Product.using(session).find(1, options), BigRecordError);
              await failureOf(() => session.get('/x', options), ConfigurationError);
              expect(requests).to.deep.equal([]);
            },
          ),
      ]),
    ),
  ),
];

function deletesNothing(work: (session: Session) => unknown): Promise<void> {
  return withStore(async (store, session) => {
    await failureOf(async () => await work(session), ArgumentError);
    expect(store.requests).to.deep.equal([]);
  });
}

function withHostile(work: (session: Session) => Promise<unknown>): Promise<void> {
  return withTcp((socket) => socket.write(answerBytes(200, { 'Content-Type': 'application/json' }, `{"data":${HOSTILE}}`)), work);
}
