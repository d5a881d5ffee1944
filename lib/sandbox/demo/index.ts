import * as v3 from '../../resources/v3/index.js';
import { carts } from './carts.js';
import { brands, categories, product } from './catalog.js';
import { catalogDetails } from './catalog-details.js';
import { customers } from './customers.js';
import { inventory } from './inventory.js';
import { marketing } from './marketing.js';
import { orders } from './orders.js';
import { type DemoRows, rows } from './rows.js';
import { settings } from './settings.js';

/**
 * Returns the rows of the demo store, which are always the same: 60 products with images, options and variants, 8 brands,
 * 10 categories, 30 customers with addresses, 40 orders.
 */
export function demoStore(): DemoRows[] {
  const [first, ...others] = [product(0), ...upTo(59, (index) => product(index + 1))];
  return [
    rows(v3.Brand, brands),
    rows(v3.Category, categories),
    rows(v3.Product, [first, ...others]),
    ...catalogDetails(),
    ...settings(),
    ...inventory(),
    ...customers(),
    ...marketing(),
    ...carts(),
    ...orders(40, [first, ...others]),
  ];
}

const upTo = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));
