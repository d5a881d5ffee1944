import { ConfigurationError, Session, type SessionOptions, StaleRecordError } from 'bigrecord';
import type { Sandbox } from 'bigrecord/sandbox';
import { Product as V2Product, Store as V2Store } from 'bigrecord/v2';
import { Customer, Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { CANARY } from '../support/secrets.js';
import { sentBy, useStore } from '../support/store.js';

const TTL_MS = 60_000;
let stores = 0;

/** A store of the cache that can be looked into, and fail. */
class Looking {
  readonly texts = new Map<string, string>();
  failing = false;
  #check(): void {
    if (this.failing) throw new Error('out of order');
  }
  async get(key: string): Promise<string | undefined> {
    this.#check();
    return this.texts.get(key);
  }
  async set(key: string, text: string): Promise<void> {
    this.#check();
    this.texts.set(key, text);
  }
}

describe('the cache of a session', () => {
  const context = useStore();
  const sessions: Session[] = [];
  const session = (options: SessionOptions = {}): Session => {
    const made = new Session({ ...context.store.credentials, cache: { ttlMs: TTL_MS, store: new Looking() }, retry: false, ...options });
    sessions.push(made);
    return made;
  };
  const store = (): Sandbox => context.store;
  afterEach(async () => {
    for (const each of sessions.splice(0)) await each.close({ abort: true });
  });

  it('answers the same question without a request', async () => {
    const Products = Product.using(session());
    const requests = await sentBy(store(), async () => {
      expect((await Products.find(1)).name).to.equal((await Products.find(1)).name);
      expect(await Products.where({ is_visible: true }).all()).to.deep.equal(await Products.where({ is_visible: true }).all());
      expect(await Products.count()).to.equal(await Products.count());
    });
    expect(requests).to.have.length(3);
  });

  it('gives each caller records of its own', async () => {
    const Products = Product.using(session());
    const [one, other] = [await Products.find(1), await Products.find(1)];
    one.categories.push(99);
    expect(other.categories).to.not.include(99);
    expect(other.isDirty).to.equal(false);
  });

  it('keeps nothing unless it is asked to', async () => {
    const Products = Product.using(session({ cache: undefined }));
    expect(await sentBy(store(), async () => [await Products.find(1), await Products.find(1)])).to.have.length(2);
  });

  it('forgets what it has of a store when one writes to it', async () => {
    const shared = new Looking();
    const [one, other] = [session({ cache: { ttlMs: TTL_MS, store: shared } }), session({ cache: { ttlMs: TTL_MS, store: shared } })];
    await Product.using(other).find(1);
    const product = await Product.using(one).find(1);
    product.name = 'Changed';
    await product.save();
    expect((await Product.using(one).find(1)).name).to.equal('Changed');
    expect((await Product.using(other).find(1)).name).to.equal('Changed');
  });

  it('forgets also where a write failed: it may have been done', async () => {
    const Products = Product.using(session());
    await Products.find(1);
    store().fail({ reset: 'after', method: 'PUT', times: 1 });
    await rejection(Products.update(1, { name: 'Perhaps' }));
    expect((await Products.find(1)).name).to.equal('Perhaps');
  });

  describe('hears of every write to the store in the process:', () => {
    /** Writers, and what each does; none of them shares the cache of the reader. */
    const WRITES: Readonly<Record<string, () => Promise<unknown>>> = {
      'of a session without a cache': () => Product.using(context.session).update(1, { name: 'Changed' }),
      'of a session with another token': () =>
        rejection(session({ cache: undefined, accessToken: 'another-token' }).put('/catalog/products/1', { body: {} })),
      'of a session with another place for its cache': () => Product.using(session()).update(1, { name: 'Changed' }),
      'by session.post': () => context.session.post('/catalog/brands', { body: { name: `Brand ${++stores}` } }),
      'by session.delete': () => context.session.delete('/catalog/products/60'),
      'by session.patch, which the store does not have': () => rejection(context.session.patch('/catalog/products/1', { body: {} })),
      'by a bulk write': () =>
        Customer.using(context.session).createMany([{ email: `n${++stores}@example.com`, first_name: 'A', last_name: 'B' }]),
      'by a deletion by query': () => Product.using(context.session).where({ id: 59 }).deleteAll(),
      'by a GraphQL mutation': () => context.session.graphql('mutation { x }').catch(() => {}),
      'whose answer was lost': () => {
        store().fail({ reset: 'after', method: 'PUT', times: 1 });
        return rejection(Product.using(context.session).update(1, { name: 'Perhaps' }, { retry: false }));
      },
      'that ran out of time': async () => {
        store().latency = 60;
        await rejection(Product.using(context.session).update(1, { name: 'Perhaps' }, { retry: false, timeout: 20 }));
        store().latency = 0;
        await new Promise((resolve) => setTimeout(resolve, 80));
      },
      'that was answered with rubbish': () => {
        store().fail({ status: 200, body: '<html>', method: 'PUT', times: 1 });
        return Product.using(context.session)
          .update(1, { name: 'Perhaps' })
          .catch(() => {});
      },
      'that was refused': () => {
        store().fail({ status: 422, method: 'PUT', times: 1 });
        return rejection(context.session.put('/catalog/products/1', { body: {} }));
      },
      'that a middleware answered wrongly after it was sent': async () => {
        const odd = session({ cache: undefined });
        odd.use((request, next) => next(request).then(() => ({ status: 418, headers: {}, body: undefined })));
        await rejection(odd.put('/catalog/products/1', { body: { name: 'Changed' } }));
      },
    };
    for (const [name, write] of Object.entries(WRITES))
      it(name, async () => {
        const places = [new Looking(), new Looking(), undefined];
        const readers = places.map((place) => session({ cache: { ttlMs: TTL_MS, store: place } }));
        for (const reader of readers) await reader.get('/catalog/products/1');
        expect(await sentBy(store(), () => Promise.all(readers.map((reader) => reader.get('/catalog/products/1'))))).to.have.length(0);
        await write();
        for (const reader of readers) {
          expect(await sentBy(store(), () => reader.get('/catalog/products/1'))).to.have.length(1);
          expect(await sentBy(store(), () => reader.get('/catalog/products/1'))).to.have.length(0);
        }
      });

    it('and other processes that share the place hear of it too, when the write is over', async () => {
      const shared = new Looking();
      await session({ cache: { ttlMs: TTL_MS, store: shared } }).get('/catalog/products/1');
      const mark = [...shared.texts].filter(([key]) => key.startsWith('generation:'));
      await Product.using(context.session).update(1, { name: 'Changed' });
      expect([...shared.texts].filter(([key]) => key.startsWith('generation:'))).to.not.deep.equal(mark);
    });

    it('but not of reads, of GraphQL queries, or of writes to another store', async () => {
      const reader = session();
      await reader.get('/catalog/products/1');
      await context.session.get('/catalog/products/2');
      await context.session.graphql('query { store { name } }').catch(() => {});
      const other = session({ storeHash: `other${++stores}` });
      await rejection(other.put('/catalog/products/1', { body: {} }));
      expect(await sentBy(store(), () => reader.get('/catalog/products/1'))).to.have.length(0);
    });
  });

  describe('keeps no answer that could not be used:', () => {
    const USES: Readonly<Record<string, [body: unknown, (made: Session) => Promise<unknown>]>> = {
      'HTML for JSON': ['<html>maintenance</html>', (made) => Product.using(made).find(1)],
      'JSON that is cut off': ['{"data":', (made) => made.get('/catalog/products/1')],
      'a list for a record': [{ data: [{ id: 1 }, { id: 2 }] }, (made) => Product.using(made).find(1)],
      'a text for a record': [{ data: 'x' }, (made) => Product.using(made).find(1)],
      'nothing for a record': ['', (made) => Product.using(made).find(1)],
      'null for a record': [{ data: null }, (made) => Product.using(made).find(1)],
      'another record': [{ data: { id: 2, name: 'B' } }, (made) => Product.using(made).find(1)],
      'a record for a list': [{ data: { id: 1 } }, (made) => Product.using(made).all()],
      'a list of texts': [{ data: ['a'] }, (made) => Product.using(made).where({ is_visible: true }).first()],
      'a number for a page': [{ data: 5 }, (made) => Product.using(made).page(1)],
      'a text for a count': [{ data: [], meta: { pagination: { total: 'many' } } }, (made) => Product.using(made).count()],
      'no rows for a customer, who is found by a list': [{ data: [] }, (made) => Customer.using(made).find(1)],
      'no row for one of several keys': [{ data: [{ id: 1, name: 'A' }] }, (made) => Product.using(made).find([1, 2])],
      'a record for a list of images': [{ data: 'x' }, async (made) => await Product.using(made).ref(1).images],
      'a list for a singleton of V2': [['a', 'b'], (made) => V2Store.using(made).get()],
    };
    for (const [name, [body, use]] of Object.entries(USES))
      it(name, async () => {
        const places = [new Looking(), undefined];
        for (const place of places) {
          const made = session({ cache: { ttlMs: TTL_MS, store: place } });
          store().fail({ status: 200, body, times: 1 });
          await use(made).catch(() => {});
          // Whatever came of it: the store is asked again, and answers as it should.
          expect(await sentBy(store(), () => use(made).catch(() => {}))).to.have.length.above(0);
          await made.clearCache();
        }
      });

    it('also where a middleware has copied it', async () => {
      const made = session();
      made.use(async (request, next) => ({ ...(await next(request)) }));
      store().fail({ status: 200, body: { data: 'x' }, times: 1 });
      await rejection(Product.using(made).find(1));
      expect((await Product.using(made).find(1)).id).to.equal(1);
    });
  });

  it('does not keep what was asked before a write and came after it', async () => {
    const Products = Product.using(session());
    store().latency = 40;
    const early = Products.find(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    store().latency = 0;
    await Products.update(1, { name: 'Changed' });
    await early;
    expect((await Products.find(1)).name).to.equal('Changed');
  });

  it('shares nothing between two stores, or between two tokens', async () => {
    const shared = new Looking();
    const cache = { ttlMs: TTL_MS, store: shared };
    const [one, other] = [session({ cache }), session({ cache, storeHash: `other${++stores}` })];
    await one.get('/catalog/products/1');
    expect((await rejection(other.get('/catalog/products/1'))).name).to.equal('UnauthorizedError');
    expect(await sentBy(store(), () => session({ cache, clientId: 'another' }).get('/catalog/products/1'))).to.have.length(1);
    expect((await rejection(session({ cache, accessToken: 'wrong' }).get('/catalog/products/1'))).name).to.equal('UnauthorizedError');
  });

  it('asks again with a new token', async () => {
    const made = session();
    await made.get('/catalog/products/1');
    made.rotate('wrong');
    expect((await rejection(made.get('/catalog/products/1'))).name).to.equal('UnauthorizedError');
  });

  it('shows no credential and no question in its keys', async () => {
    const shared = new Looking();
    const made = session({ accessToken: CANARY, cache: { ttlMs: TTL_MS, store: shared } });
    await made.get('/customers', { query: { 'email:in': 'someone@example.com' } }).catch(() => {});
    await made.get('/catalog/products/1').catch(() => {});
    expect([...shared.texts].join()).to.not.include(CANARY);
    expect([...shared.texts.keys()].join()).to.not.include('example.com');
  });

  /** A change by another process. */
  const changedElsewhere = async (changes: object): Promise<void> => {
    const { baseUrl, storeHash, accessToken } = context.store.credentials;
    const headers = { 'x-auth-token': accessToken, 'content-type': 'application/json' };
    const body = JSON.stringify(changes);
    expect((await fetch(`${baseUrl}/stores/${storeHash}/v3/catalog/products/1`, { method: 'PUT', headers, body })).status).to.equal(200);
  };

  it('is passed by for what must be as it is now', async () => {
    const made = session();
    const Products = Product.using(made);
    const product = await Products.find(1);
    await changedElsewhere({ name: 'By another', price: 1 });
    expect((await Products.find(1)).name).to.not.equal('By another');
    product.price = 2;
    expect(await rejection(product.save({ ifUnchanged: true }))).to.be.instanceOf(StaleRecordError);
    expect((await Products.find(1, { cache: false })).name).to.equal('By another');
    expect((await Products.find(1)).name).to.equal('By another');
    await changedElsewhere({ name: 'Once more' });
    await product.reload();
    expect(product.name).to.equal('Once more');
    await made.get('/catalog/products/2');
    expect(await sentBy(store(), () => made.get('/catalog/products/2', { cache: false }))).to.have.length(1);
  });

  it('keeps an empty list of V2, and no failure', async () => {
    const Products = V2Product.using(session());
    expect(
      await sentBy(store(), async () => [await Products.where({ sku: 'none' }), await Products.where({ sku: 'none' })]),
    ).to.have.length(1);
    expect(
      await sentBy(store(), async () => {
        await rejection(Products.find(99_999));
        await rejection(Products.find(99_999));
      }),
    ).to.have.length(2);
  });

  it('lets an answer go after its time, and all of them when it is told to', async () => {
    const made = session({ cache: { ttlMs: 30 } });
    await made.get('/catalog/products/1');
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(await sentBy(store(), () => made.get('/catalog/products/1'))).to.have.length(1);
    const longer = session({ cache: { ttlMs: TTL_MS } });
    await longer.get('/catalog/products/2');
    await longer.clearCache();
    expect(await sentBy(store(), () => longer.get('/catalog/products/2'))).to.have.length(1);
    expect(await sentBy(store(), () => longer.get('/catalog/products/2'))).to.have.length(0);
  });

  it('asks the store while what keeps the answers fails, and warns once', async function () {
    this.timeout(15_000);
    const shared = new Looking();
    const made = session({ cache: { ttlMs: TTL_MS, store: shared } });
    const warnings: string[] = [];
    const listen = ({ message }: Error): void => void warnings.push(message);
    process.on('warning', listen);
    await made.get('/catalog/products/1');
    shared.failing = true;
    await made.put('/catalog/products/1', { body: { name: 'While it failed' } });
    expect(
      await sentBy(store(), async () => [await made.get('/catalog/products/1'), await made.get('/catalog/products/1')]),
    ).to.have.length(2);
    shared.failing = false;
    await new Promise((resolve) => setTimeout(resolve, 5050));
    const { body } = await made.get('/catalog/products/1');
    process.off('warning', listen);
    expect((body as { data: { name: string } }).data.name).to.equal('While it failed');
    expect(warnings.filter((message) => message.includes('cache'))).to.deep.equal([
      'bigrecord: the cache fails (out of order): until it works again, the store is asked.',
    ]);
  });

  it('asks the store where what is kept is no answer', async () => {
    const shared = new Looking();
    const made = session({ cache: { ttlMs: TTL_MS, store: shared } });
    for (const rubbish of ['{"status":', 'null', '[]', '{"status":"200"}']) {
      await made.get('/catalog/products/1');
      for (const key of shared.texts.keys()) if (key.startsWith('response:')) shared.texts.set(key, rubbish);
      expect((await made.get('/catalog/products/1')).body).to.have.nested.property('data.id', 1);
    }
  });

  it('still runs the middleware, and heeds a signal', async () => {
    const made = session();
    let seen = 0;
    made.use((request, next) => {
      seen++;
      return next(request);
    });
    await made.get('/catalog/products/1');
    await made.get('/catalog/products/1');
    expect(seen).to.equal(2);
    const error = new Error('enough');
    expect(await rejection(made.get('/catalog/products/1', { signal: AbortSignal.abort(error) }))).to.equal(error);
  });

  it('is not forgotten for a GraphQL query, but for a mutation', async () => {
    const made = session();
    await made.get('/catalog/products/1');
    await made.graphql('query { store { name } }').catch(() => {});
    expect(await sentBy(store(), () => made.get('/catalog/products/1'))).to.have.length(0);
    await made.graphql('mutation { x }').catch(() => {});
    expect(await sentBy(store(), () => made.get('/catalog/products/1'))).to.have.length(1);
  });

  it('says what its options are', () => {
    expect(() => session({ cache: { ttlMs: 0 } })).to.throw(ConfigurationError, /cache\.ttlMs must be a number above zero/);
    expect(() => session({ cache: { ttlMs: 1, store: {} as never } })).to.throw(ConfigurationError, /cache\.store needs get\(key\)/);
  });
});
