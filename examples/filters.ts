/** Filters, order, pages and counts, in both API generations. */
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { openStore, printRequests, show } from './support/store.js';

const store = await openStore();
printRequests(store.session);
const names = (products: readonly { name: string }[]): string =>
  products
    .map(({ name }) => name)
    .slice(0, 4)
    .join(', ');

await show(
  'v2: await Order.where({ total: { min: 100 } }).limit(3);',
  () => v2.Order.where({ total: { min: 100 } }).limit(3),
  (orders) => orders.map((order) => order.total_inc_tax),
);
await show(
  'v3: await Product.where({ inventory_level: { min: 30 }, is_visible: true });',
  () => v3.Product.where({ inventory_level: { min: 30 }, is_visible: true }),
  names,
);
await show(
  "v3: await Product.where({ id: { in: [3, 1, 2] } }).select('name', 'price');",
  () => v3.Product.where({ id: { in: [3, 1, 2] } }).select('name', 'price'),
  names,
);
await show(
  "v3: await Product.where('name', { like: 'oak' }).order('price', 'desc').limit(3);",
  () => v3.Product.where('name', { like: 'oak' }).order('price', 'desc').limit(3),
  names,
);
await show("v3: await Product.where({ date_modified: { min: new Date('2026-03-20') } }).count();", () =>
  v3.Product.where({ date_modified: { min: new Date('2026-03-20') } }).count(),
);
await show(
  'v3: await Product.page(2);        // with total and totalPages',
  () => v3.Product.perPage(25).page(2),
  (page) => ({ items: page.items.length, number: page.number, total: page.total, totalPages: page.totalPages }),
);
await show(
  'v2: await Customer.findBy({ email: … });',
  () => v2.Customer.findBy({ email: 'grace.smith@example.com' }),
  (customer) => customer?.first_name ?? null,
);
await show('v3: Product.where({ is_visible: true }).toRequest();   // sends nothing', () =>
  v3.Product.where({ is_visible: true }).toRequest(),
);

let seen = 0;
console.log('\nfor await (const product of v2.Product.perPage(20)) …');
for await (const product of v2.Product.perPage(20)) if (product.is_visible) seen++;
console.log(`    = ${seen} visible products, page by page`);

await store.close();
