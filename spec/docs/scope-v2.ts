/** For pages that speak of V2: see scope.ts. */
import { Customer, Product } from 'bigrecord/v2';
import * as common from './scope.js';

export { rootCertificates } from 'node:tls';
export { Customer, OptionSet, Order, Product, ProductImage, ProductOption, ProductSku, Store, Time } from 'bigrecord/v2';
export * as v3 from 'bigrecord/v3';
export * from './scope.js';

export let product: Product;
export let customer: Customer;
export const customerId = 7;
export const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
export const name = 'Basil mug';
export const type = 'physical';
/** What a page leaves out of the attributes of a new product. */
export const others = { price: '12.00', weight: '1', categories: [1], availability: 'available' as const };

export async function open(): Promise<void> {
  await common.open();
  product = await Product.find(1);
  customer = await Customer.find(1);
}
