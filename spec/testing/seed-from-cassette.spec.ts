import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { record } from 'bigrecord/testing';
import { Order, OrderProduct, ProductOption as ProductOptionV2, Product as ProductV2 } from 'bigrecord/v2';
import { Brand, Customer, InventorySettings, Product, ProductImage, ProductVariant } from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';

describe('a sandbox seeded from a cassette', () => {
  let folder: string;
  let file: string;
  const seen: Record<string, unknown> = {};

  /** Reads what the specs compare: on the store that is recorded, and on the one that is seeded. */
  const read = async () => ({
    brand: (await Brand.find(3)).toObject(),
    products: (
      await Product.where({ id: { in: [1, 2, 3] } })
        .include('images')
        .all()
    ).map(({ id, name, price, sku }) => ({ id, name, price, sku })),
    images: (await ProductImage.of(1).all()).map(({ id, url_standard }) => [id, url_standard]),
    variants: (await ProductVariant.of(2).all()).map(({ id, sku, product_id }) => [id, sku, product_id]),
    order: (await Order.find(100)).total_inc_tax,
    lines: (await OrderProduct.of(100).all()).map(({ id, name, quantity }) => [id, name, quantity]),
    options: (await ProductOptionV2.of(40).all()).map(({ id, display_name }) => [id, display_name]),
    settings: (await InventorySettings.get()).toObject(),
  });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bigrecord-seeds-'));
    file = join(folder, 'shop.json');
    const store = await Sandbox.start({ port: false });
    const session = new Session(store.credentials);
    const recording = record({ session, file });
    await session.run(async () => {
      Object.assign(seen, await read());
      seen['created'] = (await Brand.create({ name: 'Made while it was recorded' })).id;
      seen['changed'] = await (await ProductV2.find(3)).update({ name: 'Renamed' });
      seen['customer'] = await Customer.where({ id: { in: [2] } }).first();
      await (await Brand.find(4)).destroy();
    });
    await recording.stop();
    await store.stop();
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('has the rows of lists, of single reads, of creates and of changes, and their children', async () => {
    const store = await Sandbox.start({ port: false, seed: file });
    const session = new Session(store.credentials);
    await session.run(async () => {
      const { products, ...others } = await read();
      const { products: before, ...othersBefore } = seen as Awaited<ReturnType<typeof read>>;
      expect(products.map(({ name }) => name)).to.deep.equal([...before.slice(0, 2).map(({ name }) => name), 'Renamed']);
      expect(products.map(({ price }) => price)).to.deep.equal(before.map(({ price }) => price));
      for (const name of Object.keys(others) as (keyof typeof others)[]) expect(others[name], name).to.deep.equal(othersBefore[name]);
      expect((await Brand.all()).map(({ id }) => id)).to.deep.equal([3, 4, seen['created']]);
      expect(await Product.where({ is_visible: true }).count()).to.be.at.most(4);
      // The product of the options is known by their path only.
      expect((await ProductV2.find(40)).id).to.equal(40);
      expect((await Customer.all())[0]?.email).to.match(/@example\.com$/);
    });
    await session.close();
    await store.stop();
  });

  it('is refused if the cassette is damaged', async () => {
    const text = await readFile(file, 'utf8');
    const damaged = join(folder, 'damaged.json');
    await writeFile(damaged, text.slice(0, 3000));
    const error = await rejection(Sandbox.start({ port: false, seed: damaged }));
    expect(error).to.be.instanceOf(ConfigurationError);
    expect(error.message).to.contain('truncated');
  });
});
