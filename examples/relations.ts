/** Relations: lazy, cached, filled from embedded data, and available without loading the parent. */
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { openStore, printRequests, show } from './support/store.js';

const store = await openStore();
printRequests(store.session);

const order = await v2.Order.first();
if (order === null) throw new Error('This store has no orders yet.');
await show(
  'const customer = await order.customer;',
  () => order.customer,
  (customer) => customer?.email ?? null,
);
await show(
  'await order.products;',
  () => order.products,
  (lines) => lines.map(({ name, quantity }) => `${quantity} × ${name}`),
);

const [product] = await show(
  "const [product] = await v3.Product.include('images', 'variants').limit(1);",
  () => v3.Product.include('images', 'variants').limit(1),
  (products) => products.map(({ name }) => name),
);
if (product !== undefined) {
  await show(
    'await product.images;             // was embedded: nothing sent',
    () => product.images,
    (images) => `${images.length} images`,
  );
  await show(
    'await v3.Product.ref(id).options;  // no request for the product',
    () => v3.Product.ref(product.id).options,
    (options) => options.map(({ display_name }) => display_name),
  );
  if (!store.isReal) {
    await show(
      'await product.images.create({ image_url: … });',
      () => product.images.create({ image_url: 'https://images.example.com/side.jpg' }),
      ({ id }) => ({ id }),
    );
    await show(
      'await product.images;',
      () => product.images,
      (images) => `${images.length} images`,
    );
  }
}

await store.close();
