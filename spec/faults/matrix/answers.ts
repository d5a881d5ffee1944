import { gzipSync } from 'node:zlib';
import {
  BigRecordError,
  HttpError,
  NetworkError,
  ParseError,
  RecordNotFoundError,
  ServerError,
  UncertainOutcomeError,
  ValidationError,
} from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { answer, answerBytes, type Case, type Fault, failureOf, on, outcomeOf, withTcp } from './fault.js';
import { isRepeatable, OPERATIONS, type Operation } from './operations.js';

type Class = abstract new (...args: never[]) => Error;

/** What an operation comes to: an error of this class, or success. */
type Verdict = Class | 'succeeds';

/** An answer with status 200 that is not what it should be; the same bytes for all operations. */
function lie(
  row: string,
  name: string,
  expected: string,
  bytes: (operation: Operation) => Buffer,
  verdict: (operation: Operation) => Verdict,
  operations: readonly Operation[] = OPERATIONS,
): Fault {
  return {
    row,
    name,
    by: 'TCP',
    expected,
    cases: operations.map((operation) =>
      on(operation.name, () =>
        withTcp(
          (socket) => socket.write(bytes(operation)),
          async (session, { requests }) => {
            const { value, error } = await outcomeOf(() => operation.run(session));
            const due = verdict(operation);
            if (due === 'succeeds') expect(error, error?.message).to.equal(undefined);
            else expect(error, JSON.stringify(value)?.slice(0, 100)).to.be.instanceOf(due);
            if (error instanceof ParseError) expect(requests, 'no lie is asked for twice').to.have.length(1);
            if (error !== undefined) expect(error.message.length).to.be.below(900);
          },
          { maxResponseBytes: 1_000_000 },
        ),
      ),
    ),
  };
}

const JSON_TYPE = { 'Content-Type': 'application/json' };
const text =
  (body: string, headers: Record<string, string> = JSON_TYPE, status = 200) =>
  (): Buffer =>
    answerBytes(status, headers, body);
const healthy = ({ healthy: body }: Operation): string => JSON.stringify(body ?? { a: 1 });

/** Where something is due that this is not, it is refused; where anything will do, it is taken. */
const unless =
  (...dues: Operation['due'][]) =>
  (operation: Operation): Verdict =>
    dues.includes(operation.due) || operation.kind === 'delete' ? 'succeeds' : unusable(operation);

const always = (verdict: Verdict) => (): Verdict => verdict;

/** An answer of success that cannot be used: what a POST makes may exist all the same. */
const unusable = ({ kind, name }: Operation): Verdict => (kind === 'create' && name !== 'graphql' ? UncertainOutcomeError : ParseError);

/** A right envelope around something wrong, or the bare thing where the API has no envelope. */
const wrapped =
  (value: unknown) =>
  (operation: Operation): Buffer =>
    text(JSON.stringify(/V2|by id/.test(operation.name) ? value : { data: value, meta: {} }))();

