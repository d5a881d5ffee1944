import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { useStore } from '../support/store.js';
import { refusal, refusals } from './refusal.js';

describe('job: use both generations of the API', () => {
  useStore();

  it('one product in V2 and V3: the same row, written by either', async () => {
    const brand = await v3.Brand.create({ name: 'Common Good' });
    const { id } = await v3.Product.create({
      name: 'Oak Chair',
      sku: 'CHAIR',
      type: 'physical',
      weight: 8,
      price: 30,
      brand_id: brand.id,
      categories: [1],
      is_visible: true,
    });
    const old = await v2.Product.find(id);
    expect(old).to.include({
      name: 'Oak Chair',
      sku: 'CHAIR',
      price: '30.0000',
      weight: '8.0000',
      calculated_price: '30.0000',
      is_visible: true,
    });
    expect(old.categories).to.deep.equal([1]);
    expect((await old.brand)?.name).to.equal('Common Good');
    await old.update({ price: '31.5', sale_price: '25' });
    expect(await v3.Product.find(id)).to.include({ price: 31.5, sale_price: 25, calculated_price: 25 });
    expect((await v2.Product.where({ sku: 'CHAIR' }).all()).map((product) => product.id)).to.deep.equal([id]);
    expect(await v2.Product.where({ min_id: id }).count()).to.equal(1);
    await v2.Product.destroy(id);
    expect(await refusal(v3.Product.find(id))).to.equal(404);
  });

  it('SKUs of V2 are the variants of V3; the base variant is none', async () => {
    const simple = await v3.Product.create({ name: 'Mug', sku: 'MUG', type: 'physical', weight: 1, price: 5 });
    expect(await v2.ProductSku.of(simple.id).all()).to.deep.equal([]);
    const shirt = await v3.Product.create({
      name: 'Shirt',
      type: 'physical',
      weight: 1,
      price: 10,
      variants: ['S', 'L'].map((label) => ({
        sku: `SHIRT-${label}`,
        price: label === 'L' ? 12 : undefined,
        option_values: [{ option_display_name: 'Size', label }],
      })),
    });
    const skus = await v2.ProductSku.of(shirt.id).all();
    expect(skus.map(({ sku, price, adjusted_price }) => [sku, price, adjusted_price])).to.deep.equal([
      ['SHIRT-S', null, '10.0000'],
      ['SHIRT-L', '12.0000', '12.0000'],
    ]);
    const variants = await shirt.variants;
    expect(skus.map(({ id }) => id)).to.deep.equal(variants.map(({ sku_id }) => sku_id));
    expect((await v2.ProductSku.where({ sku: 'SHIRT-L' }).all()).map(({ product_id }) => product_id)).to.deep.equal([shirt.id]);
  });

  it('V2 refuses what it does not know, counts, and has empty lists', async () => {
    expect(await refusal(v2.Product.param('colour', 'red').all())).to.equal(400);
    expect(await refusal(v2.Customer.request('PUT', '/1', { body: { shoe_size: 42 } }))).to.equal(400);
    expect((await v3.Product.param('colour', 'red').all()).length).to.equal(await v3.Product.count());
    expect(await v2.Coupon.where({ code: 'NO-SUCH' }).all()).to.deep.equal([]);
    expect(await v2.Coupon.where({ code: 'NO-SUCH' }).first()).to.equal(null);
    expect(await refusal(v2.Order.find(4711))).to.equal(404);
    const pages = [];
    for await (const page of v2.Order.perPage(15).pages()) pages.push(page.items.length);
    expect(pages).to.deep.equal([15, 15, 10]);
    const orders = await v2.Order.order('id', 'desc').all();
    expect(orders).to.have.length(await v2.Order.count());
    expect(orders.map(({ id }) => id)).to.deep.equal([...orders.map(({ id }) => id)].sort((a, b) => b - a));
    const noon = new Date('2099-01-01T12:00:00Z');
    expect(await v2.Order.where({ min_date_created: noon }).all()).to.deep.equal([]);
  });

  it('the store, its clock and its countries', async () => {
    const store = await v2.Store.get();
    expect(store).to.include({ currency: 'USD', default_channel_id: 1, country_code: 'US', decimal_places: 2, decimal_separator: '.' });
    expect(store.features.multi_storefront_enabled).to.be.a('boolean');
    const { time } = await v2.Time.get();
    expect(Math.abs((time?.getTime() ?? 0) - Date.now())).to.be.lessThan(60_000);
    const us = await v2.Country.findBy({ country: 'United States' });
    expect(us).to.include({ country_iso2: 'US', country_iso3: 'USA' });
    expect((await us?.states.where({ state: 'Texas' }).all())?.map(({ state_abbreviation }) => state_abbreviation)).to.deep.equal(['TX']);
    const names = new Map((await v2.Country.all()).map(({ country_iso2, country }) => [country_iso2, country]));
    expect(['CA', 'DE', 'FR', 'GB', 'AU'].map((code) => names.get(code))).to.deep.equal([
      'Canada',
      'Germany',
      'France',
      'United Kingdom',
      'Australia',
    ]);
    expect(await v2.Country.count()).to.equal(names.size);
  });

  it('taxes: a zone for Texas, its rate, and what goes with it', async () => {
    const { succeeded } = await v3.TaxClass.createMany([{ name: 'Books' }]);
    const books = succeeded[0]?.id ?? 0;
    expect((await v2.TaxClass.all()).map(({ name }) => name)).to.include('Books');
    expect((await v3.TaxClass.createMany([{ name: 'Books' }])).failed.map(({ error }) => 'status' in error && error.status)).to.deep.equal([
      409,
    ]);
    const zone = await v3.TaxZone.create({
      name: 'Texas',
      price_display_settings: { show_inclusive: false, show_both_on_detail_view: false, show_both_on_list_view: false },
      shopper_target_settings: { customer_groups: [], locations: [{ country_code: 'US', subdivision_codes: ['TX'], postal_codes: [] }] },
    });
    expect(zone.enabled).to.equal(true);
    const rate = await v3.TaxRate.create({
      name: 'Sales tax',
      tax_zone_id: zone.id,
      class_rates: [
        { tax_class_id: 0, rate: 8 },
        { tax_class_id: books, rate: 2 },
      ],
    });
    expect(rate).to.include({ enabled: true, priority: 1, tax_zone_id: zone.id });
    expect((await v3.TaxZone.check([{ country_code: 'US', subdivision_codes: 'TX' }])).map(({ id }) => id)).to.deep.equal([zone.id]);
    expect((await v3.TaxZone.check([{ country_code: 'FR' }])).map(({ id }) => id)).to.not.include(zone.id);
    await zone.destroy();
    expect(await v3.TaxRate.where({ tax_zone_id: { in: [zone.id] } }).all()).to.deep.equal([]);
    expect(await refusal(v3.TaxRate.create({ name: 'Lost', tax_zone_id: 4711, class_rates: [{ tax_class_id: 0, rate: 8 }] }))).to.be.oneOf(
      refusals,
    );
  });

  it('tax properties of products and customers: added to, and kept while in use', async () => {
    const property = await v3.TaxProperty.create({ code: 'prepared', display_name: 'Prepared food', type: 'PRODUCT' });
    await v3.TaxProperty.create({ code: 'organic', display_name: 'Organic', type: 'PRODUCT' });
    await v3.ProductTaxProperty.upsertMany([{ product_id: 55, tax_properties: { prepared: 'yes' } }]);
    await v3.ProductTaxProperty.upsertMany([{ product_id: 55, tax_properties: { organic: 'no' } }]);
    const [of] = await v3.ProductTaxProperty.where({ product_id: { in: [55] } }).all();
    expect(of?.tax_properties).to.deep.equal({ prepared: 'yes', organic: 'no' });
    expect(await refusal(property.destroy())).to.equal(409);
    await v3.TaxProperty.create({ code: 'reseller', display_name: 'Reseller', type: 'CUSTOMER' });
    await v3.TaxCustomer.upsertMany([{ customer_id: 29, tax_properties: { reseller: 'yes' } }]);
    expect((await v3.TaxCustomer.where({ customer_id: { in: [29] } }).first())?.tax_properties).to.deep.equal({ reseller: 'yes' });
    await v3.ProductTaxProperty.where({ product_id: { in: [55] } }).deleteAll();
    await v3.TaxProperty.destroy(property.id);
    expect((await v3.TaxProperty.all()).map(({ code }) => code))
      .to.include.members(['organic', 'reseller'])
      .and.not.include('prepared');
  });
});
