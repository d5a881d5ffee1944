import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { createClient } from '@libsql/client';
import { ConfigurationError } from 'bigrecord';
import { fileTokenStore, kyselyTokenStore, memoryTokenStore, redisTokenStore, type TokenStore } from 'bigrecord/jobs';
import { expect } from 'chai';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { useRedis } from '../../support/redis.js';
import { rejection } from '../../support/rejection.js';
import { CANARY } from '../../support/secrets.js';

const KEYS = ['a', 'b'].map((letter) => letter.repeat(64));
const [KEY = '', OTHER_KEY = ''] = KEYS;

/** Runs the queries of kysely by a function. */
class Connection implements DatabaseConnection {
  constructor(readonly run: (query: CompiledQuery) => Promise<{ rows: unknown[]; changed: number }>) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, changed } = await this.run(query);
    return { rows: rows as R[], numAffectedRows: BigInt(changed) };
  }

  // biome-ignore lint/correctness/useYield: the token store does not stream
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('not used');
  }
}

function dialectOf(connection: Connection, isPostgres: boolean): Dialect {
  class Driver extends DummyDriver {
    override async acquireConnection(): Promise<DatabaseConnection> {
      return connection;
    }
  }
  return {
    createAdapter: () => (isPostgres ? new PostgresAdapter() : new SqliteAdapter()),
    createDriver: () => new Driver(),
    createIntrospector: (db) => (isPostgres ? new PostgresIntrospector(db) : new SqliteIntrospector(db)),
    createQueryCompiler: () => (isPostgres ? new PostgresQueryCompiler() : new SqliteQueryCompiler()),
  };
}

/** What a store of tokens is made of: the store with these keys, and all that is at rest. */
interface Place {
  open(key: string | string[]): TokenStore;
  atRest(): Promise<string>;
  end(): Promise<void>;
}

async function file(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'tokens-'));
  const path = join(folder, 'stores.json');
  return { open: (key) => fileTokenStore(path, { key }), atRest: () => readFile(path, 'utf8'), end: () => rm(folder, { recursive: true }) };
}

async function libsql(): Promise<Place> {
  const client = createClient({ url: ':memory:' });
  const run = async ({ sql, parameters }: CompiledQuery) => {
    const { rows, rowsAffected } = await client.execute({ sql, args: parameters as string[] });
    return { rows: [...rows], changed: rowsAffected };
  };
  const db = new Kysely<{ orders: { id: number } }>({ dialect: dialectOf(new Connection(run), false) });
  return {
    open: (key) => kyselyTokenStore(db, { key }),
    atRest: async () => JSON.stringify((await client.execute('select * from bigrecord_stores')).rows),
    end: async () => client.close(),
  };
}

async function postgres(): Promise<Place> {
  const client = new PGlite();
  await client.waitReady;
  const run = async ({ sql, parameters }: CompiledQuery) => {
    const { rows, affectedRows = 0 } = await client.query(sql, [...parameters]);
    return { rows, changed: affectedRows };
  };
  const db = new Kysely<object>({ dialect: dialectOf(new Connection(run), true) });
  return {
    open: (key) => kyselyTokenStore(db, { key }),
    atRest: async () => JSON.stringify((await client.query('select * from bigrecord_stores')).rows),
    end: () => client.close(),
  };
}

function behavesAsTokenStore(place: () => Place): void {
  it('keeps, replaces, walks and forgets credentials', async () => {
    const tokens = place().open(KEY);
    expect(await tokens.get('abc')).to.equal(undefined);
    await tokens.put({ storeHash: 'abc', accessToken: CANARY, clientId: 'id', baseUrl: 'https://proxy.example' });
    await tokens.put({ storeHash: 'def', accessToken: 'second' });
    expect(await tokens.get('abc')).to.deep.equal({
      storeHash: 'abc',
      accessToken: CANARY,
      clientId: 'id',
      baseUrl: 'https://proxy.example',
    });
    await tokens.put({ storeHash: 'abc', accessToken: 'newer' });
    expect(await tokens.get('abc')).to.deep.equal({ storeHash: 'abc', accessToken: 'newer' });
    const all: string[] = [];
    for await (const hash of tokens.all()) all.push(hash);
    expect(all.sort()).to.deep.equal(['abc', 'def']);
    expect(await tokens.remove('abc')).to.equal(true);
    expect(await tokens.remove('abc')).to.equal(false);
    expect(await tokens.get('abc')).to.equal(undefined);
    await tokens.remove('def');
  });

  it('keeps nothing in the clear, and shows nothing', async () => {
    const tokens = place().open(KEY);
    await tokens.put({ storeHash: 'abc', accessToken: CANARY });
    const atRest = await place().atRest();
    expect(atRest).to.include('abc').and.not.include(CANARY);
    expect(`${inspect(tokens, { depth: 9, showHidden: true })}${JSON.stringify(tokens)}`)
      .to.not.include(CANARY)
      .and.not.include(KEY);
  });

  it('changes keys: the first encrypts, all decrypt, and what was read is written again', async () => {
    await place().open(KEY).put({ storeHash: 'abc', accessToken: CANARY });
    const error = await rejection(place().open(OTHER_KEY).get('abc'));
    expect(error).to.be.an.instanceOf(ConfigurationError);
    expect(error.message)
      .to.match(/another key \(\w{8}\): add that key/)
      .and.not.include(KEY);
    expect((await place().open([OTHER_KEY, KEY]).get('abc'))?.accessToken).to.equal(CANARY);
    expect((await place().open(OTHER_KEY).get('abc'))?.accessToken).to.equal(CANARY);
  });
}

