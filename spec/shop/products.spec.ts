import { Product, ProductModifierValue, ProductOption, ProductOptionValue, ProductVariant } from 'bigrecord/v3';
import { expect } from 'chai';
import { useStore } from '../support/store.js';
import { refusal } from './refusal.js';

const mug = { name: 'Coffee Mug', type: 'physical', weight: 4, price: 10 } as const;
const color = (label: string) => ({ option_display_name: 'Color', label });
const size = (label: string) => ({ option_display_name: 'Size', label });

describe('job: build products', () => {
  useStore({ seed: false });

  it('a shirt with its variants in one request: the options are made from the variants', async () => {
    const { id } = await Product.create({
      ...mug,
      name: 'Shirt',
      sku: 'SHIRT',
      variants: [
        { sku: 'BLU-S', option_values: [color('Blue'), size('Small')] },
        { sku: 'BLU-L', option_values: [color('Blue'), size('Large')] },
        { sku: 'RED-S', option_values: [color('Red'), size('Small')], price: 12.5 },
      ],
    });
    const shirt = await Product.find(id, { params: { include: ['variants', 'options'] } });
    expect(shirt.base_variant_id).to.equal(null);
    const options = await shirt.options;
    expect(options.map((option) => option.display_name)).to.deep.equal(['Color', 'Size']);
    const labels = await Promise.all(options.map(async (option) => (await option.option_values).map(({ label }) => label)));
    expect(labels).to.deep.equal([
      ['Blue', 'Red'],
      ['Small', 'Large'],
    ]);
    const variants = await shirt.variants;
    expect(variants.map((variant) => variant.sku)).to.deep.equal(['BLU-S', 'BLU-L', 'RED-S']);
    expect(variants.map((variant) => variant.price)).to.deep.equal([null, null, 12.5]);
    expect(variants.map((variant) => variant.calculated_price)).to.deep.equal([10, 10, 12.5]);
    expect(variants.map((variant) => variant.calculated_weight)).to.deep.equal([4, 4, 4]);
    const [blue] = (await options[0]?.option_values) ?? [];
    expect(variants[0]?.option_values[0]).to.deep.equal({
      id: blue?.id,
      label: 'Blue',
      option_id: options[0]?.id,
      option_display_name: 'Color',
    });
  });

  it('a simple product is its own variant, the base variant, and follows the price of the product', async () => {
    const product = await Product.create({ ...mug, sku: 'MUG' });
    expect(product.calculated_price).to.equal(10);
    const variants = await ProductVariant.of(product).all();
    expect(variants.map(({ id }) => id)).to.deep.equal([product.base_variant_id]);
    expect(variants[0]).to.include({ product_id: product.id, sku: 'MUG', price: null, calculated_price: 10, sku_id: null });
    expect(variants[0]?.option_values).to.deep.equal([]);
    await product.update({ price: 15, sale_price: 11.5 });
    expect(product.calculated_price).to.equal(11.5);
    expect((await ProductVariant.of(product).first())?.calculated_price).to.equal(11.5);
    await product.update({ sale_price: 0 });
    expect(product.calculated_price).to.equal(15);
  });

  it('a price of a variant stands before the one of the product, until it is null again', async () => {
    const product = await Product.create({ ...mug, variants: [{ sku: 'BLU', option_values: [color('Blue')] }] });
    const [blue] = await ProductVariant.of(product).all();
    await blue?.update({ price: 20, weight: 6 });
    expect(blue).to.include({ calculated_price: 20, calculated_weight: 6 });
    await product.update({ price: 30 });
    expect((await ProductVariant.of(product).first())?.calculated_price).to.equal(20);
    await blue?.update({ sale_price: 17 });
    expect(blue?.calculated_price).to.equal(17);
    await blue?.update({ price: null, sale_price: null, weight: null });
    expect(blue).to.include({ calculated_price: 30, calculated_weight: 4 });
    expect((await product.reload()).calculated_price).to.equal(30);
  });

  it('an option makes no variant; a variant takes one value of each option and a SKU of its own', async () => {
    const product = await Product.create(mug);
    const option = await ProductOption.of(product).create({
      display_name: 'Size',
      type: 'rectangles',
      option_values: [
        { label: 'S', sort_order: 0 },
        { label: 'M', sort_order: 1, is_default: true },
      ],
    });
    expect(option.name).to.match(/^Size/);
    const [small, medium] = await option.option_values;
    expect([small?.is_default, medium?.is_default]).to.deep.equal([false, true]);
    const skus = async () => (await ProductVariant.of(product).all()).filter(({ option_values }) => option_values.length > 0);
    expect(await skus()).to.deep.equal([]);
    const variant = await ProductVariant.of(product).create({
      sku: 'MUG-S',
      option_values: [{ id: small?.id ?? 0, option_id: option.id }],
    });
    expect(variant.option_values[0]).to.include({ label: 'S', option_display_name: 'Size' });
    expect((await skus()).map(({ sku }) => sku)).to.deep.equal(['MUG-S']);
    const again = { option_values: [{ id: medium?.id ?? 0, option_id: option.id }] };
    expect(await refusal(ProductVariant.of(product).create({ ...again, sku: 'mug-s' }))).to.equal(409);
    const large = await ProductOptionValue.of(product, option).create({ label: 'L', sort_order: 2 });
    expect((await ProductOption.of(product).find(option.id)).id).to.equal(option.id);
    expect((await ProductOptionValue.of(product, option).find(large.id)).label).to.equal('L');
    expect(
      await refusal(ProductOption.of(product).create({ display_name: 'Size', type: 'rectangles', option_values: [{ label: 'X' }] })),
    ).to.equal(409);
  });

  it('a checkbox modifier comes with Yes and No, which then take a surcharge', async () => {
    const product = await Product.create(mug);
    const modifier = await product.modifiers.create({
      display_name: 'Insurance',
      type: 'checkbox',
      required: false,
      config: { checkbox_label: 'Insure for $5', checked_by_default: false },
    });
    const values = await modifier.option_values;
    expect(values.map(({ label }) => label)).to.deep.equal(['Yes', 'No']);
    expect(values.map(({ value_data }) => value_data?.checked_value)).to.deep.equal([true, false]);
    expect(values[0]?.adjusters.price).to.equal(null);
    await values[0]?.update({ adjusters: { price: { adjuster: 'relative', adjuster_value: 5 } } });
    const [yes, no] = await ProductModifierValue.of(product, modifier).all();
    expect(yes?.adjusters.price).to.deep.equal({ adjuster: 'relative', adjuster_value: 5 });
    expect(no?.adjusters.price).to.equal(null);
    expect(yes?.option_id).to.equal(modifier.id);
  });

  it('a name or a SKU that is taken is refused, whatever its case, and fails alone in a batch', async () => {
    const first = await Product.create({ ...mug, sku: 'MUG' });
    expect(await refusal(Product.create({ ...mug, sku: 'OTHER' }))).to.equal(409);
    expect(await refusal(Product.create({ ...mug, name: 'Second Mug', sku: 'mug' }))).to.equal(409);
    const second = await Product.create({ ...mug, name: 'Second Mug', sku: 'MUG-2' });
    const third = await Product.create({ ...mug, name: 'Third Mug' });
    second.name = 'Coffee Mug';
    third.price = 8;
    const { succeeded, failed } = await Product.saveMany([second, third]);
    expect(succeeded).to.deep.equal([third]);
    expect(failed.map(({ record }) => record)).to.deep.equal([second]);
    expect((await Product.find(third.id)).price).to.equal(8);
    expect((await Product.find(second.id)).name).to.equal('Second Mug');
    expect((await first.reload()).name).to.equal('Coffee Mug');
  });
});
