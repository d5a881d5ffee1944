import { EventEmitter, once } from 'node:events';
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Order, Product } from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';

describe('several stores at once', () => {
  let stores: Sandbox[];
  let sessions: Session[];
  before(async () => {
    stores = await Promise.all(
      ['north', 'south', 'east'].map((storeHash) => Sandbox.start({ storeHash, accessToken: `token-of-${storeHash}` })),
    );
    sessions = stores.map((store) => new Session(store.credentials));
  });
  after(async () => {
    for (const session of sessions) session.close();
    await Promise.all(stores.map((store) => store.stop()));
  });

  it('keep new records of a bulk write on the session it was asked of', async () => {
    const [north, south] = sessions as [Session, Session];
    const brand = (name: string): v3.Brand => new v3.Brand({ name });
    const { succeeded } = await v3.Brand.using(south).saveMany([brand('south in bulk')]);
    expect(succeeded[0]?.session).to.equal(south);
    const made = await v3.Brand.using(south).createMany([brand('south in bulk, made')]);
    const upserted = await v3.Brand.using(south).upsertMany([brand('south in bulk, upserted')]);
    expect([...made.succeeded, ...upserted.succeeded].map(({ session }) => session)).to.deep.equal([south, south]);
    const all = await north.saveAll([brand('north in bulk'), ...succeeded]);
    expect(all.succeeded.map(({ session }) => session)).to.deep.equal([north, south]);
    const where = { name: 'north in bulk' };
    expect(await Promise.all([north, south].map((session) => v3.Brand.using(session).where(where).count()))).to.deep.equal([1, 0]);
    expect((await v3.Brand.saveMany(succeeded)).failed).to.deep.equal([]);
    expect((await v3.Brand.destroyMany(succeeded)).failed).to.deep.equal([]);
  });

  it('never mix, over hundreds of interleaved awaits, timers, emitters and relations', async () => {
    const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
    const emitter = new EventEmitter().setMaxListeners(0);
    const work = async (session: Session, number: number): Promise<void> => {
      const id = 1 + (number % 60);
      await pause();
      const product = await Product.find(id);
      expect(product.session).to.equal(session);
      setImmediate(() => emitter.emit('tick'));
      await once(emitter, 'tick');
      for await (const option of product.options) expect(option.session).to.equal(session);
      await pause();
      const [order] = await Order.limit(1);
      expect((await order?.customer)?.session).to.equal(session);
      product.name = `${session.storeHash} ${number}`;
      await product.save();
      const made = await v3.Brand.create({ name: `${session.storeHash} brand ${number}` });
      expect(made.session).to.equal(session);
    };
    const runs = Array.from({ length: 240 }, (_, number) => {
      const session = sessions[number % 3] as Session;
      return session.run(() => work(session, number));
    });
    await Promise.all(runs);
    for (const [index, store] of stores.entries()) {
      const hash = (sessions[index] as Session).storeHash;
      expect(store.requests.length).to.be.greaterThan(400);
      for (const request of store.requests) {
        expect(request.status, request.url).to.be.below(300);
        expect(request.url).to.contain(`/stores/${hash}/`);
        const name = (request.body as { name?: string } | undefined)?.name;
        if (name !== undefined) expect(name).to.match(new RegExp(`^${hash} `));
      }
    }
  });

  it('keep their records and relations, wherever these are awaited', async () => {
    const [north, south] = sessions as [Session, Session];
    const product = await north.run(() => Product.find(1));
    const query = north.run(() => Product.where({ is_visible: true }));
    await south.run(async () => {
      expect((await product.options)[0]?.session).to.equal(north);
      expect((await query.first())?.session).to.equal(north);
      expect((await Product.first())?.session).to.equal(south);
      expect((await Product.using(north).first())?.session).to.equal(north);
      expect(new Product({ name: 'x' }).session).to.equal(south);
    });
  });

  it('give back what the work gives, and let errors through', async () => {
    const [north] = sessions as [Session];
    expect(north.run(() => 42)).to.equal(42);
    expect(() =>
      north.run(() => {
        throw new Error('mine');
      }),
    ).to.throw('mine');
  });
});