describe('a token store in a file', () => {
  let place: Place;
  before(async () => (place = await file()));
  after(() => place.end());
  behavesAsTokenStore(() => place);

  it('is for its user only, and is replaced at once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tokens-'));
    const path = join(folder, 'stores.json');
    await writeFile(path, '{}');
    await chmod(path, 0o644);
    const tokens = fileTokenStore(path, { key: KEY });
    await Promise.all(Array.from({ length: 20 }, (_, at) => tokens.put({ storeHash: `s${at}`, accessToken: 'x' })));
    expect((await stat(path)).mode & 0o777).to.equal(0o600);
    expect(await readdir(folder)).to.deep.equal(['stores.json']);
    expect(Object.keys(JSON.parse(await readFile(path, 'utf8')))).to.have.length(20);
    await writeFile(path, 'something else');
    expect((await rejection(tokens.put({ storeHash: 's', accessToken: 'x' }))).message).to.include('is not a file of tokens');
    expect(await readFile(path, 'utf8')).to.equal('something else');
    await rm(folder, { recursive: true });
  });

  it('refuses a token that was put in the place of another', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tokens-'));
    const path = join(folder, 'stores.json');
    const tokens = fileTokenStore(path, { key: KEY });
    await tokens.put({ storeHash: 'abc', accessToken: 'x' });
    const { abc } = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ abc: `${abc.slice(0, -4)}AAAA`, def: abc, old: 'plain' }));
    for (const hash of ['abc', 'def']) expect((await rejection(tokens.get(hash))).message).to.match(/damaged, or copied/);
    expect((await rejection(tokens.get('old'))).message).to.match(/not an encrypted token/);
    await rm(folder, { recursive: true });
  });
});

describe('a token store in SQLite, by kysely', () => {
  let place: Place;
  before(async () => (place = await libsql()));
  after(() => place.end());
  behavesAsTokenStore(() => place);

  it('walks more stores than a page has', async () => {
    const tokens = place.open(KEY);
    for (let at = 0; at < 501; at++) await tokens.put({ storeHash: `s${at}`, accessToken: 'x' });
    let count = 0;
    for await (const hash of tokens.all()) if (/^s\d+$/.test(hash)) count++;
    expect(count).to.equal(501);
  });
});

describe('a token store in PostgreSQL, by kysely', () => {
  let place: Place;
  before(async () => (place = await postgres()));
  after(() => place.end());
  behavesAsTokenStore(() => place);
});

describe('a token store in Redis', () => {
  const redis = useRedis();
  behavesAsTokenStore(() => ({
    open: (key) => redisTokenStore(redis.client, { key }),
    atRest: async () => JSON.stringify(await redis.client.hgetall('bigrecord:stores')),
    end: async () => {},
  }));
});

describe('token stores', () => {
  it('say what they need', () => {
    for (const key of ['', [], [' ']]) expect(() => fileTokenStore('stores.json', { key })).to.throw(ConfigurationError, /give a key/);
    expect(() => fileTokenStore('stores.json', { key: 'short' }))
      .to.throw(ConfigurationError, /32 bytes/)
      .and.not.match(/short/);
    expect(() => fileTokenStore('')).to.throw(ConfigurationError, /path of a file/);
    expect(() => kyselyTokenStore({} as never, { key: KEY })).to.throw(ConfigurationError, /instance of Kysely/);
    expect(() => fileTokenStore('x', { keys: KEY } as never)).to.throw(ConfigurationError, /key/);
  });

  it('refuse what are no credentials, and never repeat them', async () => {
    const tokens = memoryTokenStore();
    for (const wrong of [undefined, {}, { storeHash: 'a/b', accessToken: CANARY }, { storeHash: 'abc', accessToken: `${CANARY} x` }]) {
      const error = await rejection(tokens.put(wrong as never));
      expect(error).to.be.an.instanceOf(ConfigurationError);
      expect(error.message).to.not.include(CANARY);
    }
    expect((await rejection(tokens.get('https://x'))).message).to.include('bare hash');
  });
});