const LIES: readonly Fault[] = [
  lie(
    'A1',
    'a page of HTML with status 200',
    'ParseError with status, type and 200 characters at most; no record. A POST is uncertain',
    text(`<html><title>Sign in</title>${'x'.repeat(9000)}</html>`, { 'Content-Type': 'text/html' }),
    unusable,
  ),
  lie('A1', 'HTML that calls itself JSON', 'ParseError', text('<html></html>'), unusable),
  lie('A1', 'JSON that breaks off, with the right length', 'ParseError', text('{"data":[{"id":1,"na'), unusable),
  lie('A1', 'two JSON values one after the other', 'ParseError', text('{"data":1}{"data":2}'), unusable),
  lie('A1', 'bytes that are no text', 'ParseError', () => answerBytes(200, JSON_TYPE, Buffer.from([0xff, 0xfe, 0x00, 0x80])), unusable),
  lie(
    'A3',
    'the right JSON as text/plain',
    'accepted: the platform does that',
    (operation) => answerBytes(200, { 'Content-Type': 'text/plain' }, healthy(operation)),
    always('succeeds'),
  ),
  lie('A3', 'the right JSON without a type', 'accepted', (operation) => answerBytes(200, {}, healthy(operation)), always('succeeds')),
  lie(
    'A3',
    'the right JSON behind a byte order mark',
    'accepted',
    (operation) => answerBytes(200, JSON_TYPE, `\uFEFF${healthy(operation)}`),
    always('succeeds'),
  ),
  lie(
    'A5',
    '204 where an array is expected',
    '[] or null',
    text('', {}, 204),
    always('succeeds'),
    OPERATIONS.filter(({ kind, due }) => kind === 'read' && due === 'list'),
  ),
  lie(
    'A6',
    '204 where a record is expected',
    'find and reload: RecordNotFoundError',
    text('', {}, 204),
    always(RecordNotFoundError),
    OPERATIONS.filter(({ kind, due }) => kind === 'read' && due === 'record'),
  ),
  lie(
    'A6',
    '204 to a write',
    'done, with the attributes as sent; a new record without its key is uncertain',
    text('', {}, 204),
    ({ name }) => (/^create(Many)?$/.test(name) ? UncertainOutcomeError : 'succeeds'),
    OPERATIONS.filter(({ kind }) => kind !== 'read'),
  ),
  lie(
    'A6',
    'an empty body with status 200 to a write',
    'done, with the attributes as sent; a new record without its key is uncertain',
    text(''),
    ({ name }) => (/^create(Many)?$/.test(name) ? UncertainOutcomeError : 'succeeds'),
    OPERATIONS.filter(({ kind }) => kind !== 'read'),
  ),
  lie('A7', '`null` for the whole body', 'ParseError where something is due', text('null'), unless('anything')),
  lie('A7', 'a text for the whole body', 'ParseError where something is due', text('"hello"'), unless('anything')),
  lie('A7', 'a number for the whole body', 'ParseError where something is due', text('42'), unless('anything')),
  lie('A7', 'a text where the data should be', 'ParseError where something is due', wrapped('hello'), unless('anything')),
  lie('A7', 'a list of numbers where records should be', 'ParseError where something is due', wrapped([1, 2]), unless('anything')),
  lie(
    'A7',
    'an object where an array is expected',
    'ParseError "expected an array"',
    wrapped({ id: 1 }),
    always(ParseError),
    OPERATIONS.filter(({ due, kind }) => due === 'list' && kind === 'read'),
  ),
  lie(
    'A7',
    'a list of several where one record is expected',
    'ParseError "expected an object"',
    wrapped([{ id: 1 }, { id: 2 }]),
    unusable,
    OPERATIONS.filter(({ due }) => due === 'record'),
  ),
  lie(
    'A8',
    'an envelope whose `data` is null',
    'ParseError where something is expected',
    text('{"data":null,"meta":{}}'),
    unusable,
    OPERATIONS.filter(({ due, name }) => (due === 'list' || due === 'record') && !/V2|by id/.test(name)),
  ),
  lie(
    'A8',
    'an envelope without `data`, where an array is expected',
    'ParseError',
    text('{"meta":{}}'),
    always(ParseError),
    OPERATIONS.filter(({ due, kind }) => due === 'list' && kind === 'read'),
  ),
  lie(
    'A8',
    'a list without `meta`',
    'one page, no loop',
    text('{"data":[{"id":1,"name":"A"}]}'),
    always('succeeds'),
    OPERATIONS.filter(({ due, name, kind }) => kind === 'read' && due === 'list' && !name.includes('V2')),
  ),
  lie(
    'A8',
    'a count without totals',
    'ParseError "expected a count"',
    text('{"data":[],"meta":{}}'),
    always(ParseError),
    OPERATIONS.filter(({ due }) => due === 'count'),
  ),
  lie(
    'A9',
    'a write whose response has no envelope',
    'taken for the record that it looks like',
    text('{"id":1,"name":"B"}'),
    always('succeeds'),
    OPERATIONS.filter(({ kind, due }) => kind !== 'read' && due === 'record'),
  ),
  lie(
    'A16',
    'invalid gzip',
    'a clear error; never half a record',
    () => answerBytes(200, { ...JSON_TYPE, 'Content-Encoding': 'gzip' }, 'not gzip'),
    ({ kind }) => (kind === 'create' ? UncertainOutcomeError : NetworkError),
  ),
  lie(
    'A16',
    'gzip that is truncated',
    'a clear error; never half a record',
    (operation) => answerBytes(200, { ...JSON_TYPE, 'Content-Encoding': 'gzip' }, gzipSync(healthy(operation)).subarray(0, 12)),
    ({ kind }) => (kind === 'create' ? UncertainOutcomeError : NetworkError),
  ),
  lie(
    'A16',
    'a gzip bomb: 20 MB in 20 kB',
    'cut off at `maxResponseBytes` after decompression',
    () => answerBytes(200, { ...JSON_TYPE, 'Content-Encoding': 'gzip' }, BOMB),
    unusable,
  ),
  lie(
    'A17',
    'a plain body above the limit',
    'cut off at `maxResponseBytes`',
    () => answerBytes(200, JSON_TYPE, `[${' '.repeat(1_100_000)}]`),
    unusable,
  ),
  lie('A22', '304 to a request without conditions', 'RedirectionError with advice', text('', {}, 304), always(HttpError)),
  lie(
    'A23',
    '202 with an empty body to a write',
    'accepted; a new record without its key is uncertain',
    text('', {}, 202),
    ({ name }) => (/^create(Many)?$/.test(name) ? UncertainOutcomeError : 'succeeds'),
    OPERATIONS.filter(({ kind }) => kind !== 'read'),
  ),
  lie(
    'A24',
    'a record with 60,000 attributes',
    'taken as it is',
    (operation) => manyKeys(operation),
    always('succeeds'),
    OPERATIONS.filter(({ due }) => due === 'record'),
  ),
];

