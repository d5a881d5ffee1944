import { ClientError, Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';

const certificate = {
  name: 'Gift',
  theme: 'Birthday',
  amount: 50,
  quantity: 2,
  sender: { name: 'A', email: 'a@b.co' },
  recipient: { name: 'C', email: 'c@d.co' },
};

const refused = async (call: PromiseLike<unknown>): Promise<[number, string]> => {
  const { status, body } = await rejection(call, ClientError);
  return [status, JSON.stringify(body)];
};

describe('carts of the sandbox', () => {
  let store: Sandbox;

  before(async () => {
    store = await Sandbox.start();
    Session.configure(store.credentials);
  });
  after(() => store.stop());

  // Product 1 is an oak bowl for 10.95, product 2 a linen apron for 17.95; each has the colours Sand, Moss and Ink.
  const bowl = { product_id: 1, quantity: 2 };

  it('know the products of the catalogue, and put what is the same on one line', async () => {
    const cart = await v3.Cart.create({ line_items: [bowl, { product_id: 2, quantity: 1 }] });
    await cart.addItems({ line_items: [{ product_id: 1, quantity: 1 }] });
    const [first, second] = cart.line_items.physical_items;
    expect(first).to.include({
      name: 'Oak Bowl',
      sku: 'OAK-BOWL-SAND',
      variant_id: 1,
      quantity: 3,
      list_price: 10.95,
      extended_list_price: 32.85,
    });
    expect(first?.image_url).to.equal((await v3.ProductImage.of(1).first())?.url_standard);
    expect(second).to.include({ name: 'Linen Bowl', list_price: 17.95, sale_price: 17.95, discount_amount: 0 });
    expect(await v3.Cart.find(cart.id)).to.include({ base_amount: 50.8, cart_amount: 50.8, channel_id: 1, customer_id: 0, version: 2 });
  });

  it('find the variant by its id or its options', async () => {
    const chosen = { ...bowl, option_selections: [{ option_id: 1, option_value: 3 }] };
    const cart = await v3.Cart.create(
      { line_items: [{ ...bowl, variant_id: 2 }, chosen] },
      { params: { include: ['line_items.physical_items.options'] } },
    );
    const items = cart.line_items.physical_items;
    expect(items.map(({ sku }) => sku)).to.deep.equal(['OAK-BOWL-MOSS', 'OAK-BOWL-INK']);
    expect(items[1]?.options?.[0]).to.deep.equal({ name: 'Colour', nameId: 1, value: 'Ink', valueId: 3 });
    expect((await v3.Cart.find(cart.id)).line_items.physical_items[1]).to.not.have.property('options');
    await cart.updateItem(items[1]?.id ?? '', { line_item: { ...bowl, option_selections: [{ option_id: 1, option_value: 1 }] } });
    expect(cart.line_items.physical_items[1]).to.include({ id: items[1]?.id, sku: 'OAK-BOWL-SAND', quantity: 2 });
  });

  it('are refused with what cannot be bought', async () => {
    const option_values = [1, 2].map((id) => ({ id: 9000 + id, label: `Size ${id}` }));
    const variants = [1, 2].map((id) => ({ id: 9000 + id, option_values: [{ id: 9000 + id, option_id: 9000, label: `Size ${id}` }] }));
    store.insert(v3.Product, [
      { id: 901, name: 'Shirt', price: 20, type: 'physical', options: [{ id: 9000, display_name: 'Size', option_values }], variants },
      { id: 902, name: 'Gone', price: 20, type: 'physical', availability: 'disabled' },
      { id: 903, name: 'Some', price: 20, type: 'physical', order_quantity_minimum: 2, order_quantity_maximum: 4 },
      {
        id: 904,
        name: 'Ring',
        price: 20,
        type: 'physical',
        modifiers: [{ id: 9100, display_name: 'Engraving', type: 'text', required: true }],
      },
    ]);
    const cases: [object, number, string][] = [
      [{ product_id: 999_999, quantity: 1 }, 422, 'line_items.0.product_id'],
      [{ product_id: 902, quantity: 1 }, 422, 'cannot be purchased'],
      [{ product_id: 901, quantity: 1 }, 422, 'This product has options; variant ID is required'],
      [{ product_id: 901, quantity: 1, variant_id: 1 }, 422, 'is not a variant of this product'],
      [{ product_id: 903, quantity: 1 }, 409, 'minimum of 2'],
      [{ product_id: 903, quantity: 5 }, 409, 'maximum of 4'],
      [{ product_id: 904, quantity: 1 }, 422, 'Engraving'],
      [{ product_id: 1, quantity: 0 }, 422, 'line_items.0.quantity'],
    ];
    for (const [item, status, text] of cases) {
      const [got, body] = await refused(v3.Cart.create({ line_items: [item as typeof bowl] }));
      expect([got, body.includes(text)], `${JSON.stringify(item)}: ${body}`).to.deep.equal([status, true]);
    }
    const ring = { product_id: 904, quantity: 1, option_selections: [{ option_id: 9100, option_value: 'Hello!' }] };
    const cart = await v3.Cart.create({ line_items: [{ product_id: 901, quantity: 1, variant_id: 9002 }, ring] });
    expect(cart.base_amount).to.equal(40);
  });

  it('are refused with a channel, customer or currency that they cannot have', async () => {
    store.insert(v2.Currency, [{ currency_code: 'NZD', name: 'Dollar', is_transactional: false, currency_exchange_rate: '1.6' }]);
    const cases: [object, number][] = [
      [{ channel_id: 77 }, 422],
      [{ customer_id: 777 }, 422],
      [{ currency: { code: 'NZD' } }, 400],
      [{ line_items: [] }, 422],
    ];
    for (const [values, status] of cases) {
      const [got] = await refused(v3.Cart.create({ line_items: [bowl], ...values }));
      expect(got, JSON.stringify(values)).to.equal(status);
    }
  });

  it('convert prices to their currency', async () => {
    store.insert(v2.Currency, [{ currency_code: 'AUD', name: 'Dollar', is_transactional: true, currency_exchange_rate: '2' }]);
    const cart = await v3.Cart.create({ line_items: [bowl], currency: { code: 'AUD' } });
    expect([cart.currency.code, cart.line_items.physical_items[0]?.list_price, cart.base_amount]).to.deep.equal(['AUD', 21.9, 43.8]);
  });

  it('have prices of their own, custom items, gift certificates and downloads', async () => {
    store.insert(v3.Product, [{ id: 910, name: 'Song', price: 3, type: 'digital' }]);
    const cart = await v3.Cart.create({
      line_items: [
        { ...bowl, list_price: 5, name: 'Special bowl' },
        { product_id: 910, quantity: 1 },
      ],
      custom_items: [{ name: 'Carrying', sku: 'UP', quantity: 2, list_price: 15 }],
      gift_certificates: [certificate],
    });
    const { physical_items, digital_items, custom_items, gift_certificates } = cart.line_items;
    expect(physical_items[0]).to.include({ name: 'Special bowl', list_price: 5, original_price: 10.95, extended_list_price: 10 });
    expect(digital_items[0]).to.include({ name: 'Song', is_require_shipping: false, list_price: 3 });
    expect(custom_items[0]).to.include({ name: 'Carrying', extended_list_price: 30 });
    expect(gift_certificates.map(({ amount, taxable }) => [amount, taxable])).to.deep.equal([
      [50, false],
      [50, false],
    ]);
    // 2 × 5 + 3 + 2 × 15 + 2 × 50
    expect([cart.base_amount, cart.cart_amount]).to.deep.equal([143, 143]);
    const item = custom_items[0]?.id ?? '';
    await cart.updateItem(item, { custom_items: [{ quantity: 1 }] });
    expect((await v3.Cart.find(cart.id)).base_amount).to.equal(128);
    const [status, body] = await refused(cart.addItems({ gift_certificates: [{ ...certificate, amount: 1001, theme: 'Winter' }] }));
    expect([status, body.includes('gift_certificates.0.amount'), body.includes('gift_certificates.0.theme')]).to.deep.equal([
      422,
      true,
      true,
    ]);
    expect((await refused(cart.addItems({ custom_items: [{ name: '', quantity: 1, list_price: 1 }] })))[0]).to.equal(422);
    expect((await refused(cart.addItems({})))[0]).to.equal(422);
  });

  it('add the price adjusters of modifiers', async () => {
    const values = [
      { id: 9201, label: 'Oak', adjusters: { price: { adjuster: 'relative', adjuster_value: 5 } } },
      { id: 9202, label: 'Gold', adjusters: { price: { adjuster: 'percentage', adjuster_value: 50 } } },
    ];
    store.insert(v3.Product, [{ id: 920, name: 'Frame', price: 20, type: 'physical' }]);
    store.insert(v3.ProductModifier, [{ id: 9200, display_name: 'Wood', type: 'dropdown', required: true, option_values: values }], {
      product_id: 920,
    });
    const frame = (option_value: number) => ({ product_id: 920, quantity: 1, option_selections: [{ option_id: 9200, option_value }] });
    const cart = await v3.Cart.create({ line_items: [frame(9201), frame(9202)] });
    expect(cart.line_items.physical_items.map(({ list_price }) => list_price)).to.deep.equal([25, 30]);
  });

  it('have the prices of the group of their customer', async () => {
    const group = await v2.CustomerGroup.create({
      name: 'Friends',
      discount_rules: [
        { type: 'all', method: 'percent', amount: '10' },
        { type: 'product', product_id: 2, method: 'fixed', amount: '7.95' },
      ],
    });
    const { id: customer_id } = await v3.Customer.create({
      email: 'friend@b.co',
      first_name: 'F',
      last_name: 'F',
      customer_group_id: group.id,
    });
    const cart = await v3.Cart.create({
      customer_id,
      line_items: [
        { product_id: 1, quantity: 1 },
        { product_id: 2, quantity: 1 },
      ],
    });
    // 10.95 less a tenth is 9.855.
    expect(cart.line_items.physical_items.map(({ list_price }) => list_price)).to.deep.equal([9.86, 10]);
    expect([cart.email, cart.cart_amount]).to.deep.equal(['friend@b.co', 19.86]);
  });

  it('lose coupons when the customer changes', async () => {
    const cart = await v3.Cart.create({ line_items: [bowl] });
    await (await v3.Checkout.find(cart.id)).addCoupon('WELCOME');
    expect((await cart.reload()).cart_amount).to.equal(16.9);
    await cart.update({ customer_id: 3 });
    expect([cart.coupons, cart.cart_amount]).to.deep.equal([[], 21.9]);
    expect(cart.email).to.equal((await v3.Customer.find(3)).email);
  });

  it('refuse a stale version, whatever changes them', async () => {
    const cart = await v3.Cart.create({ line_items: [bowl] });
    const id = cart.line_items.physical_items[0]?.id ?? '';
    await cart.addItems({ line_items: [{ product_id: 2, quantity: 1 }], version: 1 });
    const stale = { version: 1 };
    const calls = [
      () => cart.addItems({ line_items: [bowl], ...stale }),
      () => cart.updateItem(id, { line_item: bowl, ...stale }),
      () => cart.removeItem(id, stale),
      () => v3.Checkout.ref(cart.id).setBillingAddress({ email: 'a@b.co', country_code: 'US', ...stale }),
      () => v3.Checkout.ref(cart.id).addConsignments([{ address: { email: 'a@b.co', country_code: 'US' }, ...stale }]),
      () => v3.Checkout.ref(cart.id).addDiscounts({ cart: { discounts: [], ...stale } }),
      () => v3.Checkout.ref(cart.id).addCoupon('WELCOME', stale),
    ];
    for (const call of calls) expect((await refused(call()))[0]).to.equal(409);
    expect((await cart.reload()).version).to.equal(2);
  });

  it('go with their last line, and not before', async () => {
    const cart = await v3.Cart.create({ line_items: [bowl], gift_certificates: [{ ...certificate, quantity: 1 }] });
    await cart.removeItem(cart.line_items.physical_items[0]?.id ?? '');
    expect((await v3.Cart.find(cart.id)).base_amount).to.equal(50);
    await cart.removeItem(cart.line_items.gift_certificates[0]?.id ?? '');
    expect(cart.isDestroyed).to.equal(true);
    expect((await refused(v3.Checkout.find(cart.id)))[0]).to.equal(404);
  });

  it('have addresses, also with parameters of the caller', async () => {
    const cart = await v3.Cart.create({ line_items: [bowl] }, { params: { include: ['redirect_urls'] } });
    expect(cart.redirect_urls?.checkout_url).to.contain(`action=loadInCheckout&id=${cart.id}`);
    expect((await cart.redirectUrls({ query_params: { campaign: 'a b' } })).cart_url).to.contain('&campaign=a%20b');
    expect(await v3.Cart.find(cart.id)).to.not.have.property('redirect_urls');
  });

  it('of the demo store are abandoned carts with totals', async () => {
    const { cart_id } = await v3.AbandonedCart.find('abandoned-1');
    const cart = await v3.Cart.find(cart_id);
    const sum = cart.line_items.physical_items.reduce((total, { list_price, quantity }) => total + list_price * quantity, 0);
    expect([cart.base_amount, cart.customer_id, cart.email]).to.deep.equal([Number(sum.toFixed(2)), 1, 'john.smith@example.com']);
    expect((await v3.CartMetafield.of(cart_id).all()).map(({ key }) => key)).to.deep.equal(['salesperson']);
  });

  it('can be switched off on a channel', async () => {
    expect((await v3.CartSettings.get()).allow_purchasing).to.equal(true);
    const settings = await v3.CartChannelSettings.of(1).get();
    expect(settings.allow_purchasing).to.equal(null);
    await settings.update({ allow_purchasing: false });
    expect((await v3.CartChannelSettings.of(1).get()).allow_purchasing).to.equal(false);
  });
});
