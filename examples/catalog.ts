/** A product with variants and modifiers, and its price for a customer group. */
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import * as v3 from 'bigrecord/v3';
import { printRequests, show } from './support/store.js';

const sandbox = await Sandbox.start();
printRequests(Session.configure(sandbox.credentials));

const product = await show(
  "const product = await v3.Product.create({ name: 'Linen shirt', … });",
  () =>
    v3.Product.create({
      name: 'Linen shirt',
      type: 'physical',
      weight: 0.3,
      price: 60,
      custom_fields: [{ name: 'Fabric', value: 'Linen' }],
    }),
  ({ id, price }) => ({ id, price }),
);

const size = await show(
  "const size = await product.options.create({ display_name: 'Size', … });",
  () =>
    product.options.create({
      display_name: 'Size',
      type: 'rectangles',
      option_values: [
        { label: 'M', sort_order: 0 },
        { label: 'L', sort_order: 1 },
      ],
    }),
  ({ display_name }) => display_name,
);
const [medium, large] = await size.option_values;
if (medium === undefined || large === undefined) throw new Error('The option has no values.');

const sku = `SHIRT-${product.id}`;
const variant = await show(
  'const variant = await product.variants.create({ sku, option_values: [{ option_id, id }], price: 64 });',
  () => product.variants.create({ sku: `${sku}-L`, price: 64, option_values: [{ option_id: size.id, id: large.id }] }),
  ({ price }) => ({ price }),
);
await show(
  'variant.price = null; await variant.save();   // again the price of the product',
  () => {
    variant.price = null;
    return variant.save();
  },
  ({ price }) => ({ price }),
);

const monogram = await show(
  "const monogram = await product.modifiers.create({ type: 'text', config: { text_max_length: 3 }, … });",
  () =>
    product.modifiers.create({
      type: 'text',
      display_name: 'Monogram',
      required: false,
      config: { text_characters_limited: true, text_max_length: 3 },
    }),
  ({ config }) => config,
);
await show(
  'monogram.assign({ config: { ...monogram.config, text_max_length: 5 } }); await monogram.save();',
  () => monogram.assign({ config: { ...monogram.config, text_max_length: 5 } }).save(),
  ({ config }) => config.text_max_length,
);

const list = await v3.PriceList.create({ name: 'Wholesale' });
await list.records.create({ variant_id: variant.id, currency: 'usd', price: 45 });
await list.assignTo({ customer_group_id: 2, channel_id: 1 });
await show(
  'const [price] = await v3.Product.prices({ channel_id: 1, currency_code, customer_group_id: 2, items: [{ product_id, variant_id }] });',
  () =>
    v3.Product.prices({
      channel_id: 1,
      currency_code: 'USD',
      customer_group_id: 2,
      items: [{ product_id: product.id, variant_id: variant.id }],
    }),
  ([price]) => price?.calculated_price?.tax_inclusive,
);

await sandbox.stop();
