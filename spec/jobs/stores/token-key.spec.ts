import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from 'bigrecord';
import { kyselyTokenStore, SessionRegistry } from 'bigrecord/jobs';
import { expect } from 'chai';
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { run } from '../../support/run.js';

const NAMES = ['BIGRECORD_TOKEN_KEY', 'NODE_ENV', 'XDG_STATE_HOME'] as const;

/** As DESIGN §9 has it: a database, and nothing else. */
const db = new Kysely<{ orders: { id: number } }>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (given) => new PostgresIntrospector(given),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

describe('a token store without a key', () => {
  const before = NAMES.map((name) => [name, process.env[name]] as const);
  let folder: string;
  let path: string;

  const set = (env: Readonly<Partial<Record<(typeof NAMES)[number], string>>>): void => {
    for (const name of NAMES) delete process.env[name];
    Object.assign(process.env, env);
  };
  /** A program that keeps a token twice in a file of its own; gives the file's text. */
  const program = async (name: string, env: Record<string, string> = {}): Promise<{ stored: string; stderr: string }> => {
    const file = join(folder, name);
    const script = `const { fileTokenStore } = await import(${JSON.stringify(import.meta.resolve('bigrecord/jobs'))});
      for (const accessToken of ['one', 'two']) await fileTokenStore(${JSON.stringify(file)}).put({ storeHash: 'abc', accessToken });`;
    const { stderr } = await run(process.execPath, ['--input-type=module', '-e', script], {
      env: { PATH: process.env['PATH'], HOME: folder, XDG_STATE_HOME: folder, ...env },
    });
    return { stored: await readFile(file, 'utf8'), stderr };
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'token-key-'));
    path = join(folder, 'bigrecord', 'token-key');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  after(() => {
    set({});
    for (const [name, value] of before) if (value !== undefined) process.env[name] = value;
  });

  it('makes one, once for all processes of the user, and warns once how to set it', async () => {
    const programs = await Promise.all([program('first.json'), program('second.json')]);
    const ids = programs.map(({ stored }) => /v1\.(\w{8})\./.exec(stored)?.[1]);
    expect(ids[0]).to.be.a('string').and.equal(ids[1]);
    const key = (await readFile(path, 'utf8')).trim();
    expect(Buffer.from(key, 'base64')).to.have.length(32);
    expect((await stat(path)).mode & 0o777).to.equal(0o600);
    expect((await stat(join(folder, 'bigrecord'))).mode & 0o777).to.equal(0o700);
    expect(await readdir(join(folder, 'bigrecord'))).to.deep.equal(['token-key']);
    for (const { stderr } of programs) {
      expect(stderr.match(/Warning: bigrecord: /g)).to.have.length(1);
      expect(stderr).to.include(path).and.include('In production set BIGRECORD_TOKEN_KEY').and.include('openssl rand -base64 32');
      expect(stderr).to.not.include(key);
    }
  });

  it('keeps it below ~/.local/state, also if XDG_STATE_HOME is relative', async () => {
    await program('first.json', { XDG_STATE_HOME: '' });
    await program('second.json', { XDG_STATE_HOME: 'state' });
    expect(await readdir(join(folder, '.local/state/bigrecord'))).to.deep.equal(['token-key']);
    expect(homedir()).to.not.equal(folder);
  });

  it('needs no more than a database', async () => {
    set({ XDG_STATE_HOME: folder, BIGRECORD_TOKEN_KEY: '' });
    const stores = new SessionRegistry({ tokens: kyselyTokenStore(db) });
    await stores.put({ storeHash: 'abc', accessToken: 'x' });
    await stores.close();
    expect(await readdir(folder)).to.deep.equal(['bigrecord']);
  });

  it('throws in production, whatever was kept before', async () => {
    set({ XDG_STATE_HOME: folder });
    kyselyTokenStore(db);
    set({ XDG_STATE_HOME: folder, NODE_ENV: 'production' });
    expect(() => kyselyTokenStore(db)).to.throw(ConfigurationError, /set BIGRECORD_TOKEN_KEY.*openssl rand -base64 32/);
    expect(() => kyselyTokenStore(db, { key: undefined })).to.throw(ConfigurationError, /give a key/);
  });

  it('touches no file when the variable is set', async () => {
    set({ XDG_STATE_HOME: folder, BIGRECORD_TOKEN_KEY: `${Buffer.alloc(32, 1).toString('base64')}, ${'a'.repeat(64)}` });
    expect(() => kyselyTokenStore(db)).to.not.throw();
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it('says what is wrong with the file, and leaves it as it is', async () => {
    await mkdir(join(folder, 'bigrecord'));
    await writeFile(path, 'something else');
    set({ XDG_STATE_HOME: folder });
    expect(() => kyselyTokenStore(db))
      .to.throw(ConfigurationError, /token-key cannot be used \(it does not hold 32 bytes in base64\).*set BIGRECORD_TOKEN_KEY/)
      .and.have.property('message')
      .that.does.not.include('something else');
    expect(await readFile(path, 'utf8')).to.equal('something else');
    set({ XDG_STATE_HOME: path }); // a file where a folder should be
    expect(() => kyselyTokenStore(db)).to.throw(ConfigurationError, /cannot be used \(E\w+.*set BIGRECORD_TOKEN_KEY/);
  });
});