function deepRow(isEnveloped: boolean): Buffer {
  const row = `{"id":1,"name":"A","deep":${'{"a":['.repeat(50_000)}1${']}'.repeat(50_000)}}`;
  return text(isEnveloped ? `{"data":${row}}` : row)();
}

const BOMB = gzipSync(Buffer.alloc(20_000_000, 32));

function manyKeys(operation: Operation): Buffer {
  const row: Record<string, unknown> = { id: 1 };
  for (let at = 0; at < 60_000; at++) row[`k${at}`] = at;
  return wrapped(row)(operation);
}

/** Bodies of a refusal, and what must be made of their errors. */
const ERROR_BODIES: readonly (readonly [string, string, Record<string, string[]>])[] = [
  ['a map', '{"title":"T","errors":{"name":"is bad"}}', { name: ['is bad'] }],
  ['a map of lists', '{"errors":{"name":["is bad","is long"]}}', { name: ['is bad', 'is long'] }],
  ['a nested map', '{"errors":{"a":{"b":"is bad"}}}', { 'a.b': ['is bad'] }],
  ['an array of strings', '{"errors":["is bad"]}', { base: ['is bad'] }],
  ['a list of messages with fields', '{"errors":[{"field":"sku","message":"is taken"}]}', { sku: ['is taken'] }],
  ['a string', '{"errors":"is bad"}', { base: ['is bad'] }],
  ['null', '{"title":"T","errors":null}', { base: ['T'] }],
  ['an empty list, with a title', '{"title":"T","errors":[]}', { base: ['T'] }],
  ['the list of V2', '[{"status":422,"message":"is bad","details":{"invalid_reason":"no"}}]', {}],
  ['nothing', '', {}],
  ['HTML', '<html><title>No</title></html>', {}],
  ['a number', '7', {}],
  ['a map with keys of prototypes', '{"errors":{"__proto__":"is bad","constructor":"too"}}', {}],
];

