import { ValidationError } from 'bigrecord';
import { InventoryItem, Location, LocationItem, PickupMethod, Product, ProductVariant } from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { useStore } from '../support/store.js';

const AUSTIN = { latitude: 30.2669, longitude: -97.7428 };

const shop = {
  label: 'Downtown',
  managed_by_external_source: false,
  type_id: 'PHYSICAL' as const,
  time_zone: 'America/Chicago',
  address: {
    address1: '100 Park Lane',
    city: 'Dallas',
    state: 'TX',
    zip: '75201',
    email: 'shop@example.com',
    country_code: 'US',
    geo_coordinates: { latitude: 32.7767, longitude: -96.797 },
  },
};

describe('inventory of the sandbox', () => {
  useStore();

  /** What can be sold and what there is of a variant at a location. */
  const stockAt = async (location: number, variant: number): Promise<number[]> => {
    const [item] = await LocationItem.of(location).where({ 'variant_id:in': variant });
    return [item?.available_to_sell ?? -1, item?.total_inventory_onhand ?? -1];
  };

  const levelsOf = async (product: number, variant: number): Promise<unknown[]> => [
    (await ProductVariant.of(product).find(variant)).inventory_level,
    (await Product.find(product)).inventory_level,
  ];

  it('is set and adjusted by variant, and rolls up to the product', async () => {
    expect(await levelsOf(1, 1)).to.deep.equal([1, 6]);
    const { transaction_id } = await InventoryItem.set({ items: [{ location_id: 1, variant_id: 1, quantity: 100 }] });
    expect(transaction_id).to.match(/^[\w-]{36}$/);
    await InventoryItem.adjust({ reason: 'Broken', items: [{ location_id: 1, variant_id: 1, quantity: -25 }] });
    expect(await stockAt(1, 1)).to.deep.equal([75, 75]);
    expect(await levelsOf(1, 1)).to.deep.equal([75, 80]);
  });

  it('is the same by SKU, and by product where stock is kept of the product', async () => {
    const [variant, product] = [await ProductVariant.of(1).find(2), await Product.find(2)];
    await InventoryItem.set({ items: [{ location_id: 1, sku: variant.sku, quantity: 40 }] });
    expect(await levelsOf(1, 2)).to.deep.equal([40, 44]);
    await InventoryItem.set({ items: [{ location_id: 1, sku: product.sku, quantity: 7 }] });
    await InventoryItem.adjust({ items: [{ location_id: 1, product_id: 2, quantity: 5 }] });
    expect((await Product.find(2)).inventory_level).to.equal(12);
    const [item] = await InventoryItem.where({ 'product_id:in': 2 });
    expect(item?.locations.map(({ available_to_sell }) => available_to_sell)).to.deep.equal([12, 0]);
  });

  it('is kept by location; the catalogue has the sum', async () => {
    await InventoryItem.set({
      items: [
        { location_id: 1, variant_id: 1, quantity: 10 },
        { location_id: 2, variant_id: 1, quantity: 5 },
      ],
    });
    expect([await stockAt(1, 1), await stockAt(2, 1)]).to.deep.equal([
      [10, 10],
      [5, 5],
    ]);
    expect(await levelsOf(1, 1)).to.deep.equal([15, 20]);
    const [item] = await InventoryItem.where({ 'variant_id:in': 1, 'location_code:in': 'WAREHOUSE' });
    expect(item?.identity).to.include({ variant_id: 1, product_id: 1 });
    expect(item?.locations.map(({ location_id, total_inventory_onhand }) => [location_id, total_inventory_onhand])).to.deep.equal([[2, 5]]);
    const variant = await ProductVariant.of(1).find(1);
    await variant.update({ inventory_level: 12 });
    expect([await stockAt(1, 1), await stockAt(2, 1)]).to.deep.equal([
      [7, 7],
      [5, 5],
    ]);
  });

  it('holds the safety stock back from sale', async () => {
    await InventoryItem.set({ items: [{ location_id: 1, variant_id: 1, quantity: 50 }] });
    await LocationItem.configure(1, [{ identity: { variant_id: 1 }, safety_stock: 10, warning_level: 3, bin_picking_number: 'A4' }]);
    expect(await stockAt(1, 1)).to.deep.equal([40, 50]);
    expect(await levelsOf(1, 1)).to.deep.equal([40, 45]);
    await InventoryItem.adjust({ items: [{ location_id: 1, variant_id: 1, quantity: -20 }] });
    expect(await stockAt(1, 1)).to.deep.equal([20, 30]);
    const [item] = await LocationItem.of(1).where({ 'variant_id:in': 1 });
    expect(item?.settings).to.deep.equal({ safety_stock: 10, is_in_stock: true, warning_level: 3, bin_picking_number: 'A4' });
    await rejection(InventoryItem.adjust({ items: [{ location_id: 1, variant_id: 1, quantity: -21 }] }), ValidationError);
    expect(await stockAt(1, 1)).to.deep.equal([20, 30]);
  });

  it('refuses a whole adjustment if one of its items cannot be changed', async () => {
    const good = { location_id: 1, variant_id: 1, quantity: 100 };
    const refused: [string, object][] = [
      ['Item with variant_id 4 is tracked by product, please update stock by product id', { ...good, variant_id: 4 }],
      ['Item with product_id 1 is tracked by variant, please update stock by variant id', { location_id: 1, product_id: 1, quantity: 1 }],
      ['Item with variant_id 9999 is not found', { ...good, variant_id: 9999 }],
      ['Item with sku NONE is not found', { location_id: 1, sku: 'NONE', quantity: 1 }],
      ['Location with location_id 9 is not found', { ...good, location_id: 9 }],
      ['not enough', { ...good, quantity: -1 }],
      ['at most 2147483647', { ...good, quantity: 2_147_483_648 }],
      ['whole number', { ...good, quantity: 1.5 }],
      ['One of sku, product_id and variant_id', { location_id: 1, quantity: 1 }],
    ];
    for (const [reason, item] of refused) {
      const error = await rejection(InventoryItem.set({ items: [good, item as typeof good] }), ValidationError);
      expect(JSON.stringify(error.body)).to.include(reason);
    }
    const many = Array.from({ length: 2001 }, () => good);
    expect((await rejection(InventoryItem.set({ items: many }), ValidationError)).errors).to.have.property('items');
    const twice = [
      { location_id: 1, variant_id: 3, quantity: -2 },
      { location_id: 1, variant_id: 3, quantity: -2 },
    ];
    await rejection(InventoryItem.adjust({ items: twice }), ValidationError);
    expect(await levelsOf(1, 1)).to.deep.equal([1, 6]);
  });

  it('has locations with defaults, and a default location that stays', async () => {
    await Location.create(shop);
    const location = await Location.find(3);
    expect([location.code, location.enabled, location.storefront_visibility]).to.deep.equal(['BC-LOCATION-3', true, true]);
    expect(await Location.where({ is_default: true }).pluck('id')).to.deep.equal([1]);
    await location.update({ enabled: false });
    expect(await Location.where({ is_active: true }).pluck('id')).to.deep.equal([1, 2]);
    await rejection(InventoryItem.set({ items: [{ location_id: 3, variant_id: 1, quantity: 1 }] }), ValidationError);
    const { geo_coordinates: _, ...address } = shop.address;
    const error = await rejection(Location.create({ ...shop, address } as typeof shop), ValidationError);
    expect(Object.keys(error.errors)).to.deep.equal(['address.geo_coordinates']);
    await rejection(Location.create({ ...shop, code: 'WAREHOUSE' }), ValidationError);
    await rejection((await Location.find(1)).destroy(), ValidationError);
    expect(await Location.count()).to.equal(3);
  });

  it('loses the stock of a location that is deleted', async () => {
    await InventoryItem.set({ items: [{ location_id: 2, variant_id: 1, quantity: 5 }] });
    expect(await levelsOf(1, 1)).to.deep.equal([6, 11]);
    await (await Location.find(2)).destroy();
    expect(await levelsOf(1, 1)).to.deep.equal([1, 6]);
    expect((await InventoryItem.where({ 'variant_id:in': 1 }).first())?.locations).to.have.length(1);
  });

  it('knows where items can be picked up', async () => {
    const found = async (quantity: number, radius: number, variant = 1): Promise<number[]> => {
      const search_area = { coordinates: AUSTIN, radius: { value: radius, unit: 'KM' as const } };
      const { results } = await PickupMethod.options({ search_area, items: [{ variant_id: variant, quantity }] });
      return results.flatMap(({ pickup_options }) => pickup_options.map(({ pickup_method }) => pickup_method.id));
    };
    expect(await found(1, 10)).to.deep.equal([1]);
    expect(await found(2, 10)).to.deep.equal([]);
    await InventoryItem.set({ items: [{ location_id: 2, variant_id: 1, quantity: 3 }] });
    expect(await found(1, 10)).to.deep.equal([1, 2]);
    expect(await found(1, 1)).to.deep.equal([1]);
    expect(await found(3, 10)).to.deep.equal([2]);
    await rejection(PickupMethod.create({ location_id: 99, display_name: 'Nowhere' }), ValidationError);
    const method = await PickupMethod.create({ location_id: 1, display_name: 'Locker' });
    expect([method.collection_instructions, await found(1, 1)]).to.deep.equal(['', [1, method.id]]);
  });
});
