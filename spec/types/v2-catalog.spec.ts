import type { Money } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import { expect } from 'chai';

/** Fails to compile unless both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => {};

/** Never called: it is the compiler that checks it, when the specs are built. */
async function typeChecks(
  product: v2.Product,
  sku: v2.ProductSku,
  rule: v2.ProductRule,
  image: v2.ProductImage,
  inSet: v2.OptionSetOption,
  option: v2.Option,
  video: v2.ProductVideo,
): Promise<void> {
  // Products.
  same<typeof product.price, Money>(true);
  same<typeof product.event_date_start, Date | null>(true);
  same<typeof product.primary_image, v2.PrimaryImage | null>(true);
  product.assign({ price: 12.5, sale_price: '10.00', event_date_start: new Date(), option_set_id: null, meta_keywords: null });
  product.availability = 'preorder';
  product.open_graph_type = 'a later value';
  // @ts-expect-error it is a decimal string
  product.price = 12.5;
  // @ts-expect-error the store computes it
  product.assign({ calculated_price: '1.00' });
  // @ts-expect-error it follows from the images
  product.assign({ primary_image: { id: 1 } });
  // @ts-expect-error
  product.assign({ name: null });
  void v2.Product.create({ name: 'x', type: 'physical', price: 1, weight: '1', categories: [1], availability: 'available' });
  // @ts-expect-error no availability
  void v2.Product.create({ name: 'x', type: 'physical', price: 1, weight: '1', categories: [1] });
  const set = await product.option_set;
  same<typeof set, v2.OptionSet | null>(true);
  const tax = await product.tax_class;
  same<typeof tax, v2.TaxClass | null>(true);
  void v2.Product.where({ price: { min: 10, max: 20 }, date_last_imported: { min: new Date() }, include_sku: true, product_tax_code: 'x' });
  // @ts-expect-error an amount is a number
  void v2.Product.where({ min_price: '10' });
  // @ts-expect-error no such filter
  void v2.Product.where({ weight: '1' });

  // SKUs.
  same<typeof sku.options, v2.SkuOption[]>(true);
  same<typeof sku.price, Money | null>(true);
  sku.price = null;
  sku.weight = null;
  sku.assign({ price: 4.99, options: [{ product_option_id: 1, option_value_id: 2 }] });
  // @ts-expect-error misspelt
  sku.assign({ options: [{ product_option_id: 1, value_id: 2 }] });
  // @ts-expect-error rules determine it
  sku.assign({ adjusted_price: '3.99' });
  void v2.ProductSku.of(1).create({ sku: 'A', options: [{ product_option_id: 1, option_value_id: 2 }] });
  // @ts-expect-error no options
  void v2.ProductSku.of(1).create({ sku: 'A' });
  void v2.ProductSku.of(1).where({
    inventory_level: { min: 1, max: 5 },
    is_low_inventory: true,
    bin_picking_number: 'B1',
    product_hash: 3,
  });
  // @ts-expect-error a number
  void v2.ProductSku.of(1).where({ inventory_level: 'many' });
  // @ts-expect-error it has no range
  void v2.ProductSku.of(1).where({ inventory_warning_level: { min: 1 } });

  // Rules: a condition is about an option or about a SKU.
  for (const condition of rule.conditions)
    if (condition.sku_id === null) same<typeof condition, v2.RuleOptionCondition>(true);
    else same<typeof condition, v2.RuleSkuCondition>(true);
  rule.price_adjuster = null;
  rule.price_adjuster = { adjuster: 'relative', adjuster_value: '-5.00' };
  rule.assign({
    price_adjuster: { adjuster: 'percentage', adjuster_value: -10 },
    weight_adjuster: { adjuster: 'absolute', adjuster_value: 1 },
  });
  // @ts-expect-error not a condition
  rule.assign({ conditions: [{ product_option_id: 1, option_value_id: 2, sku_id: 3 }] });
  // @ts-expect-error misspelt
  rule.assign({ price_adjuster: { adjuster: 'relative', value: '5.00' } });
  void v2.ProductRule.of(1).create({ conditions: [{ product_option_id: 1, option_value_id: 2 }, { sku_id: 3 }] });
  // @ts-expect-error no conditions
  void v2.ProductRule.of(1).create({ is_enabled: true });
  void v2.ProductRuleCondition.of(1, 2).create({ sku_id: 3 });
  void v2.ProductRuleCondition.of(1, 2).create({ product_option_id: 3, option_value_id: 4 });
  // @ts-expect-error neither an option nor a SKU
  void v2.ProductRuleCondition.of(1, 2).create({ option_value_id: 4 });
  void v2.ProductSkuOption.of(1, 2).create({ product_option_id: 3, option_value_id: 4 });
  // @ts-expect-error no value
  void v2.ProductSkuOption.of(1, 2).create({ product_option_id: 3 });

  // Options, images, videos, reviews.
  same<(typeof inSet.values)[number], v2.OptionSetOptionValue>(true);
  // @ts-expect-error they are those of the option
  inSet.assign({ values: [] });
  option.type = 'RB';
  void v2.Option.where({ display_name: 'Size', type: 'S' });
  // @ts-expect-error no such filter
  void v2.Option.where({ min_id: 1 });
  image.description = null;
  // @ts-expect-error follows from the file
  image.assign({ tiny_url: 'x' });
  void v2.ProductVideo.of(1).create({ url: 'https://www.youtube.com/watch?v=4wZ3ZG_Wams' });
  // @ts-expect-error no URL
  void v2.ProductVideo.of(1).create({ name: 'x' });
  video.name = 'New title';
  // @ts-expect-error follows from the URL
  video.assign({ id: 'x' });
  void v2.ProductReview.of(1).create({ author: 'A', title: 'x', review: 'x', rating: 5, status: 1, date_created: new Date() });
  // @ts-expect-error no such status
  void v2.ProductReview.of(1).create({ author: 'A', title: 'x', review: 'x', rating: 5, status: 3 });
  void v2.ProductDiscountRule.of(1).create({ type: 'percent', type_value: 10 });
}

describe('types of the V2 catalogue', () => {
  it('are checked by the compiler', () => expect(typeChecks).to.be.a('function'));
});
