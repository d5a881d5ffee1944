import { ReadonlyAttributeError, ValidationError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { sent, useStore } from '../support/store.js';

const USD = { channel_id: 1, currency_code: 'USD' };
const plain = (amount: number) => ({ as_entered: amount, entered_inclusive: false, tax_exclusive: amount, tax_inclusive: amount });

describe('the V3 catalog', () => {
  const context = useStore();
  const last = (): string => sent(context.store).at(-1) ?? '';

  describe('prices for a shopper', () => {
    it('are those of the catalog, in one request', async () => {
      const [product, variant] = await v3.Product.prices({
        ...USD,
        items: [{ product_id: 1 }, { product_id: 1, variant_id: 2, options: [{ option_id: 1, value_id: 2 }] }],
      });
      expect(sent(context.store)).to.deep.equal([
        'POST /v3/pricing/products {"channel_id":1,"currency_code":"USD","items":[{"product_id":1},{"product_id":1,"variant_id":2,"options":[{"option_id":1,"value_id":2}]}]}',
      ]);
      expect(product?.price).to.deep.equal(plain(10.95));
      expect(product?.price_range?.maximum).to.deep.equal(plain(10.95));
      expect(product).to.not.have.property('sale_price');
      expect(variant?.reference_request).to.deep.equal({ product_id: 1, variant_id: 2, options: [{ option_id: 1, value_id: 2 }] });
      expect(variant).to.not.have.property('price_range');
    });

    it('are those of the price list of a customer group', async () => {
      context.store.insert(v2.CustomerGroup, [
        { id: 3, name: 'Retailers' },
        { id: 4, name: 'Staff' },
      ]);
      const list = await v3.PriceList.create({ name: 'Distributors' });
      await list.records.create({ variant_id: 2, currency: 'usd', price: 8, sale_price: 7.5 });
      await list.assignTo({ customer_group_id: 3, channel_id: 1 });
      const items = [{ product_id: 1, variant_id: 2 }];
      const [of3] = await v3.Product.prices({ ...USD, customer_group_id: 3, items });
      expect(of3?.price?.as_entered).to.equal(8);
      expect(of3?.calculated_price?.tax_inclusive).to.equal(7.5);
      const [of4] = await v3.Product.prices({ ...USD, customer_group_id: 4, items });
      expect(of4?.calculated_price?.tax_inclusive).to.equal(10.95);
      const [inKronor] = await v3.Product.prices({ channel_id: 1, currency_code: 'SEK', customer_group_id: 3, items });
      expect(inKronor?.calculated_price?.tax_inclusive).to.equal(10.95);
    });

    it('are refused for what the store does not have', async () => {
      await rejection(v3.Product.prices({ ...USD, items: [{ product_id: 999 }] }), ValidationError);
      await rejection(v3.Product.prices({ ...USD, items: [{ product_id: 1, variant_id: 999 }] }), ValidationError);
      const error = await rejection(v3.Product.prices({ channel_id: 1 } as never), ValidationError);
      expect(Object.keys(error.errors)).to.deep.equal(['currency_code', 'items']);
    });
  });

  it('a variant goes back to the price of its product', async () => {
    const variant = await v3.ProductVariant.of(1).find(2);
    variant.price = 12;
    await variant.save();
    variant.price = null;
    await variant.save();
    expect(last()).to.equal('PUT /v3/catalog/products/1/variants/2 {"price":null}');
    expect((await variant.reload()).price).to.equal(null);
  });

  it('the date of an import is read and written as a date', async () => {
    const product = await v3.Product.find(1);
    product.date_last_imported = new Date('2026-02-03T04:05:06.000Z');
    await product.save();
    expect(last()).to.equal('PUT /v3/catalog/products/1 {"date_last_imported":"2026-02-03T04:05:06.000Z"}');
    expect((await v3.Product.find(1)).date_last_imported?.getUTCDate()).to.equal(3);
  });

  it('the name of an option and the channels of a product are not written', async () => {
    const [option] = await v3.ProductOption.of(1).all();
    (option as { name: string }).name = 'x';
    expect((await rejection(option?.save() as Promise<unknown>, ReadonlyAttributeError)).message).to.contain('display_name');
    const product = await v3.Product.find(1);
    (product as { channels: number[] }).channels = [1];
    await rejection(product.save(), ReadonlyAttributeError);
  });

  it('the summary has dates', async () => {
    const summary = await v3.CatalogSummary.get();
    expect(summary.oldest_variant_date).to.be.instanceOf(Date);
    expect(summary.lowest_variant_price).to.be.a('string');
  });

  it('a POST takes 100 price records, a PUT 1000', async () => {
    const list = await v3.PriceList.create({ name: 'Retail' });
    const records = Array.from({ length: 250 }, (_, index) => ({ variant_id: index + 1, currency: 'usd', price: 1 }));
    expect((await list.records.createMany(records)).requests).to.equal(3);
    expect((await list.records.upsertMany(records.map((each) => ({ ...each, price: 2 })))).requests).to.equal(1);
  });

  it('50 category trees go in one request', async () => {
    const channels = Array.from({ length: 51 }, (_, index) => ({ id: index + 101, name: `Channel ${index}` }));
    context.store.insert(v3.Channel, channels);
    const trees = channels.map(({ id, name }) => ({ name, channels: [id] }));
    expect((await v3.CategoryTree.upsertMany(trees)).requests).to.equal(2);
  });
});
