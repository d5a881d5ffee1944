import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';

/** Fails to compile unless both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => {};

/** Never called: it is the compiler that checks it, when the specs are built. */
async function products(product: v3.Product): Promise<void> {
  product.custom_url = { url: '/new/', create_redirect: true };
  product.assign({ custom_url: { url: '/new/' } });
  // @ts-expect-error misspelt
  product.assign({ custom_url: { ulr: '/new/' } });
  // @ts-expect-error a string
  product.custom_url = '/new/';
  product.condition = 'Used';
  product.condition = 'Like new';
  // @ts-expect-error not a number
  product.condition = 1;
  product.date_last_imported = new Date();
  // @ts-expect-error a Date, not a string
  product.date_last_imported = '2026-01-05';
  same<typeof product.base_variant_id, number | null>(true);
  same<typeof product.primary_image.url_standard, string>(true);
  // @ts-expect-error its images are written through the relation
  product.primary_image = { url_standard: 'x' };
  same<(typeof product.parent_relations)[number]['product_id'], number>(true);
  // @ts-expect-error written through ChannelAssignment
  product.assign({ channels: [1] });
  const [priced] = await v3.Product.prices({ channel_id: 1, currency_code: 'USD', items: [{ product_id: 1 }] });
  same<NonNullable<typeof priced>['price'], v3.TaxedPrice | undefined>(true);
  // @ts-expect-error the currency is required
  void v3.Product.prices({ channel_id: 1, items: [{ product_id: 1 }] });
  // @ts-expect-error misspelt
  void v3.Product.prices({ channel_id: 1, currency_code: 'USD', items: [{ prodct_id: 1 }] });
}

function variants(variant: v3.ProductVariant, product: v3.Product): void {
  variant.price = null;
  variant.weight = null;
  variant.upc = null;
  variant.assign({ price: null, option_values: [{ id: 1, option_id: 2 }] });
  // @ts-expect-error every variant has a SKU
  variant.sku = null;
  // @ts-expect-error a product has a price
  product.price = null;
  // @ts-expect-error not a string
  variant.price = '1.00';
  same<(typeof variant.option_values)[number]['option_display_name'], string>(true);
  void v3.ProductVariant.of(1).create({ sku: 'A-1', option_values: [{ id: 1, option_id: 2 }] });
  // @ts-expect-error option values are required
  void v3.ProductVariant.of(1).create({ sku: 'A-1' });
  void v3.Product.create({ name: 'A', type: 'physical', weight: 1, price: 2, variants: [{ sku: 'A-1', price: null, map_price: 1 }] });
}

function options(
  modifier: v3.ProductModifier,
  value: v3.ProductModifierValue,
  option: v3.ProductOption,
  rule: v3.ProductComplexRule,
): void {
  modifier.config = { checkbox_label: 'Gift wrap', checked_by_default: true };
  // @ts-expect-error
  modifier.config = { checkbox_text: 'Gift wrap' };
  modifier.config.date_limit_mode = 'range';
  // @ts-expect-error
  modifier.config.file_max_size = '5';
  value.value_data = { colors: ['#123c91'] };
  value.value_data = null;
  // @ts-expect-error an array
  value.value_data = { colors: '#123c91' };
  value.adjusters = { price: { adjuster: 'relative', adjuster_value: 5 } };
  value.adjusters = { price: null };
  // @ts-expect-error
  value.adjusters = { price: 5 };
  // @ts-expect-error made from the display name
  option.name = 'x';
  option.type = 'swatch';
  void v3.ProductOption.of(1).create({ display_name: 'Size', type: 'dropdown', option_values: [{ label: 'S', sort_order: 0 }] });
  // @ts-expect-error values are required
  void v3.ProductOption.of(1).create({ display_name: 'Size', type: 'dropdown' });
  rule.assign({ conditions: [{ modifier_id: 1, modifier_value_id: 2 }, { variant_id: 3 }], price_adjuster: null });
  // @ts-expect-error
  rule.assign({ conditions: [{ modifier: 1 }] });
  // @ts-expect-error the store numbers the conditions
  rule.assign({ conditions: [{ id: 1 }] });
  // @ts-expect-error conditions are required
  void v3.ProductComplexRule.of(1).create({ enabled: true });
  void v3.ProductImage.of(1).create({ image_url: 'https://x.example/a.jpg' });
  // @ts-expect-error an image has an address
  void v3.ProductImage.of(1).create({ description: 'Side' });
  // @ts-expect-error a video has a key on its host
  void v3.ProductVideo.of(1).create({ title: 'How to' });
}

async function others(node: v3.CategoryNode, category: v3.Category, summary: v3.CatalogSummary, product: v3.Product): Promise<void> {
  category.default_product_sort = 'price_asc';
  category.custom_url = { url: '/bath/' };
  same<(typeof node.children)[number]['children'], readonly v3.CategoryBranch[]>(true);
  // @ts-expect-error read-only
  node.children = [];
  same<typeof summary.oldest_variant_date, Date | null>(true);
  void v3.TreeCategory.create({ name: 'Bath', tree_id: 1, url: { path: '/bath/' } });
  void v3.TreeCategory.create({ name: 'Bath', parent_id: 1 });
  // @ts-expect-error neither a tree nor a parent
  void v3.TreeCategory.create({ name: 'Bath' });
  void v3.CategoryTree.create({ name: 'Main', channels: [1] });
  // @ts-expect-error a tree is made for a channel
  void v3.CategoryTree.create({ name: 'Main' });
  const [metafield] = await product.metafields;
  same<NonNullable<typeof metafield>['id'], number>(true);
  same<v3.CartMetafield['resource_id'], string>(true);
  const common: v3.Metafield | undefined = metafield;
  common?.assign({ permission_set: 'read_and_sf_access' });
  // @ts-expect-error the store tells it
  common?.assign({ resource_type: 'product' });
}

async function priceLists(list: v3.PriceList, record: v3.PriceListRecord): Promise<void> {
  same<Awaited<ReturnType<typeof list.assignTo>>, v3.AssignedPriceList>(true);
  // @ts-expect-error the channel is required
  void list.assignTo({ customer_group_id: 1 });
  record.sale_price = null;
  record.bulk_pricing_tiers = [{ quantity_min: 5, quantity_max: null, type: 'percent', amount: 10 }];
  // @ts-expect-error
  record.bulk_pricing_tiers = [{ quantity: 5 }];
  void list.records.create({ sku: 'A-1', currency: 'usd', price: 3 });
  // @ts-expect-error the currency is required
  void list.records.create({ variant_id: 1, price: 3 });
  // @ts-expect-error neither a variant nor a SKU
  void list.records.create({ currency: 'usd', price: 3 });
  void v3.PriceListRecord.upsertAcross([{ price_list_id: 1, sku: 'A-1', currency: 'usd', price: 3 }]);
  // @ts-expect-error neither a variant nor a SKU
  void v3.PriceListRecord.createAcross([{ price_list_id: 1, currency: 'usd', price: 3 }]);
  // @ts-expect-error the store calculates it
  void v3.PriceListRecord.createAcross([{ price_list_id: 1, variant_id: 1, currency: 'usd', calculated_price: 3 }]);
}

describe('types of the V3 catalog', () => {
  it('are checked by the compiler', () => {
    for (const checks of [products, variants, options, others, priceLists]) expect(checks).to.be.a('function');
  });
});
