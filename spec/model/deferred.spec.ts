import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ArgumentError, Session } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { fillProducts } from '../support/big-store.js';
import { rejection } from '../support/rejection.js';
import { sent, sentBy, useStore } from '../support/store.js';

const CUSTOMER = { email: 'a@example.com', first_name: 'A', last_name: 'B' };

type Deferred = PromiseLike<unknown> & { dryRun(): Promise<unknown[]> };

describe('a deferred write', () => {
  const context = useStore({ seed: false });

  const writes = async (): Promise<Record<string, () => Deferred>> => {
    fillProducts(context.store, 9, true);
    const product = await v3.Product.find(1);
    product.price = 77;
    const other = await v3.Product.find(9);
    other.price = 77;
    return {
      deleteAll: () => v3.Product.where({ brand_id: 1 }).deleteAll(),
      'deleteAll of everything': () => v3.Brand.deleteAll(),
      'deleteAll (V2)': () => v2.Product.where({ name: 'x' }).deleteAll(),
      'deleteAll of a relation': () => v2.Product.ref(1).images.deleteAll(),
      destroyAll: () => v3.Product.where({ brand_id: 1 }).destroyAll(),
      updateAll: () => v3.Product.where({ brand_id: 1 }).updateAll({ price: 3 }),
      createMany: () => v3.Customer.createMany([CUSTOMER]),
      saveMany: () => v3.Product.saveMany([product]),
      upsertMany: () => v3.Product.upsertMany([{ sku: 'p-2', price: 8 }]),
      updateMany: () => v3.Product.updateMany([{ id: 3, price: 8 }]),
      destroyMany: () => v3.Product.destroyMany([4]),
      saveAll: () => context.session.saveAll([other]),
    };
  };

  it('sends nothing until it is awaited, and is then done once', async () => {
    for (const [name, write] of Object.entries(await writes())) {
      const task = write();
      expect(await sentBy(context.store, () => sleep(5)), name).to.deep.equal([]);
      const lines = await sentBy(context.store, async () => {
        const first = await task;
        expect(await task, name).to.equal(first);
      });
      expect(lines, name).to.not.deep.equal([]);
      expect(await sentBy(context.store, () => task), `${name} again`).to.deep.equal([]);
    }
  });

  it('begins with catch() and finally() too', async () => {
    fillProducts(context.store, 3);
    const lines = await sentBy(context.store, async () => {
      await v3.Product.destroyMany([1]).catch(() => {});
      await v3.Product.destroyMany([2]).finally(() => {});
    });
    expect(lines).to.have.length(2);
  });

  it('can be iterated later than it was made, once, and not after it was awaited', async () => {
    const run = v3.Customer.createMany([CUSTOMER]);
    await sleep(5);
    const seen: string[] = [];
    for await (const { status } of run) seen.push(status);
    expect(seen).to.deep.equal(['succeeded']);
    await rejection(async () => {
      for await (const _ of run);
    }, ArgumentError);
    await rejection(run, ArgumentError);
    const awaited = v3.Customer.createMany([{ ...CUSTOMER, email: 'b@example.com' }]);
    await awaited;
    const error = await rejection(async () => {
      for await (const _ of awaited);
    }, ArgumentError);
    expect(error.message).to.equal('This is awaited already, and cannot be iterated as well.');
  });

  it('is not begun by dryRun()', async () => {
    for (const [name, write] of Object.entries(await writes())) {
      const lines = await sentBy(context.store, () => write().dryRun());
      expect(
        lines.filter((line) => !line.startsWith('GET')),
        name,
      ).to.deep.equal([]);
    }
  });

  it('is done on the session that was in force when it was asked for', async () => {
    fillProducts(context.store, 3);
    const task = v3.Product.where({ id: { in: [1] } }).deleteAll();
    const run = v3.Customer.createMany([CUSTOMER]);
    const named = v3.Product.updateMany([{ sku: 'p-2', price: 5 }], { by: 'sku' });
    const other = new Session({
      storeHash: 'other',
      accessToken: 'other-token-of-another-store',
      baseUrl: 'http://127.0.0.1:1',
      retry: false,
    });
    await other.run(async () => {
      await task;
      (await run).orThrow();
      (await named).orThrow();
    });
    expect(sent(context.store)).to.have.length(4);
    await other.close();
  });

  it('keeps what a new record was given until deleteAll() of the relation is awaited', async () => {
    const product = new v3.Product({ name: 'x', images: [{ image_url: 'y' }] });
    const deletion = product.images.deleteAll();
    expect(await product.images).to.have.length(1);
    expect(await sentBy(context.store, () => deletion)).to.deep.equal([]);
    expect(await product.images).to.have.length(0);
  });

  it('that was never started is warned of once, with its line, when its session closes', async () => {
    const warnings: Error[] = [];
    const listen = (warning: Error): void => void (/never started/.test(warning.message) && warnings.push(warning));
    process.on('warning', listen);
    try {
      const session = new Session(context.store.credentials);
      function forgetful(): void {
        v3.Product.using(session).where({ brand_id: 1 }).deleteAll();
        v3.Customer.using(session).createMany([CUSTOMER]);
        v3.Brand.using(session).where({ name: 'Acme' }).destroyAll();
        v3.Brand.using(session).destroyMany([1]);
      }
      forgetful();
      await v3.Product.using(session).where({ brand_id: 99 }).deleteAll();
      await v3.Product.using(session).createMany([]).dryRun();
      await session.close();
      await session.close();
      await sleep(1);
      expect(warnings.map(({ message }) => /bigrecord: (.*) was never started/.exec(message)?.[1])).to.deep.equal([
        'deleteAll() of Product',
        'createMany() of Customer',
        'destroyAll() of Brand',
        'destroyMany() of Brand',
      ]);
      const [deletion, ...runs] = warnings.map(({ message }) => /nothing of it was sent: (.*)\. It was created/.exec(message)?.[1]);
      expect(deletion).to.equal('await it');
      for (const start of runs) expect(start).to.equal('await it, or iterate it');
      for (const { message } of warnings) expect(message).to.match(/at forgetful \(.*deferred\.spec\.(ts|js):\d+:\d+\)/);
    } finally {
      process.off('warning', listen);
    }
  });

  for (const [name, end] of [
    ['ends by itself', ''],
    ['calls process.exit()', 'process.exit(0);'],
  ] as const) {
    it(`that was never started is warned of when the process ${name}`, async () => {
      const script = `
        import { Session } from 'bigrecord';
        import { Product } from 'bigrecord/v3';
        Session.configure({ storeHash: 'abc', accessToken: 'a-token-of-a-store', baseUrl: 'http://127.0.0.1:1' });
        async function nightly() { Product.where({ brand_id: 1 }).deleteAll(); }
        await nightly();
        ${end}`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'ignore', 'pipe'] });
      let text = '';
      child.stderr.on('data', (chunk) => (text += chunk));
      const [code] = (await once(child, 'close')) as [number];
      expect(code).to.equal(0);
      expect(text.match(/was never started/g), text).to.have.length(1);
      expect(text).to.match(/deleteAll\(\) of Product was never started, so nothing of it was sent.*at nightly \(/);
    });
  }

  it('that nobody holds any more can be collected', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const held = new WeakRef(v3.Product.where({ brand_id: 1 }).deleteAll());
    await sleep(1);
    collect();
    expect(held.deref()).to.equal(undefined);
  });
});
