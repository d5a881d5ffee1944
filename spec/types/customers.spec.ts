import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';

/** Never called: it is the compiler that checks it, when the specs are built. */
async function customerChecks(customer: v3.Customer, old: v2.Customer, group: v2.CustomerGroup): Promise<void> {
  // Values inside attributes, null, and what only a response has.
  customer.channel_ids = null;
  customer.authentication.force_password_reset = true;
  customer.store_credit_amounts[0]?.amount.toFixed(2);
  const form: string | number | string[] | undefined = customer.form_fields[0]?.value;
  customer.assign({ form_fields: [{ name: 'Size', value: ['S', 'M'] }], attributes: [{ attribute_id: 1, attribute_value: '5' }] });
  // @ts-expect-error the store assigns it
  customer.assign({ attributes: [{ id: 1 }] });
  // @ts-expect-error
  customer.assign({ form_fields: [{ name: 'Size', value: 'S', customer_id: 1 }] });
  // @ts-expect-error misspelt
  customer.assign({ authentication: { pasword: 'x' } });
  // @ts-expect-error never null
  customer.notes = null;
  // @ts-expect-error only a response has them
  customer.assign({ segment_ids: ['x'] });
  void v3.Customer.create({ email: 'a@b.co', first_name: 'A', last_name: 'B', authentication: { new_password: 'secret' } });
  // @ts-expect-error no last name
  void v3.Customer.create({ email: 'a@b.co', first_name: 'A' });
  const check = await v3.Customer.validateCredentials({ email: 'a@b.co', password: 'x' });
  const id: number | null = check.customer_id;
  // @ts-expect-error no password
  void v3.Customer.validateCredentials({ email: 'a@b.co' });

  // Form field values belong to a customer or to an address.
  void v3.CustomerFormFieldValue.create({ name: 'Size', value: 'S', customer_id: 1 });
  void v3.CustomerFormFieldValue.create({ name: 'Size', value: 5, address_id: 1 });
  // @ts-expect-error neither
  void v3.CustomerFormFieldValue.create({ name: 'Size', value: 'S' });
  void v3.CustomerAttributeValue.create({ attribute_id: 1, customer_id: 1, value: 'x' });
  // @ts-expect-error no attribute
  void v3.CustomerAttributeValue.create({ customer_id: 1, value: 'x' });

  // Known values, and those that are added later.
  void v3.Subscriber.create({ email: 'a@b.co', source: 'storefront', consents: ['abandoned_cart', 'tomorrow'], order_id: null });
  // @ts-expect-error no email
  void v3.Subscriber.create({ source: 'storefront' });
  const consent = await customer.consent;
  consent?.assign({ allow: ['essential'], deny: ['targeting'] });
  // @ts-expect-error
  consent?.assign({ allow: [1] });
  const [instrument] = await customer.stored_instruments;
  if (instrument?.type === 'stored_card') instrument.billing_address?.country_code.toLowerCase();
  // @ts-expect-error absent for other types
  instrument?.last_4.length;

  // V2.
  old.store_credit.padEnd(2);
  old.assign({ store_credit: 5, _authentication: { password: 'x', password_confirmation: 'x' } });
  // @ts-expect-error a decimal string
  old.store_credit = 5;
  const value: string | null | undefined = old.form_fields?.[0]?.value;
  // @ts-expect-error may be null
  old.form_fields.length;

  // Groups: access and rules are told apart by their type.
  group.category_access = { type: 'specific', categories: [1] };
  group.category_access = { type: 'none' };
  // @ts-expect-error no categories
  group.category_access = { type: 'specific' };
  // @ts-expect-error unknown access
  group.category_access = { type: 'some' };
  if (group.category_access.type === 'specific') group.category_access.categories.push(2);
  // @ts-expect-error not of every kind
  group.category_access.categories;
  group.discount_rules = [
    { type: 'all', method: 'percent', amount: '5.0000' },
    { type: 'category', category_id: 1, method: 'fixed', amount: '2.0000' },
    { type: 'product', product_id: 1, method: 'price', amount: '9.0000' },
  ];
  // @ts-expect-error no product
  group.discount_rules = [{ type: 'product', method: 'price', amount: '9.0000' }];
  for (const rule of group.discount_rules) if (rule.type === 'price_list') rule.price_list_id.toFixed();
  void v2.CustomerGroup.create({ name: 'VIP', discount_rules: [{ type: 'all', method: 'percent', amount: 5 }] });
  void v2.CustomerGroup.create({ name: 'VIP', discount_rules: [{ type: 'price_list', price_list_id: 3 }] });
  // @ts-expect-error of another rule
  void v2.CustomerGroup.create({ name: 'VIP', discount_rules: [{ type: 'price_list', product_id: 3 }] });
  // @ts-expect-error no name
  void v2.CustomerGroup.create({ is_default: true });
  void [form, id, value];
}

