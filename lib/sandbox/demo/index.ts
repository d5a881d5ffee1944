import * as v2 from '../../resources/v2/index.js';
import * as v3 from '../../resources/v3/index.js';
import { brands, categories, product } from './catalog.js';
import { customer } from './customers.js';
import { inventory } from './inventory.js';
import { order } from './orders.js';
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
    rows(v2.ProductConfigurableField, [{ id: 1, name: 'Engraving', type: 'T', is_required: false }], { product_id: '1' }),
    rows(v2.GoogleProductSearchMapping, [{ product_id: 1, enabled: true, custom_item: false }], { product_id: '1' }),
    ...settings(),
    ...inventory(),
    rows(v2.Customer, upTo(30, customer)),
    rows(
      v2.Order,
      upTo(40, (index) => order(index, [first, ...others])),
    ),
  ];
}

const upTo = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));