const refusals: readonly Fault[] = ERROR_BODIES.map(([name, body, errors]) => ({
  row: 'A19',
  name: `422 whose errors are ${name}`,
  by: 'TCP',
  expected: 'ValidationError with `errors` as arrays of strings by field; on the record as `fieldErrors`',
  cases: OPERATIONS.map((operation) =>
    on(operation.name, () =>
      withTcp(
        (socket) => socket.write(answerBytes(422, JSON_TYPE, body)),
        async (session, { requests }) => {
          const error = await failureOf(() => operation.run(session), ValidationError);
          for (const messages of Object.values(error.errors)) for (const message of messages) expect(message).to.be.a('string');
          if (Object.keys(errors).length > 0) expect(error.errors).to.deep.include(errors);
          expect(({} as Record<string, unknown>)['is bad']).to.equal(undefined);
          expect(requests).to.have.length(1);
        },
      ),
    ),
  ),
}));

const one = (row: string, name: string, expected: string, ...cases: Case[]): Fault => ({ row, name, by: 'TCP', expected, cases });

/** A product of one of the two generations, as this row of an answer makes it. */
const loaded = (row: Record<string, unknown>) =>
  [v3.Product, v2.Product].map((Model) =>
    on(`find (${Model === v3.Product ? 'V3' : 'V2'})`, () =>
      withTcp(
        (socket) => answer(socket, Model === v3.Product ? { data: { id: 1, ...row } } : { id: 1, ...row }),
        async (session, { requests }) => {
          const product = await (Model as typeof v3.Product).using(session).find(1);
          expect(product.isDirty).to.equal(false);
          await product.save();
          expect(requests, 'what was loaded is not sent back').to.have.length(1);
          const held = JSON.parse(JSON.stringify(product));
          for (const [key, value] of Object.entries(row))
            if (value !== null && held[key] !== null) expect(held[key], key).to.deep.equal(value);
          expect(() => product.clone().toObject()).to.not.throw();
        },
      ),
    ),
  );

