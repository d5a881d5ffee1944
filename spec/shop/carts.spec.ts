import { Cart, Customer, Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { useStore } from '../support/store.js';
import { refusal, refusals } from './refusal.js';

const chair = { name: 'Oak Chair', sku: 'CHAIR', type: 'physical', weight: 8, price: 30 } as const;
const cushion = { name: 'Wool Cushion', sku: 'CUSHION', type: 'physical', weight: 1, price: 10 } as const;

/** What the lines of a cart are made of is shown on request (carts.v3.yml, include). */
const options = { params: { include: ['line_items.physical_items.options'] } } as const;

describe('job: fill carts', () => {
  useStore();

  it('prices of the lines come from the catalog, a sale price before the price, an own price before both', async () => {
    const plain = await Product.create(chair);
    const onSale = await Product.create({ ...cushion, sale_price: 8 });
    const cart = await Cart.create({
      line_items: [
        { product_id: plain.id, quantity: 2 },
        { product_id: onSale.id, quantity: 1 },
      ],
    });
    expect(cart).to.include({ customer_id: 0, channel_id: 1, base_amount: 68, discount_amount: 0, cart_amount: 68, tax_included: false });
    expect(cart.currency.code).to.equal('USD');
    expect(cart.coupons).to.deep.equal([]);
    const [first, second] = cart.line_items.physical_items;
    expect(first).to.include({
      name: 'Oak Chair',
      sku: 'CHAIR',
      quantity: 2,
      variant_id: plain.base_variant_id,
      parent_id: null,
      is_mutable: true,
      is_require_shipping: true,
    });
    expect(first).to.include({
      original_price: 30,
      list_price: 30,
      sale_price: 30,
      extended_list_price: 60,
      extended_sale_price: 60,
      coupon_amount: 0,
    });
    expect(second).to.include({ original_price: 10, list_price: 8, sale_price: 8 });
    await cart.updateItem(second?.id ?? '', { line_item: { product_id: onSale.id, quantity: 3, list_price: 5 } });
    expect(cart.line_items.physical_items[1]).to.include({ original_price: 10, list_price: 5, extended_list_price: 15 });
    expect(await Cart.find(cart.id)).to.include({ base_amount: 75, cart_amount: 75 });
  });

  it('a product with variants asks for one, and a required text for its text', async () => {
    const shirt = await Product.create({
      ...cushion,
      name: 'Shirt',
      sku: 'SHIRT',
      variants: ['S', 'L'].map((label) => ({
        sku: `SHIRT-${label}`,
        price: label === 'L' ? 12 : 11,
        option_values: [{ option_display_name: 'Size', label }],
      })),
    });
    const [, large] = await shirt.variants;
    expect(await refusal(Cart.create({ line_items: [{ product_id: shirt.id, quantity: 1 }] }))).to.equal(422);
    const cart = await Cart.create({ line_items: [{ product_id: shirt.id, variant_id: large?.id, quantity: 1 }] }, options);
    expect(cart.line_items.physical_items[0]).to.include({ sku: 'SHIRT-L', list_price: 12, variant_id: large?.id });
    expect(cart.line_items.physical_items[0]?.options?.map(({ name, value }) => `${name}: ${value}`)).to.deep.equal(['Size: L']);
    const ring = await Product.create({ ...cushion, name: 'Ring', sku: 'RING' });
    const text = await ring.modifiers.create({ display_name: 'Engraving', type: 'text', required: true, config: { text_min_length: 1 } });
    expect(await refusal(cart.addItems({ line_items: [{ product_id: ring.id, quantity: 1 }] }))).to.equal(422);
    const engraved = { product_id: ring.id, quantity: 1, option_selections: [{ option_id: text.id, option_value: 'Hello!' }] };
    await cart.addItems({ line_items: [engraved] }, options);
    expect(cart.line_items.physical_items[1]?.options?.[0]).to.include({ name: 'Engraving', nameId: text.id, value: 'Hello!' });
    expect(cart.base_amount).to.equal(22);
  });

  it('quantities that the product does not allow are a conflict; a product that is not there is refused', async () => {
    const limited = await Product.create({ ...chair, order_quantity_minimum: 2, order_quantity_maximum: 4 });
    expect(await refusal(Cart.create({ line_items: [{ product_id: limited.id, quantity: 1 }] }))).to.equal(409);
    expect(await refusal(Cart.create({ line_items: [{ product_id: limited.id, quantity: 5 }] }))).to.equal(409);
    expect(await refusal(Cart.create({ line_items: [{ product_id: 4711, quantity: 1 }] }))).to.be.oneOf(refusals);
    const cart = await Cart.create({ line_items: [{ product_id: limited.id, quantity: 3 }] });
    const id = cart.line_items.physical_items[0]?.id ?? '';
    expect(await refusal(cart.updateItem(id, { line_item: { product_id: limited.id, quantity: 5 } }))).to.equal(409);
    expect((await Cart.find(cart.id)).base_amount).to.equal(90);
  });

  it('an own item and a gift certificate, which are in no catalog; the amount of a certificate has bounds', async () => {
    const certificate = (amount: number) => ({
      name: 'Gift',
      theme: 'Birthday',
      amount,
      quantity: 1,
      sender: { name: 'Jane', email: 'jane@example.com' },
      recipient: { name: 'Joe', email: 'joe@example.com' },
    });
    const cart = await Cart.create({
      custom_items: [{ name: 'Delivery up the stairs', sku: 'STAIRS', quantity: 2, list_price: 15 }],
      line_items: [],
    });
    await cart.addItems({ gift_certificates: [certificate(50)] });
    expect(cart.line_items.custom_items[0]).to.include({ name: 'Delivery up the stairs', list_price: 15, extended_list_price: 30 });
    expect(cart.line_items.gift_certificates[0]).to.include({ amount: 50, theme: 'Birthday', taxable: false });
    expect(cart.base_amount).to.equal(80);
    expect(await refusal(cart.addItems({ gift_certificates: [certificate(1001)] }))).to.equal(422);
    expect(await Product.where({ name: 'Delivery up the stairs' }).count()).to.equal(0);
  });

  it('two tills at one cart: the one with the older version is told so', async () => {
    const { id: product_id } = await Product.create(chair);
    const cart = await Cart.create({ line_items: [{ product_id, quantity: 1 }] });
    const other = await Cart.find(cart.id);
    const item = cart.line_items.physical_items[0]?.id ?? '';
    await cart.updateItem(item, { line_item: { product_id, quantity: 2 }, version: cart.version });
    expect(cart.version).to.equal(other.version + 1);
    expect(await refusal(other.updateItem(item, { line_item: { product_id, quantity: 9 }, version: other.version }))).to.equal(409);
    expect(await refusal(other.removeItem(item, { version: other.version }))).to.equal(409);
    await other.reload();
    expect(other.line_items.physical_items[0]?.quantity).to.equal(2);
    await other.updateItem(item, { line_item: { product_id, quantity: 3 }, version: other.version });
    expect((await cart.reload()).base_amount).to.equal(90);
  });

  it('a cart changes hands and gives its addresses; its last item takes it along', async () => {
    const { id: product_id } = await Product.create(chair);
    const customer = await Customer.create({ email: 'cart@example.com', first_name: 'Ann', last_name: 'Bo' });
    const cart = await Cart.create({ line_items: [{ product_id, quantity: 1 }] });
    await cart.update({ customer_id: customer.id });
    expect(await Cart.find(cart.id)).to.include({ customer_id: customer.id, email: 'cart@example.com' });
    const urls = await cart.redirectUrls();
    expect(urls.checkout_url).to.match(new RegExp(`^https://.*${cart.id}`));
    expect(urls.embedded_checkout_url).to.match(/^https:/);
    await cart.removeItem(cart.line_items.physical_items[0]?.id ?? '');
    expect(await refusal(Cart.find(cart.id))).to.equal(404);
  });
});
