import { inspect } from 'node:util';
import { ConfigurationError, type Session } from 'bigrecord';
import { memoryTokenStore, SessionRegistry, type TokenStore } from 'bigrecord/jobs';
import { Sandbox } from 'bigrecord/sandbox';
import { expect } from 'chai';
import { rejection } from '../../support/rejection.js';
import { CANARY } from '../../support/secrets.js';

const get = (session: Session) => session.get('/catalog/products/1');

/** Looks until something holds. */
async function until(condition: () => boolean): Promise<void> {
  for (let looks = 0; looks < 400 && !condition(); looks++) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(condition()).to.equal(true);
}

describe('SessionRegistry', () => {
  let store: Sandbox;
  let tokens: TokenStore;
  let stores: SessionRegistry;
  const hash = (): string => store.credentials.storeHash;

  beforeEach(async () => {
    store = await Sandbox.start({ accessToken: CANARY });
    tokens = memoryTokenStore();
    stores = new SessionRegistry({ tokens, idleMs: 40, retry: false });
    await stores.put(store.credentials);
  });
  afterEach(async () => {
    await stores.close({ abort: true });
    await store.stop();
  });

  it('opens a session once, however many ask for it at the same time', async () => {
    let reads = 0;
    const slow: TokenStore = {
      get: async (storeHash) => {
        reads++;
        await new Promise((resolve) => setTimeout(resolve, 5));
        return tokens.get(storeHash);
      },
      put: (credentials) => tokens.put(credentials),
      remove: (storeHash) => tokens.remove(storeHash),
      all: () => tokens.all(),
    };
    const registry = new SessionRegistry({ tokens: slow });
    const sessions = await Promise.all(Array.from({ length: 20 }, () => registry.session(hash())));
    expect(new Set(sessions).size).to.equal(1);
    expect(reads).to.equal(1);
    expect((await get(sessions[0] as Session)).status).to.equal(200);
    await registry.close();
  });

  it('says that a store is not known', async () => {
    const error = await rejection(stores.session('nobody'));
    expect(error).to.be.an.instanceOf(ConfigurationError);
    expect(error.message).to.match(/nobody is not known/);
  });

  it('gives all hashes, as an array or one after another', async () => {
    await stores.put({ storeHash: 'abc', accessToken: 'x' });
    expect(await stores.all()).to.deep.equal(['abc', hash()].sort());
    const walked: string[] = [];
    for await (const each of stores.all()) walked.push(each);
    expect(walked).to.have.length(2);
  });

  it('sends a new token from the next request on', async () => {
    const session = await stores.session(hash());
    await get(session);
    await stores.put({ ...store.credentials, accessToken: 'wrong' });
    expect((await rejection(get(session))).name).to.equal('UnauthorizedError');
    await stores.put(store.credentials);
    expect((await get(session)).status).to.equal(200);
  });

  it('finds the token that another process has put, once the store refuses the old one', async () => {
    await stores.put({ ...store.credentials, accessToken: 'old' });
    const session = await stores.session(hash());
    await tokens.put(store.credentials);
    expect((await get(session)).status).to.equal(200);
  });

  it('ends at once with a store that is removed: what is under way, and later calls', async () => {
    const session = await stores.session(hash());
    await get(session);
    store.latency = 5000;
    let isSent = false;
    session.on('request', () => (isSent = true));
    const going = rejection(get(session));
    await until(() => isSent);
    expect(await stores.remove(hash())).to.equal(true);
    const errors = [await going, await rejection(get(session))];
    for (const error of errors) {
      expect(error).to.be.an.instanceOf(ConfigurationError);
      expect(error.message).to.include(`The store ${hash()} was removed`);
    }
    expect((await rejection(stores.session(hash()))).message).to.include('not known');
    expect(await stores.remove(hash())).to.equal(false);
  });

  it('leaves a store alone that keeps refusing its token, until there is another', async () => {
    await stores.put({ ...store.credentials, accessToken: 'revoked' });
    const session = await stores.session(hash());
    for (let at = 0; at < 3; at++) await rejection(get(session));
    const sent = store.requests.length;
    expect((await rejection(get(session))).message).to.match(/refuses its token \(401\)/);
    expect((await rejection(stores.session(hash()))).message).to.match(/refuses its token \(401\).*Nothing was sent/);
    expect(store.requests).to.have.length(sent);
    await stores.put(store.credentials);
    expect((await get(await stores.session(hash()))).status).to.equal(200);
  });

  it('frees idle sessions, and gives the same one again while a program holds it', async () => {
    const session = await stores.session(hash());
    await get(session);
    expect(stores.size).to.equal(1);
    await until(() => stores.size === 0);
    expect((await get(session)).status).to.equal(200);
    expect(await stores.session(hash())).to.equal(session);
    await stores.put({ ...store.credentials, accessToken: 'wrong' });
    expect((await rejection(get(session))).name).to.equal('UnauthorizedError');
  });

  it('does not free a session with calls under way', async () => {
    const session = await stores.session(hash());
    store.latency = 150;
    expect((await get(session)).status).to.equal(200);
    expect(stores.size).to.equal(1);
  });

  it('shares connections between the stores of an origin', async () => {
    const ports = new Set<unknown>();
    const registry = new SessionRegistry({ tokens: memoryTokenStore(), baseUrl: store.credentials.baseUrl });
    const seen = (name: string) => registry.put({ storeHash: name, accessToken: CANARY });
    const names = Array.from({ length: 30 }, (_, at) => `store${at}`);
    await Promise.all(names.map(seen));
    const { Agent } = await import('node:http');
    const created = Agent.prototype.createConnection;
    Agent.prototype.createConnection = function (...args) {
      const socket = created.apply(this, args);
      ports.add(socket);
      return socket;
    };
    try {
      // They are other stores to the sandbox, which answers that it does not know them.
      for (const name of names) await rejection(get(await registry.session(name)));
    } finally {
      Agent.prototype.createConnection = created;
    }
    expect(ports.size).to.be.within(1, 2);
    await registry.close();
  });

  it('shows no token', async () => {
    await stores.session(hash());
    expect(`${inspect(stores, { depth: 9, showHidden: true })}${JSON.stringify(stores)}${inspect(tokens)}`).to.not.include(CANARY);
  });

  it('is over when it is closed', async () => {
    const session = await stores.session(hash());
    await stores.close();
    expect((await rejection(get(session))).message).to.include('closed');
    expect((await rejection(stores.session(hash()))).message).to.include('The SessionRegistry is closed');
  });

  it('says what it takes', () => {
    expect(() => new SessionRegistry(undefined as never)).to.throw(ConfigurationError, /\{ tokens \}/);
    expect(() => new SessionRegistry({} as never)).to.throw(ConfigurationError, /tokens must be a token store/);
    expect(() => new SessionRegistry({ tokens, accessToken: 'x' } as never)).to.throw(ConfigurationError, /accessToken/);
    expect(() => new SessionRegistry({ tokens, idleMs: -1 })).to.throw(ConfigurationError, /idleMs/);
  });
});
