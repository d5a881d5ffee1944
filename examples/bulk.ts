/** Many records: reads all, loads their relations, and writes them, in as few requests as the API allows. */
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Brand, Customer, Product } from 'bigrecord/v3';
import { printRequests, show } from './support/store.js';

const sandbox = await Sandbox.start();
printRequests(Session.configure(sandbox.credentials));

const query = Product.where({ is_visible: true }).include('images').preload('brand').limit(20);
await show('query.explain()', () => `\n${query.explain()}`);
const products = await show(
  'await query;',
  () => query,
  (all) => `${all.length} products with images and brands`,
);
await show('for (const product of products) await product.variants;   // one request for all of them', async () => {
  let variants = 0;
  for (const product of products) variants += (await product.variants).length;
  return `${variants} variants`;
});

for (const product of products) product.price += 1;
await show(
  'await Product.saveMany(products);',
  () => Product.saveMany(products),
  ({ succeeded, requests }) => `${succeeded.length} saved in ${requests} requests`,
);
await show(
  'await Product.saveMany(products).dryRun();',
  async () => {
    for (const product of products) product.price += 1;
    return Product.saveMany(products).dryRun();
  },
  (plan) => plan.map(({ method, path, body }) => `${method} ${path} with ${(body as unknown[]).length} records`),
);

const rows = ['ada', 'alan', '', 'grace'].map((name) => ({ first_name: name, last_name: 'X', email: `${name || 'nobody'}@example.org` }));
console.log('\nfor await (const { record, error } of Customer.createMany(rows)) …    // one row has no name');
for await (const { record, error } of Customer.createMany(rows))
  console.log(`    ${record.email}: ${error?.message ?? `saved as ${record.id}`}`);

await show(
  "await Brand.where({ name: { like: 'e' } }).updateAll({ page_title: 'Sale' });",
  () => Brand.where({ name: { like: 'e' } }).updateAll({ page_title: 'Sale' }),
  ({ succeeded }) => `${succeeded.length} brands`,
);
await show(
  'await Promise.all([1, 2, 3].map((id) => Product.find(id)));   // finds of one tick are one request',
  () => Promise.all([1, 2, 3].map((id) => Product.find(id))),
  (found) => found.map(({ id }) => id),
);
await sandbox.stop();
