/** For pages that speak of V3: see scope.ts. */
import { Attribute, Model, Resource } from 'bigrecord';
import { Order } from 'bigrecord/v2';
import { Cart, Product, ProductImage, Theme } from 'bigrecord/v3';
import * as common from './scope.js';

export { Attribute, BeforeSave, BelongsTo, HasMany, Model, Resource } from 'bigrecord';
export { Order, ProductSku, Store } from 'bigrecord/v2';
export { Brand, Customer, OrderMetafield, Product, ProductImage, ProductOption, ProductOptionValue } from 'bigrecord/v3';
export * from './scope.js';

export class Size {
  width!: number;
  height!: number;
}

@Resource('/widgets/:widget_id/parts', { version: 'v3' })
export class Part extends Model<Part> {
  @Attribute({ readOnly: true }) readonly id!: number;
}

export let product: Product;
export let products: Product[];
export let page: Product[];
export let image: ProductImage;
export let order: Order;
export let cart: Cart;
export let theme: Theme;
/** The variation of the active theme of the demo store. */
export const variation_id = '11111111-1111-4111-8111-000000000001';
export const line_items = [{ product_id: 1, quantity: 2 }];
export const items = [{ item_type: 'ORDER' as const, item_id: 100, amount: 5 }];
export const payments = [{ provider_id: 'storecredit', amount: 5, offline: false }];
export const content = new Blob(['picture']);
export const metafield = { key: 'k', value: 'v', namespace: 'n', permission_set: 'app_only' as const };
export const attributes = { email: 'new@example.com', first_name: 'New', last_name: 'Customer' };
export const rows = ['A', 'B'].map((letter) => ({
  email: `${letter}@example.com`,
  first_name: letter,
  last_name: letter,
  name: `Bowl ${letter}`,
  type: 'physical' as const,
  weight: 1,
  price: 2,
}));

export async function open(): Promise<void> {
  await common.open();
  products = await Product.limit(20).all();
  for (const each of products) each.is_featured = !each.is_featured;
  page = await Product.limit(3).all();
  product = await Product.find(1);
  product.price = 12;
  image = (await product.images)[0] as ProductImage;
  image.description = 'From the side';
  order = await Order.find(100);
  order.staff_notes = 'Seen';
  cart = await Cart.create({ line_items } as never);
  theme = (await Theme.first()) as Theme;
}
