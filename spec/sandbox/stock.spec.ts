import { Order, ProductSku } from 'bigrecord/v2';
import { InventorySettings, Product, ProductVariant } from 'bigrecord/v3';
import { expect } from 'chai';
import { useStore } from '../support/store.js';

const billing_address = { first_name: 'Jane', email: 'jane@example.com' };

describe('stock of the sandbox', () => {
  const context = useStore({ port: false });

  const levels = async (...variants: number[]): Promise<number[]> => {
    const product = await Product.find(1);
    const all = await ProductVariant.of(1).all();
    return [product.inventory_level, ...variants.map((id) => all.find((each) => each.id === id)?.inventory_level ?? -1)];
  };

  describe('that is written through the catalogue', () => {
    it('rolls up to the product, from a variant, a batch and a SKU of V2', async () => {
      expect(await levels(1, 2, 3)).to.deep.equal([6, 1, 2, 3]);
      await ProductVariant.of(1).update(1, { inventory_level: 10 });
      expect((await Product.find(1)).inventory_level).to.equal(15);
      await context.session.put('/catalog/variants', {
        body: [
          { id: 1, inventory_level: 4 },
          { id: 2, inventory_level: 4 },
        ],
      });
      expect(await levels(1, 2, 3)).to.deep.equal([11, 4, 4, 3]);
      await ProductSku.of(1).update(3, { inventory_level: 20 });
      expect(await levels(1, 2, 3)).to.deep.equal([28, 4, 4, 20]);
      await ProductVariant.of(1).destroy(3);
      expect(await levels(1, 2)).to.deep.equal([8, 4, 4]);
    });

    it('counts for the product only where stock is kept of it', async () => {
      await Product.update(1, { inventory_level: 99 });
      expect(await levels()).to.deep.equal([6]);
      const mug = await Product.create({
        name: 'Mug',
        type: 'physical',
        weight: 1,
        price: 5,
        inventory_tracking: 'product',
        inventory_level: 7,
      });
      const baseLevel = async (): Promise<unknown> => (await ProductVariant.of(mug.id).first())?.inventory_level;
      expect(await baseLevel()).to.equal(7);
      await mug.update({ inventory_level: 3 });
      expect(await baseLevel()).to.equal(3);
      await Product.update(1, { inventory_tracking: 'none' });
      await ProductVariant.of(1).update(1, { inventory_level: 50 });
      expect(await levels(1)).to.deep.equal([6, 50]);
    });
  });

  describe('of an order', () => {
    const order = async (variant_id: number, quantity: number): Promise<Order> =>
      Order.create({ billing_address, products: [{ product_id: 1, variant_id, quantity }] });

    const sold = async (): Promise<number> => (await Product.find(1)).total_sold;

    beforeEach(async () => {
      for (const id of [1, 2]) await ProductVariant.of(1).update(id, { inventory_level: 10 });
    });

    it('follows lines that are changed, added and removed', async () => {
      const before = await sold();
      const placed = await order(1, 2);
      expect(await levels(1, 2)).to.deep.equal([21, 8, 10]);
      const [line] = await placed.products;
      const edit = (products: object[]) => context.session.put(`/orders/${placed.id}`, { version: 'v2', body: { products } });
      await edit([{ id: line?.id, quantity: 5 }]);
      expect(await levels(1, 2)).to.deep.equal([18, 5, 10]);
      await edit([{ product_id: 1, variant_id: 2, quantity: 3 }]);
      expect(await levels(1, 2)).to.deep.equal([15, 5, 7]);
      expect(await sold()).to.equal(before + 8);
      await edit([{ id: line?.id, quantity: 0 }]);
      expect(await levels(1, 2)).to.deep.equal([20, 10, 7]);
      await Order.update(placed.id, { status_id: 5 });
      expect(await levels(1, 2)).to.deep.equal([23, 10, 10]);
      expect(await sold()).to.equal(before);
    });

    it('does what the settings say: those of the channel, otherwise those of the store', async () => {
      await (await InventorySettings.get()).update({ edit_order_stock_adjustment: false });
      const placed = await order(1, 2);
      const [line] = await placed.products;
      const edit = (quantity: number) =>
        context.session.put(`/orders/${placed.id}`, { version: 'v2', body: { products: [{ id: line?.id, quantity }] } });
      await edit(5);
      expect(await levels(1)).to.deep.equal([21, 8]);
      await context.session.put('/settings/inventory', { query: { channel_id: 1 }, body: { edit_order_stock_adjustment: true } });
      await edit(4);
      expect(await levels(1)).to.deep.equal([19, 6]);
      await context.session.put('/settings/inventory', {
        query: { channel_id: 1 },
        body: { update_stock_behavior: 'order_completed_or_shipped' },
      });
      const later = await order(2, 1);
      expect(await levels(2)).to.deep.equal([19, 10]);
      await later.update({ status_id: 10 });
      expect(await levels(2)).to.deep.equal([18, 9]);
    });
  });
});
