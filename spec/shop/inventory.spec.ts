import { InventoryItem, Location, LocationItem, LocationMetafield, PickupMethod, Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { useStore } from '../support/store.js';
import { refusal } from './refusal.js';

const mug = { name: 'Coffee Mug', sku: 'MUG', type: 'physical', weight: 4, price: 10, inventory_tracking: 'product' } as const;
const address = {
  address1: '1 Pier',
  city: 'Boston',
  state: 'MA',
  zip: '02110',
  country_code: 'US',
  email: 'a@example.com',
  geo_coordinates: { latitude: 42.36, longitude: -71.05 },
};

const warehouse = (code: string) =>
  Location.create({
    code,
    label: `Warehouse ${code}`,
    type_id: 'PHYSICAL',
    managed_by_external_source: false,
    time_zone: 'Etc/UTC',
    address,
  });
const stockOf = async (location: number, sku: string) =>
  LocationItem.of(location)
    .where({ sku: { in: [sku] } })
    .first();

describe('job: keep stock', () => {
  useStore();

  it('an absolute count by SKU at the default location is what the catalog shows', async () => {
    const product = await Product.create(mug);
    const { transaction_id } = await InventoryItem.set({ reason: 'count', items: [{ location_id: 1, sku: 'MUG', quantity: 100 }] });
    expect(transaction_id).to.be.a('string');
    const item = await stockOf(1, 'MUG');
    expect(item).to.include({ available_to_sell: 100, total_inventory_onhand: 100 });
    expect(item?.identity).to.deep.include({ sku: 'MUG', product_id: product.id, variant_id: product.base_variant_id });
    expect(item?.settings).to.include({ safety_stock: 0, is_in_stock: true });
    expect((await product.reload()).inventory_level).to.equal(100);
    await InventoryItem.adjust({ items: [{ location_id: 1, sku: 'MUG', quantity: -25 }] });
    expect(await stockOf(1, 'MUG')).to.include({ available_to_sell: 75, total_inventory_onhand: 75 });
    expect((await product.reload()).inventory_level).to.equal(75);
    await product.update({ inventory_level: 5 });
    expect(await stockOf(1, 'MUG')).to.include({ total_inventory_onhand: 5 });
  });

  it('the safety stock is not sold, and an adjustment into it is refused and changes nothing', async () => {
    await Product.create(mug);
    await InventoryItem.set({ items: [{ location_id: 1, sku: 'MUG', quantity: 50 }] });
    await LocationItem.configure(1, [{ identity: { sku: 'MUG' }, safety_stock: 10, warning_level: 12, bin_picking_number: 'A7' }]);
    const item = await stockOf(1, 'MUG');
    expect(item).to.include({ available_to_sell: 40, total_inventory_onhand: 50 });
    expect(item?.settings).to.include({ safety_stock: 10, warning_level: 12, bin_picking_number: 'A7' });
    await InventoryItem.adjust({ items: [{ location_id: 1, sku: 'MUG', quantity: -20 }] });
    expect(await stockOf(1, 'MUG')).to.include({ available_to_sell: 20, total_inventory_onhand: 30 });
    expect(await refusal(InventoryItem.adjust({ items: [{ location_id: 1, sku: 'MUG', quantity: -21 }] }))).to.equal(422);
    expect(await stockOf(1, 'MUG')).to.include({ total_inventory_onhand: 30 });
    await InventoryItem.set({ items: [{ location_id: 1, sku: 'MUG', quantity: 4 }] });
    expect(await stockOf(1, 'MUG')).to.include({ total_inventory_onhand: 4 });
  });

  it('two locations, each with its own stock of each variant; the items list shows all', async () => {
    const shirt = await Product.create({
      ...mug,
      name: 'Shirt',
      sku: 'SHIRT',
      inventory_tracking: 'variant',
      variants: ['S', 'L'].map((label) => ({ sku: `SHIRT-${label}`, option_values: [{ option_display_name: 'Size', label }] })),
    });
    const [small, large] = await shirt.variants;
    const pier = await warehouse('PIER');
    await InventoryItem.set({
      items: [
        { location_id: 1, variant_id: small?.id ?? 0, quantity: 3 },
        { location_id: pier.id, variant_id: small?.id ?? 0, quantity: 7 },
        { location_id: pier.id, sku: 'SHIRT-L', quantity: 9 },
      ],
    });
    expect(await stockOf(1, 'SHIRT-S')).to.include({ total_inventory_onhand: 3 });
    expect(await stockOf(pier.id, 'SHIRT-S')).to.include({ total_inventory_onhand: 7 });
    const all = await InventoryItem.where({ sku: { in: ['SHIRT-S', 'SHIRT-L'] } }).all();
    expect(all.map(({ identity }) => identity.variant_id)).to.have.members([small?.id, large?.id]);
    const item = all.find(({ identity }) => identity.sku === 'SHIRT-S');
    const stocked = item?.locations.filter((at) => at.available_to_sell > 0) ?? [];
    expect(stocked.map((at) => [at.location_id, at.location_code, at.available_to_sell])).to.have.deep.members([
      [1, 'BC-LOCATION-1', 3],
      [pier.id, 'PIER', 7],
    ]);
  });

  it('an SKU or a location that is not there is refused, with nothing of the rest done', async () => {
    await Product.create(mug);
    await InventoryItem.set({ items: [{ location_id: 1, sku: 'MUG', quantity: 10 }] });
    const good = { location_id: 1, sku: 'MUG', quantity: 99 };
    expect(await refusal(InventoryItem.set({ items: [good, { location_id: 1, sku: 'NO-SUCH', quantity: 1 }] }))).to.equal(422);
    expect(await refusal(InventoryItem.set({ items: [{ ...good, location_id: 4711 }] }))).to.equal(422);
    expect(await refusal(InventoryItem.set({ items: [{ ...good, quantity: 2_147_483_648 }] }))).to.equal(422);
    expect(await stockOf(1, 'MUG')).to.include({ total_inventory_onhand: 10 });
    expect(await refusal(LocationItem.of(4711).all())).to.equal(404);
  });

  it('locations: a code is unique, the default one stays, and one that goes takes its stock along', async () => {
    await Product.create(mug);
    const pier = await warehouse('PIER');
    expect(await refusal(warehouse('PIER'))).to.equal(422);
    const found = await Location.where({ location_code: { in: ['PIER'] } }).first();
    expect(found).to.include({
      id: pier.id,
      label: 'Warehouse PIER',
      enabled: true,
      managed_by_external_source: false,
      type_id: 'PHYSICAL',
    });
    await InventoryItem.set({ items: [{ location_id: pier.id, sku: 'MUG', quantity: 7 }] });
    await LocationMetafield.of(pier.id).create({ permission_set: 'read', namespace: 'wms', key: 'dock', value: '4' });
    expect(await refusal(Location.destroy(1))).to.equal(422);
    await PickupMethod.create({ location_id: pier.id, display_name: 'Dock', collection_instructions: '', collection_time_description: '' });
    await Location.destroy(pier.id);
    expect((await Location.all()).map(({ id }) => id))
      .to.include(1)
      .and.not.include(pier.id);
    expect(await refusal(LocationItem.of(pier.id).all())).to.equal(404);
    const [item] = await InventoryItem.where({ sku: { in: ['MUG'] } }).all();
    expect(item?.locations.map(({ location_id }) => location_id))
      .to.include(1)
      .and.not.include(pier.id);
  });

  it('where a customer can collect: within the radius, and only if everything is there', async () => {
    await Product.create(mug);
    const product = await Product.create({ ...mug, name: 'Tea Cup', sku: 'CUP' });
    const mugVariant = (await Product.findBy({ sku: 'MUG' }))?.base_variant_id ?? 0;
    const cupVariant = product.base_variant_id ?? 0;
    const pier = await warehouse('PIER');
    const method = await PickupMethod.create({
      location_id: pier.id,
      display_name: 'Dock',
      collection_instructions: 'Ring',
      collection_time_description: 'Today',
    });
    await InventoryItem.set({ items: [{ location_id: pier.id, sku: 'MUG', quantity: 2 }] });
    const search = (items: { variant_id: number; quantity: number }[], value = 10) =>
      PickupMethod.options({ items, search_area: { coordinates: { latitude: 42.4, longitude: -71.05 }, radius: { value, unit: 'KM' } } });
    const [found] = (await search([{ variant_id: mugVariant, quantity: 2 }])).results;
    expect(found?.pickup_options.map(({ pickup_method }) => pickup_method)).to.deep.equal([
      { id: method.id, location_id: pier.id, display_name: 'Dock', collection_instructions: 'Ring', collection_time_description: 'Today' },
    ]);
    const none = [
      await search([{ variant_id: mugVariant, quantity: 3 }]),
      await search([
        { variant_id: mugVariant, quantity: 1 },
        { variant_id: cupVariant, quantity: 1 },
      ]),
      await search([{ variant_id: mugVariant, quantity: 2 }], 1),
    ];
    expect(none.flatMap(({ results }) => results.flatMap(({ pickup_options }) => pickup_options))).to.deep.equal([]);
  });
});
