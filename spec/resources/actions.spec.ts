import { ArgumentError, StaleRecordError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { sent, useStore } from '../support/store.js';

const CSV = new TextEncoder().encode('Domain,Old Path,Manual URL/Path,Dynamic Target Type,Dynamic Target ID\n');
const file = { content: new Uint8Array([1, 2, 3]), name: 'side.jpg' };

describe('what is no create, read, update or delete', () => {
  const context = useStore();
  const last = (): string => sent(context.store).at(-1) ?? '';

  it('carts: items and redirect addresses', async () => {
    const cart = await v3.Cart.create({ line_items: [{ product_id: 1, quantity: 1 }] });
    expect(cart.id).to.match(/^[0-9a-f-]{36}$/);
    await cart.addItems({ line_items: [{ product_id: 2, quantity: 3 }] });
    expect(last()).to.equal(`POST /v3/carts/${cart.id}/items {"line_items":[{"product_id":2,"quantity":3}]}`);
    const itemId = cart.line_items.physical_items[1]?.id ?? '';
    await cart.updateItem(itemId, { line_item: { product_id: 2, quantity: 5 } });
    expect((await v3.Cart.find(cart.id)).line_items.physical_items[1]?.quantity).to.equal(5);
    await cart.removeItem(itemId);
    expect(last()).to.equal(`DELETE /v3/carts/${cart.id}/items/${itemId}`);
    expect((await cart.redirectUrls()).checkout_url).to.contain('https://');
    expect(last()).to.equal(`POST /v3/carts/${cart.id}/redirect_urls`);
  });

  it('checkouts: from the address to the order', async () => {
    const { id, line_items } = await v3.Cart.create({ line_items: [{ product_id: 1, quantity: 1 }] });
    const item = { item_id: line_items.physical_items[0]?.id ?? '', quantity: 1 };
    const checkout = await v3.Checkout.find(id);
    const address = { email: 'a@b.co', country_code: 'US', first_name: 'A', last_name: 'B', address1: '1 Main Street', city: 'Austin' };
    await checkout.setBillingAddress({ email: 'a@b.co', country_code: 'US' });
    await checkout.updateBillingAddress(checkout.billing_address.id, { email: 'c@d.co', country_code: 'US' });
    await checkout.addConsignments([{ address: { email: 'a@b.co', country_code: 'US' } }]);
    await checkout.removeConsignment(checkout.consignments[0]?.id ?? '');
    await checkout.addConsignments([{ address, line_items: [item] }], { params: { include: ['consignments.available_shipping_options'] } });
    const [consignment] = checkout.consignments;
    const shipping_option_id = consignment?.available_shipping_options?.[0]?.id ?? '';
    await checkout.updateConsignment(consignment?.id ?? '', { shipping_option_id });
    expect(checkout.consignments[0]?.selected_shipping_option?.id).to.equal(shipping_option_id);
    await checkout.addCoupon('WELCOME');
    await checkout.removeCoupon('WELCOME');
    await checkout.addDiscounts({ cart: { discounts: [] } });
    const fee = { type: 'custom_fee', name: 'Gift', display_name: 'Gift wrap', cost: 2, source: 'app' };
    await checkout.addFees({ fees: [fee] });
    const feeId = checkout.fees[0]?.id ?? '';
    await checkout.updateFees({ fees: [{ ...fee, id: feeId, name: 'Wrap' }] });
    expect(checkout.fees.map(({ name }) => name)).to.deep.equal(['Wrap']);
    await checkout.removeFees([feeId]);
    expect((await checkout.createToken()).checkoutToken).to.be.a('string');
    const order = await checkout.createOrder();
    expect((await v2.Order.find(order.id)).id).to.equal(order.id);
    expect(context.store.requests.filter(({ status }) => status >= 300)).to.deep.equal([]);
  });

  it('orders: quotes, refunds, captures and voids, by V3', async () => {
    const order = await v2.Order.find(100);
    await order.refundQuotes({ items: [{ item_type: 'ORDER', item_id: 100, amount: 5 }] });
    await order.refund({
      items: [{ item_type: 'ORDER', item_id: 100, amount: 5 }],
      payments: [{ provider_id: 'cheque', amount: 5, offline: true }],
    });
    expect(last()).to.match(/^POST \/v3\/orders\/100\/payment_actions\/refunds \{"items"/);
    expect(await v3.OrderRefund.of(100).all()).to.have.length(1);
    await order.capture();
    await order.void();
    expect((await order.reload()).status).to.equal('Cancelled');
    expect(await v3.OrderTransaction.of(100).all()).to.deep.equal([]);
  });

  it('files go as forms', async () => {
    const image = await v3.ProductImage.upload(1, file, { description: 'Side' });
    expect(image.description).to.equal('Side');
    expect(image.product_id).to.equal(1);
    const request = context.store.requests.at(-1);
    expect(request?.headers['content-type']).to.match(/^multipart\/form-data; boundary=/);
    expect(request?.body).to.deep.equal({ image_file: 'side.jpg', description: 'Side' });
    const brand = await v3.Brand.find(1);
    expect((await brand.uploadImage(file)).image_url).to.contain('side.jpg');
    await brand.deleteImage();
    const category = await v3.Category.find(1);
    await category.uploadImage({ content: new Blob(['x']), name: 'x.png' });
    await category.deleteImage();
    await (await v3.ProductVariant.of(1).find(1)).uploadImage(file);
    const modifier = await v3.ProductModifier.of(1).create({
      type: 'dropdown',
      required: false,
      display_name: 'M',
      option_values: [{ label: 'x', sort_order: 1 }],
    });
    const [value] = await modifier.option_values.reload();
    await value?.uploadImage(file);
    expect(last()).to.contain(`/v3/catalog/products/1/modifiers/${modifier.id}/values/${value?.id}/image`);
    expect((await v3.Theme.upload({ content: new Uint8Array(4), name: 'theme.zip' })).job_id).to.be.a('string');
    await v3.LogoSettings.upload(file);
    await v3.LogoSettings.uploadFavicon(file);
    expect((await v3.RedirectJob.import({ content: CSV, name: 'x.csv' })).id).to.be.a('string');
    for (const none of [undefined, {}, { name: 'x' }, { content: 'x', name: 'x' }, { content: new Uint8Array(1), name: '' }])
      await rejection(() => brand.uploadImage(none as never), ArgumentError);
    expect(context.store.requests.filter(({ status }) => status >= 300)).to.deep.equal([]);
  });

  it('themes, templates, promotions, price lists, segments', async () => {
    const [theme] = await v3.Theme.all();
    const variation_id = theme?.variations[0]?.uuid ?? '';
    await theme?.activate({ variation_id }, { channel_id: 1 });
    expect(last()).to.equal(`POST /v3/themes/actions/activate?channel_id=1 {"variation_id":"${variation_id}"}`);
    expect((await theme?.download())?.job_id).to.be.a('string');
    await theme?.validateConfiguration({ settings: {} });
    const template = await v3.WidgetTemplate.create({ name: 'T', template: '<b>x</b>' });
    expect((await template.preview({})).html).to.equal('<b>x</b>');
    const promotion = await v3.Promotion.create({
      name: 'P',
      rules: [{ action: { cart_value: { discount: { percentage_amount: 10 } } } }],
      redemption_type: 'COUPON',
      coupon_type: 'BULK',
    });
    await promotion.generateCodes({ batch_size: 3, prefix: 'X' });
    expect(await promotion.issued_codes).to.have.length(3);
    const list = await v3.PriceList.create({ name: 'L' });
    await list.assignTo({ customer_group_id: 1, channel_id: 1 });
    expect(await v3.PriceListAssignment.where({ price_list_id: list.id })).to.have.length(1);
    await v3.PriceListRecord.createAcross([{ price_list_id: list.id, variant_id: 1, currency: 'usd', price: 1 }]);
    await v3.PriceListRecord.upsertAcross([{ price_list_id: list.id, variant_id: 1, currency: 'usd', price: 2 }]);
    expect((await list.records)[0]?.price).to.equal(2);
    const profile = await v3.ShopperProfile.create({ customer_id: 1 });
    const segment = await v3.Segment.create({ name: 'S' });
    await v3.SegmentShopperProfile.add(segment, [profile]);
    expect(await segment.shopper_profiles).to.have.length(1);
    const wishlist = await v3.Wishlist.create({ customer_id: 1, name: 'W' });
    await wishlist.addItems([{ product_id: 1 }]);
    await wishlist.removeItem(1);
    expect(context.store.requests.filter(({ status }) => status >= 300)).to.deep.equal([]);
  });

  it('customers, stock, pickup, taxes, tokens, carriers', async () => {
    expect(await (await v2.Customer.find(1)).validatePassword('wrong')).to.equal(false);
    expect(await v3.Customer.validateCredentials({ email: 'john.smith@example.com', password: 'password' })).to.deep.equal({
      is_valid: true,
      customer_id: 1,
    });
    await v3.InventoryItem.set({ items: [{ location_id: 1, variant_id: 1, quantity: 7 }] });
    await v3.InventoryItem.adjust({ items: [{ location_id: 1, variant_id: 1, quantity: -2 }] });
    expect((await v3.ProductVariant.of(1).find(1)).inventory_level).to.equal(5);
    await v3.LocationItem.configure(1, [{ identity: { variant_id: 1 }, safety_stock: 1 }]);
    await v3.PickupMethod.options({ search_area: { radius: { value: 5, unit: 'KM' } }, items: [] });
    await v3.TaxZone.check([{ country_code: 'US' }]);
    await v3.AbandonedCartEmail.default();
    const { id } = await v3.RedirectJob.export();
    await v3.RedirectJob.download(id);
    await v3.RedirectJob.events(id);
    await v3.RedirectJob.events(id, 'import');
    await v3.StorefrontToken.revoke('a.storefront.token');
    expect(context.store.requests.at(-1)?.headers['sf-api-token']).to.equal('a.storefront.token');
    await rejection(() => v3.StorefrontToken.revoke('bad\r\nX-Auth-Token: x'), ArgumentError);
    await v2.Store.connectCarrier('fedex', { key: 'k', password: 'p', account_number: '1', meter_number: '2' });
    await v2.Store.updateCarrier('royalmail', {});
    await v2.Store.disconnectCarrier('fedex');
    expect(last()).to.equal('DELETE /v2/shipping/carrier/connection {"carrier_id":"fedex"}');
    expect(context.store.requests.filter(({ status }) => status >= 300)).to.deep.equal([]);
  });

  it('singletons are got, changed and saved without a key', async () => {
    const settings = await v3.CatalogSettings.get();
    settings.auto_approve_reviews = true;
    await settings.save();
    expect(sent(context.store)).to.deep.equal(['GET /v3/settings/catalog', 'PUT /v3/settings/catalog {"auto_approve_reviews":true}']);
    expect((await v3.CatalogSettings.get()).auto_approve_reviews).to.equal(true);
    const channel = await v3.CartChannelSettings.of(1).get();
    expect(channel.isNew).to.equal(false);
    expect(last()).to.equal('GET /v3/carts/settings/channels/1');
    expect((await v2.Store.get()).name).to.equal('Sandbox store');
    expect(Math.abs(Number((await v2.Time.get()).time) - Date.now())).to.be.below(60_000);
    await settings.reload();
    await rejection(() => v3.CatalogSettings.find(1));
    await rejection(() => v3.Product.get());
  });

  it('keys of any kind work', async () => {
    const script = await v3.Script.create({ name: 'S', src: 'https://x.example/x.js', kind: 'src' });
    expect(script.uuid).to.match(/^[0-9a-f-]{36}$/);
    script.name = 'Renamed';
    await script.save();
    expect(last()).to.equal(`PUT /v3/content/scripts/${script.uuid} {"name":"Renamed"}`);
    expect((await v3.Script.find(script.uuid)).name).to.equal('Renamed');
    await script.destroy();
    expect(await v3.Script.exists(script.uuid)).to.equal(false);
  });

  it('one metafield model serves every owner', async () => {
    const given = { permission_set: 'app_only', namespace: 'n', key: 'k', value: 'v' } as const;
    const order = await v3.OrderMetafield.of(100).create(given);
    const product = await (await v3.Product.find(1)).metafields.create(given);
    const variant = await v3.VariantMetafield.of(1, 1).create(given);
    const store = await v3.StoreMetafield.create(given);
    for (const metafield of [order, product, variant, store]) {
      const common: v3.Metafield = metafield;
      common.value = 'w';
      await common.save();
    }
    expect(await v3.ProductMetafield.where({ namespace: 'n' })).to.have.length(1);
    expect(last()).to.contain('GET /v3/catalog/products/metafields?namespace=n');
    const { succeeded, requests } = await v3.ProductMetafield.of(1).createMany(
      Array.from({ length: 25 }, (_, at) => ({ ...given, key: `k${at}` })),
    );
    expect([succeeded.length, requests]).to.deep.equal([25, 3]);
    expect((await v3.ProductMetafield.destroyMany(succeeded)).requests).to.equal(3);
  });
});

describe('actions that return the record', () => {
  const context = useStore();
  const last = (): string => sent(context.store).at(-1) ?? '';

  it('give a cart the attributes of the response, and keep unsaved changes', async () => {
    const cart = await v3.Cart.create({ line_items: [{ product_id: 1, quantity: 1 }] });
    cart.customer_id = 7;
    const same = await cart.addItems(
      { line_items: [{ product_id: 2, quantity: 3 }] },
      { params: { include: ['redirect_urls', 'promotions.banners'] } },
    );
    expect(same).to.equal(cart);
    expect(last()).to.match(/^POST \/v3\/carts\/[^/]+\/items\?include=redirect_urls,promotions.banners /);
    const items = () => cart.line_items.physical_items;
    expect(items().map(({ quantity }) => quantity)).to.deep.equal([1, 3]);
    expect([cart.changed, cart.version]).to.deep.equal([['customer_id'], 2]);
    await cart.save({ ifUnchanged: true });
    expect(last()).to.match(/^PUT \/v3\/carts\/[^/]+ \{"customer_id":7,"version":2\}$/);
    const [first, second] = items();
    await cart.updateItem(second?.id ?? '', { line_item: { product_id: 2, quantity: 5 } });
    expect(items().map(({ quantity }) => quantity)).to.deep.equal([1, 5]);
    expect([cart.isDirty, (await cart.removeItem(first?.id ?? '')).isDestroyed, items().length]).to.deep.equal([false, false, 1]);
    expect((await cart.removeItem(second?.id ?? '')).isDestroyed).to.equal(true);
    await rejection(cart.save(), StaleRecordError);
  });

  it('give a checkout, and a wishlist, theirs', async () => {
    const { id } = await v3.Cart.create({ line_items: [{ product_id: 1, quantity: 1 }] });
    const checkout = await v3.Checkout.find(id, { params: { include: ['consignments.available_shipping_options'] } });
    expect(last()).to.equal(`GET /v3/checkouts/${id}?include=consignments.available_shipping_options`);
    expect(await checkout.addCoupon('WELCOME')).to.equal(checkout);
    expect(checkout.coupons.map(({ code }) => code)).to.deep.equal(['WELCOME']);
    await checkout.addConsignments([{ address: { email: 'a@b.co', country_code: 'US' } }], {
      params: { include: ['consignments.available_shipping_options'] },
    });
    expect(last()).to.equal(
      `POST /v3/checkouts/${id}/consignments?include=consignments.available_shipping_options [{"address":{"email":"a@b.co","country_code":"US"}}]`,
    );
    expect([checkout.consignments.length, checkout.isDirty]).to.deep.equal([1, false]);
    const wishlist = await v3.Wishlist.create({ customer_id: 1, name: 'Mine' });
    expect((await wishlist.addItems([{ product_id: 1 }])).items).to.have.length(1);
    expect((await wishlist.removeItem(1)).items).to.deep.equal([]);
  });

  it('refuse a parameter that they do not take', async () => {
    const cart = v3.Cart.ref('1');
    const add = (params: object) => rejection(cart.addItems({}, { params } as never), ArgumentError);
    expect((await add({ includes: ['redirect_urls'] })).message).to.contain('did you mean `include`?');
    expect((await add({ include: ['redirect_url'] })).message).to.contain('did you mean `redirect_urls`?');
    expect((await rejection(cart.redirectUrls({ params: {} } as never), ArgumentError)).message).to.contain('no option `params`');
    expect(context.store.requests).to.deep.equal([]);
  });

  it('send the version that they expect', async () => {
    const cart = await v3.Cart.create({ line_items: [{ product_id: 1, quantity: 1 }] });
    const itemId = cart.line_items.physical_items[0]?.id ?? '';
    const checkout = await v3.Checkout.find(cart.id);
    await checkout.addCoupon('WELCOME', { version: 1 });
    expect(last()).to.equal(`POST /v3/checkouts/${cart.id}/coupons {"coupon_code":"WELCOME","version":1}`);
    await checkout.removeCoupon('WELCOME', { version: 2 });
    expect(last()).to.equal(`DELETE /v3/checkouts/${cart.id}/coupons/WELCOME {"version":2}`);
    await cart.removeItem(itemId, { version: 3, params: { include: ['promotions.banners'] } });
    expect(last()).to.equal(`DELETE /v3/carts/${cart.id}/items/${itemId}?include=promotions.banners {"version":3}`);
  });

  it('send the query parameters of a redirect as they are named', async () => {
    const cart = await v3.Cart.create({ line_items: [{ product_id: 1, quantity: 1 }] });
    await cart.redirectUrls({ query_params: { campaign: 'spring' } });
    expect(last()).to.equal(`POST /v3/carts/${cart.id}/redirect_urls {"query_params":{"campaign":"spring"}}`);
  });

  it('cast the dates of a cart, and set null where a channel has no setting of its own', async () => {
    const cart = v3.Cart.load({ id: 'x', created_time: '2026-01-05T09:00:00+00:00', updated_time: '' });
    expect([cart.created_time?.toISOString(), cart.updated_time]).to.deep.equal(['2026-01-05T09:00:00.000Z', null]);
    const settings = await v3.CartChannelSettings.of(1).get();
    await settings.update({ allow_purchasing: false });
    settings.allow_purchasing = null;
    await settings.save();
    expect(last()).to.equal('PUT /v3/carts/settings/channels/1 {"allow_purchasing":null}');
  });
});