const VALUES: readonly Fault[] = [
  one(
    'A24',
    'a value 100,000 levels deep',
    'no overflow: writing it is an error of ours, all else of the record is there',
    ...[v3.Product, v2.Product].map((Model) =>
      on(`find (${Model === v3.Product ? 'V3' : 'V2'})`, () =>
        withTcp(
          (socket) => socket.write(deepRow(Model === v3.Product)),
          async (session) => {
            const product = await (Model as typeof v3.Product).using(session).find(1);
            expect([product.name, product.isDirty]).to.deep.equal(['A', false]);
            await failureOf(() => product.toObject(), BigRecordError);
            await failureOf(() => JSON.stringify(product), BigRecordError);
            expect(product).to.have.property('deep');
            product.name = 'B';
            expect(product.changed).to.deep.equal(['name']);
          },
        ),
      ),
    ),
    on('session.get', () =>
      withTcp(
        (socket) => socket.write(deepRow(true)),
        async (session) => expect((await session.get('/x')).status).to.equal(200),
      ),
    ),
  ),
  one('A10', 'attributes that nobody declared', 'kept, readable, not sent back', ...loaded({ brand_new: { a: [1] }, other: 'x' })),
  one(
    'A11',
    'null for everything',
    'stays null; no relation fails, nothing is sent back',
    ...loaded({ name: null, price: null, images: null, categories: null, custom_url: null, date_created: null, primary_image: null }),
  ),
  one(
    'A12',
    'strings for numbers and numbers for strings',
    'kept as sent; not dirty; not sent back',
    ...loaded({ name: 12, price: '12.5', weight: '3', is_visible: 'yes', inventory_level: 'many' }),
  ),
  one(
    'A12',
    'values that no list of values has',
    'kept as sent',
    ...loaded({ type: 'teleported', availability: 'perhaps', condition: 'Haunted' }),
  ),
  one(
    'A13',
    'invalid dates',
    'no Invalid Date; nothing throws',
    ...loaded({ date_created: '0000-00-00', date_modified: 'yesterday', preorder_release_date: '' }),
  ),
  one('A13', 'a date of zero', 'no Invalid Date; nothing throws', ...loaded({ date_created: '0', date_modified: 0 })),
  one(
    'A15',
    'money with more digits than a float keeps',
    'its digits are kept',
    on('find (V2)', () =>
      withTcp(
        (socket) => socket.write(answerBytes(200, JSON_TYPE, '{"id":1,"price":"12345678901234567890.1200"}')),
        async (session) => expect((await v2.Product.using(session).find(1)).price).to.equal('12345678901234567890.1200'),
      ),
    ),
  ),
  one(
    'A14',
    'an id above 2^53',
    'its digits are kept, and make the address',
    on('find, save', () =>
      withTcp(
        (socket) => socket.write(answerBytes(200, JSON_TYPE, '{"data":{"id":9007199254740993,"name":"A"}}')),
        async (session, { requests }) => {
          const product = await v3.Product.using(session).find('9007199254740993');
          expect(String(product.id)).to.equal('9007199254740993');
          product.name = 'B';
          await product.save();
          expect(requests[1]?.url).to.match(/\/9007199254740993$/);
        },
      ),
    ),
  ),
  one(
    'P2',
    'the same id twice in a list',
    'each record once',
    on('all', () =>
      withTcp(
        (socket) => answer(socket, { data: [{ id: 1 }, { id: 2 }, { id: 1 }], meta: { pagination: { total: 3 } } }),
        async (session) => expect((await v3.Product.using(session).all()).map(({ id }) => id)).to.deep.equal([1, 2]),
      ),
    ),
  ),
  one(
    'A20',
    '10 MB of errors in one refusal',
    'the message is short; `errors` is bounded',
    ...OPERATIONS.filter(({ kind }) => kind !== 'read').map((operation) =>
      on(operation.name, () =>
        withTcp(
          (socket) => socket.write(HUGE_REFUSAL),
          async (session) => {
            const error = await failureOf(() => operation.run(session), ValidationError);
            expect(error.message.length).to.be.below(1000);
            expect(Object.keys(error.errors).length).to.be.at.most(1000);
          },
        ),
      ),
    ),
  ),
  one(
    'A21',
    'GraphQL: 200 with errors and half the data',
    'GraphQLError, with the data on it',
    on('graphql', () =>
      withTcp(
        (socket) => answer(socket, { data: { store: { name: 'x' } }, errors: [{ message: 'no', path: ['a'] }] }),
        async (session) => {
          const error = await failureOf(() => session.graphql('query { store }'), BigRecordError);
          expect([error.name, (error as unknown as { data: unknown }).data]).to.deep.equal(['GraphQLError', { store: { name: 'x' } }]);
        },
      ),
    ),
  ),
  one(
    'A16',
    'a gzip bomb: the memory it takes',
    'less than twice the limit',
    on('session.get', () =>
      withTcp(
        (socket) => socket.write(answerBytes(200, { ...JSON_TYPE, 'Content-Encoding': 'gzip' }, BOMB)),
        async (session) => {
          const before = process.memoryUsage().arrayBuffers;
          await failureOf(() => session.get('/x'), ParseError);
          expect(process.memoryUsage().arrayBuffers - before).to.be.below(8_000_000);
        },
        { maxResponseBytes: 4_000_000 },
      ),
    ),
  ),
];

const HUGE_REFUSAL = answerBytes(
  422,
  JSON_TYPE,
  JSON.stringify({ errors: Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`f${at}`, 'x'.repeat(500)])) }),
);

/** Failures of the platform with a page instead of JSON. */
const pages: readonly Fault[] = [502, 503, 504].map((status) => ({
  row: 'A2',
  name: `${status} with a page of HTML`,
  by: 'TCP',
  expected:
    'GET, PUT and DELETE are retried, then ServerError with the title and not the page; a POST is sent once, and is reported as uncertain',
  cases: OPERATIONS.map((operation) =>
    on(operation.name, () =>
      withTcp(
        (socket) =>
          socket.write(answerBytes(status, { 'Content-Type': 'text/html' }, `<html><title>Oh no</title>${'x'.repeat(5000)}</html>`)),
        async (session, { requests }) => {
          const error = await failureOf(() => operation.run(session), ServerError);
          expect(error.message).to.contain('Oh no').and.not.contain('<');
          expect([requests.length, error.isUncertain]).to.deep.equal(isRepeatable(operation) ? [4, false] : [1, true]);
        },
      ),
    ),
  ),
}));

export const answers: readonly Fault[] = [...LIES, ...pages, ...refusals, ...VALUES];
