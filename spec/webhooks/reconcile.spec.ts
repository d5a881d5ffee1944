import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Session } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import {
  type AnyWebhookEvent,
  DiskQueue,
  type HandlerOptions,
  MemoryDuplicates,
  type WebhookHandler,
  webhookHandler,
} from 'bigrecord/webhooks';
import { expect } from 'chai';
import { delivery, HEADERS, SECRETS } from '../support/deliveries.js';
import { useStore } from '../support/store.js';

const T0 = Date.parse('2026-03-01T12:00:00Z');
const at = (minutes: number): Date => new Date(T0 + minutes * 60_000);
const dated = (id: number, created: number, modified: number): Record<string, unknown> => ({
  id,
  name: `Number ${id}`,
  date_created: at(created).toISOString(),
  date_modified: at(modified).toISOString(),
});

describe('reconciling webhooks', () => {
  const context = useStore({ seed: false });
  const handlers: WebhookHandler[] = [];
  let seen: AnyWebhookEvent[];
  const start = (options: Partial<HandlerOptions> = {}): WebhookHandler => {
    const handler = webhookHandler({ secretHeaders: SECRETS, onEvent: (event) => seen.push(event), ...options });
    handlers.push(handler);
    return handler;
  };
  const deliver = async (handler: WebhookHandler, scope: string, data: object, minutes: number): Promise<number> => {
    const body = delivery({ scope, data, created_at: at(minutes).getTime() / 1000, hash: `${scope.replaceAll('/', '_')}-${minutes}` });
    return (await handler(new Request('http://x/', { method: 'POST', headers: HEADERS, body }))).status;
  };
  const lines = (): string[] => seen.map(({ scope, data }) => `${scope} ${JSON.stringify(data)}`).sort();
  beforeEach(() => {
    seen = [];
  });
  afterEach(async () => {
    await Promise.all(handlers.splice(0).map((handler) => handler.close()));
  });

  it('forwards what no delivery told of, as the same events, and what it has forwarded once only', async () => {
    const handler = start();
    context.store.insert(v3.Product, [dated(1, -900, 10), dated(2, -900, 20), dated(3, 5, 30), dated(4, -900, -60), dated(5, 15, 15)]);
    expect(await deliver(handler, 'store/product/updated', { type: 'product', id: 1 }, 10)).to.equal(200);
    expect(await deliver(handler, 'store/product/updated', { type: 'product', id: 2 }, 12)).to.equal(200); // before the last change
    await handler.idle();
    seen.length = 0;
    const options = { scopes: ['store/product/*'], since: at(0) } as const;
    const first = await handler.reconcile(options);
    await handler.idle();
    expect(lines()).to.deep.equal([
      'store/product/created {"type":"product","id":3}',
      'store/product/created {"type":"product","id":5}',
      'store/product/updated {"type":"product","id":2}',
      'store/product/updated {"type":"product","id":3}',
    ]);
    expect(first).to.deep.include({ forwarded: 4, known: 1 });
    expect(first.until.getTime()).to.be.closeTo(Date.now(), 60_000);
    expect(seen.every(({ storeHash, createdAt }) => storeHash === 'sandbox' && createdAt !== undefined)).to.equal(true);
    expect(await handler.reconcile(options)).to.deep.include({ forwarded: 0, known: 5 });
    const duplicates = new MemoryDuplicates();
    const [one, other] = [start({ duplicates }), start({ duplicates })];
    expect((await one.reconcile(options)).forwarded).to.equal(5);
    expect((await other.reconcile(options)).forwarded).to.equal(0); // another process, by the hashes alone
  });

  it('takes a creation for missed although a later change was delivered', async () => {
    const handler = start();
    context.store.insert(v3.Product, [dated(1, 5, 10)]);
    await deliver(handler, 'store/product/updated', { type: 'product', id: 1 }, 10);
    await handler.idle();
    seen.length = 0;
    await handler.reconcile({ scopes: ['store/product/created', 'store/product/updated'], since: at(0) });
    await handler.idle();
    expect(lines()).to.deep.equal(['store/product/created {"type":"product","id":1}']);
  });

  it('looks a little further back than it is told, and only for what the hooks subscribe to', async () => {
    const handler = start();
    context.store.insert(v2.Order, [
      { id: 100, date_created: at(-3000).toISOString(), date_modified: at(-4).toISOString() },
      { id: 101, date_created: at(-3000).toISOString(), date_modified: at(-6).toISOString() },
    ]);
    context.store.insert(v3.Customer, [{ ...dated(7, 1, 1), email: 'a@example.com' }]);
    context.store.insert(v3.PriceList, [dated(8, -900, 1)]);
    context.store.insert(v3.Channel, [dated(9, -900, 1)]);
    await handler.reconcile({ scopes: ['store/order/*'], since: at(0) });
    await handler.idle();
    expect(lines()).to.deep.equal(['store/order/updated {"type":"order","id":100}']);
    expect(context.store.requests.every(({ path }) => path === '/v2/orders')).to.equal(true);
    seen.length = 0;
    await handler.reconcile({ scopes: ['store/order/updated'], since: at(0), overlapMs: 600_000 });
    await handler.reconcile({
      scopes: ['store/customer/updated', 'store/customer/created', 'store/channel/*', 'store/priceList/updated'],
      since: at(0),
      session: context.session,
    });
    await handler.idle();
    expect(lines()).to.deep.equal([
      'store/channel/updated {"type":"channel","id":9}',
      'store/customer/created {"type":"customer","id":7}',
      'store/order/updated {"type":"order","id":101}',
      'store/priceList/updated {"price_list_id":8}',
    ]);
    expect(await seen.find(({ topic }) => topic === 'store/customer/created')?.record()).to.be.instanceOf(v3.Customer);
  });

  it('goes through the queue: a crash loses nothing, and a queue that fails ends the run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bigrecord-queue-'));
    context.store.insert(v3.Product, [dated(1, -900, 10)]);
    const options = { scopes: ['store/product/updated'], since: at(0) } as const;
    const failing = start({
      queue: new DiskQueue(folder),
      retryMs: 60_000,
      onError: () => {},
      onEvent: () => {
        throw new Error('not today');
      },
    });
    expect((await failing.reconcile(options)).forwarded).to.equal(1);
    await failing.close();
    expect(await readdir(folder)).to.have.length(1);
    expect(await failing.reconcile(options).catch((error: Error) => error.message)).to.contain('closing');
    const next = start({ queue: new DiskQueue(folder) });
    await next.resume();
    await next.idle();
    expect(lines()).to.deep.equal(['store/product/updated {"type":"product","id":1}']);
    expect(await next.reconcile(options)).to.deep.include({ forwarded: 0, known: 1 });
    const full = start({
      queue: { push: () => Promise.reject(new Error('disk full')), done: async () => {}, pending: async () => [] },
    });
    expect(await full.reconcile(options).catch((error: Error) => error.message)).to.equal('disk full');
    await rm(folder, { recursive: true, force: true });
  });

  it('says which scopes have no list of changes, and what else it cannot use', async () => {
    const handler = start();
    const right = { scopes: ['store/product/*'], since: at(0) } as const;
    const wrong: [object, string][] = [
      [{ ...right, scopes: ['store/product/*', 'store/cart/*'] }, 'store/cart/*'],
      [{ ...right, scopes: [] }, 'no scope'],
      [{ ...right, since: 'yesterday' }, 'since'],
      [{ ...right, since: new Date(Number.NaN) }, 'since'],
      [{ ...right, overlapMs: -1 }, 'overlapMs'],
      [{ ...right, overlap: 1 }, 'overlapMs'],
      [{ ...right, session: new Session({ host: 'shop.example.com', basicAuth: { username: 'u', token: 't' } }) }, 'storeHash'],
    ];
    for (const [options, message] of wrong)
      expect(await handler.reconcile(options as typeof right).catch((error: Error) => error.message)).to.contain(message);
    expect(context.store.requests).to.deep.equal([]);
  });
});