/** Never called. */
async function cartChecks(cart: v3.Cart, checkout: v3.Checkout, wishlist: v3.Wishlist): Promise<void> {
  // A cart is created with products, and read with items by kind.
  const made = await v3.Cart.create({ line_items: [{ product_id: 1, quantity: 2, variant_id: 3 }], currency: { code: 'USD' } });
  made.line_items.physical_items[0]?.sale_price.toFixed(2);
  made.line_items.digital_items[0]?.download_page_url.length;
  void v3.Cart.create({ line_items: [{ product_id: 1, quantity: 1, option_selections: [{ option_id: 4, option_value: 'text' }] }] });
  void v3.Cart.create({ custom_items: [{ name: 'Table', quantity: 1, list_price: 30 }] });
  // @ts-expect-error nothing in it
  void v3.Cart.create({ customer_id: 1 });
  // @ts-expect-error no quantity
  void v3.Cart.create({ line_items: [{ product_id: 1 }] });
  // @ts-expect-error that is how it is read
  void v3.Cart.create({ line_items: { physical_items: [] } });
  // @ts-expect-error read-only
  cart.cart_amount = 1;
  // @ts-expect-error absent unless included
  cart.redirect_urls.cart_url;
  const seconds: number | undefined = cart.created_time?.getTime();

  const same: v3.Cart = await cart.addItems({ line_items: [{ product_id: 1, quantity: 1 }], version: cart.version });
  await cart.updateItem('x', { line_item: { product_id: 1, quantity: 2 } });
  await cart.removeItem('x', { version: 3 });
  // @ts-expect-error misspelt
  void cart.addItems({ line_item: [] });
  const { checkout_url } = await cart.redirectUrls({ query_params: { campaign: 'spring' } });

  // Checkouts, to the order.
  checkout.cart.line_items.physical_items[0]?.gift_wrapping?.message.length;
  const order: string | null = checkout.order_id;
  // @ts-expect-error read-only, at every depth
  checkout.cart.base_amount = 1;
  await checkout.setBillingAddress({ email: 'a@b.co', country_code: 'US' });
  // @ts-expect-error no country
  void checkout.setBillingAddress({ email: 'a@b.co' });
  await checkout.addConsignments([{ address: { email: 'a@b.co', country_code: 'US' }, line_items: [{ item_id: 'x', quantity: 1 }] }]);
  await checkout.updateConsignment(checkout.consignments[0]?.id ?? '', { shipping_option_id: 'y' });
  await checkout.addDiscounts({ cart: { discounts: [{ discounted_amount: 5 }], line_items: [{ id: 'x', discounted_amount: 1 }] } });
  const fee = { type: 'custom_fee', name: 'Gift', display_name: 'Gift wrap', cost: 2, source: 'app' };
  await checkout.addFees({ fees: [fee] });
  await checkout.updateFees({ fees: [{ ...fee, id: 'x' }] });
  // @ts-expect-error no id
  void checkout.updateFees({ fees: [fee] });
  const { id } = await checkout.createOrder();
  id.toFixed();

  await wishlist.addItems([{ product_id: 1 }]);
  wishlist.items[0]?.product_id.toFixed();
  // @ts-expect-error no product
  void wishlist.addItems([{ variant_id: 1 }]);
  // @ts-expect-error no name
  void v3.Wishlist.create({ customer_id: 1 });

  // Settings of a channel may be null, those of the store may not.
  const [settings, channel] = [await v3.CartSettings.get(), await v3.CartChannelSettings.of(1).get()];
  channel.allow_purchasing = null;
  // @ts-expect-error
  settings.allow_purchasing = null;
  const email = await v3.AbandonedCartEmail.find(1);
  email.notify_at_minutes = 60;
  email.template.translations.push({ locale: 'en', keys: { hello_phrase: 'Welcome back' } });
  // @ts-expect-error
  email.template.translations.push({ locale: 'en', keys: { hello_phrase: 1 } });
  void [seconds, same, checkout_url, order];
}

describe('types of customers, carts and checkouts', () => {
  it('are checked by the compiler', () => {
    expect([customerChecks, cartChecks]).to.satisfy((checks: unknown[]) => checks.every((each) => typeof each === 'function'));
  });

  it('have the required names in the declaration', () => {
    expect(v3.Cart.resource.required).to.deep.equal([['line_items', 'custom_items', 'gift_certificates']]);
    expect(v3.CustomerFormFieldValue.resource.required).to.deep.equal(['name', 'value', ['customer_id', 'address_id']]);
    expect(v2.CustomerGroup.resource.attributes['name']?.required).to.equal(true);
    expect(v3.Wishlist.resource.required).to.deep.equal(['name', 'customer_id']);
  });
});
