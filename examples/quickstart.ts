/** The basics: find, change, save, relations, filters, create, destroy. Prints the HTTP request behind each call. */
import { Customer, Product, ProductOption } from 'bigrecord/v2';
import { openStore, printRequests, show } from './support/store.js';

const store = await openStore();
printRequests(store.session);
const first = await Product.first();
if (first === null) throw new Error('This store has no products yet; create one, or run against the sandbox.');

const product = await show(
  `const product = await Product.find(${first.id});`,
  () => Product.find(first.id),
  ({ id, name, price }) => ({ id, name, price }),
);

if (!store.isReal) {
  product.price = '199.90';
  await show("product.price = '199.90';  product.changes", () => product.changes);
  await show(
    'await product.save();            // only what changed',
    () => product.save(),
    ({ price }) => ({ price }),
  );
  await show(
    'await product.save();            // nothing changed: nothing sent',
    () => product.save(),
    ({ isDirty }) => ({ isDirty }),
  );
}

await show(
  'for (const option of await product.options) …',
  () => product.options,
  (options) => options.map((option) => option.display_name),
);
await show(
  'await product.options;           // cached: nothing sent',
  () => product.options,
  (options) => `${options.length} options`,
);
await show(
  'await product.brand;',
  () => product.brand,
  (brand) => brand?.name,
);
await show(
  `await ProductOption.of(${product.id}).all();`,
  () => ProductOption.of(product.id).all(),
  (options) => options.map(({ id }) => id),
);

await show(
  "await Customer.where({ first_name: 'John', last_name: 'Smith' }).first();",
  () => Customer.where({ first_name: 'John', last_name: 'Smith' }).first(),
  (customer) => customer?.email ?? null,
);
await show('await Product.count();', () => Product.count());

await show("Customer.where({ emial: 'x' });     // a misspelt filter never reaches the store", () => {
  try {
    // @ts-expect-error: it does not compile either
    Customer.where({ emial: 'x' });
  } catch (error) {
    return (error as Error).message.split('. ')[0];
  }
});

if (!store.isReal) {
  const created = await show(
    "const mug = await Product.create({ name: 'Blue mug', … });",
    () => Product.create({ name: 'Blue mug', type: 'physical', price: '12.00', weight: '0.4', categories: [1], availability: 'available' }),
    ({ id, isNew }) => ({ id, isNew }),
  );
  await show(
    'await mug.destroy();',
    () => created.destroy(),
    ({ isDestroyed }) => ({ isDestroyed }),
  );
}

await store.close();
