import { Attribute, type DeclaredFilters, filtersOf, Resource } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';

const added = { new_filter: String } as const;

@Resource(undefined, { filters: added })
class Tomorrow extends v3.Product {
  @Attribute(() => Number) new_price!: number;
  override [filtersOf]?(): DeclaredFilters<v3.Product> & typeof added;
}

/**
 * Never called: it is the compiler that checks it, when the specs are built. Each line under an expected error fails the
 * build as soon as it compiles.
 */
export async function paramChecks(cart: v3.Cart, product: v3.Product, order: v2.Order, settings: v3.LogoSettings): Promise<void> {
  await v3.Cart.find('x', { params: { include: ['redirect_urls', 'promotions.banners'] } });
  await v3.Cart.create(
    { customer_id: 1, line_items: [{ product_id: 1, quantity: 1 }] },
    { params: { include: 'redirect_urls' }, reconcile: true },
  );
  await cart.save({ params: { include: ['redirect_urls'] }, ifUnchanged: true });
  await cart.update({ customer_id: 2 }, { params: { include: ['redirect_urls'] } });
  await cart.reload({ params: { include: ['redirect_urls'] }, timeout: 5 });
  await cart.addItems({}, { params: { include: ['redirect_urls'] } });
  (await cart.addItems({})).customer_id.toFixed();
  await product.save({ params: { include: ['variants'], include_fields: ['name', 'price'] } });
  await v3.Product.find(1, { params: { include: ['variants'] } });
  await v3.Product.where({ is_visible: true }).find([1, 2], { params: { include: ['variants'] } });
  await v3.Channel.find(1, { params: { include: ['currencies'] } });
  await order.refund({ items: [], payments: [] }, { params: { transaction_id: 'x' } });
  await v2.Order.create({ billing_address: {}, products: [] }, { params: { include: ['fees'] } });
  await v3.StorefrontSeoSettings.where({ channel_id: 2 }).get();
  await v3.StorefrontSeoSettings.get({ params: { channel_id: 2 } });
  await v3.LogoSettings.upload({ content: new Uint8Array(), name: 'x.png' }, { params: { channel_id: 2 } });
  await v3.EmailTemplate.destroy('invoice_email', { params: { channel_id: 2 } });
  await v3.OrderRefund.of(1).create({ tax_adjustment_amount: 1 }, { params: { transaction_id: 'x' } });
  Tomorrow.where({ new_filter: 'x', name: 'y' });
  (await Tomorrow.find(1)).new_price.toFixed();

  // @ts-expect-error: no such name to include
  await v3.Cart.find('x', { params: { include: ['redirect_url'] } });
  // @ts-expect-error: no such parameter
  await v3.Cart.find('x', { params: { includes: ['redirect_urls'] } });
  // @ts-expect-error: no parameters of a deletion
  await v3.Cart.destroy('x', { params: { include: ['redirect_urls'] } });
  // @ts-expect-error: no parameters of a deletion
  await cart.destroy({ params: { include: ['redirect_urls'] } });
  // @ts-expect-error: no such name to include
  await product.save({ params: { include: ['brand'] } });
  // @ts-expect-error: a parameter of updates
  await v3.Product.create({ name: 'x' }, { params: { include: ['variants'] } });
  // @ts-expect-error: a model without parameters
  await v3.Brand.create({ name: 'x' }, { params: { include: ['metafields'] } });
  // @ts-expect-error: a model without parameters
  await v3.Brand.find(1, { params: { foo: 1 } });
  // @ts-expect-error: another type of value
  await settings.reload({ params: { channel_id: 'two' } });
  // @ts-expect-error: no such filter
  await v3.StorefrontSeoSettings.where({ chanel_id: 2 }).get();
  // @ts-expect-error: no such name to include
  await cart.addItems({}, { params: { include: ['redirect_url'] } });
  // @ts-expect-error: no such parameter
  await cart.addItems({}, { params: { included: ['redirect_urls'] } });
  // @ts-expect-error: no such filter in either
  Tomorrow.where({ newer_filter: 'x' });
  // @ts-expect-error: a parameter of single reads, writes and actions
  await v3.Cart.all({ params: { include: ['redirect_urls'] } });
}
